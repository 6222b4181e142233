"""Which probes are run, in which order, and what becomes of what they saw."""

from __future__ import annotations

import concurrent.futures
import contextlib
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from interop_landscape.errors import BadRequest, UnknownName
from interop_landscape.landscape import Landscape
from interop_landscape.probing.environments import CannotInstallError, Environment, Environments
from interop_landscape.probing.grading import (
    JOURNAL,
    JOURNAL_BYTES,
    BadJournalError,
    graded,
    read_suite_back,
    suite_text,
    write_suite,
)
from interop_landscape.probing.journals import Journals
from interop_landscape.probing.outcome import Seen, end_of_log, judge, without_places
from interop_landscape.probing.programs import programs
from interop_landscape.probing.results import read_back, result_of, result_text, write_result
from interop_landscape.probing.runs import End, Interrupted, Job, run, sweep
from interop_landscape.probing.walls import Walls, walls
from interop_landscape.reading.bounds import read_at_most
from interop_landscape.reading.probes import (
    KIT,
    PROBES_FOLDER,
    RESULTS_FOLDER,
    SHARED_FOLDER,
    BadProbeError,
    Probe,
    Result,
    read_probe,
)
from interop_landscape.text import did_you_mean, one_of

PROGRAMS: Final = "program/bin"
"""Where a run finds the programs of the system, in its folder."""

DISK: Final = 8192
"""How many MiB a probe may write."""

FRESH_FOR: Final = timedelta(days=365)
"""How long the result of a probe stays fresh that no statement names."""

# What a program may know of its surroundings: where programs and libraries are, and nothing of its user.
_PASSED: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
RESOLVER: Final = Path(os.path.realpath("/etc/resolv.conf"))
"""Where the names of hosts are looked up, which often is below /run."""

_THREADS: Final = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB", "RAYON")

Tell = Callable[[str, str], None]
"""Takes a probe's id and what it does now: ``is installed …``, ``runs …``, or how it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How probes are run: `jobs` at once, within these bounds where they are given, else within their own.

    `discard` removes each environment after its last use; `network` lets those that ask for it reach other hosts.
    """

    jobs: int = 1
    seconds: int | None = None
    mebibytes: int | None = None
    discard: bool = False
    network: bool = False


def chosen(
    landscape: Landscape, names: Sequence[str], *, edge: str | None = None, stale: bool = False, every: bool = False
) -> list[Probe]:
    """The probes to run, chosen by id, by an edge that one verifies, the stale ones, or all.

    Raises BadRequest and UnknownName.
    """
    if sum((bool(names), edge is not None, stale, every)) != 1:
        raise BadRequest(
            "say which probes to run, by one of: by id, --edge 'A relation B', --stale or --all\n"
            f"The probes: {', '.join(landscape.probes) or 'there are none yet'}"
        )
    if edge is not None:
        return [_probe_of(landscape, edge)]
    if names:
        return [_named(landscape, name) for name in dict.fromkeys(names)]
    return [probe for probe in landscape.probes.values() if every or is_stale(landscape, probe)]


def is_stale(landscape: Landscape, probe: Probe) -> bool:
    """Whether running it would say something new.

    So it is where there is no result, or one that is an error, older than the statements stay fresh, or of another
    program, kit or statements than there are now.
    """
    result = landscape.results.get(probe.id)
    if result is None or result.outcome == "error" or result.program != probe.digest:
        return True
    counted = landscape.suites.get(probe.id)
    if counted is not None and counted.kit != probe.kit:
        return True
    proved = landscape.verified_by(probe.id)
    fresh_for = min((landscape.entries[s.stated_by].fresh_for for s in proved), default=FRESH_FOR)
    as_now = {(str(s), s.support) for s in proved} == {(each.edge, each.support) for each in result.proves}
    return not as_now or landscape.today - result.day > fresh_for


def verify(
    landscape: Landscape,
    folder: Path,
    probes: Iterable[Probe],
    bounds: Bounds,
    environments: Environments,
    stop: threading.Event,
    tell: Tell,
) -> list[Result]:
    """Run probes of the landscape in `folder` and write what each saw; the results by probe.

    A KeyboardInterrupt sets `stop`, waits for what runs to be gone, and goes on: what finished is kept, and nothing
    is written for the rest. Raises OSError where a result cannot be written.
    """
    sweep()
    environments.sweep()
    runner = _Runner(landscape, folder, bounds, environments, stop, tell)
    ordered = runner.ordered(probes)
    with concurrent.futures.ThreadPoolExecutor(max_workers=bounds.jobs) as pool:
        waiting = [pool.submit(runner.run, probe) for probe in ordered]
        try:
            results = [each.result() for each in concurrent.futures.as_completed(waiting)]
        except BaseException:
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise
    return sorted(results, key=lambda result: result.probe)


