"""One way out of every command: errors become a line on stderr and an exit status, never a traceback."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence

import typer

from interop_landscape.cli.app import app
from interop_landscape.cli.faults import fault_told
from interop_landscape.cli.shared import say
from interop_landscape.cli.streams import drop_output, heed_columns, open_all
from interop_landscape.errors import LandscapeError
from interop_landscape.text import shown, visible

PIPE_CLOSED = 141  # what a shell reports for a program that was ended by SIGPIPE
INTERRUPTED = 130
_LONGEST = 2_000


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments and return its exit status."""
    open_all()
    heed_columns()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file name may hold bytes that are no text
            stream.reconfigure(errors="backslashreplace")
    try:
        status = app(list(arguments), prog_name="landscape", standalone_mode=False)
        sys.stdout.flush()
    except LandscapeError as error:
        return _say(str(error))
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        drop_output()  # the reader has left
        return PIPE_CLOSED
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):  # met by a table or a help, whose library leaves with 1
            return PIPE_CLOSED
        raise
    except OSError as error:
        if error.filename is None:
            drop_output()
        return _say(f"{error.filename or 'standard output'}: {_why(error)}")
    except Exception as error:
        # Typer's own usage errors know how to show themselves, with the command's usage line.
        if hasattr(error, "show"):
            if isinstance(getattr(error, "message", None), str):
                error.message = visible(error.message)  # type: ignore[attr-defined]
            error.show()
            return 2
        return _say(f"this is a fault of the program, not of yours: {fault_told(error, arguments)}")
    return status if isinstance(status, int) else 0


def _why(error: OSError) -> str:
    """Why a file cannot be had, in a few words; of a tree that cannot be copied, why the first of its files cannot."""
    text = error.strerror or str(error)
    if isinstance(error, shutil.Error):
        _, _, first = error.args[0][0]
        text = re.sub(r"^\[Errno \d+\] |: '.*", "", str(first))
    return text.lower()


def _say(message: str) -> int:
    say(f"landscape: {shown(message, _LONGEST)}", err=True)
    return 2
