"""Levels of conformance: of statements, connections and entries, held against routes that are looked at one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.analysis import conformance
from interop_landscape.analysis.conformance import (
    COVERED,
    EVIDENCED,
    NOT_MET,
    STATED,
    VERIFIED,
    Conformance,
    Conforming,
    statement_level,
)
from interop_landscape.analysis.routes import RouteFinder, rule_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from tests.landscapes import with_results
from tests.specification import specified


@pytest.fixture
def landscape(tmp_path: Path) -> Landscape:
    return loading.load(specified(tmp_path))


def changed(landscape: Landscape, edge: str, **values: object) -> Landscape:
    """The landscape with another statement of an edge."""
    statements = tuple(replace(s, **values) if str(s) == edge else s for s in landscape.statements)  # type: ignore[arg-type]
    assert statements != landscape.statements
    return landscape.replacing(statements=statements)


def of(landscape: Landscape, entry: str) -> Conformance:
    return Conforming(landscape).of(landscape.entries[entry])


def levels(found: Conformance) -> dict[str, int]:
    return {one.id: one.level for one in found.standings}


def verified(landscape: Landscape, *edges: str, outcome: str = "pass") -> Landscape:
    """The landscape in which a probe has just shown these edges."""
    for edge in edges:
        landscape = changed(landscape, edge, probe="seen")
    return with_results(landscape, {"seen": outcome})


def test_what_is_not_full_or_stale_is_stated_and_what_ran_is_verified(landscape: Landscape) -> None:
    edge = "alpha runs-on gpu"

    def level(landscape: Landscape) -> int:
        return statement_level(landscape.by_edge[landscape.parse_edge(edge)], landscape, 0.9)

    assert level(landscape) == EVIDENCED
    assert level(changed(landscape, edge, support="partial", limits="not all")) == STATED
    assert level(changed(landscape, edge, checked=landscape.today - timedelta(days=366))) == STATED
    assert level(changed(landscape, edge, support="none")) == NOT_MET
    assert level(verified(landscape, edge)) == VERIFIED
    assert level(verified(landscape, edge, outcome="fail")) == EVIDENCED


def test_a_suite_covers_a_statement_from_its_share_on(landscape: Landscape, monkeypatch: pytest.MonkeyPatch) -> None:
    assert levels(of(landscape, "runner")) == {"FIX-SO-03": EVIDENCED}
    for share, expected in ((0.9, COVERED), (0.89, EVIDENCED)):

        def counted(statement: Statement, landscape: Landscape, share: float = share) -> float | None:
            return share if str(statement) == "runner imports exch" else None

        monkeypatch.setattr(conformance, "coverage_share", counted)
        found = of(landscape, "runner")
        assert (levels(found)["FIX-SO-03"], found.standings[0].ceiling) == (expected, COVERED)
        assert found.level == expected


def test_a_connection_is_as_good_as_its_best_route(landscape: Landscape) -> None:
    landscape = verified(landscape, "alpha runs-on gpu", "beta built-on alpha")
    conforming = Conforming(landscape)
    finder = RouteFinder(landscape)
    assert landscape.specification is not None
    compared = 0
    for entry in ("alpha", "beta"):
        expectation = landscape.expectations["compute"]
        rule = rule_of(expectation.routes.values(), expectation.carrying)
        for part in next(s for s in conforming.of(landscape.entries[entry]).standings if s.id == "FIX-SO-01").parts:
            assert part.other is not None
            routes = finder.find([rule], entry, [part.other], top=50)
            weakest = [min(_level(hop.statement, landscape) for hop in route.hops) for route in routes]
            best = max(weakest, default=NOT_MET)
            assert part.level == best, (entry, part)
            compared += 1
    assert compared == 6
    assert levels(of(landscape, "beta"))["FIX-SO-01"] == VERIFIED


def _level(statement: Statement, landscape: Landscape) -> int:
    return min(statement_level(statement, landscape, 0.9), VERIFIED)


def test_an_entry_has_the_level_that_every_must_reaches(landscape: Landscape) -> None:
    alpha = of(landscape, "alpha")
    assert levels(alpha) == {"FIX-GN-01": VERIFIED, "FIX-SO-01": EVIDENCED, "FIX-SO-02": NOT_MET}
    assert (alpha.level, alpha.reached) == (EVIDENCED, 2)  # a SHOULD that is not met takes no level away
    ran = of(verified(landscape, "alpha runs-on gpu"), "alpha")
    assert (ran.level, ran.reached) == (VERIFIED, 2)
    lost = changed(landscape, "alpha runs-on gpu", support="none")
    lost = changed(lost, "alpha exports exch", support="none")
    found = of(lost, "alpha")
    assert (levels(found)["FIX-SO-01"], found.level, found.reached) == (NOT_MET, NOT_MET, 1)


def test_what_cannot_be_tested_holds_nobody_back(landscape: Landscape) -> None:
    runner = of(verified(landscape, "runner imports exch"), "runner")
    assert runner.level == VERIFIED  # it may show more than the specification knows a test of
    assert of(landscape, "runner").level == EVIDENCED
    assert of(landscape, "runner").standings[0].ceiling == EVIDENCED
    assert of(landscape, "runner").reached == 1


def test_claims_are_told_for_a_year_and_never_counted(landscape: Landscape) -> None:
    alpha = of(landscape.replacing(today=date(2026, 11, 30)), "alpha")
    assert [(claim.level, holds) for claim, holds in alpha.claims] == [("verified", True), ("covered", False)]
    assert alpha.level == EVIDENCED
    later = of(landscape.replacing(today=date(2027, 11, 3)), "alpha")
    assert [holds for _, holds in later.claims] == [False, False]
    without = replace(landscape.entries["alpha"], claims=())
    assert (
        of(landscape.replacing(entries={**landscape.entries, "alpha": without}), "alpha").standings
        == of(landscape, "alpha").standings
    )


def test_archived_entries_and_landscapes_without_a_specification_are_asked_nothing(landscape: Landscape) -> None:
    assert of(landscape, "omega").standings == ()
    bare = of(landscape.replacing(specification=None), "alpha")
    assert (bare.standings, bare.level, bare.share) == ((), NOT_MET, None)