class _Runner:
    """Runs single probes; `run` may be called from several threads."""

    def __init__(
        self,
        landscape: Landscape,
        folder: Path,
        bounds: Bounds,
        environments: Environments,
        stop: threading.Event,
        tell: Tell,
    ) -> None:
        self._landscape = landscape
        self._folder = folder
        self._bounds = bounds
        self._environments = environments
        self._journals = Journals(environments.root.with_name("suites"))
        self._journals.sweep()
        self._stop = stop
        self._tell = tell
        self._uses: Counter[str] = Counter()
        self._counting = threading.Lock()

    def ordered(self, probes: Iterable[Probe]) -> list[Probe]:
        """Those that share an environment after one another, so that it can be discarded early."""
        listed = sorted(probes, key=lambda probe: (self._key(probe), probe.id))
        self._uses = Counter(self._key(probe) for probe in listed)
        return listed

    def run(self, probe: Probe) -> Result:
        """Run one probe and write its result."""
        if self._stop.is_set():
            raise Interrupted
        started = time.monotonic()
        text, suite = self._result(probe)
        result = read_back(probe.id, text)
        if suite:
            write_suite(self._folder / RESULTS_FOLDER, probe.id, suite)
        write_result(self._folder / RESULTS_FOLDER, probe.id, text)
        self._discard(probe)
        said = f"{result.outcome}, {time.monotonic() - started:.1f} s"
        self._tell(probe.id, said + (f": {result.reason}" if result.reason else ""))
        return replace(result, path=str(Path(probe.path).with_name("results") / f"{probe.id}.json"))

    def _result(self, probe: Probe) -> tuple[str, str]:
        """The text of the result of a run, and of what a suite counted; always such that can be read back."""
        probe, files = self._files(probe)
        proves = self._landscape.verified_by(probe.id)
        try:
            with self._environments.using(probe, lambda: self._tell(probe.id, "is installed …")) as environment:
                self._tell(probe.id, f"runs …{_goes_on(self._journals.known(probe))}")
                end = run(self._job(probe, files, environment), self._stop)
        except CannotInstallError as error:
            words = _words(self._environments.root)
            seen = Seen("error", without_places(f"could not be installed: {error}", words)[:300])
            return result_text(result_of(probe, seen, proves, log=end_of_log(error.log, words))), ""
        words = _words(self._environments.root, environment, end.folder)
        result = partial(
            result_of,
            probe,
            proves=proves,
            seconds=end.seconds,
            network=end.network,
            python=environment.version,
            log=end_of_log(end.log, words),
        )
        try:
            return self._texts(probe, end, words, result)
        finally:
            if end.reason is None and probe.suite:
                self._journals.forget(probe)

    def _texts(
        self, probe: Probe, end: End, words: Mapping[str, str], result: Callable[[Seen], Result]
    ) -> tuple[str, str]:
        try:
            text = result_text(result(self._judged(probe, end, words)))
            read = read_back(probe.id, text)
            return text, self._graded(probe, read, words) if probe.suite and read.outcome in ("pass", "fail") else ""
        except BadJournalError as error:
            return result_text(result(Seen("error", f"what it counted cannot be believed: {error}"))), ""
        except (ValueError, TypeError, RecursionError):
            return result_text(result(Seen("error", "printed a result that cannot be read"))), ""

    def _judged(self, probe: Probe, end: End, words: Mapping[str, str]) -> Seen:
        """What a run shows; one that was cut short says how far it came."""
        seen = judge(end, words)
        known = self._journals.known(probe) if end.reason is not None else 0
        return (
            replace(seen, reason=f"{seen.reason}; {known:,} cases are known, run it again to go on") if known else seen
        )

    def _graded(self, probe: Probe, result: Result, words: Mapping[str, str]) -> str:
        """The text of what a suite counted. Raises BadJournalError."""
        before = self._landscape.suites.get(result.probe)
        text = suite_text(graded(probe, result, self._journals.lines(probe), before, words))
        read_suite_back(result.probe, text)
        return text

    def _files(self, probe: Probe) -> tuple[Probe, dict[str, str]]:
        """The probe as it is now, however long the others took, and what is laid beside its run."""
        folder = self._folder
        try:
            program = read_at_most(folder / PROBES_FOLDER / f"{probe.id}.py")
            probe = read_probe(probe.id, probe.path, program)
            shared = {name: read_at_most(folder / SHARED_FOLDER / f"{name}.py") for name in probe.shares}
            probe = probe.with_shared(shared)
            texts = {name: data.decode("utf-8") for name, data in shared.items()}
        except BadProbeError as error:
            raise BadRequest(f"{probe.path}: {error}; {error.hint}") from None
        except (FileNotFoundError, UnicodeDecodeError) as error:
            raise BadRequest(f"{probe.path}: what it shares cannot be read: {error}") from None
        files = {f"program/{name}.py": text for name, text in {**texts, probe.id: program.decode("utf-8")}.items()}
        if probe.suite:
            files[f"program/{JOURNAL}"] = self._journals.lines(probe).decode("utf-8", "replace")
        return probe, files

    def _job(self, probe: Probe, files: Mapping[str, str], environment: Environment) -> Job:
        return Job(
            command=lambda folder: [str(environment.python), f"{folder}/program/{probe.id}.py"],
            environment=lambda folder: _surroundings(folder, environment),
            files=files,
            seconds=self._bounds.seconds or probe.seconds,
            mebibytes=self._bounds.mebibytes or probe.mebibytes,
            disk=DISK,
            walls=self._walls(probe),
            shows=(KIT, *environment.needs, *_libraries(), RESOLVER),
            links={f"{PROGRAMS}/{name}": path for name, path in programs().items()},
            keeps=(JOURNAL, self._journals.path(probe), JOURNAL_BYTES) if probe.suite else None,
        )

    def _walls(self, probe: Probe) -> Walls | None:
        """What is put up around a run; None where the system allows nothing."""
        possible = walls()
        wanted = replace(possible, network=not (probe.network and self._bounds.network))
        return wanted if possible.network else None

    def _key(self, probe: Probe) -> str:
        with contextlib.suppress(CannotInstallError):
            return self._environments.key(probe)
        return ""

    def _discard(self, probe: Probe) -> None:
        key = self._key(probe)
        with self._counting:
            self._uses[key] -= 1
            last = self._uses[key] == 0
        if self._bounds.discard and last and key:
            self._environments.discard(probe)


