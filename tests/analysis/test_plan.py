"""A plan's figures equal "add the edges, recompute, count", step by step."""

from __future__ import annotations

from itertools import combinations
from math import isclose, prod

from hypothesis import assume, given
from hypothesis import strategies as st

from interop_landscape import loading
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.joint import joint_fixes
from interop_landscape.analysis.plan import plan, restricted
from interop_landscape.analysis.risks import risks
from interop_landscape.analysis.series import best_series
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Selector
from tests import oracle
from tests.analysis.test_gaps_properties import buildable_edges
from tests.landscapes import FIXTURE, routes_of
from tests.strategies import PATTERNS, TODAY, examples, landscapes, small

# Routes that lead over one new edge twice are not looked for in series.
ONE_WAY = tuple(
    text
    for text in PATTERNS
    if all(text.count(relation) < 2 for relation in ("implements", "exports", "imports"))
    or text == "implements implements"
)


@examples(50)
@given(landscapes(), st.booleans())
def test_every_step_equals_adding_its_edges_and_counting_again(landscape: Landscape, confirmed_only: bool) -> None:
    made = plan(landscape, 4, confirmed_only=confirmed_only)
    now, everything = landscape, oracle.weight(landscape, oracle.expected(landscape))
    for step in made.steps:
        edges = [fix.edge for fix in step.edges]
        confirmed = {gap.pair for gap in Gaps(now).top(None) if gap.certainty == "confirmed"}
        assumed = now.assuming(edges)
        closed = oracle.met(assumed) - oracle.met(now)
        assert set(step.closes) == {PairId(*pair) for pair in closed}
        counted = [pair for pair in closed if not confirmed_only or PairId(*pair) in confirmed]
        assert step.unlocks == oracle.weight(landscape, counted) > 0
        assert isclose(step.value, step.unlocks * prod(fix.factor for fix in step.fixes))
        if not confirmed_only:
            singles = [fix.value for gap in Gaps(now).top(None) for fix in gap.fixes]
            best = max([0.0, *singles, *(fix.value for fix in joint_fixes(Gaps(now)))])
            if len(step.fixes) == 1:
                assert isclose(step.value, best)
            else:
                assert step.value > 2 * best
        now = assumed
        assert step.score is not None
        assert isclose(step.score, oracle.weight(now, oracle.met(now)) / everything)
    last = Gaps(now).tally()
    assert (made.after.met, made.after.expected, made.after.score) == (last.met, last.expected, last.score)


@examples(30)
@given(landscapes(ONE_WAY))
def test_a_plan_ends_only_where_neither_an_edge_nor_two_in_series_would_help(landscape: Landscape) -> None:
    assume(len(buildable_edges(landscape)) <= 60)
    made = plan(landscape, 30)
    assume(len(made.steps) < 30)
    edges = [e.edge for step in made.steps for e in step.edges]
    end = Gaps(landscape.assuming(edges))
    left = buildable_edges(end.landscape)
    assert not any(end.closed_by([*pair]) for pair in combinations(left, 2))


@examples(30)
@given(landscapes(ONE_WAY))
def test_the_best_series_is_the_best_of_all_pairs(landscape: Landscape) -> None:
    edges = buildable_edges(landscape)
    assume(1 < len(edges) <= 40)
    gaps = Gaps(landscape)
    single = gaps.best_fix()
    bar = 2 * (single.value if single else 0.0)
    best = 0.0
    for pair in combinations(edges, 2):
        together = {gap for each, mask in gaps.closed_by([*pair]) for gap in gaps.ids(each, mask)}
        apart = {gap for edge in pair for each, mask in gaps.closed_by([edge]) for gap in gaps.ids(each, mask)}
        if together - apart:
            weight = oracle.weight(landscape, ((gap.expectation, gap.source, gap.target) for gap in together))
            best = max(best, weight * prod(gaps.fix(edge, 0.0).factor for edge in pair))
    series = best_series(gaps, bar / 2)
    assert isclose(series.value if series else 0.0, best if best > bar else 0.0)


