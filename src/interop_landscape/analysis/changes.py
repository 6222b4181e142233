"""What changed between two landscapes, in the words of the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal, TypeVar, get_args

from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.score import side_tallies
from interop_landscape.analysis.tally import Tally
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Entry, Expectation, Milestone, Record, Vocabulary
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.specification import Requirement
from interop_landscape.reading.statements import Evidence, Statement

Cause = Literal["route", "entry", "expectation"]
CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
"""What a pair may stand otherwise for."""

Model = TypeVar("Model", Entry, Expectation, Milestone, Record, Requirement, Statement)

_COMPARED_ELSEWHERE: Final = ("interop",)


@dataclass(frozen=True)
class FieldChange:
    """One key of a file whose value changed; None is a key that is not there."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Changed:
    """Something that is there before and after, with the keys that differ; `name` is its id or its edge."""

    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Difference:
    """What came, went and changed among things of one sort, by id or edge in order."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class GapChange:
    """An expected pair whose status changed.

    ``before`` and ``after`` are ``met``, a gap's status, or None where the pair is not expected. ``cause`` says what
    made the difference: the routes, where it is expected before and after; else an entry or the expectation, which
    came, went or changed.
    """

    pair: PairId
    side: str
    before: str | None
    after: str | None
    cause: Cause

    @property
    def id(self) -> str:
        """How the pair is written."""
        return str(self.pair)


class Changes:
    """The differences from one landscape to another. An entry renamed with an alias is the same entry."""

    def __init__(self, before: Landscape, after: Landscape, *, gaps: tuple[Gaps, Gaps] | None = None) -> None:
        self.before = before
        self.after = after
        self._gaps = gaps
        self.renamed = _renamed(before, after)

    @cached_property
    def entries(self) -> Difference:
        """By id; `interop` is compared as statements."""
        before = {self.renamed.get(name, name): entry for name, entry in self.before.entries.items()}
        return _difference(before, self.after.entries)

    @cached_property
    def statements(self) -> Difference:
        """By edge, as ``entry relation entry``."""
        new = self.renamed
        before = {}
        for s in self.before.statements:
            moved = replace(s, source=new.get(s.source, s.source), target=new.get(s.target, s.target)) if new else s
            before[str(moved)] = moved
        return _difference(before, {str(s): s for s in self.after.statements})

    @cached_property
    def expectations(self) -> Difference:
        """By id."""
        return _difference(self.before.expectations, self.after.expectations)

    @cached_property
    def records(self) -> Difference:
        """By id."""
        return _difference(self.before.records, self.after.records)

    @cached_property
    def moved(self) -> list[tuple[str, str, str]]:
        """(record, stage before, stage after) of the records that moved."""
        both = [name for name in self.after.records if name in self.before.records]
        stages = [(name, self.before.records[name].stage, self.after.records[name].stage) for name in both]
        return [(name, old, new) for name, old, new in stages if old != new]

    @cached_property
    def milestones(self) -> Difference:
        """By id."""
        return _difference(self.before.milestones, self.after.milestones)

    @cached_property
    def requirements(self) -> Difference:
        """By id, the withdrawn ones too: that one was withdrawn is a change of it."""
        both = self.before.specification, self.after.specification
        before, after = (one.requirements if one is not None else {} for one in both)
        return _difference(before, after)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The sections of the vocabulary that differ."""
        return tuple(change.key for change in _fields(Vocabulary, self.before.vocabulary, self.after.vocabulary))

    @cached_property
    def verifications(self) -> list[FieldChange]:
        """The probes whose last outcome differs."""
        before, after = (
            {name: result.outcome for name, result in one.results.items()} for one in (self.before, self.after)
        )
        names = sorted({*before, *after})
        return [FieldChange(n, before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)]

    @cached_property
    def gaps(self) -> tuple[Gaps, Gaps]:
        """The gaps before and after: those given, where they were counted already."""
        return self._gaps or (Gaps(self.before), Gaps(self.after))

    @cached_property
    def pairs(self) -> list[GapChange]:
        """The expected pairs whose status changed, by id."""
        old, new = (gaps.standing() for gaps in self.gaps)
        if self.renamed:
            old = {_renamed_pair(gap, self.renamed): status for gap, status in old.items()}
        expectations = {**self.before.expectations, **self.after.expectations}
        pairs = sorted((pair for pair in {**old, **new} if old.get(pair) != new.get(pair)), key=str)
        return [
            GapChange(p, expectations[p.expectation].side, old.get(p), new.get(p), self._cause(p, p in old, p in new))
            for p in pairs
        ]

    def _cause(self, pair: PairId, expected_before: bool, expected_after: bool) -> Cause:
        """What made a pair stand otherwise: the entry, where both an entry and the expectation may have."""
        if expected_before and expected_after:
            return "route"
        came_or_went = {*self.entries.added, *self.entries.removed}
        if {pair.source, pair.target} & came_or_went:
            return "entry"
        rules = self.expectations
        changed = {*rules.added, *rules.removed, *(one.name for one in rules.changed)}
        return "expectation" if pair.expectation in changed else "entry"

    @property
    def opened(self) -> list[GapChange]:
        """The gaps that were none before: pairs that were met, or were not expected."""
        return [p for p in self.pairs if p.before in (None, "met") and p.after not in (None, "met")]

    @property
    def closed(self) -> list[GapChange]:
        """The gaps that are none now: pairs that are met, or are no longer expected."""
        return [p for p in self.pairs if p.before not in (None, "met") and p.after in (None, "met")]

    @property
    def lost(self) -> list[GapChange]:
        """The gaps that opened because a route was lost, rather than because more is expected."""
        return [p for p in self.opened if p.cause == "route"]

    @property
    def grown(self) -> list[GapChange]:
        """The gaps that came with what is new on the map or newly expected."""
        return [p for p in self.opened if p.cause != "route"]

    @property
    def met_anew(self) -> list[GapChange]:
        """The pairs that are newly expected, and met."""
        return [p for p in self.pairs if p.before is None and p.after == "met"]

    @property
    def turned(self) -> list[GapChange]:
        """The gaps that are still there with another status."""
        return [p for p in self.pairs if p.before not in (None, "met") and p.after not in (None, "met")]

    @cached_property
    def tallies(self) -> dict[str | None, tuple[Tally, Tally]]:
        """(before, after) by side, and under None of everything."""
        before, after = self.gaps
        old, new = side_tallies(before), side_tallies(after)
        tallies: dict[str | None, tuple[Tally, Tally]] = {
            side: (old.get(side, Tally()), new.get(side, Tally())) for side in {**new, **old}
        }
        tallies[None] = before.tally(), after.tally()
        return tallies

    def __bool__(self) -> bool:
        """Whether anything that the map is made of differs."""
        return bool(
            self.entries
            or self.statements
            or self.expectations
            or self.records
            or self.milestones
            or self.requirements
            or self.vocabulary
            or self.verifications
            or self.renamed
        )


