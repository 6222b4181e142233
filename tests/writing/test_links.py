"""Whoever formats, extends or builds a stranger's landscape writes nothing outside of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interop_landscape.errors import BadRequest
from interop_landscape.writing.files import guard, replace
from tests.conftest import Run
from tests.landscapes import fixture_with

UGLY = "status: active\nname: New\nsummary: A new framework.\nhomepage: https://new.example.org\nlicence: MIT\n"


def everything(folder: Path) -> dict[str, bytes | str]:
    """What lies in a folder: the bytes of files, and where links lead."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path)] = os.readlink(path)
        elif path.is_file():
            found[str(path)] = path.read_bytes()
    return found


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder of somebody else's, which is afterwards as it was."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "new.yml").write_text(UGLY)
    (folder / "entry.json").write_text('"Made by `landscape schema --write`, which writes over it."')
    (folder / "landscape2-source.json").write_text('{"schema": "import-landscape2/v1", "entries": {}}')
    before = everything(folder)
    yield folder
    assert everything(folder) == before


DATA = "categories: [{name: C, subcategories: [{name: S, items: [{name: N, homepage_url: https://n.example.org}]}]}]\n"

LINKED = {
    ".schema": (["fmt"], ["schema", "--write"], ["new", "framework", "newer"], ["import", "landscape2", "source.yml"]),
    "frameworks": (["new", "framework", "newer"],),
    "gaps": (["new", "record", "newer"],),
    "probes": (["new", "probe", "newer", "--edge", "alpha runs-on gpu"],),
    ".import": (["import", "landscape2", "source.yml"],),
}
"""Folders of a landscape by the commands that write into them."""


@pytest.mark.parametrize(("folder", "command"), [(name, one) for name, each in LINKED.items() for one in each])
@pytest.mark.parametrize("how", ["outside", "dangling", "inside", "loop"])
def test_no_command_writes_through_a_linked_folder(
    folder: str, command: list[str], how: str, tmp_path: Path, outside: Path, run: Run
) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": UGLY.replace("licence", "license")})
    (tmp_path / "source.yml").write_text(DATA)
    elsewhere = root / "elsewhere"
    if (root / folder).exists():
        shutil.move(root / folder, elsewhere)
    else:
        elsewhere.mkdir()
    goal = {"outside": outside, "dangling": tmp_path / "nowhere", "inside": elsewhere, "loop": root / folder}[how]
    (root / folder).symlink_to(goal)
    before = everything(elsewhere)
    done = run(*command, "-d", root)
    assert "Traceback" not in done.stderr
    assert everything(elsewhere) == before
    assert os.readlink(root / folder) == str(goal)
    assert not (tmp_path / "nowhere").exists()
    if how == "outside":
        assert done.returncode == 2
        assert f"{folder} is a link; nothing is written through it, put a folder there" in done.stderr


@pytest.mark.parametrize("command", [["fmt"], ["check", "--fix"]])
def test_a_linked_file_is_neither_formatted_nor_fixed(command: list[str], tmp_path: Path, run: Run) -> None:
    root = fixture_with(tmp_path, {})
    (tmp_path / "outside.yml").write_text(UGLY)
    (root / "frameworks" / "new.yml").symlink_to(tmp_path / "outside.yml")
    done = run(*command, "-d", root)
    assert "Traceback" not in done.stderr
    assert (tmp_path / "outside.yml").read_text() == UGLY
    assert (root / "frameworks" / "new.yml").is_symlink()


@pytest.mark.parametrize("command", [["build", "-o"], ["export", "graphml", "-o"], ["export", "csv", "-o"], ["init"]])
@pytest.mark.parametrize("place", ["out", "out/below"])
def test_an_output_within_the_working_folder_is_reached_through_no_link(
    command: list[str], place: str, tmp_path: Path, outside: Path, run: Run
) -> None:
    root = fixture_with(tmp_path, {})
    (tmp_path / "out").symlink_to(outside / "empty" if place == "out" else outside)
    done = run(*command, place, *([] if command == ["init"] else ["-d", root]))
    assert done.returncode == 2
    assert "out is a link; nothing is written through it" in done.stderr


def test_a_link_that_the_user_names_leads_to_the_landscape_and_to_the_output(tmp_path: Path, run: Run) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": UGLY.replace("licence", "license")})
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "linked").symlink_to(tmp_path)
    done = run("fmt", "-d", tmp_path / "linked" / "landscape", cwd=here)
    assert (done.returncode, (root / "frameworks" / "new.yml").read_text()[:5]) == (0, "name:")
    done = run("export", "graphml", "-d", root, "-o", tmp_path / "linked" / "map.graphml", cwd=here)
    assert (done.returncode, (tmp_path / "map.graphml").is_file()) == (0, True)


def test_the_guard_refuses_what_is_elsewhere_or_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, why in (("pipe", "no regular file"), ("../x", "not below"), ("a/../../x", "not below")):
        with pytest.raises(BadRequest, match=why):
            guard(tmp_path / path, tmp_path)
    guard(tmp_path / "a" / "b", tmp_path)


def test_what_a_killed_run_has_left_is_swept_by_the_next(tmp_path: Path) -> None:
    kill = "import os, sys; from pathlib import Path; from interop_landscape.writing import files\n"
    kill += "files.os.replace = lambda *_: os.kill(os.getpid(), 9)\nfiles.replace(Path(sys.argv[1]), b'half')"
    subprocess.run([sys.executable, "-c", kill, str(tmp_path / "a.yml")], check=False)
    mine = tmp_path / f".a.yml-{os.getpid()}-abcdefgh.part"  # of a run that is still at it
    mine.touch()
    assert len(list(tmp_path.iterdir())) == 2
    replace(tmp_path / "b.yml", b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {"b.yml", mine.name}
