"""Real git repositories in temporary folders, with the fixture landscape in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.landscapes import FIXTURE


def git(folder: Path, *arguments: str, when: str = "2026-11-01T12:00:00Z") -> str:
    """Run git in a folder with a fixed identity and date; returns what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_DATE": when,
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Repository:
    """A repository on branch `main` whose first commit holds the fixture under ``landscape/``."""

    def __init__(self, folder: Path, *, below: str = "landscape") -> None:
        self.folder = folder
        self.landscape = folder / below
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(FIXTURE, self.landscape, dirs_exist_ok=True)
        git(folder, "init", "-q", "-b", "main")
        self.commit({}, when="2026-10-01T12:00:00Z")

    def write(self, files: dict[str, str | None]) -> None:
        """Write files of the landscape; None deletes one."""
        for name, text in files.items():
            path = self.landscape / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)

    def commit(self, files: dict[str, str | None], *, when: str) -> str:
        """Write files, commit everything, and return the commit."""
        self.write(files)
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "--allow-empty", "-m", "change", when=when)
        return git(self.folder, "rev-parse", "HEAD")

    def edited(self, name: str, old: str, new: str) -> dict[str, str | None]:
        """A file of the landscape as it stands, with one text replaced."""
        text = (self.landscape / name).read_text()
        assert old in text
        return {name: text.replace(old, new, 1)}
