"""The helper of probes: compare what crossed an edge with what ought to have crossed, and print one line of JSON.

::

    with Probe("torch", "onnx") as probe:
        probe.close("outputs", there, here, tolerance=1e-5)
        probe.same("names of the inputs", names, ["image"])
        probe.refused("a loop", lambda: export(loop), NotImplementedError, "while")

``pass`` means that what the statement says was seen: there was a comparison, and all of them hold. A statement of
support ``none`` is therefore verified by a probe whose crossing was refused. An error that nobody expected is left to
end the program: it says nothing about the edge.

It needs Python 3.9 and the standard library; NumPy is used where a probe has it, and arrays need it.
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import platform
import re
from collections.abc import Callable, Iterator
from importlib import metadata
from types import ModuleType, TracebackType
from typing import Any, NamedTuple

FORMAT = "1"
"""The version of the line's shape."""

LONGEST_TEXT = 300
LONGEST_LINE = 60_000

# Libraries may close or redirect the descriptor of stdout, so the line has one of its own from the start.
_LINE = os.dup(1)


class Probe:
    """A run of a probe: what took part, what was compared, and the line at the end.

    `distributions` are names as in a list of dependencies; their versions are recorded, and Python's own. Add others
    to ``versions`` by hand. Leaving the block raises RuntimeError where nothing was compared, and prints no line where
    an error leaves it. Entering raises PackageNotFoundError where one of the distributions is not installed.
    """

    def __init__(self, *distributions: str) -> None:
        self.distributions = distributions
        self.versions: dict[str, str] = {}
        self.compared: list[dict[str, Any]] = []
        self.notes: list[str] = []

    def __enter__(self) -> Probe:
        self.versions["python"] = platform.python_version()
        for name in self.distributions:
            self.versions[name] = metadata.version(name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, _Unsupported):
            self._print("unsupported", str(error))
            return True
        if error is not None:
            return False
        if not self.compared:
            raise RuntimeError("the probe compared nothing, so it shows nothing")
        self._print("pass" if all(comparison["holds"] for comparison in self.compared) else "fail")
        return False

    def close(self, what: str, got: Any, expected: Any, tolerance: float = 1e-5) -> bool:
        """Compare numbers: arrays of any library, plain numbers, lists and dicts of these.

        It holds where shapes and keys are equal and everywhere |got - expected| <= tolerance * max(1, |expected|). NaN
        equals only NaN, an infinity only itself; comparing no numbers at all never holds. The largest absolute
        difference is recorded; types of numbers may differ, and are then recorded too. Returns whether it holds and
        never raises for what it is given.
        """
        entry: dict[str, Any] = {"kind": "close", "tolerance": float(tolerance)}
        try:
            here, there = _leaves(got), _leaves(expected)
        except (TypeError, ValueError) as error:
            return self._add(what, False, **entry, got=f"not numbers: {error}")
        forms = {name: leaf.form for name, leaf in here.items()}, {name: leaf.form for name, leaf in there.items()}
        if forms[0] != forms[1]:
            entry["got"], entry["expected"] = (_said_forms(form) for form in forms)
        shapes = {name: leaf.shape for name, leaf in here.items()}, {name: leaf.shape for name, leaf in there.items()}
        if shapes[0] != shapes[1]:
            return self._add(what, False, **entry)
        count, difference, holds = 0, 0.0, True
        for name, leaf in here.items():
            largest, within = _compare(leaf, there[name], tolerance)
            count, difference, holds = count + leaf.size, max(difference, largest), holds and within
        if math.isfinite(difference):
            entry["difference"] = difference
        else:
            entry["got"] = "NaN or an infinity where there is none, or the other way round"
        return self._add(what, holds and count > 0, **entry, count=count)

    def same(self, what: str, got: Any, expected: Any) -> bool:
        """Compare names, types, shapes, metadata …: it holds where both are the same JSON.

        Tuples count as lists, sets as sorted lists, bytes as hexadecimal, arrays as nested lists, and what JSON does
        not have (a type of numbers) as its text. The order of keys does not matter; 1, 1.0 and true are different.
        Returns whether it holds.
        """
        here, there = _as_json(got), _as_json(expected)
        if here == there:
            return self._add(what, True, kind="same", got=here)
        return self._add(what, False, kind="same", got=here, expected=there)

    def refused(
        self,
        what: str,
        action: Callable[[], Any],
        error: type[BaseException] | tuple[type[BaseException], ...] = Exception,
        saying: str = "",
    ) -> bool:
        """Call `action`, which ought to be refused.

        It holds where `action` raises `error` (a class, or several) with a message in which the pattern `saying` is
        found. It does not hold where `action` succeeds or raises something else. ImportError and MemoryError are let
        through unless they are named: a package that is missing says nothing about the edge. Returns whether it holds.
        """
        classes = error if isinstance(error, tuple) else (error,)
        caught: tuple[type[BaseException], ...] = (Exception, *classes)
        try:
            result = action()
        except caught as raised:
            accidents = ImportError, MemoryError
            if isinstance(raised, accidents) and not any(issubclass(one, accidents) for one in classes):
                raise
            holds = isinstance(raised, classes) and re.search(saying, str(raised)) is not None
            wanted = {} if holds else {"expected": _wanted(classes, saying)}
            return self._add(what, holds, kind="refused", error=_first_line(raised), **wanted)
        got = f"it was not refused and gave {type(result).__name__}"
        return self._add(what, False, kind="refused", got=got, expected=_wanted(classes, saying))

    def absent(self, what: str, holder: Any, name: str) -> bool:
        """Look for a name that ought not to be there: an attribute or submodule, or an entry point.

        `holder` is a module, any other object, or the group of entry points as text; `name` may be dotted. That a
        name is not there is weaker evidence than a refusal, and is recorded so. Returns whether it holds.
        """
        found = _has_entry_point(holder, name) if isinstance(holder, str) else _has_name(holder, name)
        where = holder if isinstance(holder, str) else getattr(holder, "__name__", type(holder).__name__)
        said = f"{where} has {name}" if found else f"{where} has no {name} (weaker evidence than a refusal)"
        return self._add(what, not found, kind="absent", got=said)

    def unsupported(self, why: str) -> None:
        """End the probe here: `why` says which hardware or system it would need."""
        raise _Unsupported(why)

    def note(self, text: str) -> None:
        """Record something that a reader of the result should know."""
        self.notes.append(_cut(text))

    def _add(self, what: str, holds: bool, **more: Any) -> bool:
        texts = {name: _cut(value) if isinstance(value, str) else value for name, value in more.items()}
        self.compared.append({"what": _cut(what), "holds": bool(holds), **texts})
        return bool(holds)

    def _print(self, outcome: str, reason: str = "") -> None:
        said: dict[str, Any] = {"probe": FORMAT, "outcome": outcome, "compared": self.compared}
        said |= {"versions": {name: str(version) for name, version in self.versions.items()}, "notes": self.notes}
        if reason:
            said["reason"] = _cut(reason)
        # What was printed before may have left its line open.
        line = f"\n{json.dumps(said, allow_nan=False)}\n".encode()
        if len(line) > LONGEST_LINE:
            raise RuntimeError(f"the result has {len(line):,} bytes of at most {LONGEST_LINE:,}: compare fewer things")
        while line:
            line = line[os.write(_LINE, line) :]


