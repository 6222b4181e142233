"""How much of anything is read: what is longer, larger or more is a problem, told in one line.

No landscape comes near these bounds. They keep what a stranger wrote from costing others minutes or gigabytes, so that
whatever is computed from what was read need not look again.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

FILE: Final = 256 * 1024
"""Bytes of a file."""

VALUES: Final = 40_000
"""Keys, values and collections of a file; what has no more characters than that is not counted."""

FOLDERS: Final = 8
"""How deep folders may be nested; what is read is in the second at most."""

NAME: Final = 200
"""Characters of a name, an id, a date, a version: whatever shares a line with others."""

SUMMARY: Final = 500
URL: Final = 2_000
TEXT: Final = 5_000

ITEMS: Final = 500
"""Items of a list, and keys of a mapping."""

STATEMENTS: Final = 1_000
"""Targets of one relation in an entry's file, and ids in a file that maps ids to what they are."""

PROBLEMS: Final = 100
"""Problems that are listed of a file."""


def read_at_most(path: str | Path, most: int = FILE) -> bytes:
    """The bytes of a file, cut behind `most` + 1 of them, by which one sees that it is too large.

    What is no regular file is not read, and not waited for either: a pipe would keep the reader for ever. Raises
    OSError.
    """
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "is not a regular file", str(path))
        with open(handle, "rb", closefd=False) as stream:
            return stream.read(most + 1)
    finally:
        os.close(handle)
