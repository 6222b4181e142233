"""A checkout with the line ends of Windows is as good as any, and a file keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.landscapes import fixture_with
from tests.repositories import git


@pytest.fixture
def windows(tmp_path: Path, run: Run) -> Path:
    """The fixture in canonical form, with schemas for editors, every line of it ended as on Windows."""
    root = fixture_with(tmp_path, {})
    run("schema", "--write", "-d", root)
    run("fmt", "-d", root)
    for path in root.rglob("*"):
        if path.is_file() and path.suffix in (".yml", ".json", ".py"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return root


def all_windows(path: Path) -> bool:
    data = path.read_bytes()
    return data.count(b"\n") == data.count(b"\r\n") > 0


def test_nothing_would_change_in_such_a_checkout(windows: Path, run: Run) -> None:
    assert run("check", "-d", windows).returncode == 0
    done = run("fmt", "--check", "-d", windows)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_is_changed_in_a_file_keeps_its_line_ends(windows: Path, run: Run) -> None:
    beta = windows / "frameworks" / "beta.yml"
    text = beta.read_bytes()
    beta.write_bytes(text.replace(b"name: Beta", b"nme:   Beta"))
    assert run("check", "--fix", "-d", windows).returncode == 0
    assert b"name:   Beta\r\n" in beta.read_bytes()
    shown = run("fmt", "--check", "-d", windows).stdout
    assert "-name:   Beta\n+name: Beta\n" in shown
    assert "x0d" not in shown
    assert run("fmt", "-d", windows).stdout == f"{windows}/frameworks/beta.yml\n"
    assert beta.read_bytes() == text
    run("new", "framework", "gate", "--name", "Gate", "-d", windows)
    assert all_windows(windows / "frameworks" / "gate.yml")


def test_lines_that_end_otherwise_than_most_are_changed(windows: Path, run: Run) -> None:
    beta, alpha = windows / "frameworks" / "beta.yml", windows / "frameworks" / "alpha.yml"
    beta.write_bytes(beta.read_bytes().replace(b"\r\n", b"\n", 1))
    alpha.write_bytes(alpha.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n", 1))
    assert run("fmt", "--check", "-d", windows).returncode == 1
    run("fmt", "-d", windows)
    assert all_windows(beta)
    assert b"\r" not in alpha.read_bytes()


def test_a_new_landscape_has_one_kind_of_line_ends_whatever_git_is_set_to(tmp_path: Path, run: Run) -> None:
    run("init", tmp_path / "music")
    git(tmp_path / "music", "init", "-q")
    git(tmp_path / "music", "add", "-A")
    git(tmp_path / "music", "commit", "-q", "-m", "begin")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(tmp_path / "music"), "windows")
    assert b"\r" not in (tmp_path / "windows" / "landscape" / "landscape.yml").read_bytes()
    (tmp_path / "music" / ".gitattributes").unlink()
    git(tmp_path / "music", "commit", "-q", "-a", "-m", "without")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(tmp_path / "music"), "others")
    assert b"\r" in (tmp_path / "others" / "landscape" / "landscape.yml").read_bytes()
