"""Every figure of the fast analysis equals "add the edge, recompute, count" with networkx."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from interop_landscape.analysis.gaps import GapFilter, Gaps
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Selector
from tests import oracle
from tests.strategies import examples, landscapes, small

LIVE = ("full", "partial", "experimental")
exact = examples(40)


def buildable_edges(landscape: Landscape) -> list[Edge]:
    """The edges that may be fixes: allowed, buildable, between active entries, not there in full."""
    relations = landscape.vocabulary.relations
    return [
        Edge(source, relation, target)
        for relation, defined in relations.items()
        if defined.buildable
        for source in landscape.entries
        for target in landscape.entries
        if landscape.allows(source, relation, target)
        and not landscape.is_archived(source)
        and not landscape.is_archived(target)
        and (
            Edge(source, relation, target) not in landscape.by_edge
            or landscape.by_edge[Edge(source, relation, target)].support != "full"
        )
        and oracle.is_asked(landscape, Edge(source, relation, target))
    ]


@exact
@given(landscapes())
def test_statuses_agree_with_plain_reachability(landscape: Landscape) -> None:
    expected, met = oracle.expected(landscape), oracle.met(landscape)
    live, formerly = oracle.met(landscape, LIVE), oracle.met(landscape, (*LIVE, "removed"))
    found = {(g.expectation, g.source, g.target): g for g in Gaps(landscape).top(None)}
    assert set(found) == expected - met
    for pair, gap in found.items():
        status = "weak" if pair in live else "regressed" if pair in formerly else "missing"
        assert gap.status == status
        assert (gap.route is not None) == (status == "weak")
        if gap.route is not None:
            assert gap.route.strength in ("partial", "experimental")
    tally = Gaps(landscape).tally()
    assert (tally.expected, tally.met) == (len(expected), len(met))
    score = oracle.weight(landscape, met) / oracle.weight(landscape, expected) if expected else None
    assert tally.score == score
    assert tally.weight == oracle.weight(landscape, expected)


@exact
@given(landscapes())
def test_unlocks_equal_adding_the_edge_and_counting_again(landscape: Landscape) -> None:
    met = oracle.met(landscape)
    listed = {f.edge: f for g in Gaps(landscape).top(None) for f in g.fixes}
    for edge in buildable_edges(landscape):
        closed = oracle.met(landscape.assuming([edge])) - met
        fix = listed.get(edge)
        assert (fix.unlocks if fix else 0) == oracle.weight(landscape, closed), edge
    assert set(listed) <= set(buildable_edges(landscape))


@exact
@given(landscapes())
def test_a_gap_lists_exactly_the_edges_that_close_it(landscape: Landscape) -> None:
    met = oracle.met(landscape)
    closers: dict[oracle.Pair, set[Edge]] = {}
    for edge in buildable_edges(landscape):
        for pair in oracle.met(landscape.assuming([edge])) - met:
            closers.setdefault(pair, set()).add(edge)
    gaps = Gaps(landscape)
    for gap in gaps.top(None):
        fixes = {f.edge for f in gap.fixes}
        assert fixes == closers.get((gap.expectation, gap.source, gap.target), set())
        assert gap.value == max((f.value for f in gap.fixes), default=0)
        assert [f.value for f in gap.fixes] == sorted((f.value for f in gap.fixes), reverse=True)
    values = [gap.value for gap in gaps.top(None)]
    assert values == sorted(values, reverse=True)
    assert [g.id for g in gaps.top(3)] == [g.id for g in gaps.top(None)][:3]
    assert [g.fixes for g in gaps.top(3, most_fixes=2)] == [g.fixes[:2] for g in gaps.top(3)]
    for entry in landscape.entries:
        mine = {g.id for g in gaps.top(None, GapFilter(ends=frozenset({entry})))}
        assert mine == {g.id for g in gaps.top(None) if entry in (g.source, g.target)}


@exact
@given(landscapes())
def test_confirmed_means_weak_or_closed_by_a_denied_edge(landscape: Landscape) -> None:
    met = oracle.met(landscape)
    denied = [s.edge for s in landscape.statements if s.support in ("none", "removed")]
    closable = set().union(*(oracle.met(landscape.assuming([edge])) - met for edge in denied))
    for gap in Gaps(landscape).top(None):
        confirmed = gap.status == "weak" or (gap.expectation, gap.source, gap.target) in closable
        assert gap.certainty == ("confirmed" if confirmed else "presumed")


@exact
@given(landscapes())
def test_precedent_is_what_a_person_would_count(landscape: Landscape) -> None:
    live = {s.edge for s in landscape.statements if s.live}
    for fix in {f for g in Gaps(landscape).top(None) for f in g.fixes}:
        shares = []
        for end, other, turned in ((fix.source, fix.target, False), (fix.target, fix.source, True)):
            others = [i for i, kind in landscape.kind_of.items() if kind == landscape.kind_of[end] and i != end]
            having = [i for i in others if ((other, fix.relation, i) if turned else (i, fix.relation, other)) in live]
            shares.append((1 + len(having)) / (2 + len(others)))
        assert math.isclose(fix.precedent, math.sqrt(shares[0] * shares[1]))
        assert math.isclose(fix.value, fix.unlocks * fix.precedent * fix.builds)


@exact
@given(landscapes(), st.data())
def test_adding_a_full_edge_never_adds_a_gap(landscape: Landscape, data: st.DataObject) -> None:
    edges = buildable_edges(landscape)
    if edges:
        assumed = landscape.assuming([data.draw(st.sampled_from(edges))])
        after = {gap.id for gap in Gaps(assumed).top(None)}
        assert after <= {gap.id for gap in Gaps(landscape).top(None)}


@exact
@given(landscapes(), st.randoms(use_true_random=False))
def test_order_of_entries_and_statements_changes_nothing(landscape: Landscape, random: object) -> None:
    from random import Random

    assert isinstance(random, Random)
    statements = list(landscape.statements)
    random.shuffle(statements)
    shuffled = landscape.replacing(statements=tuple(statements))
    assert Gaps(shuffled).top(None) == Gaps(landscape).top(None)


def test_a_pair_in_two_rectangles_of_an_edge_counts_once() -> None:
    """``v imports u`` would join s with t in two ways at once: random landscapes hardly ever hold such a case."""
    landscape = small(
        {"a": "framework", "s": "framework", "u": "framework", "t": "standard", "v": "runtime", "w": "runtime"},
        (
            ("s", "built-on", "u"),
            ("s", "built-on", "a"),
            ("a", "built-on", "u"),
            ("v", "exports", "t"),
            ("w", "exports", "t"),
            ("v", "delegates-to", "w"),
        ),
        ("built-on imports exports", "built-on built-on imports delegates-to exports"),
        Selector(kind=("framework",)),
        Selector(kind=("standard",)),
    )
    met = oracle.met(landscape)
    fixes = {str(f): f.unlocks for g in Gaps(landscape).top(None) for f in g.fixes}
    closed = oracle.met(landscape.assuming([Edge("v", "imports", "u")])) - met
    assert fixes["v imports u"] == len(closed) == 2
