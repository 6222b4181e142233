"""The user's `mkdocs.yml`: kept, merged, and never run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from html import escape
from pathlib import Path

import pytest
import yaml

from interop_landscape import loading
from interop_landscape.errors import BadRequest
from interop_landscape.revisions import Revisions
from interop_landscape.site.build import build
from interop_landscape.site.history import History, history_of
from interop_landscape.site.placeholders import Placeholders
from interop_landscape.site.settings import read_settings
from interop_landscape.site.stage import stage
from tests.landscapes import FIXTURE

ROOT = Path(__file__).parents[2]

OWN = """\
site_name: "Mine & yours"
site_url: https://map.example.org/
copyright: By all of us
theme: {name: material, logo: mine.svg, palette: {scheme: slate}}
extra_css: [mine.css]
plugins: [search, interop-landscape]
nav: [{Before: before.md}, interop-landscape, {After: more/after.md}]
"""


def own(folder: Path, settings: str) -> Path:
    """A landscape with settings and pages of its user's beside it."""
    shutil.copytree(FIXTURE, folder / "landscape")
    (folder / "mkdocs.yml").write_text(settings)
    for name in ("before.md", "more/after.md", "mine.css", "mine.svg"):
        (folder / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / name).write_text(f"Own words of {name}.\n")
    return folder / "landscape"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def mkdocs_build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` with the entry point that `pyproject.toml` declares, whether it is installed or not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    [(name, target)] = project["entry-points"]["mkdocs.plugins"].items()
    declared = folder / "declared" / "declared-1.dist-info"
    declared.mkdir(parents=True, exist_ok=True)
    (declared / "METADATA").write_text("Metadata-Version: 2.1\nName: declared\nVersion: 1\n")
    (declared / "entry_points.txt").write_text(f"[mkdocs.plugins]\n{name} = {target}\n")
    paths = os.pathsep.join([str(declared.parent), str(ROOT / "src")])
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", "theirs"]
    environment = {**os.environ, "PYTHONPATH": paths}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_landscape_build_and_mkdocs_build_give_the_same_site(tmp_path: Path) -> None:
    folder = own(tmp_path, OWN)
    history = history_of(Revisions(folder, "landscape"))
    build(loading.load(folder), history, tmp_path / "ours", settings=read_settings(folder))
    done = mkdocs_build(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = files(tmp_path / "ours"), files(tmp_path / "theirs")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
    home = ours["index.html"].decode()
    colours = 'data-md-color-scheme="slate" data-md-color-primary="custom"'
    for said in ("Mine &amp; yours", "By all of us", "mine.svg", "mine.css", "https://map.example.org/", colours):
        assert said in home
    assert b"Own words of more/after.md" in ours["more/after/index.html"]


def test_a_build_of_mkdocs_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    # The plugin stands before the search, which writes an index of its own into MkDocs' folder.
    folder = own(tmp_path, OWN.replace("[search, interop-landscape]", "[interop-landscape, search]"))
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "old.html").write_text("made by MkDocs alone")
    assert mkdocs_build(tmp_path).returncode == 0
    before = files(tmp_path / "theirs")
    assert "old.html" not in before
    assert b"Alpha" in before["search/search_index.json"]
    (folder / "frameworks" / "new.yml").write_text("name: x\n")
    failed = mkdocs_build(tmp_path)
    assert failed.returncode == 1
    assert "run `landscape check`" in failed.stderr
    assert files(tmp_path / "theirs") == before
    assert sorted(path.name for path in tmp_path.glob(".theirs*")) == []


def test_the_navigation_keeps_the_users_places(tmp_path: Path) -> None:
    folder = own(tmp_path, OWN)
    placeholders = Placeholders()
    staged = stage(loading.load(folder), None, tmp_path / "staged", placeholders, read_settings(folder))
    names = [placeholders.in_html(next(iter(item))) for item in yaml.safe_load(staged.read_text())["nav"]]
    assert (names[0], names[1], names[-2:]) == ("Before", "Home", ["About", "After"])


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("site_name: a\nextra: [\n", "mkdocs.yml:3: not valid YAML"),
        ("site_name: a\nextra: {a: !!python/name:os.system }", "mkdocs.yml:2"),
        ("site_name: !ENV HOME", "mkdocs.yml:1"),
        ("site_name: a\nhooks: [evil.py]", "mkdocs.yml:2: `hooks` is refused"),
        ("plugins: [search, evil]", "mkdocs.yml:1: `plugins`: evil is refused"),
        ("theme:\n  custom_dir: evil", "`custom_dir` is refused"),
        ("markdown_extensions: [pymdownx.snippets]", "pymdownx.snippets is refused"),
        ("docs_dir: ..", "not below the folder"),
        ("INHERIT: ../other.yml", "`INHERIT` is refused"),
        ("- a", "begin with `site_name"),
        ("site_name: [a]", "this is no text"),
        ("site_name: a\nsite_url: javascript:alert(1)", "mkdocs.yml:2: `site_url`: it is no http or https address"),
        ("site_url: 5", "`site_url`: this is no text"),
        ("strange: a", "`strange` is not kept"),
        ("plugins: [[search]]", "['search'] is refused"),
        ("extra_css: [own.css, //example.org/a.css]", "another host"),
        ("theme:\n  logo: https://example.org/a.svg", "another host"),
        ("extra:\n  analytics: {provider: google}", "another host"),
        ("extra:\n  social: [{icon: x, link: 'javascript:evil()'}]", "would stand in pages as it is"),
        ("theme:\n  palette: {primary: 'a\" onclick=\"evil()'}", "would stand in pages as it is"),
        ("theme:\n  features: [content.tooltips]", "as HTML"),
    ],
)
def test_what_is_broken_or_could_run_code_is_refused(tmp_path: Path, settings: str, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        read_settings(own(tmp_path, settings))
    assert said in str(refused.value)


def test_an_own_page_takes_nobodys_place_and_no_link_is_followed(tmp_path: Path) -> None:
    folder = own(tmp_path, "site_name: a")
    (tmp_path / "docs" / "gaps.md").write_text("mine")
    with pytest.raises(BadRequest, match="another name"):
        stage(loading.load(folder), None, tmp_path / "one", Placeholders(), read_settings(folder))
    (tmp_path / "docs" / "gaps.md").unlink()
    (tmp_path / "docs" / "secret.md").symlink_to("/etc/hostname")
    with pytest.raises(BadRequest, match="is a link"):
        stage(loading.load(folder), None, tmp_path / "two", Placeholders(), read_settings(folder))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<script>evil()</script>", "a script"),
        ("<script src='mine.js'></script>", "a script"),
        ("<img src=x onerror=evil()>", "the attribute onerror"),
        ("# Own {: onclick=evil() }", "the attribute onclick"),
        ("[Own](java&Tab;script:evil())", "an address that runs a script, in href"),
        ("<iframe src='https://example.org'></iframe>", "<iframe>"),
        ("<meta http-equiv=refresh content='0; url=https://example.org'>", "<meta>"),
        ("*Own* <b>words</b>, [a link](https://example.org/) {: .lead }", None),
    ],
)
def test_an_own_page_brings_nothing_that_runs(tmp_path: Path, page: str, said: str | None) -> None:
    folder = own(tmp_path, OWN)
    (tmp_path / "docs" / "more" / "after.md").write_text(page)
    if said is None:
        build(loading.load(folder), History(), tmp_path / "site", settings=read_settings(folder))
        assert "<b>words</b>" in (tmp_path / "site" / "more" / "after" / "index.html").read_text()
    else:
        with pytest.raises(BadRequest) as refused:
            build(loading.load(folder), History(), tmp_path / "site", settings=read_settings(folder))
        assert f"more/after/index.html would hold {said}" in str(refused.value)


def test_texts_of_the_settings_are_only_text(tmp_path: Path) -> None:
    evil = "Mine {: onclick=evil() } <img src=x onerror=evil()>"
    folder = own(
        tmp_path,
        f"site_name: '{evil}'\nsite_author: '{evil}'\ncopyright: '&copy; us <script>evil()</script> <b>all</b>'\n"
        f"nav: [{{'{evil}': before.md}}, {{'x{evil}': more/after.md}}]\n",
    )
    build(loading.load(folder), History(), tmp_path / "site", settings=read_settings(folder))
    home = (tmp_path / "site" / "index.html").read_text()
    assert escape(evil) in home
    assert "<img src=x" not in home
    assert "<script>evil" not in home
    assert "© us  <b>all</b>" in home
