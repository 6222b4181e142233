"""A risk's figures equal "remove it, recompute, count"."""

from __future__ import annotations

from math import isclose

from hypothesis import given

from interop_landscape import Landscape
from interop_landscape.analysis.risks import risks
from interop_landscape.ids import Edge, PairId
from tests import oracle
from tests.strategies import examples, landscapes


def without_edge(landscape: Landscape, edge: Edge) -> Landscape:
    return landscape.replacing(statements=tuple(s for s in landscape.statements if s.edge != edge))


def without_entry(landscape: Landscape, entry: str) -> Landscape:
    return landscape.replacing(
        entries={name: e for name, e in landscape.entries.items() if name != entry},
        statements=tuple(s for s in landscape.statements if entry not in (s.source, s.target)),
        kind_of={name: kind for name, kind in landscape.kind_of.items() if name != entry},
    )


def opened(before: Landscape, after: Landscape, usable: tuple[str, ...] = ("full",)) -> set[PairId]:
    lost = (oracle.met(before) & oracle.expected(after)) - oracle.met(after, usable)
    return {PairId(*pair) for pair in lost}


@examples(60)
@given(landscapes())
def test_a_loss_opens_exactly_the_gaps_that_removing_it_opens(landscape: Landscape) -> None:
    found = {risk.name: risk for risk in risks(landscape)}
    losses = {str(s): without_edge(landscape, s.edge) for s in landscape.statements if s.support == "full"}
    losses |= {entry: without_entry(landscape, entry) for entry in landscape.entries}
    for name, after in losses.items():
        expected = opened(landscape, after)
        risk = found.pop(name, None)
        assert set(risk.opens if risk else ()) == expected, name
        if risk is not None:
            assert len(risk.opens) == len(set(risk.opens))
            assert set(risk.bridges) == opened(landscape, after, ("full", "partial", "experimental")), name
            pairs = [(gap.expectation, gap.source, gap.target) for gap in risk.opens]
            assert isclose(risk.weight, oracle.weight(landscape, pairs))
    assert not found
    weights = [(risk.status != "archived", -risk.weight) for risk in risks(landscape)]
    assert weights == sorted(weights)
