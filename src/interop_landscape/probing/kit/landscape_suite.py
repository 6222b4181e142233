"""The helper of suites: run many small cases, grade each, and write a line a case as soon as it is known.

::

    suite = Suite("tract", "onnx", "numpy", keys=("operator", "opset", "type"))
    suite.grade(cases(), load=load, run=run, control=reference, named="onnx.reference")

`load` takes a case in (what it raises is a refusal), `run` computes (what it raises is an error), and both work in a
process of their own, which may crash or hang: that case is told so, and the next one is run in a new process. `control`
is another implementation, which no doubt can fall on; where it does not give what a case expects, the case is at fault
or its adapter, and it is not counted. Less than 99 of 100 that the control passes is no result at all.

It needs Python 3.9, NumPy, and a system that can fork.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from landscape_probe import Probe, _array, _cut  # type: ignore[import-not-found]

FORMAT = "1"
"""The version of the lines' shape."""

GRADES = ("same", "other-type", "other-numbers", "refused", "error", "crash", "time-out", "not-fed")
"""What may become of a case, the best first. Each is counted by itself."""

LEFT_OUT = ("control", "machine")
"""Cases that are not counted: the control fails them, or this machine lacks what they need."""

LEAST_CONTROL = 0.99
LONGEST_SAID = 160
_JOURNAL = "LANDSCAPE_JOURNAL"
_KNOWN = "LANDSCAPE_KNOWN"
_LOOK_EVERY = 0.05


class NotFed(Exception):  # noqa: N818 - not an error
    """Raised by `load` or `run` where the binding cannot take or give the type of numbers: say which."""


class Refused(Exception):  # noqa: N818 - not an error
    """Raised by `run` where an implementation takes a case in, and refuses it, only when it runs."""


class Machine(Exception):  # noqa: N818 - not an error of the implementation
    """Raised by `load`, `run` or `control` where this machine lacks something: a compiler, a locale, a library."""


@dataclass(frozen=True)
class Case:
    """One case: its name, the values of the suite's keys, what it is made of, and what ought to come out.

    `given` is whatever `load`, `run` and `control` want. `expected` are arrays, texts, lists and dicts of these; None
    takes what the control gives. It holds where |got - expected| <= atol + rtol * |expected|, integers within `atol`.
    """

    name: str
    group: tuple[str, ...]
    given: Any = None
    expected: Any = None
    rtol: float = 1e-3
    atol: float = 1e-7


