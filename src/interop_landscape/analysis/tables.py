"""Tables of some entries by others, both sorted, and how they are multiplied."""

from __future__ import annotations

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


def times(left: Bools, right: Singles) -> Singles:
    """``left @ right``."""
    if np.count_nonzero(left) * _SPARSE > left.size:
        dense: Singles = left.astype(np.float32) @ right
        return dense
    row, place = np.nonzero(left)
    count = np.bincount(row, minlength=len(left))
    first = np.cumsum(count) - count
    product = np.zeros((len(left), right.shape[1]), dtype=np.float32)
    for turn in range(int(count.max(initial=0))):
        some = np.flatnonzero(count > turn)
        product[some] += right[place[first[some] + turn]]
    return product


def weight_within(rows: Bools, columns: Bools, weights: Singles) -> Singles:
    """The weight in the rectangle of each of `rows` and each of `columns`: ``rows @ weights @ columns.T``."""
    return times(columns, np.ascontiguousarray(times(rows, weights).T)).T


def share(some: Bools, others: Bools) -> Bools:
    """Which rows of `some` have a bit in common with which rows of `others`."""
    return np.asarray(times(some, np.ascontiguousarray(others.T, dtype=np.float32)) > 0)
