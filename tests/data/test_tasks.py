"""What visitors come for, each from the start page of the shipped site in at most three clicks, in a real Chromium.

Every task begins with `from_home` and goes on with the page's own locators; what is asserted is what the visitor came
for. A click is a click, a tap, or Enter in a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from interop_landscape import phrases
from interop_landscape.analysis.verdict import Verdicts
from interop_landscape.landscape import Landscape
from tests.site.conftest import serve
from tests.site.test_home import weight

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Request

MOST_CLICKS = 3


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """Where the shipped site is served."""
    for address in serve(built):
        yield f"{address}/"


class Visit:
    """A visitor who has come to the start page, and clicks three times at most."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """Click on something that can be seen."""
        self._count()
        what.click()

    def enter(self, field: Locator, words: str) -> None:
        """Write words into a field and press Enter."""
        self._count()
        field.fill(words)
        field.press("Enter")

    def _count(self) -> None:
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS, "that is too far from the start page"


def from_home(page: Page, address: str) -> Visit:
    """A visit that begins on the start page, once its scripts are there."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return Visit(page)


def ask(visit: Visit, source: str, target: str) -> Locator:
    """Ask the question of the start page, and give the place of the answer once it is there."""
    visit.page.get_by_label("a model of").fill(source)
    visit.enter(visit.page.get_by_label("on or with"), target)
    answer = visit.page.locator("[data-answer]")
    answer.locator(".ls-verdict").wait_for()
    return answer


@pytest.mark.parametrize(
    ("words", "ends"),
    [(("Flax", "qualcomm"), ("flax", "qualcomm-npu")), (("sklearn", "browser"), ("scikit-learn", "wasm"))],
)
def test_whether_a_model_runs_there(
    words: tuple[str, str], ends: tuple[str, str], page: Page, address: str, shipped: Landscape
) -> None:
    visit = from_home(page, address)
    answer = ask(visit, *words)
    verdict, routes, _, _ = Verdicts(shipped).between(*ends, top=5)
    expect(answer).to_contain_text(phrases.verdict_in_short(verdict, shipped))
    for hop in routes[0].hops:
        expect(answer).to_contain_text(hop.statement.limits or "")
        expect(answer.locator(f'a[href="{hop.statement.evidence[0].url}"]').first).to_be_visible()
    visit.click(answer.get_by_role("link", name=phrases.ASKING["more"]))
    expect(page).to_have_url(re.compile(rf"paths/\?from={ends[0]}&to={ends[1]}$"))
    expect(page.locator("[data-routes] .ls-verdict")).to_have_text(
        re.compile(re.escape(phrases.verdict(verdict, [], shipped)))
    )
    expect(page.locator("[data-routes] .ls-route")).to_have_count(len(routes))


def test_what_is_said_about_flower(page: Page, address: str, shipped: Landscape) -> None:
    visit = from_home(page, address)
    visit.click(page.locator(".md-tabs").get_by_role("link", name="Entries"))
    visit.click(page.get_by_role("row").get_by_role("link", name="Flower", exact=True))
    expect(page.locator("h1")).to_contain_text("Flower")
    stated = [one for one in shipped.statements if "flower" in (one.source, one.target)]
    said = page.locator(".ls-chips li[data-kind]")
    expect(said).to_have_count(len(stated))
    own = [one for one in stated if one.source == "flower" and (one.relation, one.support) == ("works-with", "full")]
    works = [shipped.entries[one.target].name for one in own]
    for name in works:
        expect(said.filter(has_text=f"● {name}").first).to_be_visible()
    for record in shipped.records.values():
        if any(text.startswith("flower ") for text in record.closes):
            expect(page.locator("#records + ul").get_by_role("link", name=record.title)).to_be_visible()


def test_a_statement_is_corrected(page: Page, address: str) -> None:
    visit = from_home(page, address)
    visit.click(page.locator(".md-tabs").get_by_role("link", name="Entries"))
    visit.click(page.get_by_role("row").get_by_role("link", name="Flower", exact=True))
    visit.click(page.locator(".ls-chips").get_by_role("link", name="● PyTorch"))
    edit = page.locator("#correct + p").get_by_role("link", name="Edit this entry")
    expect(edit).to_have_attribute("href", re.compile(r"/edit/main/landscape/projects/flower\.yml$"))
    report = page.locator("#correct + p a[data-report]")
    expect(report).to_have_attribute("href", re.compile(r"/issues/new\?.*works-with--pytorch"))


def test_a_badge_is_put_on_a_page(page: Page, address: str) -> None:
    visit = from_home(page, address)
    visit.click(page.locator(".md-tabs").get_by_role("link", name="Entries"))
    visit.click(page.get_by_role("row").get_by_role("link", name="ONNX Runtime", exact=True))
    choice = page.get_by_label("It says").locator("option", has_text="ONNX: ").first.inner_text()
    page.get_by_label("It says").select_option(choice)
    line = page.get_by_label("Markdown").input_value()
    assert f"[![{choice}](" in line
    assert "badges/onnx-runtime/onnx.svg)" in line
    assert page.request.get(f"{address}badges/onnx-runtime/onnx.svg").text().startswith("<svg")


def test_what_works_on_ascend(page: Page, address: str, shipped: Landscape) -> None:
    visit = from_home(page, address)
    visit.click(page.locator(".md-tabs").get_by_role("link", name="Entries"))
    visit.click(page.get_by_role("row").get_by_role("link", name="Huawei Ascend", exact=True))
    hosts = [one for one in shipped.statements if (one.relation, one.target) == ("runs-on", "ascend")]
    full = sorted(shipped.entries[one.source].name for one in hosts if one.support == "full")
    expect(page.locator(".ls-chips .ls-is-works").first).to_be_visible()
    chips = page.locator(".ls-chips .ls-is-works").all_inner_texts()
    assert sorted(name.removeprefix("● ") for name in chips[: len(full)]) == full
    others = page.locator("#reached-by ~ details").first
    expect(others).to_contain_text(phrases.STANDING["works"][1])


def test_who_stands_behind_it_and_how_it_is_cited(page: Page, address: str, shipped: Landscape) -> None:
    visit = from_home(page, address)
    publisher, licence = shipped.vocabulary.publisher, shipped.vocabulary.license
    assert publisher is not None
    expect(page.locator(".ls-footer")).to_contain_text(f"Kept by {publisher.name}")
    visit.click(page.locator(".ls-footer").get_by_role("link", name="How to cite"))
    expect(page.locator(".ls-about")).to_contain_text(str(licence))
    expect(page.locator("pre code")).to_contain_text(f"author = {{{{{publisher.name}}}}}")


def test_the_start_page_is_light_before_somebody_asks(page: Page, address: str) -> None:
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))
    from_home(page, address)
    assert len(loaded) > 5
    assert not [request.url for request in loaded if "/api/" in request.url or "search_index" in request.url]
    assert weight(loaded) <= 250_000