class Suite:
    """A run of a suite.

    The first of the `distributions` is what is graded. `keys` name the values of each case's `group`; the first is the
    one that people read ("152 of 205 operators"). A case may take `seconds` in each of control, load and run, and its
    process `mebibytes`; `batch` cases share a process. `own` says that the cases are our own choice, so that no share
    of them means anything.
    """

    def __init__(
        self,
        *distributions: str,
        keys: Sequence[str],
        seconds: float = 20,
        batch: int = 50,
        mebibytes: int = 3072,
        own: bool = False,
    ) -> None:
        self.distributions = distributions
        self.keys = tuple(keys)
        self.seconds = seconds
        self.batch = batch
        self.mebibytes = mebibytes
        self.own = own
        self.versions: dict[str, str] = {}
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        """Record something that a reader of the result should know."""
        self.notes.append(text)

    def unsupported(self, why: str) -> NoReturn:
        """End the suite here: `why` says which hardware or system it would need."""
        with Probe(*self.distributions) as probe:
            probe.unsupported(why)
        sys.exit(0)

    def grade(
        self,
        cases: Iterable[Case],
        *,
        load: Callable[[Case], Any],
        run: Callable[[Any, Case], Any],
        control: Callable[[Case], Any],
        named: str,
    ) -> None:
        """Grade every case and print the result; `named` is what the control is called."""
        listed = sorted(cases, key=lambda case: (case.group, case.name))
        self._hold_against_doubles(listed)
        with Probe(*self.distributions) as probe:
            probe.versions.update(self.versions)
            for text in self.notes:
                probe.note(text)
            found = self._journal(listed, _Steps(load, run, control), named, probe.versions)
            passed = sum(outcome not in LEFT_OUT for outcome in found)
            tried = passed + found.count("control")
            if passed < LEAST_CONTROL * tried or not passed:
                raise RuntimeError(f"the control passes {passed:,} of {tried:,} cases, so they show nothing")
            probe.same(f"{named} passes at least 99 of 100 cases", True, True)
            same = found.count("same")
            probe.same(f"of {passed:,} cases, {same:,} are the same, at least one", same > 0, True)

    def _hold_against_doubles(self, cases: Sequence[Case]) -> None:
        names: set[str] = set()
        for case in cases:
            if case.name in names:
                raise ValueError(f"two cases are called {case.name}")
            if len(case.group) != len(self.keys):
                raise ValueError(f"{case.name} has {len(case.group)} values of {len(self.keys)} keys")
            names.add(case.name)

    def _journal(self, cases: Sequence[Case], steps: _Steps, named: str, versions: dict[str, str]) -> list[str]:
        """The outcomes of all cases, each written down as soon as it is known."""
        head = {
            "suite": FORMAT,
            "subject": self.distributions[0],
            "keys": list(self.keys),
            "cases": len(cases),
            "control": named,
            "own": self.own,
            "versions": versions,
        }
        known = _known(head)
        outcomes = []
        with open(os.environ.get(_JOURNAL, "suite.jsonl"), "w", encoding="utf-8", buffering=1) as journal:
            journal.write(json.dumps(head) + "\n")

            def tell(case: Case, outcome: str, said: str) -> None:
                line = {"case": case.name, "group": list(case.group), "outcome": outcome, "said": _brief(said)}
                journal.write(json.dumps(line) + "\n")
                outcomes.append(outcome)

            waiting = []
            for case in cases:
                if case.name in known:
                    tell(case, *known[case.name])
                else:
                    waiting.append(case)
            self._run(waiting, steps, tell)
            journal.write(json.dumps({"end": len(outcomes)}) + "\n")
        return outcomes

    def _run(self, waiting: Sequence[Case], steps: _Steps, tell: Callable[[Case, str, str], None]) -> None:
        place = 0
        while place < len(waiting):
            batch = waiting[place : place + self.batch]
            place += _Batch(batch, steps, self.seconds, self.mebibytes).run(tell)


@dataclass(frozen=True)
class _Steps:
    load: Callable[[Case], Any]
    run: Callable[[Any, Case], Any]
    control: Callable[[Case], Any]


class _Batch:
    """A process that runs cases one after the other, seen from its parent."""

    def __init__(self, cases: Sequence[Case], steps: _Steps, seconds: float, mebibytes: int) -> None:
        self.cases = cases
        self.steps = steps
        self.seconds = seconds
        self.mebibytes = mebibytes
        self.status: int | None = None

    def run(self, tell: Callable[[Case, str, str], None]) -> int:
        """Run until all are done, or one brought the process to its end; how many cases are known now."""
        reads, writes = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        with tempfile.TemporaryFile() as log:
            child = os.fork()
            if child == 0:
                os.close(reads)
                _be_child(self.cases, self.steps, writes, log.fileno())
            os.close(writes)
            try:
                return self._listen(child, reads, log, tell)
            finally:
                os.close(reads)
                _end(child)

    def _listen(self, child: int, reads: int, log: Any, tell: Callable[[Case, str, str], None]) -> int:
        done, step, since, rest = 0, "control", time.monotonic(), b""
        while done < len(self.cases):
            outcome = self._broken(child, step, since, log)
            # What it had told before it ended is in the pipe.
            data = os.read(reads, 65536) if select.select([reads], [], [], _LOOK_EVERY)[0] else b""
            if outcome and not data:
                tell(self.cases[done], *outcome)
                return done + 1
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                word, *more = json.loads(line)
                since = time.monotonic()
                if word == "done":
                    tell(self.cases[done], *more)
                    done, step = done + 1, "control"
                else:
                    step = word
        return done

    def _broken(self, child: int, step: str, since: float, log: Any) -> tuple[str, str] | None:
        """What became of the case that is run, where its process has ended or has to be ended."""
        self.status = _ended(child) if self.status is None else self.status
        status = self.status
        said = {"control": "the control", "load": "while it was taken in", "run": "while it ran"}[step]
        if status is not None:
            found = "crash", f"{_how(status)} {said}{_last_word(log)}"
        elif time.monotonic() - since > self.seconds:
            found = "time-out", f"more than {self.seconds:g} s {said}"
        elif _mebibytes(child) > self.mebibytes:
            found = "crash", f"more than {self.mebibytes:,} MiB {said}"
        else:
            return None
        return ("control", found[1]) if step == "control" else found


