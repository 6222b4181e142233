"""What hangs on a keeper equals "leave it all out, recompute, count"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from interop_landscape.analysis.keepers import LIKELIHOODS, keepers
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from tests import oracle
from tests.strategies import examples, landscapes

LIVE = ("full", "partial", "experimental")


@st.composite
def kept(draw: st.DrawFn) -> Landscape:
    """A landscape in which strangers and entries maintain some edges."""
    landscape = draw(landscapes())
    names = [None, None, "a-stranger", "another", *landscape.entries]
    statements = tuple(replace(s, by=draw(st.sampled_from(names))) for s in landscape.statements)
    return landscape.replacing(statements=statements)


@examples(60)
@given(kept())
def test_a_keeper_holds_exactly_what_leaving_all_of_it_out_takes(landscape: Landscape) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for s in landscape.statements:
        for end in (s.source, s.target):
            if landscape.entries[end].status != "active":
                held[end].add(str(s))
        if s.by and s.by not in (s.source, s.target):
            held[s.by].add(str(s))
    found = {keeper.name: keeper for keeper in keepers(landscape)}
    for name, edges in held.items():
        after = landscape.replacing(statements=tuple(s for s in landscape.statements if str(s) not in edges))
        quiet = name in landscape.entries and landscape.entries[name].status != "active"

        def counted(pairs: set[tuple[str, str, str | None]], quiet: bool = quiet, name: str = name) -> set[PairId]:
            return {PairId(*pair) for pair in pairs if not (quiet and name in pair[1:])}

        opens = counted(oracle.met(landscape) - oracle.met(after))
        worsens = counted(oracle.met(landscape, LIVE) - oracle.met(landscape) - oracle.met(after, LIVE))
        keeper = found.pop(name, None)
        assert set(keeper.opens if keeper else ()) == opens
        assert set(keeper.worsens if keeper else ()) == worsens
        if keeper is not None:
            assert keeper.bridges == opens - counted(oracle.met(after, LIVE))
            assert isclose(
                keeper.weight, oracle.weight(landscape, [(p.expectation, p.source, p.target) for p in opens])
            )
    assert all(keeper.likelihood == "stale" for keeper in found.values())
    order = [(LIKELIHOODS.index(keeper.likelihood), -keeper.weight) for keeper in keepers(landscape)]
    assert order == sorted(order)
