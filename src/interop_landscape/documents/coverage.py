"""Which groups of a standard its implementations take, as suites counted it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from interop_landscape import phrases
from interop_landscape.analysis.coverage import Coverage, CoverageTable, Tally, counted_beside, coverage_tables
from interop_landscape.documents.csv_table import rows_as_csv
from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.kinds import Count
from interop_landscape.documents.statement import CoverageDocument
from interop_landscape.documents.suite import OtherCasesDocument
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf, MapOf
from interop_landscape.reading.statements import SUPPORT, Statement
from interop_landscape.reading.suites import GRADES, LEFT_OUT
from interop_landscape.reading.values import OneOf, Slug, Text, Whole


@dataclass(frozen=True, kw_only=True)
class CoveredGroupDocument:
    """The cases of one group."""

    group: str = told(Text(), "the value of the key", lambda one, _: one[0])
    same: int = told(Count(), "cases that are the same", lambda one, _: one[1].same)
    cases: int = told(Count(), "cases that are counted", lambda one, _: one[1].cases)
    counts: Mapping[str, int] = told(
        MapOf(OneOf(*GRADES, *LEFT_OUT), Whole()), "how many came to each end", lambda one, _: one[1].counts
    )


@dataclass(frozen=True, kw_only=True)
class CoveredByKeyDocument:
    """The same cases by another key."""

    key: str = told(Text(), "the key, such as `opset`", lambda one, _: one[0])
    groups: tuple[CoveredGroupDocument, ...] = told(
        Nested(CoveredGroupDocument, many=True),
        "each value with its cases: `group`, `same`, `cases`, `counts`",
        lambda one, _: one[1].items(),
    )


@dataclass(frozen=True, kw_only=True)
class CoveredBesideDocument:
    """What another suite counted of the same distribution."""

    shows: str = told(Text(), "what it counts, and how", lambda one, landscape: phrases.suite_shows(one, landscape))
    coverage: CoverageDocument = told(
        Nested(CoverageDocument, always=True), "the whole of what was counted", lambda one, _: one
    )
    by: tuple[CoveredByKeyDocument, ...] = told(
        Nested(CoveredByKeyDocument, many=True), "the cases by each key: `key`, `groups`", lambda one, _: _by_keys(one)
    )


@dataclass(frozen=True, kw_only=True)
class CoveredStatementDocument:
    """A statement, and what its suite counted."""

    from_: str = told(Slug(), "the entry that states it", lambda one, _: one[0].source, name="from")
    relation: str = told(Slug(), "the relation", lambda one, _: one[0].relation)
    to: str = told(Slug(), "the entry that it leads to", lambda one, _: one[0].target)
    support: str = told(OneOf(*SUPPORT), "how well it works, as stated", lambda one, _: one[0].support)
    coverage: CoverageDocument = told(
        Nested(CoverageDocument, always=True), "the whole of what was counted", lambda one, _: one[1]
    )
    groups: tuple[CoveredGroupDocument, ...] = told(
        Nested(CoveredGroupDocument, many=True),
        "each group with its cases: `group`, `same`, `cases`, `counts`",
        lambda one, _: one[1].groups.items(),
    )
    by: tuple[CoveredByKeyDocument, ...] = told(
        Nested(CoveredByKeyDocument, many=True),
        "the same cases by each other key, such as `opset`: `key`, `groups`",
        lambda one, _: _by_keys(one[1], 1),
    )
    beside: tuple[CoveredBesideDocument, ...] = told(
        Nested(CoveredBesideDocument, many=True),
        "what else was counted of it, such as the cases of an older version: `shows`, `coverage`, `by`",
        lambda one, landscape: counted_beside(landscape, *one),
    )
    others: tuple[OtherCasesDocument, ...] = told(
        Nested(OtherCasesDocument, many=True),
        "the cases that are not the same, with why: `group`, `outcome`, `said`, `cases`",
        lambda one, _: one[1].others(),
    )


def _by_keys(coverage: Coverage, start: int = 0) -> Iterator[tuple[str, Mapping[str, Tally]]]:
    return ((key, coverage.by(key)) for key in coverage.keys[start:])


@dataclass(frozen=True, kw_only=True)
class CoverageTableDocument:
    """What suites counted of one entry by one key."""

    of: str = told(Slug(), "the entry of which it was counted, such as a standard")
    key: str = told(Text(), "what the groups are, such as `operator`")
    groups: tuple[str, ...] = told(ListOf(Text()), "all groups, sorted")
    implementations: tuple[CoveredStatementDocument, ...] = told(
        Nested(CoveredStatementDocument, many=True), "who was counted, the widest first", lambda table, _: table.rows
    )


@dataclass(frozen=True, kw_only=True)
class CoverageTablesDocument:
    """Which groups of a standard its implementations take."""

    SHAPE: ClassVar = "coverage/v1"

    tables: tuple[CoverageTableDocument, ...] = told(
        Nested(CoverageTableDocument, many=True), "a table an entry and key", lambda tables, _: tables
    )


COVERAGE_HEADER: Final = (
    *("from", "relation", "to", "suite", "version", "date", "key", "group", "cases"),
    *GRADES,
    "left-out",
)
"""The columns of coverage as a table."""


def coverage_csv(landscape: Landscape) -> bytes:
    """All that suites counted as CSV (RFC 4180), a row a statement, suite, key and group."""
    tables = (each for table in coverage_tables(landscape) for each in (table, *map(table.by, table.other_keys)))
    return rows_as_csv(COVERAGE_HEADER, coverage_rows(landscape, tables))


def coverage_rows(landscape: Landscape, tables: Iterable[CoverageTable]) -> Iterator[tuple[str | int, ...]]:
    """A row a statement, suite and group of the tables' keys."""
    for table in tables:
        for statement, coverage in table.rows:
            for each in (coverage, *counted_beside(landscape, statement, coverage)):
                yield from _rows(statement, each, table.key)


def _rows(statement: Statement, coverage: Coverage, key: str) -> Iterator[tuple[str | int, ...]]:
    suite = coverage.suite
    ends = statement.source, statement.relation, statement.target
    for group, tally in coverage.by(key).items():
        counts = (tally.counts.get(grade, 0) for grade in GRADES)
        told = suite.probe, coverage.version, suite.day.isoformat(), key, group
        yield (*ends, *told, tally.cases, *counts, tally.left_out)
