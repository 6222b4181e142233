"""The page of an entry as a visitor uses it: chips, anchors, what opens, and the lines to copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from interop_landscape import loading, phrases
from interop_landscape.site import entry_page
from interop_landscape.site.data import SiteData
from interop_landscape.site.view import View
from tests.landscapes import FIXTURE, SNAPSHOT
from tests.site.conftest import Site, serve
from tests.site.pages import Links

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def served(fixture_site: Path) -> Iterator[str]:
    """Where the fixture's site is."""
    for address in serve(fixture_site):
        yield f"{address}/"


def test_every_statement_has_one_anchor_on_the_page_of_either_end() -> None:
    """An anchor stays while the statement does: it is made of the relation, or its inverse, and the other end."""
    view = View(SiteData(loading.load(SNAPSHOT)), "../..")
    relations = view.vocabulary.relations
    for entry in view.landscape.entries.values():
        links = Links()
        links.feed(entry_page.entry(view, entry))
        mine = [one for one in view.landscape.statements if entry.id in (one.source, one.target)]
        wanted = {f"{s.relation}--{s.target}" for s in mine if s.source == entry.id}
        wanted |= {f"{relations[s.relation].inverse}--{s.source}" for s in mine if s.target == entry.id}
        assert {one for one in links.ids if "--" in one and not one.startswith("stated--")} == wanted, entry.id
        named = [address.partition("#")[2] for address in links.addresses if address.startswith("#")]
        assert [one for one in named if one not in links.ids] == [], entry.id


def test_no_id_stands_twice_on_a_page(real_site: Site) -> None:
    for name in ("pytorch", "ascend", "onnx", "onnx-runtime"):
        page = (real_site.folder / "entries" / name / "index.html").read_text()
        ids = Counter(re.findall(r'\sid="?([^"\s>]+)', page.partition("ls-page")[2]))
        assert [one for one, count in ids.items() if count > 1] == [], name


def test_chips_say_what_is_stated_and_lead_to_it(page: Page, served: str) -> None:
    page.goto(f"{served}entries/alpha/")
    runs_on = page.locator(".ls-chips > div").filter(has=page.get_by_text("Runs on", exact=True))
    assert runs_on.locator("li").all_inner_texts() == ["● GPU", "✕ NPU removed"]
    over = page.locator(".ls-chips > div").filter(has_text="over others")
    assert over.locator("li").all_inner_texts() == ["● CPU", "◐ NPU in part"]
    runs_on.get_by_role("link", name="GPU").click()
    expect(page).to_have_url(re.compile("#runs-on--gpu$"))
    expect(page.locator("li:target")).to_contain_text("builds for the GPU")
    expect(page.locator("li:target")).to_be_in_viewport()


def test_chips_are_filtered_by_support_and_kind(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}entries/pytorch/")
    chips = page.locator(".ls-chips li[data-kind]:visible")
    everything = chips.count()
    page.get_by_label("Support").select_option("part")
    marks = set(chips.evaluate_all("found => found.map(one => one.innerText.trim()[0])"))
    assert marks == {phrases.STANDING["part"][0]}
    page.get_by_label("Other end").select_option("backend")
    assert set(chips.evaluate_all("found => found.map(one => one.dataset.kind)")) == {"backend"}
    some = chips.count()
    assert 0 < some < everything
    expect(page.locator(".ls-glance output")).to_have_text(f"{some} of {everything} shown")
    page.reload()
    expect(chips).to_have_count(some)
    page.locator(".ls-glance button[type=reset]").click()
    expect(chips).to_have_count(everything)
    assert "support=" not in page.url


def test_an_address_opens_what_hides_its_statement(page: Page, real_site: Site) -> None:
    statement = next(
        s for s in loading.load(SNAPSHOT).statements if s.relation == "works-with" and s.target == "pytorch"
    )
    page.goto(f"{real_site.address}entries/pytorch/#used-by--{statement.source}")
    expect(page.locator(f"#used-by--{statement.source}")).to_be_in_viewport()
    page.locator(f"#used-by--{statement.source} a").click()
    page.wait_for_url(f"**/entries/{statement.source}/#works-with--pytorch")
    expect(page.locator("li:target a.ls-evidence, li:target .ls-evidence a").first).to_be_visible()


def test_without_scripts_nothing_is_missing(scriptless: Page, real_site: Site) -> None:
    scriptless.goto(f"{real_site.address}entries/pytorch/")
    assert scriptless.locator(".ls-glance form").is_hidden()
    assert scriptless.get_by_role("button", name="Copy").count() == 0
    stated = [s for s in loading.load(SNAPSHOT).statements if "pytorch" in (s.source, s.target)]
    assert scriptless.locator(".ls-statements > li").count() == len(stated)
    closed = scriptless.locator("details#stated--used-by")
    closed.locator("summary").click()
    assert closed.locator("li").first.is_visible()


def test_the_contents_stay_and_say_where_one_is(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}entries/pytorch/")
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="What is stated").click()
    expect(page.locator("#statements")).to_be_in_viewport()
    expect(contents).to_be_in_viewport(ratio=0.9)
    expect(contents.locator("[aria-current]")).to_have_text("What is stated")


def test_a_mistake_is_reported_with_the_statement(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}entries/mindspore/")
    report = page.locator("#correct + p a[data-report]")
    assert "MindSpore" in (report.get_attribute("href") or "")
    assert "Statement" not in (report.get_attribute("href") or "")
    page.locator(".ls-chips a[href='#runs-on--ascend']").click()
    expect(report).to_have_attribute("href", re.compile(r"runs-on--ascend%0AStatement%3A\+Runs\+on%3A\+Huawei\+Ascend"))
    edit = page.locator("#correct + p").get_by_role("link", name="Edit this entry")
    assert (edit.get_attribute("href") or "").endswith("/landscape/frameworks/mindspore.yml")


def test_a_badge_is_chosen_and_copied(page: Page, served: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served}entries/alpha/")
    line = page.get_by_label("Markdown")
    expect(line).to_have_value(re.compile(r"^\[!\[interop: \d+ %\]\(https://example\.org/x/badges/alpha\.svg\)\]"))
    page.get_by_label("It says").select_option("South: 2 of 3 met")
    wanted = (
        "[![South: 2 of 3 met](https://example.org/x/badges/alpha/south.svg)](https://example.org/x/entries/alpha/)"
    )
    expect(line).to_have_value(wanted)
    picture = page.get_by_role("img", name="South: 2 of 3 met")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("one => one.complete && one.naturalWidth > 80", arg=picture.element_handle())
    line.locator("..").get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    pasted = page.locator("input[type=text], input[name=query]").first
    pasted.focus()
    page.keyboard.press("Control+V")
    expect(pasted).to_have_value(wanted)
    page.get_by_label("It says").select_option("Exch: full")
    html = page.get_by_label("HTML").input_value()
    assert html == (
        '<a href="https://example.org/x/entries/alpha/">'
        '<img src="https://example.org/x/badges/alpha/exch.svg" alt="Exch: full"></a>'
    )


def test_a_page_without_an_address_says_so() -> None:
    view = View(SiteData(loading.load(FIXTURE)), "../..")
    shown = entry_page.entry(view, view.entry("alpha"))
    assert "(badges/alpha.svg)" in shown
    assert "The address of this site is not known to it" in shown
