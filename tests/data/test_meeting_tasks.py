"""What a member of the committee comes for, from the start page of the shipped site in at most three clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from interop_landscape import phrases
from interop_landscape.analysis.gaps import GapFilter, Gaps
from interop_landscape.analysis.plan import plan
from interop_landscape.landscape import Landscape
from tests.data.test_tasks import address, from_home

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["address"]


def test_which_serving_systems_take_onnx(page: Page, address: str, shipped: Landscape) -> None:
    visit = from_home(page, address)
    page.keyboard.press("/")
    visit.clicks += 1
    page.keyboard.type("ONNX", delay=20)
    visit.click(page.locator(".md-search-result__link[href*='entries/onnx/']").first)
    page.wait_for_url("**/entries/onnx/**")
    stated = [
        shipped.entries[one.source].name
        for one in shipped.statements
        if one.relation == "deploys" and one.target == "onnx" and one.live
    ]
    assert len(stated) > 1
    for name in stated:
        expect(page.locator("main").get_by_role("link", name=name).first).to_be_visible()


def test_the_largest_gaps_in_federated_learning(page: Page, address: str, shipped: Landscape) -> None:
    visit = from_home(page, address)
    visit.click(page.locator(".md-tabs").get_by_role("link", name="Gaps and plan"))
    page.locator("select[name=tag]").select_option("federated-learning")
    visit.clicks += 1
    gaps = Gaps(shipped)
    wanted = GapFilter(tags=frozenset({"federated-learning"}))
    expect(page.locator("[data-filters] output")).to_contain_text(f"{gaps.count(wanted)} of {len(gaps)}")
    [largest] = gaps.top(1, wanted, most_fixes=1)
    first = page.locator("[data-group]:visible").first
    assert largest.fixes
    expect(first.locator("h3")).to_contain_text(shipped.entries[largest.fixes[0].source].name)
    visit.click(first.locator("summary"))
    names = [shipped.entries[largest.source].name, shipped.entries[largest.target].name if largest.target else "any"]
    expect(first.locator("[data-item]:visible", has_text=names[0]).filter(has_text=names[1]).first).to_be_visible()


def test_what_to_build_next_and_why(page: Page, address: str, shipped: Landscape) -> None:
    visit = from_home(page, address)
    visit.click(page.locator("main").get_by_role("link", name="The plan", exact=True))
    [step] = plan(shipped, 1).steps
    first = page.locator("ol.ls-plan > li").first
    for edge in step.edges:
        expect(first).to_contain_text(shipped.entries[edge.source].name)
        expect(first).to_contain_text(shipped.entries[edge.target].name)
    expect(first).to_contain_text(phrases.why(step, shipped))
    if step.record:
        expect(first.get_by_role("link", name=step.record.title)).to_be_visible()
    visit.click(first.locator("input[type=checkbox]"))
    expect(page.locator("[data-what-if]")).to_contain_text(f"1 ticked: {len(step.closes)} gap")


def test_one_gap_is_ready_for_a_meeting(page: Page, address: str, shipped: Landscape) -> None:
    visit = from_home(page, address)
    visit.click(page.locator("main").get_by_role("link", name="The gaps", exact=True))
    record = page.locator("[data-group] .ls-tracked a[href*='/gaps/']").first
    title = record.inner_text()
    visit.click(record)
    expect(page.locator("h1")).to_contain_text(title)
    visit.click(page.locator("#to-copy summary"))
    text = page.locator("#brief").inner_text()
    assert text.startswith("# ")
    assert "## Who is affected" in text
    assert "## Open questions" in text
    expect(page.locator("#to-copy button[data-copy]")).to_be_visible()
