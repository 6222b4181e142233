"""Tables of some entries by others, both sorted, and how they are multiplied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.network import Bools, Ints

Singles = NDArray[np.float32]

_SPARSE = 128
"""A product picks rows one by one where so much less than all of the left table is set; else BLAS is faster."""


def places(wanted: Ints, some: Ints) -> tuple[Bools, Ints]:
    """Which of `wanted` are among `some`, which are sorted, and where those stand that are.

    It is asked for so often that `np.isin` would be slow.
    """
    if not len(some):
        return np.zeros(len(wanted), dtype=bool), np.zeros(0, dtype=np.int64)
    place = some.searchsorted(wanted)
    place[place == len(some)] = 0
    there = np.asarray(some[place] == wanted)
    return there, place[there]


def cells(ends: tuple[Ints, Ints], rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
    """Where some edges stand in a table of `rows` by `columns`, as far as they do."""
    in_rows, row = places(ends[0], rows)
    in_columns, column = places(ends[1], columns)
    return row[in_columns[in_rows]], column[in_rows[in_columns]]


def mask_of(some: Ints, count: int) -> Bools:
    """By number up to `count`, whether it is one of some."""
    mask = np.zeros(count, dtype=bool)
    mask[some] = True
    return mask


@dataclass(frozen=True)
class Bits:
    """A table of bools of which few are set: the row and the column of each, by row."""

    row: Ints
    column: Ints
    shape: tuple[int, int]

    @classmethod
    def of(cls, table: Bools) -> Bits:
        """Those of a table."""
        row, column = table.nonzero()
        return cls(row, column, (table.shape[0], table.shape[1]))

    def __bool__(self) -> bool:
        return len(self.row) > 0

    def __and__(self, other: Bits) -> Bits:
        mine, its = (bits.row * self.shape[1] + bits.column for bits in (self, other))
        row, column = np.divmod(np.intersect1d(mine, its, assume_unique=True), max(1, self.shape[1]))
        return Bits(row, column, self.shape)

    def table(self) -> Bools:
        """All of it."""
        table = np.zeros(self.shape, dtype=bool)
        table[self.row, self.column] = True
        return table


def times(left: Bits, right: Singles) -> Singles:
    """``left @ right``."""
    rows, width = left.shape
    if len(left.row) * _SPARSE > rows * width:
        dense: Singles = left.table().astype(np.float32) @ right
        return dense
    count = np.bincount(left.row, minlength=rows)
    first = np.cumsum(count) - count
    product = np.zeros((rows, right.shape[1]), dtype=np.float32)
    for turn in range(int(count.max(initial=0))):
        (some,) = (count > turn).nonzero()
        product[some] += right[left.column[first[some] + turn]]
    return product


def weight_within(rows: Bits, columns: Bits, weights: Singles) -> Singles:
    """The weight in the rectangle of each of `rows` and each of `columns`: ``rows @ weights @ columns.T``."""
    if columns.shape[0] < rows.shape[0]:
        return times(rows, np.ascontiguousarray(times(columns, weights.T).T))
    return times(columns, np.ascontiguousarray(times(rows, weights).T)).T


def share(some: Bits, others: Bits) -> Bools:
    """Which rows of `some` have a bit in common with which rows of `others`."""
    return np.asarray(times(some, np.ascontiguousarray(others.table().T, dtype=np.float32)) > 0)
