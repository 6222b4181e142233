"""`landscape verify` against tiny real probes: honest ones, broken ones, and ones that mean harm."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import psutil
import pytest

from interop_landscape import loading
from tests.conftest import Run
from tests.landscapes import fixture_with
from tests.probing.machine import PASS, SECRET, STRAY, Machine, program

PROBES: dict[str, tuple[str, str]] = {
    "passes": ("", "with Probe() as probe: probe.close('one', 1.0, 1.0); probe.note('fine')"),
    "fails": ("", "with Probe() as probe: probe.close('one', 1.5, 1.0); probe.same('two', 2, 2)"),
    "refuses": ("", "with Probe() as probe: probe.refused('one', lambda: 1 / 0, ZeroDivisionError)"),
    "unsupported": ("needs = 'a card'", "with Probe() as probe: probe.unsupported('needs a card')"),
    "crashes": ("", "with Probe() as probe: raise ValueError('broken at ' + __file__)"),
    "lacks": ("", "import nowhere"),
    "ends-badly": ("", f"{PASS}\nraise SystemExit(3)"),
    "segfaults": ("", "import ctypes; ctypes.string_at(0)"),
    "hangs": ("timeout = 1", "import time\ntime.sleep(60)"),
    "ignores": ("timeout = 1", "import signal, time\nsignal.signal(15, signal.SIG_IGN)\nwhile True: time.sleep(1)"),
    "eats": ("memory = 120", "import time\nfood = b'x' * (400 << 20)\ntime.sleep(60)"),
    "eats-in-children": (
        "memory = 150",
        "import os, time\nfor _ in range(4): os.fork()\nfood = b'x' * (30 << 20)\ntime.sleep(60)",
    ),
    "rubbish": (
        "",
        f"import os\nos.write(1, bytes(range(256)) * 2000)\n{PASS}\nos.write(2, b'\\x1b[31m' + b'\\xff' * 99)",
    ),
    "silent": ("", "print('done')"),
    "endless": ("timeout = 1", "import sys\nwhile True: sys.stdout.write('x' * 10000)"),
    "forges": ("", f'{PASS}\nprint(\'{{"probe": "1", "outcome": "pass", "compared": []}}\')'),
    "forges-alone": ("", 'print(\'{"probe": "1", "outcome": "pass", "compared": []}\')'),
    "mangles": ("", 'print(\'{"probe": "1", "outcome": "pass", "compared": [{"holds": true, "kind": 3}]}\')'),
    "spawns": ("", f"{STRAY}{PASS}"),
    "spawns-and-hangs": ("timeout = 1", f"{STRAY}import time\ntime.sleep(60)"),
    "closes": ("", f"import os\nos.close(1)\nos.close(2)\n{PASS}"),
    "writes": (
        "",
        "import os, tempfile\n"
        "with Probe() as probe:\n"
        "    os.mkdir('kept'); open('kept/file', 'w').write('x'); os.chmod('kept', 0)\n"
        "    places = [os.getcwd(), os.environ['HOME'], tempfile.gettempdir(), os.path.expanduser('~')]\n"
        "    probe.same('one place', len(set(places)), 1)\n"
        "    probe.same('words for it', places[0], '/nowhere')",
    ),
    "wants-network": ("network = true", PASS),
    "leaks": (
        "",
        "import os, sys\n"
        "with Probe() as probe:\n"
        f"    probe.same('secrets', [v for v in os.environ.values() if {SECRET!r} in v], [])\n"
        "    probe.same('seed', os.environ['PYTHONHASHSEED'], '0')\n"
        "    probe.same('own environment', sys.prefix != sys.base_prefix, True)\n"
        "    probe.refused('packages of others', lambda: __import__('psutil'), ImportError)",
    ),
}
UNHAD = "no-such-distribution-of-a-probe==1"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> tuple[Machine, int, dict[str, Any], str]:
    """All the probes run in one go, two at once."""
    probes = {name: program(body, bounds) for name, (bounds, body) in PROBES.items()}
    machine = Machine(tmp_path_factory.mktemp("machine"), cache, probes)
    status, out, err = machine.verify("--all", "--jobs", "2", "--json", "--allow-network")
    return machine, status, json.loads(out), err


OUTCOMES = {
    "passes": ("pass", None),
    "fails": ("fail", "1 of 2 comparisons did not hold: one"),
    "refuses": ("pass", None),
    "unsupported": ("unsupported", "needs a card"),
    "crashes": ("error", "ended with status 1: ValueError: broken at <program>/crashes.py"),
    "lacks": ("error", "ended with status 1: ModuleNotFoundError: No module named 'nowhere'"),
    "ends-badly": ("error", "ended with status 3"),
    "segfaults": ("error", "ended by signal 11"),
    "hangs": ("error", "took longer than 1 s"),
    "ignores": ("error", "took longer than 1 s"),
    "eats": ("error", "used more than 120 MiB"),
    "eats-in-children": ("error", "used more than 150 MiB"),
    "rubbish": ("pass", None),
    "silent": ("error", "printed no result"),
    "endless": ("error", "took longer than 1 s"),
    "forges": ("error", "printed 2 results"),
    "forges-alone": ("error", "printed a result that contradicts itself"),
    "mangles": ("error", "printed a result that cannot be read"),
    "spawns": ("pass", None),
    "spawns-and-hangs": ("error", "took longer than 1 s"),
    "closes": ("pass", None),
    "writes": ("fail", "1 of 2 comparisons did not hold: words for it"),
    "wants-network": ("pass", None),
    "leaks": ("pass", None),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_each_probe_comes_to_its_outcome(name: str, ran: tuple[Machine, int, dict[str, Any], str]) -> None:
    result = ran[0].result(name)
    assert (result["outcome"], result.get("reason")) == OUTCOMES[name], result.get("log")
    assert ("log" in result) <= (result["outcome"] != "pass")
    assert len(result.get("log", "").splitlines()) <= 40


def test_nothing_is_left_of_all_these(ran: tuple[Machine, int, dict[str, Any], str]) -> None:
    assert ran[0].is_clean()
    assert sorted(path.stem for path in ran[0].results.iterdir()) == sorted(PROBES)


def test_the_landscape_reads_every_result(ran: tuple[Machine, int, dict[str, Any], str]) -> None:
    landscape = loading.load(ran[0].root)
    assert sorted(landscape.results) == sorted(PROBES)
    assert landscape.results["passes"].notes == ("fine",)


def test_the_report_counts_and_fails(ran: tuple[Machine, int, dict[str, Any], str]) -> None:
    _, status, document, progress = ran
    assert status == 1
    assert document["schema"] == "verify/v1"
    assert sum(document["summary"].values()) == len(document["results"]) == len(PROBES)
    assert "passes: runs …\n" in progress
    assert "passes: pass, " in progress
    assert progress.count("is installed") == 1  # they all share one environment


def test_results_hold_no_place_of_this_machine(ran: tuple[Machine, int, dict[str, Any], str]) -> None:
    machine = ran[0]
    for path in machine.results.iterdir():
        text = path.read_text()
        assert str(machine.temporary) not in text
        assert machine.environment["XDG_CACHE_HOME"] not in text
        assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert machine.result("writes")["compared"][1]["got"] == '"<work>"'


def test_what_cannot_be_installed_is_an_error(tmp_path: Path, cache: Path) -> None:
    machine = Machine(tmp_path, cache, {"unhad": program(PASS, dependencies=UNHAD), "too-old": program(PASS)})
    text = program(PASS).replace("# dependencies", '# requires-python = "<3"\n# dependencies')
    (machine.root / "probes" / "too-old.py").write_text(text)
    before = {path.name for path in (cache / "interop-landscape" / "environments").glob("*[!k]")}
    status, _, _ = machine.verify("--all")
    assert status == 1
    result = machine.result("unhad")
    assert result["outcome"] == "error"
    assert result["reason"].startswith("could not be installed: ")
    assert "no-such-distribution" in result["log"]
    assert machine.result("too-old")["reason"] == "could not be installed: no Python <3 is on this machine"
    assert {path.name for path in (cache / "interop-landscape" / "environments").glob("*[!k]")} == before
    assert machine.is_clean()


SLOW = program(f"{STRAY}import time\ntime.sleep(60)")


def test_a_runner_that_is_killed_leaves_nothing(tmp_path: Path, cache: Path) -> None:
    machine = Machine(tmp_path, cache, {"slow": SLOW})
    running = machine.start("slow")
    machine.until(lambda: len(machine.alive()) >= 2)
    running.kill()
    running.communicate(timeout=20)
    machine.until(machine.is_clean)
    assert not machine.results.exists()


def test_a_supervisor_that_is_killed_leaves_nothing_either(tmp_path: Path, cache: Path) -> None:
    machine = Machine(tmp_path, cache, {"slow": program("import time\ntime.sleep(60)")})
    running = machine.start("slow")
    machine.until(machine.alive)
    for child in psutil.Process(running.pid).children():
        child.kill()
    running.communicate(timeout=20)
    assert running.returncode == 1
    assert machine.result("slow")["reason"] == "its supervisor was ended"
    machine.until(machine.is_clean)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_what_finished(number: signal.Signals, tmp_path: Path, cache: Path) -> None:
    machine = Machine(tmp_path, cache, {"a-quick": program(PASS), "slow": SLOW, "slow-too": SLOW, "z": program(PASS)})
    running = machine.start("--all", "--jobs", "2")
    machine.until(lambda: len(machine.alive()) >= 4 and machine.results.is_dir() and list(machine.results.iterdir()))
    running.send_signal(number)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert [path.name for path in machine.results.iterdir()] == ["a-quick.json"]
    assert machine.is_clean()


def test_two_runs_at_once_share_an_environment(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    machine = Machine(tmp_path, tmp_path_factory.mktemp("fresh"), {"a": program(PASS), "b": program(PASS)})
    both = [machine.start("--all") for _ in range(2)]
    said = [each.communicate(timeout=60)[1] for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    assert sum(err.count("is installed") for err in said) == 1
    assert {path.name for path in machine.results.iterdir()} == {"a.json", "b.json"}


def test_an_environment_is_discarded_after_its_last_use(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = tmp_path_factory.mktemp("own")
    machine = Machine(tmp_path, own, {"a": program(PASS), "b": program(PASS)})
    status, out, err = machine.verify("--all", "--discard")
    assert status == 0
    assert "2 probes: 2 pass" in out
    assert err.count("is installed") == 1
    assert not [path for path in (own / "interop-landscape" / "environments").iterdir() if path.is_dir()]


def test_a_damaged_result_is_run_anew(tmp_path: Path, cache: Path) -> None:
    damages = {"a": b'{"outcome": "pa', "b": b"\xff\x00", "c": b"[]", "d": b'{"outcome": "pass"}'}
    machine = Machine(tmp_path, cache, {name: program(PASS) for name in damages})
    machine.results.mkdir()
    for name, damage in damages.items():
        (machine.results / f"{name}.json").write_bytes(damage)
    found = loading.read(machine.root)[1]
    assert [problem.code for problem in found] == ["bad-result"] * 4
    assert [f"landscape verify {name}" in problem.hint for name, problem in zip(damages, found, strict=True)] == [
        True
    ] * 4
    status, _, err = machine.verify("--stale")
    assert status == 0, err
    assert {machine.result(name)["outcome"] for name in damages} == {"pass"}


def test_only_what_is_stale_is_run(tmp_path: Path, cache: Path) -> None:
    kept = program(PASS)
    machine = Machine(
        tmp_path, cache, {"changed": kept, "failed": program("1 / 0"), "fresh": kept, "named": kept, "old": kept}
    )
    alpha = machine.root / "frameworks" / "alpha.yml"

    def stale() -> list[str]:
        status, out, err = machine.verify("--stale", "--json")
        assert status in (0, 1), err
        return [result["probe"] for result in json.loads(out)["results"]]

    assert stale() == ["changed", "failed", "fresh", "named", "old"]
    (machine.root / "probes" / "changed.py").write_text(program(PASS) + "# changed\n")
    alpha.write_text(alpha.read_text().replace("api: alpha.export", "api: alpha.export\n      probe: named"))
    (machine.results / "old.json").write_text(json.dumps(machine.result("old") | {"date": "2020-01-01"}))
    assert stale() == ["changed", "failed", "named", "old"]
    assert machine.result("named")["proves"] == [{"edge": "alpha exports exch", "support": "full"}]


def test_an_edge_names_its_probe(tmp_path: Path, cache: Path) -> None:
    machine = Machine(tmp_path, cache, {"a": program(PASS)})
    alpha = machine.root / "frameworks" / "alpha.yml"
    alpha.write_text(alpha.read_text().replace("api: alpha.export", "api: alpha.export\n      probe: a"))
    status, out, _ = machine.verify("--edge", "exch exported-by alpha")
    assert (status, "1 probe: 1 pass" in out) == (0, True)
    landscape = loading.load(machine.root)
    (verified,) = [statement for statement in landscape.statements if landscape.is_verified(statement)]
    assert str(verified) == "alpha exports exch"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say which probes to run"),
        (["a", "--all"], "say which probes to run"),
        (["aa"], "did you mean `a`?"),
        (["--edge", "alpha exports nothing"], "no entry is called `nothing`"),
        (["--edge", "gamma runs-on gpu"], "is not stated"),
        (["--edge", "alpha runs-on gpu"], "no probe verifies"),
        (["a", "--jobs", "0"], "Invalid value"),
    ],
)
def test_what_is_asked_wrongly_is_told(arguments: list[str], said: str, tmp_path: Path, run: Run) -> None:
    root = fixture_with(tmp_path, {"probes/a.py": program(PASS)})
    done = run("verify", "-d", root, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (root / "probes" / "results").exists()
