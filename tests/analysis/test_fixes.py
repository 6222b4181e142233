"""Fixes, single and joint: each equals "add all of its edges, recompute, count", and each gap stands under its best."""

from __future__ import annotations

from dataclasses import replace
from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interop_landscape.analysis import tables, unlocks
from interop_landscape.analysis.fixes import Fixes
from interop_landscape.analysis.gaps import GapFilter, Gaps, Rank
from interop_landscape.analysis.plan import plan
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record, Selector, StageEntry, Steward
from tests import oracle
from tests.analysis.test_gaps_properties import buildable_edges
from tests.strategies import TODAY, VOCABULARY, examples, landscapes, small, statement

FRAMEWORKS = ("equinox", "flax", "jax")
EXPORTS = tuple(f"{name} exports onnx" for name in FRAMEWORKS)
HOSTED = Edge("host", "runs-on", "npu")


@examples(60)
@given(landscapes(), st.data())
def test_every_fix_equals_adding_its_edges_and_counting_again(landscape: Landscape, data: st.DataObject) -> None:
    tools = st.sampled_from([None, "tool", "tool", "f0"])
    landscape = landscape.replacing(statements=tuple(replace(s, by=data.draw(tools)) for s in landscape.statements))
    fixes = Fixes(Gaps(landscape))
    every = fixes.top(None)
    now = oracle.met(landscape)
    for one in every:
        closed = oracle.met(landscape.assuming(one.fix.laid)) - now
        assert set(one.closes) == {PairId(*pair) for pair in closed}
        assert one.fix.unlocks == oracle.weight(landscape, closed) > 0
        assert sum(count for _, count in one.helps) <= len(closed)
        if one.fix.is_joint:
            assert one.fix.value >= max(edge.value for edge in one.fix.edges)
            assert {landscape.by_edge[edge].by for edge in one.fix.laid} == {one.fix.by}
            assert len({(edge.relation, edge.target) for edge in one.fix.laid}) == 1
    values = [one.fix.value for one in every]
    assert values == sorted(values, reverse=True)
    closing = {edge for edge in buildable_edges(landscape) if oracle.met(landscape.assuming([edge])) - now}
    listed = [edge for one in every for edge in one.fix.laid]
    assert closing <= set(listed)
    assert len(listed) == len(set(listed))
    assert len(fixes) == len(every)
    assert [one.closes for one in fixes.top(2)] == [one.closes for one in every[:2]]


@examples(60)
@given(landscapes(), st.sampled_from(["value", "unlocks"]), st.integers(1, 3))
def test_counting_part_by_part_changes_nothing(landscape: Landscape, rank: Rank, top: int) -> None:
    """Large landscapes are counted in blocks, the most promising first and not all of them, by other products."""

    def found() -> tuple[object, ...]:
        gaps = Gaps(landscape, rank=rank)
        fixes = Fixes(gaps)
        groups = [(group.listed, [gap.id for gap in group.gaps]) for group in fixes.groups(top)]
        return fixes.top(top), groups, len(fixes), gaps.best_fix(), gaps.top(top), gaps.top(None)

    at_once = found()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(unlocks, "_AT_ONCE", 1)
        patched.setattr(unlocks, "_BLOCK", 1)
        patched.setattr(tables, "_SPARSE", 0)
        assert found() == at_once


@examples(40)
@given(landscapes(), st.booleans())
def test_no_edge_is_worth_more_than_its_source_promises(landscape: Landscape, by_unlocks: bool) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(unlocks, "_AT_ONCE", 1)
        for candidates in Gaps(landscape).candidates:
            left = np.count_nonzero(candidates.tables(candidates.sources)[0])
            for promise, sources in candidates.foremost_first(by_unlocks=by_unlocks):
                closed, factor = candidates.tables(sources)
                assert (closed * (factor > 0 if by_unlocks else factor) <= promise).all()
                left -= np.count_nonzero(closed)
            assert left == 0


@examples(40)
@given(landscapes())
def test_filters_keep_what_closes_a_wanted_gap_and_groups_hold_each_gap_once(landscape: Landscape) -> None:
    gaps = Gaps(landscape)
    wanted = GapFilter(sources=frozenset({"f0"}), statuses=frozenset({"missing", "regressed"}))
    gap_ids = {gap.pair for gap in gaps.top(None, wanted)}
    fixes = Fixes(gaps, wanted)
    kept = [str(one.fix) for one in Fixes(gaps).top(None) if gap_ids.intersection(one.closes)]
    assert [str(one.fix) for one in fixes.top(None)] == kept
    assert len(fixes) == len(kept)
    groups = fixes.groups(None)
    held = [gap.id for group in groups for gap in group.gaps]
    assert sorted(map(str, held)) == sorted(map(str, gap_ids))
    for group in groups:
        for gap in group.gaps:
            first = next((one for one in fixes.top(None) if gap.id in one.closes), None)
            assert (first and first.fix) == (group.listed and group.listed.fix)