@examples(40)
@given(landscapes(), st.data())
def test_edges_laid_together_close_what_counting_again_says(landscape: Landscape, data: st.DataObject) -> None:
    edges = buildable_edges(landscape)
    assume(edges)
    chosen = data.draw(st.lists(st.sampled_from(edges), min_size=1, max_size=3, unique=True))
    gaps = Gaps(landscape)
    together = {gap for each, mask in gaps.closed_by(chosen) for gap in gaps.ids(each, mask)}
    closed = oracle.met(landscape.assuming(chosen)) - oracle.met(landscape)
    assert together == {PairId(*pair) for pair in closed}


def test_two_edges_in_series_are_one_step_where_single_ones_are_poor() -> None:
    """Neither exporting nor importing the standard closes anything alone."""
    landscape = small(
        {"f0": "framework", "f1": "framework", "f2": "framework", "r0": "runtime", "s0": "standard", "b0": "backend"},
        (("r0", "runs-on", "b0"),),
        ("exports imports delegates-to* runs-on",),
        Selector(entries=("f0",)),
        Selector(kind=("backend",)),
    )
    (step,) = plan(landscape, 5).steps
    assert [str(edge) for edge in step.edges] == ["f0 exports s0", "r0 imports s0"]
    assert step.closes == (PairId("rule", "f0", "b0"),)
    assert (step.unlocks, step.score) == (1.0, 1.0)
    assert isclose(step.value, prod(edge.factor for edge in step.edges))


def test_two_edges_that_lead_back_to_where_the_first_starts_are_found() -> None:
    """A plan counts a route that returns like any other: docs/decisions/0001-routes-that-return.md."""
    landscape = small(
        {"f0": "framework", "r0": "runtime", "r1": "runtime", "s0": "standard", "b0": "backend"},
        (("f0", "runs-on", "b0"), ("r0", "exports", "s0"), ("r0", "imports", "f0"), ("r1", "exports", "s0")),
        ("exports imports delegates-to* runs-on",),
        Selector(kind=("framework",)),
        Selector(kind=("framework", "backend")),
    )
    there_and_back = [Edge("f0", "exports", "s0"), Edge("f0", "imports", "s0")]
    made = plan(landscape, 30)
    closed = {gap for step in made.steps for gap in step.closes}
    assert closed == {PairId("rule", "f0", "b0")}
    assert oracle.met(landscape.assuming(there_and_back)) == {("rule", "f0", "b0")}
    edges = [Edge(e.source, e.relation, e.target) for step in made.steps for e in step.edges]
    end = Gaps(landscape.assuming(edges))
    assert not any(end.closed_by([*pair]) for pair in combinations(buildable_edges(end.landscape), 2))


def test_a_route_that_returns_is_counted_everywhere_and_not_listed_by_path() -> None:
    """The same rule holds for one edge as for two, and for pairs that are met; `path` alone leaves such routes out."""
    landscape = small(
        {"f0": "framework", "s0": "standard", "b0": "backend"},
        (("f0", "runs-on", "b0"), ("f0", "imports", "s0")),
        ("exports imports runs-on",),
        Selector(kind=("framework",)),
        Selector(kind=("backend",)),
    )
    (step,) = plan(landscape, 5).steps
    assert [str(edge) for edge in step.edges] == ["f0 exports s0"]
    assumed = landscape.assuming([Edge("f0", "exports", "s0")])
    assert oracle.met(assumed) == {("rule", "f0", "b0")}
    assert Gaps(assumed).standing() == {PairId("rule", "f0", "b0"): "met"}
    assert {risk.name for risk in risks(assumed)} >= {"f0 exports s0", "f0 imports s0", "f0 runs-on b0"}
    assert routes_of(assumed, "f0", ["b0"], top=5) == []


def test_a_plan_of_some_sides_and_sources_counts_only_these() -> None:
    landscape = loading.load(FIXTURE, today=TODAY)
    south = restricted(landscape, ["south"], ["beta"])
    assert {gap.expectation for step in plan(south, 9).steps for gap in step.closes} <= {
        name for name, e in landscape.expectations.items() if e.side == "south"
    }
    assert {g.source for g in Gaps(south).top(None)} <= {"beta"}
    assert [g.id for g in Gaps(south).top(None)] == [
        g.id for g in Gaps(landscape).top(None) if g.side == "south" and g.source == "beta"
    ]
