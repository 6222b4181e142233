"""`landscape verify` of suites: cases that pass, err, crash and hang, suites that lie, and runs that are cut short."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest

from interop_landscape import loading
from interop_landscape.analysis.coverage import Coverage
from interop_landscape.checking.freshness import stale_results
from interop_landscape.landscape import Landscape
from interop_landscape.probing.verify import is_stale
from interop_landscape.reading.probes import kit
from tests.probing.machine import Machine

SITE = str(Path(numpy.__file__).parent.parent)


def suite(body: str, keys: str = "('operator', 'type')", bounds: str = "", **options: Any) -> str:
    """A suite whose cases, `load` and `run` are in `body`; the packages of these tests stand in for its own."""
    more = "".join(f", {name}={value!r}" for name, value in options.items())
    return f'''# /// script
# dependencies = []
# [tool.landscape]
# suite = true
# {bounds}
# ///
"""Counts what it says."""
import sys
sys.path.append({SITE!r})
import os, time
import numpy as np
from landscape_suite import Case, Machine, NotFed, Suite
def control(case): return [case.given]
def load(case): return case
def run(loaded, case): return [case.given]
suite = Suite("numpy", keys={keys}{more})
{body}
suite.grade(cases, load=load, run=run, control=control, named="itself")
'''


ALL_ENDS = """
def load(case):
    if case.name == "refuses": raise ValueError("no such operator at " + hex(id(case)))
    if case.name == "dies early": os.abort()
    return case
def run(loaded, case):
    if case.name == "errs": raise RuntimeError("in the middle of /usr/lib/some/where/file.c")
    if case.name == "crashes": os.kill(os.getpid(), 11)
    if case.name == "screams":
        print(f"Error: fatal in process {os.getpid()}\\n*** Aborted at 1796062916 (unix time)", flush=True)
        os.abort()
    if case.name == "leaves": os._exit(3)
    if case.name == "hangs": time.sleep(60)
    if case.name == "unfed": raise NotFed("takes no bfloat16")
    if case.name == "lacking": raise Machine("no C compiler")
    if case.name == "wide": return [case.given.astype("float64")]
    if case.name == "flat": return [case.given.reshape(1, -1)]
    if case.name == "wrong": return [case.given + 1]
    if case.name == "short": return []
    return [case.given]
def control(case):
    if case.name == "doubted": raise ValueError("the reference has it not")
    return [case.given]
