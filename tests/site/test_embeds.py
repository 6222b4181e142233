"""Tables and answers in the frame of another page, on another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site.conftest import serve

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def served(fixture_site: Path) -> Iterator[str]:
    """Where the fixture's site is."""
    for address in serve(fixture_site):
        yield f"{address}/"


def framed(page: Page, line: str, served: str, folder: Path) -> None:
    """Show a page of another host, into which somebody has pasted a line."""
    (folder / "index.html").write_text(
        f"<!doctype html><link rel=icon href=data:,>{line.replace('https://example.org/x/', served)}"
    )
    for address in serve(folder):
        page.goto(address.replace("127.0.0.1", "localhost"))
        break


def test_a_pasted_table_shows_on_another_host(tab: Page, served: str, tmp_path: Path) -> None:
    tab.goto(f"{served}south/")
    tab.locator("details[data-embed='embed/south/compute/'] summary").click()
    line = tab.locator("#embed-embed-south-compute").input_value()
    assert line.startswith('<iframe src="https://example.org/x/embed/south/compute/" title="Compute" ')
    framed(tab, line, served, tmp_path)
    inside = tab.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=1)).to_have_text("Compute")
    expect(inside.get_by_role("table")).to_contain_text("Alpha")
    assert inside.locator("header, nav, footer.md-footer").count() == 0
    with tab.expect_popup() as opened:
        inside.get_by_role("link", name="The whole page").click()
    assert opened.value.url.endswith("/south/#compute")


def test_a_pasted_answer_is_that_which_was_asked_for(tab: Page, served: str, tmp_path: Path) -> None:
    tab.goto(f"{served}paths/?from=alpha&to=npu")
    verdict = tab.locator("[data-routes] .ls-verdict").inner_text()
    tab.locator("details[data-embed='embed/path/'] summary").click()
    field = tab.locator("#embed-embed-path")
    expect(field).to_have_value(re.compile(r"embed/path/\?from=alpha&amp;to=npu"))
    line = field.input_value()
    framed(tab, line, served, tmp_path)
    expect(tab.frame_locator("iframe").locator(".ls-verdict")).to_have_text(re.sub(r"\s+", " ", verdict))


def test_it_is_as_dark_as_the_reader_or_the_address_says(page: Page, served: str) -> None:
    for scheme, asked, wanted in (("dark", "", "slate"), ("light", "", "default"), ("light", "?theme=dark", "slate")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{served}embed/south/compute/{asked}")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", wanted)


def test_every_table_has_an_embed_and_none_is_searched_for(fixture_site: Path) -> None:
    lines = [
        unescape(found)
        for path in fixture_site.rglob("*.html")
        if "embed" not in path.parts
        for found in re.findall(r'value="([^"]*embed/[^"]*)"', path.read_text())
    ]
    assert len(lines) == 4
    for line in lines:
        path = re.findall(r'src="https://example\.org/x/([^"?]*)', line)[0]
        page = (fixture_site / path / "index.html").read_text()
        assert 'name="robots" content="noindex"' in page
        assert "frame-ancestors" not in page
    assert "embed/" not in (fixture_site / "sitemap.xml").read_text()
