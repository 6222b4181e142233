"""Copies of the program with other lines, to see what follows from them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import interop_landscape
from tests.conftest import STANDING_STILL

PACKAGE = Path(interop_landscape.__file__).parent
ROOT = Path(__file__).parent.parent.parent
TEMPLATES = PACKAGE.parent.parent / "site_templates"


def copy_of_the_program(folder: Path) -> Path:
    """A copy of the package below `folder`/src, compiled as it is, with the templates where it looks for them."""
    copy = folder / "src" / "interop_landscape"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("site_templates"))
    shutil.copytree(TEMPLATES, folder / "site_templates")
    return copy


def put_after(path: Path, line: str, more: str) -> None:
    """Put one line into a file behind the only one that begins so."""
    lines = path.read_text().splitlines(keepends=True)
    (number,) = [number for number, one in enumerate(lines) if one.startswith(line)]
    path.write_text("".join([*lines[: number + 1], more, *lines[number + 1 :]]))


def printed(folder: Path, program: str, *arguments: str | Path) -> dict[str, Any]:
    """The JSON that a program prints which imports the copy below `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(folder / "src"), str(ROOT)]),
            "SOURCE_DATE_EPOCH": STANDING_STILL,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
