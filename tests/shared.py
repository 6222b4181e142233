"""What is made once a run, whichever of its workers asks for it first."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills once a run: the first worker that asks makes it, the others wait and share it."""
    own = factory.getbasetemp()
    top = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (top / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (top / name).exists():
            made = Path(tempfile.mkdtemp(dir=top))
            make(made)
            made.rename(top / name)
    return top / name


def uncounted() -> dict[str, str]:
    """The environment of a process that `make coverage` is not to look into: that imports modules and writes a file."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
