"""How the command behaves as a process: statuses, messages, streams, interruption."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from interop_landscape import __version__
from tests.conftest import Run
from tests.landscapes import FIXTURE, SNAPSHOT, empty, fixture_with

COMMANDS = [
    ["gaps"],
    ["fixes"],
    ["plan"],
    ["risks"],
    ["brief", "beta-exch"],
    ["path", "alpha", "npu"],
    ["show", "alpha"],
    ["list"],
    ["list", "records"],
    ["score"],
    ["check"],
]
WITH_HISTORY = [["diff"], ["report"], ["agenda"]]


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"landscape {__version__}\n"


@pytest.mark.parametrize("command", [[], *([c[0]] for c in COMMANDS + WITH_HISTORY)], ids=str)
def test_every_command_has_help_with_examples(command: list[str], run: Run) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Usage: landscape" in done.stdout
    if command:
        assert "Examples:" in done.stdout
        assert f"landscape {command[0]}" in done.stdout.partition("Examples:")[2]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: str(c[0]))
def test_the_folder_may_be_named_before_or_after_the_command(command: list[str], run: Run) -> None:
    after, before = run(*command, "-d", FIXTURE), run("--dir", FIXTURE, *command)
    nearest = run(*command, cwd=FIXTURE / "frameworks")
    above = run(*command, "-d", FIXTURE.parent)
    assert after.returncode == before.returncode == nearest.returncode == 0, after.stderr
    assert after.stdout == before.stdout == nearest.stdout == above.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: str(c[0]))
def test_no_landscape_is_told_with_status_2(command: list[str], run: Run, tmp_path: Path) -> None:
    for done in (run(*command), run(*command, "-d", tmp_path / "nowhere")):
        assert done.returncode == 2
        assert done.stdout == ""
        assert "landscape.yml" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("output", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize(
    "command",
    [
        ["gaps"],
        ["fixes"],
        ["list"],
        ["score"],
        ["plan"],
        ["risks"],
        ["risks", "--keepers"],
        ["list", "records"],
        ["list", "milestones"],
    ],
    ids="-".join,
)
def test_an_empty_landscape_works(command: list[str], output: str, run: Run, tmp_path: Path) -> None:
    done = run(*command, "-f", output, "-d", empty(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_an_empty_landscape_is_fine_to_check_and_knows_nobody(run: Run, tmp_path: Path) -> None:
    root = empty(tmp_path)
    assert run("check", "-d", root).returncode == 0
    for command in (["show", "alpha"], ["path", "alpha", "beta"]):
        done = run(*command, "-d", root)
        assert (done.returncode, done.stdout) == (2, "")
        assert "no entry is called `alpha`" in done.stderr


def test_problems_are_listed_with_status_1_and_refuse_the_analysis_with_2(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": "name: New\nstatus: alive\n"})
    done = run("check", "-d", root)
    assert done.returncode == 1
    path = root / "frameworks" / "new.yml"
    assert f"{path}:2:9: unknown-value: `alive` is not an id under `statuses` in landscape.yml" in done.stdout
    assert "    status: alive\n            ^\n    hint: did you mean `active`?" in done.stdout
    assert "3 problems" in done.stdout
    for command in COMMANDS[:-1]:
        done = run(*command, "-d", root)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "landscape: the landscape has 3 problems; run `landscape check`\n"


def test_check_of_some_paths_lists_only_theirs(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": "name: New\n", "backends/new2.yml": "name: New\n"})
    document = json.loads(run("check", root / "backends", "-f", "json", "-d", root).stdout)
    assert document["schema"] == "check/v1"
    assert {p["path"] for p in document["problems"]} == {str(root / "backends" / "new2.yml")}
    assert set(document["problems"][0]) >= {"path", "line", "column", "code", "severity", "message", "hint"}
    assert run("check", root / "domains", "-d", root).returncode == 0
    for wrong in ("nowhere.yml", "/etc/hostname"):
        assert run("check", wrong, "-d", root).returncode == 2


def test_github_annotations_are_one_line_each_and_escaped(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": 'name: "50%, a:b"\nhomepage: "ftp://x%\\ny"\n'})
    lines = run("check", "-f", "github", "-d", root).stdout.splitlines()
    assert len(lines) == 3
    assert all(re.fullmatch(r"::error file=[^,:]+,line=\d+,col=\d+,title=[a-z-]+::[^\n]+", line) for line in lines)
    assert any("`ftp://x%25 y`" in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "alpah"], "did you mean `alpha`"),
        (["show", "alp"], "no entry is called `alp`"),
        (["path", "alpha", "npuu"], "did you mean `npu`"),
        (["path", "alpha", "Alpha"], "name two entries"),
        (["gaps", "--side", "sout"], "did you mean `south`"),
        (["gaps", "--stage", "idntified"], "did you mean `identified`"),
        (["gaps", "--expectation", "x"], "no expectation is called `x`"),
        (["gaps", "--tag", "depe"], "did you mean `deep`"),
        (["gaps", "--assume", "alpha runs-on"], "write it as `A relation B`"),
        (["gaps", "--assume", "alpha runs_on npu"], "did you mean `runs-on`"),
        (["gaps", "--assume", "alpha runs-on runner"], "is not allowed"),
        (["gaps", "--status", "gone"], "gone"),
        (["list", "frameworkz"], "did you mean `framework`"),
        (["list", "framework", "--stage", "closed"], "go with `landscape list records`"),
        (["list", "records", "--stage", "close"], "did you mean `closed`"),
        (["show", "beta-exc"], "did you mean `beta-exch`"),
        (["brief", "beta-exc"], "did you mean `beta-exch`"),
        (["brief", "alpha"], "is no gap or record"),
        (["brief", "compute:alpha:gpu"], "is no gap: it is met"),
        (["brief", "compute:alpha:disk"], "does not expect `alpha` to reach `disk`"),
        (["brief", "alpha runs-on"], "write it as `A relation B`"),
        (["plan", "--steps", "0"], "greater than or equal to 1"),
        (["plan", "--side", "sout"], "did you mean `south`"),
        (["plan", "--from", "alpah"], "did you mean `alpha`"),
        (["risks", "--at", "alpah"], "did you mean `alpha`"),
        (["score", "--every", "7d"], "go with --history"),
        (["list", "--steward", "gild"], "did you mean `guild`"),
        (["gaps", "--top", "-1"], "greater than or equal to 0"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_usage_is_told_with_status_2(arguments: list[str], says: str, run: Run) -> None:
    done = run("-d", FIXTURE, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["runner", "The Runner", "the runner", "RUNNER"])
def test_ids_are_forgiving(name: str, run: Run) -> None:
    assert json.loads(run("show", name, "-f", "json", "-d", FIXTURE).stdout)["id"] == "runner"


def test_an_alias_is_accepted(run: Run) -> None:
    assert json.loads(run("show", "alfa", "-f", "json", "-d", FIXTURE).stdout)["id"] == "alpha"


def test_no_way_is_status_1_and_names_the_edge_that_would_open_one(run: Run) -> None:
    done = run("path", "gamma", "speech", "-d", FIXTURE)
    assert done.returncode == 1
    assert "helper works-with gamma would open one" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--fail-on", "any"], 1),
        (["--fail-on", "regressed"], 0),
        (["--fail-on", "confirmed", "--certainty", "presumed"], 0),
        (["--fail-on", "weak", "--side", "north"], 0),
        (["--fail-on", "weak", "--fail-on", "regressed"], 1),
        (["--fail-on", "any", "--from", "alpha", "--to", "gpu"], 0),
    ],
)
def test_fail_on(arguments: list[str], status: int, run: Run) -> None:
    assert run("gaps", "-d", FIXTURE, *arguments).returncode == status


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--from", "beta", "--to", "npu"], ["compute:beta:npu"]),
        (["--stage", "discussion"], ["exchange:beta:*"]),
        (["--stage", "identified"], []),
        (["--expectation", "exchange", "--certainty", "confirmed"], ["exchange:beta:*", "exchange:gamma:*"]),
        (["--tag", "trees", "--side", "middle"], ["exchange:gamma:*"]),
        (["--to", "exch"], ["exchange:beta:*", "exchange:gamma:*"]),
    ],
)
def test_filters(arguments: list[str], ids: list[str], run: Run) -> None:
    document = json.loads(run("gaps", "-f", "json", "-d", FIXTURE, *arguments).stdout)
    assert [gap["id"] for gap in document["gaps"]] == ids
    assert document["count"] == len(ids)
    assert document["summary"]["expected"] == 15  # counts everything, whatever the filters


def test_a_gaps_fixes_assumed_close_it(run: Run) -> None:
    document = json.loads(run("gaps", "-f", "json", "-d", FIXTURE).stdout)
    for gap in document["gaps"]:
        fix = gap["fixes"][0]
        edge = f"{fix['from']} {fix['relation']} {fix['to']}"
        after = json.loads(run("gaps", "-f", "json", "-d", FIXTURE, "--assume", edge).stdout)
        assert gap["id"] not in {other["id"] for other in after["gaps"]}


def test_a_removed_edge_makes_a_regression_where_nothing_else_leads(run: Run, tmp_path: Path) -> None:
    text = (FIXTURE / "runtimes" / "runner.yml").read_text().replace("support: experimental", "support: none")
    root = fixture_with(tmp_path, {"runtimes/runner.yml": text})
    document = json.loads(run("gaps", "--to", "npu", "-f", "json", "-d", root).stdout)
    assert {(g["id"], g["status"], g["certainty"]) for g in document["gaps"]} == {
        ("compute:alpha:npu", "regressed", "confirmed"),
        ("compute:beta:npu", "regressed", "confirmed"),
    }


def test_assuming_a_whole_plan_gives_its_last_score(run: Run) -> None:
    document = json.loads(run("plan", "--side", "south", "-f", "json", "-d", FIXTURE).stdout)
    edges = [f"{e['from']} {e['relation']} {e['to']}" for step in document["steps"] for e in step["edges"]]
    assumed = [part for edge in edges for part in ("--assume", edge)]
    after = json.loads(run("gaps", "-f", "json", "-d", FIXTURE, *assumed).stdout)
    assert edges
    assert after["summary"]["sides"]["south"]["score"] == document["after"] == document["steps"][-1]["score"]


def test_a_record_that_contradicts_the_graph_fails_the_check_and_nothing_else(run: Run, tmp_path: Path) -> None:
    record = "title: x\ncloses: ['{}']\nstages:\n  - {{stage: {}, date: 2026-11-01, note: x}}\n"
    files: dict[str, str | bytes] = {
        "gaps/ahead.yml": record.format("compute:beta:npu", "closed"),
        "gaps/behind.yml": record.format("compute:alpha:gpu", "identified"),
        "gaps/unexpected.yml": record.format("compute:omega:gpu", "discussion"),
        "gaps/fine.yml": record.format("fields:gamma:speech", "identified"),
        "gaps/partly.yml": record.format("runner runs-on npu", "closed"),
    }
    root = fixture_with(tmp_path, files)
    done = run("check", "-f", "json", "-d", root)
    found = {(Path(p["path"]).stem, p["code"], p["severity"]) for p in json.loads(done.stdout)["problems"]}
    assert done.returncode == 1
    assert found == {
        ("ahead", "record-ahead", "error"),
        ("behind", "record-behind", "error"),
        ("unexpected", "record-behind", "error"),
        ("partly", "record-ahead", "warning"),
    }
    shown = run("check", "-d", root).stdout
    assert "append `- {stage: closed, date: 2026-11-22, url: …}`" in shown
    assert "    - {stage: identified, date: 2026-11-01, note: x}" in shown
    assert run("gaps", "-d", root).returncode == 0


def test_csv_is_read_back_by_the_csv_module(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("show", "alpha", "-f", "csv", "-d", FIXTURE).stdout)))
    assert {row["to"] for row in rows if row["from"] == "alpha"} == {"vision", "exch", "tens", "gpu", "npu"}


def test_colour_only_on_a_terminal(run: Run) -> None:
    assert "\x1b" not in run("gaps", "-d", FIXTURE).stdout + run("check", "-d", FIXTURE).stdout


def test_hostile_text_is_printed_as_text(run: Run, tmp_path: Path) -> None:
    text = (FIXTURE / "frameworks" / "gamma.yml").read_text()
    text = text.replace("name: Gamma", "name: '[red]Ga|mma[/red] <b> :smile:'")
    root = fixture_with(tmp_path, {"frameworks/gamma.yml": text})
    assert "[red]Ga|mma[/red] <b> :smile:" in run("show", "gamma", "-d", root).stdout
    markdown = run("list", "framework", "-f", "markdown", "-d", root).stdout
    assert r"\[red\]Ga\|mma\[/red\] \<b\> :smile:" in markdown


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m interop_landscape list -f json -d {SNAPSHOT} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_interrupted_is_130_and_quiet(tmp_path: Path) -> None:
    root = empty(tmp_path)
    os.mkfifo(tmp_path / "gate")
    # Reading the manifest through a gate that never opens keeps the command busy until it is interrupted.
    script = (
        "import sys, interop_landscape.reading.source as s\n"
        f"s.FolderSource.files = lambda self: open({str(tmp_path / 'gate')!r})\n"
        "from interop_landscape.cli import main\n"
        f"sys.argv = ['landscape', 'check', '-d', {str(root)!r}]\n"
        "print('ready', file=sys.stderr, flush=True)\n"
        "main()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "ready\n"
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")


@pytest.mark.parametrize("command", [["--help"], ["check", "--help"], ["check"]], ids=str)
def test_light_commands_import_nothing_heavy(command: list[str]) -> None:
    script = (
        "import sys\n"
        "from interop_landscape.cli.run import run\n"
        f"status = run({[*command]!r} + ([] if '--help' in {command!r} else ['-d', {str(FIXTURE)!r}]))\n"
        "heavy = {'networkx', 'numpy', 'mkdocs', 'scipy', 'jinja2', 'httpx'} & set(sys.modules)\n"
        "assert status == 0 and not heavy, (status, heavy)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_ids_are_completed_where_an_id_is_asked_for(run: Run) -> None:
    environment = os.environ | {
        "_LANDSCAPE_COMPLETE": "complete_bash",
        "COMP_WORDS": "landscape show al",
        "COMP_CWORD": "2",
    }
    script = "import sys; sys.argv = ['landscape']; from interop_landscape.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=FIXTURE,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == ["alpha", "alpha-exch"], done.stderr


ASSUMING = {
    "gaps": [],
    "fixes": [],
    "plan": [],
    "risks": [],
    "path": ["beta", "npu"],
    "show": ["alpha"],
    "list": [],
    "score": [],
    "brief": ["beta-exch"],
}
"""Analyses with what they need to be asked."""


@pytest.mark.parametrize("command", ASSUMING)
def test_whatever_is_assumed_marks_the_output_in_every_format(command: str, run: Run) -> None:
    edges = ["beta exports exch", "runner runs-on npu"]
    asked = [command, *ASSUMING[command], "-d", FIXTURE]
    assumed = [*asked, "--assume", "beta exports exch", "--assume", "NPU hosts runner"]
    document = json.loads(run(*assumed, "-f", "json").stdout)
    assert (list(document)[1], document["assumed"]) == ("assumed", edges)
    for output in ("table", "markdown"):
        first = run(*assumed, "-f", output, columns=200).stdout.splitlines()[0]
        assert first.startswith("Assumed to be there in full: ")
        assert all(edge in first for edge in edges)
    header, *rows = csv.reader(io.StringIO(run(*assumed, "-f", "csv").stdout))
    assert header[-1] == "assumed"
    assert all(row[-1] == "; ".join(edges) for row in rows)
    plain = run(*asked, "-f", "json")
    assert "assumed" not in json.loads(plain.stdout)
    assert plain.stderr == ""


def test_an_assumed_edge_that_is_full_already_says_so(run: Run) -> None:
    done = run("score", "-d", FIXTURE, "--assume", "alpha exports exch", "--assume", "beta exports exch")
    assert done.returncode == 0
    told = "landscape: `alpha exports exch` is there in full already; assuming it changes nothing\n"
    assert done.stderr == told


def test_fixes_that_close_any_wanted_gap_are_listed_and_top_counts_them(run: Run) -> None:
    def document(*arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(run("fixes", "-d", FIXTURE, "-f", "json", *arguments).stdout)
        return found

    every = document("--top", "0")
    assert every["count"] == len(every["fixes"]) > 5
    wanted = document("--from", "beta", "--status", "missing", "--top", "0")
    mine = json.loads(
        run("gaps", "-d", FIXTURE, "-f", "json", "--from", "beta", "--status", "missing", "--top", "0").stdout
    )
    ids = {gap["id"] for gap in mine["gaps"]}
    assert wanted["fixes"] == [fix for fix in every["fixes"] if ids.intersection(fix["closes"])]
    assert document("--top", "2")["fixes"] == every["fixes"][:2]
    for fix in every["fixes"]:
        assert fix["pairs"] == len(fix["closes"]) > 0
        assert fix["value"] == pytest.approx(fix["unlocks"] * fix["precedent"] * fix["builds"])
    (tracked,) = [fix for fix in every["fixes"] if fix["record"]]
    assert (tracked["record"]["id"], tracked["stage"], tracked["owner"]) == ("beta-exch", "discussion", None)


def test_a_table_of_gaps_counts_groups_and_the_other_formats_count_gaps(run: Run) -> None:
    table = run("gaps", "-d", FIXTURE, "--top", "4").stdout
    assert [line[:3] for line in table.splitlines() if line[:3].strip().isdigit()] == ["  1", "  2", "  3", "  4"]
    assert "alpha, beta → npu" in table
    assert "… 3 more gaps; --top 0 shows all" in table
    assert len(json.loads(run("gaps", "-d", FIXTURE, "--top", "4", "-f", "json").stdout)["gaps"]) == 4
