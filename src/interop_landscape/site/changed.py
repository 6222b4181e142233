"""What changed between two landscapes, in lines that name entries and records by marks, so that pages can link them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from interop_landscape.analysis.changes import Changed, Changes, Difference
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.diff import gaps_by_cause, pairs_in_words
from interop_landscape.text import counted

_PLURALS: Final = {"entry": "entries"}
_OPEN, _SHUT = "\x02", "\x03"
_MARK: Final = re.compile(f"{_OPEN}(@?[a-z0-9-]+){_SHUT}")
_NO_MARKS: Final = {ord(_OPEN): None, ord(_SHUT): None}

Names = Mapping[str, str]
"""The names of entries by id, and of records by ``@`` and id, as they were called last."""


@dataclass(frozen=True)
class Part:
    """What changed of one sort: a title that counts, and a line for each thing counted, with marks."""

    title: str
    lines: tuple[str, ...] = ()


def names_of(changes: Changes) -> dict[str, str]:
    """What the marks stand for."""
    both = changes.before, changes.after
    entries = {entry.id: entry.name for one in both for entry in one.entries.values()}
    return entries | {f"@{record.id}": record.title for one in both for record in one.records.values()}


def put(line: str, name: Callable[[str], str]) -> str:
    """A line with what `name` gives for each entry's id, and each record's with ``@`` before it."""
    return _MARK.sub(lambda found: name(found[1]), line)


def pieces(line: str) -> Iterator[tuple[str, str | None]]:
    """(text, None) and ("", mark) in order."""
    for place, piece in enumerate(_MARK.split(line)):
        if place % 2:
            yield "", piece
        elif piece:
            yield piece, None


def marks_in(line: str) -> list[str]:
    """The ids that a line's marks hold, of records with ``@`` before them."""
    return _MARK.findall(line)


def plain(line: str, names: Names) -> str:
    """A line with names."""
    return put(line, lambda name: names.get(name, name.removeprefix("@")))


def entry_mark(entry: str) -> str:
    """What stands for an entry in a line."""
    return f"{_OPEN}{entry}{_SHUT}"


def record_mark(record: str) -> str:
    """What stands for a record in a line."""
    return f"{_OPEN}@{record}{_SHUT}"


def parts_of(changes: Changes, said: Callable[[Changed], str], rule: Callable[[str], str] = str) -> Iterator[Part]:
    """What there is to say, the most important first; `said` has the words for keys that differ, `rule` for a rule."""
    before, after = changes.before, changes.after
    for title, pairs in gaps_by_cause(changes):
        yield from _part(title, pairs_in_words(pairs, after, entry_mark, rule))
    stages = {**before.vocabulary.stages, **after.vocabulary.stages}
    yield from _part(
        f"{counted(len(changes.moved), 'record')} moved",
        (
            f"{record_mark(name)}: {_text(stages[old].name)} → {_text(stages[new].name)}"
            for name, old, new in changes.moved
        ),
    )
    yield from _part(
        f"{counted(len(changes.renamed), 'entry', 'entries')} renamed",
        (f"{old} is now {entry_mark(new)}" for old, new in sorted(changes.renamed.items())),
    )
    of_sort = partial(_of_sort, said)
    yield from of_sort("entry", changes.entries, _entries(before), _entries(after))
    yield from of_sort("statement", changes.statements, _statements(before), _statements(after))
    moved = {name for name, _, _ in changes.moved}
    yield from of_sort("record", changes.records, _records(before), _records(after), aside=moved)
    yield from of_sort("expectation", changes.expectations, {}, {}, rule=rule)
    yield from of_sort("milestone", changes.milestones, _milestones(before), _milestones(after))
    yield from of_sort("requirement", changes.requirements, _requirements(before), _requirements(after))
    yield from _part(
        f"{counted(len(changes.verifications), 'probe')} with another outcome",
        (
            f"{_shown_by(one.key, changes)}: {one.before or 'not run'} → {one.after or 'not run'}"
            for one in changes.verifications
        ),
    )
    if changes.vocabulary:
        yield Part("the vocabulary changed", (", ".join(changes.vocabulary),))


def fields_in_short(changed: Changed) -> str:
    """``support partial → full; limits, evidence``: words whose values are short, and the names of other keys."""
    told = [f"{f.key} {f.before} → {f.after}" for f in changed.fields if f.key in ("support", "status", "name")]
    others = ", ".join(f.key for f in changed.fields if f.key not in ("support", "status", "name"))
    return "; ".join([*told, others] if others else told)


def _shown_by(probe: str, changes: Changes) -> str:
    """The statements that a probe is about, in words; its own id where there is none."""
    for landscape in (changes.after, changes.before):
        stated = [one for one in landscape.statements if one.probe == probe]
        if stated:
            more = f" and {len(stated) - 2} more" if len(stated) > 2 else ""
            return ", ".join(_sentence(one, landscape) for one in stated[:2]) + more
    return probe


def _part(title: str, lines: Iterable[str]) -> Iterator[Part]:
    """A part; none where there is nothing to list."""
    listed = tuple(lines)
    if listed:
        yield Part(title, listed)


def _of_sort(
    said: Callable[[Changed], str],
    what: str,
    difference: Difference,
    before: Names,
    after: Names,
    aside: Iterable[str] = (),
    rule: Callable[[str], str] = str,
) -> Iterator[Part]:
    """What came, went and changed of one sort; `before` and `after` are words for people by id or edge."""
    plural = _PLURALS.get(what)
    for word, ids, words in (("added", difference.added, after), ("removed", difference.removed, before)):
        yield from _part(f"{counted(len(ids), what, plural)} {word}", (words.get(name, rule(name)) for name in ids))
    told = set(aside)
    changed = [one for one in difference.changed if one.name not in told]
    lines = (f"{after.get(one.name, rule(one.name))}: {_text(said(one))}" for one in changed)
    yield from _part(f"{counted(len(changed), what, plural)} changed", lines)


def _entries(landscape: Landscape) -> Names:
    return {entry.id: f"{entry_mark(entry.id)} ({entry.kind})" for entry in landscape.entries.values()}


def _statements(landscape: Landscape) -> Names:
    return {str(one): f"{_sentence(one, landscape)} ({one.support})" for one in landscape.statements}


def _records(landscape: Landscape) -> Names:
    return {name: record_mark(name) for name in landscape.records}


def _milestones(landscape: Landscape) -> Names:
    return {name: _text(milestone.title) for name, milestone in landscape.milestones.items()}


def _requirements(landscape: Landscape) -> Names:
    asked = landscape.specification.requirements if landscape.specification is not None else {}
    return {name: f"{name}: {_text(one.says)}" for name, one in asked.items()}


def _sentence(one: Statement, landscape: Landscape) -> str:
    reads = _text(landscape.vocabulary.relations[one.relation].reads)
    return f"{entry_mark(one.source)} {reads} {entry_mark(one.target)}"


def _text(text: str) -> str:
    """A text of the data, in which nothing looks like a mark."""
    return text.translate(_NO_MARKS)