def exporting(support: str = "partial", by: str | None = "jax2onnx") -> Landscape:
    """Three frameworks whose exports are in part and by one tool, and a runtime that would run them."""
    landscape = small(
        dict.fromkeys(FRAMEWORKS, "framework") | {"onnx": "standard", "run": "runtime", "npu": "backend"},
        (("run", "imports", "onnx"), ("run", "runs-on", "npu")),
        ("exports imports runs-on",),
        Selector(kind=("framework",)),
        Selector(kind=("backend",)),
    )
    exports = tuple(statement(name, "exports", "onnx", support, by=by) for name in FRAMEWORKS)
    return landscape.replacing(statements=(*exports, *landscape.statements))


@pytest.mark.parametrize("support", ["partial", "experimental"])
def test_what_one_tool_would_bring_is_one_fix_and_one_step(support: str) -> None:
    landscape = exporting(support)
    (step,) = plan(landscape, 5).steps
    assert tuple(str(edge) for edge in step.edges) == EXPORTS
    closed = oracle.met(landscape.assuming(edge.edge for edge in step.edges)) - oracle.met(landscape)
    assert {PairId(*pair) for pair in closed} == set(step.closes)
    assert step.unlocks == len(closed) == 3
    assert isclose(step.value, 3 * max(edge.precedent for edge in step.edges))
    (group,) = Fixes(Gaps(landscape)).groups(5)
    assert group.listed is not None
    assert group.listed.fix.is_joint
    assert len(group.gaps) == 3


def test_another_tool_nobody_or_a_full_edge_makes_no_joint_fix() -> None:
    landscape = exporting(by=None)
    assert [len(step.edges) for step in plan(landscape, 5).steps] == [1, 1, 1]
    one_each = tuple(replace(s, by=s.source) for s in exporting().statements)
    assert [len(step.edges) for step in plan(landscape.replacing(statements=one_each), 5).steps] == [1, 1, 1]
    full = tuple(replace(s, support="full") if s.source == "jax" else s for s in exporting().statements)
    (step,) = plan(landscape.replacing(statements=full), 5).steps
    assert tuple(str(edge) for edge in step.edges) == EXPORTS[:2]


def test_what_one_vendor_makes_is_no_joint_fix_unless_it_is_an_entry() -> None:
    """A vendor makes a plugin for each framework, and one of them does not bring the other."""
    vendors = {**VOCABULARY.stewards, "jax2onnx": Steward(name="X"), "run": Steward(name="Y")}
    by_vendor = exporting().replacing(vocabulary=replace(VOCABULARY, stewards=vendors))
    assert [one.fix.is_joint for one in Fixes(Gaps(by_vendor)).top(None)] == [False] * 3
    by_entry = exporting(by="run").replacing(vocabulary=by_vendor.vocabulary)
    assert [one.fix.is_joint for one in Fixes(Gaps(by_entry)).top(None)] == [True]


def test_a_joint_fix_is_as_likely_as_the_entry_that_its_tool_is() -> None:
    """Where that builds little, each edge by itself is worth more, and stands by itself."""
    landscape = exporting(by="run")
    quiet = landscape.replacing(
        entries={**landscape.entries, "run": replace(landscape.entries["run"], status="maintenance")}
    )
    assert [one.fix.is_joint for one in Fixes(Gaps(landscape)).top(None)] == [True]
    assert [one.fix.builder for one in Fixes(Gaps(landscape)).top(None)] == ["run"]
    assert [one.fix.builder for one in Fixes(Gaps(quiet)).top(None)] == list(FRAMEWORKS)


def test_what_was_declined_is_in_no_joint_fix_and_in_no_plan_and_stands_last() -> None:
    landscape = exporting()
    step = StageEntry(stage="declined", day=TODAY, url="https://x.org/1", note=None)
    record = Record(id="no", path="", title="No", closes=(EXPORTS[0],), stages=(step,))
    landscape = landscape.replacing(records={"no": record}, vocabulary=VOCABULARY)
    *others, last = Fixes(Gaps(landscape)).top(None)
    assert [str(one.fix) for one in others] == ["; ".join(EXPORTS[1:])]
    assert (str(last.fix), last.fix.declined, last.fix.value) == (EXPORTS[0], "no", 0.0)
    assert [[str(edge) for edge in step.edges] for step in plan(landscape, 5).steps] == [list(EXPORTS[1:])]


