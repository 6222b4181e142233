"""Write a file as one step, so that a reader never sees half of one, and never anywhere else than one was told to.

A stranger's pull request may hold links. Whoever formats it must not write through them into the rest of the disk.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

from interop_landscape.errors import BadRequest
from interop_landscape.reading.source import is_hidden

_UNFINISHED: Final = re.compile(r"\..+-(\d+)-[^-]{8}\.part")


def replace(path: Path, data: bytes, root: Path | None = None) -> None:
    """Put `data` into the file at `path`, which keeps its mode where it is there; missing folders are made.

    Raises BadRequest as `guard` does; OSError where it cannot be written.
    """
    guard(path, root)
    replace_all({path: data})


def replace_all(files: Mapping[Path, bytes]) -> None:
    """As `replace`, for files that make sense only together and were guarded: none is replaced before all are written.

    The folders that were made for them are removed where they cannot be written.
    """
    made = sorted({folder for path in files for folder in path.parents if not folder.exists()}, reverse=True)
    written: dict[Path, str] = {}
    try:
        for path, data in files.items():
            with naming(path):
                written[path] = _beside(path)
                Path(written[path]).write_bytes(data)
                os.chmod(written[path], path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        for path, temporary in written.items():
            os.replace(temporary, path)
    except BaseException:
        for temporary in written.values():
            Path(temporary).unlink(missing_ok=True)
        for folder in made:
            with suppress(OSError):  # not made yet, or filled by somebody else meanwhile
                folder.rmdir()
        raise


def _beside(path: Path) -> str:
    """An empty file in the folder of another, which is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    prefix, suffix = unfinished(path)
    handle, temporary = tempfile.mkstemp(suffix, prefix, path.parent)
    os.close(handle)
    return temporary


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let an error that names no file, as where a disk is full, name this one."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
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


def guard_data(output: Path, folder: Path, *, replaced: bool = False, option: str = "-o") -> None:
    """Raise BadRequest where an output is in the landscape's `folder`, or holds it and is `replaced` as a whole.

    What is hidden there is no part of the landscape, so an output may be.
    """
    whole, data = Path(os.path.realpath(output)), Path(os.path.realpath(folder))
    if whole.is_relative_to(data) and not any(map(is_hidden, whole.relative_to(data).parts)):
        said = f"{output} is in the landscape's own folder, which holds its data alone"
        raise BadRequest(f"{said}; name another with {option}")
    if replaced and whole in data.parents:
        raise BadRequest(f"{output} holds the landscape, and all in it is replaced; name another folder with -o")


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


def user_cache() -> Path:
    """Where what can be made again is kept for this user: below XDG_CACHE_HOME, ``~/.cache`` where that is not set."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(named) if os.path.isabs(named) else Path.home() / ".cache"
    return home / "interop-landscape"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
