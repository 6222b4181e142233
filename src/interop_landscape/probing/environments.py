"""Virtual environments for probes: one for each list of dependencies, made once and kept in the user's cache.

An environment is made where it stays, since its scripts name the place; a file laid in last says that it is whole, and
what was in it. One in which anything was touched since is made anew. A lock lets only one run at a time make or
discard it, and many use it.

Only wheels are installed, unless the runner says otherwise: to build a package runs its code with the network and files
of the user.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from interop_landscape.probing.runs import End, Interrupted, Job, run
from interop_landscape.probing.supervise import remove
from interop_landscape.reading.probes import Probe
from interop_landscape.writing.files import user_cache

FORMAT: Final = "1"
SECONDS: Final = 3600
MEBIBYTES: Final = 16384
DISK: Final = 65536

_COMPLETE: Final = "complete.json"
_COMPLETE_NEW: Final = f"{_COMPLETE}.new"
_NEWEST, _OLDEST = 14, 9
# Whether all of it compiles is not asked: packages hold templates that are no Python.
_COMPILE: Final = "import compileall, sys; compileall.compile_dir(sys.argv[1], quiet=2)"
# What finding, fetching and building packages may need to know; a run of a probe gets none of it.
_INSTALLING: Final = ("PIP_", "UV_", "SSL_CERT_", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY")
_INSTALLING_TOO: Final = ("NO_PROXY", "ALL_PROXY", "HOME", "PATH", "LANG", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")


class CannotInstallError(Exception):
    """An environment that could not be made: why, and the end of what the installer printed."""

    def __init__(self, reason: str, log: str = "") -> None:
        super().__init__(reason)
        self.log = log


@dataclass(frozen=True, slots=True)
class Environment:
    """A whole environment: its folder, its Python, and that one's version."""

    folder: Path
    python: Path
    version: str

    @property
    def needs(self) -> tuple[Path, ...]:
        """What a program has to see to run in it: its own folder, and parts of the Python that it was made from."""
        home = _home(self.folder)
        bases = {home.parent, home.resolve().parent, self.python.resolve().parent.parent}
        return (self.folder, *(base / name for base in sorted(bases) for name in ("bin", "lib", "lib64")))


class Environments:
    """The environments below `root`. Waiting for one ends, by Interrupted, when `stop` is set.

    `builds` lets packages that have no wheel be built.
    """

    def __init__(self, root: Path, stop: threading.Event, *, builds: bool = False) -> None:
        self.root = root
        self._builds = builds
        self._stop = stop
        # Large wheels one after the other: two installers would fight for disk, memory and the line.
        self._installing = threading.Lock()

    def key(self, probe: Probe) -> str:
        """What tells this probe's environment from others. Raises CannotInstallError where no Python fits."""
        _, version = interpreter(probe.python)
        said = [FORMAT, version, platform.machine(), *sorted(probe.dependencies)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:20]

    @contextlib.contextmanager
    def using(self, probe: Probe, tell: Callable[[], None]) -> Iterator[Environment]:
        """A probe's environment, which nobody discards meanwhile; `tell` is called where it has to be made.

        Raises CannotInstallError and Interrupted.
        """
        folder = self.root / self.key(probe)
        python, version = interpreter(probe.python)
        environment = Environment(folder, folder / "bin" / "python", version)
        self.root.mkdir(parents=True, exist_ok=True)
        with _lock(folder) as lock:
            while True:
                self._acquire(lock, fcntl.LOCK_SH)
                made = _made(folder)
                if _is_whole(folder):
                    break
                self._acquire(lock, fcntl.LOCK_EX)
                if not _is_whole(folder):
                    with self._turn():
                        tell()
                        self._make(environment, python, probe, lock)
            try:
                yield environment
            finally:
                # A run without walls may have rewritten both, the packages and what is said of them.
                if _made(folder) != made or not _is_whole(folder):
                    (folder / _COMPLETE).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what was left half made, where nobody is at it."""
        for folder in self.root.glob("*/"):
            with _lock(folder) as lock, contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _made(folder) is None:
                    remove(str(folder))

    def discard(self, probe: Probe) -> bool:
        """Remove a probe's environment, unless another run uses it; whether it is gone."""
        folder = self.root / self.key(probe)
        with _lock(folder) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            _unmake(folder)
        return True

    def _acquire(self, lock: int, how: int) -> None:
        while True:
            try:
                fcntl.flock(lock, how | fcntl.LOCK_NB)
            except BlockingIOError:
                if self._stop.wait(0.1):
                    raise Interrupted from None
            else:
                return

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        while not self._installing.acquire(timeout=0.1):
            if self._stop.is_set():
                raise Interrupted
        try:
            yield
        finally:
            self._installing.release()

    def _make(self, environment: Environment, python: str, probe: Probe, lock: int) -> None:
        _unmake(environment.folder)  # what a run left that was killed together with its supervisor
        for command in _commands(environment, python, probe.dependencies, builds=self._builds):
            end = self._install(command, environment, lock)
            if end.reason is not None or end.status != 0:
                _unmake(environment.folder)
                raise CannotInstallError(end.reason or _last_word(end.log), end.log)
        made = {
            "python": environment.version,
            "dependencies": sorted(probe.dependencies),
            "touched": _touched(environment.folder),
        }
        temporary = environment.folder / _COMPLETE_NEW
        temporary.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
        os.replace(temporary, environment.folder / _COMPLETE)

    def _install(self, command: Sequence[str], environment: Environment, lock: int) -> End:
        job = Job(
            command=lambda _: command,
            environment=_installing_environment,
            files={},
            seconds=SECONDS,
            mebibytes=MEBIBYTES,
            disk=DISK,
            spoils=(environment.folder,),
            holds=lock,
        )
        return run(job, self._stop)