def hosting(support: str, *takes: str) -> Landscape:
    """Two frameworks hand a format each to a host, which is stated to run on a backend what came in as some formats."""
    landscape = small(
        {"ada": "framework", "bea": "framework", "onyx": "standard", "pyra": "standard", "host": "runtime"}
        | {"npu": "backend"},
        (
            ("ada", "exports", "onyx"),
            ("bea", "exports", "pyra"),
            ("host", "imports", "onyx"),
            ("host", "imports", "pyra"),
        ),
        ("exports imports runs-on",),
        Selector(kind=("framework",)),
        Selector(kind=("backend",)),
    )
    stated = statement("host", "runs-on", "npu", support, takes=takes)
    return landscape.replacing(statements=(*landscape.statements, stated))


@pytest.mark.parametrize("support", ["none", "removed", "partial", "experimental"])
@pytest.mark.parametrize(
    ("takes", "sources"),
    [((), ["ada", "bea"]), (("onyx",), ["ada"]), (("pyra", "onyx"), ["ada", "bea"]), (("host",), [])],
    ids=["everything", "one", "both", "neither"],
)
def test_a_stated_edge_closes_as_a_fix_what_it_takes(support: str, takes: tuple[str, ...], sources: list[str]) -> None:
    """As `assuming` does, and whichever support it has today."""
    landscape = hosting(support, *takes)
    closed = oracle.met(landscape.assuming([HOSTED])) - oracle.met(landscape)
    assert [source for _, source, _ in sorted(closed, key=str)] == sources
    listed = {str(one.fix): one.closes for one in Fixes(Gaps(landscape)).top(None)}
    assert listed.get(str(HOSTED), ()) == tuple(PairId("rule", source, "npu") for source in sources)
    gaps = {gap.source: gap for gap in Gaps(landscape).top(None)}
    assert [name for name, gap in sorted(gaps.items()) if HOSTED in [fix.edge for fix in gap.fixes]] == sources
    assert [name for name, gap in sorted(gaps.items()) if gap.certainty == "confirmed"] == sources
    assert {name: gap.value > 0 for name, gap in gaps.items()} == {name: name in sources for name in ("ada", "bea")}


@pytest.mark.parametrize(("takes", "closes"), [("pyra", ["bea"]), ("onyx", ["ada"])], ids=["taken", "not taken"])
def test_two_edges_together_close_what_the_second_takes_of_the_first(takes: str, closes: list[str]) -> None:
    landscape = hosting("none", takes)
    imports = Edge("host", "imports", "pyra")
    landscape = landscape.replacing(statements=tuple(s for s in landscape.statements if s.edge != imports))
    gaps = Gaps(landscape)
    together = gaps.closed_by([imports, HOSTED])
    assert [pair.source for each, mask in together for pair in gaps.ids(each, mask)] == closes
    after = oracle.met(landscape.assuming([imports, HOSTED])) - oracle.met(landscape)
    assert [source for _, source, _ in after] == closes


@pytest.mark.parametrize(("takes", "fixes"), [("onyx", ["ada implements onyx"]), ("pyra", [])], ids=["taken", "not"])
def test_an_edge_there_and_back_closes_what_is_taken_of_whoever_comes_back(takes: str, fixes: list[str]) -> None:
    """It leads to a further node of the entry that it started from: docs/decisions/0001-routes-that-return.md."""
    landscape = small(
        {"ada": "framework", "onyx": "standard", "npu": "backend", "pyra": "standard"},
        (),
        ("implements implements runs-on",),
        Selector(kind=("framework",)),
        Selector(kind=("backend",)),
    )
    akin = {
        name: replace(one, tags=("t",) if name in ("ada", "onyx") else ()) for name, one in landscape.entries.items()
    }
    landscape = landscape.replacing(entries=akin, statements=(statement("ada", "runs-on", "npu", takes=(takes,)),))
    assert [str(one.fix) for one in Fixes(Gaps(landscape)).top(None)] == fixes
    (gap,) = Gaps(landscape).top(None)
    assert [str(fix) for fix in gap.fixes] == fixes
