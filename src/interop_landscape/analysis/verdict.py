"""Whether one entry reaches another, in one word and with the reason: docs/design.md#verdict.

A pair that is expected is judged by the expectations that expect it, by their own patterns and cargo, so that its
verdict is how `gaps` counts it. Any other pair is judged by what some expectation would count if it were about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal, NamedTuple

from interop_landscape.analysis.routes import HALTED, Route, RouteFinder, Rule, rule_of
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import LIVE, Statement

Answer = Literal["yes", "in part", "no", "unknown"]
ANSWERS: Final[tuple[Answer, ...]] = ("yes", "in part", "no", "unknown")
_STRONG: Final = LIVE[:1]

_Place = tuple[str, int]  # of an entry: through whom a route came in, and the state of the automaton


@dataclass(frozen=True)
class Verdict:
    """Whether one entry reaches another.

    ``route`` is what a yes, or a yes in part, rests on; with `only`, a model was asked for, and other things arrive.
    ``denied`` is an edge of which somebody has said that it is not there, while it would by itself be enough;
    ``record`` is about it. ``expectation`` is the one by which an expected pair is judged.
    """

    answer: Answer
    source: str
    target: str
    expectation: str | None = None
    route: Route | None = None
    only: bool = False
    denied: Statement | None = None
    record: str | None = None


class Found(NamedTuple):
    """What there is between two entries: the verdict, the routes, and apart from them those that bring no model.

    ``back`` is there where nothing else is: what is stated of the two and leads from the second to the first.
    """

    verdict: Verdict
    routes: list[Route]
    apart: list[Route]
    back: list[Route]


class Asked(NamedTuple):
    """One rule by which a pair is judged; `expectation` is None where none expects the pair."""

    expectation: str | None
    rule: Rule


class _Expecting(NamedTuple):
    sources: frozenset[str]
    targets: frozenset[str]
    asked: Asked


class _Reached(NamedTuple):
    """Where a walk leads: the places at each entry, and the entries at which a route may end."""

    places: Mapping[str, list[_Place]]
    ends: frozenset[str]


class Verdicts:
    """The verdicts on the pairs of one landscape."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self._finder = RouteFinder(landscape)
        self._graphs = frozenset(name for name, cargo in landscape.vocabulary.cargo.items() if cargo.graph)
        self._denials = [statement for statement in landscape.statements if not statement.live]
        self._reached = cache(self._walk)

    def between(self, source: str, target: str, *, top: int) -> Found:
        """The verdict on a pair with up to `top` routes of each sort, best first."""
        expecting = self._expecting(source, target)
        rules = [asked.rule for asked in expecting or self._any(source, target)]
        stated = [] if expecting else self._stated(source, target)
        if not self.asks_model(source, target):
            routes = _first(stated, self._finder.find(rules, source, [target], top=top), top)
            return self._found(source, target, routes, [])
        routes = _first(stated, self._finder.find(rules, source, [target], top=top, arriving=self._is_model), top)
        apart = self._finder.find(rules, source, [target], top=top, arriving=self._graphs.isdisjoint)
        return self._found(source, target, routes, apart)

    def _found(self, source: str, target: str, routes: list[Route], apart: list[Route]) -> Found:
        verdict = self._verdict(source, target, routes, apart)
        back = [] if verdict.route else self._back(source, target)
        return Found(verdict, routes, apart, back)

    def _back(self, source: str, target: str) -> list[Route]:
        """What is stated of two entries, as routes of one edge from the second to the first."""
        some = (one for one in self.landscape.statements if one.live and {one.source, one.target} == {source, target})
        return [self._finder.alone(one, target) for one in some]

    def _stated(self, source: str, target: str) -> list[Route]:
        """What one entry says of another, strongest first, as routes of one hop in the direction in which it flows.

        Who asks for KServe and vLLM is answered by "KServe deploys vLLM", though models go from vLLM to KServe. A
        format that is only read is no answer to whether it is written.
        """
        stated = [one for one in self.landscape.statements if one.live and self._answers(one, source, target)]
        stated.sort(key=lambda statement: LIVE.index(statement.support))
        return [self._finder.alone(s, source) for s in stated]

    def _answers(self, statement: Statement, source: str, target: str) -> bool:
        """Whether a statement by itself answers for two entries."""
        relation = self.landscape.vocabulary.relations[statement.relation]
        ends = [(statement.source, statement.target)]
        if relation.flows == "both":
            ends.append((statement.target, statement.source))
        only_read = relation.flows == "backward" and relation.asks_carries
        return (source, target) in ends and not only_read

    def asks_model(self, source: str, target: str) -> bool:
        """Whether only what brings some of the source's own graphs is a route for its models.

        So it is where an expectation of the pair asks for a graph. Where the pair is not expected, it is so where the
        target is one that models go to: some expectation asks a graph of it, or it says that it carries one.
        """
        if not self._is_model(self.landscape.cargo_of(source)):
            return False
        expecting = self._expecting(source, target)
        return any(map(self._for_graphs, expecting)) if expecting else target in self._takers

    def deciding(self, source: str, target: str) -> list[Asked]:
        """The rules by which a pair is judged: of its expectations those that ask for a graph, where some do.

        Where the pair is not expected, and a model is asked for, they are those that ask for what the source has.
        """
        if expecting := self._expecting(source, target):
            return [asked for asked in expecting if self._for_graphs(asked)] or expecting
        rules, own = self._any(source, target), self.landscape.cargo_of(source)
        if not self.asks_model(source, target):
            return rules
        return [asked for asked in rules if self._for_graphs(asked) and asked.rule.carrying <= own] or rules

    def _is_model(self, cargo: frozenset[str]) -> bool:
        return not self._graphs.isdisjoint(cargo)

    def _for_graphs(self, asked: Asked) -> bool:
        return self._is_model(asked.rule.carrying)

    def _expecting(self, source: str, target: str) -> list[Asked]:
        """The rules of the expectations that expect a pair, be it as one of several that would do."""
        return [each.asked for each in self._all if source in each.sources and target in each.targets]

    @cached_property
    def _all(self) -> list[_Expecting]:
        active = [entry for entry in self.landscape.entries.values() if not self.landscape.is_archived(entry.id)]
        return [
            _Expecting(
                frozenset(entry.id for entry in active if each.from_.selects(entry)),
                frozenset(entry.id for entry in active if each.to.selects(entry)),
                Asked(each.id, rule_of(each.routes.values(), each.carrying)),
            )
            for each in self.landscape.expectations.values()
        ]

    def _any(self, source: str, target: str) -> list[Asked]:
        """The rules of all expectations; of a format of weights, or an engine that takes these, no graph is asked."""
        with_graphs = self._is_model(self.landscape.cargo_of(source)) and self._is_model(
            self.landscape.cargo_of(target)
        )
        offers = self._finder.offers if with_graphs else self._finder.offers_without_graphs
        return [Asked(None, offer.rule) for offer in offers if offer.holds(source, target)]

    @cached_property
    def _takers(self) -> frozenset[str]:
        """The entries that models go to."""
        stated = [entry.id for entry in self.landscape.entries.values() if self._is_model(frozenset(entry.carries))]
        return frozenset(stated).union(*(each.targets for each in self._all if self._for_graphs(each.asked)))

    def _verdict(self, source: str, target: str, routes: list[Route], apart: list[Route]) -> Verdict:
        expected = bool(self._expecting(source, target))
        standing = self._standing(source, target) if expected else _best(routes)
        if standing is not None:
            answer, asked = standing
            basis = self._basis(answer, asked, routes, source, target)
            return Verdict(answer, source, target, asked.expectation if asked else None, basis)
        if apart and not expected:
            return Verdict("in part", source, target, route=apart[0], only=True)
        return self._denied(source, target)

    def _standing(self, source: str, target: str) -> tuple[Answer, Asked | None] | None:
        """The best answer that expectations of a pair give, with the first that gives it; None where all are missed."""
        answers: tuple[tuple[Answer, tuple[str, ...]], ...] = (("yes", _STRONG), ("in part", LIVE))
        for answer, supports in answers:
            for asked in self.deciding(source, target):
                if target in self._reached(asked.rule, source, ("", 0), supports, None).ends:
                    return answer, asked
        return None

    def _basis(self, answer: Answer, asked: Asked | None, routes: list[Route], *ends: str) -> Route | None:
        """The first of some routes that is as strong as the answer says; else the first that is no sensible one."""
        for route in routes:
            if (route.strength in _STRONG) == (answer == "yes"):
                return route
        if asked is None:
            return None
        source, target = ends
        found = self._finder.find([asked.rule], source, [target], top=1, sensible=False)
        return found[0] if found else None

    def _denied(self, source: str, target: str) -> Verdict:
        """The verdict where there is no route: whether somebody has looked."""
        for statement in self._denials:
            for asked in self.deciding(source, target):
                if self._opens(statement, asked.rule, source, target):
                    pair = str(PairId(asked.expectation, source, target)) if asked.expectation else ""
                    record = self._tracked.get(str(statement)) or self._tracked.get(pair)
                    return Verdict("no", source, target, asked.expectation, denied=statement, record=record)
        by = next((asked.expectation for asked in self.deciding(source, target)), None)
        return Verdict("unknown", source, target, by)

    def _opens(self, statement: Statement, rule: Rule, source: str, target: str) -> bool:
        """Whether an edge, if it were full, would be enough by a rule."""
        if not rule.carrying <= self.landscape.carried(statement):
            return False
        places = self._reached(rule, source, ("", 0), _STRONG, None).places
        moves, relation = rule.automaton.moves, statement.relation
        return any(
            target in self._reached(rule, end, (self._finder.entering(start, end), after), _STRONG, statement.edge).ends
            for start, end in self.landscape.flows(statement)
            for after in {
                moves[state][relation]
                for through, state in places.get(start, ())
                if relation in moves[state] and (not statement.takes or through in statement.takes)
            }
        )

    def _walk(self, rule: Rule, start: str, place: _Place, supports: tuple[str, ...], more: Edge | None) -> _Reached:
        """Where edges of some supports, and one more, lead that carry what a rule asks."""
        queue = [(start, *place)]
        seen = {*queue}
        for entry, through, state in queue:
            moves = rule.automaton.moves[state] if through != HALTED else {}
            for relation, end, statement, cargo in self._finder.edges(entry):
                usable = relation in moves and (statement.support in supports or statement.edge == more)
                if usable and rule.carrying <= cargo and (not statement.takes or through in statement.takes):
                    following = end, self._finder.arriving(entry, end, statement), moves[relation]
                    if following not in seen:
                        seen.add(following)
                        queue.append(following)
        places: dict[str, list[_Place]] = {}
        for entry, through, state in queue:
            places.setdefault(entry, []).append((through, state))
        return _Reached(places, frozenset(e for e, _, state in queue if state in rule.automaton.accepting))

    @cached_property
    def _tracked(self) -> Mapping[str, str]:
        return tracked(self.landscape)


def _first(stated: list[Route], routes: list[Route], top: int) -> list[Route]:
    """Statements on two entries before the routes between them that are no stronger, each once."""
    known = [[hop.statement.edge for hop in route.hops] for route in routes]
    every = [*(route for route in stated if [route.hops[0].statement.edge] not in known), *routes]
    return sorted(every, key=lambda route: LIVE.index(route.strength))[:top]


def _best(routes: list[Route]) -> tuple[Answer, None] | None:
    """The answer that the best of some routes gives."""
    if not routes:
        return None
    return ("yes" if any(route.strength in _STRONG for route in routes) else "in part"), None


def tracked(landscape: Landscape) -> dict[str, str]:
    """By edge or by pair in words: the first record by id that names it."""
    found: dict[str, str] = {}
    for record in landscape.records.values():
        for text in record.closes:
            named = landscape.parse_gap_id(text) if PairId.looks_like(text) else landscape.parse_edge(text)
            found.setdefault(str(named), record.id)
    return found
