"""What might break, the edges and entries whose loss would open the most gaps: docs/design.md#risks.

For one expectation and one source, let ``D(n)`` be the set of edges and entries that lie on *every* route of
strong edges to a state *n* of the product of graph and automaton. Walking out from the source,

    D(n) = ⋂ over the arcs p –e→ n of  D(p) ∪ {e, entry(n)}

and the greatest solution is exact (it is the meet over all paths of a distributive framework: Kildall, "A unified
approach to global program optimization", POPL 1973). These sets are the dominators of *n*, except that an edge or
entry that a route may meet in several states counts as one. A pair is lost with each of ``⋂ D(t)`` over the
states in which its target is reached, and with nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.network import LIVE, STRONG, Network
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reading.statements import Statement

Lost = int  # an edge as its number, an entry as -1 - its index
_Node = tuple[int, int]  # node of the network, state

STATES: Final = ("archived", "maintenance", "active")
"""How an edge or entry is looked after, the worst first."""


@dataclass(frozen=True)
class Risk:
    """An edge or an entry, and the pairs that are met today and would not be without it.

    ``statement`` is None for an entry, ``entry`` for an edge. ``weight`` is that of the pairs in ``opens``; ``bridges``
    are those of them that no weaker route would join either. ``status``
    is the worst of those it depends on: of the entry, or of the edge's two ends and its maintainer.
    """

    name: str
    entry: Entry | None
    statement: Statement | None
    weight: float
    opens: tuple[PairId, ...]
    bridges: frozenset[PairId]
    status: str
    stale: bool
    third_party: str | None


def risks(landscape: Landscape) -> list[Risk]:
    """Every edge and entry with which some met pair would be lost.

    What is archived comes first, then the heaviest loss, then by name.
    For an entry, pairs that it is an end of do not count: with it, they are no longer expected.
    """
    return _Search(landscape).risks()


class _Search:
    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.gaps = Gaps(landscape)
        self.network: Network = self.gaps.network
        self.statements = landscape.statements
        self._arcs: dict[tuple[int, tuple[str, ...]], list[dict[str, list[tuple[int, int]]]]] = {}

    def risks(self) -> list[Risk]:
        """Every loss that opens a gap, in order."""
        opens: dict[Lost, list[tuple[PairId, float]]] = {}
        bridges: dict[Lost, set[PairId]] = {}
        for each in self.gaps.expected:
            for row, column, lost, nothing_else in self._critical(each):
                gap = self.gaps.id_of(each, row, column)
                for one in lost:
                    opens.setdefault(one, []).append((gap, each.weight_of(row, column)))
                    if one in nothing_else:
                        bridges.setdefault(one, set()).add(gap)
        found = [self._risk(one, pairs, frozenset(bridges.get(one, ()))) for one, pairs in opens.items()]
        return sorted(found, key=lambda risk: (risk.status != "archived", -risk.weight, risk.entry is None, risk.name))

    def _critical(self, each: Expected) -> Iterator[tuple[int, int, frozenset[Lost], frozenset[Lost]]]:
        """(row, column, lost, nothing else) of each met pair.

        The pair is not met without any one of `lost`; without one of `nothing else`, no weaker route leads there.
        """
        met = each.pairs & each.strong
        columns_of = {int(target): column for column, target in enumerate(each.targets)}
        for row, source in enumerate(each.sources.tolist()):
            if not met[row].any():
                continue
            strong = self._always(each, source, STRONG)
            live = self._always(each, source, LIVE)
            if each.any:
                column = row if each.diagonal else 0
                ends = [target for target in columns_of if target != source]
                yield row, column, self._any(strong, ends, source), self._any(live, ends, source)
                continue
            for target, column in columns_of.items():
                if met[row, column]:
                    ends_of_pair = {-1 - source, -1 - target}
                    yield row, column, strong[target] - ends_of_pair, live[target] - ends_of_pair

    def _any(self, always: dict[int, frozenset[Lost]], ends: list[int], source: int) -> frozenset[Lost]:
        """What lies on every route to any of the ends; the last of them is not missed with itself."""
        reached = [always[end] for end in ends if end in always]
        if not reached:
            return frozenset()
        lost = frozenset.intersection(*reached) - {-1 - source}
        return lost - {-1 - ends[0]} if len(ends) == 1 else lost

    def _always(self, each: Expected, source: int, supports: tuple[str, ...]) -> dict[int, frozenset[Lost]]:
        """By target reached from a source: the edges and entries on every route there."""
        arcs = self._leaving(each.carrying, supports)
        moves, entry_of = each.automaton.moves, self.network.entry_of.tolist()
        start: _Node = (source, 0)
        always: dict[_Node, frozenset[Lost]] = {start: frozenset()}
        queue = deque([start])
        waiting = {start}
        while queue:
            node = queue.popleft()
            waiting.discard(node)
            entry, state = node
            before = always[node]
            leaving = arcs[entry]
            for relation, after in moves[state].items():
                for end, number in leaving.get(relation, ()):
                    following = (end, after)
                    now = before | {number, -1 - entry_of[end]}
                    known = always.get(following)
                    if known is not None:
                        now &= known
                        if len(now) == len(known):
                            continue
                    always[following] = now
                    if following not in waiting:
                        waiting.add(following)
                        queue.append(following)
        targets: dict[int, frozenset[Lost]] = {}
        for (node_reached, state), lost in always.items():
            if state in each.automaton.accepting:
                entry = entry_of[node_reached]
                targets[entry] = targets[entry] & lost if entry in targets else lost
        return targets

    def _leaving(self, carrying: int, supports: tuple[str, ...]) -> list[dict[str, list[tuple[int, int]]]]:
        """By node and relation: (other end, number of the statement) of the edges that carry what is asked."""
        key = carrying, supports
        if key not in self._arcs:
            network = self.network
            leaving: list[dict[str, list[tuple[int, int]]]] = [{} for _ in network.entry_of]
            for number, statement in enumerate(self.statements):
                if statement.support in supports and (self._cargo[number] & carrying) == carrying:
                    for start, end in self.landscape.flows(statement):
                        first, last = network.index[start], network.index[end]
                        for node in network.leaving(first, statement.takes):
                            ends = leaving[node].setdefault(statement.relation, [])
                            ends.append((network.arriving_by(number, first, last), number))
            self._arcs[key] = leaving
        return self._arcs[key]

    @cached_property
    def _cargo(self) -> list[int]:
        return [self.network.cargo_mask(self.landscape.carried(statement)) for statement in self.statements]

    def _risk(self, lost: Lost, pairs: list[tuple[PairId, float]], bridges: frozenset[PairId]) -> Risk:
        opens = tuple(sorted((gap for gap, _ in pairs), key=str))
        weight = float(np.sum([weight for _, weight in pairs]))
        entries = self.landscape.entries
        if lost < 0:
            entry = entries[self.network.ids[-1 - lost]]
            return Risk(entry.id, entry, None, weight, opens, bridges, entry.status, False, None)
        statement = self.statements[lost]
        looking_after = [entries[statement.source].status, entries[statement.target].status]
        if statement.by is not None and statement.by in entries:
            looking_after.append(entries[statement.by].status)
        return Risk(
            str(statement),
            None,
            statement,
            weight,
            opens,
            bridges,
            min(looking_after, key=STATES.index),
            self.landscape.is_stale(statement),
            statement.by,
        )
