"""The routes from one entry to another, strongest first, found without listing all of them: docs/design.md#routes.

The search runs over the product of the network, an automaton and the cargo that is still aboard. For one
level of support at a time it computes exactly how far each state is from a goal, and follows only paths in
order of what they will cost in the end (A* with a perfect estimate), so asking for ten routes costs about ten.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from interop_landscape.analysis.automata import Automaton, automaton_of
from interop_landscape.analysis.windows import Window, intersect
from interop_landscape.landscape import Landscape
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.statements import LIVE, Statement

_MOST_LOOKED_AT: Final = 2_000
"""Routes and partial routes looked at per route asked for, before a search gives up looking for more."""

_Cost = tuple[int, int]  # unverified hops, hops
_State = tuple[str, int, frozenset[str], str]  # entry, state of the automaton, cargo aboard, through whom it came in


@dataclass(frozen=True)
class Hop:
    """One edge of a route, from `source` to `target` in the direction of flow."""

    source: str
    target: str
    statement: Statement
    verified: bool


@dataclass(frozen=True)
class Route:
    """A sequence of edges that fits a pattern.

    ``strength`` is that of its weakest edge, ``carries`` what all of its edges carry, ``windows`` the
    versions that suit all of them.
    """

    hops: tuple[Hop, ...]
    carries: frozenset[str]
    windows: tuple[Window, ...]

    @property
    def strength(self) -> str:
        """The support of its weakest edge."""
        return max((hop.statement.support for hop in self.hops), key=LIVE.index)

    @property
    def conflicts(self) -> bool:
        """Whether no version of something suits all of its hops."""
        return any(window.empty for window in self.windows)

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """What routes are sorted by: without conflict, strongest, most verified, shortest."""
        unverified = sum(not hop.verified for hop in self.hops)
        return self.conflicts, LIVE.index(self.strength), unverified, len(self.hops)


class RouteFinder:
    """Finds routes in one landscape."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape

    @cached_property
    def _hops_from(self) -> dict[str, list[tuple[str, str, Statement, frozenset[str]]]]:
        """What leaves each entry alive: (relation, next entry, statement, cargo), in a stable order."""
        leaving: dict[str, list[tuple[str, str, Statement, frozenset[str]]]] = {}
        for statement in self.landscape.statements:
            if statement.live:
                cargo = self.landscape.carried(statement)
                for start, end in self.landscape.flows(statement):
                    leaving.setdefault(start, []).append((statement.relation, end, statement, cargo))
        return leaving

    @cached_property
    def _told_apart(self) -> dict[str, frozenset[str]]:
        """By host, the entries through which a route must have come in for some edge that leaves it."""
        through: dict[str, set[str]] = {}
        for statement in self.landscape.statements:
            for start, _ in self.landscape.flows(statement) if statement.takes else ():
                through.setdefault(start, set()).update(statement.takes)
        return {host: frozenset(names) for host, names in through.items()}

    @cached_property
    def asked(self) -> dict[tuple[str, ...], Automaton]:
        """By what expectations ask to be carried: the automaton of the patterns of all that ask it."""
        patterns: dict[tuple[str, ...], dict[str, Pattern]] = {}
        for expectation in self.landscape.expectations.values():
            asked = patterns.setdefault(tuple(sorted(expectation.carrying)), {})
            asked.update((pattern.text, pattern) for pattern in expectation.routes.values())
        return {
            asked: automaton_of([by_text[text] for text in sorted(by_text)])
            for asked, by_text in sorted(patterns.items())
        }

    def find_any(self, source: str, targets: Collection[str], *, top: int) -> list[Route]:
        """Up to `top` routes that some expectation would count if it were about these entries, in order as `find`.

        Each fits a pattern of an expectation and carries what that expectation asks.
        """
        routes = {
            tuple(str(hop.statement) for hop in route.hops): route
            for asked, automaton in self.asked.items()
            for route in self.find(source, targets, top=top, automaton=automaton, carrying=asked)
        }
        return [routes[key] for key in sorted(routes, key=lambda key: (routes[key].rank, key))][:top]

    def find(
        self,
        source: str,
        targets: Collection[str],
        *,
        top: int,
        automaton: Automaton,
        carrying: Iterable[str] = (),
        sensible: bool = True,
    ) -> list[Route]:
        """Up to `top` distinct routes, strongest, then most verified, then shortest first; conflicting ones last.

        A route fits the automaton and carries at least `carrying`. A sensible one carries something in any case
        and visits no entry twice.
        """
        fitting: list[Route] = []
        conflicting: list[Route] = []
        asked = frozenset(carrying)
        for worst in range(len(LIVE)):
            if len(fitting) >= top:
                break
            for route in islice(self._at_level(automaton, source, targets, asked, worst, sensible), 50 * top):
                if route.strength != LIVE[worst]:
                    continue  # found on a stronger level already
                (conflicting if route.conflicts else fitting).append(route)
                if len(fitting) >= top:
                    break
        return (fitting + conflicting)[:top]

    def _at_level(
        self,
        automaton: Automaton,
        source: str,
        targets: Collection[str],
        asked: frozenset[str],
        worst: int,
        sensible: bool,
    ) -> Iterator[Route]:
        """The routes whose edges are at least as strong as ``LIVE[worst]``, cheapest first."""
        supports = LIVE[: worst + 1]
        start: _State = (source, 0, self.landscape.cargo_of(source), "")
        after = self._explore(automaton, start, asked, supports, sensible)
        goals = {
            state for state in after if state[0] in targets and state[0] != source and state[1] in automaton.accepting
        }
        left = _costs_left(after, goals)
        if start not in left:
            return
        budget = _MOST_LOOKED_AT
        # Two statements may lead from one entry to another by the same relation, one in each direction.
        heap: list[tuple[_Cost, tuple[str, ...], tuple[str, ...], _Cost, _State, tuple[Hop, ...], bool]] = [
            (left[start], (source,), (), (0, 0), start, (), False)
        ]
        while heap and budget > 0:
            _, names, said, cost, state, hops, arrived = heapq.heappop(heap)
            if arrived:
                budget = _MOST_LOOKED_AT
                yield Route(hops, state[2], intersect(hop.statement.requires for hop in hops))
                continue
            budget -= 1
            if state in goals:
                heapq.heappush(heap, (cost, names, said, cost, state, hops, True))
            for hop, following in after[state]:
                if following in left and not (sensible and hop.target in names[::2]):
                    so_far = cost[0] + (not hop.verified), cost[1] + 1
                    ahead = left[following]
                    total = so_far[0] + ahead[0], so_far[1] + ahead[1]
                    longer = (*names, hop.statement.relation, hop.target)
                    texts = (*said, str(hop.statement))
                    heapq.heappush(heap, (total, longer, texts, so_far, following, (*hops, hop), False))

    def _explore(
        self,
        automaton: Automaton,
        start: _State,
        asked: frozenset[str],
        supports: tuple[str, ...],
        sensible: bool,
    ) -> dict[_State, list[tuple[Hop, _State]]]:
        """Every state that can be reached from `start`, with the hops that leave it."""
        after: dict[_State, list[tuple[Hop, _State]]] = {start: []}
        queue = [start]
        for state in queue:
            entry, number, aboard, through = state
            moves = automaton.moves[number]
            for relation, target, statement, cargo in self._hops_from.get(entry, ()):
                if relation not in moves or statement.support not in supports:
                    continue
                if statement.takes and through not in statement.takes:
                    continue
                kept = aboard & cargo
                if (sensible and aboard and not kept) or not asked <= kept:
                    continue
                entered = entry if entry in self._told_apart.get(target, ()) else ""
                following = (target, moves[relation], kept, entered)
                hop = Hop(entry, target, statement, self.landscape.is_verified(statement))
                after[state].append((hop, following))
                if following not in after:
                    after[following] = []
                    queue.append(following)
        return after


def _costs_left(after: dict[_State, list[tuple[Hop, _State]]], goals: set[_State]) -> dict[_State, _Cost]:
    """The least cost from each state to a goal (Dijkstra, backwards); states that reach none are left out."""
    before: dict[_State, list[tuple[Hop, _State]]] = {}
    for state, leaving in after.items():
        for hop, following in leaving:
            before.setdefault(following, []).append((hop, state))
    number = {state: i for i, state in enumerate(after)}
    left: dict[_State, _Cost] = {}
    heap = [((0, 0), number[state], state) for state in goals]
    heapq.heapify(heap)
    while heap:
        cost, _, state = heapq.heappop(heap)
        if state in left:
            continue
        left[state] = cost
        for hop, earlier in before.get(state, ()):
            if earlier not in left:
                total = cost[0] + (not hop.verified), cost[1] + 1
                heapq.heappush(heap, (total, number[earlier], earlier))
    return left
