"""Stands between the runner and one program, and leaves nothing of it behind.

Run as a program of its own: a job, one line of JSON, comes in on stdin; how it ended, one line of JSON, goes out on
stdout. Stdin stays open for as long as the runner lives, so its end says that the runner is gone, however it went. On
that, on time-out, on too much memory, disk or processes and at the end of the program, every process that it started
is killed and its folder removed.

It imports nothing of this package: it is started by its path, and has to start fast.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import resource
import selectors
import signal
import stat
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psutil

MARKER: Final = "LANDSCAPE_RUN"
"""The variable by which processes of a run are known, also those that left its session."""

TAIL: Final = 64 * 1024
"""How many bytes of what a program prints are kept."""

PROCESSES: Final = 512
FILES: Final = 500_000
LEAST_ROOM: Final = 512
"""How many processes and files a run may have at a time, and how many MiB of the disk it has to leave."""

_LOOK_EVERY: Final = 0.2
_REMOVING_SECONDS: Final = 600
_LINUX: Final = sys.platform == "linux"
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_CHILD_SUBREAPER: Final = 36


class Tail:
    """The last bytes of a stream, however long it is."""

    def __init__(self) -> None:
        self._data = bytearray()

    def add(self, data: bytes) -> None:
        """Take in what was printed."""
        self._data += data
        if len(self._data) > 2 * TAIL:
            del self._data[:-TAIL]

    def text(self) -> str:
        """What is kept."""
        return self._data[-TAIL:].decode("utf-8", "replace")


def main() -> None:
    """Run the job on stdin, and tell how it ended on stdout."""
    job = json.loads(_first_line() or "null")
    if job is None:
        return
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: stopped.append(number))
    if _LINUX:
        _libc().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        end = _supervise(job, stopped)
    except Exception as error:
        end = {"reason": f"could not be started: {error}"}
    finally:
        kill_all(job["marker"])
        _keep(job)
        remove(job["folder"])
    if end.get("reason") is not None:
        for folder in job["spoils"]:
            remove(folder)
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(end) + "\n")
        sys.stdout.flush()


def _keep(job: dict[str, Any]) -> None:
    """Keep the one file that is wanted of the folder of work, where it is a plain file and not too large."""
    if not job.get("keeps"):
        return
    name, target, most = job["keeps"]
    with contextlib.suppress(OSError):
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with open(os.open(os.path.join(job["folder"], "work", name), flags), "rb") as stream:
            about = os.fstat(stream.fileno())
            if stat.S_ISREG(about.st_mode) and about.st_nlink == 1:
                temporary = f"{target}.{job['marker']}"
                Path(temporary).write_bytes(stream.read(most + 1))
                os.replace(temporary, target)


def _first_line() -> bytes:
    """The job, read without buffering so that the end of stdin is still seen afterwards."""
    line = bytearray()
    while not line.endswith(b"\n"):
        part = os.read(0, 65536)
        if not part:
            return b""
        line += part
    return bytes(line)


def _supervise(job: dict[str, Any], stopped: list[int]) -> dict[str, Any]:
    started = time.monotonic()
    with _laid_out(job):
        child = subprocess.Popen(  # noqa: S603 - to run a program of the landscape is what this is for
            job["command"],
            cwd=os.path.join(job["folder"], "work"),
            env={**job["environment"], MARKER: job["marker"]},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=lambda: _prepare(job["disk"]),
        )
        printed, log = Tail(), Tail()
        assert child.stdout is not None
        assert child.stderr is not None
        with selectors.DefaultSelector() as selector:
            selector.register(0, selectors.EVENT_READ)
            selector.register(child.stdout, selectors.EVENT_READ, (printed, log))
            selector.register(child.stderr, selectors.EVENT_READ, (log,))
            reason = _watch(child, job, started, selector, stopped)
            # What is in the pipes was printed before the end. Nobody holds them open once all are dead.
            kill_all(job["marker"], child)
            last = time.monotonic() + 1
            while len(selector.get_map()) > 1 and time.monotonic() < last:
                _listen(selector, 0.05)
        return {
            "reason": reason,
            "status": child.wait(),
            "seconds": time.monotonic() - started,
            "printed": printed.text(),
            "log": log.text(),
        }


@contextlib.contextmanager
def _laid_out(job: dict[str, Any]) -> Iterator[None]:
    """The run's own folder, locked: an empty one to work in, and beside it the files that it needs."""
    os.mkdir(job["folder"], 0o700)
    held = os.open(job["folder"], os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)  # by which other runners see that somebody looks after it
        os.mkdir(os.path.join(job["folder"], "work"))
        for name, text in job["files"].items():
            path = Path(job["folder"], name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        for name, target in job["links"].items():
            path = Path(job["folder"], name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(target)
        yield
    finally:
        os.close(held)


def _watch(
    child: subprocess.Popen[bytes],
    job: dict[str, Any],
    started: float,
    selector: selectors.BaseSelector,
    stopped: list[int],
) -> str | None:
    """Wait for the end; why it was brought about, None where the program ended by itself."""
    look_at = weigh_at = started
    roomy = _is_roomy(job["folder"])
    while child.poll() is None:
        runner_lives = _listen(selector, 0.02)
        if stopped or not runner_lives:
            return "interrupted"
        now = time.monotonic()
        if now - started > job["seconds"]:
            return f"took longer than {job['seconds']:,} s"
        too_much = None
        if now >= look_at:
            look_at = now + _LOOK_EVERY
            too_much = _too_many(child, job)
        if not too_much and now >= weigh_at:
            too_much = _too_heavy(job, roomy=roomy)
            weigh_at = time.monotonic() + 1 + 10 * (time.monotonic() - now)
        if too_much:
            return too_much
    return None


def _too_many(child: subprocess.Popen[bytes], job: dict[str, Any]) -> str | None:
    """Which bound on processes and memory is passed, in words."""
    living = family(child)
    if len(living) > PROCESSES:
        return f"had more than {PROCESSES:,} processes"
    if resident(living[job["ours"] :]) > job["mebibytes"] * 2**20:
        return f"used more than {job['mebibytes']:,} MiB"
    return None


def _too_heavy(job: dict[str, Any], *, roomy: bool) -> str | None:
    """Which bound on the disk is passed, in words; it has to stay roomy where it was, whatever cannot be seen."""
    size = files = 0
    for weight in weights([os.path.join(job["folder"], "work"), *job["spoils"]]):
        size, files = size + weight, files + 1
        if size > job["disk"] * 2**20:
            return f"wrote more than {job['disk']:,} MiB"
        if files > FILES:
            return f"made more than {FILES:,} files"
    if roomy and not _is_roomy(job["folder"]):
        return f"left less than {LEAST_ROOM:,} MiB on the disk"
    return None


def _is_roomy(folder: str) -> bool:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= LEAST_ROOM * 2**20


def _listen(selector: selectors.BaseSelector, seconds: float) -> bool:
    """Take in what has been printed, for at most `seconds`; whether the runner is still there."""
    for ready, _ in selector.select(seconds):
        data = os.read(ready.fd, 65536)
        if ready.fd == 0:
            if not data:
                selector.unregister(0)
                return False
        elif data:
            for tail in ready.data:
                tail.add(data)
        else:
            selector.unregister(ready.fileobj)
    return True


def family(child: subprocess.Popen[bytes] | None = None) -> list[psutil.Process]:
    """All living processes that descend from this one; those that have died are buried, but for `child`."""
    living = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE:
                living.append(process)
            elif child is None or process.pid != child.pid:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(process.pid, os.WNOHANG)
    return living


def resident(processes: list[psutil.Process]) -> int:
    """The resident memory of these processes, in bytes; what they share counts for each."""
    size = 0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            size += process.memory_info().rss
    return size


def marked(marker: str) -> Iterator[psutil.Process]:
    """The processes of a run wherever they are, known by the marker in their environment."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and process.environ().get(MARKER) == marker:
                yield process


def kill_all(marker: str, child: subprocess.Popen[bytes] | None = None) -> None:
    """Kill every process of a run and bury it. Gives up after ten seconds, on processes that cannot die."""
    if child is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)  # at once, so that those that multiply fast cannot outrun it
    last = time.monotonic() + 10
    while time.monotonic() < last:
        left = family(child) or [p for p in marked(marker) if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
        if not left:
            return
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.kill()
        time.sleep(0.005)


def weights(folders: list[str]) -> Iterator[int]:
    """How many bytes each file and folder below these takes on the disk; those that nobody may enter are left out."""
    waiting = list(folders)
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as found:
            for item in found:
                if item.is_dir(follow_symlinks=False):
                    waiting.append(item.path)
                yield item.stat(follow_symlinks=False).st_blocks * 512


def remove(folder: str) -> None:
    """Remove a folder and all that is in it, however deep, also what its owner may not enter as it is.

    Folders are brought up to the top before they are emptied, so that no path grows long and nothing recurs.
    """
    stuck: set[str] = set()
    last = time.monotonic() + _REMOVING_SECONDS
    with contextlib.suppress(OSError):
        if not os.path.islink(folder):
            os.chmod(folder, 0o700)
        while time.monotonic() < last:
            with os.scandir(folder) as found:
                waiting = [item for item in found if item.name not in stuck]
            if not waiting:
                break
            for item in waiting:
                try:
                    _remove_one(item, folder)
                except OSError:
                    stuck.add(item.name)
        os.rmdir(folder)


def _remove_one(item: os.DirEntry[str], top: str) -> None:
    """Remove a file, or a folder after its folders were brought up to `top`."""
    if not item.is_dir(follow_symlinks=False):
        os.unlink(item.path)
        return
    os.chmod(item.path, 0o700)
    with os.scandir(item.path) as found:
        for inner in list(found):
            if inner.is_dir(follow_symlinks=False):
                os.chmod(inner.path, 0o700)  # the system writes its new parent into it
                os.rename(inner.path, os.path.join(top, uuid.uuid4().hex))
            else:
                os.unlink(inner.path)
    os.rmdir(item.path)


def _prepare(disk: int) -> None:
    """What the program's process does to itself before it becomes the program."""
    for limit, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, disk * 2**20)):
        allowed = resource.getrlimit(limit)[1]
        bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(limit, (bound, bound))
    if _LINUX:
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")  # where memory ends, this is what goes first
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


if __name__ == "__main__":
    main()
