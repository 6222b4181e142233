"""The site as files: whole, the same twice, put in place as one step."""

from __future__ import annotations

import filecmp
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.site import build as building
from interop_landscape.site.build import build
from interop_landscape.site.history import History
from tests.conftest import Run
from tests.landscapes import FIXTURE, empty, fixture_with
from tests.site.conftest import Site
from tests.site.pages import dead_addresses, pages_of


def test_every_address_on_every_page_leads_somewhere_on_the_site(real_site: Site) -> None:
    pages = pages_of(real_site.folder)
    assert dead_addresses(pages, real_site.folder)[:10] == []
    assert len(pages) > 250


def test_no_page_asks_another_host_for_anything(real_site: Site) -> None:
    pages = list(real_site.folder.rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text()
        for asked in ('<script src="http', '<link rel="stylesheet" href="http', '<img src="http', "fonts.googleapis"):
            assert asked not in text, page


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    landscape = loading.load(FIXTURE)
    for name in ("one", "two"):
        build(landscape, History(), tmp_path / name, site_url="https://example.org/")
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    others = sorted(p.relative_to(tmp_path / "two") for p in (tmp_path / "two").rglob("*") if p.is_file())
    assert files == others
    _, different, odd = filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", [str(f) for f in files], shallow=False)
    assert (different, odd) == ([], [])


def test_the_search_index_has_entries_by_alias_and_tag_and_no_shell(tmp_path: Path) -> None:
    build(loading.load(FIXTURE), History(), tmp_path / "site", site_url="https://example.org/x/")
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
        build(landscape, History(), tmp_path / engine, engine=engine)
    pages = {
        engine: {str(path.relative_to(tmp_path / engine)) for path in (tmp_path / engine).rglob("*.html")}
        for engine in ("mkdocs", "zensical")
    }
    assert pages["mkdocs"] == pages["zensical"]
    for page in sorted(pages["zensical"] - {"404.html"}):
        text = (tmp_path / "zensical" / page).read_text()
        assert "SHELL" not in text, page
        assert "data-page" not in text, page
    assert "stylesheets/classic/" in (tmp_path / "zensical" / "index.html").read_text(), "the look of Material is kept"
    assert '"entries/alpha/"' in (tmp_path / "zensical" / "search.json").read_text()


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    landscape = loading.load(FIXTURE)
    build(landscape, History(), output)
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}

    def broken(*arguments: object) -> object:
        raise RuntimeError("half way")

    monkeypatch.setattr(building, "files_of", broken)
    with pytest.raises(RuntimeError, match="half way"):
        build(landscape, History(), output)
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


KILLED = """
import os, signal, sys
from interop_landscape.site import build as building, write

def killed(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

put, exchange, count = building._put, write._exchange, 0

def put_some(path, content):
    global count
    count += 1
    put(path, content)
    if count == 40:
        killed()

match sys.argv.pop(1):
    case "writing":
        building._put = put_some
    case "before":
        write._exchange = killed
    case "after":
        write._exchange = lambda one, other: (exchange(one, other), killed())
from interop_landscape.cli import main
main()
"""


@pytest.mark.parametrize("moment", ["writing", "before", "after"])
def test_a_build_that_is_killed_leaves_a_whole_site(moment: str, tmp_path: Path) -> None:
    """Killed in the middle of writing, just before and just after the new site takes the old one's place."""
    output = tmp_path / "site"
    command = [sys.executable, "-c", KILLED, "never", "build", "-o", str(output), "-d", str(FIXTURE)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    (output / "old").write_text("a file that only the old site has")
    before = content(output)
    command[3] = moment
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(list(tmp_path.iterdir())) == 2, "it was to be killed while two sites are there"
    if moment == "after":
        del before["old"]
    assert content(output) == before


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
