"""Two edges in series that together close what neither closes alone: docs/design.md#pairs-in-series.

A first edge *u –r→ v* leads into state *q* of an expectation's automaton, and strong edges lead on from *(v, q)*
to *w*, where a second edge *w –r′→ x* starts (often v is w: the two meet at one entry). With the notation of
`analysis.unlocks`, the series joins the pairs of ``B[:,u] × F[x,:]`` whatever lies between, so ``Bᵀ·U·F``
counts for all *u* and *x* at once what a series could close. Few ends are worth a closer look: those where even
the most usual edges would make the pair of edges better than twice the best single one. For these, what lies
between is tried in the order of what it could be worth, and counted exactly. Series that would lead over one of
the two edges a second time are not looked for; *u* and *x* may be one entry
(docs/decisions/0001-routes-that-return.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from interop_landscape.analysis.asked import Asked
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps import Fix, Gaps
from interop_landscape.analysis.network import STRONG, Floats, Ints, Network
from interop_landscape.analysis.reach import Rows, by_entry
from interop_landscape.analysis.rectangles import Use, may_follow
from interop_landscape.ids import Edge
from interop_landscape.reading.statements import Statement

_ENDS_LOOKED_AT: Final = 48
"""How many pairs of outer ends are looked at more closely for each pair of relations, the most promising first."""

_COUNTED: Final = 32
"""How many pairs of edges are counted exactly, the most promising first."""

_Verb = tuple[str, bool]  # a relation, and whether it flows from its target to its source
_Pairs = list[tuple[Use, Use]]


@dataclass(frozen=True)
class Series:
    """Two fixes in series and the weight of what they would close together."""

    first: Fix
    second: Fix
    unlocks: float

    @property
    def value(self) -> float:
        """What they unlock, by how usual and how likely both are."""
        return self.unlocks * self.first.factor * self.second.factor


def best_series(gaps: Gaps, single: float) -> Series | None:
    """The series of two edges of the most value that is worth more than twice `single`, the best of one edge."""
    return _Search(gaps, single).best()


class _Search:
    def __init__(self, gaps: Gaps, single: float) -> None:
        self.gaps = gaps
        self.network: Network = gaps.network
        self.single = single
        relations = gaps.landscape.vocabulary.relations
        self.buildable = [name for name, relation in relations.items() if relation.buildable]
        self.asked = {name: Asked.of_relation(self.network, name) for name in self.buildable}
        self._walks: dict[tuple[Expected, int, int], list[tuple[int, int]]] = {}
        self._following: dict[tuple[str, int], dict[int, list[int]]] = {}

    def best(self) -> Series | None:
        """The best series, if it is worth more than twice the best single edge."""
        promising: list[tuple[float, tuple[Edge, Edge]]] = []
        for verbs, pairs in self._pairs_of_uses().items():
            for start, goal in self._ends(verbs, pairs):
                promising += self._between(verbs, pairs, start, goal)
        found: Series | None = None
        bar = 2 * self.single
        for bound, edges in sorted(set(promising), key=lambda item: (-item[0], item[1]))[:_COUNTED]:
            if bound <= bar:
                break
            closed = self.gaps.closed_by(list(edges))
            unlocks = sum(each.weigh(mask) for each, mask in closed)
            series = Series(self.gaps.fix(edges[0], 0.0), self.gaps.fix(edges[1], 0.0), unlocks)
            if series.value > bar:
                found, bar = series, series.value
        return found

    def _pairs_of_uses(self) -> dict[tuple[_Verb, _Verb], _Pairs]:
        """The uses that may follow each other on one route, by their relations and directions."""
        found: dict[tuple[_Verb, _Verb], _Pairs] = {}
        for each in self.gaps.expected:
            if each.counted.any():
                uses = [use for name in self.buildable for use in self.gaps.uses(name, each)]
                for first in uses:
                    for second in uses:
                        if may_follow(first, second):
                            verbs = (first.relation, first.back), (second.relation, second.back)
                            found.setdefault(verbs, []).append((first, second))
        return found

    def _ends(self, verbs: tuple[_Verb, _Verb], pairs: _Pairs) -> Iterator[tuple[int, int]]:
        """The outer ends between which a series could be worth enough, the most promising first."""
        starts = self._active([first.reached.nodes for first, _ in pairs], self._kinds(verbs[0], start=True))
        goals = self._active([self._reaching(second).nodes for _, second in pairs], self._kinds(verbs[1], start=False))
        usual = self._most_usual(verbs[0], start=True)[starts], self._most_usual(verbs[1], start=False)[goals]
        ahead, behind = np.zeros(len(starts)), np.zeros(len(goals))
        for first, second in pairs:
            each = first.expected
            weighed = each.weighed
            ahead += first.reached.unpack(starts, len(each.sources)) @ weighed.sum(axis=1)
            behind += self._reaching(second).unpack(goals, each.width) @ weighed.sum(axis=0)
        some = self._enough(ahead, usual[0], usual[1].max(initial=0.0))
        others = self._enough(behind, usual[1], usual[0].max(initial=0.0))
        starts, goals, usual = starts[some], goals[others], (usual[0][some], usual[1][others])
        if not len(starts) or not len(goals):
            return
        closing = np.zeros((len(starts), len(goals)))
        for first, second in pairs:
            each = first.expected
            rows = first.reached.unpack(starts, len(each.sources)).astype(np.float32)
            columns = self._reaching(second).unpack(goals, each.width).astype(np.float32)
            closing += rows @ each.weighed.astype(np.float32) @ columns.T
        bound = self._bound(closing * self._orders(verbs), usual[0][:, None], usual[1][None, :])
        enough = np.argwhere((bound > 2 * self.single) & (closing > 0))
        order = np.argsort(-bound[tuple(enough.T)], kind="stable")[:_ENDS_LOOKED_AT]
        for row, column in enough[order].tolist():
            yield int(starts[row]), int(goals[column])

    def _between(
        self, verbs: tuple[_Verb, _Verb], pairs: _Pairs, start: int, goal: int
    ) -> Iterator[tuple[float, tuple[Edge, Edge]]]:
        """(bound, edges) of the series between two outer ends that could be worth enough."""
        closing: list[tuple[Use, Use, float]] = []
        for first, second in pairs:
            each = first.expected
            rows = first.reached.bits_of(start, len(each.sources))
            columns = self._reaching(second).bits_of(goal, each.width)
            weight = float(each.weighed[rows][:, columns].sum())
            if weight:
                closing.append((first, second, weight))
        orders = self._orders(verbs)
        most = orders * sum(weight for _, _, weight in closing)
        inner, inward = self._others(verbs[0], start, start=True)
        outer, outward = self._others(verbs[1], goal, start=False)
        usual = dict(zip(outer.tolist(), outward.tolist(), strict=True))
        enough = self._bound(most, inward, outward.max(initial=0.0)) > 2 * self.single
        for entry, precedent in zip(inner[enough].tolist(), inward[enough].tolist(), strict=True):
            weights: dict[int, float] = {}
            for first, second, weight in closing:
                moves = first.expected.automaton.moves
                leading = {
                    int(self.network.entry_of[node])
                    for node, state in self._walk(first.expected, first.after, entry)
                    if int(self.network.entry_of[node]) in usual and moves[state].get(second.relation) == second.after
                }
                for node in leading:
                    weights[node] = weights.get(node, 0.0) + orders * weight
            for node, weight in weights.items():
                bound = float(self._bound(weight, precedent, usual[node]))
                edges = self._named(verbs[0], start, entry), self._named(verbs[1], node, goal)
                if bound > 2 * self.single and edges[0] != edges[1]:
                    yield bound, edges

    def _reaching(self, use: Use) -> Rows:
        """The columns whose goal is reached from an entry, whoever came in: no less than any one series joins."""
        return by_entry(self.network, use.reaching)

    def _orders(self, verbs: tuple[_Verb, _Verb]) -> int:
        """In how many orders the two edges may serve: in either, where both flow in both directions."""
        return 1 + all(self.network.relation(relation).flows == "both" for relation, _ in verbs)

    def _bound(self, closing: Floats | float, first: Floats | float, second: Floats | float) -> Floats:
        """What a series is worth at the most: what it closes as one, and what each edge closes by itself."""
        return np.asarray(closing * first * second + self.single * (first + second))

    def _enough(self, closing: Floats, usual: Floats, other: float) -> Ints:
        return np.flatnonzero(self._bound(closing, usual, other) > 2 * self.single)

    def _kinds(self, verb: _Verb, *, start: bool) -> tuple[str, ...]:
        """The kinds at which an edge may start, or end, in the direction of flow."""
        relation = self.network.relation(verb[0])
        return relation.from_ if start != verb[1] else relation.to

    def _active(self, nodes: list[Ints], kinds: tuple[str, ...]) -> Ints:
        some = np.unique(np.concatenate(nodes))
        kept: Ints = some[(self.network.active & self.network.of_kinds(kinds))[some]]
        return kept

    def _most_usual(self, verb: _Verb, *, start: bool) -> Floats:
        """By entry: a precedent that no edge with that entry at its start, or end, exceeds."""
        by_source, by_target = self.asked[verb[0]].precedent.bounds
        return by_source if start != verb[1] else by_target

    def _others(self, verb: _Verb, entry: int, *, start: bool) -> tuple[Ints, Floats]:
        """The other ends of the edges that may be asked for at an entry, and the factors of these edges."""
        others = np.flatnonzero(self.network.active & self.network.of_kinds(self._kinds(verb, start=not start)))
        there = {
            s.target if start != verb[1] else s.source
            for s in self._full[verb[0]]
            if (s.source if start != verb[1] else s.target) == self.network.ids[entry]
        }
        others = others[[i != entry and self.network.ids[i] not in there for i in others.tolist()]]
        this = np.array([entry])
        table = self.asked[verb[0]].factor
        factor = table(this, others)[0] if start != verb[1] else table(others, this)[:, 0]
        return others[factor > 0], factor[factor > 0]

    @cached_property
    def _full(self) -> dict[str, list[Statement]]:
        full: dict[str, list[Statement]] = {name: [] for name in self.buildable}
        for statement in self.gaps.landscape.statements:
            if statement.support in STRONG and statement.relation in full:
                full[statement.relation].append(statement)
        return full

    def _named(self, verb: _Verb, start: int, end: int) -> Edge:
        source, target = (end, start) if verb[1] else (start, end)
        return Edge(self.network.ids[source], verb[0], self.network.ids[target])

    def _walk(self, each: Expected, state: int, entry: int) -> list[tuple[int, int]]:
        """Every (node, state) that strong edges lead to from an entry in a state, its own nodes included."""
        key = each, state, entry
        if key not in self._walks:
            queue = [(node, state) for node in self.network.nodes_of.get(entry, [entry])]
            seen = set(queue)
            for node, here in queue:
                for relation, after in each.automaton.moves[here].items():
                    for end in self._ends_of(relation, each.carrying).get(node, ()):
                        if (end, after) not in seen:
                            seen.add((end, after))
                            queue.append((end, after))
            self._walks[key] = queue
        return self._walks[key]

    def _ends_of(self, relation: str, carrying: int) -> dict[int, list[int]]:
        key = relation, carrying
        if key not in self._following:
            arcs = self.network.arcs(relation, carrying, STRONG)
            ends: dict[int, list[int]] = {}
            for start, end in zip(arcs.start.tolist(), arcs.end.tolist(), strict=True):
                ends.setdefault(start, []).append(end)
            self._following[key] = ends
        return self._following[key]
