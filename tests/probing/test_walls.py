"""What a probe that means harm can reach, with the walls that namespaces allow and on a system that allows none."""

from __future__ import annotations

import fcntl
import io
import json
import os
import socket
import subprocess
import tarfile
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from interop_landscape.probing.walls import walls
from tests.probing.machine import PASS, SECRET, Machine, program

CLOSED = walls().files
# A system without namespaces: where this one has them, one that allows no more and gives no rights.
NONE = "for kind in user net pid mnt ipc; do echo 0 >/proc/sys/user/max_${kind}_namespaces; done"
RIGHTLESS = 'exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"'
OPEN = ["unshare", "-U", "-r", "bash", "-c", f"{NONE}; {RIGHTLESS}", "bash"] if CLOSED else []
NO_MOUNTS = ["unshare", "-U", "-r", "bash", "-c", 'echo 0 >/proc/sys/user/max_mnt_namespaces; exec "$@"', "bash"]
SYSTEMS = ["closed", "open"] if CLOSED else ["open"]

LOOKS_AROUND = f"""
import os
def holders():
    for process in filter(str.isdigit, os.listdir('/proc')):
        for name in ('environ', 'cmdline'):
            try:
                said = open(f'/proc/{{process}}/{{name}}', 'rb').read()
                if {SECRET!r}.encode() in said: yield name
            except OSError: pass
with Probe() as probe:
    probe.same('processes that show secrets', list(holders()), [])
"""
CONNECTS = """
import os, socket
with Probe() as probe:
    server = socket.create_server(('127.0.0.1', 0))
    socket.create_connection(server.getsockname(), 5).close()
    probe.refused('elsewhere', lambda: socket.create_connection(('192.0.2.1', 80), 0.5), OSError)
    probe.refused('a server of the machine', lambda: socket.create_connection(('127.0.0.1', PORT), 5), OSError)
"""
REACHES = """
import socket
with Probe() as probe:
    probe.same('reached', bool(socket.create_connection(('127.0.0.1', PORT), 5)), True)
"""
SEES = """
import os, socket

def connect():
    socket.socket(socket.AF_UNIX).connect('HOME/agent.socket')
with Probe() as probe:
    probe.refused('a file of the user', lambda: open('HOME/secret').read(), OSError)
    probe.refused('a file in the next folder', lambda: open('../../next').read(), OSError)
    probe.refused('a socket', connect, OSError)
    os.makedirs('HOME/left', exist_ok=True)  # in what stands there for the probe alone
    probe.refused('the helper', lambda: open(__import__('landscape_probe').__file__, 'a'), OSError)
    probe.same('processes', len([p for p in os.listdir('/proc') if p.isdigit()]), 2)
"""
# Each leaves something in the environment for later probes, and hides it; walls refuse that.
CHANGES = """
import os, sys, sysconfig
site = sysconfig.get_path('purelib')
def change():
    WAY
with Probe() as probe: CLAIM
"""
WAYS = {
    "adds": "open(site + '/left_behind.py', 'w').write('')",
    "starts": "open(site + '/left.pth', 'w').write('import sys; sys.modules[\"left_behind\"] = sys')",
    "forges": (
        "path = sys.prefix + '/complete.json'; said = open(path).read()\n"
        "    open(site + '/left_behind.py', 'w').write('')\n"
        "    open(path, 'w').write(said.replace('touched\": \"', 'touched\": \"0'))"
    ),
    "back-dates": (
        "path = sys.prefix + '/pyvenv.cfg'; at = os.stat(path); said = open(path).read()\n"
        "    open(site + '/left_behind.py', 'w').write(''); os.remove(site + '/left_behind.py')\n"
        "    open(path, 'w').write(said.replace('false', ' true')); os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))"
    ),
}
LOOKS = """
import sys, importlib
with Probe() as probe:
    probe.refused('what was left', lambda: importlib.import_module('left_behind'), ImportError)
    probe.same('its settings', 'true' in open(sys.prefix + '/pyvenv.cfg').read(), False)
"""
# It buries its work under 3,000 folders, some of which nobody may enter or write.
DIGS = f"""
import os
top = os.getcwd()
for depth in range(3000):
    os.mkdir('d' * 20); os.chdir('d' * 20)
    if depth % 1000 == 500: open('file', 'w').write('x'); os.symlink(top, 'up'); os.mkdir('shut'); os.chmod('shut', 0)
os.chdir('..'); os.chmod('d' * 20, 0o500); os.chdir(top); os.chmod('d' * 20, 0)
{PASS}
"""
# It starts one that leaves the session, the marker and its parents, and then ends those.
FLEES = """
import os, signal, subprocess, sys, time
code = "import os, time; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0); time.sleep(60)"
subprocess.Popen([sys.executable, '-c', code, os.environ['TMPDIR']], env={}).wait()
time.sleep(0.3)
ENDS
time.sleep(60)
"""
MULTIPLIES = "import os, time\nfor _ in range(700):\n    if os.fork() == 0: time.sleep(60)\ntime.sleep(60)"


