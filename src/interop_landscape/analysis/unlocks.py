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
from functools import cached_property
from itertools import product

import numpy as np

from interop_landscape.analysis.asked import Asked
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import STRONG, Bools, Floats, Ints, Network
from interop_landscape.analysis.overlaps import Ends, needs_exact_count, turns_back, union, used_twice
from interop_landscape.analysis.promise import most_closed
from interop_landscape.analysis.rectangles import Edge, Use, closed_by, having, may_follow, uses_of
from interop_landscape.analysis.tables import Bits, Singles, cells, mask_of, places

# How many numbers one temporary table may hold: 8 Mi, that is 64 MiB.
_BLOCK = 1 << 23
_AT_ONCE = 1 << 21
"""How many edges are counted at once where most need not be."""
_NOT_FULL = ("partial", "experimental", "removed", "none")


@dataclass(frozen=True)
class Cells:
    """A part of a table of pairs: the crossings of some rows and some columns."""

    rows: Ints
    columns: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        return len(self.rows), len(self.columns)


class Candidates:
    """The edges of one relation that could be built, and what each would close."""

    def __init__(self, network: Network, relation: str, expected: list[Expected]) -> None:
        self.network = network
        self.relation = relation
        self._uses = {each: uses for each in expected if (uses := uses_of(network, relation, each))}
        self._choosy = network.choosy(relation)
        self._turning = {each for each, uses in self._uses.items() if turns_back(each, uses)}
        defined = network.relation(relation)
        may_start = network.active & network.of_kinds(defined.from_)
        may_end = network.active & network.of_kinds(defined.to)
        self._concerned = {each: self._ends_of(uses, each in self._turning) for each, uses in self._uses.items()}
        self.sources = _any_of([start for start, _ in self._concerned.values()], may_start)
        self.targets = _any_of([end for _, end in self._concerned.values()], may_end)
        self.asked = Asked.of_relation(network, relation)
        self._memo: tuple[Floats, Floats] | None = None
        self._kept_rows: dict[int, tuple[Floats, Floats]] = {}
        self._kept_bits: dict[Expected, tuple[Ints, list[Bits]]] = {}
        self._open: tuple[Ints, Bools] | None = None
        self._possible_all: dict[int, Bools] = {}

    def _ends_of(self, uses: list[Use], turning: bool) -> tuple[Bools, Bools]:
        """The entries at which edges that join anything may have their source, and their target.

        Those are what some source reaches, and from what some goal is reached. But a route that goes there and back
        over a new edge may have anything at its other end.
        """
        network = self.network
        if turning:
            return np.ones(len(network.ids), dtype=bool), np.ones(len(network.ids), dtype=bool)
        at_source = [use.reaching if use.back else use.reached for use in uses]
        at_target = [use.reached if use.back else use.reaching for use in uses]
        source, target = (
            mask_of(network.entry_of[np.concatenate([rows.nodes for rows in some])], len(network.ids))
            for some in (at_source, at_target)
        )
        return source, target

    def blocks(self) -> Iterator[Ints]:
        """The sources in blocks small enough that a block by all targets fits in memory."""
        size = max(1, _BLOCK // max(1, len(self.targets)))
        if 0 < len(self.sources) <= size:
            yield self.sources
            return
        for first in range(0, len(self.sources), size):
            yield self.sources[first : first + size]

    def foremost_first(self, *, by_unlocks: bool) -> Iterator[tuple[float, Ints]]:
        """(promise, sources) in blocks: no edge of these sources, or of those that come after, is worth more."""
        if self._is_small:
            yield np.inf, self.sources
            return
        promise = np.zeros(len(self.sources))
        for expected, uses in self._uses.items():
            promise += most_closed(expected, uses, self.sources, self.targets)
        if not by_unlocks:
            promise *= self.asked.most_likely(self.sources)
        order = np.argsort(-promise, kind="stable")[: np.count_nonzero(promise)]
        size = max(1, _AT_ONCE // len(self.targets))
        for first in range(0, len(order), size):
            yield float(promise[order[first]]), self.sources[np.sort(order[first : first + size])]

    @property
    def _is_small(self) -> bool:
        """Whether all edges fit in one table, which is kept."""
        return len(self.sources) * len(self.targets) <= _AT_ONCE

    def tables(self, sources: Ints) -> tuple[Floats, Floats]:
        """(unlocks, factor) of the edges from some of `self.sources` to all of `self.targets`.

        Unlocks is the weight of the gaps that the edge would close all by itself, 0 where it cannot be a fix; factor
        is what that is multiplied by to be its value (`Asked.factor`).
        """
        if self._memo is None and self._is_small:
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
        for expected in self._uses:
            rows, columns = self._part(expected, sources)
            if len(rows) and len(columns):
                unlocks[np.ix_(rows, columns)] += self._count(expected, sources, rows, columns)
        unlocks *= self._not_there(sources)
        return unlocks, self.asked.factor(sources, self.targets)

    def _part(self, expected: Expected, sources: Ints) -> tuple[Ints, Ints]:
        """The rows and columns of the edges that could join anything and whose ends carry what is asked."""
        asked, carries = expected.carrying, self.network.carries
        start, end = self._concerned[expected]
        rows = start[sources] & ((carries[sources] & asked) == asked)
        columns = end[self.targets] & ((carries[self.targets] & asked) == asked)
        return np.flatnonzero(rows), np.flatnonzero(columns)

    def _count(self, expected: Expected, sources: Ints, rows: Ints, columns: Ints) -> Singles:
        """The weight of the unmet pairs of one expectation that each edge of a part of the table would close."""
        uses, part = self._uses[expected], Cells(sources[rows], self.targets[columns])
        ends = self._bits(expected, part)
        ahead = [(starts, goals) for use, starts, goals in ends if not use.back]
        behind = [(starts, goals) for use, starts, goals in ends if use.back]
        count = union(ahead, expected.loads, part.shape)
        if behind:
            count += union(behind, expected.loads, part.shape[::-1]).T
        look = needs_exact_count(ends, expected.loads, part.shape)
        look[self._marked(part, self._split | self._choosy)] = True
        if look.any():
            look &= self._not_there(sources)[np.ix_(rows, columns)]
        for row, column in np.argwhere(look).tolist():
            edge = int(part.rows[row]), int(part.columns[column])
            count[row, column] = expected.weigh(closed_by(self.network, edge, uses) & expected.counted)
        count[self._narrow(expected, part)] = 0.0
        return count

    def _bits(self, expected: Expected, part: Cells) -> list[Ends]:
        """The bits of the starts and of the ends of the edges of a part, by use; those of its columns are kept."""
        kept = self._kept_bits.get(expected)
        if kept is None or not np.array_equal(kept[0], part.columns):
            kept = part.columns, [_bits_at(use, part.columns, start=use.back) for use in self._uses[expected]]
            self._kept_bits[expected] = kept
        found = []
        for use, at_columns in zip(self._uses[expected], kept[1], strict=True):
            at_rows = _bits_at(use, part.rows, start=not use.back)
            found.append((use, at_columns, at_rows) if use.back else (use, at_rows, at_columns))
        return found

    def _possible(self, expected: Expected, sources: Ints) -> Bools:
        """Which edges may be asked for, are not there in full, and would carry what is asked."""
        possible = self._not_there(sources).copy()
        asked = expected.carrying
        possible &= ((self.network.carries[sources] & asked) == asked)[:, None]
        possible &= ((self.network.carries[self.targets] & asked) == asked)[None, :]
        possible[self._narrow(expected, Cells(sources, self.targets))] = False
        return possible

    def _possible_at(self, expected: Expected, sources: Ints, edges: tuple[Ints, Ints]) -> Bools:
        """As `_possible`, of some edges, by their rows in the table of `sources` and their columns."""
        if self._memo is None:
            return self._possible(expected, sources)[edges]
        if expected.carrying not in self._possible_all:
            self._possible_all[expected.carrying] = self._possible(expected, self.sources)
        row, column = edges
        return self._possible_all[expected.carrying][np.searchsorted(self.sources, sources)[row], column]

    def _narrow(self, expected: Expected, part: Cells) -> tuple[Ints, Ints]:
        """Where the edges stand that are there in part and would not carry what is asked."""
        source, target, cargo = self.network.statements(self.relation, _NOT_FULL)
        narrow = (cargo & expected.carrying) != expected.carrying
        return cells((source[narrow], target[narrow]), part.rows, part.columns)

    def _not_there(self, sources: Ints) -> Bools:
        """Which edges may be asked for and are not there in full; the last such table is kept."""
        if self._open is None or self._open[0] is not sources:
            may = self.asked.possible(sources, self.targets).copy()
            may[cells((sources, sources), sources, self.targets)] = False
            source, target, _ = self.network.statements(self.relation, STRONG)
            may[cells((source, target), sources, self.targets)] = False
            self._open = sources, may
        return self._open[1]

    @cached_property
    def _split(self) -> set[Edge]:
        """The edges that lead to a further node of their end: more leads on from there than from the end itself."""
        flows = self.network.relation(self.relation).flows
        edges = {(start, end) for start, end, _ in self.network.split_edges()}
        turned = {(end, start) for start, end in edges}
        return {"forward": edges, "backward": turned, "both": edges | turned}[flows]

    def _marked(self, part: Cells, edges: Collection[Edge]) -> tuple[Ints, Ints]:
        """Where some edges stand in a part of the table."""
        source, target = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2).T
        return cells((source, target), part.rows, part.columns)

    def raise_best(self, best: Floats, expected: Expected, gaps: Cells, sources: Ints, worth: Floats) -> None:
        """Raise the best worth of some gaps to that of the best of these edges that closes them.

        `worth` is a table of the edges from `sources` to all targets; `best` one of the rows by columns that
        `gaps` names, changed in place.
        """
        uses = self._uses.get(expected)
        if not uses:
            return
        every = Cells(sources, self.targets)
        possible = self._possible(expected, sources)
        usable = np.where(possible, worth, 0.0)
        usable[self._marked(every, self._choosy)] = 0.0
        ends = self._bits(expected, every)
        for use, starts, goals in ends:
            rows, columns = starts.table()[:, gaps.rows], goals.table()[:, gaps.columns]
            _raise(best, rows, columns, usable.T if use.back else usable)
        look = needs_exact_count(ends, expected.counted.astype(np.float32), every.shape)
        look[self._marked(every, self._split | self._choosy)] = True
        for row, column in np.argwhere(possible & look):
            edge = int(sources[row]), int(self.targets[column])
            closed = closed_by(self.network, edge, uses)[np.ix_(gaps.rows, gaps.columns)]
            best[closed] = np.maximum(best[closed], worth[row, column])

    def closing(self, expected: Expected, row: int, column: int) -> list[tuple[int, int, float, float]]:
        """The edges that would close one gap: (source, target, unlocks, factor) of each."""
        uses = self._uses.get(expected, [])
        found = set[Edge]().union(*(self._joining(use, row, column) for use in uses))
        found = {e for e in found if e not in self._choosy or closed_by(self.network, e, uses)[row, column]}
        if len(uses) > 1:
            found |= self._closing_twice(expected, row, column)
        if not found:
            return []
        source, target = np.array(sorted(found), dtype=np.int64).T
        sources, rows = np.unique(source, return_inverse=True)
        columns = np.searchsorted(self.targets, target)
        some = self._possible_at(expected, sources, (rows, columns))
        unlocks, factor = (table[rows[some], columns[some]].tolist() for table in self._rows(sources))
        return list(zip(source[some].tolist(), target[some].tolist(), unlocks, factor, strict=True))

    def _joining(self, use: Use, row: int, column: int) -> set[Edge]:
        """The edges between the sources and targets that join a pair by one use."""
        starts = having(use.reached, row)
        nodes = having(use.reaching, column)
        ends = nodes[nodes < len(self.network.ids)]
        at_source, at_target = (ends, starts) if use.back else (starts, ends)
        found = set(product(self._known(at_source, self.sources), self._known(at_target, self.targets)))
        further = set(nodes[nodes >= len(self.network.ids)].tolist())
        return found | self._through(use, set(starts.tolist()), further) if further else found

    def _known(self, entries: Ints, some: Ints) -> list[int]:
        known: list[int] = entries[places(entries, some)[0]].tolist()
        return known

    def _through(self, use: Use, starts: set[int], nodes: set[int]) -> set[Edge]:
        """The edges from `starts` that lead to a further node of their end which is one of `nodes`."""
        edges = [(start, end) for start, end, node in self.network.split_edges() if start in starts and node in nodes]
        source, target = np.array(edges, dtype=np.int64).reshape(-1, 2).T[:: -1 if use.back else 1]
        known = places(source, self.sources)[0] & places(target, self.targets)[0]
        return set(zip(source[known].tolist(), target[known].tolist(), strict=True))

    def _closing_twice(self, expected: Expected, row: int, column: int) -> set[Edge]:
        """Edges that close a gap only by being used twice on one route."""
        uses = self._uses[expected]
        pairs = [(one, two) for one, two in product(uses, uses) if one is not two and may_follow(one, two)]
        if not pairs:
            return set()
        rows, columns = self._part(expected, self.sources)
        part = Cells(self.sources[rows], self.targets[columns])
        unmet = np.zeros(expected.unmet.shape, dtype=np.float32)
        unmet[row, column] = 1
        look = np.argwhere(used_twice(self._bits(expected, part), unmet, part.shape)).tolist()
        edges = {(int(part.rows[i]), int(part.columns[j])) for i, j in look}
        for i, j in zip(*self._marked(part, self._split), strict=True):
            edge = int(part.rows[i]), int(part.columns[j])
            if any(one.rectangle(*edge)[0][row] and two.rectangle(*edge)[1][column] for one, two in pairs):
                edges.add(edge)
        return {edge for edge in edges if closed_by(self.network, edge, uses)[row, column]}


def _any_of(some: list[Bools], wanted: Bools) -> Ints:
    """The wanted entries that are in any of some."""
    found: Ints = np.flatnonzero(np.logical_or.reduce([np.zeros_like(wanted), *some]) & wanted)
    return found


def _bits_at(use: Use, entries: Ints, *, start: bool) -> Bits:
    """The bits of some entries as starts, or as ends, of edges."""
    if start:
        return use.reached.bits(entries, len(use.expected.sources))
    return use.reaching.bits(entries, use.expected.width)


def _raise(best: Floats, rows: Bools, columns: Bools, worth: Floats) -> None:
    """``best[s,t] = max(best[s,t], worth[u,v])`` over all u with ``rows[u,s]`` and v with ``columns[v,t]``."""
    source, start = np.nonzero(rows.T)
    goal, end = np.nonzero(columns.T)
    if not len(source) or not len(goal) or not worth.any():
        return
    goals, first_goal = np.unique(goal, return_index=True)
    cut = max(1, _BLOCK // max(1, len(end), worth.shape[1] * -(-len(source) // best.shape[0])))
    for low in range(0, best.shape[0], cut):
        here = (source >= low) & (source < low + cut)
        if not here.any():
            continue
        some, first_source = np.unique(source[here], return_index=True)
        by_end = np.maximum.reduceat(worth[start[here]], first_source, axis=0).T
        by_goal = np.maximum.reduceat(by_end[end], first_goal, axis=0)
        joined = np.ix_(some, goals)
        best[joined] = np.maximum(best[joined], by_goal.T)
