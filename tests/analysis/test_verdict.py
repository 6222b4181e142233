"""The verdict on a pair is how `gaps` counts it, and a route for a model brings a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given

from interop_landscape import loading
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.nearest import nearest_misses
from interop_landscape.analysis.verdict import Verdicts
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Selector
from tests.landscapes import FIXTURE, SNAPSHOT
from tests.strategies import VOCABULARY, examples, landscapes, small, statement

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
                verdict, routes, apart, _ = verdicts.between(source, target, top=3)
                assert not apart or verdicts.asks_model(source, target)
                assert all(graphs.isdisjoint(route.carries) for route in apart)
                # What the first says of the second stands before the routes, whatever crosses, and whichever way.
                searched = [route for route in routes if len(route.hops) > 1 or verdict.expectation]
                assert all(route.carries <= landscape.cargo_of(source) for route in (*searched, *apart))
                if verdicts.asks_model(source, target):
                    assert all(graphs & route.carries for route in searched)
                if verdict.answer == "yes":
                    assert verdict.route is None or verdict.route.strength == "full"


def crossing(import_support: str, into: str = "framework") -> Landscape:
    """``ada → onyx → bea → npu``, where `bea` takes in the format by an import of some support."""
    landscape = small(
        {"ada": "framework", "onyx": "standard", "bea": into, "npu": "backend"},
        (("ada", "exports", "onyx"), ("bea", "runs-on", "npu")),
        ("exports imports runs-on",),
        Selector(entries=("ada",)),
        Selector(kind=("backend",)),
    )
    return landscape.replacing(statements=(*landscape.statements, statement("bea", "imports", "onyx", import_support)))


@pytest.mark.parametrize(
    ("support", "into", "answer", "arrives"),
    [
        ("full", "framework", "yes", "yes"),
        ("partial", "framework", "unknown", "in part"),
        ("experimental", "framework", "unknown", "in part"),
        ("partial", "runtime", "in part", "in part"),
    ],
)
def test_nobody_carries_a_model_on_from_a_framework_where_it_arrived_in_part(
    support: str, into: str, answer: str, arrives: str
) -> None:
    verdicts = Verdicts(crossing(support, into))
    assert verdicts.between("ada", "npu", top=1).verdict.answer == answer
    # What nobody expects is judged by what some expectation would count, and the beginning of a route is one.
    assert verdicts.between("ada", "bea", top=1).verdict.answer == arrives
    misses = [edge for edge, _, _ in nearest_misses(verdicts.landscape, "ada", "npu")]
    assert (misses[:1] == ["bea imports onyx"]) == (answer == "unknown")


def test_of_a_format_without_graphs_none_is_asked() -> None:
    landscape = small(
        {"ada": "framework", "bin": "standard", "onyx": "standard", "run": "runtime", "npu": "backend"},
        (("run", "imports", "bin"), ("run", "imports", "onyx"), ("run", "runs-on", "npu")),
        ("exports imports runs-on", "imports runs-on"),
        Selector(kind=("framework",)),
        Selector(kind=("backend",)),
    )
    carries = {"bin": ("weights",), "onyx": ("graph", "weights"), "run": ("weights",)}
    entries = {name: replace(one, carries=carries.get(name, ())) for name, one in landscape.entries.items()}
    asks = {"rule": replace(landscape.expectations["rule"], carrying=("graph", "weights"))}
    verdicts = Verdicts(landscape.replacing(entries=entries, expectations=asks, vocabulary=VOCABULARY))
    assert verdicts.between("bin", "npu", top=1).verdict.answer == "yes"
    assert verdicts.between("onyx", "npu", top=1).verdict.answer == "unknown"


def answer(landscape: Landscape, source: str, target: str) -> str:
    """The answer on a pair."""
    return Verdicts(landscape).between(source, target, top=1).verdict.answer


def test_what_a_library_does_for_a_framework_it_does_not_do_for_another_sort_of_entry() -> None:
    landscape = small(
        {
            "ada": "framework",
            "bo": "framework",
            "kit": "project",
            "tool": "project",
            "meta": "standard",
            "call": "standard",
        },
        (
            *((one, "built-on", "kit") for one in ("ada", "bo", "tool")),
            *(("kit", "implements", one) for one in ("meta", "call")),
        ),
        ("built-on implements",),
        Selector(entries=("ada",)),
        Selector(entries=("meta",)),
    )
    entries = {name: replace(one, aspect={"meta": "metadata"}.get(name)) for name, one in landscape.entries.items()}
    landscape = landscape.replacing(entries=entries)
    assert answer(landscape, "ada", "meta") == "yes"  # expected
    assert answer(landscape, "bo", "meta") == "yes"  # of the sort that is expected
    assert answer(landscape, "tool", "meta") == "unknown"
    assert answer(landscape, "bo", "call") == "unknown"  # a standard of another aspect
    assert answer(landscape, "tool", "kit") == "yes"  # one edge is a route from anywhere


def test_a_model_goes_from_any_entry_but_those_that_an_expectation_excepts() -> None:
    landscape = small(
        {
            "ada": "framework",
            "kim": "framework",
            "base": "framework",
            "kit": "project",
            "run": "runtime",
            "npu": "backend",
        },
        (
            *((one, "built-on", "base") for one in ("ada", "kim", "kit")),
            ("base", "delegates-to", "run"),
            ("run", "runs-on", "npu"),
        ),
        ("built-on+ delegates-to runs-on",),
        Selector(kind=("framework",), except_=("kim",)),
        Selector(kind=("backend",)),
    )
    asks = {"rule": replace(landscape.expectations["rule"], carrying=("graph",))}
    landscape = landscape.replacing(expectations=asks)
    assert [answer(landscape, one, "npu") for one in ("ada", "kit", "kim")] == ["yes", "yes", "unknown"]
    assert [answer(landscape, one, "run") for one in ("ada", "kit", "kim")] == ["yes", "yes", "unknown"]


def test_where_nothing_leads_there_it_is_told_what_leads_back() -> None:
    verdicts = Verdicts(crossing("full"))
    there, back = verdicts.between("bea", "npu", top=1), verdicts.between("npu", "bea", top=1)
    assert (there.verdict.answer, there.back) == ("yes", [])
    assert back.verdict.answer == "unknown"
    assert [route.stops for route in back.back] == [("bea", "npu")]


def test_nobody_is_pointed_to_an_edge_of_a_sort_that_there_is_nowhere() -> None:
    landscape = small(
        {"ada": "framework", "bo": "framework", "npu": "backend", "disk": "backend"},
        (("bo", "runs-on", "npu"),),
        ("runs-on",),
        Selector(kind=("framework",)),
        Selector(kind=("backend",)),
    )
    resources = {"npu": "compute", "disk": "storage"}
    entries = {name: replace(one, resource=resources.get(name)) for name, one in landscape.entries.items()}
    landscape = landscape.replacing(entries=entries)
    assert [edge for edge, _, _ in nearest_misses(landscape, "ada", "npu")] == ["ada runs-on npu"]
    assert nearest_misses(landscape, "ada", "disk") == []


def test_for_a_pair_that_nobody_expects_a_miss_is_what_one_could_say_of_the_other() -> None:
    """A launcher is not one export away from a chip, however many formats lead there."""
    landscape = small(
        {"bo": "framework", "lab": "runtime", "ann": "runtime", "ben": "runtime", "cy": "runtime", "npu": "backend"},
        (
            *(("lab", "delegates-to", engine) for engine in ("ann", "ben")),
            ("bo", "delegates-to", "cy"),
            ("cy", "runs-on", "npu"),
        ),
        ("delegates-to runs-on",),
        Selector(kind=("framework",)),
        Selector(kind=("backend",)),
    )
    assert [edge for edge, _, _ in nearest_misses(landscape, "lab", "cy")] == ["lab delegates-to cy"]
    assert nearest_misses(landscape, "lab", "npu") == []
    assert nearest_misses(landscape, "bo", "ann") == []


@pytest.mark.parametrize("top", [1, 5])
def test_a_longer_route_in_full_comes_before_what_one_says_of_the_other_in_part(top: int) -> None:
    landscape = small(
        {"lab": "framework", "ann": "runtime", "cy": "runtime", "onyx": "standard"},
        (("lab", "exports", "onyx"), ("ann", "imports", "onyx"), ("lab", "delegates-to", "ann")),
        ("exports imports",),
        Selector(kind=("framework",)),
        Selector(entries=("cy",)),
    )
    weaker = tuple(replace(s, support="partial") if s.relation == "delegates-to" else s for s in landscape.statements)
    for statements, first in ((landscape.statements, ("lab", "ann")), (weaker, ("lab", "onyx", "ann"))):
        found = Verdicts(landscape.replacing(statements=statements)).between("lab", "ann", top=top)
        assert (found.verdict.answer, found.routes[0].stops) == ("yes", first)
