"""Closed streams, readers that leave, full disks, and outputs that would land in the data."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interop_landscape.exchange.exports import MARKER
from tests.conftest import Run
from tests.landscapes import FIXTURE, SNAPSHOT, fixture_with
from tests.shared import uncounted

COMMAND = [sys.executable, "-m", "interop_landscape"]


def alone(
    *arguments: str | Path, closed: tuple[int, ...] = (), before: Callable[[], object] = lambda: None, **more: object
) -> subprocess.CompletedProcess[str]:
    """Run `landscape` with some of its standard streams closed, after something was done in its process."""

    def prepare() -> None:
        before()
        for stream in closed:
            os.close(stream)

    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=prepare, timeout=120, check=False, **more)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("command", [["gaps"], ["gaps", "-f", "json"], ["--help"]], ids=str)
def test_what_cannot_be_printed_is_told_and_never_a_traceback(command: list[str]) -> None:
    where = [] if command == ["--help"] else ["-d", str(FIXTURE)]
    done = alone(*command, *where, closed=(1,))
    assert (done.returncode, done.stderr) == (2, "landscape: standard output: bad file descriptor\n")


def test_where_nothing_is_printed_a_closed_stdout_is_no_matter(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    run("fmt", "-d", root)
    done = alone("fmt", "--check", "-d", root, closed=(1,))
    assert (done.returncode, done.stderr.split(",")[0]) == (0, "landscape: 0 files would change")


def test_closed_stdin_and_stderr_are_no_matter(tmp_path: Path) -> None:
    assert alone("gaps", "-d", FIXTURE, closed=(0,)).stderr == ""
    root = fixture_with(tmp_path, {})
    made = alone("new", "framework", "quiet", "-d", root, closed=(0, 2))
    assert (made.returncode, made.stdout) == (0, f"{root}/frameworks/quiet.yml\n")
    assert "landscape:" not in (root / "frameworks" / "quiet.yml").read_text()  # nothing took the place of stderr


@pytest.mark.parametrize("output", [["gaps", "--top", "0"], ["gaps", "--top", "0", "-f", "json"], ["gaps", "--help"]])
def test_a_reader_that_leaves_ends_it_as_the_signal_would(output: list[str]) -> None:
    where = [] if "--help" in output else ["-d", str(SNAPSHOT)]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        done = subprocess.run(
            [*COMMAND, *output, *where], stdout=closed, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("columns", ["0", "00", "100"])
def test_a_terminal_without_columns_is_one_of_unknown_width(columns: str) -> None:
    done = alone("gaps", "-d", FIXTURE, env=os.environ | {"COLUMNS": columns})
    assert "helper covers vision: closes 1 pair" in done.stdout


def small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))


@pytest.mark.parametrize("command", [["export", "csv"], ["export", "sqlite"], ["build"], ["init"]], ids=" ".join)
def test_a_disk_without_room_is_one_line_and_nothing_half_done(command: list[str], tmp_path: Path) -> None:
    where = [tmp_path / "out"] if command == ["init"] else ["-o", tmp_path / "out", "-d", FIXTURE]
    done = alone(*command, *where, before=small_files, cwd=tmp_path, env=uncounted())
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 2
    assert last.startswith("landscape: /")
    assert last.endswith(": file too large")
    assert len(done.stderr) < 500
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_export_stays_whole_where_a_new_one_finds_no_room(run: Run, tmp_path: Path) -> None:
    run("export", "csv", "-o", tmp_path / "out", "-d", FIXTURE)
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    root = fixture_with(tmp_path, {})
    path = root / "frameworks" / "beta.yml"
    path.write_text(path.read_text().replace("name: Beta", "name: Beta Two"))
    done = alone("export", "csv", "-o", tmp_path / "out", "-d", root, before=small_files, env=uncounted())
    assert done.returncode == 2
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    fine = alone("export", "csv", "-o", tmp_path / "out", "-d", root)
    assert fine.returncode == 0
    assert "Beta Two" in (tmp_path / "out" / "entries.csv").read_text()
    assert (tmp_path / "out" / MARKER).exists()


@pytest.mark.parametrize(
    "command", [["build"], ["export", "csv"], ["export", "graphml"], ["export", "sqlite"]], ids=str
)
def test_nothing_is_put_among_the_data(command: list[str], run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    (tmp_path / "elsewhere").symlink_to(root)
    before = sorted(root.rglob("*"))
    forced = ["--force"] if command[0] == "export" else []
    for place in (root, root / "new", root / "frameworks" / "new", tmp_path / "elsewhere" / "new"):
        done = run(*command, *forced, "-o", place, "-d", root, cwd=tmp_path.parent)
        assert (done.returncode, done.stdout) == (2, ""), place
        assert "is in the landscape's own folder" in done.stderr
    assert sorted(root.rglob("*")) == before
    if command == ["build"]:
        (tmp_path / ".landscape-site").touch()  # as where a site was built around the data once
        assert "holds the landscape" in run("build", "-o", tmp_path, "-d", root).stderr
        assert (root / "landscape.yml").exists()
    else:
        assert run(*command, "-o", tmp_path / "new", "-d", root).returncode == 0
        assert run(*command, "-o", root / ".hidden" / "new", "-d", root).returncode == 0
        assert "no problems" in run("check", "-d", root).stdout
