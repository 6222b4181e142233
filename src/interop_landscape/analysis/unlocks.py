"""What every edge that could be built would close, counted exactly for all of them at once.

docs/design.md#unlocks: for one expectation, let ``B[s,u]`` say that source *s* reaches *u* in a state where relation
*r* may follow, ``F[v,t]`` that the goal *t* is reached from *v* in the state after it, and ``U[s,t]`` that the
pair is unmet. A new edge *u –r→ v* then closes the pairs of the rectangle ``B[:,u] × F[v,:]`` that are in
``U``, and ``Bᵀ·U·F`` counts them for all edges in two matrix products.

An edge may serve several states; a pair that lies in several of its rectangles counts once:

* rectangles of one direction of flow are counted by inclusion and exclusion, again by products;
* where a relation flows both ways and the two rectangles could overlap, or where one route could use the new
  edge twice, the few edges concerned are found by products too, and each is then counted by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.asked import Asked
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import STRONG, Bools, Floats, Ints, Network
from interop_landscape.analysis.rectangles import Edge, Use, closed_by, having, may_follow, uses_of

Singles = NDArray[np.float32]

# How many numbers one temporary table may hold: 32 Mi, that is 128 MiB of float32.
_BLOCK = 1 << 25
_NOT_FULL = ("partial", "experimental", "removed", "none")


@dataclass(frozen=True)
class Cells:
    """A part of a table of pairs: the crossings of some rows and some columns."""

    rows: Ints
    columns: Ints


class Candidates:
    """The edges of one relation that could be built, and what each would close."""

    def __init__(self, network: Network, relation: str, expected: list[Expected]) -> None:
        self.network = network
        self.relation = relation
        self.uses = [use for each in expected for use in uses_of(network, relation, each)]
        defined = network.relation(relation)
        may_start = network.active & network.of_kinds(defined.from_)
        may_end = network.active & network.of_kinds(defined.to)
        if _turns_back(self.uses):
            # A route may go there and back over a new edge, so its other end may be anything.
            everything = np.arange(len(network.ids))
            self.sources, self.targets = everything[may_start], everything[may_end]
        else:
            self.sources, self.targets = self._joinable(may_start, may_end)
        self.asked = Asked.of_relation(network, relation)
        self._memo: tuple[Floats, Floats] | None = None
        self._kept_rows: dict[int, tuple[Floats, Floats]] = {}
        self._open: tuple[Ints, Bools] | None = None
        self._possible_all: dict[int, Bools] = {}
        self._choosy = network.choosy(relation)
        self._is_source = _among(self.sources, len(network.ids))
        self._is_target = _among(self.targets, len(network.ids))

    def _joinable(self, may_start: Bools, may_end: Bools) -> tuple[Ints, Ints]:
        """The entries that some route reaches, and those from which some goal is reached."""
        at_source = [(use.reaching if use.back else use.reached).nodes for use in self.uses]
        at_target = [(use.reached if use.back else use.reaching).nodes for use in self.uses]
        entry_of = self.network.entry_of
        at_source, at_target = [entry_of[nodes] for nodes in at_source], [entry_of[nodes] for nodes in at_target]
        return _kept(at_source, may_start), _kept(at_target, may_end)

    def blocks(self) -> Iterator[Ints]:
        """The sources in blocks small enough that a block by all targets fits in memory."""
        size = max(1, _BLOCK // max(1, len(self.targets)))
        if 0 < len(self.sources) <= size:
            yield self.sources
            return
        for first in range(0, len(self.sources), size):
            yield self.sources[first : first + size]

    def tables(self, sources: Ints) -> tuple[Floats, Floats]:
        """(unlocks, factor) of the edges from some of `self.sources` to all of `self.targets`.

        Unlocks is the weight of the gaps that the edge would close all by itself, 0 where it cannot be a fix; factor
        is what that is multiplied by to be its value (`Asked.factor`).
        """
        if self._memo is None and len(self.sources) * len(self.targets) <= _BLOCK // 4:
            self._memo = self._compute(self.sources)
        if self._memo is None:
            return self._compute(sources)
        if sources is self.sources:
            return self._memo
        rows = np.searchsorted(self.sources, sources)
        return self._memo[0][rows], self._memo[1][rows]

    def _rows(self, sources: Ints) -> tuple[Floats, Floats]:
        """As `tables`, for a few sources that are likely to be asked for again."""
        if self._memo is not None:
            return self.tables(sources)
        missing = np.array([s for s in sources.tolist() if s not in self._kept_rows], dtype=np.int64)
        if len(missing):
            for source, unlocks, factor in zip(missing.tolist(), *self.tables(missing), strict=True):
                self._kept_rows[source] = unlocks, factor
        rows = [self._kept_rows[source] for source in sources.tolist()]
        return np.array([unlocks for unlocks, _ in rows]), np.array([factor for _, factor in rows])

    def _compute(self, sources: Ints) -> tuple[Floats, Floats]:
        unlocks = np.zeros((len(sources), len(self.targets)))
        by_expected: dict[Expected, list[Use]] = {}
        for use in self.uses:
            by_expected.setdefault(use.expected, []).append(use)
        for uses in by_expected.values():
            count = self._count(uses, sources)
            if count.any():
                unlocks += count
        return unlocks, self.asked.factor(sources, self.targets)

    def _count(self, uses: list[Use], sources: Ints) -> Singles:
        """The weight of the unmet pairs of one expectation that each edge would close."""
        expected = uses[0].expected
        size = len(self.network.ids)
        if not any(_among(use.reached.nodes, size)[self.targets if use.back else sources].any() for use in uses):
            return np.zeros((len(sources), len(self.targets)), dtype=np.float32)
        unmet = expected.weighed.astype(np.float32)
        ends = [_ends(use, sources, self.targets) for use in uses]
        ahead = [(rows, columns) for use, rows, columns in ends if not use.back]
        behind = [(rows, columns) for use, rows, columns in ends if use.back]
        count = _union(ahead, unmet, (len(sources), len(self.targets)))
        if behind:
            count += _union(behind, unmet, (len(self.targets), len(sources))).T
        possible = self._possible(expected, sources)
        count *= possible
        look = _needs_exact_count(ends, unmet, count.shape) | self._split(sources)
        for row, column in np.argwhere(possible & look):
            edge = int(sources[row]), int(self.targets[column])
            count[row, column] = expected.weigh(closed_by(self.network, edge, uses) & expected.counted)
        return count

    def _possible(self, expected: Expected, sources: Ints) -> Bools:
        """Which edges may be asked for, are not there in full, and would carry what is asked."""
        possible = self._not_there(sources).copy()
        asked = expected.carrying
        network = self.network
        for end, axis in ((sources, (slice(None), None)), (self.targets, (None, slice(None)))):
            possible &= ((network.carries[end] & asked) == asked)[axis]
        source, target, cargo = network.statements(self.relation, _NOT_FULL)
        narrow = (cargo & asked) != asked
        possible[self._cells(sources, source[narrow], target[narrow])] = False
        return possible

    def _possible_at(self, expected: Expected, sources: Ints, edges: tuple[Ints, Ints]) -> Bools:
        """As `_possible`, of some edges, by their rows in the table of `sources` and their columns."""
        if len(self.sources) * len(self.targets) > _BLOCK // 32:
            return self._possible(expected, sources)[edges]
        if expected.carrying not in self._possible_all:
            self._possible_all[expected.carrying] = self._possible(expected, self.sources)
        row, column = edges
        return self._possible_all[expected.carrying][np.searchsorted(self.sources, sources)[row], column]

    def _not_there(self, sources: Ints) -> Bools:
        """Which edges may be asked for and are not there in full; the last such table is kept."""
        if self._open is None or self._open[0] is not sources:
            may: Bools = sources[:, None] != self.targets[None, :]
            may &= self.asked.possible(sources, self.targets)
            source, target, _ = self.network.statements(self.relation, STRONG)
            may[self._cells(sources, source, target)] = False
            self._open = sources, may
        return self._open[1]

    def _cells(self, sources: Ints, source: Ints, target: Ints) -> tuple[Ints, Ints]:
        """The rows and columns of some edges, as far as they are between `sources` and the targets."""
        inside = _among(sources, len(self.network.ids))[source] & self._is_target[target]
        return np.searchsorted(sources, source[inside]), np.searchsorted(self.targets, target[inside])

    def _split(self, sources: Ints) -> Bools:
        """The edges that lead to a further node of their end, from which more leads on; and the choosy ones."""
        backs = {use.back for use in self.uses}
        split = {
            (end, start) if back else (start, end) for start, end, _ in self.network.split_edges() for back in backs
        }
        return self._marked(sources, split | self._choosy)

    def _marked(self, sources: Ints, edges: Collection[Edge]) -> Bools:
        """A table of the edges from `sources` in which some are marked."""
        marked = np.zeros((len(sources), len(self.targets)), dtype=bool)
        if edges:
            source, target = np.array(list(edges)).T
            marked[self._cells(sources, source, target)] = True
        return marked

    def raise_best(self, best: Floats, expected: Expected, cells: Cells, sources: Ints, worth: Floats) -> None:
        """Raise the best worth of some gaps to that of the best of these edges that closes them.

        `worth` is a table of the edges from `sources` to all targets; `best` one of the rows by columns that
        `cells` names, changed in place.
        """
        uses = [use for use in self.uses if use.expected is expected]
        if not uses:
            return
        possible = self._possible(expected, sources)
        usable = np.where(possible & ~self._marked(sources, self._choosy), worth, 0.0)
        ends = [_ends(use, sources, self.targets) for use in uses]
        for use, rows, columns in ends:
            _raise(best, rows[:, cells.rows], columns[:, cells.columns], usable.T if use.back else usable)
        unmet = expected.counted.astype(np.float32) if len(uses) > 1 else np.zeros((0, 0), dtype=np.float32)
        look = _needs_exact_count(ends, unmet, possible.shape) | self._split(sources)
        for row, column in np.argwhere(possible & look):
            edge = int(sources[row]), int(self.targets[column])
            closed = closed_by(self.network, edge, uses)[np.ix_(cells.rows, cells.columns)]
            best[closed] = np.maximum(best[closed], worth[row, column])

    def first(self, sources: Ints, worth: Floats, most: int) -> list[tuple[float, str, int, int]]:
        """The edges of most worth from `sources`, at most `most` of them: (worth, relation, source, target)."""
        flat = worth.ravel()
        some = np.flatnonzero(flat > 0)
        if len(some) > most:
            some = some[np.argpartition(flat[some], len(some) - most)[len(some) - most :]]
        return [
            (
                float(flat[i]),
                self.relation,
                int(sources[i // len(self.targets)]),
                int(self.targets[i % len(self.targets)]),
            )
            for i in some.tolist()
        ]

    def closing(self, expected: Expected, row: int, column: int) -> list[tuple[int, int, float, float]]:
        """The edges that would close one gap: (source, target, unlocks, factor) of each."""
        found: set[Edge] = set()
        uses = [use for use in self.uses if use.expected is expected]
        for use in uses:
            starts = having(use.reached, row, len(expected.sources))
            nodes = having(use.reaching, column, expected.width)
            ends = nodes[nodes < len(self.network.ids)]
            found |= self._through(use, set(starts.tolist()), set(nodes.tolist()))
            at_source, at_target = (ends, starts) if use.back else (starts, ends)
            at_source, at_target = at_source[self._is_source[at_source]], at_target[self._is_target[at_target]]
            found.update(product(at_source.tolist(), at_target.tolist()))
        found = {e for e in found if e not in self._choosy or closed_by(self.network, e, uses)[row, column]}
        if len(uses) > 1:
            found |= self._closing_twice(uses, row, column)
        if not found:
            return []
        source, target = np.array(sorted(found), dtype=np.int64).T
        sources, rows = np.unique(source, return_inverse=True)
        columns = np.searchsorted(self.targets, target)
        some = self._possible_at(expected, sources, (rows, columns))
        unlocks, factor = (table[rows[some], columns[some]].tolist() for table in self._rows(sources))
        return list(zip(source[some].tolist(), target[some].tolist(), unlocks, factor, strict=True))

    def _through(self, use: Use, starts: set[int], nodes: set[int]) -> set[Edge]:
        """The edges from `starts` that lead to a further node of their end which is one of `nodes`."""
        edges = ((start, end) for start, end, node in self.network.split_edges() if start in starts and node in nodes)
        found = {(end, start) if use.back else (start, end) for start, end in edges}
        return {(source, target) for source, target in found if self._is_source[source] and self._is_target[target]}

    def _closing_twice(self, uses: list[Use], row: int, column: int) -> set[Edge]:
        """Edges that close a gap only by being used twice on one route."""
        expected = uses[0].expected
        ends = [_ends(use, self.sources, self.targets) for use in uses]
        unmet = np.zeros(expected.unmet.shape, dtype=np.float32)
        unmet[row, column] = 1
        look = _needs_exact_count(ends, unmet, (len(self.sources), len(self.targets)))
        edges = {(int(self.sources[i]), int(self.targets[j])) for i, j in np.argwhere(look)}
        return {edge for edge in edges if closed_by(self.network, edge, uses)[row, column]}


def _among(some: Ints, count: int) -> Bools:
    """By index, whether it is one of some."""
    among = np.zeros(count, dtype=bool)
    among[some] = True
    return among


def _kept(nodes: list[Ints], wanted: Bools) -> Ints:
    some = np.unique(np.concatenate(nodes)) if nodes else np.zeros(0, dtype=np.int64)
    kept: Ints = some[wanted[some]]
    return kept


def _ends(use: Use, sources: Ints, targets: Ints) -> tuple[Use, Bools, Bools]:
    """The bits of the starts and of the ends of the edges between `sources` and `targets`."""
    starts, ends = (targets, sources) if use.back else (sources, targets)
    return (
        use,
        use.reached.unpack(starts, len(use.expected.sources)),
        use.reaching.unpack(ends, use.expected.width),
    )


def _times(left: Bools, right: Singles) -> Singles:
    """``left @ right``; rows of `left` with a single bit only pick a row of `right`."""
    if left.size and (np.count_nonzero(left, axis=1) <= 1).all():
        picked: Singles = right[left.argmax(axis=1)]
        picked[~left.any(axis=1)] = 0
        return picked
    product: Singles = left.astype(np.float32) @ right
    return product


def _closed(rows: Bools, columns: Bools, unmet: Singles) -> Singles:
    """The weight of the unmet pairs in the rectangle of each start (of `rows`) and end (of `columns`)."""
    between = _times(rows, unmet)
    if columns.size and (np.count_nonzero(columns, axis=1) <= 1).all():
        picked: Singles = between[:, columns.argmax(axis=1)]
        picked[:, ~columns.any(axis=1)] = 0
        return picked
    product: Singles = between @ columns.astype(np.float32).T
    return product


def _union(rectangles: list[tuple[Bools, Bools]], unmet: Singles, shape: tuple[int, int]) -> Singles:
    """The weight of the unmet pairs in any of an edge's rectangles: inclusion and exclusion.

    Single precision counts exactly up to 16 Mi pairs of weight 1 to an edge, and as many halves or quarters.
    """
    count = np.zeros(shape, dtype=np.float32)
    some = [(rows, columns) for rows, columns in rectangles if rows.any() and columns.any()]
    for size in range(1, len(some) + 1):
        for chosen in combinations(some, size):
            rows = np.logical_and.reduce([rows for rows, _ in chosen])
            columns = np.logical_and.reduce([columns for _, columns in chosen])
            if rows.any() and columns.any():
                (np.add if size % 2 else np.subtract)(count, _closed(rows, columns, unmet), out=count)
    return count


def _needs_exact_count(ends: list[tuple[Use, Bools, Bools]], unmet: Singles, shape: tuple[int, int]) -> Bools:
    """The edges whose rectangles may overlap across directions, or that a route may use twice.

    Errs on the side of looking. `shape` is sources by targets.
    """
    look = np.zeros(shape, dtype=bool)
    if len(ends) < 2:
        return look
    ahead = [end for end in ends if not end[0].back]
    behind = [end for end in ends if end[0].back]
    for _, rows, columns in ahead:
        for _, back_rows, back_columns in behind:
            shared_rows = _share(rows, back_rows)
            if shared_rows.any():
                look |= shared_rows & _share(back_columns, columns)
    for first, rows, _ in ends:
        for second, _, columns in ends:
            if first is not second and may_follow(first, second) and rows.any() and columns.any():
                if first.back == second.back:
                    extra = _closed(rows, columns, unmet) > 0
                    look |= extra.T if first.back else extra
                else:
                    # A start ahead and an end behind are the same entry: one at the source, or one at the target.
                    both = np.asarray(((rows.astype(np.float32) @ unmet) * columns).any(axis=1))
                    look |= both[None, :] if first.back else both[:, None]
    return look


def _turns_back(uses: list[Use]) -> bool:
    """Whether some route may use an edge in one direction and then in the other."""
    return any(
        first.expected is second.expected and first.back != second.back and may_follow(first, second)
        for first in uses
        for second in uses
    )


def _share(some: Bools, others: Bools) -> Bools:
    """Which rows of `some` have a bit in common with which rows of `others`."""
    return np.asarray(_times(some, np.ascontiguousarray(others.T, dtype=np.float32)) > 0)


def _raise(best: Floats, rows: Bools, columns: Bools, worth: Floats) -> None:
    """``best[s,t] = max(best[s,t], worth[u,v])`` over all u with ``rows[u,s]`` and v with ``columns[v,t]``."""
    source, start = np.nonzero(rows.T)
    goal, end = np.nonzero(columns.T)
    if not len(source) or not len(goal) or not worth.any():
        return
    goals, first_goal = np.unique(goal, return_index=True)
    cut = max(1, _BLOCK // 4 // max(1, len(end), worth.shape[1] * -(-len(source) // best.shape[0])))
    for low in range(0, best.shape[0], cut):
        here = (source >= low) & (source < low + cut)
        if not here.any():
            continue
        some, first_source = np.unique(source[here], return_index=True)
        by_end = np.maximum.reduceat(worth[start[here]], first_source, axis=0).T
        by_goal = np.maximum.reduceat(by_end[end], first_goal, axis=0)
        cells = np.ix_(some, goals)
        best[cells] = np.maximum(best[cells], by_goal.T)