class _Unsupported(BaseException):
    """Ends a probe that cannot run on this machine; no `except Exception` in between may catch it."""


class _Leaf(NamedTuple):
    """Numbers of one shape: a NumPy array, or a list in its order where there is no NumPy."""

    shape: tuple[int, ...]
    dtype: str
    values: Any
    size: int

    @property
    def form(self) -> str:
        return f"{self.dtype}{list(self.shape)}"


def _leaves(value: Any) -> dict[str, _Leaf]:
    """The arrays in a nest of dicts and lists, by their path in it. Raises TypeError and ValueError.

    A list of equally shaped arrays is one array, as NumPy would have it.
    """
    if isinstance(value, dict):
        return {f".{key}{path}": leaf for key in value for path, leaf in _leaves(value[key]).items()}
    if isinstance(value, (list, tuple)) and not _is_plain(value):
        parts = [_leaves(item) for item in value]
        whole = _stacked(parts)
        if whole is not None:
            return {"": whole}
        return {f"[{place}]{path}": leaf for place, part in enumerate(parts) for path, leaf in part.items()}
    return {"": _leaf(value)}


def _stacked(parts: list[dict[str, _Leaf]]) -> _Leaf | None:
    """One array of arrays; None where these are nests, or of several shapes."""
    if any(list(part) != [""] for part in parts) or len({part[""].shape for part in parts}) != 1:
        return None
    leaves = [part[""] for part in parts]
    shape = (len(leaves), *leaves[0].shape)
    size = sum(leaf.size for leaf in leaves)
    dtype = "/".join(dict.fromkeys(leaf.dtype for leaf in leaves))
    numpy = _numpy()
    if numpy is None:
        return _Leaf(shape, dtype, [number for leaf in leaves for number in leaf.values], size)
    return _Leaf(shape, dtype, numpy.stack([leaf.values for leaf in leaves]), size)


