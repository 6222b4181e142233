"""`landscape init`: a landscape of another field that works at once; and one that is quite different again."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interop_landscape import __version__, loading
from interop_landscape.cli.run import run as command
from interop_landscape.errors import BadRequest
from interop_landscape.writing import pinning, starting
from tests.conftest import Run
from tests.repositories import git
from tests.strategies import examples

HOUSE = {
    "landscape.yml": """\
title: The house
sides:
  home: {name: At home, question: "Does every hub reach every device?"}
kinds:
  hub: {folder: hubs, plural: hubs, summary: What one talks to.}
  device: {folder: devices, plural: devices, summary: What is switched.}
  radio: {folder: radios, plural: radios, summary: How it gets there.}
relations:
  speaks: {inverse: spoken-by, from: [hub, device], to: [radio], flows: both, buildable: true, reads: speaks}
""",
    "expectations.yml": """\
switching:
  side: home
  why: Nobody wants a second hub.
  from: {kind: hub}
  to: {kind: device}
  routes: {direct: speaks speaks}
""",
    "hubs/butler.yml": "name: Butler\nsummary: A hub.\nhomepage: https://butler.example.org\nstatus: active\n",
    "hubs/porter.yml": "name: Porter\nsummary: A hub.\nhomepage: https://porter.example.org\nstatus: active\n",
    "devices/bulb.yml": "name: Bulb\nsummary: A lamp.\nhomepage: https://bulb.example.org\nstatus: active\n",
    "devices/plug.yml": "name: Plug\nsummary: A plug.\nhomepage: https://plug.example.org\nstatus: active\n",
}
"""Other kinds, one side, neither cargo nor records, and every statement under its inverse name."""

FOREIGN = re.compile(
    r"\b(AI|frameworks?|PyTorch|ONNX|tensors?|neural|backends?|runtimes?|accelerators?|northbound|southbound|LF AI)\b"
)
"""Words of the field that this program was first written for."""


def radio(name: str, *speakers: str) -> str:
    """The file of a radio that is spoken by these entries."""
    said = "".join(
        f"    {speaker}:\n      support: full\n      checked: 2026-11-01\n      evidence:\n"
        f"        - url: https://{speaker}.example.org/{name.lower()}\n          shows: it is spoken\n"
        for speaker in speakers
    )
    head = f"name: {name}\nsummary: A radio.\nhomepage: https://{name.lower()}.example.org\nstatus: active\n"
    return f"{head}interop:\n  spoken-by:\n{said}"


def committed(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin")


@pytest.fixture
def music(run: Run, tmp_path: Path) -> Path:
    done = run("init", "music")
    assert (done.returncode, done.stdout) == (0, "music\n"), done.stderr
    committed(tmp_path / "music")
    return tmp_path / "music"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    more = {"radios/zigbee.yml": radio("Zigbee", "bulb", "butler"), "radios/wifi.yml": radio("WiFi", "plug", "porter")}
    for path, text in (HOUSE | more).items():
        target = tmp_path / "house" / "landscape" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    committed(tmp_path / "house")
    return tmp_path / "house"


def test_it_says_what_to_run_next_and_that_works(run: Run, tmp_path: Path) -> None:
    said = run("init", "a new one", clock=True).stderr
    assert "1. cd 'a new one'" in said
    steps = re.findall(r"\d\. landscape (\w+)(.*)", said)
    assert [step for step, _ in steps] == ["check", "gaps", "serve", "new"]
    for step, arguments in steps:
        if step != "serve":
            done = run(step, *arguments.split(), cwd=tmp_path / "a new one", clock=True)
            assert done.returncode == 0, done.stderr


def test_what_it_makes_is_without_problems_canonical_and_current(run: Run, music: Path) -> None:
    assert run("check", cwd=music, clock=True).stdout.startswith("no problems in ")
    assert run("fmt", "--check", cwd=music, clock=True).returncode == 0
    schemas = run("schema", cwd=music, clock=True).stdout.splitlines()
    assert schemas
    assert all(line.endswith(": up to date") for line in schemas)
    for file in music.glob("landscape/**/*.yml"):
        schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text())
        assert schema, f"{file} names no schema"
        assert (file.parent / schema[1]).is_file()


def test_it_has_something_to_show_in_every_analysis(run: Run, music: Path) -> None:
    found = json.loads(run("gaps", "-f", "json", cwd=music, clock=True).stdout)
    assert any(gap["fixes"] for gap in found["gaps"])
    assert any(gap["record"] for gap in found["gaps"])
    assert found["summary"]["met"] > 0
    start, goal = next((gap["from"], gap["to"]) for gap in found["gaps"] if gap["status"] == "weak")
    assert run("path", start, goal, cwd=music, clock=True).returncode == 0
    assert json.loads(run("plan", "-f", "json", cwd=music, clock=True).stdout)["steps"]


Told = Callable[..., tuple[int, str]]


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Run `landscape` in this process, where a hundred processes would take long; returns status and output."""

    def call(folder: Path, *arguments: str) -> tuple[int, str]:
        monkeypatch.chdir(folder)
        status = command(arguments)
        return status, capsys.readouterr().out

    return call


