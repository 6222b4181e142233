"""The specification on the site: requirements in their places, links that lead somewhere, levels and badges."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.reports.specification import specification_markdown
from interop_landscape.site.build import build
from interop_landscape.site.history import History
from tests.shared import once
from tests.specification import FILES, specified


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(top: Path) -> None:
        build(loading.load(specified(top)), History(), top / "site")

    return once(tmp_path_factory, "specified", make) / "site"


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    return (site / "specification" / "index.html").read_text()


def test_each_requirement_stands_where_its_chapter_says(page: str) -> None:
    placed = [found[0] for found in re.finditer(r'id="(FIX-[A-Z]+-\d+|chapter-[a-z-]+)"', page)]
    assert placed == [
        'id="chapter-terms"',
        'id="FIX-GN-01"',
        'id="FIX-GN-02"',
        'id="chapter-south"',
        'id="chapter-south-frameworks"',
        'id="FIX-SO-01"',
        'id="FIX-SO-02"',
        'id="chapter-south-runtimes"',
        'id="FIX-SO-03"',
        'id="FIX-SO-04"',
    ]


def test_what_is_mentioned_leads_there_and_what_is_code_does_not(page: str) -> None:
    assert re.search(r'see <a [^>]*href="#chapter-south"[^>]*>South</a> and <a href="#FIX-SO-01">FIX-SO-01</a>', page)
    assert "<code>FIX-SO-02</code>" in page
    ids = set(re.findall(r'id="([^"]+)"', page))
    body = page[page.index('id="chapter-terms"') : page.index('id="relations"')]
    assert set(re.findall(r'href="#([^"]+)"', body)) - ids == set()
    assert '<a href="../verified/#d-alpha-gpu"><code>alpha-gpu</code></a>' in body


def test_the_page_says_how_entries_stand(page: str) -> None:
    assert "5 requirements, of which the map measures 4; 2 cannot be tested yet" in page
    assert "Withdrawn on 2026-10-30: nobody hums" in page
    block = page[page.index('id="FIX-SO-01"') : page.index('id="FIX-SO-02"')]
    assert "<b>MUST</b>" in block
    assert "2 evidenced" in block


def test_an_entry_has_its_level_with_reasons_claims_and_a_badge(site: Path) -> None:
    text = (site / "entries" / "alpha" / "index.html").read_text()
    section = text[text.index('id="conformance"') : text.index('id="expected"')]
    words = " ".join(re.sub(r"<[^>]+>", " ", section).split())
    assert "evidenced : 2 of 3 requirements of the Fixture specification reach it" in words
    assert "Not counted: its makers claim verified since 2026-11-02, until 2027-11-02" in words
    assert "of 3 connections 2 evidenced, 1 stated only" in words
    badge = (site / "badges" / "alpha_level.svg").read_text()
    assert "<title>Alpha · Interop level: evidenced, 2 of 3</title>" in badge
    assert badge == (site / "badges" / "alfa_level.svg").read_text()
    assert "nothing is asked of it" in (site / "badges" / "gpu_level.svg").read_text()
    assert 'id="conformance"' not in (site / "entries" / "gpu" / "index.html").read_text()


def test_programs_and_the_search_know_it_too(site: Path, tmp_path: Path) -> None:
    landscape = loading.load(specified(tmp_path))
    assert (site / "downloads" / "specification.md").read_text() == specification_markdown(landscape)
    held = json.loads((site / "api/v1/specification.json").read_text())
    assert [one["id"] for one in held["requirements"]] == re.findall(
        r"^  (FIX-[A-Z]+-\d+):$", FILES["specification/specification.yml"], re.MULTILINE
    )
    index = json.loads((site / "search/search_index.json").read_text())
    assert any(one["location"] == "specification/#FIX-SO-03" for one in index["docs"])
