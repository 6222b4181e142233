"""What a build remembers never shows: the site is the same to the byte, and what cannot be believed is not."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.reading.models import Entry
from interop_landscape.revisions import Revisions
from interop_landscape.site import build as building
from interop_landscape.site import data, engine, entry_page, remembered
from interop_landscape.site.build import build
from interop_landscape.site.history import History, history_of
from interop_landscape.site.remembered import Remembered
from interop_landscape.site.view import View
from interop_landscape.site.words import UNTOLD
from tests.landscapes import beta_that_exports, fixture_with
from tests.repositories import Repository
from tests.site.test_api import TODAY


class Counter:
    """Something to be worked out, and how often it was."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> dict[str, int]:
        self.count += 1
        return {"answer": 42}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_is_the_same_with_and_without_a_memory(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path / "repo")
    repository.commit({"frameworks/beta.yml": beta_that_exports()}, when="2026-11-02T12:00:00Z")
    repository.commit({"projects/helper.yml": None}, when="2026-11-08T12:00:00Z")

    def made(name: str, kept: Remembered | None) -> dict[str, bytes]:
        folder = repository.landscape
        history = history_of(Revisions(folder, "landscape", today=TODAY), kept)
        build(loading.load(folder, today=TODAY), history, tmp_path / name, remembered=kept)
        return files(tmp_path / name)

    fresh = made("fresh", None)
    assert made("first", Remembered(cache)) == fresh
    assert len(list(cache.iterdir())) > 5
    monkeypatch.setattr(engine, "_mkdocs", None)  # not run again
    monkeypatch.setattr("interop_landscape.site.past.Gaps", None)
    assert made("second", Remembered(cache)) == fresh
    edited = repository.landscape / "frameworks" / "alpha.yml"
    edited.write_text(edited.read_text().replace("name: Alpha", "name: Alpha the First", 1))
    times = {name: (tmp_path / "second" / name).stat().st_mtime_ns for name in fresh}
    later = made("second", Remembered(cache))
    assert b"Alpha the First" in later["entries/alpha/index.html"]
    assert later["entries/gamma/index.html"] == fresh["entries/gamma/index.html"]
    assert (tmp_path / "second/entries/gamma/index.html").stat().st_mtime_ns == times["entries/gamma/index.html"]
    assert (tmp_path / "second/entries/alpha/index.html").stat().st_mtime_ns != times["entries/alpha/index.html"]


EDITS: dict[str, tuple[str, str, str]] = {
    "summary in more lines": ("frameworks/alpha.yml", r"summary: .*", "summary: >-\n  Said in\n  more lines."),
    "licence": ("frameworks/alpha.yml", r"license: .*", "license: MIT"),
    "first licence": ("frameworks/beta.yml", r"status:", "license: MIT\nstatus:"),
    "homepage": ("frameworks/alpha.yml", r"homepage: .*", "homepage: https://a.example.org"),
    "no repository": ("frameworks/alpha.yml", r"repo: .*\n", ""),
    "evidence": ("frameworks/alpha.yml", r"shows: .*", "shows: something else"),
    "more evidence": (
        "frameworks/beta.yml",
        r"( +)evidence:\n",
        r"\g<0>\1  - {url: https://b.example.org, shows: it}\n",
    ),
    "what was searched": ("frameworks/beta.yml", r"for: .*", "for: [anything]"),
    "limits on a route": ("frameworks/gamma.yml", r"limits: .*", "limits: only small trees"),
    "first note": ("frameworks/gamma.yml", r"limits: .*", r"\g<0>\n      note: see the manual"),
    "api": ("frameworks/alpha.yml", r"api: .*", "api: alpha.save"),
    "no since": ("frameworks/alpha.yml", r" +since: .*\n", ""),
    "until": ("frameworks/alpha.yml", r"until: .*", "until: '0.10'"),
    "looked at earlier": ("frameworks/alpha.yml", r"checked: .*", "checked: 2026-10-20"),
    "not lately": ("frameworks/alpha.yml", r"checked: .*", "checked: 2026-06-20"),
    "stale": ("frameworks/alpha.yml", r"checked: .*", "checked: 2024-06-20"),
    "looked at on a newer day": ("frameworks/alpha.yml", r"checked: .*", "checked: 2026-11-22"),
    "requires": ("frameworks/alpha.yml", r"requires: .*", "requires: {exch-opset: '>=8'}"),
    "moved in its file": ("frameworks/beta.yml", r"interop:", "\n\ninterop:"),
    "support": ("frameworks/alpha.yml", r"support: full", "support: partial\n      limits: not all"),
    "name": ("frameworks/gamma.yml", r"name: .*", "name: Another"),
    "why": ("expectations.yml", r"why: .*", "why: For another reason."),
}


def test_after_any_edit_the_site_is_that_of_a_fresh_build(tmp_path: Path, cache: Path) -> None:
    """Each edit is made upon those before it, so that the site that stands is never twice the same.

    What the engine made is remembered for both; a site at another place is made whole all the same.
    """
    folder, site = fixture_with(tmp_path, {}), tmp_path / "site"
    build(loading.load(folder, today=TODAY), History(), site, remembered=Remembered(cache))
    for what, (name, old, new) in EDITS.items():
        path = folder / name
        text, count = re.subn(old, new, path.read_text(), count=1)
        assert count, what
        path.write_text(text)
        landscape = loading.load(folder, today=TODAY)
        build(landscape, History(), site, remembered=Remembered(cache))
        build(landscape, History(), tmp_path / what, remembered=Remembered(cache))
        made = files(site)
        assert made == files(tmp_path / what), what
        assert [name for name, content in made.items() if UNTOLD.encode() in content or b"0001-01-01" in content] == []
    build(landscape, History(), tmp_path / "fresh")
    assert files(site) == files(tmp_path / "fresh")


