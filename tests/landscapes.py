"""Landscapes in folders for the tests: the fixture, copies of it with changes, and empty ones."""

from __future__ import annotations

import shutil
from pathlib import Path

FIXTURE = Path(__file__).parent / "fixture" / "landscape"
REAL = Path(__file__).parent.parent / "landscape"

EMPTY = """\
title: Empty
kinds:
  thing: {folder: things, plural: things, summary: Anything.}
"""


def fixture_with(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A copy of the fixture in `folder` with some files written over or added; returns its folder."""
    root = folder / "landscape"
    shutil.copytree(FIXTURE, root)
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def empty(folder: Path) -> Path:
    """A landscape with a vocabulary and nothing else."""
    root = folder / "landscape"
    root.mkdir()
    (root / "landscape.yml").write_text(EMPTY)
    return root
