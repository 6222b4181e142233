"""The page of what suites counted: implementations of a standard × its groups, each cell with its cases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from interop_landscape import phrases
from interop_landscape.analysis.coverage import Coverage, CoverageTable, Tally, counted_beside, coverage_tables
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from interop_landscape.reading.suites import GRADES, LEFT_OUT, Others


@dataclass(frozen=True)
class Implementation:
    """A column: a statement, what its suite counted and what others did, and its cases that are not the same."""

    place: int
    statement: Statement
    coverage: Coverage
    beside: tuple[Coverage, ...]

    @cached_property
    def others(self) -> dict[str, list[Others]]:
        """The cases that are not the same, by group, the worst last."""
        key = self.coverage.suite.keys.index(self.coverage.key)
        found: dict[str, list[Others]] = defaultdict(list)
        order = (*GRADES, *LEFT_OUT)
        for one in sorted(self.coverage.others(), key=lambda one: (order.index(one.outcome), one.group)):
            found[one.group[key]].append(one)
        return dict(sorted(found.items()))

    def detail(self, one: Others) -> str:
        """The values of the other keys, in words."""
        named = zip(self.coverage.suite.keys, one.group, strict=True)
        return ", ".join(f"{key} {value}" for key, value in named if key != self.coverage.key)

    def anchor(self, group: str) -> str:
        """Where the cases of a group are."""
        edge = self.statement.edge
        return f"c-{edge.source}-{edge.relation}-{edge.target}-{list(self.coverage.groups).index(group)}"


@dataclass(frozen=True)
class CoverageSection:
    """A table of the page."""

    table: CoverageTable
    columns: tuple[Implementation, ...]

    def rows(self) -> list[tuple[str, list[Tally | None], int]]:
        """(group, a tally an implementation, how many take all of it) of each group."""
        rows = []
        for group in self.table.groups:
            tallies = [column.coverage.groups.get(group) for column in self.columns]
            rows.append((group, tallies, sum(tally is not None and tally.whole for tally in tallies)))
        return rows

    def otherwise(self) -> list[CoverageTable]:
        """The same cases by each other key."""
        return [self.table.by(key) for key in self.table.other_keys]


def sections(landscape: Landscape) -> list[CoverageSection]:
    """The tables with their columns."""
    tables = coverage_tables(landscape)
    sources = sorted({statement.source for table in tables for statement, _ in table.rows})
    return [
        CoverageSection(
            table,
            tuple(
                Implementation(sources.index(s.source), s, c, counted_beside(landscape, s, c)) for s, c in table.rows
            ),
        )
        for table in tables
    ]


def mark(tally: Tally | None) -> tuple[str, str, str]:
    """(class, sign, words) of a cell; other numbers are the worst, whatever else is the same."""
    if tally is None:
        return "unsaid", "", "no case is counted"
    words = ", ".join(f"{count} {phrases.GRADES[grade]}" for grade, count in tally.counts.items())
    if tally.whole:
        return "works", "●", words
    if tally.counts.get("other-numbers"):
        return "wrong", "≠", words
    return ("part", "◐", words) if tally.same else ("absent", "✕", words)
