"""The JSON documents have just the keys that their page documents."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.landscapes import FIXTURE, fixture_with

PAGE = Path(__file__).parent.parent.parent / "site_templates" / "docs" / "json.md"


def documented() -> dict[str, list[str]]:
    """The keys of each table of the page, by the heading or sentence before it."""
    tables: dict[str, list[str]] = {}
    title = ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            title = line[3:]
        elif re.match(r"A \w+\b.*:$", line):
            title = line.split()[1].rstrip(":;")
        elif match := re.match(r"\| `(\w+)` \|", line):
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
