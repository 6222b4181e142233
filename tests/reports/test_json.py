"""The JSON documents have just the keys that their page documents."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.documents.test_shapes import errors_of
from tests.landscapes import FIXTURE, fixture_with
from tests.repositories import Repository

PAGE = Path(__file__).parent.parent.parent / "site_templates" / "reference" / "json.md"


def documented() -> dict[str, list[str]]:
    """The keys of each table of the page, by the heading or sentence before it."""
    tables: dict[str, list[str]] = {}
    title = ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            title = line[3:]
        elif match := re.match(r"(?:A|An|The) ([a-z ]+)[:;]", line):
            title = match[1]
        elif (match := re.match(r"\| `(\w+)` \|", line)) and match[1] != "assumed":  # only where something is
            tables.setdefault(title, []).append(match[1])
    return tables


KEYS = documented()


def load(run: Run, *arguments: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(*arguments, "-d", FIXTURE, "-f", "json").stdout)
    return document


def test_gaps(run: Run) -> None:
    document = load(run, "gaps")
    assert list(document) == KEYS["gaps/v1"]
    assert list(document["summary"]) == [*KEYS["tally"], "sides"]
    assert all(list(tally) == KEYS["tally"] for tally in document["summary"]["sides"].values())
    for gap in document["gaps"]:
        assert sorted(gap) == sorted(KEYS["gap"])
        assert all(list(fix) == KEYS["fix"] for fix in gap["fixes"])
        if gap["route"]:
            assert list(gap["route"]) == KEYS["route"]
    assert {gap["record"]["stage"] for gap in document["gaps"] if gap["record"]} == {"discussion"}


@pytest.mark.parametrize("ends", [("beta", "npu"), ("gamma", "speech")])
def test_path(ends: tuple[str, str], run: Run) -> None:
    document = load(run, "path", *ends)
    assert list(document) == KEYS["path/v1"]
    routes = document["routes"] + [miss["route"] for miss in document["misses"]]
    assert routes
    for route in routes:
        assert list(route) == KEYS["route"]
        assert all(sorted(hop) == sorted(KEYS["hop"]) for hop in route["hops"])
        ends_in_turn = [(hop["from"], hop["to"]) for hop in route["hops"]]
        assert all(a[1] == b[0] for a, b in itertools.pairwise(ends_in_turn))


def test_show(run: Run) -> None:
    document = load(run, "show", "alpha")
    assert list(document) == KEYS["show/v1"]
    assert all(sorted([*s, "statement"]) == sorted(KEYS["hop"]) for s in document["statements"])


def test_list(run: Run) -> None:
    document = load(run, "list", "--sort", "score")
    assert list(document) == KEYS["list/v1"]
    own = KEYS["show/v1"][1 : KEYS["show/v1"].index("workflow") + 1]
    assert all(list(entry) == [*own, "statements", "score"] for entry in document["entries"])


def test_score(run: Run) -> None:
    document = load(run, "score")
    assert list(document) == KEYS["score/v1"]
    assert all(list(tally) == ["kind", *KEYS["tally"]] for tally in document["entries"].values())


def test_check(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": "name: x\n"})
    document = json.loads(run("check", "-d", root, "-f", "json").stdout)
    assert list(document) == KEYS["check/v1"]
    assert all(list(problem) == KEYS["problem"] for problem in document["problems"])


def test_plan(run: Run) -> None:
    document = load(run, "plan")
    assert list(document) == KEYS["plan/v1"]
    assert all(list(step) == KEYS["step"] for step in document["steps"])
    assert document["steps"][-1]["score"] == document["after"] > document["before"]


def test_risks(run: Run) -> None:
    document = load(run, "risks", "--top", "0")
    assert list(document) == KEYS["risks/v1"]
    assert document["count"] == len(document["risks"])
    assert all(list(risk) == KEYS["risk"] for risk in document["risks"])


@pytest.mark.parametrize("name", ["beta-exch", "compute:beta:npu", "beta exports exch"])
def test_brief(name: str, run: Run) -> None:
    document = load(run, "brief", name)
    assert list(document) == KEYS["brief/v1"]
    assert (document["record"] is not None) == (name == "beta-exch")
    assert all(sorted(c) == sorted([*KEYS["fix"], "asked", "closes"]) for c in document["candidates"])
    assert all(sorted(gap) == sorted(KEYS["gap"]) for gap in document["gaps"])
    assert document["gaps"]


def test_report(run: Run, tmp_path: Path) -> None:
    folder = Repository(tmp_path / "repo").folder
    document = json.loads(run("report", "-f", "json", cwd=folder).stdout)
    assert list(document) == KEYS["report/v1"]
    assert document["scores"]["all"]["before"] == document["scores"]["all"]["after"]


def test_records(run: Run) -> None:
    listed = load(run, "list", "records")
    assert list(listed) == KEYS["list-records/v1"]
    keys = sorted([*KEYS["record"], "gap_count", "idle", "stuck"])
    assert [sorted(record) for record in listed["records"]] == [keys, keys]
    assert {r["id"]: r["gap_count"] for r in listed["records"]} == {"alpha-exch": 0, "beta-exch": 1}
    shown = load(run, "show", "beta-exch")
    assert list(shown) == KEYS["show-record/v1"]
    assert [gap["id"] for gap in shown["gaps"]] == ["exchange:beta:*"]


def test_milestones(run: Run) -> None:
    document = load(run, "list", "milestones")
    assert list(document) == KEYS["list-milestones/v1"]
    assert all(list(one) == KEYS["milestone"] for one in document["milestones"])
    assert {m["id"]: m["progress"] for m in document["milestones"]} == {"first-gaps": 0.5, "first-talks": None}


def test_score_history(run: Run, tmp_path: Path) -> None:
    folder = Repository(tmp_path / "repo").folder
    document = json.loads(run("score", "--history", "-f", "json", cwd=folder).stdout)
    assert list(document) == KEYS["score-history/v1"]
    assert all(list(point) == KEYS["point"] for point in document["points"])
    assert errors_of(document) == []
    assert len(document["points"]) == 1


def test_diff(run: Run, tmp_path: Path) -> None:
    root = fixture_with(
        tmp_path,
        {
            "frameworks/omega.yml": (FIXTURE / "frameworks" / "beta.yml")
            .read_text()
            .replace("Beta", "Beta Two")
            .replace("beta.", "omega.")
        },
    )
    document = load(run, "diff", FIXTURE, root)
    assert list(document) == KEYS["diff/v1"]
    assert all(list(document[what]) == KEYS["difference"] for what in ("entries", "statements", "records"))
    assert document["entries"]["changed"][0]["name"] == "omega"
