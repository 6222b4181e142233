"""What the helper of probes counts as equal, refused and absent, and the line that it prints."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from interop_landscape.probing import outcome
from interop_landscape.probing.kit import landscape_probe
from interop_landscape.probing.kit.landscape_probe import Probe

KIT = Path(landscape_probe.__file__).parent
shapes = arrays_of.array_shapes(max_dims=3, max_side=4)
numbers = st.floats(width=32) | st.sampled_from([math.nan, math.inf, -math.inf, 0.0, -0.0])
floats = shapes.flatmap(lambda shape: arrays_of.arrays(np.float64, shape, elements=numbers))


@pytest.fixture(params=["with NumPy", "without NumPy"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "without NumPy":
        monkeypatch.setattr(landscape_probe, "_numpy", lambda: None)


def compared(got: Any, expected: Any, tolerance: float = 1e-5) -> dict[str, Any]:
    probe = Probe()
    held = probe.close("it", got, expected, tolerance)
    json.dumps(probe.compared, allow_nan=False)
    assert probe.compared[0]["holds"] is held
    return probe.compared[0]


@given(floats)
def test_everything_is_close_to_itself(values: Any) -> None:
    for same in (values, values.tolist(), values.copy(order="F")):
        assert compared(same, values, 0.0) | {"what": 0} == {
            "what": 0,
            "kind": "close",
            "holds": True,
            "tolerance": 0.0,
            "difference": 0.0,
            "count": values.size,
        }


@given(floats, st.data(), st.sampled_from([0.0, 1e-5, 0.5, 2.0]))
def test_the_rule_is_what_the_helper_says(expected: Any, data: st.DataObject, tolerance: float) -> None:
    got = data.draw(arrays_of.arrays(np.float64, expected.shape, elements=numbers))

    def within(a: float, b: float) -> bool:
        if math.isnan(a) or math.isnan(b) or math.isinf(a) or math.isinf(b):
            return (math.isnan(a) and math.isnan(b)) or a == b
        return abs(a - b) <= tolerance * max(1.0, abs(b))

    pairs = list(zip(got.reshape(-1).tolist(), expected.reshape(-1).tolist(), strict=True))
    found = compared(got, expected, tolerance)
    assert found["holds"] == all(within(a, b) for a, b in pairs)
    if "difference" in found:
        assert found["difference"] == max((abs(a - b) for a, b in pairs if a != b and not math.isnan(a)), default=0.0)


@given(floats, floats)
def test_other_shapes_never_hold(got: Any, expected: Any) -> None:
    if got.shape != expected.shape:
        found = compared(got, expected, 1e9)
        assert not found["holds"]
        assert str(list(got.shape)) in found["got"]


@given(st.lists(st.integers(-(2**70), 2**70), min_size=1), st.integers(1, 3))
def test_integers_of_any_size_are_compared_exactly(values: list[int], more: int) -> None:
    assert compared(values, values, 0.0)["holds"]
    assert not compared([values[0] + more, *values[1:]], values, 0.0)["holds"]


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize(
    ("got", "expected", "holds"),
    [
        (1, 1.0, True),
        ([1, 2], (1.0, 2.0), True),
        ({"a": [1.0], "b": 2}, {"b": 2, "a": [1.0]}, True),
        ({"a": [1.0]}, {"a": [1.0], "b": 2}, False),
        ([[1], [2, 3]], [[1], [2, 3]], True),
        ([[1], [2, 3]], [[1], [2, 4]], False),
        ([{"a": [1]}, {"a": [2]}], [{"a": [1]}, {"a": [2]}], True),
        ([{"a": [1]}, {"a": [2]}], [{"a": [1]}, {"b": [2]}], False),
        ([math.nan], [0.0], False),
        ([math.inf], [-math.inf], False),
        ([True, False], [1, 0], True),
        ([1 + 2j], [1 + 2j], True),
        ([1 + 2j], [1 - 2j], False),
        (2**63 + 1, 2**63, False),
        ([], [], False),
        ("text", "text", False),
        (None, None, False),
        (object(), 1, False),
    ],
    ids=lambda value: str(value).partition(" at 0x")[0],
)
def test_nests_numbers_and_what_is_none(got: Any, expected: Any, holds: bool) -> None:
    assert compared(got, expected, 0.0)["holds"] is holds


def test_a_list_of_arrays_is_an_array() -> None:
    rows = np.arange(6, dtype=np.float32).reshape(2, 3)
    assert compared([list(row) for row in rows], rows, 0.0)["holds"]
    assert compared([Bfloat16(), Bfloat16()], np.ones((2, 2)), 0.0)["holds"]
    assert compared([rows, [1, 2]], (rows, np.array([1, 2])), 0.0)["count"] == 8
    assert not compared([rows, rows], [rows], 0.0)["holds"]


def test_types_of_numbers_that_differ_are_recorded() -> None:
    found = compared(np.ones(2, np.float16), np.ones(2))
    assert (found["holds"], found["got"], found["expected"]) == (True, "float16[2]", "float64[2]")


class Bfloat16:
    """An array of a library whose type of numbers NumPy does not know."""

    dtype = "lib.bfloat16"

    def __init__(self) -> None:
        self.detached = False

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        raise TypeError("bfloat16")

    def detach(self) -> Bfloat16:
        self.detached = True
        return self

    def float(self) -> Any:
        assert self.detached
        return np.ones(2, np.float32)


def test_arrays_of_other_libraries_are_detached_and_widened() -> None:
    found = compared(Bfloat16(), [1.0, 1.0])
    assert (found["holds"], found["got"]) == (True, "bfloat16[2]")


@pytest.mark.parametrize(
    ("got", "expected", "holds"),
    [
        (["a"], ("a",), True),
        ({"b": 1, "a": 2}, {"a": 2, "b": 1}, True),
        ({2, 1}, {1, 2}, True),
        (np.dtype("int64"), "int64", True),
        (np.array([[1, 2]]), [[1, 2]], True),
        (np.bool_(True), True, True),
        (np.float32(0.5), 0.5, True),
        (b"\x00\xff", "00ff", True),
        (True, 1, False),
        (1, 1.0, False),
        ("a", "b", False),
    ],
    ids=str,
)
def test_same_compares_as_json(got: Any, expected: Any, holds: bool) -> None:
    probe = Probe()
    assert probe.same("it", got, expected) is holds
    assert ("expected" in probe.compared[0]) is not holds


def test_the_runner_reads_what_the_helper_writes() -> None:
    assert landscape_probe.FORMAT == outcome.FORMAT


def fail(error: BaseException) -> Any:
    raise error


def test_a_refusal_holds_by_its_type_and_message() -> None:
    probe = Probe()
    assert probe.refused("any", lambda: fail(ValueError("no\nloops")))
    assert probe.refused("named", lambda: fail(KeyError("loop")), (KeyError, ValueError), "lo+p")
    assert probe.refused("an import that is meant", lambda: fail(ImportError("no")), ImportError)
    assert not probe.refused("another type", lambda: fail(TypeError("loop")), ValueError)
    assert not probe.refused("another message", lambda: fail(ValueError("no")), ValueError, "loop")
    assert not probe.refused("none", lambda: 3)
    assert [one.get("error") for one in probe.compared[:2]] == ["ValueError: no", "KeyError: 'loop'"]
    assert probe.compared[-1]["got"] == "it was not refused and gave int"


@pytest.mark.parametrize(
    "error", [ModuleNotFoundError("no"), MemoryError(), KeyboardInterrupt(), SystemExit(1)], ids=repr
)
def test_an_accident_is_no_refusal(error: BaseException) -> None:
    probe = Probe()
    with pytest.raises(type(error)):
        probe.refused("it", lambda: fail(error))
    assert probe.compared == []


def test_absence_looks_at_attributes_submodules_and_entry_points() -> None:
    probe = Probe()
    assert probe.absent("nothing", os, "onnx")
    assert probe.absent("nothing below", os, "path.onnx")
    assert not probe.absent("an attribute", os, "path.join")
    assert not probe.absent("a submodule that is not imported", json, "tool")
    assert probe.absent("no entry point", "console_scripts", "no-such-script")
    assert not probe.absent("an entry point", "console_scripts", "pytest")
    assert "weaker evidence" in probe.compared[0]["got"]


def test_a_distribution_that_is_not_there_is_an_accident() -> None:
    with pytest.raises(metadata.PackageNotFoundError), Probe("no-such-distribution"):
        pass


def ended(body: str) -> subprocess.CompletedProcess[str]:
    program = "import os, sys\nfrom landscape_probe import Probe\n" + body
    environment = {"PYTHONPATH": str(KIT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=60)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("with Probe() as p: p.same('x', 1, 1)", "pass"),
        ("with Probe() as p: p.same('x', 1, 1); p.same('y', 1, 2)", "fail"),
        ("with Probe() as p:\n  try: p.unsupported('needs a card')\n  except Exception: pass", "unsupported"),
        ("with Probe() as p: os.close(1); p.same('x', 1, 1)", "pass"),
        ("with Probe() as p: sys.stdout.close(); os.dup2(2, 1); p.same('x', 1, 1)", "pass"),
        ("with Probe() as p: os.write(1, b'no line end'); p.same('x', 1, 1)", "pass"),
    ],
)
def test_the_line_is_whole_whatever_becomes_of_stdout(body: str, outcome: str) -> None:
    done = ended(body)
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("{")]
    said = json.loads(line)
    assert (said["probe"], said["outcome"]) == ("1", outcome)
    assert said["versions"]["python"]
    assert said.get("reason") == ("needs a card" if outcome == "unsupported" else None)


@pytest.mark.parametrize(
    "body",
    [
        "with Probe() as p: pass",
        "with Probe() as p: p.same('x', 1, 1); 1 / 0",
        "with Probe() as p: p.same('x', 1, 1); sys.exit(1)",
        "with Probe() as p: [p.same('x' * 300, i, i) for i in range(400)]",
    ],
)
def test_a_probe_that_shows_nothing_or_breaks_prints_no_line(body: str) -> None:
    done = ended(body)
    assert done.returncode == 1
    assert "{" not in done.stdout
