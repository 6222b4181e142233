"""Headers of probes, files of results, and what they say of a statement."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from interop_landscape import loading
from interop_landscape.ids import Edge
from interop_landscape.reading.probes import BadProbeError, read_probe, read_result
from tests.landscapes import FIXTURE, fixture_with

HEADER = '# /// script\n# requires-python = ">=3.10"\n# dependencies = ["numpy==2.4.6"]\n'
BOUNDS = '# [tool.landscape]\n# timeout = 60\n# memory = 512\n# network = true\n# needs = "a card"\n'
TODAY = date(2026, 11, 22)


def test_a_probe_is_its_header_and_docstring() -> None:
    text = f'#!/usr/bin/env python\n{HEADER}{BOUNDS}# ///\n"""Shows it.\n\nAll of\nit.\n"""\nimport nowhere\n'
    probe = read_probe("p", "probes/p.py", text.encode())
    assert (probe.shows, probe.about) == ("Shows it.", "All of it.")
    assert (probe.dependencies, probe.python) == (("numpy==2.4.6",), ">=3.10")
    assert (probe.seconds, probe.mebibytes, probe.network, probe.needs) == (60, 512, True, "a card")
    assert probe.digest != read_probe("p", "probes/p.py", text.encode() + b"#\n").digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"""Shows it."""', "no header"),
        (f'{HEADER}\n"""Shows it."""', "no end"),
        (f'{HEADER}# ///\n\n{HEADER}# ///\n"""Shows it."""', "several headers"),
        ('# /// script\n# dependencies = [\n# ///\n"""Shows it."""', "not TOML"),
        (f"{HEADER}# ///\nimport os", "no docstring"),
        (f"{HEADER}# ///\nimport", "not Python"),
        ('# /// script\n# dependencies = "numpy"\n# ///\n"""Shows it."""', "not a list"),
        ('# /// script\n# dependencies = ["--index-url=https://x.example"]\n# ///\n"""It."""', "not a dependency"),
        ('# /// script\n# dependencies = [3]\n# ///\n"""It."""', "not a dependency"),
        ('# /// script\n# requires-python = "three"\n# ///\n"""It."""', "not a window"),
        (f'{HEADER}# [tool.landscape]\n# timeout = "1"\n# ///\n"""It."""', "cannot be"),
        (f'{HEADER}# [tool.landscape]\n# timeout = 0\n# ///\n"""It."""', "cannot be"),
        (f'{HEADER}# [tool.landscape]\n# network = 1\n# ///\n"""It."""', "cannot be"),
        (f'{HEADER}# [tool.landscape]\n# hours = 1\n# ///\n"""It."""', "has no `hours`"),
        ("\ud800", "not UTF-8"),
        (f'# /// script\n# dependencies = {"[" * 3000}{"]" * 3000}\n# ///\n"""It."""', "beyond all bounds"),
        (f'# /// script\n# dependencies = {"[" * 200}{"]" * 200}\n# ///\n"""It."""', "`a list` is not a dependency"),
        (f'{HEADER}# tool = {"{a=" * 3000}1{"}" * 3000}\n# ///\n"""It."""', "beyond all bounds"),
        (f'{HEADER}# [tool.landscape]\n# timeout = {"9" * 5000}\n# ///\n"""It."""', "beyond all bounds"),
        (f'{HEADER}# [tool.landscape]\n# timeout = 0x{"f" * 9000}\n# ///\n"""It."""', "cannot be a number that"),
        (f'{HEADER}# [tool.landscape]\n# memory = {"9" * 40}\n# ///\n"""It."""', "cannot be a number that"),
        (f'{HEADER}# [tool.landscape]\n# timeout = 86401\n# ///\n"""It."""', "cannot be 86401"),
        (f'{HEADER}# a = \'{"x" * 16000}\'\n# ///\n"""It."""', "the header has more"),
        (f'# /// script\n# requires-python = ">={"9" * 5000}"\n# ///\n"""It."""', "more than 200 characters"),
        (f'# /// script\n# dependencies = ["a==1.{"0" * 5000}"]\n# ///\n"""It."""', "more than 200 characters"),
        ('# /// script\n# dependencies = ["a\\u001b[31m==1"]\n# ///\n"""It."""', r"character U\+001B"),
        ('# /// script\n# dependencies = ["a @ git+https://x.example/a"]\n# ///\n"""It."""', "names an address"),
        ('# /// script\n# dependencies = ["a @ file:///tmp/a.whl"]\n# ///\n"""It."""', "names an address"),
        (f'{HEADER}# [tool.landscape]\n# needs = "a\\u202ecard"\n# ///\n"""It."""', r"character U\+202E"),
        (f'{HEADER}# ///\n"""A lone \\ud800 surrogate."""', r"character U\+D800"),
        (f'{HEADER}# ///\n"""An \\x1b[2J escape."""', r"character U\+001B"),
        (f'{HEADER}# ///\n"""A line.\n\nA bell \\a below it."""', r"character U\+0007"),
        (f'{HEADER}# ///\n"""{"long " * 2000}"""', "docstring has more"),
        (f'{HEADER}# ///\n"""It."""\nx = {"9" * 5000}', "not Python"),
        (f'{HEADER}# ///\n"""It."""\n{"#" * (256 * 1024)}', "more than 256 KiB"),
    ],
)
def test_what_is_no_probe_is_told(text: str, said: str) -> None:
    with pytest.raises(BadProbeError, match=said) as caught:
        read_probe("p", "probes/p.py", text.encode("utf-8", "surrogatepass"))
    assert caught.value.hint


RESULT: dict[str, Any] = {
    "schema": "result/v1",
    "probe": "p",
    "outcome": "fail",
    "reason": "one of them",
    "date": "2026-11-20",
    "seconds": 1.5,
    "platform": {"system": "Linux"},
    "network": "closed",
    "versions": {"PyYAML": "6.0", "dotted.name": "1", "torch": "2.13.0+cpu", "x": "1!0.27.0.post1", "git": "a1b2c3d"},
    "compared": [{"what": "it: é 日 {x} # & *", "kind": "close", "holds": False, "difference": 1e-08, "count": 3}],
    "notes": ["a", "b"],
    "program": "0",
    "proves": [{"edge": "alpha exports exch", "support": "full"}],
    "log": "one\ntwo",
}


def test_a_result_is_read_whole() -> None:
    result, _ = read_result("p", "", json.dumps(RESULT, indent=2, ensure_ascii=False).encode(), TODAY)
    assert result is not None
    assert (result.day, result.compared[0].difference, result.compared[0].count) == (date(2026, 11, 20), 1e-08, 3)
    assert (result.compared[0].what, result.log) == (RESULT["compared"][0]["what"], "one\ntwo")
    assert result.versions == RESULT["versions"]


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "result/v2"},
        {"probe": "q"},
        {"outcome": "perhaps"},
        {"date": "2026-11-23"},
        {"date": "yesterday"},
        {"seconds": -1},
        {"seconds": "long"},
        {"network": "half"},
        {"compared": []},
        {"compared": [{"what": "x", "kind": "close", "holds": "yes"}]},
        {"compared": [{"what": "x", "kind": "close", "holds": True, "difference": float("inf")}]},
        {"proves": [{"edge": "a b c", "support": "some"}]},
        {"more": 1},
        {"notes": ["\x1b[31m"]},
        {"versions": {"a": "1" * 5000}},
        {"versions": {"a": "<img src=x onerror=alert(1)>"}},
        {"versions": {"a' onfocus='alert(1)": "1"}},
        {"versions": {"a": "1 2"}},
        {"versions": {"a": "1\n"}},
        {"versions": {"-a": "1"}},
    ],
    ids=str,
)
def test_what_is_no_result_is_told(change: dict[str, Any]) -> None:
    result, (line, column, wrong) = read_result("p", "", json.dumps({**RESULT, **change}, indent=1).encode(), TODAY)
    assert result is None
    assert line >= 1
    assert column >= 1
    assert wrong


PROGRAM = f'{HEADER}# ///\n"""Shows it."""\n'


def verification_of(folder: Path, program: str = PROGRAM, support: str = "full", **changed: Any) -> tuple[str, bool]:
    """(state, verified) of a statement whose probe has a result like `RESULT`, but for what is changed."""
    alpha = (FIXTURE / "frameworks" / "alpha.yml").read_text()
    alpha = alpha.replace("api: alpha.export", "api: alpha.export\n      probe: p")
    alpha = alpha.replace("exch:\n      support: full", f"exch:\n      support: {support}")
    digest = read_probe("p", "", PROGRAM.encode()).digest
    files: dict[str, str | bytes] = {"frameworks/alpha.yml": alpha, "probes/p.py": program}
    if changed.get("outcome") != "never":
        files["probes/results/p.json"] = json.dumps({**RESULT, "program": digest, **changed})
    landscape = loading.load(fixture_with(folder, files), today=TODAY)
    statement = landscape.by_edge[Edge("alpha", "exports", "exch")]
    verification = landscape.verification(statement)
    assert verification is not None
    assert (verification.result is None) == (verification.state == "never run")
    return verification.state, landscape.is_verified(statement)


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"outcome": "pass"}, "verified"),
        ({}, "failed"),
        ({"outcome": "unsupported"}, "unsupported"),
        ({"outcome": "error"}, "error"),
        ({"outcome": "never"}, "never run"),
        ({"outcome": "pass", "program": f"{PROGRAM}# changed\n"}, "stale"),
        ({"outcome": "pass", "support": "experimental"}, "stale"),
        ({"outcome": "pass", "proves": [{"edge": "alpha runs-on gpu", "support": "full"}]}, "stale"),
        ({"outcome": "pass", "date": str(TODAY - timedelta(days=366))}, "stale"),
        ({"outcome": "pass", "date": str(TODAY - timedelta(days=365))}, "verified"),
    ],
    ids=str,
)
def test_a_proof_is_of_the_statement_and_program_as_they_stand(
    changed: dict[str, Any], state: str, tmp_path: Path
) -> None:
    program = changed.pop("program", PROGRAM)
    assert verification_of(tmp_path, program, **changed) == (state, state == "verified")


def test_a_statement_without_a_probe_has_no_proof() -> None:
    landscape = loading.load(FIXTURE)
    assert {landscape.verification(statement) for statement in landscape.statements} == {None}
