"""The slow and obvious way to count, over the public networkx graph: what the fast analysis is held against."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from interop_landscape.graph import build_graph
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape, is_live
from interop_landscape.reading.models import Entry, Expectation
from interop_landscape.reading.patterns import Pattern

Pair = tuple[str, str, str | None]


Place = tuple[str | None, str]
"""An entry, and the one before it on the route."""
HALTED = "-"
"""In the place of the one before, where nothing leads on."""


def _step(
    graph: nx.MultiDiGraph[str], places: set[Place], relation: str, usable: set[str], asked: set[str]
) -> set[Place]:
    return {
        (HALTED if data["halts"] else node, end)
        for before, node in places
        for _, end, data in graph.out_edges(node, data=True)
        if data["relation"] == relation and data["support"] in usable and asked <= set(data["carries"])
        if before != HALTED and (not data["takes"] or before in data["takes"])
    }


def reached(graph: nx.MultiDiGraph[str], pattern: Pattern, start: str, usable: set[str], asked: set[str]) -> set[str]:
    """The entries that a pattern leads to from `start`, taking it step by step as it is written."""
    nodes: set[Place] = {(None, start)}
    for step in pattern.steps:
        after = set(nodes) if step.optional else set()
        new = _step(graph, nodes, step.relation, usable, asked)
        while not new <= after:
            after |= new
            if not step.repeated:
                break
            new = _step(graph, new, step.relation, usable, asked)
        nodes = after
    return {node for _, node in nodes}


def pairs(landscape: Landscape, expectation: Expectation) -> set[Pair]:
    """The expected pairs of one expectation."""
    active = [e for e in landscape.entries.values() if e.status != "archived"]
    sources = [e.id for e in active if expectation.from_.selects(e)]
    targets = [e.id for e in active if expectation.to.selects(e)]
    if expectation.need == "any":
        return {(expectation.id, s, None) for s in sources if any(t != s for t in targets)}
    return {(expectation.id, s, t) for s in sources for t in targets if s != t}


def met(landscape: Landscape, usable: Iterable[str] = ("full",)) -> set[Pair]:
    """The expected pairs that some route over usable edges joins."""
    graph = build_graph(landscape)
    found: set[Pair] = set()
    for expectation in landscape.expectations.values():
        asked, wanted = set(expectation.carrying), pairs(landscape, expectation)
        active = {e.id for e in landscape.entries.values() if e.status != "archived" and expectation.to.selects(e)}
        for _, source, target in wanted:
            ends = {
                end
                for pattern in expectation.routes.values()
                for end in reached(graph, pattern, source, set(usable), asked)
            }
            if target in ends or (target is None and (ends & active) - {source}):
                found.add((expectation.id, source, target))
    return found


def expected(landscape: Landscape) -> set[Pair]:
    """All expected pairs."""
    return set().union(*(pairs(landscape, e) for e in landscape.expectations.values()))


def reach(landscape: Landscape, entry: str | None) -> float:
    """How much an entry counts at the end of a pair; 1 where any target would do."""
    levels, said = landscape.vocabulary.reach, landscape.entries[entry].reach if entry else None
    if entry is None or not levels:
        return 1.0
    return levels[said.level].weight if said else list(levels.values())[-1].weight


def weight(landscape: Landscape, some: Iterable[Pair]) -> float:
    """The weight of some pairs together."""
    return sum(
        landscape.expectations[expectation].weight * reach(landscape, source) * reach(landscape, target)
        for expectation, source, target in some
    )


def peers_of(landscape: Landscape, entry: Entry) -> set[str]:
    """The others of its kind that share a tag, one that five have if there is such; all where these are too few."""
    others = [e for e in landscape.entries.values() if e.kind == entry.kind and e.id != entry.id]
    usual = {tag for tag in entry.tags if sum(tag in e.tags for e in others) >= 5}
    sharing = {e.id for e in others if set(e.tags) & (usual or set(entry.tags))}
    return sharing if len(sharing) >= 5 else {e.id for e in others}


def bases_of(landscape: Landscape, edge: Edge) -> list[str]:
    """The active entries that the source of an edge is made of, which its relation may lead from."""
    relation = landscape.vocabulary.relations[edge.relation]
    stated = [s.target for s in landscape.statements if s.live and s.edge[:2] == (edge.source, relation.left_to)]
    bases = [landscape.entries[name] for name in stated]
    return [base.id for base in bases if base.status != "archived" and base.kind in relation.from_]


def is_left(landscape: Landscape, edge: Edge, base: str) -> bool:
    """Whether such an edge would be asked of what the source is made of."""
    there = landscape.by_edge.get(Edge(base, edge.relation, edge.target))
    others = landscape.vocabulary.relations[edge.relation].writes and landscape.entries[edge.target].owner is not None
    return not others and base != edge.target and (there is None or there.support != "full")


def is_asked(landscape: Landscape, edge: Edge) -> bool:
    """Whether an edge may be asked for: of its owner, for a vendor's own, what is akin, or what is there in part."""
    source, target = landscape.entries[edge.source], landscape.entries[edge.target]
    relation, there = landscape.vocabulary.relations[edge.relation], landscape.by_edge.get(edge)
    if is_live(there) or any(str(edge) in record.closes for record in landscape.records.values()):
        return not relation.writes or target.owner in (None, source.id)
    if relation.writes and target.owner not in (None, source.id):
        return False
    if relation.vendor_bound and source.bound_to not in (None, target.steward):
        return False
    every = peers_of(landscape, source)
    peers = every - {target.owner}
    before = [
        peer
        for peer in peers
        if is_live(landscape.by_edge.get(Edge(peer, edge.relation, target.id)))
        if landscape.entries[peer].steward is None or landscape.entries[peer].steward != target.steward
    ]
    if relation.precedented and len(before) < max(2, len(every) / 10):
        return False
    if relation.left_to is not None and any(is_left(landscape, edge, base) for base in bases_of(landscape, edge)):
        return False
    near = {source.id, *(s.target for s in landscape.statements if s.live and s.edge[:2] == edge[:2])}
    return not relation.kindred or any(set(landscape.entries[name].tags) & set(target.tags) for name in near)
