"""An expectation as a table: who is expected to reach whom, how each pair stands, and what all of it shows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from interop_landscape import phrases
from interop_landscape.documents.matrix import MatrixDocument, MatrixRowDocument
from interop_landscape.documents.to_json import document_of, json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Expectation
from interop_landscape.site.data import SiteData
from interop_landscape.site.pairs import Pair
from interop_landscape.text import counted

MOST_ROWS: Final = 120
MOST_COLUMNS: Final = 60
MOST_CELLS: Final = 3_000
"""A larger table shows the entries with the most pairs met; the files of the entries have all of their pairs."""


@dataclass(frozen=True)
class Matrix:
    """The pairs of one expectation: sources by targets, or by one column, None, where any target would do.

    ``rows`` and ``columns`` have the most met first; ``all_rows`` and ``all_columns`` are not cut.
    """

    landscape: Landscape
    expectation: Expectation
    pairs: Sequence[Pair]

    @cached_property
    def cells(self) -> Mapping[tuple[str, str | None], Pair]:
        """The pairs by their ends."""
        return {(pair.source, pair.target): pair for pair in self.pairs}

    @cached_property
    def all_rows(self) -> Sequence[str]:
        """The sources."""
        return self._ordered(lambda pair: pair.source)

    @cached_property
    def all_columns(self) -> Sequence[str | None]:
        """The targets."""
        return [None] if self.is_any else self._ordered(lambda pair: pair.target or "")

    @property
    def rows(self) -> Sequence[str]:
        """The sources that are shown."""
        return self.all_rows[: min(MOST_ROWS, MOST_CELLS // max(1, len(self.columns)))]

    @property
    def columns(self) -> Sequence[str | None]:
        """The targets that are shown."""
        return self.all_columns[:MOST_COLUMNS]

    @property
    def is_any(self) -> bool:
        """Whether any one of the targets would do."""
        return self.expectation.need == "any"

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is shown."""
        return len(self.all_rows) > len(self.rows) or len(self.all_columns) > len(self.columns)

    def row(self, source: str) -> list[Pair | None]:
        """The cells of a row, also those that are not shown; None where nothing is expected."""
        return [self.cells.get((source, column)) for column in self.all_columns]

    def column(self, target: str | None) -> list[Pair | None]:
        """The cells of a column, also those that are not shown."""
        return [self.cells.get((source, target)) for source in self.all_rows]

    def name(self, end: str | None) -> str:
        """The name of a row or column."""
        return phrases.any_of(self.expectation.id, self.landscape) if end is None else self.landscape.entries[end].name

    def cell(self, source: str, target: str | None) -> str:
        """A cell in words: ``works: native, verified``; empty where nothing is expected."""
        pair = self.cells.get((source, target))
        if pair is None:
            return ""
        how = ", ".join(filter(None, (pair.how, "verified" if pair.verified else "")))
        said = phrases.STANDING[pair.standing][1]
        return f"{said}: {how}" if how else said

    def _ordered(self, end: Callable[[Pair], str]) -> list[str]:
        """The entries at one end, those with the most pairs met first, then by name."""
        met = Counter(end(pair) for pair in self.pairs if pair.status == "met")
        entries = self.landscape.entries
        return sorted({end(pair) for pair in self.pairs}, key=lambda e: (-met[e], entries[e].name.casefold(), e))

    @property
    def says(self) -> str:
        """What the table shows, in words: ``12 of 16 frameworks reach DLPack in full, 2 in part; …``."""
        found = Counter(pair.standing for pair in self.pairs)
        rest = _rest(found)
        works = f"{found['works']:,} of {len(self.pairs):,}"
        if len(self.all_columns) == 1:
            goal = self.name(self.all_columns[0])
            reach = "reaches" if len(self.pairs) == 1 else "reach"
            return f"{works} {self._kind(self.all_rows, len(self.pairs))} {reach} {goal} in full{rest}."
        rows, columns = (self._counted(ends) for ends in (self.all_rows, self.all_columns))
        return f"{works} connections from {rows} to {columns} work in full{rest}. {self._extremes()}".rstrip()

    def _extremes(self) -> str:
        """Which column is reached most and which least, in words."""
        met = [(met_of(self.column(c)), c) for c in self.all_columns]
        asked = {column: sum(p is not None for p in self.column(column)) for column in self.all_columns}
        if len({most for most, _ in met}) < 2:
            return ""
        (most, first), (least, last) = met[0], met[-1]
        return (
            f"{self.name(first)} is reached in full by {most:,} of {asked[first]:,}, the most; "
            f"{self.name(last)} by {'none' if not least else f'{least:,}'} of {asked[last]:,}."
        )

    def _counted(self, ends: Sequence[str | None]) -> str:
        return f"{len(ends):,} {self._kind(ends, len(ends))}"

    def _kind(self, ends: Iterable[str | None], count: int) -> str:
        """What the entries at one end are: ``frameworks``; ``entries`` where they are of several kinds."""
        entries = self.landscape.entries
        kinds = {entries[end].kind for end in ends if end is not None}
        if len(kinds) != 1:
            return "entry" if count == 1 else "entries"
        [kind] = kinds
        return kind if count == 1 else self.landscape.vocabulary.kinds[kind].plural


def _rest(found: Mapping[str, int]) -> str:
    """``, 2 in part; 1 was looked for and is not there, and of 3 nobody has said``."""
    part = f", {found['part']:,} in part" if found["part"] else ""
    absent, unsaid = found["absent"], found["unsaid"]
    others = []
    if absent:
        others.append(
            f"{absent:,} {'was' if absent == 1 else 'were'} looked for and {'is' if absent == 1 else 'are'} not there"
        )
    if unsaid:
        others.append(f"of {unsaid:,} nobody has said")
    return part + (f"; {', and '.join(others)}" if others else "")


def matrix_document(one: Matrix) -> dict[str, Any]:
    """``matrix/v1``."""
    rows = [
        {
            "id": row,
            "name": one.name(row),
            "met": met_of(one.row(row)),
            "expected": sum(pair is not None for pair in one.row(row)),
            "cells": [pair for column in one.columns if (pair := one.cells.get((row, column))) is not None],
        }
        for row in one.rows
    ]
    return json_of(
        MatrixDocument,
        None,
        one.landscape,
        expectation=one.expectation.id,
        side=one.expectation.side,
        says=one.says,
        columns=[(column, one.name(column)) for column in one.columns],
        rows=[document_of(MatrixRowDocument, None, one.landscape, **row) for row in rows],
        cut=one.is_cut,
    )


def csv_of(one: Matrix) -> bytes:
    """The table as CSV, with names, and each cell in words."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(["", *(one.name(column) for column in one.columns), "works", "expected"])
    for row in one.rows:
        whole = one.row(row)
        counts = met_of(whole), sum(pair is not None for pair in whole)
        writer.writerow([one.name(row), *(one.cell(row, column) for column in one.columns), *counts])
    return lines.getvalue().encode()


def met_of(pairs: Iterable[Pair | None]) -> int:
    """How many of some cells work in full."""
    return sum(pair is not None and pair.status == "met" for pair in pairs)


def matrix_of(site_data: SiteData, expectation: Expectation) -> Matrix:
    """The table of an expectation."""
    return Matrix(site_data.landscape, expectation, site_data.pairs.get(expectation.id, ()))


def counted_cut(one: Matrix) -> str:
    """What is not shown of a large table."""
    return (
        f"The first {len(one.rows)} of {counted(len(one.all_rows), 'row')} and the first {len(one.columns)} of "
        f"{counted(len(one.all_columns), 'column')}, by what is met."
    )
