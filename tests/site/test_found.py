"""What is found under which name: entries by what they state and by their other names, files under old ids."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from interop_landscape import loading
from interop_landscape.site.build import NO_ADDRESS, build
from interop_landscape.site.history import History
from tests.landscapes import FIXTURE, SNAPSHOT
from tests.site.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_an_old_id_keeps_page_badge_and_document(fixture_site: Path) -> None:
    renamed = [(entry.id, alias) for entry in loading.load(FIXTURE).entries.values() for alias in entry.aliases]
    assert renamed
    for name, alias in renamed:
        assert f"../{name}/" in (fixture_site / f"entries/{alias}/index.html").read_text()
        for path in ("badges/{}.svg", "api/v1/entries/{}.json"):
            assert (fixture_site / path.format(alias)).read_bytes() == (fixture_site / path.format(name)).read_bytes()
        assert not re.search(rf"entries/{alias}/<", (fixture_site / "sitemap.xml").read_text())


def test_a_build_without_an_address_says_what_is_missing(tmp_path: Path) -> None:
    landscape = loading.load(FIXTURE)
    assert build(landscape, History(), tmp_path / "one").told == NO_ADDRESS
    assert build(landscape, History(), tmp_path / "two", site_url="https://example.org/x/").told == ""


@pytest.mark.parametrize(("words", "first"), [("onnx", "onnx"), ("pytorch", "pytorch")])
def test_search_finds_entries_by_their_names(words: str, first: str, page: Page, real_site: Site) -> None:
    page.goto(real_site.address)
    page.keyboard.press("/")
    page.keyboard.type(words, delay=20)
    found = page.locator(".md-search-result__link")
    found.first.wait_for()
    page.wait_for_timeout(500)
    assert f"entries/{first}/" in (found.first.get_attribute("href") or "")


def test_search_knows_what_is_stated(real_site: Site) -> None:
    index = json.loads((real_site.folder / "search" / "search_index.json").read_text())
    [pyro] = [one for one in index["docs"] if one["location"] == "entries/pyro/"]
    assert "is built on PyTorch" in pyro["text"]
    for entry in loading.load(SNAPSHOT).entries.values():
        [shown] = [one for one in index["docs"] if one["location"] == f"entries/{entry.id}/"]
        assert [alias for alias in entry.aliases if alias not in shown["text"]] == []
    denied = [one for one in loading.load(SNAPSHOT).statements if one.support == "none" and one.relation == "exports"]
    assert denied
    for one in denied[:5]:
        [source] = [page for page in index["docs"] if page["location"] == f"entries/{one.source}/"]
        exported = re.search(r"exports ([^;<]*)", source["text"])
        name = loading.load(SNAPSHOT).entries[one.target].name
        assert exported is None or name not in re.split(", | by ", exported[1])
