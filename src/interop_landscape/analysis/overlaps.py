"""Where rectangles of an edge overlap, or a route uses it twice: its pairs are then not the sum of its rectangles."""

from __future__ import annotations

from functools import reduce
from itertools import combinations, product
from operator import and_

import numpy as np

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import Bools
from interop_landscape.analysis.reach import by_entry
from interop_landscape.analysis.rectangles import Use, may_follow
from interop_landscape.analysis.tables import Bits, Singles, mask_of, places, share, times, weight_within

Ends = tuple[Use, Bits, Bits]
"""A use of some edges, with the sources that reach their starts and the goals that are reached from their ends."""


def union(rectangles: list[tuple[Bits, Bits]], unmet: Singles, shape: tuple[int, int]) -> Singles:
    """The weight of the unmet pairs in any of an edge's rectangles: inclusion and exclusion.

    Single precision counts exactly up to 16 Mi pairs of weight 1 to an edge, and as many halves or quarters.
    """
    count = np.zeros(shape, dtype=np.float32)
    some = [(rows, columns) for rows, columns in rectangles if rows and columns]
    for size in range(1, len(some) + 1):
        for chosen in combinations(some, size):
            rows = reduce(and_, (rows for rows, _ in chosen))
            columns = reduce(and_, (columns for _, columns in chosen))
            if rows and columns:
                (np.add if size % 2 else np.subtract)(count, weight_within(rows, columns, unmet), out=count)
    return count


def needs_exact_count(ends: list[Ends], unmet: Singles, shape: tuple[int, int]) -> Bools:
    """The edges whose rectangles may overlap across directions, or that a route may use twice.

    Errs on the side of looking. `shape` is sources by targets.
    """
    look = used_twice(ends, unmet, shape)
    for ahead, rows, columns in ends:
        for behind, back_rows, back_columns in ends:
            if behind.back and not ahead.back:
                shared_rows = share(rows, back_rows)
                if shared_rows.any():
                    look |= shared_rows & share(back_columns, columns)
    return look


def used_twice(ends: list[Ends], unmet: Singles, shape: tuple[int, int]) -> Bools:
    """The edges that one route may use twice to join an unmet pair, and some more."""
    look = np.zeros(shape, dtype=bool)
    for first, rows, _ in ends:
        for second, _, columns in ends:
            if first is not second and may_follow(first, second) and rows and columns:
                if first.back == second.back:
                    extra = weight_within(rows, columns, unmet) > 0
                    look |= extra.T if first.back else extra
                else:
                    # A start ahead and an end behind are the same entry: one at the source, or one at the target.
                    both = _joined_at(rows, columns, unmet)
                    look |= both[None, :] if first.back else both[:, None]
    return look


def _joined_at(rows: Bits, columns: Bits, unmet: Singles) -> Bools:
    """Which entries are reached by the source of an unmet pair, and reach its goal."""
    joined = times(rows, unmet)[columns.row, columns.column] > 0
    return mask_of(columns.row[joined], columns.shape[0])


def turns_back(expected: Expected, uses: list[Use]) -> bool:
    """Whether some route may join an unmet pair by using an edge in one direction and then in the other."""
    for first, second in product(uses, uses):
        if first.back != second.back and may_follow(first, second):
            reaching = by_entry(expected.network, second.reaching)
            entries = first.reached.nodes[places(first.reached.nodes, reaching.nodes)[0]]
            rows = first.reached.bits(entries, len(expected.sources))
            columns = reaching.bits(entries, expected.width)
            if _joined_at(rows, columns, expected.unmet.astype(np.float32)).any():
                return True
    return False
