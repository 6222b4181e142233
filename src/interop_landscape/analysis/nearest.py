"""The nearest miss: which single edge would open a route between two entries that have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from interop_landscape.analysis.asked import FEWEST_BEFORE
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import Network
from interop_landscape.analysis.precedent import Precedent
from interop_landscape.analysis.routes import Route, Sort, sort_of
from interop_landscape.analysis.unlocks import Candidates
from interop_landscape.analysis.verdict import Asked, Found, Verdicts
from interop_landscape.errors import BadRequest
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Expectation, Selector
from interop_landscape.reading.statements import Statement

_LOOKED_AT = 40

Miss = tuple[str, float, Route]  # the edge in words, its precedent, the route that it would open
_Likely = tuple[float, float]  # how likely an edge is, and its precedent


def found_between(landscape: Landscape, source: str, target: str, *, top: int) -> tuple[Found, list[Miss]]:
    """What there is between two entries, up to `top` routes of each sort, and where nothing is, the nearest misses.

    Raises BadRequest where both are the same.
    """
    if source == target:
        raise BadRequest(f"`{source}` to itself is no route; name two entries")
    found = Verdicts(landscape).between(source, target, top=top)
    return found, [] if found.verdict.route else nearest_misses(landscape, source, target)


def nearest_misses(landscape: Landscape, source: str, target: str, *, top: int = 3) -> list[Miss]:
    """The likeliest edges that would each open a route, by the patterns of the expectations that expect the pair.

    Returns (edge in words, precedent, the route it would open), likeliest first (docs/design.md#verdict); at most
    `top`. Where nothing expects the pair they are what the first could say of the second itself: a launcher of
    trainings is not one ONNX export away from a chip.
    """
    asked = [one for one in Verdicts(landscape).deciding(source, target) if one.expectation]
    found = _opening(landscape, asked, source, target) if asked else dict(_direct(landscape, source, target))
    opened = []
    for edge in islice(sorted(found, key=lambda edge: (-found[edge][0], edge)), _LOOKED_AT):
        routes = Verdicts(landscape.assuming([edge])).between(source, target, top=1).routes
        if routes:
            opened.append((str(edge), found[edge][1], routes[0]))
        if len(opened) == top:
            break
    return opened


def _opening(landscape: Landscape, asked: list[Asked], source: str, target: str) -> dict[Edge, _Likely]:
    """The edges that would complete a pattern of one of some rules.

    Routes over edges in any live support count, since any route is better than none; but for those at which a route
    ends.
    """
    seen = _seen(landscape)
    live = replace(landscape, statements=tuple(_as_it_counts(s, landscape) for s in landscape.statements))
    network = Network(live)
    usual = Network(landscape)
    found: dict[Edge, _Likely] = {}
    for _, rule in asked:
        pair = Expectation(
            id="",
            path="",
            line=1,
            column=1,
            side="",
            why="",
            from_=Selector(entries=(source,)),
            to=Selector(entries=(target,)),
            carrying=tuple(sorted(rule.carrying)),
            routes={pattern.text: pattern for pattern in rule.patterns},
        )
        wanted = Expected(network, pair)
        if not wanted.unmet.any():
            continue  # an archived end asks for nothing; anything else would have been found as a route
        for name, relation in landscape.vocabulary.relations.items():
            if relation.buildable and name in wanted.automaton.relations():
                ends = seen.get(name)
                precedent = Precedent.of_relation(usual, name)
                candidates = Candidates(network, name, [wanted])
                for a, b, _, factor in candidates.closing(wanted, 0, 0):
                    unheard = ends and sort_of(landscape.entries[network.ids[b]]) not in ends
                    if factor > 0 and not unheard:  # nobody is pointed to what nobody is asked for
                        before = precedent.of(a, b)
                        likely = before * float(network.builds[a] * network.reach[a])
                        found[Edge(network.ids[a], name, network.ids[b])] = likely, before
    return found


def _direct(landscape: Landscape, source: str, target: str) -> Iterator[tuple[Edge, _Likely]]:
    """What one entry could say of another: it says so of others of the sort, or others of its own say so."""
    network = Network(landscape)
    a, b = network.index[source], network.index[target]
    kinds = landscape.entries[source].kind, landscape.entries[target].kind
    for name, relation in landscape.vocabulary.relations.items():
        if kinds[0] in relation.from_ and kinds[1] in relation.to and network.active[a] and network.active[b]:
            precedent = Precedent.of_relation(network, name)
            usage = precedent.usage(a, b)
            if max(usage.sources, usage.targets) >= FEWEST_BEFORE:
                before = precedent.of(a, b)
                yield Edge(source, name, target), (before * float(network.builds[a] * network.reach[a]), before)


def _seen(landscape: Landscape) -> dict[str, set[Sort]]:
    """By relation, to which sorts of entries it leads anywhere: nothing "runs on" a store of objects."""
    seen: dict[str, set[Sort]] = {}
    for statement in landscape.statements:
        if statement.live and statement.target in landscape.entries:
            seen.setdefault(statement.relation, set()).add(sort_of(landscape.entries[statement.target]))
    return seen


def _as_it_counts(statement: Statement, landscape: Landscape) -> Statement:
    """A statement in full where something crosses it, and goes on from there."""
    goes_on = statement.live and not any(landscape.halts(statement, end) for _, end in landscape.flows(statement))
    return replace(statement, support="full") if goes_on else statement
