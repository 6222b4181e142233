"""The site as files: whole, the same twice, put in place as one step."""

from __future__ import annotations

import shutil
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
from tests.shared import once
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


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path, fixture_site: Path) -> None:
    build(loading.load(FIXTURE), History(), tmp_path / "site", site_url="https://example.org/x/")
    one, other = content(fixture_site), content(tmp_path / "site")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_the_search_index_has_entries_by_alias_and_tag_and_no_shell(fixture_site: Path) -> None:
    index = (fixture_site / "search" / "search_index.json").read_text()
    assert '"location":"entries/alpha/"' in index
    assert "alfa" in index
    assert "SHELL" not in index
    sitemap = (fixture_site / "sitemap.xml").read_text()
    assert "<loc>https://example.org/x/entries/alpha/</loc>" in sitemap
    assert "shell" not in sitemap
    alias = (fixture_site / "entries" / "alfa" / "index.html").read_text()
    assert 'content="0; url=../alpha/"' in alias
    page = (fixture_site / "entries" / "alpha" / "index.html").read_text()
    assert '<link rel="canonical" href="https://example.org/x/entries/alpha/">' in page
    assert "SHELL" not in page
    assert 'property="og:title" content="Alpha"' in page


def test_the_other_engine_builds_the_same_pages(tmp_path: Path, fixture_site: Path) -> None:
    pytest.importorskip("zensical")
    other = tmp_path / "zensical"
    build(loading.load(FIXTURE), History(), other, engine="zensical")
    pages = {str(path.relative_to(other)) for path in other.rglob("*.html")}
    assert pages == {str(path.relative_to(fixture_site)) for path in fixture_site.rglob("*.html")}
    for page in sorted(pages - {"404.html"}):
        text = (other / page).read_text()
        assert "SHELL" not in text, page
        assert "data-page" not in text, page
    assert "stylesheets/classic/" in (other / "index.html").read_text(), "the look of Material is kept"
    assert '"entries/alpha/"' in (other / "search.json").read_text()


def test_a_build_that_fails_leaves_the_old_site(
    tmp_path: Path, fixture_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = shutil.copytree(fixture_site, tmp_path / "site")
    landscape = loading.load(FIXTURE)
    before = content(output)

    def broken(*arguments: object) -> object:
        raise RuntimeError("half way")

    monkeypatch.setattr(building, "makings_of", broken)
    with pytest.raises(RuntimeError, match="half way"):
        build(landscape, History(), output)
    assert content(output) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_no_site_is_not_replaced(tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    done = run("build", "-o", tmp_path / "mine", "-d", FIXTURE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds something else than a site" in done.stderr
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_a_build_in_an_older_sites_place_says_what_it_built_and_how_to_see_it(
    tmp_path: Path, run: Run, fixture_site: Path
) -> None:
    shutil.copytree(fixture_site, tmp_path / "site")
    (tmp_path / "site" / "old").write_text("a file that only the old site has")
    done = run("build", "-o", tmp_path / "site", "-d", FIXTURE)
    assert done.returncode == 0, done.stderr
    assert "pages" in done.stdout
    assert f"http.server -d {tmp_path / 'site'}" in done.stdout
    assert not (tmp_path / "site" / "old").exists()


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
from interop_landscape.site import making, write

def killed(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

put, exchange, count = making.Site._write, write._exchange, 0

def put_some(*arguments, **how):
    global count
    count += 1
    put(*arguments, **how)
    if count == 40:
        killed()

match sys.argv.pop(1):
    case "writing":
        making.Site._write = put_some
    case "before":
        write._exchange = killed
    case "after":
        write._exchange = lambda one, other: (exchange(one, other), killed())
from interop_landscape.cli import main
main()
"""


def built_by_a_process(
    output: Path, killed: str, *more: str, folder: Path = FIXTURE
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", KILLED, killed, "build", "-o", str(output), "-d", str(folder), *more]
    return subprocess.run(command, capture_output=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that a process makes which nobody kills."""

    def make(folder: Path) -> None:
        assert built_by_a_process(folder / "site", "never").returncode == 0

    return once(tmp_path_factory, "whole", make) / "site"


@pytest.mark.parametrize("moment", ["writing", "before", "after"])
def test_a_build_that_is_killed_leaves_a_whole_site(moment: str, tmp_path: Path, whole: Path) -> None:
    """Killed in the middle of writing, just before and just after the new site takes the old one's place."""
    output = shutil.copytree(whole, tmp_path / "site")
    (output / "old").write_text("a file that only the old site has")
    before = content(output)
    done = built_by_a_process(output, moment)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(list(tmp_path.iterdir())) == 2, "it was to be killed while two sites are there"
    if moment == "after":
        del before["old"]
    assert content(output) == before


def test_a_build_of_other_words_that_is_killed_is_made_up_for(tmp_path: Path) -> None:
    folder, site = fixture_with(tmp_path, {}), tmp_path / "site"
    assert built_by_a_process(site, "never", folder=folder).returncode == 0
    before = content(site)
    edited = folder / "frameworks" / "gamma.yml"
    edited.write_text(edited.read_text().replace("no categorical features", "only small trees"))
    assert built_by_a_process(site, "writing", folder=folder).returncode == -signal.SIGKILL
    assert content(site) == before
    assert built_by_a_process(site, "never", folder=folder).returncode == 0
    assert built_by_a_process(tmp_path / "fresh", "never", "--fresh", folder=folder).returncode == 0
    assert content(site) == content(tmp_path / "fresh") != before


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
