"""The verdict on a pair is how `gaps` counts it, and a route for a model brings a model."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given

from interop_landscape import loading
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.verdict import Verdicts
from interop_landscape.landscape import Landscape
from tests.landscapes import FIXTURE, SNAPSHOT
from tests.strategies import examples, landscapes

RANK = ["yes", "in part", "no", "unknown"]


def counted(landscape: Landscape) -> dict[tuple[str, str], str]:
    """By pair that is expected by itself: the best that `gaps` says, for a model where that is asked for."""
    graphs = {name for name, cargo in landscape.vocabulary.cargo.items() if cargo.graph}
    said: dict[tuple[str, str], list[tuple[bool, int]]] = {}
    for pair in Gaps(landscape).pairs():
        answer = {"met": "yes", "weak": "in part"}.get(pair.status)
        answer = answer or ("no" if pair.certainty == "confirmed" else "unknown")
        if pair.id.target is not None:
            asks_no_graph = not graphs.intersection(landscape.expectations[pair.id.expectation].carrying)
            said.setdefault((pair.id.source, pair.id.target), []).append((asks_no_graph, RANK.index(answer)))
    return {ends: RANK[min(some)[1]] for ends, some in said.items()}


def agree(landscape: Landscape) -> Iterator[str]:
    """Holds the verdicts on all pairs that are expected against what `gaps` counts; the answers."""
    verdicts = Verdicts(landscape)
    some_of = {each.id for each in landscape.expectations.values() if each.need == "any"}
    for (source, target), answer in counted(landscape).items():
        if not any(asked.expectation in some_of for asked in verdicts.deciding(source, target)):
            found = verdicts.between(source, target, top=1)
            assert found.verdict.answer == answer, (source, target)
            assert (found.verdict.route is not None) == (answer in ("yes", "in part"))
            assert (found.verdict.denied is not None) == (answer == "no")
            yield answer


def test_verdicts_on_the_real_landscape_are_how_gaps_counts_all_pairs() -> None:
    assert {*agree(loading.load(SNAPSHOT))} == {*RANK}


def test_verdicts_on_the_fixture_are_how_gaps_counts_all_pairs() -> None:
    assert {*agree(loading.load(FIXTURE))} >= {"yes", "unknown"}


@examples(60)
@given(landscapes())
def test_verdicts_on_random_landscapes_are_how_gaps_counts_all_pairs(landscape: Landscape) -> None:
    graphs = {name for name, cargo in landscape.vocabulary.cargo.items() if cargo.graph}
    assert all(answer in RANK for answer in agree(landscape))
    verdicts = Verdicts(landscape)
    for source in landscape.entries:
        for target in landscape.entries:
            if source != target:
                verdict, routes, apart = verdicts.between(source, target, top=3)
                assert not apart or verdicts.asks_model(source, target)
                assert all(graphs.isdisjoint(route.carries) for route in apart)
                assert all(route.carries <= landscape.cargo_of(source) for route in (*routes, *apart))
                if verdicts.asks_model(source, target):
                    assert all(graphs & route.carries for route in routes)
                if verdict.answer == "yes":
                    assert verdict.route is None or verdict.route.strength == "full"
