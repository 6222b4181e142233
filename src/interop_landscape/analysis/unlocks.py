"""What every edge that could be built would close, counted exactly for all of them at once.

DESIGN section 5: for one expectation, let ``B[s,u]`` say that source *s* reaches *u* in a state where relation
*r* may follow, ``F[v,t]`` that the goal *t* is reached from *v* in the state after it, and ``U[s,t]`` that the
pair is unmet. A new edge *u –r→ v* then closes the pairs of the rectangle ``B[:,u] × F[v,:]`` that are in
``U``, and ``Bᵀ·U·F`` counts them for all edges in two matrix products.

An edge may serve several states; a pair that lies in several of its rectangles counts once:

* rectangles of one direction of flow are counted by inclusion and exclusion, again by products;
* where a relation flows both ways and the two rectangles could overlap, or where one route could use the new
  edge twice, the few edges concerned are found by products too, and each is then counted by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import STRONG, Bools, Ints, Network
from interop_landscape.analysis.precedent import Floats, Precedent
from interop_landscape.analysis.reach import Rows

Singles = NDArray[np.float32]
Cell = tuple[int, int]

# How many numbers one temporary table may hold: 32 Mi, that is 128 MiB of float32.
_BLOCK = 1 << 25


@dataclass(frozen=True)
class Use:
    """One way in which edges of a relation serve an expectation: by leading into state `after`.

    `reached` has a bit for each source that reaches the start of such an edge, `reaching` a bit for each
    column whose goal is reached from its end. `back` says that the flow runs from the relation's target to
    its source.
    """

    expected: Expected
    relation: str
    after: int
    back: bool
    reached: Rows
    reaching: Rows

    def rectangle(self, source: int, target: int) -> tuple[Bools, Bools]:
        """The sources and the columns that an edge between these entries would join."""
        start, end = (target, source) if self.back else (source, target)
        rows = self.reached.unpack(np.array([start]), len(self.expected.sources))[0]
        columns = self.reaching.unpack(np.array([end]), self.expected.width)[0]
        return rows, columns


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
        self._precedent = Precedent(network, relation)
        self._memo: tuple[Floats, Floats] | None = None

    def _joinable(self, may_start: Bools, may_end: Bools) -> tuple[Ints, Ints]:
        """The entries that some route reaches, and those from which some goal is reached."""
        at_source = [(use.reaching if use.back else use.reached).nodes for use in self.uses]
        at_target = [(use.reached if use.back else use.reaching).nodes for use in self.uses]
        return _kept(at_source, may_start), _kept(at_target, may_end)

    def blocks(self) -> Iterator[Ints]:
        """The sources in blocks small enough that a block by all targets fits in memory."""
        size = max(1, _BLOCK // 4 // max(1, len(self.targets)))
        for first in range(0, len(self.sources), size):
            yield self.sources[first : first + size]

    def tables(self, sources: Ints) -> tuple[Floats, Floats]:
        """(unlocks, precedent) of the edges from some of `self.sources` to all of `self.targets`.

        Unlocks is the weight of the gaps that the edge would close all by itself, 0 where it cannot be a fix.
        """
        if self._memo is None and len(self.sources) * len(self.targets) <= _BLOCK // 4:
            self._memo = self._compute(self.sources)
        if self._memo is None:
            return self._compute(sources)
        if sources is self.sources:
            return self._memo
        rows = np.searchsorted(self.sources, sources)
        return self._memo[0][rows], self._memo[1][rows]

    def _compute(self, sources: Ints) -> tuple[Floats, Floats]:
        unlocks = np.zeros((len(sources), len(self.targets)))
        by_expected: dict[int, list[Use]] = {}
        for use in self.uses:
            by_expected.setdefault(id(use.expected), []).append(use)
        for uses in by_expected.values():
            count = self._count(uses, sources)
            if count.any():
                unlocks += np.multiply(count, uses[0].expected.expectation.weight, dtype=np.float64)
        return unlocks, self._precedent.table(sources, self.targets)

    def _count(self, uses: list[Use], sources: Ints) -> Singles:
        """How many unmet pairs of one expectation each edge would close."""
        expected = uses[0].expected
        unmet = expected.unmet.astype(np.float32)
        ends = [_ends(use, sources, self.targets) for use in uses]
        ahead = [(rows, columns) for use, rows, columns in ends if not use.back]
        behind = [(rows, columns) for use, rows, columns in ends if use.back]
        count = _union(ahead, unmet, (len(sources), len(self.targets)))
        if behind:
            count += _union(behind, unmet, (len(self.targets), len(sources))).T
        possible = self._possible(expected, sources)
        count *= possible
        for row, column in np.argwhere(possible & _needs_a_look(ends, unmet, count.shape)):
            edge = int(sources[row]), int(self.targets[column])
            count[row, column] = (closed_by(self.network, edge, uses) & expected.unmet).sum()
        return count

    def _possible(self, expected: Expected, sources: Ints) -> Bools:
        """Which edges are not there in full, and would carry what is asked."""
        possible: Bools = sources[:, None] != self.targets[None, :]
        asked = expected.carrying
        network = self.network
        for end, axis in ((sources, (slice(None), None)), (self.targets, (None, slice(None)))):
            possible &= ((network.carries[end] & asked) == asked)[axis]
        for supports, ruled_out in ((STRONG, None), (("partial", "experimental", "removed", "none"), asked)):
            source, target, cargo = network.statements(self.relation, supports)
            if ruled_out is not None:
                narrow = (cargo & asked) != asked
                source, target = source[narrow], target[narrow]
            inside = np.isin(source, sources) & np.isin(target, self.targets)
            row = np.searchsorted(sources, source[inside])
            possible[row, np.searchsorted(self.targets, target[inside])] = False
        return possible

    def raise_best(self, best: Floats, expected: Expected, cells: Cells, sources: Ints, worth: Floats) -> None:
        """Raise the best worth of some gaps to that of the best of these edges that closes them.

        `worth` is a table of the edges from `sources` to all targets; `best` one of the rows by columns that
        `cells` names, changed in place.
        """
        uses = [use for use in self.uses if use.expected is expected]
        if not uses:
            return
        possible = self._possible(expected, sources)
        usable = np.where(possible, worth, 0.0)
        ends = [_ends(use, sources, self.targets) for use in uses]
        for use, rows, columns in ends:
            _raise(best, rows[:, cells.rows], columns[:, cells.columns], usable.T if use.back else usable)
        unmet = expected.unmet.astype(np.float32) if len(uses) > 1 else np.zeros((0, 0), dtype=np.float32)
        for row, column in np.argwhere(possible & _needs_a_look(ends, unmet, possible.shape)):
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
        """The edges that would close one gap: (source, target, unlocks, precedent) of each."""
        found: set[Cell] = set()
        uses = [use for use in self.uses if use.expected is expected]
        for use in uses:
            starts = _having(use.reached, row, len(expected.sources))
            ends = _having(use.reaching, column, expected.width)
            at_source, at_target = (ends, starts) if use.back else (starts, ends)
            at_source = at_source[np.isin(at_source, self.sources)]
            at_target = at_target[np.isin(at_target, self.targets)]
            found.update((int(a), int(b)) for a in at_source for b in at_target)
        if len(uses) > 1:
            found |= self._closing_twice(uses, row, column)
        sources = np.array(sorted({source for source, _ in found}), dtype=np.int64)
        if not len(sources):
            return []
        possible = self._possible(expected, sources)
        unlocks, precedent = self.tables(sources)
        edges = []
        for source, target in sorted(found):
            i, j = int(np.searchsorted(sources, source)), int(np.searchsorted(self.targets, target))
            if possible[i, j]:
                edges.append((source, target, float(unlocks[i, j]), float(precedent[i, j])))
        return edges

    def _closing_twice(self, uses: list[Use], row: int, column: int) -> set[Cell]:
        """Edges that close a gap only by being used twice on one route."""
        expected = uses[0].expected
        ends = [_ends(use, self.sources, self.targets) for use in uses]
        unmet = np.zeros(expected.unmet.shape, dtype=np.float32)
        unmet[row, column] = 1
        look = _needs_a_look(ends, unmet, (len(self.sources), len(self.targets)))
        edges = {(int(self.sources[i]), int(self.targets[j])) for i, j in np.argwhere(look)}
        return {edge for edge in edges if closed_by(self.network, edge, uses)[row, column]}


def _kept(nodes: list[Ints], wanted: Bools) -> Ints:
    some = np.unique(np.concatenate(nodes)) if nodes else np.zeros(0, dtype=np.int64)
    kept: Ints = some[wanted[some]]
    return kept


def _having(rows: Rows, bit: int, width: int) -> Ints:
    """The entries whose row has a bit."""
    word = rows.words[:, bit // 64] >> np.uint64(bit % 64)
    having: Ints = rows.nodes[(word & np.uint64(1)).astype(bool)]
    return having


def uses_of(network: Network, relation: str, expected: Expected) -> list[Use]:
    """All ways in which edges of a relation serve an expectation."""
    automaton, uses = expected.automaton, []
    flows = network.relation(relation).flows
    for (name, after), states in automaton.states_into.items():
        if name == relation:
            reached = _either([expected.reached[state] for state in states])
            backs = {"forward": (False,), "backward": (True,), "both": (False, True)}[flows]
            uses += [Use(expected, relation, after, back, reached, expected.reaching[after]) for back in backs]
    return uses


def _either(rows: list[Rows]) -> Rows:
    if len(rows) == 1:
        return rows[0]
    nodes = np.unique(np.concatenate([row.nodes for row in rows]))
    words = np.zeros((len(nodes), rows[0].words.shape[1]), dtype=np.uint64)
    for row in rows:
        words[np.searchsorted(nodes, row.nodes)] |= row.words
    return Rows(nodes, words)


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
    if left.size and (left.sum(axis=1) <= 1).all():
        picked: Singles = right[left.argmax(axis=1)]
        picked[~left.any(axis=1)] = 0
        return picked
    product: Singles = left.astype(np.float32) @ right
    return product


def _closed(rows: Bools, columns: Bools, unmet: Singles) -> Singles:
    """How many unmet pairs lie in the rectangle of each start (of `rows`) and end (of `columns`)."""
    between = _times(rows, unmet)
    if columns.size and (columns.sum(axis=1) <= 1).all():
        picked: Singles = between[:, columns.argmax(axis=1)]
        picked[:, ~columns.any(axis=1)] = 0
        return picked
    product: Singles = between @ columns.astype(np.float32).T
    return product


def _union(rectangles: list[tuple[Bools, Bools]], unmet: Singles, shape: tuple[int, int]) -> Singles:
    """How many unmet pairs lie in any of an edge's rectangles: inclusion and exclusion.

    Single precision counts exactly up to 16 Mi pairs to an edge.
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