def test_what_is_made_of_the_same_is_not_made_again(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, site = fixture_with(tmp_path, {}), tmp_path / "site"
    asked: list[str] = []
    page_of = entry_page.entry

    def made(kept: Remembered, today: date = TODAY) -> list[str]:
        """The entries whose pages a build makes."""
        asked.clear()
        build(loading.load(folder, today=today), History(), site, remembered=kept)
        return sorted(asked)

    def entry(view: View, one: Entry, report: str | None = None) -> str:
        asked.append(one.id)
        return page_of(view, one, report)

    monkeypatch.setattr(entry_page, "entry", entry)
    everything = made(Remembered(cache))
    assert {"alpha", "beta", "gamma"} < set(everything)
    whole = files(site)
    with monkeypatch.context() as patched:
        patched.setattr(data, "plan_from", None)  # nothing asks for the plan, nor for the gaps one by one
        patched.setattr(Gaps, "top", None)
        assert made(Remembered(cache)) == []
        path = folder / "frameworks" / "alpha.yml"
        path.write_text(path.read_text().replace("meets nearly everything", "meets this and that"))
        assert made(Remembered(cache)) == ["alpha"]
        edited = files(site)
        path.write_text(
            path.read_text().replace("a chapter on vision", "a chapter on images").replace("11-01", "10-30", 1)
        )
        assert made(Remembered(cache)) == ["alpha", "vision"]
        told = files(site)
    assert {name for name in told if told[name] != edited[name] and name.endswith(".html")} == {
        f"entries/{name}/index.html" for name in ("alpha", "vision")
    }
    changed = {name for name, content in edited.items() if content != whole[name]}
    assert {"api/v1/entries/alpha.json", "entries/index.html", "search/search_index.json"} < changed
    assert all(b"this and that" in edited[name] or name.endswith("croissant.json") for name in changed)
    (site / "entries" / "beta" / "index.html").write_text("by another hand")
    (site / "entries" / "gamma" / "index.html").unlink()
    assert made(Remembered(cache)) == ["beta", "gamma"]
    assert made(Remembered(cache), date(2026, 11, 23)) == everything
    assert made(Remembered()) == everything
    monkeypatch.setattr(building, "templates_folder", lambda: tmp_path)
    (tmp_path / "html").mkdir()
    assert made(Remembered(cache)) == everything, "with other templates"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-10]),
        lambda path: path.write_text(path.read_text().replace("42", "43")),
        lambda path: path.write_text("[" * 100_000),
        lambda path: path.write_bytes(b""),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: path.write_text(json.dumps({"key": ["x"], "digest": "", "value": 1})),
    ],
)
def test_what_is_spoilt_is_worked_out_again(cache: Path, spoil: Callable[[Path], object]) -> None:
    work = Counter()
    assert Remembered(cache).ask(("a",), work) == Remembered(cache).ask(("a",), work) == {"answer": 42}
    assert work.count == 1
    [path] = cache.iterdir()
    spoil(path)
    assert Remembered(cache).ask(("a",), work) == {"answer": 42}
    assert work.count == 2


def test_another_program_another_day_and_another_user_remember_nothing(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Counter()
    Remembered(cache).ask(("a", "2026-11-30"), work)
    Remembered(cache).ask(("a", "2026-12-01"), work)
    assert work.count == 2
    monkeypatch.setattr(remembered, "_sources", lambda: "other sources")
    Remembered(cache).ask(("a", "2026-11-30"), work)
    assert work.count == 3
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    Remembered(cache).ask(("a", "2026-11-30"), work)
    assert work.count == 4


def test_files_are_remembered_whole_or_not_at_all(cache: Path) -> None:
    made = {"a.html": b"one\n\ntwo", "empty": b"", "deep/er.js": bytes(range(256))}
    calls: list[int] = []

    def make() -> dict[str, bytes]:
        calls.append(1)
        return made

    assert Remembered(cache).ask_files(("b",), make) == Remembered(cache).ask_files(("b",), make) == made
    assert len(calls) == 1
    [path] = cache.iterdir()
    path.write_bytes(path.read_bytes().replace(b"two", b"2wo"))
    assert Remembered(cache).ask_files(("b",), make) == made
    assert len(calls) == 2


def test_a_memory_is_bounded_and_need_not_be_writable(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "MOST_BYTES", 1_000)
    kept = Remembered(cache)
    for place in range(20):
        kept.ask((str(place),), Counter())
    os.utime(max(cache.iterdir()), (0, 0))
    (cache / "mine.txt").write_text("not the program's" * 100)
    oldest = max(path for path in cache.iterdir() if path.suffix == ".json")
    kept.tidy()
    left = [path for path in cache.iterdir() if path.suffix == ".json"]
    assert 0 < len(left) < 20
    assert sum(path.stat().st_size for path in left) <= 1_000
    assert oldest not in left
    assert (cache / "mine.txt").exists()
    (tmp_path / "a file").write_text("")
    work = Counter()
    assert Remembered(tmp_path / "a file" / "below").ask(("a",), work) == {"answer": 42}
