"""One program run under a supervisor: a job goes in, how it ended comes out."""

from __future__ import annotations

import contextlib
import json
import select
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SUPERVISOR: Final = Path(__file__).with_name("supervise.py")


class Interrupted(Exception):  # noqa: N818 - not an error
    """The run was stopped before it had ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A program to run, and its bounds.

    `command`, `environment` and `files` are made when the run's folder is known: they are given it. The program works
    in ``work`` below it, which is empty; `files` are laid beside that, by their paths below the folder. `closed` asks
    for no network but the loopback, `spoils` names folders to remove where the run is cut short, and `holds` an open
    file, whose lock is then held for as long as anything of the run is left.
    """

    command: Callable[[str], Sequence[str]]
    environment: Callable[[str], Mapping[str, str]]
    files: Mapping[str, str]
    seconds: int
    mebibytes: int
    closed: bool
    spoils: tuple[Path, ...] = ()
    holds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a run ended: a `reason` where it was brought to an end, else the `status` of the program.

    `printed` is the end of its standard output, `log` of all its output; `network` is ``closed`` or ``open``.
    """

    folder: str
    reason: str | None
    status: int | None
    seconds: float
    network: str
    printed: str
    log: str


def run(job: Job, stop: threading.Event) -> End:
    """Run a job to its end, after which nothing of it is left: no process, and no folder of its own.

    Raises Interrupted, with nothing left either, as soon as `stop` is set.
    """
    marker = uuid.uuid4().hex
    folder = str(Path(tempfile.gettempdir(), f"landscape-{marker}"))
    supervisor = subprocess.Popen(  # noqa: S603 - a program of this package
        [sys.executable, "-P", str(SUPERVISOR)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the runner alone, which then lets go of the supervisor
        pass_fds=() if job.holds is None else (job.holds,),
    )
    assert supervisor.stdin is not None
    assert supervisor.stdout is not None
    try:
        with contextlib.suppress(BrokenPipeError):
            supervisor.stdin.write(json.dumps(_document(job, marker, folder)).encode() + b"\n")
            supervisor.stdin.flush()
        while not select.select([supervisor.stdout], [], [], 0.1)[0]:
            if stop.is_set():
                raise Interrupted
        said = supervisor.stdout.readline()
    finally:
        with contextlib.suppress(BrokenPipeError):
            supervisor.stdin.close()
        supervisor.stdout.read()
        supervisor.wait()
        supervisor.stdout.close()
    if not said:
        _sweep(job, marker, folder)
    found = json.loads(said or '{"reason": "its supervisor was ended"}')
    if stop.is_set() and found["reason"] is not None:
        raise Interrupted
    defaults = {"status": None, "seconds": 0.0, "network": "open", "printed": "", "log": ""}
    return End(folder=folder, **{**defaults, **found})


def _document(job: Job, marker: str, folder: str) -> dict[str, Any]:
    return {
        "marker": marker,
        "folder": folder,
        "command": list(job.command(folder)),
        "environment": dict(job.environment(folder)),
        "files": dict(job.files),
        "seconds": job.seconds,
        "mebibytes": job.mebibytes,
        "closed": job.closed,
        "spoils": [str(path) for path in job.spoils],
    }


def _sweep(job: Job, marker: str, folder: str) -> None:
    """Do what the supervisor could not do any more. Its program itself died with it, by order of the system."""
    from interop_landscape.probing.supervise import marked, remove

    for process in marked(marker):
        process.kill()
    for path in (folder, *map(str, job.spoils)):
        remove(path)
