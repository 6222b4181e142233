"""What is to be said of an entry or a statement to people: the fields of its document, each a line with a label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from interop_landscape import phrases
from interop_landscape.analysis.coverage import Coverage
from interop_landscape.documents.declare import Field, fields_of
from interop_landscape.documents.entry import EntryDocument
from interop_landscape.documents.statement import StatementDocument
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.models import Entry, Reach
from interop_landscape.reading.statements import Statement
from interop_landscape.reading.values import Defined, Value

_IN_TITLES: Final = frozenset({"id", "kind", "name", "summary", "status"})
_ENTRY_LABELS: Final = {"repo": "repository", "license": "licence", "aliases": "also called"}

_FIRST: Final = ("limits", "note", "carries", "takes", "requires")
_TOLD_ELSEWHERE: Final = frozenset(
    {
        *("from", "relation", "to", "support", "api", "by", "since", "until"),
        *("checked", "stale", "evidence", "verified", "verification"),
    }
)
_STATEMENT_LABELS: Final = {"requires": "needs", "takes": "takes only what comes in through"}


@dataclass(frozen=True)
class Detail:
    """A line about something for people: of which key it is, its label, and what it says."""

    name: str
    label: str
    text: str


def entry_details(entry: Entry, landscape: Landscape) -> Iterator[Detail]:
    """A line for each field of an entry that says something and that no title has; words are shown by their names."""
    for field in fields_of(EntryDocument):
        value = field.derive(entry, landscape)
        if field.name not in _IN_TITLES and value:
            label = _ENTRY_LABELS.get(field.name, field.name.replace("_", " "))
            named = landscape.entries[value].name if field.name == "owner" else _text(field.kind, value, landscape)
            yield Detail(field.name, label, named)


def _text(kind: Value, value: Any, landscape: Landscape) -> str:
    if isinstance(value, Reach):
        figures = "; ".join(evidence.shows for evidence in value.evidence)
        return f"{landscape.vocabulary.reach[value.level].name} ({figures})"
    if isinstance(kind, ListOf):
        return ", ".join(_text(kind.item, one, landscape) for one in value)
    if isinstance(kind, Defined):
        name: str = getattr(landscape.vocabulary, kind.section)[value].name
        return name
    return "yes" if value is True else str(value)


def statement_details(statement: Statement, landscape: Landscape) -> Iterator[Detail]:
    """What is to be said of a statement below its title, a line each: all fields that no title or footer has."""
    for field in _told():
        if value := field.derive(statement, landscape):
            label = _STATEMENT_LABELS.get(field.name, field.name.replace("_", " "))
            yield from _lines(field.name, label, value, landscape)


@cache
def _told() -> tuple[Field, ...]:
    """The fields of a statement that are told so, in their order."""
    fields = {field.name: field for field in fields_of(StatementDocument) if field.name not in _TOLD_ELSEWHERE}
    return tuple(fields[name] for name in dict.fromkeys((*_FIRST, *fields)))


def _lines(name: str, label: str, value: Any, landscape: Landscape) -> Iterator[Detail]:
    if isinstance(value, Mapping):
        yield from (Detail(name, label, f"{key} {one}") for key, one in value.items())
    elif name == "searched":
        yield from (Detail(name, label, f"{one.in_} for {', '.join(one.for_)}") for one in value)
    elif isinstance(value, Coverage):
        yield Detail(name, label, phrases.coverage(value))
    elif isinstance(value, tuple):
        named = landscape.entries if name == "takes" else landscape.vocabulary.cargo
        yield Detail(name, label, ", ".join(named[one].name if one in named else str(one) for one in value))
    else:
        yield Detail(name, label, "yes" if value is True else str(value))
