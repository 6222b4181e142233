"""A landscape with probes on a machine of its own, on which `landscape verify` is run for real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil

import interop_landscape
from tests.landscapes import fixture_with

SECRET = "not-for-probes"

# A child that leaves the session, forgets its environment, and names the run's folder for the test to find it by.
STRAY = """
import os, subprocess, sys
def stray():
    code = "import os, time; os.setsid(); time.sleep(60)"
    subprocess.Popen([sys.executable, "-c", f"import os; os.fork() or exec({code!r})", os.getcwd()], env={}).wait()
stray()
"""

PASS = "with Probe() as probe: probe.same('one', 1, 1)"


def program(body: str, bounds: str = "", dependencies: str = "") -> str:
    table = f"# [tool.landscape]\n# {bounds}\n" if bounds else ""
    listed = f'"{dependencies}"' if dependencies else ""
    head = f"# /// script\n# dependencies = [{listed}]\n{table}# ///\n"
    return f'{head}"""Shows what it says."""\nfrom landscape_probe import Probe\n{body}\n'


class Machine:
    """A landscape with probes, and folders of its own for what runs leave behind.

    `within` is a command that runs the program, and `python` what goes to Python to start it.
    """

    within: Sequence[str] = ()
    python: Sequence[str] = ("-m", "interop_landscape")

    def __init__(self, folder: Path, cache: Path, probes: dict[str, str]) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        (folder / "uv.toml").write_text("no-index = true\n")
        self.root = fixture_with(folder, {f"probes/{name}.py": text for name, text in probes.items()})
        self.results = self.root / "probes" / "results"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TMPDIR": str(self.temporary),
            "XDG_CACHE_HOME": str(cache),
            "PIP_NO_INDEX": "1",
            "UV_CONFIG_FILE": str(folder / "uv.toml"),
            "API_TOKEN": SECRET,
            "COLUMNS": "200",
            "PYTHONPATH": str(Path(interop_landscape.__file__).parent.parent),
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        program = [sys.executable, *self.python, "verify", "-d", str(self.root), *arguments]
        command = [*self.within, *program]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=self.environment)

    def verify(self, *arguments: str) -> tuple[int, str, str]:
        running = self.start(*arguments)
        out, err = running.communicate(timeout=60)
        return running.returncode, out, err

    def result(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.results / f"{name}.json").read_text())
        return found

    def alive(self) -> list[str]:
        """The processes that name a folder of a run: probes, supervisors and strays."""
        found = []
        for process in psutil.process_iter(["cmdline"]):
            line = " ".join(process.info["cmdline"] or ())
            if str(self.temporary) in line:
                found.append(line)
        return found

    def until(self, wanted: Callable[[], object]) -> None:
        last = time.monotonic() + 20
        while not wanted():
            assert time.monotonic() < last
            time.sleep(0.02)

    def is_clean(self) -> bool:
        return not self.alive() and not list(self.temporary.iterdir())
