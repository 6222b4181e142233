"""`check --fix` corrects what is certain, leaves the rest and every comment alone, and never makes it worse."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Run
from tests.landscapes import fixture_with

WRONG = """\
# A file with a mistake on nearly every line.
name: New
summary: A new framework.  # one sentence
homepage: https://new.example.org
licence: MIT
status: Active
tags: deep  # how it is selected
Aliases: [New Thing, nu, nu]
interop:
  # where it runs
  run-on:
    GPU:  # its name, not its id
      suport: "full"
      checked: 2026/11/1
      evidence:
        - url: https://new.example.org
          show: a guide
  built-on:
    alfa: {support: full, checked: 2026-11-01, evidence: [{url: https://new.example.org, shows: a guide}]}
"""
RIGHT = (
    WRONG.replace("licence:", "license:")
    .replace("Active", "active")
    .replace("tags: deep", "tags: [deep]")
    .replace("Aliases: [New Thing, nu, nu]", "aliases: [new-thing, nu]")
    .replace("run-on", "runs-on")
    .replace("GPU:", "gpu:")
    .replace("suport", "support")
    .replace("2026/11/1", "2026-11-01")
    .replace("show: a", "shows: a")
    .replace("alfa:", "alpha:")
)


def test_every_certain_mistake_is_fixed_in_place(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": WRONG})
    before = run("check", "-d", root)
    assert before.returncode == 1
    assert "`landscape check --fix` corrects" in before.stdout
    done = run("check", "--fix", "-d", root)
    assert (root / "frameworks/new.yml").read_text() == RIGHT
    assert done.returncode == 0, done.stdout
    assert "`licence` is now `license`" in done.stderr
    again = run("check", "--fix", "-d", root)
    assert (again.returncode, again.stderr) == (0, "")


def test_a_guess_is_left_to_people(run: Run, tmp_path: Path) -> None:
    text = WRONG.split("licence")[0] + "status: alive\ntags: [deep, '']\nnme: Twice\n"
    root = fixture_with(tmp_path, {"frameworks/new.yml": text})
    done = run("check", "--fix", "-d", root)
    assert done.returncode == 1
    assert (root / "frameworks/new.yml").read_text() == text
    assert "unknown key `nme`" in done.stdout


def test_only_the_named_files_are_mended(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": WRONG, "frameworks/other.yml": WRONG})
    run("check", "--fix", "-d", root, root / "frameworks/new.yml")
    assert (root / "frameworks/new.yml").read_text() == RIGHT
    assert (root / "frameworks/other.yml").read_text() == WRONG


def test_a_fix_that_would_collide_is_taken_back(run: Run, tmp_path: Path) -> None:
    statement = "{support: full, checked: 2026-11-01, evidence: [{url: https://new.example.org, shows: a guide}]}"
    twice = f"    gpu: {statement}\n    GPU: {statement}\n"
    text = WRONG.split("licence")[0] + f"status: active\ninterop:\n  runs-on:\n{twice}"
    root = fixture_with(tmp_path, {"frameworks/new.yml": text})
    done = run("check", "--fix", "-d", root)
    assert done.returncode == 1
    assert (root / "frameworks/new.yml").read_text() == text


def test_stale_statements_are_listed_and_fail_nothing(run: Run, tmp_path: Path) -> None:
    text = RIGHT.replace("checked: 2026-11-01", "checked: 2025-11-01")
    root = fixture_with(tmp_path, {"frameworks/new.yml": text})
    assert "stale" not in run("check", "-d", root).stdout
    done = run("check", "--stale", "-d", root)
    assert done.returncode == 0
    assert "`new runs-on gpu` was last checked 386 days ago, and is due for another check after 365" in done.stdout
    assert "write `checked: 2026-11-22`" in done.stdout