def _is_plain(values: Any) -> bool:
    """Whether a list is one array: numbers only, nested evenly."""
    if not isinstance(values, (list, tuple)):
        return isinstance(values, (bool, int, float, complex))
    return all(map(_is_plain, values)) and len({_shape(item) for item in values}) <= 1


def _shape(values: Any) -> tuple[int, ...]:
    if not isinstance(values, (list, tuple)):
        return ()
    return (len(values), *(_shape(values[0]) if values else ()))


def _leaf(value: Any) -> _Leaf:
    if isinstance(value, (list, tuple, bool, int, float, complex)):
        numpy = _numpy()
        if numpy is None:
            flat = list(_flat(value))
            kind = "bool" if all(isinstance(x, bool) for x in flat) else type(sum(flat)).__name__
            return _Leaf(_shape(value), kind, flat, len(flat))
        array = numpy.asarray(value)
        # Integers beyond 64 bits stay exact as objects.
        return _Leaf(array.shape, str(array.dtype), array, array.size)
    numpy = _numpy()
    if numpy is None:
        raise TypeError(f"{type(value).__name__} needs NumPy")
    dtype, array = _array(value, numpy)
    if array.dtype.kind not in "biufcV" and not (array.dtype.kind == "O" and not array.shape):
        raise TypeError(f"{type(value).__name__} of {array.dtype}")
    if array.dtype.kind in "VO":  # bfloat16 and its like, which NumPy itself does not know
        array = array.astype(numpy.float64)
    return _Leaf(tuple(array.shape), dtype, array, array.size)


def _array(value: Any, numpy: Any) -> tuple[str, Any]:
    """(type of numbers, NumPy array) of any library's array."""
    for method in ("detach", "cpu", "resolve_conj", "resolve_neg"):
        if hasattr(value, method) and not isinstance(value, numpy.ndarray):
            value = getattr(value, method)()
    dtype = str(getattr(value, "dtype", type(value).__name__)).rpartition(".")[2].lower()
    for method in ("", "numpy", "asnumpy", "float"):
        try:
            if method == "float":  # a type of numbers that NumPy lacks, widened by the library that has it
                return dtype, _array(value.float(), numpy)[1]
            array = numpy.asarray(getattr(value, method)() if method else value)
        except (AttributeError, TypeError, ValueError, RuntimeError, BufferError):
            continue
        if array.dtype.kind != "O":
            return dtype, array
    raise TypeError(f"{type(value).__name__} of {dtype}")


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _flat(item)
    else:
        yield value


def _numpy() -> Any:
    try:
        import numpy
    except ImportError:
        return None
    return numpy


