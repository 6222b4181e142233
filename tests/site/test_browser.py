"""What a visitor does, in a real Chromium: any error in the console and any request to another host fails the test."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from interop_landscape import loading, phrases
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.verdict import Verdict, Verdicts
from interop_landscape.documents.statement import StatementsDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.site.routing import routing_document
from tests.landscapes import SNAPSHOT, with_results
from tests.site.conftest import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
KINDS_OF_PAGES = [
    "",
    "northbound/",
    "southbound/",
    "gaps/",
    "gaps/xla-ascend/",
    "plan/",
    "changes/",
    "changes/2026-11/",
    "paths/?from=pyro&to=ascend",
    "explore/",
    "entries/",
    "entries/mindspore/",
    "compare/?ids=mindspore,pytorch",
    "embed/southbound/compute/",
    "process/",
    "specification/",
    "stewards/",
    "data/",
    "contribute/",
    "cite/",
    "404.html",
]

RULES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"rules": {"target-size": {"enabled": True}}},  # new in WCAG 2.2, and not asked by default
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
"""The rules of axe-core by scheme: of what it looks at, dark pages differ from light ones in their colours alone."""

SCHEMES = {"light": "default", "dark": "slate"}
PUT_ON = "scheme => document.body.dataset.mdColorScheme && (document.body.dataset.mdColorScheme = scheme)"
"""What the theme's switch does, by the theme's names; a page without it follows the reader's system."""
SERIOUS = ("serious", "critical")
ALL_DRAWN = """() => {
  const style = new CSSStyleSheet();
  style.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(style);
}"""
"""What is below the window has a place that is only guessed until it is drawn."""
RUN_AXE = "([alike, rules]) => axe.run({exclude: alike}, {resultTypes: ['violations'], ...rules})"
ALIKE = [f"{one}:nth-of-type(n + 13)" for one in ("tr", "li", "details")]
"""What axe-core leaves out: rows and items behind the first dozen of their kind, which are made like those."""


def test_a_visitor_finds_how_mindspore_reaches_a_backend(page: Page, real_site: Site) -> None:
    page.goto(real_site.address)
    assert page.locator(".ls-card").count() == 4
    page.keyboard.press("/")
    page.keyboard.type("MindSpore", delay=20)
    page.locator(".md-search-result__link", has_text="MindSpore").first.wait_for()
    page.locator(".md-search-result__link[href*='entries/mindspore/']").first.click()
    page.wait_for_url("**/entries/mindspore/**")
    assert page.locator("h1").inner_text() == "MindSpore"
    page.locator("#compute summary").click()
    pair = page.locator("#to-compute-ascend")
    assert "works" in pair.inner_text()
    pair.get_by_role("link", name="runs on Huawei Ascend").click()
    expect(page.locator("#runs-on--ascend a.ls-evidence, #runs-on--ascend .ls-evidence a").first).to_be_visible()