def _be_child(cases: Sequence[Case], steps: _Steps, writes: int, log: int) -> NoReturn:
    """Run the cases, and tell each step and outcome to the parent."""
    status = 1
    try:
        os.setsid()
        os.dup2(log, 1)
        os.dup2(log, 2)

        def tell(*words: str) -> None:
            os.write(writes, json.dumps([_cut(word) for word in words]).encode() + b"\n")

        for case in cases:
            os.ftruncate(log, 0)
            os.lseek(log, 0, os.SEEK_SET)
            tell("done", *_graded(case, steps, tell))
        status = 0
    finally:
        os._exit(status)


def _graded(case: Case, steps: _Steps, tell: Callable[..., None]) -> tuple[str, str]:
    """(outcome, what there is to say of it) of one case."""
    tell("control")
    try:
        wanted = steps.control(case)
        expected = wanted if case.expected is None else case.expected
        outcome, said = compare(wanted, expected, case.rtol, case.atol)
        if outcome != "same":
            return "control", said
    except Machine as lack:
        return "machine", str(lack)
    except Exception as error:
        return "control", _first_line(error)
    at = "refused"
    try:
        tell("load")
        loaded = steps.load(case)
        at = "error"
        tell("run")
        got = steps.run(loaded, case)
    except NotFed as lack:
        return "not-fed", str(lack)
    except Refused as lack:
        return "refused", str(lack)
    except Machine as lack:
        return "machine", str(lack)
    except BaseException as error:  # some bindings raise what is no Exception
        return at, _first_line(error)
    try:
        return compare(got, expected, case.rtol, case.atol)
    except Exception as error:
        return "other-type", f"what came out cannot be compared: {_first_line(error)}"


def compare(got: Any, expected: Any, rtol: float, atol: float) -> tuple[str, str]:
    """(`same`, `other-type` or `other-numbers`, how they differ) of what came out and what ought to."""
    here, there = _pieces(got), _pieces(expected)
    if len(here) != len(there):
        return "other-numbers", f"{len(here)} outputs for {len(there)}"
    worst, words = "same", ""
    for one, other in zip(here, there):  # noqa: B905 - Python 3.9 has no `strict`
        outcome, said = _compare_piece(one, other, rtol, atol)
        if GRADES.index(outcome) > GRADES.index(worst):
            worst, words = outcome, said
    return worst, words


def _pieces(value: Any) -> list[Any]:
    """The arrays, texts and Nones in a nest of lists and dicts, in their order."""
    if isinstance(value, dict):
        return [piece for key in sorted(value) for piece in _pieces(value[key])]
    if isinstance(value, (list, tuple)):
        return [piece for item in value for piece in _pieces(item)]
    return [value]


def _compare_piece(got: Any, expected: Any, rtol: float, atol: float) -> tuple[str, str]:
    import numpy

    if got is None or expected is None:
        if got is expected:
            return "same", ""
        other = got if expected is None else expected
        nothing = numpy.size(_as_array(other, numpy)[1]) == 0
        return "other-type" if nothing else "other-numbers", "no output for one, or the other way round"
    (mine, here), (its, there) = _as_array(got, numpy), _as_array(expected, numpy)
    if here.size != there.size:
        return "other-numbers", f"shape {list(here.shape)} for {list(there.shape)}"
    flat, wanted = here.reshape(-1), there.reshape(-1)
    if "text" in (mine, its):
        equal = mine == its and flat.tolist() == wanted.tolist()
        fault = "" if equal else "other text"
    else:
        fault = _difference(flat, wanted, rtol, atol, numpy)
    if fault:
        return "other-numbers", fault
    if here.shape != there.shape:
        return "other-type", f"shape {list(here.shape)} for {list(there.shape)}"
    return ("same", "") if mine == its else ("other-type", f"{mine} for {its}")


