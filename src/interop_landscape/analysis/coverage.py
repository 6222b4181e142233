"""How much of a standard an implementation takes, as its suite counted it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reading.statements import Statement
from interop_landscape.reading.suites import GRADES, LEFT_OUT, Earlier, Others, SuiteResult

OPERATOR: Final = "operator"
"""The key whose values are operators of models."""

ENTRY: Final = "entry"
"""The key whose values are ids of entries: only the cases of its own count for a statement."""


@dataclass(frozen=True)
class Tally:
    """How many cases came to which end; those in `LEFT_OUT` are in no total."""

    counts: Mapping[str, int]

    @property
    def cases(self) -> int:
        """How many are counted."""
        return sum(self.counts.get(grade, 0) for grade in GRADES)

    @property
    def same(self) -> int:
        """How many give what they ought to."""
        return self.counts.get("same", 0)

    @property
    def left_out(self) -> int:
        """How many are not counted."""
        return sum(self.counts.get(one, 0) for one in LEFT_OUT)

    @property
    def share(self) -> float:
        """The share of the same among those that are counted."""
        return self.same / self.cases if self.cases else 0.0

    @property
    def share_of_fed(self) -> float:
        """The share of the same among those that its binding can feed."""
        fed = self.cases - self.counts.get("not-fed", 0)
        return self.same / fed if fed else 0.0

    @property
    def whole(self) -> bool:
        """Whether all are the same, and there are any."""
        return 0 < self.cases == self.same


@dataclass(frozen=True)
class Coverage:
    """What a suite counted for one statement, or for all of its cases.

    ``graded`` is the distribution that the cases were run with, where that is not the suite's own subject.
    """

    suite: SuiteResult
    entry: str | None = None
    stale: bool = False
    graded: str | None = None

    @property
    def subject(self) -> str:
        """The distribution that is graded."""
        return self.graded or self.suite.subject

    @property
    def version(self) -> str:
        """Its version."""
        return self.suite.versions[self.subject]

    @cached_property
    def _place(self) -> int | None:
        """Where the key is whose values are entries; None where all cases are of one."""
        keys = self.suite.keys
        return keys.index(ENTRY) if ENTRY in keys and self.entry is not None else None

    def _mine(self, group: tuple[str, ...]) -> bool:
        return self._place is None or group[self._place] == self.entry

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the groups, without that of entries."""
        return tuple(key for key in self.suite.keys if key != ENTRY)

    @property
    def key(self) -> str:
        """The first key, which people read."""
        return self.keys[0] if self.keys else self.suite.keys[0]

    @cached_property
    def tally(self) -> Tally:
        """All cases."""
        return _tallied((outcome, count) for group, outcome, count in self.suite.rows() if self._mine(group))

    def by(self, key: str) -> dict[str, Tally]:
        """The cases by the values of a key, sorted; values of which no case is counted are left out."""
        place = self.suite.keys.index(key)
        found: dict[str, list[tuple[str, int]]] = {}
        for group, outcome, count in self.suite.rows():
            if self._mine(group):
                found.setdefault(group[place], []).append((outcome, count))
        tallies = {value: _tallied(rows) for value, rows in sorted(found.items(), key=lambda one: _natural(one[0]))}
        return {value: tally for value, tally in tallies.items() if tally.cases}

    @cached_property
    def groups(self) -> dict[str, Tally]:
        """The cases by the first key."""
        return self.by(self.key)

    @property
    def whole(self) -> int:
        """How many groups of the first key are the same in all cases."""
        return sum(tally.whole for tally in self.groups.values())

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The groups of the first key of which no case is the same."""
        return tuple(group for group, tally in self.groups.items() if not tally.same)

    def others(self) -> Iterator[Others]:
        """The cases that are not the same, with why."""
        return (one for one in self.suite.others if self._mine(one.group))

    @property
    def before(self) -> Earlier | None:
        """What the version before came to, where the cases were as many."""
        found = self.suite.earlier[0] if self.suite.earlier and self.entry_is_all else None
        as_many = found is not None and Tally(found.counts).cases == self.tally.cases
        return found if as_many else None

    @property
    def entry_is_all(self) -> bool:
        """Whether all cases of the suite are counted here."""
        return self._place is None


def coverage_of(landscape: Landscape, statement: Statement) -> Coverage | None:
    """What the suite of a statement counted; None where it has none, or where that has not run.

    It is stale where it is old, or its program or the kit that grades it is another than it was.
    """
    suite = landscape.suites.get(statement.suite or statement.probe or "")
    if suite is None:
        return None
    stale = _is_stale(landscape, suite, statement)
    if ENTRY in suite.keys:
        entry = landscape.entries[statement.source]
        found = Coverage(suite, entry.id, stale, graded=_distribution(entry, suite))
    else:
        found = Coverage(suite, stale=stale)
    return found if found.tally.cases else None


def _distribution(entry: Entry, suite: SuiteResult) -> str | None:
    """Which of the distributions that took part is called as the entry is; its variants (``-cpu``) are, too."""
    names = (entry.id, *entry.aliases)
    return next((one for one in suite.versions if one in names or one.startswith(f"{entry.id}-")), None)


def counted_beside(landscape: Landscape, statement: Statement, coverage: Coverage) -> tuple[Coverage, ...]:
    """What else was counted of the same distribution by the same keys: cases of other versions, or fed another way.

    These are suites that no statement names, so that none of their figures is taken for that of a statement.
    """
    suite = coverage.suite
    return tuple(
        Coverage(other, stale=_is_stale(landscape, other, statement))
        for name, other in sorted(landscape.suites.items())
        if (other.subject, other.keys) == (suite.subject, suite.keys)
        and other is not suite
        and not landscape.verified_by(name)
    )


def _is_stale(landscape: Landscape, suite: SuiteResult, statement: Statement) -> bool:
    probe = landscape.probes.get(suite.probe)
    old = landscape.today - suite.day > landscape.entries[statement.stated_by].fresh_for
    return old or probe is None or not suite.is_of(probe)


@dataclass(frozen=True)
class Taken:
    """Which of the groups that somebody needs an implementation takes: in whole, in part, not; or nobody counted it."""

    statement: Statement
    coverage: Coverage
    whole: tuple[str, ...]
    part: tuple[str, ...]
    missing: tuple[str, ...]
    uncounted: tuple[str, ...]


def taken(statement: Statement, coverage: Coverage, wanted: Iterable[str]) -> Taken:
    """What an implementation takes of the groups that are wanted."""
    found: dict[str, list[str]] = {"whole": [], "part": [], "missing": [], "uncounted": []}
    for group in sorted(wanted):
        tally = coverage.groups.get(group)
        kind = "uncounted" if tally is None else "whole" if tally.whole else "part" if tally.same else "missing"
        found[kind].append(group)
    return Taken(statement, coverage, **{kind: tuple(groups) for kind, groups in found.items()})


def taken_on(
    landscape: Landscape, statements: Iterable[Statement], wanted: Iterable[str], key: str
) -> tuple[Taken, ...]:
    """What each statement that a suite counted by this key takes of the groups that are wanted."""
    groups = tuple(wanted)
    found = ((statement, coverage_of(landscape, statement)) for statement in statements)
    return tuple(taken(s, c, groups) for s, c in found if c is not None and c.key == key)


@dataclass(frozen=True)
class CoverageTable:
    """What suites counted of one entry by one key: a statement and its coverage each, the widest first."""

    of: str
    key: str
    rows: tuple[tuple[Statement, Coverage], ...]

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups of any of them, sorted."""
        return tuple(sorted({group for _, coverage in self.rows for group in coverage.by(self.key)}, key=_natural))

    @cached_property
    def other_keys(self) -> tuple[str, ...]:
        """The keys besides its own by which any of them is counted, in their order."""
        return tuple(dict.fromkeys(key for _, coverage in self.rows for key in coverage.keys if key != self.key))

    def by(self, key: str) -> CoverageTable:
        """The same cases by another key, of those that are counted by it."""
        return replace(self, key=key, rows=tuple(row for row in self.rows if key in row[1].keys))


