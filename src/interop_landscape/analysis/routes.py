"""The routes from one entry to another, strongest first, found without listing all of them: docs/design.md#routes.

The search runs over the product of the network, an automaton and the cargo that is still aboard. For one
level of support at a time it computes exactly how far each state is from a goal, and follows only paths in
order of what they will cost in the end (A* with a perfect estimate), so asking for ten routes costs about ten.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple

from interop_landscape.analysis.automata import Automaton, automaton_of
from interop_landscape.analysis.windows import Window, intersect
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry, Expectation, Selector
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.statements import LIVE, Statement

_MOST_LOOKED_AT: Final = 2_000
"""Routes and partial routes looked at per route asked for, before a search gives up looking for more."""

HALTED: Final = "-"
"""Where a route came in so that nothing leads on, in the place of through whom it came; no id looks like it."""

_MOST_KEPT: Final = 32
"""Of how many searches it is kept what they explored."""

_Cost = tuple[int, int, int]  # unverified hops, hops, and by how much of the widest reach their ends fall short
_Order = tuple[bool, _Cost]  # whether it is of several hops, and what it costs
# By which rule, entry, state of the automaton, cargo aboard, through whom it came in.
_State = tuple[int, str, int, frozenset[str], str]


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
    def stops(self) -> tuple[str, ...]:
        """The entries that it passes, its ends included."""
        return self.hops[0].source, *(hop.target for hop in self.hops)

    def is_detour_of(self, other: Route) -> bool:
        """Whether it passes all entries of another in order, ranks behind, and is not stronger and brings no more."""
        weaker = LIVE.index(other.strength) <= LIVE.index(self.strength)
        behind = other.rank <= self.rank and weaker and other.carries >= self.carries
        return behind and _passes(self.stops, other.stops)

    @property
    def conflicts(self) -> bool:
        """Whether no version of something suits all of its hops."""
        return any(window.empty for window in self.windows)

    @property
    def rank(self) -> tuple[bool, int, bool, int, int]:
        """What routes are sorted by: without conflict, strongest, of one edge, most verified, shortest."""
        unverified = sum(not hop.verified for hop in self.hops)
        return self.conflicts, LIVE.index(self.strength), len(self.hops) > 1, unverified, len(self.hops)


@dataclass(frozen=True, eq=False)
class Rule:
    """What counts as a route, and the cargo that it must carry; `patterns` are those of the automaton."""

    automaton: Automaton
    carrying: frozenset[str]
    patterns: tuple[Pattern, ...] = ()


def rule_of(patterns: Iterable[Pattern], carrying: Iterable[str]) -> Rule:
    """The rule of some patterns."""
    every = tuple(patterns)
    return Rule(automaton_of(every), frozenset(carrying), every)


_NO_COST: Final[_Cost] = (0, 0, 0)

Sort = tuple[str, str | None, str | None]  # the kind, aspect and resource of entries
_Ends = frozenset[str] | None


class Offer(NamedTuple):
    """A rule for pairs that no expectation expects, and between which entries it is one; None where between any."""

    rule: Rule
    sources: _Ends
    targets: _Ends

    def holds(self, source: str, target: str) -> bool:
        """Whether the rule is one for a pair."""
        return (self.sources is None or source in self.sources) and (self.targets is None or target in self.targets)


_Explored = dict[_State, list[tuple[Hop, _State]]]


class RouteFinder:
    """Finds routes in one landscape."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.explored: dict[tuple[str, int, bool, tuple[Rule, ...]], _Explored] = {}
        """What searches from a source have explored: by the worst support, whether only what is sensible, and rules."""
        self._sorts: dict[Selector, frozenset[str]] = {}
        self._hops: dict[str, list[tuple[str, Hop, frozenset[str], str]]] = {}
        self._edges: dict[str, list[tuple[str, str, Statement, frozenset[str]]]] = {}

    def hops(self, entry: str) -> list[tuple[str, Hop, frozenset[str], str]]:
        """What leaves an entry: (relation, hop, cargo, through whom one has come in then), in a stable order."""
        if entry not in self._hops:
            self._hops[entry] = [
                (
                    relation,
                    Hop(entry, end, statement, self.landscape.is_verified(statement)),
                    cargo,
                    self.arriving(entry, end, statement),
                )
                for relation, end, statement, cargo in self.edges(entry)
            ]
        return self._hops[entry]

    def edges(self, entry: str) -> list[tuple[str, str, Statement, frozenset[str]]]:
        """What leaves an entry, alive or not: (relation, next entry, statement, cargo), in a stable order."""
        if entry not in self._edges:
            leaving = self._leaving.get(entry, ())
            self._edges[entry] = [(s.relation, end, s, self.landscape.carried(s)) for s, end in leaving]
        return self._edges[entry]

    @cached_property
    def _leaving(self) -> dict[str, list[tuple[Statement, str]]]:
        """By entry the statements along which something leaves it, with where to."""
        leaving: dict[str, list[tuple[Statement, str]]] = {}
        for statement in self.landscape.statements:
            for start, end in self.landscape.flows(statement):
                leaving.setdefault(start, []).append((statement, end))
        return leaving

    @cached_property
    def _shortfall(self) -> dict[str, int]:
        """By entry, how many of the levels of reach that entries have weigh more than its own."""
        entries, levels = self.landscape.entries.values(), self.landscape.vocabulary.reach
        least = [*levels.values()][-1:]
        own = {e.id: (levels[e.reach.level] if e.reach else level).weight for e in entries for level in least}
        falling = sorted({*own.values()}, reverse=True)
        return {entry: falling.index(weight) for entry, weight in own.items()}

    def longer(self, cost: _Cost, hop: Hop) -> _Cost:
        """What a route costs with one hop more."""
        return cost[0] + (not hop.verified), cost[1] + 1, cost[2] + self._shortfall.get(hop.target, 0)

    @cached_property
    def _told_apart(self) -> dict[str, frozenset[str]]:
        """By host, the entries through which a route must have come in for some edge that leaves it."""
        through: dict[str, set[str]] = {}
        for statement in self.landscape.statements:
            for start, _ in self.landscape.flows(statement) if statement.takes else ():
                through.setdefault(start, set()).update(statement.takes)
        return {host: frozenset(names) for host, names in through.items()}

    def entering(self, start: str, end: str) -> str:
        """Through whom one is known to have come in who came from one entry to another; empty where it is all one."""
        return start if start in self._told_apart.get(end, ()) else ""

    def arriving(self, start: str, end: str, statement: Statement) -> str:
        """As `entering`, for who came by a statement; `HALTED` where nothing leads on."""
        return HALTED if self.landscape.halts(statement, end) else self.entering(start, end)

    @cached_property
    def offers(self) -> list[Offer]:
        """What counts as a route by any expectation, by what is to be carried and whom it is about.

        The beginning of a route is one too: what is good for LightGBM → Triton → CUDA is good for LightGBM → Triton.
        """
        patterns: dict[tuple[tuple[str, ...], _Ends, _Ends], dict[str, Pattern]] = {}
        for expectation in self.landscape.expectations.values():
            asked = tuple(sorted(expectation.carrying))
            for pattern in expectation.routes.values():
                for one in pattern.beginnings:
                    ends = self._offered(expectation, one, whole=one.text == pattern.text)
                    patterns.setdefault((asked, *ends), {})[one.text] = one
        return [
            Offer(rule_of((by_text[text] for text in sorted(by_text)), key[0]), *key[1:])
            for key, by_text in sorted(patterns.items(), key=lambda item: tuple(map(_in_order, item[0])))
        ]

    def _offered(self, expectation: Expectation, pattern: Pattern, *, whole: bool) -> tuple[_Ends, _Ends]:
        """Between which entries the routes of an expectation, or their beginnings, are such by it; None where any.

        One edge is a route from anywhere, and a model goes by any, but from the entries that are excepted. Where no
        model has to cross, several edges are about entries like those that are expected: what a library does for a
        framework it does not do for a scheduler.
        """
        if pattern.is_one_edge:
            return None, None
        if not self._graphs.isdisjoint(expectation.carrying):
            excepted = expectation.from_.except_
            return frozenset({*self.landscape.entries}.difference(excepted)) if excepted else None, None
        return self._of_the_sort(expectation.from_), self._of_the_sort(expectation.to) if whole else None

    def _of_the_sort(self, selector: Selector) -> frozenset[str]:
        """The entries of the sorts of those that an expectation means, the same set each time it is asked for."""
        if selector not in self._sorts:
            entries = self.landscape.entries.values()
            sorts = {sort_of(entry) for entry in entries if selector.selects(entry)}
            self._sorts[selector] = frozenset(entry.id for entry in entries if sort_of(entry) in sorts)
        return self._sorts[selector]

    @cached_property
    def offers_without_graphs(self) -> list[Offer]:
        """The same where one of the ends has no graphs: of what an expectation asks, the rest is asked."""
        asking = (one for one in self.offers if not one.rule.carrying or one.rule.carrying - self._graphs)
        return [one._replace(rule=replace(one.rule, carrying=one.rule.carrying - self._graphs)) for one in asking]

    @cached_property
    def _graphs(self) -> frozenset[str]:
        return frozenset(name for name, cargo in self.landscape.vocabulary.cargo.items() if cargo.graph)

    def alone(self, statement: Statement, source: str) -> Route:
        """The route of one statement, from `source` where it flows so; it carries all where nothing would cross."""
        ends = self.landscape.flows(statement)
        start, end = next((pair for pair in ends if pair[0] == source), ends[0])
        carried = self.landscape.carried(statement)
        hop = Hop(start, end, statement, self.landscape.is_verified(statement))
        return Route((hop,), self.landscape.cargo_of(start) & carried or carried, intersect([statement.requires]))

    def find(
        self,
        rules: Sequence[Rule],
        source: str,
        targets: Collection[str],
        *,
        top: int,
        arriving: Callable[[frozenset[str]], bool] = lambda _: True,
        sensible: bool = True,
    ) -> list[Route]:
        """Up to `top` distinct routes: strongest, of one edge, most verified, shortest first; conflicting ones last.

        A route fits the automaton of one of the rules and carries at least what that rule asks, and what it carries
        is `arriving`. A sensible one carries something in any case, visits no entry twice and is no detour.
        """
        search = _Search(self, rules, source, targets, arriving, sensible)
        conflicting: list[Route] = []
        for worst in range(len(LIVE)):
            if len(search.fitting) >= top:
                break
            for route in islice(search.at_level(worst), 50 * top):
                if route.strength != LIVE[worst]:
                    continue  # found on a stronger level already
                (conflicting if route.conflicts else search.fitting).append(route)
                if len(search.fitting) >= top:
                    break
        found = search.fitting
        for route in conflicting:
            if not (sensible and any(route.is_detour_of(other) for other in found)):
                found.append(route)
        return found[:top]