def test_a_filtered_matrix_can_be_shared(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}southbound/")
    rows = page.locator("table[data-expectation='compute'] tbody tr:visible")
    everything = rows.count()
    page.get_by_label("Rows", exact=True).fill("mind")
    expect(rows).to_have_count(1)
    assert everything > 1
    page.get_by_label("only with gaps").check()
    expect(page).to_have_url(re.compile("gaps=1"))
    address = page.url
    assert "find=mind" in address
    page.goto(f"{real_site.address}gaps/")
    page.goto(address)
    expect(rows).to_have_count(1)
    assert page.get_by_label("only with gaps").is_checked()
    page.locator("[data-filters] button[type=reset]").click()
    expect(rows).to_have_count(everything)
    page.locator("select[name=sort]").select_option("name")
    expect(page).to_have_url(re.compile("sort=name"))
    names = rows.locator("th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)


def test_a_cell_opens_its_route_with_evidence(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}southbound/")
    cell = page.locator("table[data-expectation='compute'] td.ls-met a").first
    page.wait_for_load_state("networkidle")  # the script that moves the focus is there
    cell.focus()
    start = page.evaluate("document.activeElement.closest('td').cellIndex")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("start => document.activeElement.closest('td').cellIndex > start", arg=start)
    cell.click()
    page.wait_for_url("**/entries/**#to-compute-**")
    opened = page.locator("tr:target")
    expect(opened).to_be_visible()
    opened.locator("td a").last.click()
    expect(page.locator("li:target .ls-evidence a").first).to_be_visible()


def test_a_path_is_found_and_shared(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}paths/")
    page.get_by_label("From").fill("Pyro")
    page.get_by_label("To", exact=True).fill("Huawei Ascend")
    page.get_by_role("button", name="Find routes").click()
    expect(page.locator(".ls-route h3").first).to_have_text("1. Pyro → PyTorch → Huawei Ascend")
    page.reload()
    page.locator(".ls-route").first.wait_for()
    page.get_by_role("button", name="Swap the ends").click()
    expect(page.locator("[data-routes] .ls-verdict")).to_contain_text(phrases.VERDICT["ask"])


def held_back(page: Page, file: str) -> Callable[[], None]:
    """Let no answer for `file` through before the function that comes back is called."""
    waiting: list[Route] = []
    page.route(f"**/{file}", lambda asked: waiting.append(asked))

    def release() -> None:
        while not waiting:
            page.wait_for_timeout(10)
        for asked in waiting:
            asked.continue_()

    return release


def test_what_is_typed_before_the_map_has_come_stays(page: Page, real_site: Site) -> None:
    release = held_back(page, "routing.json")
    page.goto(f"{real_site.address}paths/?to=ascend")
    page.get_by_label("From").fill("Pyro")
    release()
    expect(page.locator(".ls-route h3").first).to_have_text("1. Pyro → PyTorch → Huawei Ascend")


def test_what_is_ticked_before_the_map_has_come_stays(page: Page, real_site: Site) -> None:
    release = held_back(page, "routing.json")
    page.goto(f"{real_site.address}plan/")
    page.locator("input[data-edges]").nth(1).evaluate("box => (box.checked = true)")
    release()
    expect(page.locator("[data-what-if]")).to_contain_text("1 ticked: ")


def verdict_shown(verdict: Verdict, landscape: Landscape) -> str:
    """A verdict as pages say it: where somebody looked, what they found has a line of its own."""
    return (
        phrases.verdict_in_short(verdict, landscape)
        if verdict.answer == "no"
        else phrases.verdict(verdict, [], landscape)
    )


def test_a_path_reads_like_the_command(page: Page, real_site: Site) -> None:
    """Verdict, versions, what survives, who maintains, what is verified: one phrase for one fact, there and here."""
    landscape = loading.load(SNAPSHOT)
    outcomes = ("pass", "fail", "error", "unsupported")
    named = [replace(each, probe=f"ends-in-{outcomes[i % 4]}") for i, each in enumerate(landscape.statements)]
    landscape = landscape.replacing(statements=tuple(named))
    landscape = with_results(landscape, {f"ends-in-{outcome}": outcome for outcome in outcomes})
    stated, routing = landscape.statements, routing_document(landscape)
    statements = json_of(StatementsDocument, None, landscape, count=len(stated), statements=stated)
    page.route("**/api/v1/entries/*.json", lambda asked: asked.fulfill(json=statements))
    page.route("**/routing.json", lambda asked: asked.fulfill(json=routing))
    shown = ""
    verdicts = Verdicts(landscape)
    told: set[str] = set()
    for source, target in (
        ("scikit-learn", "onnx-runtime"),
        ("pytorch", "ascend"),
        ("lightgbm", "tpu"),
        ("keras", "mindspore"),
        ("stan", "onnx"),
    ):
        verdict, routes, apart, _ = verdicts.between(source, target, top=5)
        told.add(verdict_shown(verdict, landscape))
        told |= {f"{phrases.only(route, landscape.vocabulary)}: " for route in apart}
        for route in (*routes, *apart):
            told |= {phrases.survives(route, landscape.vocabulary), *map(phrases.window, route.windows)}
            told |= {phrases.maintained_by(hop.statement.by) for hop in route.hops if hop.statement.by}
            held = [(landscape.verification(hop.statement), hop.statement) for hop in route.hops]
            told |= {phrases.verification(one, statement) for one, statement in held if one}
        page.goto(f"{real_site.address}paths/?from={source}&to={target}")
        page.locator("[data-routes] h2").wait_for()
        shown += page.locator("[data-routes]").inner_text()
    for sort in ("what survives: ", "needs ", "maintained by ", "verified 20", "its probe failed"):
        assert any(one.startswith(sort) for one in told), sort
    assert [one for one in sorted(told) if one not in shown] == []


def test_ticked_fixes_count_like_the_command(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}plan/")
    boxes = page.locator("input[data-edges]")
    page.locator(".ls-live").first.wait_for()
    edges = []
    for place in (0, 2, 13):
        boxes.nth(place).check()
        edges += (boxes.nth(place).get_attribute("data-edges") or "").split("|")
    landscape = loading.load(SNAPSHOT)
    before, after = Gaps(landscape).tally(), Gaps(landscape.assuming(map(landscape.parse_edge, edges))).tally()
    panel = page.locator("[data-what-if]")
    assert f"3 ticked: {after.met - before.met} gaps would close" in panel.inner_text()
    assert before.score is not None
    assert after.score is not None
    assert f"{before.score * 100:.1f} % → {after.score * 100:.1f} %" in panel.inner_text()
    page.reload()
    page.locator(".ls-live").first.wait_for()
    assert f"3 ticked: {after.met - before.met}" in panel.inner_text()


def test_explore_finds_an_entry_and_lists_its_neighbours(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}explore/?entry=pyro")
    neighbours = page.get_by_role("region", name="The selected entry")
    neighbours.get_by_role("link", name="PyTorch").first.wait_for()
    assert neighbours.get_by_role("link", name="MindSpore").count() == 0
    page.keyboard.press("Tab")
    page.locator("#explore input[type=search], #explore input[type=text]").first.fill("ONNX Runtime")
    page.locator("#explore").get_by_role("button", name="Find").click()
    neighbours.get_by_role("link", name="OpenVINO").first.wait_for()
    assert "entry=onnx-runtime" in page.url


def test_dark_stays_dark_and_back_goes_back(page: Page, real_site: Site) -> None:
    page.goto(real_site.address)
    page.locator("label[title='Switch to dark']:visible").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.goto(f"{real_site.address}gaps/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.go_back()
    assert page.locator("h1").inner_text().startswith("AI interop landscape")


def test_it_works_without_scripts(scriptless: Page, real_site: Site) -> None:
    scriptless.goto(f"{real_site.address}southbound/")
    assert scriptless.locator("table.ls-matrix td.ls-met a").count() > 100
    assert scriptless.locator("[data-filters]").is_hidden()
    for name in ("paths", "explore", "plan"):
        scriptless.goto(f"{real_site.address}{name}/")
        assert "JavaScript" in scriptless.locator("noscript").first.inner_text()


FITS = "width => document.documentElement.scrollWidth <= width"


def test_no_page_is_wider_than_the_screen(tab: Page, real_site: Site) -> None:
    for name in KINDS_OF_PAGES:
        tab.set_viewport_size({"width": 360, "height": 800})
        tab.goto(f"{real_site.address}{name}")
        for width in (360, 1600):
            tab.set_viewport_size({"width": width, "height": 800})
            tab.wait_for_timeout(150)
            tab.wait_for_function(FITS, arg=width)  # the theme's search field takes its new place in steps


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (npm)")
def test_every_kind_of_page_is_accessible(tab: Page, real_site: Site) -> None:
    found = {}
    for name in KINDS_OF_PAGES:
        tab.emulate_media(color_scheme="light", reduced_motion="reduce")
        tab.goto(f"{real_site.address}{name}")
        tab.wait_for_timeout(300)
        tab.evaluate(ALL_DRAWN)
        tab.evaluate(AXE.read_text())  # not by a tag, which the pages' policy would stop
        for scheme, rules in RULES.items():
            if not tab.evaluate(PUT_ON, SCHEMES[scheme]):
                tab.emulate_media(color_scheme=scheme)
            serious = [v for v in tab.evaluate(RUN_AXE, [ALIKE, rules])["violations"] if v["impact"] in SERIOUS]
            if serious:
                found[f"{name} {scheme}"] = [
                    (v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:200]) for v in serious
                ]
    assert found == {}, json.dumps(found, indent=1)