def _as_array(value: Any, numpy: Any) -> tuple[str, Any]:
    """(type, array) of any library's array, of numbers or of text."""
    array = value if isinstance(value, numpy.ndarray) else None
    if array is None and isinstance(value, (str, bytes, bool, int, float, complex)):
        array = numpy.asarray(value)
    if array is None:
        kind, array = _array(value, numpy)
    else:
        kind = str(array.dtype)
    if array.dtype.kind in "OSU":
        texts = [item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item) for item in array.flat]
        return "text", numpy.array(texts, dtype=object).reshape(array.shape)
    return kind, array


def _difference(got: Any, expected: Any, rtol: float, atol: float, numpy: Any) -> str:
    """How numbers differ by more than is allowed, empty where they do not."""
    whole = got.dtype.kind in "biu" and expected.dtype.kind in "biu"
    if whole:
        here, there = got.astype(object), expected.astype(object)
        most = max((abs(int(a) - int(there[place])) for place, a in enumerate(here)), default=0)
        return f"differs by up to {_power(most)}" if most > atol else ""
    wide = numpy.complex128 if "c" in (got.dtype.kind, expected.dtype.kind) else numpy.float64
    with numpy.errstate(all="ignore"):
        here, there = got.astype(wide), expected.astype(wide)
        equal = (here == there) | (numpy.isnan(here) & numpy.isnan(there))
        distance = numpy.where(equal, 0.0, numpy.abs(here - there))
        allowed = atol + (0 if expected.dtype.kind in "biu" else rtol) * numpy.abs(there)
        wrong = ~equal & ~(distance <= numpy.where(numpy.isfinite(allowed), allowed, 0))
    if not wrong.any():
        return ""
    largest = float(distance[wrong].max())
    return f"differs by up to {_power(largest)}" if largest < float("inf") else "not a number, or infinite"


def _power(size: float) -> str:
    """The power of ten above a size: rough, so that the same is said on each machine."""
    power = 1.0
    while power < size and power < 1e300:
        power *= 10
    while power / 10 >= size > 0:
        power /= 10
    return f"{power:g}"


def _known(head: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What an earlier run of the very same suite had found out before it was interrupted."""
    known: dict[str, tuple[str, str]] = {}
    try:
        with open(os.environ[_KNOWN], encoding="utf-8") as earlier:
            if json.loads(earlier.readline()) != head:
                return {}
            for line in earlier:
                said = json.loads(line)
                if "case" in said:
                    known[said["case"]] = said["outcome"], said["said"]
    except (KeyError, OSError, ValueError, TypeError):
        return known  # the last line may be half a line
    return known


def _ended(child: int) -> int | None:
    """How the process ended; None where it runs."""
    try:
        process, status = os.waitpid(child, os.WNOHANG)
    except ChildProcessError:
        return 0
    return status if process else None


def _end(child: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except OSError:
            continue
    with contextlib.suppress(ChildProcessError):
        os.waitpid(child, 0)


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"ended with status {os.WEXITSTATUS(status)}"


def _mebibytes(process: int) -> float:
    """The resident memory of a process, where the system tells it."""
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as told:
            return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError, IndexError):
        return 0.0


def _last_word(log: Any) -> str:
    """The last line that the process printed, with a colon before it."""
    log.seek(max(0, log.seek(0, os.SEEK_END) - 2000))
    lines = [line.strip() for line in log.read().decode("utf-8", "replace").splitlines() if line.strip()]
    told = [
        line
        for line in lines
        if re.search("(?i)error|assert|fail|abort|what", line) and not re.search("Fatal Python|unix time", line)
    ]
    return f": {told[-1]}" if told else ""


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = " ".join(lines[: 2 if lines and lines[0].endswith(":") else 1])
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


_PLACES = re.compile(r"[\w.+@~-]*(?:/[\w.+@~-]+){2,}/")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{4,}")
_PROCESS = re.compile(r"\b([PT]ID|pid|tid|process)([ =:]+)\d+")


def _brief(text: str) -> str:
    """A message as it would be on any machine: without folders, addresses of memory and processes, and not long."""
    clean = _PROCESS.sub(r"\1\2…", _ADDRESS.sub("0x…", _PLACES.sub("…/", _cut(text))))
    return clean if len(clean) <= LONGEST_SAID else f"{clean[: LONGEST_SAID - 2]} …"
