"""The lines of suites that were cut short, kept until the suite is run again and counted."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Final

from interop_landscape.probing.grading import JOURNAL_BYTES, known_cases
from interop_landscape.reading.bounds import read_at_most
from interop_landscape.reading.probes import Probe

KEPT_FOR: Final = 30 * 24 * 3600
"""After how many seconds in which nobody went on with a run its lines are removed."""


class Journals:
    """The journals in one folder: one a suite, its program and the kit that grades it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, probe: Probe) -> Path:
        """Where the lines of a suite are, as its program is now; the folder is made."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{probe.id}-{probe.digest[:16]}-{probe.kit[:16]}.jsonl"

    def lines(self, probe: Probe) -> bytes:
        """The lines of its last run, none where there are none or it is no suite."""
        try:
            return read_at_most(self.path(probe), JOURNAL_BYTES) if probe.suite else b""
        except OSError:
            return b""

    def known(self, probe: Probe) -> int:
        """How many cases they tell of."""
        return known_cases(self.lines(probe))

    def forget(self, probe: Probe) -> None:
        """Remove them, as they are counted."""
        self.path(probe).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what nobody went on with for long: mostly of programs that are others now."""
        for path in self._folder.glob("*.jsonl*"):
            with contextlib.suppress(OSError):
                if time.time() - path.lstat().st_mtime > KEPT_FOR:
                    path.unlink()
