"""An expectation as a table, as it leaves the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from interop_landscape.documents.declare import NULL, Nested, told
from interop_landscape.documents.kinds import Count
from interop_landscape.phrases import STANDING
from interop_landscape.reading.values import Flag, OneOf, Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumnDocument:
    """A column, a pair (id, name): an entry that is to be reached, or any of them."""

    id: str | None = told(
        Slug(), "the entry; `null` where any of them would do", lambda column, _: column[0], nullable=True
    )
    name: str = told(Text(), "its name", lambda column, _: column[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCellDocument:
    """An expected pair."""

    OMITS: ClassVar = NULL

    to: str | None = told(
        Slug(), "the column; left out where any of them would do", lambda pair, _: pair.target, nullable=True
    )
    standing: str = told(OneOf(*STANDING), "how it stands")
    how: str | None = told(Slug(), "the name of the route that joins it, if any does", nullable=True)
    verified: bool = told(Flag(), "whether a route of verified edges in full joins it")
    record: str | None = told(Slug(), "the record that tracks it, if any does", nullable=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRowDocument:
    """A row: an entry that is expected to reach the columns."""

    id: str = told(Slug(), "the entry")
    name: str = told(Text(), "its name")
    met: int = told(Count(), "how many of its pairs work in full, shown or not")
    expected: int = told(Count(), "how many are expected, shown or not")
    cells: tuple[MatrixCellDocument, ...] = told(
        Nested(MatrixCellDocument, many=True), "its expected pairs, in the order of the columns"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixDocument:
    """An expectation as the table that its page shows."""

    SHAPE: ClassVar = "matrix/v1"

    expectation: str = told(Slug(), "the expectation")
    side: str = told(Slug(), "its side")
    says: str = told(Text(), "what the table shows, in words")
    columns: tuple[MatrixColumnDocument, ...] = told(Nested(MatrixColumnDocument, many=True), "the columns, in order")
    rows: tuple[MatrixRowDocument, ...] = told(Nested(MatrixRowDocument, many=True), "the rows, in order")
    cut: bool = told(Flag(), "whether the table has more rows or columns than these")
