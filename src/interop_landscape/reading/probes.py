"""Probes, programs that prove statements by running them, and the results of their last runs.

A probe is read here, never run: its header (PEP 723) and its docstring. A result is JSON, which is YAML too, so that
it is read like every other file.
"""

from __future__ import annotations

import ast
import hashlib
import re
import tomllib
import unicodedata
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from interop_landscape.reading.bounds import FILE
from interop_landscape.reading.compose import compose
from interop_landscape.reading.containers import ListOf, MapOf, Struct, read_keys
from interop_landscape.reading.keys import given, key
from interop_landscape.reading.reader import INVALID, Reader
from interop_landscape.reading.statements import SUPPORT
from interop_landscape.reading.values import Date, Figure, Flag, OneOf, Slug, Text, Value
from interop_landscape.text import shown

PROBES_FOLDER: Final = "probes"
SHARED_FOLDER: Final = "probes/shared"
RESULTS_FOLDER: Final = "probes/results"
KIT: Final = Path(__file__).parents[1] / "probing" / "kit"
"""Where the modules are that probes and suites import."""
OUTCOMES: Final = ("pass", "fail", "unsupported", "error")
RESULT_SCHEMA: Final = "result/v1"

SECONDS: Final = 300
MEBIBYTES: Final = 4096

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_BOUNDS: Final = {"timeout": int, "memory": int, "network": bool, "needs": str, "suite": bool, "shares": list}
_MOST: Final = {"timeout": 86_400, "memory": 1_048_576}
# How many characters there may be of what people see, and of what is parsed.
_DOCSTRING, _HEADER, _WORDS, _DEPENDENCIES, _SHARES = 8_000, 16_000, 200, 100, 20

is_module: Final = re.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)*").fullmatch
"""Whether a shared module may be called so."""


class BadProbeError(Exception):
    """A program that is no probe: why, where (a line, counting from 1), and how to fix it."""

    def __init__(self, message: str, hint: str, line: int = 1) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A program that runs an edge for real, as its header and docstring describe it.

    ``seconds`` and ``mebibytes`` bound a run, ``python`` and ``dependencies`` say what it runs on, ``network`` whether
    it needs more than the loopback, and ``needs`` which hardware. A ``suite`` is graded, by the ``kit`` of this digest;
    ``shares`` are the modules of ``probes/shared`` that it imports.
    """

    id: str
    path: str
    shows: str
    about: str
    dependencies: tuple[str, ...]
    python: str
    digest: str
    seconds: int = SECONDS
    mebibytes: int = MEBIBYTES
    network: bool = False
    needs: str = ""
    suite: bool = False
    kit: str = ""
    shares: tuple[str, ...] = ()

    def with_shared(self, modules: Mapping[str, bytes]) -> Probe:
        """The same, with a digest of its own program and of the shared modules that it imports."""
        if not self.shares:
            return self
        texts = b"".join(_unix(modules.get(name, b"")) for name in self.shares)
        return replace(self, digest=hashlib.sha256(self.digest.encode() + texts).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One thing that a probe looked at."""

    what: str = key(Text(), "what was compared")
    kind: str = key(OneOf("close", "same", "refused", "absent"), "how")
    holds: bool = key(Flag(), "whether it was as it ought to be")
    difference: float | None = key(Figure(), "the largest absolute difference of numbers", None)
    tolerance: float | None = key(Figure(), "the largest allowed, times the larger of 1 and the expected size", None)
    count: float | None = key(Figure(), "how many numbers", None)
    got: str | None = key(Text(), "what was there", None)
    expected: str | None = key(Text(), "what ought to be there, where that is something else", None)
    error: str | None = key(Text(), "the error with which a crossing was refused", None)


