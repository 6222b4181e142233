"""One program run under a supervisor: a job goes in, how it ended comes out."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil

from interop_landscape.probing.supervise import marked, remove
from interop_landscape.probing.walls import Walls, enclosing

SUPERVISOR: Final = Path(__file__).with_name("supervise.py")

_FOLDER: Final = re.compile(r"landscape-([0-9a-f]{32})")
_JUST_NOW: Final = 60
_PR_SET_DUMPABLE: Final = 4
_PR_SET_CHILD_SUBREAPER: Final = 36
_SUPERVISORS: Final[set[int]] = set()


class Interrupted(Exception):  # noqa: N818 - not an error
    """The run was stopped before it had ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A program to run, and its bounds.

    `command`, `environment` and `files` are made when the run's folder is known: they are given it. The program works
    in ``work`` below it, which is empty; `files` are laid beside that, by their paths below the folder. `mebibytes`
    bound its memory, and `disk`, in MiB too, what it writes. `walls` are put up around it, where None lets it run
    openly; within them it sees ``work`` and ``program`` and what `shows` names. `spoils` names folders to remove
    where the run is cut short, and `holds` an open file, whose lock is then held for as long as anything of the run
    is left. `links` are laid out like `files`, by what they lead to. `keeps` is (the name of a file in ``work``, where
    it is kept when the run is over, however it went, and how many bytes of it at most).
    """

    command: Callable[[str], Sequence[str]]
    environment: Callable[[str], Mapping[str, str]]
    files: Mapping[str, str]
    seconds: int
    mebibytes: int
    disk: int
    walls: Walls | None = None
    shows: Sequence[Path] = ()
    spoils: tuple[Path, ...] = ()
    holds: int | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    keeps: tuple[str, Path, int] | None = None


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
    since = time.time() - 1
    with _supervised(job) as supervisor:
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
            _sweep(job, marker, folder, since)
    found = json.loads(said or '{"reason": "its supervisor was ended"}')
    if stop.is_set() and found["reason"] is not None:
        raise Interrupted
    network = "closed" if job.walls is not None and job.walls.network and said else "open"
    return End(folder=folder, network=network, **{"status": None, "seconds": 0.0, "printed": "", "log": "", **found})


def sweep() -> None:
    """Remove what runs left behind that were killed together with their supervisors: processes and folders."""
    for path in Path(tempfile.gettempdir()).glob("landscape-*"):
        named = _FOLDER.fullmatch(path.name)
        with contextlib.suppress(OSError, psutil.Error), _alone(path) as alone:
            if named and alone:
                for process in marked(named[1]):
                    process.kill()
                remove(str(path))


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether a folder is this user's own and no supervisor looks after it; none comes while this is open."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        about = os.fstat(held)
        # One just made may not be locked yet.
        yield about.st_uid == os.geteuid() and time.time() - about.st_mtime > _JUST_NOW
    finally:
        os.close(held)


@contextlib.contextmanager
def _supervised(job: Job) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor. What it starts may see it, so it knows nothing of the user; and this process hides itself."""
    _keep_to_ourselves()
    supervisor = subprocess.Popen(  # noqa: S603 - a program of this package
        [sys.executable, "-P", str(SUPERVISOR)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_clean_environment(),
        start_new_session=True,  # Ctrl-C is for the runner alone, which then lets go of the supervisor
        pass_fds=() if job.holds is None else (job.holds,),
    )
    _SUPERVISORS.add(supervisor.pid)
    try:
        yield supervisor
    finally:
        _SUPERVISORS.discard(supervisor.pid)


def _keep_to_ourselves() -> None:
    """Let no process of this user look into this one, and adopt what loses its parent."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _clean_environment() -> dict[str, str]:
    """What a supervisor needs: where programs and libraries are."""
    passed = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
    return {**passed, "LANG": "C.UTF-8", "PYTHONPATH": str(Path(psutil.__file__).parent.parent)}


def _document(job: Job, marker: str, folder: str) -> dict[str, Any]:
    command, environment = list(job.command(folder)), dict(job.environment(folder))
    if job.walls is not None:
        orders = {
            "command": command,
            "environment": environment,
            "folder": folder,
            "closed": job.walls.network,
            "files": job.walls.files,
            "shows": [str(path) for path in job.shows],
            "mebibytes": job.mebibytes,
        }
        command, environment = enclosing(orders), {}
    return {
        "marker": marker,
        "folder": folder,
        "command": command,
        "environment": environment,
        "files": dict(job.files),
        "seconds": job.seconds,
        "mebibytes": job.mebibytes,
        "disk": job.disk,
        "ours": 0 if job.walls is None else 2,  # the two processes that hold the walls
        "spoils": [str(path) for path in job.spoils],
        "links": dict(job.links),
        "keeps": (job.keeps[0], str(job.keeps[1]), job.keeps[2]) if job.keeps else None,
    }


def _sweep(job: Job, marker: str, folder: str, since: float) -> None:
    """Do what the supervisor could not do any more. Its program itself died with it, by order of the system.

    What the program had started is ours now, as we adopt it.
    """
    last = time.monotonic() + 10
    while time.monotonic() < last and (left := [*marked(marker), *_adopted(since)]):
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.kill()
        time.sleep(0.005)
    for path in (folder, *map(str, job.spoils)):
        remove(path)


def _adopted(since: float) -> list[psutil.Process]:
    """The living processes that came to this one since then, when their parents were gone; the dead are buried."""
    living = []
    for process in psutil.Process().children():
        with contextlib.suppress(psutil.Error, ChildProcessError):
            if process.pid in _SUPERVISORS or process.create_time() < since:
                continue
            if process.status() == psutil.STATUS_ZOMBIE:
                os.waitpid(process.pid, os.WNOHANG)
            else:
                living += [process, *process.children(recursive=True)]
    return living
