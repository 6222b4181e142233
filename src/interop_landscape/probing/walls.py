"""What this system lets us close off from a probe, found out by trying."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ENCLOSE: Final = Path(__file__).with_name("enclose.py")
"""The program that runs another one closed off."""

_TRIAL_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Walls:
    """What can be closed: the `network`, and with it other processes; and the `files` of the user."""

    network: bool
    files: bool

    @property
    def missing(self) -> str:
        """What a probe can reach here that it should not, in words; empty where all is closed."""
        if not self.network:
            return "it has your network, can read your files and what other processes know, and write where you can"
        return "" if self.files else "it can read your files, and write where you can"


@cache
def walls() -> Walls:
    """The walls that this system allows."""
    files = _allows(files=True)
    return Walls(network=files or _allows(files=False), files=files)


def enclosing(orders: dict[str, Any]) -> list[str]:
    """The command that follows `orders` (see ``enclose.py``)."""
    return [sys.executable, "-I", "-S", str(ENCLOSE), json.dumps(orders)]


def _allows(*, files: bool) -> bool:
    if sys.platform != "linux":
        return False
    # Its folder is only covered, and never in this process's sight.
    folder = str(ENCLOSE.parent)
    orders = {"command": [], "folder": folder, "closed": True, "files": files, "shows": [], "mebibytes": 16}
    try:
        done = subprocess.run(enclosing(orders), capture_output=True, timeout=_TRIAL_SECONDS)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
