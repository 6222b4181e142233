"""Four marks that differ in shape, wherever a pair is shown, and a cell that answers when it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from interop_landscape import loading, phrases
from interop_landscape.analysis.gaps import Gaps
from tests.landscapes import SNAPSHOT
from tests.site.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("status", "certainty", "standing"),
    [
        ("met", None, "works"),
        ("weak", "confirmed", "part"),
        ("missing", "confirmed", "absent"),
        ("regressed", "confirmed", "absent"),
        ("missing", "presumed", "unsaid"),
    ],
)
def test_a_pair_stands_in_one_of_four_ways(status: str, certainty: str | None, standing: str) -> None:
    assert phrases.standing(status, certainty) == standing
    assert len({mark for mark, _, _ in phrases.STANDING.values()}) == 4


def test_matrices_tell_what_was_looked_for_from_what_nobody_has_said(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}southbound/")
    legend = page.locator(".ls-legend").inner_text()
    marks = {standing: mark for standing, (mark, _, _) in phrases.STANDING.items()}
    assert all(f"{mark} {phrases.STANDING[one][1]}" in legend for one, mark in marks.items())
    pairs = {
        (pair.id.source, pair.id.target): pair
        for pair in Gaps(loading.load(SNAPSHOT)).pairs()
        if pair.id.expectation == "compute"
    }
    seen = set()
    for (source, target), pair in pairs.items():
        standing = phrases.standing(pair.status, None if pair.met else pair.certainty)
        if standing in seen:
            continue
        seen.add(standing)
        table = "table[data-expectation='compute']"
        known = f"{table} a[href*='/{source}/'][href$='#to-compute-{target}']"
        cell = page.locator(f"{known}, {table} a[href*='from={source}&to={target}&for=compute']")
        expect(cell.locator("span").first).to_have_text(marks[standing])
    assert seen == set(marks)


def test_a_cell_without_a_route_says_what_is_known(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}southbound/")
    absent = page.locator(f"td.ls-missing a:has(span:text-is('{phrases.STANDING['absent'][0]}'))").first
    absent.click()
    page.wait_for_url("**/paths/?from=*&to=*")
    expect(page.locator("[data-routes] .ls-verdict")).to_contain_text("Not today: somebody looked")
    assert page.locator("[data-routes] :is(li a, .ls-empty a)").count() >= 1