@cache
def interpreter(window: str) -> tuple[str, str]:
    """(path, version) of a Python in a window of versions: the one that runs this, if it fits, else the newest found.

    Raises CannotInstallError where none fits.
    """
    from packaging.specifiers import SpecifierSet

    wanted = SpecifierSet(window)
    if wanted.contains(platform.python_version(), prereleases=True):
        return sys.executable, platform.python_version()
    for minor in range(_NEWEST, _OLDEST - 1, -1):
        path = shutil.which(f"python3.{minor}")
        version = _version_of(path) if path else None
        if path and version and wanted.contains(version):
            return path, version
    raise CannotInstallError(f"no Python {window} is on this machine")


def default_root() -> Path:
    """Where environments are kept."""
    return user_cache() / "environments"


def _version_of(path: str) -> str | None:
    command = [path, "-c", "import platform; print(platform.python_version())"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None  # such as a shim of a version manager that has no such version
    return done.stdout.strip()


def _commands(environment: Environment, python: str, dependencies: Sequence[str], *, builds: bool) -> list[list[str]]:
    folder, own_python, wanted = str(environment.folder), str(environment.python), sorted(dependencies)
    compiles: list[list[str]] = []
    options = [] if builds else ["--only-binary", ":all:"]
    uv = shutil.which("uv")
    if uv:
        make = [uv, "venv", "--no-project", "--python", python, folder]
        # Copies, as a probe that could write here must not write into uv's own store.
        options += ["--link-mode", "copy"]
        fill = [uv, "pip", "install", *options, "--python", own_python, "--", *wanted]
        # Without `site`, whose start would run code of what was just installed. pip compiles by itself.
        compiles = [[own_python, "-I", "-S", "-c", _COMPILE, str(environment.folder / "lib")]]
    elif wanted and importlib.util.find_spec("pip") is None:
        raise CannotInstallError("neither uv nor pip is here")
    else:
        # The environment holds what the probe asks for, and no installer, whichever made it.
        make = [python, "-m", "venv", "--without-pip", folder]
        options += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
        fill = [sys.executable, "-m", "pip", "--python", own_python, "install", *options, "--", *wanted]
    return [make, fill, *compiles] if wanted else [make]


def _installing_environment(folder: str) -> Mapping[str, str]:
    passed = {
        name: value
        for name, value in os.environ.items()
        if name.upper().startswith(_INSTALLING) or name.upper() in _INSTALLING_TOO
    }
    return {**passed, "TMPDIR": f"{folder}/work", "PYTHONNOUSERSITE": "1", "UV_NO_PROGRESS": "1"}


def _unmake(folder: Path) -> None:
    # The file that says it is whole goes first, so that it never says so of a part.
    (folder / _COMPLETE).unlink(missing_ok=True)
    remove(str(folder))


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[int]:
    with open(folder.with_suffix(".lock"), "ab") as lock:
        yield lock.fileno()


def _made(folder: Path) -> str | None:
    """What `_touched` was of an environment when it was made; None where it is not whole."""
    try:
        said = json.loads((folder / _COMPLETE).read_bytes())
        return str(said["touched"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_whole(folder: Path) -> bool:
    """Whether an environment is as it was made."""
    made = _made(folder)
    return made is not None and made == _touched(folder)


def _touched(folder: Path) -> str:
    """What changes with any change to anything in a folder: a digest of when the system says each was changed last.

    That time cannot be set, as that of the last writing can, and it is known without reading gigabytes.
    """
    digest = hashlib.sha256()
    try:
        for path, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted({*folders, *names} - {_COMPLETE, _COMPLETE_NEW}):
                found = os.lstat(f"{path}/{name}")
                digest.update(f"{path}/{name}\0{found.st_mode} {found.st_size} {found.st_ctime_ns}\0".encode())
    except (OSError, UnicodeEncodeError):
        return ""  # as no whole one is
    return digest.hexdigest()


def _home(folder: Path) -> Path:
    """The folder of the Python that an environment was made from."""
    lines = (folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    return Path(next(line.partition("=")[2].strip() for line in lines if line.partition("=")[0].strip() == "home"))


def _last_word(log: str) -> str:
    """The line in which an installer says what went wrong."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "× "))]
    return (errors or lines or ["the installer said nothing"])[-1]