def test_everything_runs_on_it(tell: Told, music: Path) -> None:
    everything_runs(tell, music, entry="lilypond", fix="lilypond exports musicxml", kind="program")
    assert tell(music, "brief", "lilypond-to-musicxml")[0] == 0
    assert tell(music, "new", "record", "one", "--closes", "lilypond imports musicxml")[0] == 0


def test_everything_runs_on_a_vocabulary_with_hardly_anything_in_it(tell: Told, house: Path) -> None:
    found = json.loads(tell(house, "gaps", "-f", "json")[1])
    assert {gap["id"] for gap in found["gaps"]} == {"switching:butler:plug", "switching:porter:bulb"}
    fixes = {f"{fix['from']} {fix['relation']} {fix['to']}" for gap in found["gaps"] for fix in gap["fixes"]}
    assert fixes == {"bulb speaks wifi", "butler speaks wifi", "plug speaks zigbee", "porter speaks zigbee"}
    assert tell(house, "path", "butler", "bulb")[0] == 0
    everything_runs(tell, house, entry="zigbee", fix="butler speaks wifi", kind="hub")
    assert tell(house, "new", "record", "one") == (2, "")


def everything_runs(tell: Told, folder: Path, *, entry: str, fix: str, kind: str) -> None:
    """Every command, in every format, has an answer without words of another field."""
    for analysis in (
        ("gaps", "--assume", fix),
        ("plan",),
        ("risks",),
        ("show", entry),
        ("list",),
        ("list", kind),
        ("list", "records"),
        ("list", "milestones"),
        ("score",),
        ("score", "--history"),
        ("diff", "main"),
    ):
        for form in ("table", "json", "csv", "markdown"):
            status, said = tell(folder, *analysis, "-f", form)
            assert (status, FOREIGN.search(said)) == (0, None), (analysis, form)
    for once in (("brief", fix), ("report",), ("schema", "--write"), ("fmt",), ("export", "csv", "-o", "tables")):
        assert tell(folder, *once)[0] == 0, once
    assert tell(folder, "build")[0] == 0
    for page in (folder / "site").rglob("*.html"):
        if "reference" not in page.relative_to(folder).parts:
            assert not (found := FOREIGN.search(text_of(page))), f"{page.relative_to(folder)} says {found}"
    given = ("--name", "Fresh", "--summary", "New.", "--homepage", "https://fresh.example.org")
    assert tell(folder, "new", kind, "fresh", *given)[0] == 0
    assert tell(folder, "check")[0] == 0


def text_of(page: Path) -> str:
    """What people see of a page."""
    return html.unescape(re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>", " ", page.read_text()))


@pytest.mark.parametrize("there", ["note.txt", ".hidden"])
def test_what_is_there_is_named_and_left_alone(run: Run, tmp_path: Path, there: str) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / there).write_text("mine")
    done = run("init", "taken")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"holds {there}; name a folder" in done.stderr
    done = run("init", f"taken/{there}/deeper")
    assert done.returncode == 2
    assert f"{there} is a file" in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["taken", there]


