"""What a build remembers never shows: the site is the same to the byte, and what cannot be believed is not."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.revisions import Revisions
from interop_landscape.site import engine, remembered
from interop_landscape.site.build import build
from interop_landscape.site.history import history_of
from interop_landscape.site.remembered import Remembered
from tests.landscapes import beta_that_exports
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
