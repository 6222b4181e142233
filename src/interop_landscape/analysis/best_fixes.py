"""The best fixes of every gap, and of every entry, at once: making each `Gap` by itself would take too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from interop_landscape.analysis.gaps import Fix, Gaps
from interop_landscape.analysis.network import Bools, Floats, Ints
from interop_landscape.analysis.unlocks import Candidates, Cells
from interop_landscape.ids import Edge


def best_fixes(gaps: Gaps) -> list[Mapping[tuple[int, int], Fix]]:
    """By expectation (as in `gaps.expected`) the best fix of each gap by (row, column); gaps without one are left out.

    The best is that of the most value, then of the most that it unlocks, then the first by id: as in `Gaps.top`.
    """
    blocks = [_Block(candidates, sources) for candidates in gaps.candidates for sources in candidates.blocks()]
    relations = sorted({block.relation for block in blocks})
    edges = [block.edges(relations.index(block.relation)) for block in blocks]
    source, relation, target, unlocks, value = np.concatenate(edges or [np.zeros((5, 0))], axis=1)
    # Ranks leave no ties, as values would, so that the best rank of a gap names one edge.
    worst_first = np.lexsort((target, relation, source, -unlocks, -value))[::-1]
    rank = np.zeros(len(worst_first))
    rank[worst_first] = np.arange(1, len(worst_first) + 1)
    best = [np.zeros(each.unmet.shape) for each in gaps.expected]
    for block, ranks in zip(blocks, np.split(rank, np.cumsum([part.shape[1] for part in edges])), strict=False):
        block.raise_ranks(best, ranks, gaps)

    @cache
    def fix(rank: int) -> Fix:
        edge = worst_first[rank - 1]
        ends = gaps.network.ids[int(source[edge])], gaps.network.ids[int(target[edge])]
        return gaps.fix(Edge(ends[0], relations[int(relation[edge])], ends[1]), float(unlocks[edge]))

    return [
        {(row, column): fix(int(ranks[row, column])) for row, column in np.argwhere(each.unmet & (ranks > 0)).tolist()}
        for each, ranks in zip(gaps.expected, best, strict=True)
    ]


class _Block:
    """Edges of one relation, from some sources to all targets, that would close anything."""

    def __init__(self, candidates: Candidates, sources: Ints) -> None:
        self.relation = candidates.relation
        self._candidates = candidates
        self._sources = sources
        self._unlocks, self._factor = candidates.tables(sources)
        self._closing: Bools = self._unlocks > 0

    def edges(self, relation: int) -> Floats:
        """A column each: source, the relation's number, target, unlocks, value."""
        row, column = np.nonzero(self._closing)
        unlocks = self._unlocks[row, column]
        value = unlocks * self._factor[row, column]
        number = np.full(len(row), relation)
        edges = self._sources[row], number, self._candidates.targets[column], unlocks, value
        return np.array(edges, dtype=np.float64)

    def raise_ranks(self, best: list[Floats], ranks: Floats, gaps: Gaps) -> None:
        """Raise the best rank of each gap, by expectation, to that of the best of these edges that closes it."""
        table = np.zeros(self._closing.shape)
        table[self._closing] = ranks
        for each, here in zip(gaps.expected, best, strict=True):
            everything = Cells(np.arange(here.shape[0]), np.arange(here.shape[1]))
            self._candidates.raise_best(here, each, everything, self._sources, table)


def fixes_by_entry(gaps: Gaps, most: int) -> dict[str, list[Fix]]:
    """By entry: the best fixes that it would state, or that lead to it, most value first; at most so many each."""
    best: dict[int, list[tuple[float, float, Edge]]] = {}
    for candidates in gaps.candidates:
        for sources in candidates.blocks():
            for entry, value, unlocks, edge in _best_of_block(gaps.network.ids, candidates, sources, most):
                best.setdefault(entry, []).append((value, unlocks, edge))
    found = {gaps.network.ids[entry]: sorted(some)[:most] for entry, some in best.items()}
    return {entry: [gaps.fix(edge, -unlocks) for _, unlocks, edge in some] for entry, some in sorted(found.items())}


def _best_of_block(
    ids: Sequence[str], candidates: Candidates, sources: Ints, most: int
) -> Iterator[tuple[int, float, float, Edge]]:
    """(entry, -value, -unlocks, edge) of the best edges of each entry at either end."""
    unlocks, factor = candidates.tables(sources)
    value, targets = unlocks * factor, candidates.targets
    for row, column in _best_by_row(value, most):
        edge = Edge(ids[sources[row]], candidates.relation, ids[targets[column]])
        yield int(sources[row]), -float(value[row, column]), -float(unlocks[row, column]), edge
    for column, row in _best_by_row(value.T, most):
        edge = Edge(ids[sources[row]], candidates.relation, ids[targets[column]])
        yield int(targets[column]), -float(value[row, column]), -float(unlocks[row, column]), edge


def _best_by_row(value: Floats, most: int) -> Iterator[tuple[int, int]]:
    """(row, column) of the largest values of each row that are worth anything, at most so many, in no order."""
    if not value.size:
        return
    most = min(most, value.shape[1])
    for row, columns in enumerate(np.argpartition(-value, most - 1, axis=1)[:, :most].tolist()):
        for column in columns:
            if value[row, column] > 0:
                yield row, column