def _renamed(before: Landscape, after: Landscape) -> dict[str, str]:
    """New ids by the old ids of entries that keep them as aliases."""
    return {
        alias: entry.id
        for entry in after.entries.values()
        for alias in entry.aliases
        if alias in before.entries and alias not in after.entries and entry.id not in before.entries
    }


def _renamed_pair(pair: PairId, renamed: Mapping[str, str]) -> PairId:
    target = pair.target and renamed.get(pair.target, pair.target)
    return PairId(pair.expectation, renamed.get(pair.source, pair.source), target)


def _difference(before: Mapping[str, Model], after: Mapping[str, Model]) -> Difference:
    changed = []
    for name in sorted(before.keys() & after.keys()):
        fields = _fields(type(after[name]), before[name], after[name])
        if fields:
            changed.append(Changed(name, fields))
    return Difference(
        tuple(sorted(after.keys() - before.keys())), tuple(sorted(before.keys() - after.keys())), tuple(changed)
    )


def _fields(model: Any, before: Any, after: Any) -> tuple[FieldChange, ...]:
    if before is after:
        return ()
    changes = []
    if model is Entry and before.kind != after.kind:
        changes.append(FieldChange("kind", before.kind, after.kind))
    for key in keys_of(model).values():
        if key.name not in _COMPARED_ELSEWHERE:
            old, new = _plain(getattr(before, key.attribute)), _plain(getattr(after, key.attribute))
            if old != new:
                changes.append(FieldChange(key.name, old, new))
    return tuple(changes)


def _plain(value: object) -> Any:
    """A value as JSON would hold it, without the places where it was read."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Evidence):
        return {"url": value.url, "shows": value.shows}
    if isinstance(value, Pattern):
        return value.text
    if is_dataclass(value) and not isinstance(value, type):
        return {key.name: _plain(getattr(value, key.attribute)) for key in keys_of(value.__class__).values()}
    return str(value)