class _Search:
    """One search, level by level of support; `fitting` are the routes found so far that have no conflict."""

    def __init__(
        self,
        finder: RouteFinder,
        rules: Sequence[Rule],
        source: str,
        targets: Collection[str],
        arriving: Callable[[frozenset[str]], bool],
        sensible: bool,
    ) -> None:
        self._finder = finder
        self._rules = rules
        self._source = source
        self._targets = targets
        self._goal = next(iter(targets)) if len(targets) == 1 else ""
        self._arriving = arriving
        self._sensible = sensible
        self.fitting: list[Route] = []

    def at_level(self, worst: int) -> Iterator[Route]:
        """The routes whose edges are at least as strong as ``LIVE[worst]``, cheapest first."""
        cargo = self._finder.landscape.cargo_of(self._source)
        starts: list[_State] = [(rule, self._source, 0, cargo, "") for rule in range(len(self._rules))]
        after = self._explored(starts, worst)
        goals = {state for state in after if self._ends(state)}
        left = self._costs_left(after, goals)
        budget = _MOST_LOOKED_AT
        # Two statements may lead from one entry to another by the same relation, one in each direction.
        heap: list[tuple[_Order, tuple[str, ...], tuple[str, ...], _Cost, _State, tuple[Hop, ...], bool]] = [
            (_order(_NO_COST), (self._source,), (), _NO_COST, start, (), False) for start in starts if start in left
        ]
        heapq.heapify(heap)
        seen: set[tuple[str, ...]] = set()  # several rules may know one route
        while heap and budget > 0:
            _, names, said, cost, state, hops, arrived = heapq.heappop(heap)
            if arrived:
                budget = _MOST_LOOKED_AT
                if said not in seen:
                    seen.add(said)
                    yield Route(hops, state[3], intersect(hop.statement.requires for hop in hops))
                continue
            budget -= 1
            if self._sensible and self._is_detour(names[::2], state[3]):
                continue
            if state in goals:
                heapq.heappush(heap, (_order(cost), names, said, cost, state, hops, True))
            for hop, following in after[state]:
                if following in left and not (self._sensible and hop.target in names[::2]):
                    so_far = self._finder.longer(cost, hop)
                    ahead = left[following]
                    total = so_far[0] + ahead[0], so_far[1] + ahead[1], so_far[2] + ahead[2]
                    longer = (*names, hop.statement.relation, hop.target)
                    texts = (*said, str(hop.statement))
                    heapq.heappush(heap, (_order(total), longer, texts, so_far, following, (*hops, hop), False))

    def _ends(self, state: _State) -> bool:
        """Whether a route may end in a state."""
        rule, entry, number, aboard, _ = state
        ends = entry in self._targets and entry != self._source and number in self._rules[rule].automaton.accepting
        return ends and self._arriving(aboard)

    def _is_detour(self, stops: tuple[str, ...], aboard: frozenset[str]) -> bool:
        """Whether whatever a partial route becomes is a detour of a route that was found before."""
        whole = stops if stops[-1] in self._targets else (*stops, self._goal)
        return any(route.carries >= aboard and _passes(whole, route.stops) for route in self.fitting)

    def _explored(self, starts: list[_State], worst: int) -> _Explored:
        """As `_explore`; the last are kept, since from one source one target after the other is looked for."""
        key = self._source, worst, self._sensible, tuple(self._rules)
        kept = self._finder.explored.get(key)
        if kept is None:
            if len(self._finder.explored) >= _MOST_KEPT:
                self._finder.explored.clear()
            kept = self._finder.explored[key] = self._explore(starts, LIVE[: worst + 1])
        return kept

    def _explore(self, starts: list[_State], supports: tuple[str, ...]) -> _Explored:
        """Every state that can be reached from `starts`, with the hops that leave it."""
        after: _Explored = {start: [] for start in starts}
        queue = [*starts]
        for state in queue:
            number, entry, at, aboard, through = state
            if through == HALTED:
                continue
            rule = self._rules[number]
            moves = rule.automaton.moves[at]
            for relation, hop, cargo, entering in self._finder.hops(entry):
                if relation not in moves or hop.statement.support not in supports:
                    continue
                if hop.statement.takes and through not in hop.statement.takes:
                    continue
                kept = aboard & cargo
                if (self._sensible and aboard and not kept) or not rule.carrying <= kept:
                    continue
                following = (number, hop.target, moves[relation], kept, entering)
                after[state].append((hop, following))
                if following not in after:
                    after[following] = []
                    queue.append(following)
        return after

    def _costs_left(self, after: _Explored, goals: set[_State]) -> dict[_State, _Cost]:
        """The least cost from each state to a goal (Dijkstra, backwards); states that reach none are left out."""
        before: dict[_State, list[tuple[Hop, _State]]] = {}
        for state, leaving in after.items():
            for hop, following in leaving:
                before.setdefault(following, []).append((hop, state))
        number = {state: i for i, state in enumerate(after)}
        left: dict[_State, _Cost] = {}
        heap = [(_NO_COST, number[state], state) for state in goals]
        heapq.heapify(heap)
        while heap:
            cost, _, state = heapq.heappop(heap)
            if state in left:
                continue
            left[state] = cost
            for hop, earlier in before.get(state, ()):
                if earlier not in left:
                    heapq.heappush(heap, (self._finder.longer(cost, hop), number[earlier], earlier))
        return left


def _order(cost: _Cost) -> _Order:
    """What partial routes are looked at by, for what they will cost in the end."""
    return cost[1] > 1, cost


def sort_of(entry: Entry) -> Sort:
    """What entries have in common that relations and expectations mean alike."""
    return entry.kind, entry.aspect, entry.resource


def _in_order(some: Collection[str] | None) -> tuple[str, ...]:
    return tuple(sorted(some or ()))


def _passes(stops: Sequence[str], others: Sequence[str]) -> bool:
    """Whether some stops are all of the others in their order, and more."""
    ahead = iter(stops)
    return len(stops) > len(others) and all(stop in ahead for stop in others)