def _compare(got: _Leaf, expected: _Leaf, tolerance: float) -> tuple[float, bool]:
    """(largest absolute difference, whether all are within); the difference is infinite where it is no number."""
    if isinstance(got.values, list):
        return _compare_numbers(got.values, expected.values, tolerance)
    numpy = _numpy()
    here, there = got.values, expected.values
    if here.dtype.kind in "biuO" and there.dtype.kind in "biuO":
        return _compare_integers(here, there, tolerance, numpy)
    wide = numpy.complex128 if "c" in (here.dtype.kind, there.dtype.kind) else numpy.float64
    with numpy.errstate(all="ignore"):
        here, there = here.astype(wide), there.astype(wide)
        equal = (here == there) | (numpy.isnan(here) & numpy.isnan(there))
        differences = numpy.where(equal, 0.0, numpy.abs(here - there))
        differences = numpy.where(numpy.isnan(differences), numpy.inf, differences)
        size = numpy.where(numpy.isfinite(there), numpy.abs(there), 0.0)
        within = differences <= tolerance * numpy.maximum(1.0, size)
    return float(differences.max(initial=0.0)), bool(within.all())


def _compare_integers(here: Any, there: Any, tolerance: float, numpy: Any) -> tuple[float, bool]:
    """As `_compare`, exact where a float would round; only what differs is counted one by one."""
    if here.dtype != there.dtype or here.dtype.kind == "b":
        here, there = here.astype(object), there.astype(object)
    places = numpy.flatnonzero((here != there).reshape(-1))
    pairs = [(int(here.reshape(-1)[i]), int(there.reshape(-1)[i])) for i in places]
    return _compare_numbers([a for a, _ in pairs], [b for _, b in pairs], tolerance)


def _compare_numbers(here: list[Any], there: list[Any], tolerance: float) -> tuple[float, bool]:
    largest, within = 0.0, True
    for place, a in enumerate(here):
        b = there[place]
        if a == b or (a != a and b != b):
            continue
        difference = abs(a - b)
        try:
            difference = math.inf if difference != difference else float(difference)
            size = float(abs(b)) if math.isfinite(abs(b)) else 0.0
        except OverflowError:
            difference, size = math.inf, 0.0
        largest, within = max(largest, difference), within and difference <= tolerance * max(1.0, size)
    return largest, within


def _said_forms(forms: dict[str, str]) -> str:
    return ", ".join(f"{name} {form}".strip(" .") for name, form in forms.items()) or "nothing"


def _as_json(value: Any) -> str:
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """The same of the types that JSON has."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        return value.real  # of enumerations and other subclasses the number alone
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(item) for item in value), key=_as_json)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    if isinstance(value, type):
        return value.__name__
    if hasattr(value, "tolist"):
        listed = value.tolist()
        return str(value) if listed is value else _plain(listed)
    return str(value)


def _wanted(classes: tuple[Any, ...], saying: str) -> str:
    names = " or ".join(one.__name__ for one in classes)
    return f"{names} saying `{saying}`" if saying else names


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


def _has_name(holder: Any, name: str) -> bool:
    first, _, rest = name.partition(".")
    if hasattr(holder, first):
        return not rest or _has_name(getattr(holder, first), rest)
    if not isinstance(holder, ModuleType) or not hasattr(holder, "__path__"):
        return False
    try:
        return importlib.util.find_spec(f"{holder.__name__}.{name}") is not None
    except ImportError:
        return False


def _has_entry_point(group: str, name: str) -> bool:
    found: Any = metadata.entry_points()
    of_group = found.select(group=group) if hasattr(found, "select") else found.get(group, ())
    return any(one.name == name for one in of_group)


def _cut(text: str) -> str:
    """At most `LONGEST_TEXT` characters, on one line, that any reader can show."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    return clean if len(clean) <= LONGEST_TEXT else f"{clean[: LONGEST_TEXT - 2]} …"
