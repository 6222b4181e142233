"""Which programs of the system a run finds by name: all but those that install something.

A wheel was seen to install packages when it was imported. What is not found cannot be started by mistake; what means
harm is held by the walls.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Final

_INSTALLERS: Final = re.compile(
    r"pip[\d.x]*|pipenv|poetry|pdm|hatch|uvx?|easy_install[\d.-]*|(?:micro)?(?:conda|mamba)|pixi|npm|npx|yarn|pnpm"
    r"|apt(?:-get|itude)?|dpkg|dnf|yum|rpm|zypper|pacman|apk|brew|snap|flatpak|cargo|gem"
)


@cache
def programs() -> dict[str, str]:
    """The programs on the user's PATH by name, the first of each, without those that install."""
    found: dict[str, str] = {}
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if os.path.isabs(folder):
            for name, path in _executables(folder):
                if not _INSTALLERS.fullmatch(name):
                    found.setdefault(name, path)
    return found


def _executables(folder: str) -> list[tuple[str, str]]:
    try:
        with os.scandir(folder) as listed:
            return sorted((one.name, one.path) for one in listed if one.is_file() and os.access(one.path, os.X_OK))
    except OSError:
        return []