def _needs_a_look(ends: list[tuple[Use, Bools, Bools]], unmet: Singles, shape: tuple[int, int]) -> Bools:
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
            if first is not second and _may_follow(first, second) and rows.any() and columns.any():
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
        first.expected is second.expected and first.back != second.back and _may_follow(first, second)
        for first in uses
        for second in uses
    )


def _share(some: Bools, others: Bools) -> Bools:
    """Which rows of `some` have a bit in common with which rows of `others`."""
    return np.asarray(_times(some, np.ascontiguousarray(others.T, dtype=np.float32)) > 0)


def _may_follow(first: Use, second: Use) -> bool:
    """Whether a route that has used an edge in one way may use it in another way later."""
    automaton = first.expected.automaton
    later = automaton.later[first.after]
    return any(automaton.moves[state].get(second.relation) == second.after for state in later)


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


def carries(network: Network, relation: str, edge: Cell, asked: int) -> bool:
    """Whether an edge, if it were full, would carry what is asked."""
    ids = network.ids
    there = network.landscape.by_edge.get((ids[edge[0]], relation, ids[edge[1]]))
    narrowed = network.cargo_mask(there.carries) if there and there.carries else asked
    return all((cargo & asked) == asked for cargo in (narrowed, *network.carries[list(edge)].tolist()))


