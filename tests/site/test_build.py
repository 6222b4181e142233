"""The site as files: whole, the same twice, put in place as one step."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from interop_landscape import loading
from interop_landscape.site import build as building
from interop_landscape.site.build import build
from interop_landscape.site.story import Story
from tests.conftest import Run
from tests.landscapes import FIXTURE, empty, fixture_with
from tests.site.conftest import Site


class Links(HTMLParser):
    """The addresses that a page refers to, and the ids that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.addresses.append(value)
            if name == "id" and value is not None:
                self.ids.add(value)


def read(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text())
    return links


def test_every_address_on_every_page_leads_somewhere_on_the_site(real_site: Site) -> None:
    pages = {page: read(page) for page in real_site.folder.rglob("*.html")}
    wrong = []
    for page, links in pages.items():
        if page.name == "404.html":
            continue  # its addresses start at the server's root, since it is shown at any address
        for address in links.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or address.startswith("mailto:"):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (
                parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids
            ):
                wrong.append((str(page.relative_to(real_site.folder)), address))
    assert wrong[:10] == []
    assert len(pages) > 250


def test_no_page_asks_another_host_for_anything(real_site: Site) -> None:
    for page in real_site.folder.rglob("*.html"):
        text = page.read_text()
        for asked in ('<script src="http', '<link rel="stylesheet" href="http', '<img src="http', "fonts.googleapis"):
            assert asked not in text, page


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    landscape = loading.load(FIXTURE)
    for name in ("one", "two"):
        build(landscape, Story(), tmp_path / name, site_url="https://example.org/")
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    others = sorted(p.relative_to(tmp_path / "two") for p in (tmp_path / "two").rglob("*") if p.is_file())
    assert files == others
    _, different, odd = filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", [str(f) for f in files], shallow=False)
    assert (different, odd) == ([], [])


def test_the_search_index_has_entries_by_alias_and_tag_and_no_shell(tmp_path: Path) -> None:
    build(loading.load(FIXTURE), Story(), tmp_path / "site", site_url="https://example.org/x/")
    index = (tmp_path / "site" / "search" / "search_index.json").read_text()
    assert '"location":"entries/alpha/"' in index
    assert "alfa" in index
    assert "SHELL" not in index
    sitemap = (tmp_path / "site" / "sitemap.xml").read_text()
    assert "<loc>https://example.org/x/entries/alpha/</loc>" in sitemap
    assert "shell" not in sitemap
    alias = (tmp_path / "site" / "entries" / "alfa" / "index.html").read_text()
    assert 'content="0; url=../alpha/"' in alias
    page = (tmp_path / "site" / "entries" / "alpha" / "index.html").read_text()
    assert '<link rel="canonical" href="https://example.org/x/entries/alpha/">' in page
    assert "SHELL" not in page
    assert 'property="og:title" content="Alpha"' in page


def test_the_other_engine_builds_the_same_pages(tmp_path: Path) -> None:
    pytest.importorskip("zensical")
    landscape = loading.load(FIXTURE)
    for engine in ("mkdocs", "zensical"):
        build(landscape, Story(), tmp_path / engine, engine=engine)
    pages = {
        engine: {str(path.relative_to(tmp_path / engine)) for path in (tmp_path / engine).rglob("*.html")}
        for engine in ("mkdocs", "zensical")
    }
    assert pages["mkdocs"] == pages["zensical"]
    for page in sorted(pages["zensical"] - {"404.html"}):
        text = (tmp_path / "zensical" / page).read_text()
        assert "SHELL" not in text, page
        assert "data-page" not in text, page
    assert '"entries/alpha/"' in (tmp_path / "zensical" / "search.json").read_text()


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    landscape = loading.load(FIXTURE)
    build(landscape, Story(), output)
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}

    def broken(*arguments: object) -> object:
        raise RuntimeError("half way")

    monkeypatch.setattr(building, "files_of", broken)
    with pytest.raises(RuntimeError, match="half way"):
        build(landscape, Story(), output)
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_no_site_is_not_replaced(tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    done = run("build", "-o", tmp_path / "mine", "-d", FIXTURE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds something else than a site" in done.stderr
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_a_build_says_what_it_built_and_how_to_see_it(tmp_path: Path, run: Run) -> None:
    done = run("build", "-o", tmp_path / "site", "-d", FIXTURE)
    assert done.returncode == 0, done.stderr
    assert "pages" in done.stdout
    assert f"http.server -d {tmp_path / 'site'}" in done.stdout
    again = run("build", "-o", tmp_path / "site", "-d", FIXTURE)
    assert again.returncode == 0, again.stderr


def test_an_empty_landscape_and_one_with_problems(tmp_path: Path, run: Run) -> None:
    done = run("build", "-o", tmp_path / "site", "-d", empty(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "has no entries yet" in (tmp_path / "site" / "index.html").read_text()
    (tmp_path / "wrong").mkdir()
    broken = run(
        "build", "-o", tmp_path / "other", "-d", fixture_with(tmp_path / "wrong", {"frameworks/n.yml": "a: b\n"})
    )
    assert (broken.returncode, broken.stdout) == (2, "")
    assert "landscape check" in broken.stderr
    assert not (tmp_path / "other").exists()


def test_strict_fails_on_what_the_check_only_doubts(tmp_path: Path, run: Run) -> None:
    record = "title: x\ncloses: [runner runs-on npu]\nstages:\n  - {stage: closed, date: 2026-11-01, note: x}\n"
    root = fixture_with(tmp_path, {"gaps/doubtful.yml": record})
    assert run("build", "-o", tmp_path / "site", "-d", root).returncode == 0
    strict = run("build", "-o", tmp_path / "strict", "-d", root, "--strict")
    assert strict.returncode == 2
    assert "1 problem, the first at" in strict.stderr
    assert "record-ahead" in strict.stderr
    assert not (tmp_path / "strict").exists()


@pytest.mark.parametrize("seconds", [0.4, 0.8, 1.1])
def test_a_build_that_is_killed_leaves_a_whole_site(seconds: float, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "interop_landscape", "build", "-o", str(tmp_path / "site"), "-d", str(FIXTURE)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1795305600"}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment)
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    after = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert after == before
