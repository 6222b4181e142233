"""What is to be said of an entry to people: every field of its document as a line with a label."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from interop_landscape.documents.declare import Detail, fields_of
from interop_landscape.documents.entry import EntryDocument
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.models import Entry, Reach
from interop_landscape.reading.values import Defined, Value

_IN_TITLES: Final = frozenset({"id", "kind", "name", "summary", "status"})
_LABELS: Final = {"repo": "repository", "license": "licence", "aliases": "also called"}


def entry_details(entry: Entry, landscape: Landscape) -> Iterator[Detail]:
    """A line for each field of an entry that says something and that no title has; words stand by their names."""
    for field in fields_of(EntryDocument):
        value = field.derive(entry, landscape)
        if field.name not in _IN_TITLES and value:
            label = _LABELS.get(field.name, field.name.replace("_", " "))
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
