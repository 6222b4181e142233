"""The `landscape` command: parse, call, print."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command and leave with its status: 0 fine, 1 the answer is no, 2 it cannot be answered."""
    try:
        from interop_landscape.cli.run import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
