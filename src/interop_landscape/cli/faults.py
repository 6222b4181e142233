"""Unexpected errors: logged for those who can fix them, and told in one line to those who meet them."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from importlib.metadata import distributions

from interop_landscape import __version__

_REPORT = "please attach it to a report"


def fault_told(error: BaseException, arguments: Sequence[str]) -> str:
    """What kind of error it was, and where the log lies that holds all that is needed to find it."""
    kind = type(error).__name__
    text = "\n".join(_log(error, arguments)) + "\n"
    try:
        handle, path = tempfile.mkstemp(prefix="landscape-fault-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
    except OSError as why:
        return f"{kind}; its log could not be written ({why.strerror}), so please report what you did"
    return f"{kind}; {path} says where; {_REPORT}"


def _log(error: BaseException, arguments: Sequence[str]) -> Iterator[str]:
    """The command, the versions and the traceback; nothing of the environment, which holds secrets."""
    yield f"landscape {__version__}, Python {platform.python_version()}, {platform.platform()}"
    yield f"arguments: {list(arguments)!r}"
    yield f"versions: {', '.join(sorted(f'{found.name} {found.version}' for found in distributions()))}"
    yield "".join(traceback.format_exception(error))
