"""Windows of versions, held against trying a dense grid of versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from interop_landscape.analysis.windows import intersect, satisfiable

versions = st.builds("{}.{}".format, st.integers(0, 4), st.integers(0, 4)) | st.integers(0, 4).map(str)
clauses = st.builds("{}{}".format, st.sampled_from([">=", "<=", ">", "<", "==", "!="]), versions) | st.builds(
    "{}{}.*".format, st.sampled_from(["==", "!="]), st.integers(0, 4)
)
GRID = [f"{a}.{b}{c}" for a in range(7) for b in range(7) for c in ("", ".0.1", ".1")] + ["0", "0.0.0.1"]


@given(st.lists(clauses, min_size=1, max_size=5).map(",".join))
def test_a_window_is_empty_when_no_version_of_a_dense_grid_fits(specifier: str) -> None:
    some = any(SpecifierSet(specifier).contains(version) for version in GRID)
    assert satisfiable(specifier) == some


@pytest.mark.parametrize(
    ("specifier", "fits"),
    [
        (">=18,<24", True),
        (">=18,<18", False),
        (">17,<18", True),
        ("~=2.1,<2.1", False),
        ("~=2.1,>=2.9", True),
        ("!=1.*,>=1,<2", False),
    ],
)
def test_windows_that_people_write(specifier: str, fits: bool) -> None:
    assert satisfiable(specifier) is fits


def test_windows_are_kept_apart_by_what_they_are_of() -> None:
    windows = intersect([{"opset": ">=7"}, {"python": ">=3.9"}, {"opset": "<7"}])
    assert [(w.subject, w.empty) for w in windows] == [("opset", True), ("python", False)]


def test_a_version_in_development_is_a_window_too() -> None:
    assert satisfiable(">=1.0.dev1")
    assert not satisfiable(">=1.0.dev1,<1.0.dev1")


def test_there_are_versions_between_two_and_two_nought_one() -> None:
    assert satisfiable(">2,<2.0.1")
    assert not satisfiable(">2,<2.0")
