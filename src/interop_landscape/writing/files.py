"""Write a file as one step, so that a reader never sees half of one, and never anywhere else than one was told to.

A stranger's pull request may hold links. Whoever formats it must not write through them into the rest of the disk.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from interop_landscape.errors import BadRequest

_UNFINISHED: Final = re.compile(r"\..+-(\d+)-[^-]{8}\.part")


def replace(path: Path, data: bytes, root: Path | None = None) -> None:
    """Put `data` into the file at `path`, which keeps its mode where it is there; missing folders are made.

    Raises BadRequest as `guard` does; OSError where it cannot be written.
    """
    guard(path, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    prefix, suffix = unfinished(path)
    handle, temporary = tempfile.mkstemp(suffix, prefix, path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def remove(path: Path, root: Path) -> None:
    """Remove a file. Raises BadRequest as `guard` does; OSError where it cannot be removed."""
    guard(path, root)
    path.unlink()


def guard(path: Path, root: Path | None = None) -> None:
    """Raise BadRequest where `path` is below no `root`, is a link or is reached through one, or is no plain file.

    No link below `root` is followed, wherever it leads: what is read through a link is written at its own place.
    `root` itself, which the user has named, may be reached as it likes. It is the file's own folder if not given.
    """
    path = Path(os.path.abspath(path))
    root = Path(os.path.abspath(root or path.parent))
    if not path.is_relative_to(root):
        raise BadRequest(f"{path} is not below {root}; nothing is written there")
    steps = [path, *(above for above in path.parents if above != root and above.is_relative_to(root))]
    for step in reversed(steps):
        if step.is_symlink():
            plain = "file" if step == path else "folder"
            raise BadRequest(f"{os.path.relpath(step)} is a link; nothing is written through it, put a {plain} there")
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise BadRequest(f"{os.path.relpath(path)} is no regular file; nothing is written there")


def guard_output(path: Path) -> None:
    """As `guard`, for a place that the user has named: links within the working folder may be a stranger's."""
    here = Path.cwd()
    whole = Path(os.path.abspath(path))
    guard(whole, here if whole.is_relative_to(here) and whole != here else whole.parent)


def unfinished(path: Path) -> tuple[str, str]:
    """(prefix, suffix) of the name, beside `path`, of what is to take its place; `sweep` knows it by them."""
    return f".{path.name[:100]}-{os.getpid()}-", ".part"


@cache
def sweep(folder: Path) -> None:
    """Remove what runs that were killed have left in a folder; once a run."""
    with suppress(OSError):  # of others, or removed meanwhile
        for path in folder.iterdir():
            match = _UNFINISHED.fullmatch(path.name)
            if match is None or _runs(int(match[1])):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _runs(process: int) -> bool:
    """Whether there is a process of this number; one that may not be asked is there."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
