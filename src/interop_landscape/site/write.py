"""Put a finished site in place of the old one, as one step."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from interop_landscape.errors import BadRequest
from interop_landscape.writing.files import guard_output, naming, sweep, unfinished

MARKER: Final = ".landscape-site"
"""A file by which a folder is known to be a site that may be replaced."""

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A new folder beside `output` that takes its place when the block ends well, and is removed when it does not.

    Raises BadRequest where `output` holds something that is no site of this program's.
    """
    guard_output(output)
    if output.exists() and not output.is_dir():
        raise BadRequest(f"{output} is a file; name a folder for the site with -o")
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).exists():
        raise BadRequest(f"{output} holds something else than a site; name another folder with -o, or empty it")
    output.parent.mkdir(parents=True, exist_ok=True)
    sweep(output.parent)
    prefix, suffix = unfinished(output)
    made = Path(tempfile.mkdtemp(suffix, prefix, output.parent))
    try:
        with naming(output):
            yield made
        (made / MARKER).write_text("Made by `landscape build`.\n")
        made.chmod(0o755)
        put_in_place(made, output)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def put_in_place(made: Path, output: Path) -> None:
    """Let a folder take the place of `output`, which is then where the folder was, if there was one."""
    if output.exists():
        _exchange(made, output)
    else:
        made.rename(output)


def _exchange(one: Path, other: Path) -> None:
    """Swap two folders at once where the system can, else one after the other."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is not None and not renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
    ):
        return
    old = one.with_name(f"{one.name}-old")
    other.rename(old)
    one.rename(other)
    old.rename(one)
