"""What stands around every page: navigation, footer, what programs read of it, and the page for what is not found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os.path import normpath
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import expect

from interop_landscape import loading
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Publisher
from interop_landscape.site.build import build
from interop_landscape.site.citation import bibtex
from interop_landscape.site.data import SiteData
from interop_landscape.site.frame import new_issue
from interop_landscape.site.history import History
from interop_landscape.site.structured import in_script, package_url
from tests.landscapes import FIXTURE, empty
from tests.shared import once

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPOSITORY = "https://github.com/some/map"
EVIL = "</script><script>window.pwned=1</script> & {\u2028} <!--"


def known() -> Landscape:
    """The fixture with somebody behind it, a licence, plain words for a side, and Alpha on GitHub."""
    landscape = loading.load(FIXTURE)
    sides = landscape.vocabulary.sides
    vocabulary = replace(
        landscape.vocabulary,
        title=f"A map {EVIL}",
        repository=REPOSITORY,
        publisher=Publisher(name=f"We {EVIL}", homepage="https://example.org/we"),
        license="CC-BY-4.0",
        sides={**sides, "north": replace(sides["north"], plain="Applications")},
    )
    alpha = replace(landscape.entries["alpha"], repo="https://github.com/Some/Alpha.git", summary=EVIL, name="Alpha &")
    return replace(landscape, vocabulary=vocabulary, entries={**landscape.entries, "alpha": alpha})


class Host(SimpleHTTPRequestHandler):
    """A host that answers with the site's own page where there is nothing, as many do."""

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write((Path(self.directory) / "below" / "404.html").read_bytes())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a map whose address nobody has named, in a folder ``below``."""
    return once(tmp_path_factory, "framed", lambda top: build(known(), History(), top / "below")) / "below"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site.parent)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/below/"
    server.shutdown()
    server.server_close()


def tabs(page: Page) -> list[str]:
    return page.locator(".md-tabs__link").all_inner_texts()


def test_five_groups_lead_to_every_page_and_stay(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 700})
    page.goto(f"{address}north/")
    assert tabs(page) == ["Find a path", "Who works with what", "Gaps and plan", "Entries", "About"]
    here = page.locator(".ls-pages")
    assert here.locator("a").all_inner_texts() == ["Applications · North", "South", "Middle"]
    assert here.locator("[aria-current=page]").inner_text() == "Applications · North"
    page.mouse.wheel(0, 4000)
    last = page.locator(".md-tabs__link").last
    expect(last).to_be_in_viewport()
    box = last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] < 1024
    page.goto(f"{address}entries/alpha/")
    assert page.locator(".md-tabs__item--active").all_inner_texts() == ["Entries"]
    page.locator(".md-header .md-logo").click()
    expect(page).to_have_url(re.compile(r"/below/(\.|index\.html)?$"))


def test_the_drawer_of_a_phone_shows_all_groups_with_their_pages(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}gaps/")
    page.locator("label[for=__drawer]:visible").first.click()
    drawer = page.locator(".md-nav--primary")
    for title in ("Home", "Path finder", "Applications · North", "Plan", "Verified", "About this map"):
        link = drawer.get_by_role("link", name=title, exact=True)
        link.scroll_into_view_if_needed()
        expect(link).to_be_in_viewport()


def parts_of(html: str) -> list[tuple[str, str]]:
    """(address, words) of the navigation and the footer of a page, whichever engine wrote it."""
    parts = re.findall(r'<nav class="?(?:md-tabs|ls-pages)"? .*?</nav>|<footer.*?</footer>', html, re.DOTALL)
    assert len(parts) >= 2
    found = re.findall(r'href="?([^" >]*)|>([^<>]+)<', "".join(parts))
    return [(normpath(href) if href else "", " ".join(words.split())) for href, words in found if href or words.strip()]


def test_both_engines_show_the_same_navigation_and_footer(tmp_path: Path, site: Path) -> None:
    pytest.importorskip("zensical")
    build(known(), History(), tmp_path / "other", engine="zensical")
    for name in ("index.html", "north/index.html", "entries/alpha/index.html", "reference/json/index.html"):
        one, other = ((folder / name).read_text() for folder in (site, tmp_path / "other"))
        assert parts_of(one) == parts_of(other), name


def test_every_page_says_who_stands_behind_it(page: Page, site: Path, address: str) -> None:
    pages = [path for path in site.rglob("*.html") if path.name != "404.html" and "refresh" not in path.read_text()]
    pages = [path for path in pages if path.relative_to(site).parts[0] != "embed"]  # they stand within other pages
    assert [str(path) for path in pages if 'class="ls-footer"' not in path.read_text()] == []
    page.goto(f"{address}entries/alpha/")
    footer = page.locator(".ls-footer")
    said = footer.inner_text()
    assert f"Kept by We {' '.join(EVIL.split())}" in " ".join(said.split())
    assert "Data of 2026-11-01, licensed CC-BY-4.0" in said
    data = footer.get_by_role("link", name="alpha.json")
    assert json.loads(page.request.get(f"{address}api/v1/entries/alpha.json").text())["id"] == "alpha"
    assert str(data.evaluate("link => link.href")) == f"{address}api/v1/entries/alpha.json"
    assert page.evaluate("window.pwned") is None


def test_a_mistake_is_reported_with_the_entry_and_its_statement(page: Page, address: str) -> None:
    page.goto(f"{address}entries/alpha/")
    link = page.locator(".ls-footer [data-report]")
    asked = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    assert asked["title"] == ["Mistake: Alpha &"]
    assert asked["body"][0].startswith("Page: /entries/alpha/\nFile: landscape/frameworks/alpha.yml\n")
    anchor = page.locator(".ls-statements > li").first.get_attribute("id")
    page.goto(f"{address}entries/alpha/#{anchor}")
    expect(link).to_contain_text("Report a mistake in")
    asked = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    assert re.match(rf"Page: /entries/alpha/#{anchor}\nStatement: \w+.*: \w+", asked["body"][0])
    assert new_issue("https://gitlab.com/a/b/", "x", "y&z") == (
        "https://gitlab.com/a/b/-/issues/new?issue%5Btitle%5D=x&issue%5Bdescription%5D=y%26z"
    )


def test_a_landscape_with_nothing_in_it_has_a_footer_too(tmp_path: Path) -> None:
    build(loading.load(empty(tmp_path)), History(), tmp_path / "site")
    for name in ("index.html", "cite/index.html", "reference/json/index.html"):
        page = (tmp_path / "site" / name).read_text()
        footer = page.partition('<footer class="ls-footer"')[2]
        assert "No data yet" in footer
        assert "data-report" not in footer
        assert "None" not in footer
    croissant = json.loads((tmp_path / "site/downloads/croissant.json").read_text())
    assert croissant["name"] == "Empty"


def described(page: Page) -> list[dict[str, Any]]:
    texts = page.locator("script[type='application/ld+json']").all_text_contents()
    return [json.loads(text) for text in texts]


def test_programs_read_what_a_page_is_about(page: Page, address: str) -> None:
    page.goto(address)
    [dataset] = described(page)
    assert (dataset["@type"], dataset["name"]) == ("Dataset", f"A map {EVIL}")
    assert dataset["creator"] == {"@type": "Organization", "name": f"We {EVIL}", "url": "https://example.org/we"}
    assert dataset["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    for one in dataset["distribution"]:
        assert page.request.get(f"{address}{one['contentUrl']}").ok
    page.goto(f"{address}entries/alpha/")
    [alpha] = described(page)
    assert (alpha["@type"], alpha["name"], alpha["description"]) == ("SoftwareSourceCode", "Alpha &", EVIL)
    assert alpha["identifier"]["value"] == "pkg:github/some/alpha"
    page.goto(f"{address}entries/vision/")
    [vision] = described(page)
    assert vision["@type"] == "Thing"
    assert "identifier" not in vision
    page.goto(f"{address}gaps/")
    assert described(page) == []
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize(
    ("repository", "purl"),
    [
        ("https://github.com/A/b.c/", "pkg:github/a/b.c"),
        ("https://github.com/a/b/tree/main/c", None),
        ("https://example.org/a/b", None),
        (None, None),
    ],
)
def test_a_package_is_named_only_where_the_data_has_it(repository: str | None, purl: str | None) -> None:
    assert package_url(repository) == purl


def test_nothing_ends_the_element_that_holds_data() -> None:
    held = in_script({"name": EVIL})
    assert (
        json.loads(held.removeprefix('<script type="application/ld+json">').removesuffix("</script>"))["name"] == EVIL
    )
    assert held.count("<") == 2
    assert "\u2028" not in held


def test_croissant_names_files_and_columns_that_are_there(site: Path) -> None:
    import csv
    from hashlib import sha256

    croissant = json.loads((site / "downloads/croissant.json").read_text())
    for one in croissant["distribution"]:
        content = (site / "downloads" / one["contentUrl"]).read_bytes()
        assert one["sha256"] == sha256(content).hexdigest()
    for table in croissant["recordSet"]:
        with (site / "downloads" / f"{table['name']}.csv").open(newline="") as file:
            header = next(csv.reader(file))
        assert [one["source"]["extract"]["column"] for one in table["field"]] == header


def test_it_can_be_cited(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}cite/")
    shown = page.locator("pre code").inner_text()
    assert shown.strip() == (site / "downloads/citation.bib").read_text().strip()
    assert r"\{" not in shown
    assert shown.count("{") == shown.count("}")
    page.locator("pre button").click()
    expect(page.locator(".md-dialog")).to_contain_text("Copied")
    cff = yaml.safe_load((site / "downloads/CITATION.cff").read_text())
    assert (cff["title"], cff["license"], str(cff["date-released"])) == (f"A map {EVIL}", "CC-BY-4.0", "2026-11-01")
    assert "@misc{" in bibtex(SiteData(loading.load(FIXTURE)), None)


@pytest.mark.parametrize("where", ["nowhere", "entries/nobody/", "a/b/c/d/e.html"])
def test_what_is_not_found_leads_back_from_any_depth(where: str, tab: Page, address: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address}{where}")
    tab.get_by_role("link", name="All entries").click()
    tab.wait_for_url(f"{address}entries/")
    assert tab.locator("h1").inner_text().startswith("Entries")
    assert [one for one in asked if not one.startswith("http://127.0.0.1")] == []


def test_an_address_leads_the_search_for_the_site_nowhere_else(tab: Page, address: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address.removesuffix('/below/')}//evil.example/<img src=x onerror=window.pwned=1>/")
    tab.wait_for_load_state("networkidle")
    assert tab.locator("#lost").is_visible()
    assert [one for one in asked if not one.startswith("http://127.0.0.1")] == []
    assert tab.evaluate("window.pwned") is None


def test_what_is_not_found_looks_like_the_site_where_its_address_is_known(fixture_site: Path) -> None:
    page = (fixture_site / "404.html").read_text()
    assert 'href="/x/assets/css/landscape.css"' in page
    assert 'href="/x/cite/#cite"' in page
    assert (
        'property="og:image" content="https://example.org/x/assets/card.png"'
        in (fixture_site / "index.html").read_text()
    )
    assert (fixture_site / "assets/card.png").read_bytes().startswith(b"\x89PNG")
