"""The start page as its visitors use it: a question with and without scripts, the map by keyboard and by tap."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from interop_landscape import loading, phrases
from interop_landscape.analysis.verdict import Verdicts
from interop_landscape.site.data import SiteData
from interop_landscape.site.questions import MOST_QUESTIONS, questions
from tests.landscapes import FIXTURE, SNAPSHOT, empty, fixture_with
from tests.site.conftest import Site, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request


@pytest.fixture(scope="module")
def address(fixture_site: Path) -> Iterator[str]:
    """Where the fixture's site is served."""
    for address in serve(fixture_site):
        yield f"{address}/"


def told(page: Page) -> str:
    """What is answered in place, once there is an answer."""
    page.locator("[data-answer] .ls-verdict").wait_for()
    return page.locator("[data-answer]").inner_text()


def test_a_question_is_answered_in_its_place(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("a model of").press_sequentially("alp")
    page.get_by_role("option", name="Alpha").click()
    page.get_by_label("on or with").fill("the runner")
    page.keyboard.press("Enter")
    landscape = loading.load(FIXTURE)
    verdict, routes, _, _ = Verdicts(landscape).between("alpha", "runner", top=1)
    answer = told(page)
    assert phrases.verdict_in_short(verdict, landscape) in answer
    assert phrases.survives(routes[0], landscape.vocabulary) in answer
    for hop in routes[0].hops:
        assert phrases.sentence(hop.statement.edge, landscape) in answer
        assert (hop.statement.limits or "") in answer
        assert hop.statement.evidence[0].shows in answer
    expect(page).to_have_url(re.compile(r"/\?from=alpha&to=runner$"))
    page.get_by_role("link", name=phrases.ASKING["more"]).click()
    page.wait_for_url("**/paths/?from=alpha&to=runner")
    page.go_back()
    assert told(page) == answer
    page.go_back()
    expect(page.locator("[data-answer]")).to_be_empty()


def test_an_example_is_answered_in_its_place(page: Page, address: str) -> None:
    page.goto(address)
    for question in questions(SiteData(loading.load(FIXTURE))):
        page.locator(f"a[data-from={question.source}][data-to={question.target}]").click()
        expect(page.locator("[data-answer] .ls-verdict")).to_contain_text(question.says)


def test_without_scripts_the_question_leads_to_all_answers(scriptless: Page, address: str) -> None:
    scriptless.goto(address)
    says = [question.says for question in questions(SiteData(loading.load(FIXTURE)))]
    assert scriptless.locator(".ls-example .ls-note").all_inner_texts() == says
    scriptless.get_by_label("a model of").fill("alpha")
    scriptless.get_by_label("on or with").fill("gpu")
    scriptless.get_by_role("button", name="Find out").click()
    scriptless.wait_for_url("**/paths/?from=alpha&to=gpu")
    scriptless.get_by_text("Frameworks", exact=True).click()
    scriptless.locator("noscript").get_by_role("link", name="Alpha").click()
    scriptless.wait_for_url("**/entries/alpha/")


def test_nothing_is_fetched_before_somebody_asks(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("", "paths/"):
        page.goto(f"{address}{name}")
        page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/api/" in url or "search_index" in url] == []
    page.goto(f"{address}paths/?from=alpha&to=gpu")
    page.locator("[data-routes] .ls-verdict").wait_for()
    assert any("routing.json" in url for url in asked)
    assert not any("statements.json" in url for url in asked)


def test_the_search_still_finds(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("alpha", delay=20)
    page.locator(".md-search-result__link[href*='entries/alpha/']").first.wait_for()
    page.goto(f"{address}?q=alpha")
    page.locator(".md-search-result__link[href*='entries/alpha/']").first.wait_for()


def test_what_cannot_be_fetched_is_said_and_tried_again(tab: Page, address: str) -> None:
    tab.route("**/routing.json", lambda asked: asked.abort(), times=2)
    tab.goto(f"{address}?from=alpha&to=gpu")
    expect(tab.locator("[data-answer]")).to_have_text(phrases.NOT_LOADED)
    tab.unroute_all()
    tab.get_by_role("button", name="Find out").click()
    told(tab)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=<script>window.pwned=1</script>&to=gpu", "“<script>window.pwned=1</script>” is not on the map."),
        (f"from={quote('<img src=x onerror=window.pwned=1>')}&to=gpu", "“<img src=x onerror=window.pwned=1>” is not"),
        ("from=nobody&to=nothing", "“nothing” is not on the map. Nearest: "),
        ("from=alpha&to=alpha", "Both ends are Alpha: name two different entries."),
        ("from=alpha&to=ALPHA", "Both ends are Alpha: name two different entries."),
        ("from=alpha&from=beta&to=gpu", "The address names one end more than once; the first of each is taken."),
        ("from[]=alpha&to=gpu", "Name where the path starts, that is to reach GPU."),
        ("from=alpha", "Name where the path leads that starts at Alpha."),
        ("from=%00%ff%20&to=%F0%9F%98%80", "is not on the map."),
        ("from=constructor&to=__proto__", "“__proto__” is not on the map."),
        (f"from={'x' * 20_000}&to=gpu", f"“{'x' * 80}…” is not on the map."),
    ],
)
@pytest.mark.parametrize("where", ["", "paths/"])
def test_whatever_the_address_asks_has_a_clear_answer(
    where: str, query: str, says: str, page: Page, address: str
) -> None:
    page.goto(f"{address}{where}?{query}")
    place = page.locator("[data-answer], [data-routes]")
    expect(place).to_contain_text(says)
    assert len(place.inner_text()) < 2_000
    assert page.evaluate("window.pwned") is None


def test_very_long_words_are_cut(page: Page, address: str) -> None:
    page.goto(f"{address}paths/")
    page.evaluate("history.replaceState(null, '', `?from=${'x'.repeat(100000)}&to=gpu`)")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.locator("[data-routes]")).to_contain_text(f"“{'x' * 80}…” is not on the map.")