def machine_on(system: str, folder: Path, cache: Path, probes: dict[str, str]) -> Machine:
    machine = Machine(folder, cache / system, probes)
    machine.within = OPEN if system == "open" else ()
    return machine


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_process_that_a_probe_can_see_shows_a_secret(system: str, tmp_path: Path, cache: Path) -> None:
    probes = {"a": program(LOOKS_AROUND), "b": program(LOOKS_AROUND, "network = true")}
    machine = machine_on(system, tmp_path, cache, probes)
    status, _, err = machine.verify("--all", "--allow-network", "--jobs", "2")
    assert status == 0, (err, machine.result("a"))
    assert machine.result("b")["network"] == "open"
    assert ("warning: this system cannot close a probe off" in err) == (system == "open")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_network_is_for_the_runner_to_allow(system: str, tmp_path: Path, cache: Path, port: int) -> None:
    asks = program(REACHES.replace("PORT", str(port)), "network = true")
    machine = machine_on(system, tmp_path, cache, {"asks": asks, "quiet": program(PASS)})
    status, out, err = machine.verify("--all", *(["--json"] if system == "closed" else []))
    assert status == 0, err
    assert (json.loads(out)["skipped"] == ["asks"]) if system == "closed" else ("1 pass, 1 skipped" in out)
    assert "asks: skipped, as it asks for the network: read it, and allow that with --allow-network" in err
    assert [path.name for path in machine.results.iterdir()] == ["quiet.json"]
    assert machine.result("quiet")["network"] == system
    assert machine.verify("asks", "--allow-network")[0] == 0
    assert machine.result("asks")["network"] == "open"


@pytest.mark.parametrize("system", SYSTEMS)
def test_where_nothing_can_be_closed_it_can_be_refused(system: str, tmp_path: Path, cache: Path) -> None:
    machine = machine_on(system, tmp_path, cache, {"a": program(PASS)})
    status, _, err = machine.verify("a", "--require-closed")
    assert (status, machine.results.exists()) == ((0, True) if system == "closed" else (2, False))
    assert ("cannot close a probe off: it has your network" in err) == (system == "open")