names = "refuses, dies early, errs, crashes, screams, leaves, hangs, unfed, lacking, wide, flat, wrong, short, doubted"
names = names.split(", ")
cases = [Case(name, ("Add" if len(name) > 5 else "Mul", "float"), np.ones(3, "float32")) for name in names]
cases += [Case(f"fine {place}", ("Sub", "float"), np.ones(3, "float32")) for place in range(120)]
"""
OUTCOMES = {
    "refuses": ("refused", "ValueError: no such operator at 0x…"),
    "dies early": ("crash", "SIGABRT while it was taken in"),
    "errs": ("error", "RuntimeError: in the middle of …/file.c"),
    "crashes": ("crash", "SIGSEGV while it ran"),
    "screams": ("crash", "SIGABRT while it ran: Error: fatal in process …"),
    "leaves": ("crash", "ended with status 3 while it ran"),
    "hangs": ("time-out", "more than 1 s while it ran"),
    "unfed": ("not-fed", "takes no bfloat16"),
    "lacking": ("machine", "no C compiler"),
    "wide": ("other-type", "float64 for float32"),
    "flat": ("other-type", "shape [1, 3] for [3]"),
    "wrong": ("other-numbers", "differs by up to 1"),
    "short": ("other-numbers", "0 outputs for 1"),
    "doubted": ("control", "ValueError: the reference has it not"),
}
FORGED = """
import json
dumps = json.dumps
json.dumps = lambda x, **k: (lambda x: x if isinstance(x, str) else dumps(x, **k))(forged(x) if type(x) is dict else x)
def forged(x): return {forge}
cases = [Case("one", ("Add", "float"), np.ones(3)), Case("two", ("Add", "float"), np.ones(3))]
"""
FAULTS = {
    "doubts": (
        "def control(case): return [case.given + (case.name == 'c1')]\n"
        "cases = [Case(f'c{n}', ('Add', 'float'), np.ones(2), [np.ones(2)]) for n in range(50)]",
        "the control passes 49 of 50 cases",
    ),
    "doubles": ("cases = [Case('one', ('Add', 'float'), np.ones(2))] * 2", "two cases are called one"),
    "other-keys": ("cases = [Case('one', ('Add',), np.ones(2))]", "one has 1 values of 2 keys"),
    "lies": (
        FORGED.replace("{forge}", "x | {'cases': 9} if 'suite' in x else x"),
        "what it counted cannot be believed: it says 9 cases, and wrote 2",
    ),
    "forgets": (
        FORGED.replace("{forge}", "'' if 'case' in x else x"),
        "what it counted cannot be believed: one of its lines cannot be read",
    ),
    "invents": (
        FORGED.replace("{forge}", "x | {'outcome': 'great'} if 'case' in x else x"),
        "what it counted cannot be believed: there is no outcome `great`",
    ),
    "links": (
        "import atexit\ncases = [Case('one', ('Add', 'float'), np.ones(2))]\n"
        "atexit.register(lambda: (os.remove(os.environ['LANDSCAPE_JOURNAL']), "
        "os.symlink('/etc/passwd', os.environ['LANDSCAPE_JOURNAL'])))",
        "what it counted cannot be believed: it wrote no lines",
    ),
}


def a_machine(folder: Path, cache: Path, probes: dict[str, str]) -> Machine:
    machine = Machine(folder, cache, probes)
    machine.environment["LD_LIBRARY_PATH"] = SITE  # so that the walls leave NumPy to be seen
    return machine


def graded(machine: Machine, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((machine.results / f"{name}.suite.json").read_text())
    return found


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Machine:
    probes = {name: suite(body) for name, (body, _) in FAULTS.items()}
    probes["all-ends"] = suite(ALL_ENDS, seconds=1)
    machine = a_machine(tmp_path_factory.mktemp("machine"), cache, probes)
    machine.verify("--all", "--jobs", "2")
    return machine


def test_each_case_comes_to_its_end_and_none_stops_the_others(ran: Machine) -> None:
    found = graded(ran, "all-ends")
    ends = {name: (one["outcome"], one["said"]) for one in found["others"] for name in one["cases"]}
    assert ends == OUTCOMES
    assert found["same"] == [{"count": 120, "group": ["Sub", "float"]}]
    result = loading.load(ran.root).suites["all-ends"]
    coverage = Coverage(result)
    assert (coverage.tally.same, coverage.tally.cases, coverage.tally.left_out) == (120, 132, 2)
    assert (coverage.whole, list(coverage.groups), coverage.missing) == (1, ["Add", "Mul", "Sub"], ("Add", "Mul"))
    assert ran.result("all-ends")["outcome"] == "pass"


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_believed_is_no_result(name: str, ran: Machine) -> None:
    result = ran.result(name)
    assert result["outcome"] == "error"
    assert FAULTS[name][1] in result["reason"]
    assert not (ran.results / f"{name}.suite.json").exists()


def test_nothing_is_left_of_all_these(ran: Machine) -> None:
    assert ran.is_clean()


SLOW = """
this_run = os.urandom(8).hex()
def run(loaded, case):
    time.sleep(0.2)
    if int(case.name[1:]) % 2: raise ValueError(this_run)
    return [case.given]