def closed_by(network: Network, edge: Cell, uses: list[Use]) -> Bools:
    """Which pairs of one expectation an edge would join, if it were full: sources by columns.

    `uses` are all uses of the relation in that expectation. Routes that use the edge several times count too.
    """
    expected = uses[0].expected
    source, target = edge
    rectangles = [use.rectangle(source, target) for use in uses]
    follows = [
        {j for j, other in enumerate(uses) if i == j or _follows(network, use, other, edge)}
        for i, use in enumerate(uses)
    ]
    for middle in range(len(uses)):
        for i in range(len(uses)):
            if middle in follows[i]:
                follows[i] |= follows[middle]
    closed = np.zeros((len(expected.sources), expected.width), dtype=bool)
    for i, (rows, _) in enumerate(rectangles):
        columns = np.logical_or.reduce([rectangles[j][1] for j in follows[i]])
        closed |= rows[:, None] & columns[None, :]
    return closed


def closed_by_any(network: Network, relation: str, expected: Expected, sources: Ints, targets: Ints) -> Bools:
    """Which pairs any one of some edges of a relation would join by itself: sources by columns."""
    uses = uses_of(network, relation, expected)
    closed = np.zeros((len(expected.sources), expected.width), dtype=bool)
    if any(first is not second and _may_follow(first, second) for first in uses for second in uses):
        for edge in zip(sources.tolist(), targets.tolist(), strict=True):
            closed |= closed_by(network, edge, uses)
        return closed
    for use in uses:
        starts, ends = (targets, sources) if use.back else (sources, targets)
        rows = use.reached.unpack(starts, closed.shape[0]).astype(np.float32)
        columns = use.reaching.unpack(ends, closed.shape[1]).astype(np.float32)
        closed |= rows.T @ columns > 0
    return closed


def _follows(network: Network, first: Use, second: Use, edge: Cell) -> bool:
    """Whether the end of an edge, used in one way, leads over strong edges to its start in another way."""
    if not _may_follow(first, second):
        return False
    automaton, carrying = first.expected.automaton, first.expected.carrying
    end = edge[0] if first.back else edge[1]
    start = edge[1] if second.back else edge[0]
    seen = {(end, first.after)}
    queue = [(end, first.after)]
    for node, state in queue:
        moves = automaton.moves[state]
        if node == start and moves.get(second.relation) == second.after:
            return True
        for verb, after in moves.items():
            arcs = network.arcs(verb, carrying, STRONG)
            for step in arcs.end[arcs.start == node].tolist():
                if (step, after) not in seen:
                    seen.add((step, after))
                    queue.append((step, after))
    return False