if CLOSED:

    @pytest.mark.parametrize("allowed", [(), ("--allow-network",)])
    def test_there_is_no_network_but_the_loopback(
        allowed: tuple[str, ...], tmp_path: Path, cache: Path, port: int
    ) -> None:
        machine = machine_on("closed", tmp_path, cache, {"a": program(CONNECTS.replace("PORT", str(port)))})
        status, _, err = machine.verify("a", *allowed)
        assert status == 0, (err, machine.result("a"))
        assert machine.result("a")["network"] == "closed"
        assert "unreachable" in machine.result("a")["compared"][0]["error"]

    def test_nothing_of_the_user_is_seen(tmp_path: Path, cache: Path) -> None:
        body = SEES.replace("HOME", str(tmp_path))
        machine = machine_on("closed", tmp_path, cache, {"a": program(body), "b": program(body, "network = true")})
        (tmp_path / "secret").write_text("of the user")
        (machine.temporary / "next").write_text("of another run")
        with socket.socket(socket.AF_UNIX) as agent:
            agent.bind(str(tmp_path / "agent.socket"))
            agent.listen()
            status, _, err = machine.verify("--all", "--allow-network")
        assert status == 0, (err, machine.result("a"), machine.result("b"))
        assert not (tmp_path / "left").exists()

    def test_where_mounts_alone_are_forbidden_the_rest_is_closed(tmp_path: Path, cache: Path, port: int) -> None:
        flees = FLEES.replace("ENDS", "os.kill(os.getppid(), signal.SIGKILL)")
        probes = {
            "connects": program(CONNECTS.replace("PORT", str(port))),
            "flees": program(flees, "timeout = 2"),
            "looks": program(LOOKS_AROUND),
        }
        machine = machine_on("half", tmp_path, cache, probes)
        machine.within = NO_MOUNTS
        _, _, err = machine.verify("--all")
        assert "warning: this system cannot close a probe off: it can read your files" in err
        assert [machine.result(name)["network"] for name in probes] == ["closed"] * 3
        assert [machine.result(name)["outcome"] for name in probes] == ["pass", "error", "pass"], err
        assert machine.is_clean()
        assert machine.verify("looks", "--require-closed")[0] == 2


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_probe_changes_what_a_later_one_runs_in(system: str, tmp_path: Path) -> None:
    claim = "probe.refused('a change', change, OSError)" if system == "closed" else "change(); probe.same('x', 1, 1)"
    probes = {}
    for way, how in WAYS.items():  # they run by name, one after the other, in one environment
        probes[f"{way}-first"] = program(CHANGES.replace("WAY", how).replace("CLAIM", claim))
        probes[f"{way}-then"] = program(LOOKS)
    machine = machine_on(system, tmp_path, tmp_path / "cache", probes)
    _, _, err = machine.verify("--all")
    assert {name: machine.result(name)["outcome"] for name in probes} == dict.fromkeys(probes, "pass"), err
    assert err.count("is installed") == (1 if system == "closed" else 1 + len(WAYS))


def test_what_was_changed_between_two_runs_is_made_anew(tmp_path: Path) -> None:
    machine = Machine(tmp_path, tmp_path / "cache", {"b": program(LOOKS)})
    assert "is installed" in machine.verify("b")[2]
    assert "is installed" not in machine.verify("b")[2]
    (site,) = (tmp_path / "cache").glob("**/site-packages")
    (site / "left_behind.py").write_text("")
    status, _, err = machine.verify("b")
    assert (status, "is installed" in err) == (0, True)


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_folder_is_too_deep_to_be_removed(system: str, tmp_path: Path, cache: Path) -> None:
    machine = machine_on(system, tmp_path, cache, {"a": program(DIGS)})
    status, _, err = machine.verify("a")
    assert status == 0, (err, machine.result("a"))
    assert machine.is_clean()