def test_a_place_in_a_landscape_is_refused_and_one_beside_it_taken(run: Run, music: Path) -> None:
    before = sorted(music.rglob("*"))
    done = run("init", music / "landscape" / "projects" / "mine")
    assert done.returncode == 2
    assert "/landscape, which is a landscape itself; name a folder outside of it" in done.stderr.replace("\n", "")
    assert sorted(music.rglob("*")) == before
    assert run("init", music / "mine").returncode == 0


def test_an_empty_repository_is_filled_and_stays_the_same_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    before = folder.stat().st_ino
    done = run("init", ".", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "cd " not in done.stderr
    assert folder.stat().st_ino == before
    assert (folder / ".git" / "HEAD").is_file()
    assert (folder / "landscape" / "landscape.yml").is_file()


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("moved", [0, 1, 3])
def test_whatever_stops_it_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, moved: int
) -> None:
    folder = tmp_path / "music"
    if there:
        folder.mkdir()
    calls = 0
    rename = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls > moved or not there:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        starting.begin(folder)
    assert [path.name for path in tmp_path.rglob("*")] == (["music"] if there else [])


@examples(20)
@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=200))
@example("yes")
@example("a: 'b' # \"c\" \\1 \\g<0>")
@example("[1, 2]")
@example("word " * 60)
def test_any_title_is_the_title(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    folder = tmp_path_factory.mktemp("titles") / "new"
    if not title.strip():
        with pytest.raises(BadRequest):
            starting.begin(folder, title)
        return
    starting.begin(folder, title)
    assert loading.load(folder / "landscape").vocabulary.title == title.strip()
    assert (folder / "README.md").read_text().startswith(f"# {title.strip()}\n")


@pytest.mark.parametrize("title", ["", "two\nlines", "\x1b[2J", os.fsdecode(b"\xff")])
def test_what_is_no_title_is_refused(run: Run, tmp_path: Path, title: str) -> None:
    done = run("init", "new", "--title", title)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no title" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_came_with_the_program_is_all_there_under_its_own_name() -> None:
    stored = Path(str(files("interop_landscape") / "starter"))
    made = dict(starting.starter_files())
    assert len(made) == sum(path.is_file() for path in stored.rglob("*"))
    assert {".gitignore", ".pre-commit-config.yaml", "README.md", "landscape/landscape.yml"} <= made.keys()
    assert any(path.startswith(".github/workflows/") for path in made)
    assert not any(part.startswith(".") for path in stored.rglob("*") for part in path.relative_to(stored).parts)


@pytest.mark.parametrize(
    ("commit", "pin"),
    [
        ("5" * 40, f"{'5' * 40} # the program's own action, as of v{__version__}"),
        (None, f"v{__version__} # pin this to a commit: it is the program's own action, v{__version__}"),
    ],
)
def test_workflows_pin_the_program_that_made_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], commit: str | None, pin: str
) -> None:
    monkeypatch.setattr(pinning, "own_commit", lambda: commit)
    assert command(("init", str(tmp_path / "new"))) == 0
    assert ("pin the program's action" in capsys.readouterr().err) is (commit is None)
    workflows = [path.read_text() for path in (tmp_path / "new" / ".github" / "workflows").iterdir()]
    used = [line for text in workflows for line in re.findall(r"uses: interop-landscape/(.*)", text)]
    assert used == [f"interop-landscape@{pin}"] * 6


def test_the_commit_is_that_of_the_programs_own_repository_and_of_no_other(tmp_path: Path) -> None:
    package, installed = tmp_path / "src" / "interop_landscape", tmp_path / ".venv" / "lib" / "interop_landscape"
    for folder in (package, installed):
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    assert pinning.checked_out(package) is None
    committed(tmp_path)
    assert pinning.checked_out(package) == git(tmp_path, "rev-parse", "HEAD")
    assert pinning.checked_out(installed) is None
