"""Which pairs a new edge would join: rectangles of sources by columns.

An edge *u –r→ v* that leads into state *q* of an expectation's automaton joins every source that reaches *u*
where *r* may lead into *q* with every column whose goal is reached from *(v, q)*. One edge may do so in several
ways, and one route may use it in several ways in turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress

import numpy as np

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import STRONG, Arcs, Bools, Ints, Network
from interop_landscape.analysis.reach import Rows, either, unpacked
from interop_landscape.analysis.tables import places
from interop_landscape.ids import Edge as EdgeId

Edge = tuple[int, int]  # the source and the target of a relation, by index


@dataclass(frozen=True)
class Use:
    """One use of the edges of a relation for an expectation: they lead into state `after`.

    `reached` has by entry a bit for each source that reaches the start of such an edge, `arrived` the same by node,
    `reaching` by node a bit for each column whose goal is reached from its end. `back` says that the flow runs from
    the relation's target to its source.
    """

    expected: Expected
    relation: str
    after: int
    back: bool
    reached: Rows
    arrived: Rows
    reaching: Rows

    def nodes(self, source: int, target: int) -> tuple[list[int], int]:
        """The nodes at which an edge between these entries starts, and the one at which it ends."""
        start, end = (target, source) if self.back else (source, target)
        network = self.expected.network
        return network.starting(self.relation, start, end), network.arriving(start, end)

    def rectangle(self, source: int, target: int) -> tuple[Bools, Bools]:
        """The sources and the columns that an edge between these entries would join."""
        starts, end = self.nodes(source, target)
        rows = self.arrived.bits_of_any(starts, len(self.expected.sources))
        return rows, self.reaching.bits_of(end, self.expected.width)

    def leads(self, source: int, target: int) -> tuple[bool, bool]:
        """Whether any source reaches the start of an edge between these entries, and its end any goal."""
        starts, end = self.nodes(source, target)
        return any(map(self.arrived.has, starts)), self.reaching.has(end)


def uses_of(network: Network, relation: str, expected: Expected) -> list[Use]:
    """All uses of the edges of a relation for an expectation."""
    automaton, uses = expected.automaton, []
    flows = network.relation(relation).flows
    for (name, after), states in automaton.states_into.items():
        if name == relation:
            reached, arrived = (either([rows[q] for q in states]) for rows in (expected.reached, expected.arrived))
            backs = {"forward": (False,), "backward": (True,), "both": (False, True)}[flows]
            reaching = expected.reaching[after]
            uses += [Use(expected, relation, after, back, reached, arrived, reaching) for back in backs]
    return uses


def may_follow(first: Use, second: Use) -> bool:
    """Whether a route that has used an edge by one use may pass it again by another."""
    automaton = first.expected.automaton
    later = automaton.later[first.after]
    return any(automaton.moves[state].get(second.relation) == second.after for state in later)


def carried(network: Network, edge: EdgeId) -> int:
    """What an edge would carry, if it were full, as bits."""
    there = network.landscape.by_edge.get(edge)
    ends = network.carries[[network.index[edge.source], network.index[edge.target]]].tolist()
    narrowed = network.cargo_mask(there.carries) if there and there.carries else -1
    return int(narrowed & ends[0] & ends[1])


def closed_by(network: Network, edge: Edge, uses: list[Use]) -> Bools:
    """Which pairs of one expectation an edge would join, if it were full: sources by columns.

    `uses` are all uses of the relation in that expectation. Routes that use the edge several times count too.
    """
    return closed_together(network, [(use, edge) for use in uses])


def may_close(laid: list[tuple[Use, Edge]]) -> bool:
    """Whether some edges, each in each of its uses, could join anything: looked at before what is counted."""
    leads = [use.leads(*edge) for use, edge in laid]
    return any(start for start, _ in leads) and any(end for _, end in leads)


def closed_together(network: Network, laid: list[tuple[Use, Edge]]) -> Bools:
    """Which pairs of one expectation some edges would join, if they were full: sources by columns.

    `laid` has each edge in each of its uses. A route may use several of the edges in turn.
    """
    expected = laid[0][0].expected
    rectangles = [use.rectangle(*edge) for use, edge in laid]
    follows = [
        {j for j, other in enumerate(laid) if i == j or _follows(network, one, other)} for i, one in enumerate(laid)
    ]
    for middle in range(len(laid)):
        for i in range(len(laid)):
            if middle in follows[i]:
                follows[i] |= follows[middle]
    closed = np.zeros((len(expected.sources), expected.width), dtype=bool)
    for i, (rows, _) in enumerate(rectangles):
        columns = np.logical_or.reduce([rectangles[j][1] for j in follows[i]])
        some = np.flatnonzero(rows)
        closed[some] |= columns
    return closed


def closed_by_any(network: Network, relation: str, expected: Expected, sources: Ints, targets: Ints) -> Bools:
    """Which pairs any one of some edges of a relation would join by itself: sources by columns."""
    uses = uses_of(network, relation, expected)
    edges = list(zip(sources.tolist(), targets.tolist(), strict=True))
    apart = np.full(len(edges), any(one is not two and may_follow(one, two) for one in uses for two in uses))
    choosy = network.choosy(relation)
    apart |= np.array([edge in choosy for edge in edges], dtype=bool)
    closed = np.zeros((len(expected.sources), expected.width), dtype=bool)
    for edge in compress(edges, apart.tolist()):
        closed |= closed_by(network, edge, uses)
    together = sources[~apart], targets[~apart]
    for use in uses:
        starts, ends = reversed(together) if use.back else together
        closed |= _joined(use, starts, network.arrivals(starts, ends))
    return closed


def _joined(use: Use, starts: Ints, ends: Ints) -> Bools:
    """Which pairs are joined by edges from each of some entries to the node beside it: sources by columns."""
    joined = np.zeros((len(use.expected.sources), use.expected.width), dtype=bool)
    there, end = places(ends, use.reaching.nodes)
    edge, source = np.nonzero(use.reached.unpack(starts[there], len(joined)))
    order, first, rows = Arcs(edge, source).grouped
    if len(rows):
        words = np.bitwise_or.reduceat(use.reaching.words[end[order]], first, axis=0)
        joined[rows] = unpacked(words, use.expected.width)
    return joined


def _follows(network: Network, one: tuple[Use, Edge], other: tuple[Use, Edge]) -> bool:
    """Whether the end of an edge, in one use, leads over strong edges to the start of another edge in its use."""
    (first, first_edge), (second, second_edge) = one, other
    if not may_follow(first, second):
        return False
    automaton, carrying = first.expected.automaton, first.expected.carrying
    _, end = first.nodes(*first_edge)
    starts, _ = second.nodes(*second_edge)
    seen = {(end, first.after)}
    queue = [(end, first.after)]
    for node, state in queue:
        moves = automaton.moves[state]
        if node in starts and moves.get(second.relation) == second.after:
            return True
        for verb, after in moves.items():
            arcs = network.arcs(verb, carrying, STRONG)
            for step in arcs.end[arcs.start == node].tolist():
                if (step, after) not in seen:
                    seen.add((step, after))
                    queue.append((step, after))
    return False


def having(rows: Rows, bit: int) -> Ints:
    """The entries whose row has a bit."""
    word = rows.words[:, bit // 64] >> np.uint64(bit % 64)
    having: Ints = rows.nodes[(word & np.uint64(1)).astype(bool)]
    return having
