"""`landscape export`: every format, written as asked, the same each time, and never over anything else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from interop_landscape.cli.export import FORMATS
from tests.conftest import Run
from tests.landscapes import FIXTURE, empty, fixture_with
from tests.shared import uncounted

FOLDERS = [name for name, form in FORMATS.items() if form.holds == "folder"]
FILES = [name for name in FORMATS if name not in FOLDERS]


def content(path: Path) -> dict[str, bytes]:
    """The files of an export by name, hidden ones too."""
    files = path.rglob("*") if path.is_dir() else [path]
    return {str(file.relative_to(path)): file.read_bytes() for file in files if file.is_file()}


def test_the_help_names_every_format(run: Run) -> None:
    said = " ".join(run("export", "--help", columns=1000).stdout.split())
    for name, form in FORMATS.items():
        assert f"{name}: {form.summary}" in said


def test_the_command_starts_without_what_only_formats_need() -> None:
    script = "import sys, interop_landscape.cli.export; print({'networkx', 'numpy', 'sqlite3'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=uncounted())
    assert done.stdout == "set()\n"


EXPORT_ALL = """
import sys
from interop_landscape.cli.run import run
top, landscape, *formats = sys.argv[1:]
sys.exit(any([run(["export", name, "-d", landscape, "-o", f"{top}/{name}/out put"]) for name in formats]))
"""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, list[str]]]:
    """(folder with every format, what was printed of each) of two processes that hash differently."""
    made = []
    for seed in ("1", "2"):
        top = tmp_path_factory.mktemp("seed")
        command = [sys.executable, "-c", EXPORT_ALL, str(top), str(FIXTURE), *FORMATS]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert done.stderr.count("landscape: next: ") == len(FORMATS)
        made.append((top, done.stdout.splitlines()))
    return made


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_written_twice_the_same(name: str, run: Run, seeds: list[tuple[Path, list[str]]]) -> None:
    outputs = [top / name / "out put" for top, _ in seeds]
    assert all(str(output) in printed for output, (_, printed) in zip(outputs, seeds, strict=True))
    one, other = map(content, outputs)
    assert one == other
    assert one
    again = run("export", name, "-d", FIXTURE, "-o", outputs[0])
    assert again.returncode == 0, again.stderr
    assert content(outputs[0]) == one


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_landscape_has_every_format(name: str, run: Run, tmp_path: Path) -> None:
    done = run("export", name, "-d", empty(tmp_path), "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert all(content(tmp_path / "out").values())


@pytest.mark.parametrize("name", FORMATS)
def test_only_a_single_text_is_printed(name: str, run: Run, tmp_path: Path) -> None:
    printed = run("export", name, "-d", FIXTURE)
    if FORMATS[name].holds != "text":
        assert printed.returncode == 2
        assert "cannot be printed; name a" in printed.stderr
        assert printed.stdout == ""
        return
    assert (printed.returncode, printed.stderr) == (0, "")
    run("export", name, "-d", FIXTURE, "-o", tmp_path / "out")
    assert printed.stdout == (tmp_path / "out").read_text()


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_made_otherwise_stays_unless_forced(name: str, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "mine"
    keep = output / "notes.txt" if name in FOLDERS else output
    keep.parent.mkdir(exist_ok=True)
    keep.write_text("mine")
    refused = run("export", name, "-d", FIXTURE, "-o", output)
    assert refused.returncode == 2
    assert f"was not made by `landscape export {name}`" in refused.stderr
    assert content(output) == {str(keep.relative_to(output)): b"mine"}
    assert run("export", name, "-d", FIXTURE, "-o", output, "--force").returncode == 0
    assert run("export", name, "-d", FIXTURE, "-o", output).returncode == 0
    assert (keep.read_bytes() == b"mine") == (name in FOLDERS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_not_put_for_a_folder_nor_through_a_link(name: str, run: Run, tmp_path: Path) -> None:
    output, linked = tmp_path / "there", tmp_path / "link"
    if name in FOLDERS:
        output.write_text("mine")
    else:
        output.mkdir()
        linked.symlink_to(tmp_path / "elsewhere")
        through = run("export", name, "-d", FIXTURE, "-o", linked, "--force")
        assert (through.returncode, "is a link" in through.stderr) == (2, True)
        assert not (tmp_path / "elsewhere").exists()
    wrong = run("export", name, "-d", FIXTURE, "-o", output, "--force")
    assert wrong.returncode == 2
    assert "name a f" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_another_format_in_the_folder_is_not_written_over(run: Run, tmp_path: Path) -> None:
    assert len(FOLDERS) > 1
    first, second = FOLDERS[:2]
    run("export", first, "-d", FIXTURE, "-o", tmp_path / "out")
    before = content(tmp_path / "out")
    assert run("export", second, "-d", FIXTURE, "-o", tmp_path / "out").returncode == 2
    assert content(tmp_path / "out") == before


def test_nothing_is_written_of_a_landscape_with_problems(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/alpha.yml": "name: [\n"})
    for name in FORMATS:
        done = run("export", name, "-d", root, "-o", tmp_path / "out")
        assert done.returncode == 2
        assert "landscape check" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_said_to_be_so(run: Run) -> None:
    done = run("export", "sqlit", "-d", FIXTURE)
    assert (done.returncode, done.stderr) == (
        2,
        "landscape: no format is called `sqlit`; did you mean `sqlite`?\n",
    )


def test_what_is_printed_is_what_other_programs_read(run: Run) -> None:
    document = json.loads(run("export", "node-link", "-d", FIXTURE).stdout)
    assert document["schema"] == "node-link/v1"
    assert {node["id"] for node in document["nodes"]} >= {"alpha", "exch"}
