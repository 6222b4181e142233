"""Only `tests/data/` reads the shipped `landscape/`, so that an edit of data never turns a test of the program red."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SHIPPED = Path(__file__).parent.parent / "landscape"
_reading = False


def watch() -> None:
    """Let whatever reads the shipped landscape from now on fail at once, in this process or by starting another."""
    sys.addaudithook(_refuse)


@contextmanager
def readable(allowed: bool) -> Iterator[None]:
    """Whether the shipped landscape may be read in this block."""
    global _reading
    before, _reading = _reading, allowed
    try:
        yield
    finally:
        _reading = before


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if _reading:
        return
    if event == "open" and arguments[1] is None:  # `os.open`, whose path may start at another folder than the current
        named = [path for path in arguments[:1] if not isinstance(path, int) and os.path.isabs(path)]
    elif event in ("open", "os.listdir"):
        named = [arguments[0]]
    elif event == "subprocess.Popen":
        folder = os.fspath(arguments[2] or os.getcwd())
        words = arguments[1] if isinstance(arguments[1], (list, tuple)) else ()
        named = [folder, *(os.path.join(os.fsdecode(folder), os.fsdecode(word)) for word in words)]
    else:
        return
    if any(isinstance(path, (str, bytes, os.PathLike)) and _is_shipped(path) for path in named):
        pytest.fail("only tests/data/ may read the shipped landscape; the others have tests.landscapes")


def _is_shipped(path: str | bytes | os.PathLike[Any]) -> bool:
    text = os.fsdecode(path)
    return "landscape" in text and Path(os.path.abspath(text)).is_relative_to(SHIPPED)