cases = [Case(f"c{n:02}", ("Add", "float"), np.ones(2)) for n in range(40)]
"""


@pytest.mark.parametrize("cut", ["SIGINT", "SIGTERM", "too long"])
def test_a_run_that_is_cut_short_goes_on_where_it_was(cut: str, tmp_path: Path, cache: Path) -> None:
    machine = a_machine(tmp_path, cache, {"slow": suite(SLOW, bounds='shares = ["helpers"]')})
    (machine.root / "probes" / "shared").mkdir()
    (machine.root / "probes" / "shared" / "helpers.py").write_text("")
    if cut != "too long":
        running = machine.start("slow")
        machine.until(lambda: any(machine.temporary.glob("*/work/suite.jsonl")))
        journal = next(machine.temporary.glob("*/work/suite.jsonl"))
        machine.until(lambda: journal.read_bytes().count(b"\n") > 5)
        running.send_signal(getattr(signal, cut))
        running.communicate(timeout=30)
        assert not list(machine.results.glob("slow*"))
    else:
        _, _, err = machine.verify("slow", "--timeout", "6")
        assert "took longer than 6 s" in err
        assert "cases are known, run it again to go on" in err
        assert not (machine.results / "slow.suite.json").exists()
    status, _, err = machine.verify("slow")
    assert status == 0, err
    assert "runs … and goes on after " in err
    assert graded(machine, "slow")["same"] == [{"count": 20, "group": ["Add", "float"]}]
    assert len(graded(machine, "slow")["others"]) == 2, "each run tells of the cases that it ran"
    _, _, err = machine.verify("slow")
    assert "goes on" not in err
    assert machine.is_clean()


def test_a_new_version_is_compared_with_the_one_before(tmp_path: Path, cache: Path) -> None:
    body = "cases = [Case(f'c{n}', ('Add', 'float'), np.ones(2)) for n in range(4)]\n"
    worse = body + "def run(loaded, case): return [case.given + (case.name == 'c1')]\nsuite.versions['numpy'] = '1.0'\n"
    machine = a_machine(tmp_path, cache, {"one": suite(worse)})
    machine.verify("one")
    (machine.root / "probes" / "one.py").write_text(suite(body))
    machine.verify("one")
    found = graded(machine, "one")
    assert [(e["version"], e["counts"], e["whole"]) for e in found["earlier"]] == [
        ("1.0", {"other-numbers": 1, "same": 3}, 0)
    ]
    text = (machine.results / "one.suite.json").read_bytes()
    machine.verify("one")
    assert (machine.results / "one.suite.json").read_bytes() == text


def test_shared_modules_are_part_of_the_program(tmp_path: Path, cache: Path) -> None:
    program = suite("import helpers\ncases = helpers.cases(Case, np)", bounds='shares = ["helpers"]')
    machine = a_machine(tmp_path, cache, {"one": program})
    shared = machine.root / "probes" / "shared" / "helpers.py"
    problems = loading.read(machine.root)[1]
    assert [p.message for p in problems if p.code == "bad-probe"] == ["there is no shared module `helpers`"]
    shared.parent.mkdir()
    shared.write_text("def cases(Case, np): return [Case('a', ('Add', 'float'), np.ones(2))]\n")
    assert machine.verify("one")[0] == 0
    landscape = loading.load(machine.root)
    assert landscape.probes["one"].digest == landscape.suites["one"].program
    shared.write_text(shared.read_text() + "\n")
    landscape = loading.load(machine.root)
    assert landscape.probes["one"].digest != landscape.suites["one"].program


def test_a_result_names_the_kit_that_graded_it(tmp_path: Path, cache: Path) -> None:
    machine = a_machine(tmp_path, cache, {"one": suite("cases = [Case('a', ('Add', 'float'), np.ones(2))]")})
    machine.verify("one")

    def told() -> list[str]:
        landscape = loading.load(machine.root)
        assert is_stale(landscape, landscape.probes["one"]) == bool(list(stale_results_of(landscape, "one")))
        return list(stale_results_of(landscape, "one"))

    assert told() == []
    path = machine.results / "one.suite.json"
    path.write_text(path.read_text().replace(kit(), "0" * 64))
    assert told() == ["another kit than that of this version graded the cases of `one`"]
    machine.verify("--stale")
    assert told() == []


def stale_results_of(landscape: Landscape, name: str) -> Iterator[str]:
    """What `check --stale` says of the graded result of a suite."""
    return (problem.message for problem in stale_results(landscape) if problem.path.endswith(f"/{name}.suite.json"))


def test_lines_that_nobody_goes_on_with_are_removed(tmp_path: Path, cache: Path) -> None:
    machine = a_machine(tmp_path, cache, {"one": suite("cases = [Case('a', ('Add', 'float'), np.ones(2))]")})
    old, young = (cache / "interop-landscape" / "suites" / f"{name}-0-0.jsonl" for name in ("old", "young"))
    old.parent.mkdir(parents=True, exist_ok=True)
    for path, days in (old, 31), (young, 29):
        path.write_text("{}")
        os.utime(path, (time.time() - days * 86_400,) * 2)
    machine.verify("one")
    assert (old.exists(), young.exists()) == (False, True)


def test_no_installer_is_on_the_path(tmp_path: Path, cache: Path) -> None:
    body = (
        "import shutil\n"
        "found = [name for name in ('pip', 'pip3', 'uv', 'npm', 'apt-get', 'dpkg') if shutil.which(name)]\n"
        "assert not found, found\nassert shutil.which('sh')\n"
        "cases = [Case('a', ('Add', 'float'), np.ones(2))]"
    )
    machine = a_machine(tmp_path, cache, {"one": suite(body)})
    status, _, err = machine.verify("one")
    assert status == 0, err