ENDS = {
    "its-parent": "os.kill(os.getppid(), signal.SIGKILL)",
    "all-above": (
        "above = os.getppid()\n"
        "while above > 1 and 'verify' not in open(f'/proc/{above}/cmdline').read():\n"
        "    up = int(open(f'/proc/{above}/stat').read().rpartition(')')[2].split()[1])\n"
        "    os.kill(above, signal.SIGSTOP); os.kill(above, signal.SIGKILL); above = up"
    ),
    "its-group": "os.kill(0, signal.SIGKILL)",
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_process_outlives_a_run_by_ending_its_parents(system: str, tmp_path: Path, cache: Path) -> None:
    probes = {name: program(FLEES.replace("ENDS", ends), "timeout = 3") for name, ends in ENDS.items()}
    machine = machine_on(system, tmp_path, cache, probes)
    status, _, err = machine.verify("--all", "--jobs", str(len(ENDS)))
    assert status == 1, err
    assert {name: machine.result(name)["outcome"] for name in ENDS} == dict.fromkeys(ENDS, "error")
    assert machine.is_clean(), (err, machine.alive())


@pytest.mark.parametrize("system", SYSTEMS)
def test_disk_and_processes_have_bounds(system: str, tmp_path: Path, cache: Path) -> None:
    writes = "import time\nfor n in range(99): open(f'{n}', 'wb').write(b'x' * (1 << 20))\ntime.sleep(60)"
    unseen = "import os\nos.mkdir('shut'); os.chmod('shut', 0o300)\nopen('shut/file', 'wb').truncate(99 << 20)"
    probes = {
        "many": program(MULTIPLIES, "memory = 65536"),
        "one-file": program(
            "with Probe() as probe: probe.refused('x', lambda: open('x', 'w').truncate(99 << 20), OSError)"
        ),
        "shut-file": program(unseen),
        "writes": program(writes),
    }
    machine = machine_on(system, tmp_path, cache, probes)
    smaller = "from interop_landscape.cli import main\nfrom interop_landscape.probing import verify\nverify.DISK = 24"
    machine.python = "-c", f"{smaller}\nmain()"
    status, _, err = machine.verify("--all")
    assert status == 1, err
    assert machine.result("many")["reason"] == "had more than 512 processes"
    assert machine.result("one-file")["outcome"] == "pass"
    assert "File too large" in machine.result("shut-file")["reason"]
    assert machine.result("writes")["reason"] == "wrote more than 24 MiB"
    assert machine.is_clean()


# The source of `built`, whose building leaves a file behind.
BUILD = """
import zipfile
open(RAN, 'w')
def build_wheel(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(folder + '/built-1-py3-none-any.whl', 'w') as wheel:
        wheel.writestr('built-1.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: built\\nVersion: 1\\n')
        wheel.writestr('built-1.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr('built-1.dist-info/RECORD', 'built-1.dist-info/METADATA,,\\n')
    return 'built-1-py3-none-any.whl'
"""


def packages(folder: Path) -> None:
    """A wheel `whole` of one empty module, and the source of `built`."""
    folder.mkdir()
    about = "Metadata-Version: 2.1\nName: {}\nVersion: 1\n"
    with zipfile.ZipFile(folder / "whole-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("whole.py", "")
        wheel.writestr("whole-1.dist-info/METADATA", about.format("whole"))
        wheel.writestr("whole-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("whole-1.dist-info/RECORD", "whole.py,,\nwhole-1.dist-info/METADATA,,\n")
    files = {
        "PKG-INFO": about.format("built"),
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "building"\nbackend-path = ["."]\n',
        "building.py": BUILD.replace("RAN", repr(str(folder / "ran"))),
    }
    with tarfile.open(folder / "built-1.tar.gz", "w:gz") as source:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"built-1/{name}")
            entry.size = len(text)
            source.addfile(entry, io.BytesIO(text.encode()))


def test_only_wheels_are_installed_unless_the_runner_allows_more(tmp_path: Path, cache: Path) -> None:
    imports = "import whole\nwith Probe('whole') as probe: probe.same('one', 1, 1)"
    probes = {"built": program(PASS, dependencies="built==1"), "uses": program(imports, dependencies="whole==1")}
    machine = Machine(tmp_path, cache, probes)
    packages(tmp_path / "packages")
    machine.environment |= dict.fromkeys(("PIP_FIND_LINKS", "UV_FIND_LINKS"), str(tmp_path / "packages"))
    assert machine.verify("--all")[0] == 1
    assert machine.result("built")["reason"].startswith("could not be installed: ")
    assert not (tmp_path / "packages" / "ran").exists()
    assert (machine.result("uses")["outcome"], machine.result("uses")["versions"]["whole"]) == ("pass", "1")
    status, _, err = machine.verify("built", "--allow-builds")
    assert status == 0, (err, machine.result("built"))
    assert (tmp_path / "packages" / "ran").exists()


def test_what_killed_runs_left_is_swept_by_the_next(tmp_path: Path) -> None:
    machine = Machine(tmp_path, tmp_path / "cache", {"a": program(PASS)})
    environments = tmp_path / "cache" / "interop-landscape" / "environments"
    left, used, new = (machine.temporary / f"landscape-{uuid.uuid4().hex}" for _ in range(3))
    others = machine.temporary / "landscape-notes"
    half, making = environments / "half", environments / "making"
    for folder in (left, used, new, others, half, making):
        folder.mkdir(parents=True)
        (folder / "file").write_text("")
    for folder in (left, used, others):
        os.utime(folder, (0, 0))
    stray = subprocess.Popen(["sleep", "60"], env={"LANDSCAPE_RUN": left.name.removeprefix("landscape-")})
    with open(making.with_suffix(".lock"), "ab") as lock:
        held = os.open(used, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        fcntl.flock(lock, fcntl.LOCK_EX)
        status, _, err = machine.verify("a")
        os.close(held)
    assert status == 0, err
    assert stray.wait(timeout=5) == -9
    assert sorted(machine.temporary.iterdir()) == sorted([used, new, others])
    assert (half.exists(), making.exists()) == (False, True)
