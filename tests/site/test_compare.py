"""Entries side by side: chosen by keyboard, kept in the address, with nothing loaded but what is compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from interop_landscape import phrases
from interop_landscape.text import percent
from tests.site.conftest import Site, serve

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@pytest.fixture(scope="module")
def served(fixture_site: Path) -> Iterator[str]:
    """Where the fixture's site is."""
    for address in serve(fixture_site):
        yield f"{address}/"


def row(page: Page, part: str, name: str) -> list[str]:
    """What the cells of a row say, in the part of the table that is called so."""
    body = page.locator(".ls-compared tbody").filter(has=page.get_by_role("rowheader", name=part, exact=True))
    body = body.or_(page.locator("tbody").filter(has=page.locator("th[scope=rowgroup]", has_text=part))).first
    return body.locator("tr").filter(has=page.locator("th[scope=row]", has_text=name)).locator("td").all_inner_texts()


def heads(page: Page) -> Locator:
    return page.locator(".ls-compared thead th a")


def test_entries_are_chosen_by_keyboard(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))
    page.goto(f"{served}compare/")
    expect(page.locator("[data-compared]")).to_contain_text("Add two entries")
    assert [one for one in asked if one.startswith("api/")] == []
    field = page.get_by_role("combobox", name="Add an entry")
    for name in ("alph", "bet"):
        field.press_sequentially(name)
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(field).to_have_value("")
    expect(heads(page)).to_have_text(["Alpha", "Beta"])
    expect(page).to_have_url(re.compile(r"compare/\?ids=alpha,beta$"))
    expect(page).to_have_title(re.compile("^Alpha, Beta"))
    assert row(page, "Compute: reaches", "NPU") == ["◐ in part", "◐ in part"]
    assert row(page, "Runs on", "GPU") == ["● full", "● over others"]
    page.go_back()
    expect(heads(page)).to_have_text(["Alpha"])
    documents = {one for one in asked if one.startswith("api/v1/entries/")}
    assert documents == {"api/v1/entries/alpha.json", "api/v1/entries/beta.json"}


def test_a_shared_address_shows_the_same_and_loads_no_more(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))
    page.goto(f"{served}compare/?ids=alpha,gamma&differ=1")
    expect(heads(page)).to_have_text(["Alpha", "Gamma"])
    expect(page.get_by_label("only rows that differ")).to_be_checked()
    cells = page.locator(".ls-compared tbody tr:has(td)")
    for one in cells.all():
        assert len(set(one.locator("td").all_inner_texts())) > 1
    few = cells.count()
    page.get_by_label("only rows that differ").uncheck()
    expect(page).to_have_url(re.compile(r"ids=alpha,gamma$"))
    assert cells.count() > few > 0
    wanted = {f"api/v1/entries/{one}.json" for one in ("alpha", "gamma")}
    assert {one for one in asked if one.startswith("api/")} == wanted


def test_a_cell_leads_to_what_it_says(page: Page, served: str) -> None:
    page.goto(f"{served}compare/?ids=alpha,beta")
    body = page.locator("tbody").filter(has=page.locator("th[scope=rowgroup]", has_text="Exports"))
    body.get_by_role("link", name=f"{phrases.STANDING['absent'][0]} none").click()
    page.wait_for_url("**/entries/beta/#exports--exch")
    expect(page.locator("li:target")).to_contain_text("none")


def test_figures_are_those_of_the_pages(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}compare/?ids=pytorch,mindspore")
    expect(heads(page)).to_have_count(2)
    shown = row(page, "In short", "Score")
    files = (real_site.folder / "api/v1/entries" / f"{one}.json" for one in ("pytorch", "mindspore"))
    assert shown == [percent(json.loads(file.read_text())["tally"]["score"]) for file in files]


@pytest.mark.parametrize(
    ("ids", "shown", "said"),
    [
        ("alpha,beta,gamma,omega,helper", ["Alpha", "Beta", "Gamma", "Omega"], "The first four of 5 are shown"),
        ("alpha,alpha,alfa", ["Alpha"], "Add another entry"),
        ("alpha,<script>window.pwned=1</script>", ["Alpha"], "is not on the map. Nearest: "),
        (",,,", [], "Add two entries"),
    ],
)
def test_odd_addresses_get_an_answer(ids: str, shown: list[str], said: str, page: Page, served: str) -> None:
    page.goto(f"{served}compare/?ids={ids}")
    expect(page.locator("[data-compared]")).to_contain_text(said)
    expect(heads(page)).to_have_text(shown)
    assert page.evaluate("window.pwned") is None


def test_an_id_that_is_not_there_is_named_with_the_nearest(tab: Page, served: str) -> None:
    tab.goto(f"{served}compare/?ids=alpha,betta")
    told = tab.locator("[data-compared] .ls-empty")
    expect(told).to_contain_text("“betta” is not on the map. Nearest: ")
    told.get_by_role("link", name="Beta").click()
    expect(heads(tab)).to_have_text(["Alpha", "Beta"])


def test_a_fifth_is_not_added_and_one_can_be_removed(page: Page, served: str) -> None:
    page.goto(f"{served}compare/?ids=alpha,beta,gamma,omega")
    expect(heads(page)).to_have_count(4)
    page.get_by_label("Add an entry").fill("Helper")
    page.keyboard.press("Enter")
    expect(page.locator("[data-compared]")).to_contain_text("four at most")
    page.get_by_role("button", name="Remove Omega").click()
    expect(heads(page)).to_have_text(["Alpha", "Beta", "Gamma"])


def test_without_scripts_there_is_a_sentence_with_links(scriptless: Page, served: str) -> None:
    scriptless.goto(f"{served}compare/")
    told = scriptless.locator("noscript p")
    expect(told).to_contain_text("needs JavaScript")
    told.get_by_role("link", name="all entries").click()
    scriptless.wait_for_url("**/entries/")