class Plain(Value):
    """A word of few characters, of a form that no page or terminal can take for anything else."""

    def __init__(self, says: str, form: str) -> None:
        self.says = says
        self.form = form
        self._is_good = re.compile(form).fullmatch

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The word as written."""
        value = self._scalar(node, reader)
        if value is INVALID or self._is_good(value):
            return value
        return reader.note(node, "bad-result", f"`{_shown(value)}` is not {self.says}")


DISTRIBUTION: Final = Plain("the name of a distribution", r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
VERSION: Final = Plain("a version", r"[0-9A-Za-z][0-9A-Za-z.+!_-]{0,62}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A statement as it was when its probe ran."""

    edge: str = key(Text(), "`entry relation entry`")
    support: str = key(OneOf(*SUPPORT), "its support")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the last run of a probe saw."""

    path: str = given()
    schema: str = key(OneOf(RESULT_SCHEMA), "the shape of the file")
    probe: str = key(Slug(), "the probe")
    outcome: str = key(OneOf(*OUTCOMES), "how it ended")
    reason: str | None = key(Text(), "why, on anything but `pass`", None)
    day: date = key(Date(), "when it ran, in universal time", name="date")
    seconds: float = key(Figure(), "how long it ran")
    platform: Mapping[str, str] = key(MapOf(Slug(), Text()), "what it ran on", _NOTHING)
    network: str = key(OneOf("closed", "open"), "whether it could reach other hosts")
    versions: Mapping[str, str] = key(MapOf(DISTRIBUTION, VERSION), "the versions of all that took part", _NOTHING)
    compared: tuple[Comparison, ...] = key(ListOf(Struct(Comparison), most=2_000), "what it looked at", ())
    notes: tuple[str, ...] = key(ListOf(Text()), "what else it had to say", ())
    program: str = key(Text(), "the SHA-256 of the program that ran, with line ends of Unix")
    proves: tuple[Proved, ...] = key(
        ListOf(Struct(Proved)),
        "the statements that the run is about: those that named the probe then, whatever its outcome",
        (),
    )
    log: str | None = key(Text(20_000), "the end of what it printed, on anything but `pass`", None)


def read_probe(name: str, path: str, data: bytes) -> Probe:
    """The probe `name` in the bytes of a program; `path` is how people see its file. Raises BadProbeError."""
    if len(data) > FILE:
        raise BadProbeError(f"the program has more than {FILE // 1024} KiB", "shorten it")
    try:
        text = data.decode("utf-8")
        with warnings.catch_warnings(action="ignore"):  # of the compiler, about the program's style
            program = ast.parse(text)
    except UnicodeDecodeError:
        raise BadProbeError("the program is not UTF-8 text", "save it as UTF-8") from None
    except SyntaxError as error:
        raise BadProbeError(f"the program is not Python: {error.msg}", "correct it", error.lineno or 1) from None
    except (ValueError, RecursionError, MemoryError):
        raise BadProbeError("the program is not Python", "correct it") from None
    header = _header(text)
    docstring = _fit("the docstring", ast.get_docstring(program) or "", _DOCSTRING)
    shows, _, about = docstring.strip().partition("\n")
    if not shows:
        raise BadProbeError("the program has no docstring", "say below its header, in one line, what it shows")
    bounds = _bounds(header)
    return Probe(
        id=name,
        path=path,
        shows=shows.strip(),
        about=" ".join(about.split()),
        dependencies=_dependencies(header),
        python=_python(header),
        digest=hashlib.sha256(_unix(data)).hexdigest(),
        seconds=bounds.get("timeout", SECONDS),
        mebibytes=bounds.get("memory", MEBIBYTES),
        network=bounds.get("network", False),
        needs=bounds.get("needs", ""),
        suite=bounds.get("suite", False),
        kit=kit() if bounds.get("suite") else "",
        shares=tuple(bounds.get("shares", ())),
    )


@cache
def kit() -> str:
    """The SHA-256 of what grades suites: another kit may count the same run otherwise."""
    return hashlib.sha256(b"".join(_unix(path.read_bytes()) for path in sorted(KIT.glob("*.py")))).hexdigest()


def _unix(data: bytes) -> bytes:
    """The bytes of a program, however git has checked it out."""
    return data.replace(b"\r\n", b"\n")


def _header(text: str) -> dict[str, Any]:
    lines = text.splitlines()
    starts = [place for place, line in enumerate(lines) if line.rstrip() == "# /// script"]
    if len(starts) != 1:
        said = "no header" if not starts else "several headers"
        raise BadProbeError(f"the program has {said} (PEP 723)", "begin it with one block, `# /// script` … `# ///`")
    start = starts[0] + 1
    # The block ends with the last closing line of the comment that it is.
    end = next((i for i in range(start, len(lines)) if not lines[i].startswith("#")), len(lines))
    closing = [place for place in range(start, end) if lines[place].rstrip() == "# ///"]
    if not closing:
        raise BadProbeError("the header has no end", "close it with `# ///`", start)
    written = "\n".join(re.sub("^# ?", "", line) for line in lines[start : closing[-1]])
    if len(written) > _HEADER:
        raise BadProbeError(f"the header has more than {_HEADER:,} characters", "shorten it", start)
    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise BadProbeError(f"the header is not TOML: {error}", "see PEP 723", start) from None
    except (ValueError, RecursionError):
        raise BadProbeError("the header holds a number or a nest beyond all bounds", "see PEP 723", start) from None


def _dependencies(header: Mapping[str, Any]) -> tuple[str, ...]:
    from packaging.requirements import Requirement

    found = header.get("dependencies", [])
    if not isinstance(found, list):
        raise BadProbeError("`dependencies` is not a list", 'for example: dependencies = ["numpy==2.4.6"]')
    if len(found) > _DEPENDENCIES:
        raise BadProbeError(f"`dependencies` has more than {_DEPENDENCIES}", "name what takes part")
    for text in found:
        try:
            wanted = Requirement(_fit("a dependency", text, _WORDS))
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise BadProbeError(
                f"`{_shown(text)}` is not a dependency", "use PEP 508, for example numpy==2.4.6"
            ) from None
        if wanted.url is not None:
            raise BadProbeError(f"`{_shown(text)}` names an address", "name a release, like numpy==2.4.6")
    return tuple(found)


def _python(header: Mapping[str, Any]) -> str:
    from packaging.specifiers import SpecifierSet

    found = header.get("requires-python", "")
    try:
        return str(SpecifierSet(_fit("`requires-python`", found, _WORDS)))
    except (ValueError, TypeError, AttributeError):
        raise BadProbeError(
            f"`{_shown(found)}` is not a window of versions", "use PEP 440, for example >=3.10"
        ) from None


def _bounds(header: Mapping[str, Any]) -> dict[str, Any]:
    """The table ``[tool.landscape]``, whose keys and types are known."""
    tool = header.get("tool", {})
    found = tool.get("landscape", {}) if isinstance(tool, dict) else {}
    if not isinstance(found, dict):
        raise BadProbeError("`tool.landscape` is not a table", "write it as [tool.landscape]")
    for name, value in found.items():
        if name not in _BOUNDS:
            raise BadProbeError(f"`tool.landscape` has no `{_shown(name)}`", f"it has {', '.join(_BOUNDS)}")
        if type(value) is not _BOUNDS[name] or (type(value) is int and not 1 <= value <= _MOST[name]):
            raise BadProbeError(
                f"`{name}` cannot be {_shown(value)}", 'for example timeout = 600, network = true, needs = "a GPU"'
            )
    _fit("`needs`", found.get("needs", ""), _WORDS)
    shares = found.get("shares", [])
    if len(shares) > _SHARES or not all(isinstance(one, str) and is_module(one) for one in shares):
        raise BadProbeError(
            "`shares` does not name modules", f'for example shares = ["onnx_nodes"] for {SHARED_FOLDER}/onnx_nodes.py'
        )
    return found


def _fit(what: str, text: str, longest: int) -> str:
    """The text, as one that any page, file and terminal can hold. Raises BadProbeError."""
    if len(text) > longest:
        raise BadProbeError(f"{what} has more than {longest:,} characters", "shorten it")
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\n\t\u200d":
            raise BadProbeError(f"{what} holds the control character U+{ord(character):04X}", "write it without")
    return text


def _shown(value: Any) -> str:
    """A value for a message: a few printable characters of it."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a table"
    if isinstance(value, int) and value.bit_length() > 64:
        return "a number that long"
    return shown(value if isinstance(value, str) else repr(value), 60)


def read_result(name: str, path: str, data: bytes, latest: date) -> tuple[Result | None, tuple[int, int, str]]:
    """(the result of probe `name`, or None; line, column and words of what is wrong first) in the bytes of a file.

    No date in it may be later than `latest`; `path` is how people see the file.
    """
    return read_written(Result, name, path, data, latest)


def read_written(model: Any, name: str, path: str, data: bytes, latest: date) -> tuple[Any, tuple[int, int, str]]:
    """As `read_result`, of any model that a program writes about the probe `name`."""
    node, faults = compose(data)
    if node is None:
        return None, (faults[0].line, faults[0].column, faults[0].message)
    if not isinstance(node, yaml.MappingNode):
        return None, (1, 1, "it is no JSON object")
    reader = Reader(path, {}, latest)
    values = read_keys(model, node, reader)
    if reader.problems or values is None:
        first = min(reader.problems)
        return None, (first.line, first.column, first.message)
    if values["probe"] != name:
        return None, (1, 1, f"it is the result of `{values['probe']}`")
    return model(path=path, **values), (1, 1, "")
