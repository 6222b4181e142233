"""The streams of a process, where whoever started it has closed some of them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Final

# To write what is wanted must fail, and be told; notes and questions that nobody sees are lost in silence.
_INSTEAD: Final = (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))


def open_all() -> None:
    """Open what is closed of the standard streams, so that no file that is opened later takes their place."""
    for number, (name, mode) in enumerate(_INSTEAD):
        with suppress(OSError):
            os.fstat(number)
            continue
        os.open(os.devnull, mode)  # the system gives out the lowest number that is free, which is this one
        setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def drop_output() -> None:
    """Lead stdout nowhere, so that closing it at exit stays quiet where nothing can be written to it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def heed_columns() -> None:
    """Take a terminal without columns, as some shells and containers report one, for one of unknown width."""
    if not os.environ.get("COLUMNS", "1").strip("0"):
        del os.environ["COLUMNS"]
