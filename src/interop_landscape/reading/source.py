"""Where the files of a landscape come from, seen as paths and bytes: a folder here, a git revision in `git.py`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interop_landscape.errors import NoLandscape
from interop_landscape.reading import bounds
from interop_landscape.reading.bounds import read_at_most

MANIFEST = "landscape.yml"
RECORDS_FOLDER = "gaps"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its path below the landscape's folder, with slashes, and its bytes.

    ``fault`` says why there are no bytes: the file could not be read, or is a link leading out.
    """

    path: str
    data: bytes
    fault: tuple[str, str] | None = None


class Source(Protocol):
    """Anything that can list the files of a landscape in a stable order."""

    @property
    def label(self) -> str:
        """What goes before each path that people see."""
        ...

    def files(self) -> Iterator[SourceFile]:
        """Every file that is not hidden, sorted by path."""
        ...


@dataclass(frozen=True, slots=True)
class FolderSource:
    """The files of a landscape in a folder; ``label`` goes before each path people see."""

    root: Path
    label: str

    def files(self) -> Iterator[SourceFile]:
        """Every file below the folder but hidden ones, sorted by path; bytes are read as they are asked for.

        Of a file that is too large, no more is read than shows it.
        """
        real_root = os.path.realpath(self.root)
        for path in sorted(_walk(str(self.root), "")):
            full = os.path.join(self.root, path)
            if os.path.islink(full) or os.path.islink(os.path.dirname(full)):
                real = os.path.realpath(full)
                if os.path.commonpath([real_root, real]) != real_root:
                    yield SourceFile(path, b"", ("outside-symlink", "is a link that leads out of the landscape"))
                    continue
            if not os.path.isfile(full):
                yield SourceFile(path, b"", ("unreadable", "is not a regular file"))
                continue
            try:
                yield SourceFile(path, read_at_most(full))
            except OSError as error:
                reason = error.strerror or type(error).__name__
                yield SourceFile(path, b"", ("unreadable", f"cannot be read: {reason.lower()}"))


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is not part of any landscape."""
    return name.startswith(".") or name == "__pycache__"


def _walk(root: str, below: str) -> Iterator[str]:
    if below.count("/") >= bounds.FOLDERS:
        yield below  # handed on as one path, and told to be no file
        return
    with os.scandir(os.path.join(root, below) if below else root) as found:
        for item in found:
            if is_hidden(item.name):
                continue
            path = f"{below}/{item.name}" if below else item.name
            # So is a linked folder: it is either refused as leading out, or stray.
            if item.is_dir(follow_symlinks=False):
                yield from _walk(root, path)
            else:
                yield path


def landscape_in(named: Path) -> Path:
    """The folder that is named, or `landscape` in it where only that one holds ``landscape.yml``."""
    below = named / "landscape"
    return below if (below / MANIFEST).is_file() and not (named / MANIFEST).is_file() else named


def find_landscape(start: Path) -> Path:
    """The nearest folder holding a landscape at or above `start`: ``…/landscape/``, or `start` itself.

    Raises NoLandscape where none is found up to the root of the file system.
    """
    for folder in (start, *start.parents):
        if (folder / "landscape" / MANIFEST).is_file():
            return folder / "landscape"
        if (folder / MANIFEST).is_file():
            return folder
    raise NoLandscape(
        f"no landscape/{MANIFEST} in {start} or above it; name the folder that holds {MANIFEST} with --dir"
    )
