"""Routes: all of them, in the right order, without listing an explosion of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interop_landscape import loading
from interop_landscape.analysis.nearest import nearest_misses
from interop_landscape.analysis.routes import Route
from interop_landscape.analysis.verdict import Verdicts
from interop_landscape.graph import build_graph
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry, Relation, Selector
from interop_landscape.reading.patterns import Pattern, parse_pattern
from tests import oracle
from tests.landscapes import FIXTURE, SNAPSHOT, routes_of, with_results
from tests.strategies import TODAY, VOCABULARY, examples, landscapes, small, statement

LEVELS = ["full", "partial", "experimental"]
Described = tuple[int, int, int, tuple[str, ...]]
fixture = loading.load(FIXTURE, today=date(2026, 11, 22))


def fits(pattern: Pattern, relations: tuple[str, ...]) -> bool:
    """Whether a chain of relations fits a pattern, by trying each step in turn."""
    remaining = {relations}
    for step in pattern.steps:
        after = set(remaining) if step.optional else set()
        new = {rest[1:] for rest in remaining if rest[:1] == (step.relation,)}
        while not new <= after:
            after |= new
            if step.repeated:
                new = {rest[1:] for rest in new if rest[:1] == (step.relation,)}
        remaining = after
    return () in remaining


def all_routes(
    landscape: Landscape, source: str, target: str, without: frozenset[str] = frozenset()
) -> list[Described]:
    """Every sensible route but the detours by plain depth-first search: (level, hops, shortfall, statements), sorted.

    `without` is cargo that is not asked; what asks for nothing else is no rule.
    """
    graph = build_graph(landscape)
    asking = [e for e in landscape.expectations.values() if not e.carrying or {*e.carrying} - without]
    whole = [(p, {*e.carrying} - without) for e in asking for p in e.routes.values()]
    begun = [(replace(p, steps=p.steps[:end]), asked) for p, asked in whole for end in range(1, len(p.steps) + 1)]
    rules = [(p, asked) for p, asked in begun if not all(step.optional for step in p.steps)]
    found: dict[Described, tuple[tuple[str, ...], set[str]]] = {}

    def walk(seen: tuple[str, ...], edges: tuple[dict[str, Any], ...], cargo: set[str]) -> None:
        relations = tuple(str(e["relation"]) for e in edges)
        if seen[-1] == target and edges and any(asked <= cargo and fits(p, relations) for p, asked in rules):
            level = max(LEVELS.index(str(e["support"])) for e in edges)
            short = shortfall(landscape, seen)
            found[level, len(edges), short, tuple(str(e["statement"]) for e in edges)] = seen, cargo
        for _, after, data in graph.out_edges(seen[-1], data=True) if not (edges and edges[-1]["halts"]) else ():
            kept = cargo & set(data["carries"])
            through = not data["takes"] or (len(seen) > 1 and seen[-2] in data["takes"])
            if data["live"] and after not in seen and kept and through and len(edges) < 8:
                walk((*seen, after), (*edges, data), kept)

    walk((source,), (), set(landscape.cargo_of(source)))
    return [route for route in sorted(found) if not any(is_detour(found, route, other) for other in found)]


def is_detour(found: dict[Any, tuple[tuple[str, ...], set[str]]], route: Any, other: Any) -> bool:
    """Whether a route is longer and no stronger than another, brings no more and passes all of its entries in order."""
    (stops, cargo), (fewer, more) = found[route], found[other]
    in_order = any(some == fewer for some in combinations(stops, len(fewer)))
    return route[0] >= other[0] and len(stops) > len(fewer) and cargo <= more and in_order


def shortfall(landscape: Landscape, stops: tuple[str, ...]) -> int:
    """How far the entries after the first fall short of the widest reach, in levels that some entry has."""
    falling = sorted({oracle.reach(landscape, name) for name in landscape.entries}, reverse=True)
    return sum(falling.index(oracle.reach(landscape, name)) for name in stops[1:])


def described(landscape: Landscape, routes: list[Route]) -> list[Described]:
    return [
        (LEVELS.index(r.strength), len(r.hops), shortfall(landscape, r.stops), tuple(str(h.statement) for h in r.hops))
        for r in routes
    ]


@examples(100)
@given(landscapes(), st.data())
def test_the_routes_are_all_routes_but_detours_strongest_and_shortest_first(
    landscape: Landscape, data: st.DataObject
) -> None:
    ends = st.sampled_from(sorted(landscape.entries))
    source, target = data.draw(ends), data.draw(ends)
    if source == target:
        return
    routes = all_routes(landscape, source, target)
    found = described(landscape, routes_of(landscape, source, [target], top=1000))
    assert sorted(found) == routes
    assert [route[:3] for route in found] == [route[:3] for route in routes]
    few = described(landscape, routes_of(landscape, source, [target], top=2))
    assert few == found[:2]


@examples(60)
@given(landscapes(), st.data())
def test_a_nearest_miss_opens_a_route(landscape: Landscape, data: st.DataObject) -> None:
    ends = st.sampled_from(sorted(landscape.entries))
    source, target = data.draw(ends), data.draw(ends)
    if source == target or Verdicts(landscape).between(source, target, top=1).routes:
        return
    graphs = frozenset(name for name, cargo in landscape.vocabulary.cargo.items() if cargo.graph)
    with_graphs = all(graphs & landscape.cargo_of(end) for end in (source, target))
    without = frozenset() if with_graphs else graphs
    likelihoods = []
    for edge, precedent, route in nearest_misses(landscape, source, target):
        assumed = landscape.assuming([landscape.parse_edge(edge)])
        if len(route.hops) == 1:  # what the first says of the second is the answer, whichever way it flows
            assert str(route.hops[0].statement) == edge
        else:
            assert described(landscape, [route])[0] in all_routes(assumed, source, target, without)
        assert not landscape.is_archived(edge.split()[0])
        builder = landscape.entries[edge.split()[0]]
        builds = landscape.vocabulary.statuses[builder.status].builds
        likelihoods.append(precedent * builds * oracle.reach(landscape, builder.id))
    assert likelihoods == sorted(likelihoods, reverse=True)


def test_a_nearest_miss_is_found_for_each_cargo_that_expectations_ask_for() -> None:
    """A model of one kind of graph has other routes than one that may carry anything."""
    landscape = loading.load(SNAPSHOT)
    misses = nearest_misses(landscape, "libsvm", "ascend")
    assert misses
    for edge, _, route in misses:
        assert "classical-graph" in route.carries
        assert routes_of(landscape.assuming([landscape.parse_edge(edge)]), "libsvm", ["ascend"], top=1)


def ladder(rungs: int) -> Landscape:
    """A landscape with 3 ** rungs routes from ``f`` to ``b``."""
    kinds = {"f": "framework", "b": "backend"} | {f"r{i}{j}": "runtime" for i in range(rungs) for j in range(3)}
    entries = {
        name: Entry(id=name, kind=kind, path="", name=name, summary="x", homepage="https://x.org", status="active")
        for name, kind in sorted(kinds.items())
    }
    edges = [statement("f", "delegates-to", f"r0{j}") for j in range(3)]
    edges += [
        statement(f"r{i}{j}", "delegates-to", f"r{i + 1}{k}", "partial" if i == 3 else "full")
        for i in range(rungs - 1)
        for j in range(3)
        for k in range(3)
    ]
    edges += [statement(f"r{rungs - 1}{j}", "runs-on", "b") for j in range(3)]
    rule = replace(
        fixture.expectations["compute"], carrying=(), routes={"delegated": parse_pattern("delegates-to+ runs-on")}
    )
    return Landscape(
        vocabulary=VOCABULARY,
        today=TODAY,
        entries=entries,
        statements=tuple(edges),
        expectations={"rule": rule},
        kind_of=kinds,
    )


def test_an_explosion_of_routes_is_not_listed() -> None:
    """3 ** 30 routes would take longer than the universe is old; five of them take no time."""
    routes = routes_of(ladder(30), "f", ["b"], top=5)
    assert len({tuple(str(h.statement) for h in r.hops) for r in routes}) == 5
    assert {r.strength for r in routes} == {"partial"}


def test_verified_routes_come_before_shorter_ones_but_one_edge_before_all() -> None:
    verified = tuple(
        replace(s, probe="p")
        if s.edge in {("alpha", "exports", "exch"), ("runner", "imports", "exch"), ("runner", "runs-on", "cpu")}
        else s
        for s in (*fixture.statements, statement("beta", "runs-on", "cpu"), statement("alpha", "built-on", "beta"))
    )
    landscape = fixture.replacing(statements=verified)
    assert [len(r.hops) for r in routes_of(landscape, "alpha", ["cpu"], top=2)] == [2, 3]
    verified_too = with_results(landscape, {"p": "pass"})
    assert [len(r.hops) for r in routes_of(verified_too, "alpha", ["cpu"], top=2)] == [3, 2]
    by_itself = verified_too.replacing(statements=(*verified, statement("alpha", "runs-on", "cpu")))
    assert [len(r.hops) for r in routes_of(by_itself, "alpha", ["cpu"], top=2)] == [1]


def test_windows_intersect_and_conflicting_routes_come_last() -> None:
    (route,) = routes_of(fixture, "alpha", ["cpu"], top=5)
    assert [(w.subject, w.specifier, w.empty) for w in route.windows] == [("exch-opset", "<20,>=10,>=7", False)]
    statements = tuple(
        replace(s, requires={"exch-opset": ">=20"}) if s.edge == ("runner", "imports", "exch") else s
        for s in (*fixture.statements, statement("alpha", "runs-on", "cpu", "experimental"))
    )
    first, second = routes_of(fixture.replacing(statements=statements), "alpha", ["cpu"], top=5)
    assert (first.strength, first.conflicts) == ("experimental", False)
    assert (second.strength, second.conflicts) == ("full", True)
    assert oracle.met(fixture.replacing(statements=statements))  # a gap's status does not depend on windows


def test_an_edge_flowing_in_both_directions_and_stated_at_both_ends_gives_two_routes() -> None:
    """Both statements lead from f0 to f1 by the same relation; the order of such routes must be settled too."""
    relation = Relation(inverse="met-by", from_=("framework",), to=("framework",), flows="both", reads="meets")
    vocabulary = replace(VOCABULARY, relations={**VOCABULARY.relations, "meets": relation})
    landscape = small(
        {"f0": "framework", "f1": "framework", "b0": "backend"},
        (("f0", "meets", "f1"), ("f1", "meets", "f0"), ("f1", "runs-on", "b0")),
        ("meets runs-on",),
        Selector(kind=("framework",)),
        Selector(kind=("backend",)),
    ).replacing(vocabulary=vocabulary)
    routes = routes_of(landscape, "f0", ["b0"], top=5)
    assert [str(route.hops[0].statement) for route in routes] == ["f0 meets f1", "f1 meets f0"]
