"""The page of all gaps: filters find what the command lists, and offer nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from interop_landscape import loading
from interop_landscape.analysis.gaps import GapFilter, Gaps
from tests.landscapes import SNAPSHOT
from tests.site.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS = "table[data-rows] tbody tr:not([data-group])"


def test_every_filter_on_offer_lists_what_the_command_lists(page: Page, real_site: Site) -> None:
    gaps = Gaps(loading.load(SNAPSHOT))
    page.goto(f"{real_site.address}gaps/")
    page.locator("[data-filters]").first.wait_for()
    assert page.locator(ROWS).count() == len(gaps)
    tags = page.locator("select[name=tag] option").all_inner_texts()[1:]
    assert "federated-learning" in tags
    for tag in tags:
        page.locator("select[name=tag]").select_option(tag)
        shown = page.evaluate(f"[...document.querySelectorAll('{ROWS}')].filter((row) => !row.hidden).length")
        assert shown == gaps.count(GapFilter(tags=frozenset({tag}))) > 0, tag


def test_gaps_stand_below_the_fix_that_would_close_them(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}gaps/?tag=federated-learning")
    expect(page.locator("[data-filters] output")).to_contain_text(" of ")
    groups = page.locator("table.ls-grouped tbody:visible")
    assert 0 < groups.count() < page.locator("table.ls-grouped tbody").count()
    first = groups.first
    assert first.locator("tr[data-group]").is_visible()
    assert first.locator("tr:not([data-group]):visible").count() > 0
