"""`landscape import`, as a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.exchange.test_landscape2_import import data_file, item
from tests.landscapes import fixture_with

DATA = data_file(
    ("App", "Build", item("Alpha", repo_url="https://github.com/a/alpha", twitter="https://x.com/a")),
    ("App", "Build", item("Evil\x1b[31m", homepage_url="javascript:alert(1)")),
)
LINE = DATA[: DATA.index(b"Evil")].count(b"\n")
"""Where the item of that name starts, counting from 1."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.yml"
    path.write_bytes(DATA)
    return path


def test_a_new_landscape_is_made_reported_and_right(run: Run, data: Path, tmp_path: Path) -> None:
    done = run("import", "landscape2", data, "-d", "new", columns=300)
    assert done.returncode == 0
    assert done.stderr.startswith("landscape: new is a new landscape")
    assert "\x1b" not in done.stdout
    assert f"{data}:{LINE}: Evil[31m: it has no homepage that can be used" in done.stdout
    assert "logo 1, twitter 1" in done.stdout
    for command in (["check"], ["gaps"], ["list"], ["schema"], ["fmt", "--check"]):
        assert run(*command, "-d", "new").returncode == 0, command
    again = json.loads(run("import", "landscape2", data, "-d", "new", "-f", "json").stdout)
    assert again["counts"] == {
        "read": 2, "written": 0, "updated": 0, "unchanged": 1, "listed-twice": 0, "left-out": 1,
    }  # fmt: skip
    assert again["schema"] == "import/v1"
    assert {(note["what"], note["line"]) for note in again["notes"]} == {("left out", LINE), ("corrected", LINE)}


def test_a_dry_run_writes_nothing(run: Run, data: Path, tmp_path: Path) -> None:
    done = run("import", "landscape2", data, "-d", "new", "--dry-run", "-f", "json")
    assert (done.returncode, json.loads(done.stdout)["written"]) == (0, ["alpha"])
    assert [path.name for path in tmp_path.iterdir()] == ["data.yml"]


def test_the_nearest_landscape_is_taken_and_its_broken_files_stop_it(run: Run, data: Path, tmp_path: Path) -> None:
    folder = fixture_with(tmp_path, {})
    (tmp_path / "mapping.yml").write_text("kind: framework\n")
    done = run("import", "landscape2", data, "--mapping", "mapping.yml")
    assert done.returncode == 0
    assert "`alpha` stays as it was edited here: repo: the source says" in done.stdout
    assert (folder / ".import/landscape2-data.json").exists()
    (folder / "frameworks/broken.yml").write_text("nme: X\n")
    done = run("import", "landscape2", data)
    assert (done.returncode, done.stdout) == (2, "")
    assert "run `landscape check`" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import", "landscape2", "data.yml"], "with -d DIR, import makes a new one there"),
        (["import", "landscape2", "none.yml", "-d", "new"], "none.yml: no such file"),
        (["import", "landscape2", ".", "-d", "new"], "is a directory"),
        (["import", "landscape2", "data.yml", "-d", "full"], "full holds no landscape.yml but data.txt"),
        (["import", "landscape2", "data.yml", "-d", "data.yml"], "data.yml"),
        (["import", "landscape2", "data.yml", "-d", "new", "--source", "?"], "--source NAME"),
        (["import", "landscape2", "full/data.txt", "-d", "new"], "full/data.txt:1:1: not a landscape2 data file"),
        (
            ["import", "landscape2", "data.yml", "-d", "new", "--mapping", "full/data.txt"],
            "full/data.txt:1:1: wrong-type",
        ),
        (["import", "landscape3", "data.yml", "-d", "new"], "landscape2"),
    ],
)
def test_wrong_use_is_said_in_a_line_and_leaves_nothing(
    run: Run, data: Path, tmp_path: Path, arguments: list[str], says: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/data.txt").write_text("hello\n")
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["data.txt", "data.yml", "full"]
