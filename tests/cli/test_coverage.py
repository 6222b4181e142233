"""What suites counted, as people and programs see it: `show --coverage`, `check`, `path --ops`, fixes, the page."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from interop_landscape import loading
from interop_landscape.analysis.coverage import coverage_of
from interop_landscape.reading.probes import kit
from interop_landscape.site import pages
from interop_landscape.site.data import SiteData
from interop_landscape.site.view import View
from tests.conftest import Run
from tests.landscapes import FIXTURE, fixture_with

PROGRAM = '# /// script\n# dependencies = []\n# [tool.landscape]\n# suite = true\n# ///\n"""Counts."""\n'
RUNNER = (FIXTURE / "runtimes" / "runner.yml").read_text()
HOSTILE = "<img src=x onerror=alert(1)>\u202e"


def a_result(**changes: Any) -> dict[str, Any]:
    """Eight cases that are counted, of three operators, and one that the control fails."""
    return {
        "schema": "suite-result/v1",
        "probe": "runner-cases",
        "subject": "runner",
        "date": "2026-11-02",
        "versions": {"runner": "1.4", "python": "3.11.7"},
        "program": hashlib.sha256(PROGRAM.encode()).hexdigest(),
        "kit": kit(),
        "control": "reference",
        "keys": ["operator", "type"],
        "cases": 8,
        "same": [
            {"group": ["Add", "float"], "count": 3},
            {"group": ["Add", "int"], "count": 1},
            {"group": ["Mul", "float"], "count": 1},
        ],
        "others": [
            {"group": ["Det", "float"], "outcome": "refused", "said": "no Det", "cases": ["det_2d"]},
            {"group": ["Mul", "float"], "outcome": "other-numbers", "said": "differs by up to 1", "cases": ["mul_b"]},
            {"group": ["Mul", "int"], "outcome": "not-fed", "cases": ["mul_int"]},
        ],
        "earlier": [
            {"version": "1.3", "date": "2026-10-01", "counts": {"same": 3, "refused": 5}, "whole": 1, "groups": 3}
        ],
        **changes,
    }


def landscape_with(folder: Path, result: dict[str, Any] | str, least: str = "0.5") -> Path:
    text = result if isinstance(result, str) else json.dumps(result)
    files = {
        "runtimes/runner.yml": RUNNER.replace(
            "      requires: {exch-", "      suite: runner-cases\n      requires: {exch-"
        ),
        "probes/runner-cases.py": PROGRAM,
        "probes/results/runner-cases.suite.json": text,
        "landscape.yml": (FIXTURE / "landscape.yml").read_text() + f"\ncoverage: {{full: {least}}}\n",
    }
    return fixture_with(folder, {**files})


def test_a_statement_shows_its_coverage(tmp_path: Path, run: Run) -> None:
    root = landscape_with(tmp_path, a_result())
    said = "1 of 3 operators; 5 of 8 cases, 1 with other numbers; runner 1.4, 2026-11-02; 2 more than with 1.3"
    assert said in " ".join(run("show", "runner", "-d", root, columns=200).stdout.split())
    document = json.loads(run("show", "runner", "-d", root, "-f", "json").stdout)
    [coverage] = [s["coverage"] for s in document["statements"] if s["coverage"]]
    assert (coverage["whole"], coverage["groups"], coverage["same"], coverage["cases"]) == (1, 3, 5, 8)
    assert coverage["counts"] == {"same": 5, "other-numbers": 1, "refused": 1, "not-fed": 1}


@pytest.mark.parametrize("columns", [60, 200])
def test_a_standard_shows_who_takes_which_group(columns: int, tmp_path: Path, run: Run) -> None:
    root = landscape_with(tmp_path, a_result())
    out = run("show", "exch", "--coverage", "-d", root, columns=columns).stdout
    assert "Exch by operator" in out
    assert [line.split() for line in out.splitlines() if line.startswith(("Det", "Mul"))] == [
        ["Det", "0/1"],
        ["Mul", "1/3!"],
    ]
    assert "and 1 operator that all take whole" in out
    assert max(map(len, out.splitlines())) <= columns
    rows = list(csv.DictReader(io.StringIO(run("show", "exch", "--coverage", "-d", root, "-f", "csv").stdout)))
    assert [(row["group"], row["same"], row["cases"], row["other-numbers"]) for row in rows] == [
        ("Add", "4", "4", "0"),
        ("Det", "0", "1", "0"),
        ("Mul", "1", "3", "1"),
    ]
    nobody = run("show", "alpha", "--coverage", "-d", root)
    assert nobody.returncode == 1
    assert "No suite has counted" in nobody.stdout


def test_the_same_cases_are_counted_by_each_of_their_keys(tmp_path: Path, run: Run) -> None:
    root = landscape_with(tmp_path, a_result())
    out = run("show", "exch", "--coverage", "--by", "type", "-d", root).stdout
    assert "Exch by type" in out
    assert [line.split() for line in out.splitlines() if line.startswith(("float", "int"))] == [
        ["float", "4/6!"],
        ["int", "1/2"],
    ]
    assert "--by type" in run("show", "exch", "--coverage", "-d", root).stdout
    rows = csv.DictReader(
        io.StringIO(run("show", "exch", "--coverage", "--by", "type", "-d", root, "-f", "csv").stdout)
    )
    assert [(row["key"], row["group"], row["same"]) for row in rows] == [("type", "float", "4"), ("type", "int", "1")]
    [table] = json.loads(run("show", "exch", "--coverage", "-d", root, "-f", "json").stdout)["tables"]
    [by] = table["implementations"][0]["by"]
    assert (by["key"], [(one["group"], one["same"]) for one in by["groups"]]) == ("type", [("float", 4), ("int", 1)])
    unknown = run("show", "exch", "--coverage", "--by", "opset", "-d", root)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "the keys are operator, type" in unknown.stderr
    alone = run("show", "exch", "--by", "type", "-d", root)
    assert "--by goes with --coverage" in alone.stderr


@pytest.mark.parametrize(("subject", "shown"), [("runner", True), ("another", False)])
def test_what_no_statement_names_stands_beside_what_it_counts_too(
    subject: str, shown: bool, tmp_path: Path, run: Run
) -> None:
    root = landscape_with(tmp_path, a_result())
    older = a_result(probe="older-cases", subject=subject, versions={subject: "1.4"}, cases=1)
    older["same"] = [{"group": ["Add", "float"], "count": 1}]
    del older["others"], older["earlier"]
    (root / "probes" / "older-cases.py").write_text(PROGRAM.replace("Counts.", "Counts older cases."))
    (root / "probes" / "results" / "older-cases.suite.json").write_text(json.dumps(older))
    out = " ".join(run("show", "exch", "--coverage", "-d", root).stdout.split())
    assert ("Counts older cases. 1 of 1 operator; 1 of 1 case; runner 1.4" in out) is shown
    [table] = json.loads(run("show", "exch", "--coverage", "-d", root, "-f", "json").stdout)["tables"]
    beside = table["implementations"][0]["beside"]
    assert [one["coverage"]["same"] for one in beside] == ([1] if shown else [])
    assert ("Counts older cases." in pages.coverage(View(SiteData(loading.load(root)), ".."))) is shown


def test_letters_stand_for_names_that_would_break_those_of_groups(tmp_path: Path, run: Run) -> None:
    long = "AnOperatorOfALongName" * 2
    root = landscape_with(tmp_path, a_result(others=others(group=[long, "float"])))
    narrow = run("show", "exch", "--coverage", "-d", root, columns=50).stdout
    assert [line.split()[:2] for line in narrow.splitlines() if "Runner:" in line] == [["A", "The"]]
    wide = run("show", "exch", "--coverage", "-d", root, columns=100).stdout
    assert [line.split()[0] for line in wide.splitlines() if "Runner:" in line] == ["The"]
    assert long in wide


@pytest.mark.parametrize(
    ("least", "said"),
    [
        ("0.9", "but its suite counted 71 % of what can be fed, of at least 90 %"),
        ("0.5", "but in its suite 1 case gives other numbers"),
    ],
)
def test_check_doubts_a_statement_that_its_suite_contradicts(least: str, said: str, tmp_path: Path, run: Run) -> None:
    root = landscape_with(tmp_path, a_result(), least)
    assert said in " ".join(run("check", root).stdout.split())
    path = root / "runtimes" / "runner.yml"
    path.write_text(path.read_text().replace("      suite: r", "      limits: no Det\n      suite: r"))
    assert ("poor-coverage" in run("check", root).stdout) == (least == "0.9")


def others(**changes: Any) -> list[dict[str, Any]]:
    return [{**a_result()["others"][0], **changes}, *a_result()["others"][1:]]


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (a_result(cases=80), "it says 80 cases, and has 8"),
        (a_result(keys=["operator"]), "a group has not the 1 values of its keys"),
        (a_result(others=others(cases=["mul_b"])), "a case is there twice"),
        (a_result(subject="other"), "it says no version of `other`"),
        (a_result(others=others(outcome="great")), "great"),
        (a_result(others=others(said="x" * 500)), "500 characters"),
        (a_result(others=others(outcome="control")), "the control passes 7 of 8 cases"),
        (a_result(probe="other"), "it is the result of `other`"),
        (a_result(date="2999-01-01"), "is in the future"),
        ("[" * 100, "bad-result"),
        ('{"cases": 1', "bad-result"),
    ],
)
def test_a_result_that_cannot_be_believed_is_a_problem(
    result: dict[str, Any] | str, said: str, tmp_path: Path, run: Run
) -> None:
    checked = run("check", landscape_with(tmp_path, result))
    assert checked.returncode == 1
    assert "runner-cases.suite.json:" in checked.stdout
    assert said in checked.stdout
    assert "landscape verify runner-cases" in checked.stdout


def test_fixes_and_json_say_what_is_missing(tmp_path: Path, run: Run) -> None:
    root = landscape_with(tmp_path, a_result())
    path = root / "runtimes" / "runner.yml"
    path.write_text(
        path.read_text().replace(
            "support: full\n      carries", "support: partial\n      limits: some\n      carries", 1
        )
    )
    out = " ".join(run("fixes", "-d", root, "--top", "0", columns=200).stdout.split())
    assert "Runner imports Exch: 1 operator is missing: Det" in out
    edges = [
        e for f in json.loads(run("fixes", "-d", root, "--top", "0", "-f", "json").stdout)["fixes"] for e in f["edges"]
    ]
    assert [e["missing"] for e in edges if (e["from"], e["relation"], e["to"]) == ("runner", "imports", "exch")] == [
        ["Det"]
    ]


def a_node(name: str, domain: str = "", **inner: Any) -> SimpleNamespace:
    graphs = [
        SimpleNamespace(g=SimpleNamespace(node=nodes), graphs=[], HasField=lambda _: True) for nodes in inner.values()
    ]
    return SimpleNamespace(op_type=name, domain=domain, attribute=graphs)


def test_a_model_of_ones_own_is_held_against_each_route(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = landscape_with(tmp_path, a_result())
    model = tmp_path / "model.onnx"
    model.write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "onnx", None)
    refused = run("path", "alpha", "npu", "--ops", model, "-d", root)
    assert refused.returncode == 2
    assert "pip install 'interop-landscape[onnx]'" in " ".join(refused.stderr.split())
    nodes = [a_node("Add"), a_node("If", then=[a_node("Mul", "ai.onnx"), a_node("Det")]), a_node("Mine", "own")]
    functions = [SimpleNamespace(domain="own", name="Mine", node=[a_node("Foo", "com.x")])]
    loaded = SimpleNamespace(graph=SimpleNamespace(node=nodes), functions=functions)
    monkeypatch.setitem(sys.modules, "onnx", SimpleNamespace(load=lambda *_, **__: loaded))
    out = " ".join(run("path", "alpha", "npu", "--ops", model, "-d", root, columns=200).stdout.split())
    assert (
        "Runner imports Exch: takes 1 of 5 operators whole; in part Mul; not Det; nobody has counted If, com.x.Foo"
        in out
    )
    document = json.loads(run("path", "alpha", "npu", "--ops", model, "-d", root, "-f", "json").stdout)
    [taken] = document["operators"]
    assert (taken["statement"], taken["missing"]) == ("runner imports exch", ["Det"])

    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("Error parsing message")

    monkeypatch.setitem(sys.modules, "onnx", SimpleNamespace(load=broken))
    broke = run("path", "alpha", "npu", "--ops", model, "-d", root)
    assert (broke.returncode, broke.stdout) == (2, "")
    assert "is no ONNX model" in broke.stderr


def test_the_page_shows_cells_with_their_cases_and_leaves_texts_texts(tmp_path: Path) -> None:
    hostile = others(said=HOSTILE[:-1], cases=[f"case {HOSTILE[:-1]}"], group=[f"Op {HOSTILE[:-1]}", "float"])
    landscape = loading.load(landscape_with(tmp_path, a_result(others=hostile)))
    body = pages.coverage(View(SiteData(landscape), ".."))
    assert "<img" not in body
    assert "&lt;img src=x" in body
    assert 'href="#c-runner-imports-exch-1"' in body
    assert 'id="c-runner-imports-exch-1"' in body
    assert "5 of 8 (62 %)" in body or "5 of 8 (63 %)" in body
    assert "2 more than with 1.3" in body
    assert "The same cases by type" in body
    empty = pages.coverage(View(SiteData(loading.load(FIXTURE)), ".."))
    assert "No suite has been run yet." in empty


def test_a_result_of_another_program_is_stale(tmp_path: Path) -> None:
    root = landscape_with(tmp_path, a_result(program="0" * 64))
    landscape = loading.load(root)
    [found] = [c for s in landscape.statements if (c := coverage_of(landscape, s))]
    assert found.stale
