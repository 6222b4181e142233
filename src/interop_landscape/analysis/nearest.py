"""The nearest miss: which single edge would open a way between two entries that have none."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import Network
from interop_landscape.analysis.precedent import Precedent
from interop_landscape.analysis.routes import Route, RouteFinder
from interop_landscape.analysis.unlocks import Candidates
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Expectation, Selector

_LOOKED_AT = 40


def nearest_misses(landscape: Landscape, source: str, target: str, *, top: int = 3) -> list[tuple[str, float, Route]]:
    """The most usual edges that would each open a way, by all expectations' patterns.

    Returns (edge in words, precedent, the way it would open), most usual first; at most `top`. Ways over
    edges in any live support count, since any way is better than none.
    """
    live = replace(
        landscape,
        statements=tuple(replace(s, support="full") if s.live else s for s in landscape.statements),
    )
    network = Network(live)
    patterns = {p.text: p for e in landscape.expectations.values() for p in e.routes.values()}
    if not patterns:
        return []
    pair = Expectation(
        id="",
        path="",
        line=1,
        column=1,
        side="",
        why="",
        from_=Selector(entries=(source,)),
        to=Selector(entries=(target,)),
        routes=patterns,
    )
    wanted = Expected(network, pair)
    if not wanted.unmet.any():
        return []  # an archived end asks for nothing; anything else would have been found as a way
    usual = Network(landscape)
    found: list[tuple[float, tuple[str, str, str]]] = []
    for name, relation in landscape.vocabulary.relations.items():
        if relation.buildable and name in wanted.automaton.relations():
            precedent = Precedent(usual, name)
            candidates = Candidates(network, name, [wanted])
            for a, b, _, _ in candidates.closing(wanted, 0, 0):
                found.append((-precedent.of(a, b), (network.ids[a], name, network.ids[b])))
    opened = []
    for negative, edge in islice(sorted(found), _LOOKED_AT):
        routes = RouteFinder(landscape.assuming([edge])).find_any(source, [target], top=1)
        if routes:
            opened.append((" ".join(edge), -negative, routes[0]))
        if len(opened) == top:
            break
    return opened
