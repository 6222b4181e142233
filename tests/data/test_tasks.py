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
from tests.site.conftest import browser, page, serve

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["browser", "page"]
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
    verdict, routes, _ = Verdicts(shipped).between(*ends, top=5)
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


def test_who_stands_behind_it_and_how_it_is_cited(page: Page, address: str, shipped: Landscape) -> None:
    visit = from_home(page, address)
    publisher, licence = shipped.vocabulary.publisher, shipped.vocabulary.license
    assert publisher is not None
    expect(page.locator(".ls-footer")).to_contain_text(f"Kept by {publisher.name}")
    visit.click(page.locator(".ls-footer").get_by_role("link", name="How to cite"))
    expect(page.locator(".ls-about")).to_contain_text(str(licence))
    expect(page.locator("pre code")).to_contain_text(f"author = {{{{{publisher.name}}}}}")