def coverage_tables(landscape: Landscape, entry: str | None = None) -> tuple[CoverageTable, ...]:
    """What suites counted of each entry, or where `entry` is at either end, by target and key, most rows first."""
    found: dict[tuple[str, str], list[tuple[Statement, Coverage]]] = {}
    for statement in landscape.statements:
        coverage = coverage_of(landscape, statement)
        if coverage is not None and entry in (None, statement.source, statement.target):
            found.setdefault((statement.target, coverage.key), []).append((statement, coverage))
    return tuple(
        CoverageTable(of, key, tuple(sorted(rows, key=lambda row: (-row[1].tally.share, row[0].edge))))
        for (of, key), rows in sorted(found.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    )


def earlier_of(suite: SuiteResult) -> Earlier:
    """A result as what an earlier version came to."""
    coverage = Coverage(suite)
    return Earlier(
        version=suite.version,
        day=suite.day,
        counts=coverage.tally.counts,
        whole=coverage.whole,
        groups=len(coverage.groups),
    )


def _tallied(rows: Iterable[tuple[str, int]]) -> Tally:
    counts = Counter[str]()
    for outcome, count in rows:
        counts[outcome] += count
    return Tally({outcome: counts[outcome] for outcome in (*GRADES, *LEFT_OUT) if counts[outcome]})


def _natural(text: str) -> tuple[int, int, str]:
    """Numbers by their size, before texts."""
    return (0, int(text), "") if text.isdecimal() and len(text) < 10 else (1, 0, text)
