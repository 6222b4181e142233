"""Every file for programs that a built site really holds is named by its index and by its description."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

from interop_landscape import loading
from tests.landscapes import FIXTURE


def test_every_published_file_is_named_by_the_index_and_described(fixture_site: Path) -> None:
    site = fixture_site
    programs = {str(path.relative_to(site)) for top in ("api", "downloads") for path in (site / top).rglob("*.*")}
    programs |= {path.name for path in site.glob("*.atom")}
    assert len(programs) > 20
    index = json.loads((site / "api/v1/index.json").read_text())
    groups = [group for group in index.values() if isinstance(group, dict)]
    base = "https://example.org/api/v1/index.json"
    named = {urljoin(base, str(one)).removeprefix("https://example.org/") for group in groups for one in group.values()}
    aliases = {alias for entry in loading.load(FIXTURE).entries.values() for alias in entry.aliases}
    assert programs - named == {"api/v1/index.json", *(f"api/v1/entries/{alias}.json" for alias in aliases)}
    described = json.loads((site / "api/v1/openapi.json").read_text())["paths"]
    shapes = [re.compile("/" + re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path[1:]))) for path in described]
    assert {path for path in programs if not any(shape.fullmatch(f"/{path}") for shape in shapes)} == set()
    pages = list(site.rglob("*.html"))
    assert any("http-equiv" in page.read_text() for page in pages), "the fixture has an entry with an old id"
    assert [page for page in pages if 'rel="icon"' not in page.read_text()] == [], "a browser asks for /favicon.ico"
