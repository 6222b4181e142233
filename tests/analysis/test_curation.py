"""How well a landscape is curated: counted, and told apart by kind, side, support and steward."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.analysis.curation import curation
from tests.conftest import Run
from tests.landscapes import FIXTURE, fixture_with

OLD = """\
name: Old
summary: A framework that was looked at long ago.
homepage: https://old.example.org
status: active
interop:
  exports:
    exch:
      support: none
      checked: 2026-01-01
      evidence: [{url: https://old.example.org, shows: a list}]
"""


def test_every_statement_is_counted_once_by_kind_support_and_steward() -> None:
    landscape = loading.load(FIXTURE)
    found = curation(landscape)
    for groups in (found.kinds, found.supports, found.stewards):
        assert sum(group.statements for group in groups.values()) == len(landscape.statements)
    assert {name: group.statements for name, group in found.supports.items()} == Counter(
        statement.support for statement in landscape.statements
    )
    assert found.total.statements == len(landscape.statements)
    assert (found.supports["none"].none, found.supports["none"].searched) == (1, 1)
    assert found.supports["full"].none == 0


def test_an_absence_that_nobody_searched_for_and_a_look_of_long_ago_are_told(tmp_path: Path) -> None:
    before, after = (
        curation(loading.load(root)) for root in (FIXTURE, fixture_with(tmp_path, {"frameworks/old.yml": OLD}))
    )
    assert after.total.statements - before.total.statements == 1
    assert (after.total.none, after.total.searched) == (2, 1)
    assert after.total.lately == before.total.lately
    assert after.thin["old"] == 1
    assert "old" not in before.thin


def test_nothing_is_counted_where_nothing_is_stated(tmp_path: Path, run: Run) -> None:
    (tmp_path / "landscape.yml").write_text("title: T\nkinds: {a: {folder: as, plural: as, summary: An a.}}\n")
    assert "Nothing is stated" in run("score", "--data", "-d", tmp_path).stdout
    assert json.loads(run("score", "--data", "-d", tmp_path, "-f", "json").stdout)["statements"] == 0


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--relation", "exported-by"], lambda s: s["relation"] == "exports"),
        (["--support", "none"], lambda s: s["support"] == "none"),
        (["--of", "backend"], lambda s: s["to"] in ("cpu", "disk", "gpu", "npu")),
        (["--aspect", "ir"], lambda s: "exch" in (s["from"], s["to"])),
        (["--unverified"], lambda s: s["verified"] is None),
    ],
)
def test_statements_are_listed_by_what_they_say(options: list[str], holds: object, run: Run) -> None:
    everything = json.loads(run("list", "statements", "-d", FIXTURE, "-f", "json").stdout)["statements"]
    found = json.loads(run("list", "statements", *options, "-d", FIXTURE, "-f", "json").stdout)["statements"]
    assert found == [statement for statement in everything if holds(statement)]  # type: ignore[operator]
    assert 0 < len(found) < len(everything) or options == ["--unverified"]


@pytest.mark.parametrize(
    "arguments", [["list", "--stale"], ["list", "records", "--by", "x"], ["score", "--data", "--history"]]
)
def test_options_that_do_not_go_together_are_refused(arguments: list[str], run: Run) -> None:
    done = run(*arguments, "-d", FIXTURE)
    assert done.returncode == 2
    assert "go" in done.stderr