def _goes_on(known: int) -> str:
    return f" and goes on after {known:,} cases" if known else ""


def _named(landscape: Landscape, name: str) -> Probe:
    if name not in landscape.probes:
        hint = did_you_mean(name, landscape.probes, otherwise=one_of(landscape.probes))
        raise UnknownName(f"no probe is called `{name}`; {hint}")
    return landscape.probes[name]


def _probe_of(landscape: Landscape, edge: str) -> Probe:
    statement = landscape.by_edge.get(landscape.parse_edge(edge))
    if statement is None:
        raise BadRequest(f"`{edge}` is not stated, so there is nothing to verify")
    if statement.probe is None:
        raise BadRequest(f"no probe verifies `{statement}` yet; write one in {PROBES_FOLDER}/ and name it there")
    return _named(landscape, statement.probe)


def _surroundings(folder: str, environment: Environment) -> Mapping[str, str]:
    """The whole environment of a probe's process, whose run has this folder."""
    work = f"{folder}/work"
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    threads = str(min(2, os.cpu_count() or 1))
    return {
        **passed,
        "PATH": f"{environment.folder / 'bin'}{os.pathsep}{folder}/{PROGRAMS}",
        "VIRTUAL_ENV": str(environment.folder),
        "PYTHONPATH": str(KIT),
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONFAULTHANDLER": "1",
        "LANG": "C.UTF-8",
        "HOME": work,
        "TMPDIR": work,
        "LANDSCAPE_JOURNAL": f"{work}/{JOURNAL}",
        "LANDSCAPE_KNOWN": f"{folder}/program/{JOURNAL}",
        **{f"{name}_NUM_THREADS": threads for name in _THREADS},
    }


def _libraries() -> list[Path]:
    """The folders in which a program looks for libraries before it looks into those of the system."""
    listed = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    return [Path(path) for path in listed if os.path.isabs(path) and os.path.isdir(path)]


def _words(root: Path, environment: Environment | None = None, folder: str = "") -> dict[str, str]:
    """The words that replace paths of this machine in whatever others will read."""
    places: dict[str, str | Path] = {
        "<temporary>": tempfile.gettempdir(),
        "~": Path.home(),
        "<python>": sys.base_prefix,
        "<cache>": root,
        "<helper>": KIT,
    }
    if environment is not None:
        places |= {"<environment>": environment.folder, "<work>": f"{folder}/work", "<program>": f"{folder}/program"}
    words = {}
    for word, place in places.items():
        for path in {str(place), os.path.realpath(place)}:
            if len(path) > 1:
                words[path] = word
    return words
