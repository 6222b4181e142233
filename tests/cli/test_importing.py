"""`landscape import`, as a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interop_landscape.exchange.landscape2.mapping import ImportMapping, Maturity, Rule, read_mapping
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Kind, Steward, Vocabulary
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
        (["import", "landscape2", "data.yml", "-d", "new", "--source", "!"], "--source NAME"),
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


def test_where_nothing_fits_it_says_how_to_go_on_and_what_it_says_works(run: Run, data: Path, tmp_path: Path) -> None:
    run("init", "fresh")
    before = sorted((tmp_path / "fresh").rglob("*.yml"))
    done = run("import", "landscape2", data, "-d", "fresh", clock=True)
    assert done.returncode == 1
    assert sorted((tmp_path / "fresh").rglob("*.yml")) == before
    assert "nothing was taken over; put what should become of each category into mapping.yml" in done.stderr
    mapping = done.stderr.partition("\n\n")[2].partition("\n\n")[0]
    assert mapping.startswith("kind: program  # of what no rule below gives another: program")
    assert '  - {"category": "App", "kind": "program"}' in mapping
    (tmp_path / "mapping.yml").write_text(mapping)
    again = run("import", "landscape2", data, "-d", "fresh", "--mapping", "mapping.yml", "-f", "json", clock=True)
    assert again.returncode == 0
    assert json.loads(again.stdout)["written"] == ["alpha"]


def test_an_empty_file_takes_nothing_over_and_that_is_fine(run: Run, tmp_path: Path) -> None:
    fixture_with(tmp_path, {})
    (tmp_path / "data.yml").write_text("landscape: []\n")
    assert run("import", "landscape2", "data.yml").returncode == 0


def test_the_page_on_importing_names_every_key_and_its_example_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "importing.md").read_text()
    example = page.partition("```yaml\n")[2].partition("```")[0]
    vocabulary = Vocabulary(
        title="V",
        kinds={name: Kind(folder=name, plural=name, summary="S.") for name in ("project", "standard")},
        stewards={"data-group": Steward(name="D", homepage="https://d.example.org")},
    )
    mapping = read_mapping(example.encode(), "mapping.yml", vocabulary).mapping
    assert mapping.rule("Gold Members", "X").skip == "members are no entries here"
    assert mapping.rule("Storage", "File Format").kind == "standard"
    assert mapping.maturity_of("anything").tags == ("hosted",)
    keys = {name for model in (ImportMapping, Rule, Maturity) for name in keys_of(model)}
    assert {name for name in keys if f"`{name}`" not in page} == set()
