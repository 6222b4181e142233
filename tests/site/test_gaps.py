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

ROWS = "[data-group] [data-item]"


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
    groups = page.locator("[data-group]:visible")
    assert 0 < groups.count() < page.locator("[data-group]").count()
    first = groups.first
    expect(first.locator("h3")).to_be_visible()
    assert "; to be built by " in first.locator(".ls-fix p").inner_text()
    expect(first.locator("[data-item]:visible")).to_have_count(0)
    shown = first.locator("summary").inner_text()
    first.locator("summary").click()
    items = first.locator("[data-item]:visible")
    assert shown.startswith(str(items.count()))
    page.get_by_label("Find", exact=True).fill("no such entry")
    expect(page.locator("[data-group]:visible")).to_have_count(0)
    expect(page.get_by_text("No gap fits the filters.")).to_be_visible()


def test_every_fix_has_its_reason_and_its_record(page: Page, real_site: Site) -> None:
    landscape = loading.load(SNAPSHOT)
    page.goto(f"{real_site.address}gaps/")
    fixes = page.locator("[data-group]:not(.ls-without)")
    reasons = page.locator("[data-group]:not(.ls-without) .ls-fix p").all_text_contents()
    assert len(reasons) == fixes.count() > 20
    assert all(one.startswith("Closes ") and one.endswith(".") for one in reasons)
    tracked = page.locator("[data-group] .ls-tracked").all_text_contents()
    assert len(tracked) == len(reasons)
    titles = [record.title for record in landscape.records.values()]
    with_record = [one for one in tracked if any(one.startswith(title) for title in titles)]
    assert with_record
    assert all("owner" in one for one in with_record)
    assert all(one.startswith("no record yet") for one in tracked if one not in with_record)