def test_the_address_keeps_what_the_pair_was_asked_for(page: Page, address: str) -> None:
    page.goto(f"{address}paths/?from=alpha&to=gpu&for=compute")
    page.locator("[data-routes] .ls-verdict").wait_for()
    expect(page).to_have_url(re.compile(r"from=alpha&to=gpu&for=compute$"))
    expect(page.locator("[data-routes]")).to_contain_text("Asked as “Compute”.")
    page.get_by_role("button", name="Swap the ends").click()
    expect(page).to_have_url(re.compile(r"from=gpu&to=alpha$"))
    page.goto(f"{address}paths/?from=alpha&to=gpu&for=nothing")
    expect(page).to_have_url(re.compile(r"from=alpha&to=gpu$"))


def test_the_map_draws_the_routes_of_an_entry_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".ls-map.ls-live").wait_for()
    first = page.locator(".ls-map a[data-id]").first
    assert page.locator(".ls-map a[data-id][tabindex='0']").count() == 1
    first.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    layer = "document.activeElement.closest('.ls-layer').dataset.layer"
    assert page.evaluate(layer) != page.locator(".ls-layer").last.get_attribute("data-layer")
    while page.evaluate("document.activeElement.dataset.id") != "alpha":
        before = page.evaluate("document.activeElement.dataset.id")
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("document.activeElement.dataset.id") != before
    page.keyboard.press("Enter")
    expect(page.locator(".ls-map a[aria-current]")).to_have_text("Alpha")
    on = page.locator(".ls-map a.ls-on").evaluate_all("links => links.map((link) => link.dataset.id)")
    data = SiteData(loading.load(FIXTURE))
    routes = {p.route.stops for ps in data.pairs.values() for p in ps if p.route and "alpha" in (p.source, p.target)}
    assert {*on, "alpha"} == {stop for stops in routes for stop in stops}
    assert page.locator(".ls-lines path").count() == len({edge for stops in routes for edge in pairwise(stops)})
    said = page.locator(".ls-drawn [aria-live]")
    expect(said).to_contain_text(f"Alpha: {len(routes)} routes drawn, over ")
    page.keyboard.press("Escape")
    expect(page.locator(".ls-lines path")).to_have_count(0)
    expect(page.locator(".ls-drawn")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.id") == "alpha"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/alpha/")


def test_the_map_draws_the_routes_of_an_entry_by_one_tap(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(address)
    page.locator(".ls-map.ls-live").wait_for()
    page.locator(".ls-map a[data-id=beta]").tap()
    expect(page.locator(".ls-lines path").first).to_be_attached()
    expect(page.locator(".ls-drawn")).to_contain_text("Beta: ")
    shown = page.locator(".ls-map a[data-id]:visible").evaluate_all("links => links.map((link) => link.className)")
    assert all("ls-on" in name or "ls-here" in name for name in shown)
    page.get_by_role("link", name="Open its page").tap()
    page.wait_for_url("**/entries/beta/")
    context.close()


def test_questions_are_the_declared_ones_first(tmp_path: Path) -> None:
    found = questions(SiteData(loading.load(SNAPSHOT)))
    assert len(found) == MOST_QUESTIONS
    assert len({question.source for question in found}) == MOST_QUESTIONS
    text = (FIXTURE / "landscape.yml").read_text()
    declared = text + "examples:\n  - {from: gamma, to: npu}\n  - {from: omega, to: gpu}\n"
    asked = questions(SiteData(loading.load(fixture_with(tmp_path, {"landscape.yml": declared}))))
    assert [(one.source, one.target) for one in asked][:2] == [("gamma", "npu"), ("omega", "gpu")]
    (tmp_path / "none").mkdir()
    assert questions(SiteData(loading.load(empty(tmp_path / "none")))) == ()


def test_the_start_page_is_light(page: Page, real_site: Site) -> None:
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))
    page.goto(real_site.address)
    page.wait_for_load_state("networkidle")
    assert len(loaded) > 5
    assert weight(loaded) <= 250_000


def weight(loaded: list[Request]) -> int:
    """How many bytes the answers to some requests have, as a host sends them that compresses."""
    answers = [answer for request in loaded if (answer := request.response())]
    return sum(len(gzip.compress(answer.body())) for answer in answers)


def test_a_trend_says_where_it_began(real_site: Site) -> None:
    for page in ("index.html", "southbound/index.html"):
        html = (real_site.folder / page).read_text()
        assert re.search(r'"ls-note">from \d+ % on 2026-10-01<', html), page
