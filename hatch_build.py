"""What wheel and source distribution hold: what git tracks, and in the file `commit` the commit they were built from.

Whatever else lies in the folders stays out. In a source distribution, or what GitHub packs of a commit, there is no
repository to ask: a wheel is then made of all that is there, and knows its commit where the source distribution does.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

IN_WHEEL: Final = {
    "src/interop_landscape/": "interop_landscape/",
    "site_templates/": "interop_landscape/site_templates/",
}
"""Which folders go into the wheel, and what they are there."""

NOT_IN_SOURCE: Final = (".ci/", ".github/")
COMMIT: Final = "src/interop_landscape/commit"


class Tracked(BuildHookInterface[BuilderConfig]):
    """Names every file one by one; pyproject.toml shuts out all that is not named."""

    _temporary: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to what is built. Raises RuntimeError where git is needed and does not answer."""
        if version == "editable":
            return
        root = Path(self.root)
        place = _in_wheel if self.target_name == "wheel" else _in_source
        sources = {path: root / path for path in _files(root, self.target_name)}
        if (root / ".git").exists():
            self._temporary = tempfile.TemporaryDirectory()
            sources[COMMIT] = Path(self._temporary.name, "commit")
            sources[COMMIT].write_text(_git(root, "rev-parse", "HEAD"), encoding="utf-8")
        places = {str(source): place(path) for path, source in sorted(sources.items())}
        build_data["force_include"] |= {source: target for source, target in places.items() if target}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the file with the commit."""
        if self._temporary:
            self._temporary.cleanup()


def _files(root: Path, target: str) -> list[str]:
    """The paths to choose from, as seen from the project's folder."""
    if (root / ".git").exists():
        return [path for path in _git(root, "ls-files", "-z").split("\0") if path]
    if target != "wheel":
        raise RuntimeError("a source distribution is made in a git checkout, of what git tracks")
    found = (path for folder in IN_WHEEL for path in (root / folder).rglob("*") if path.is_file())
    return [path.relative_to(root).as_posix() for path in found if "__pycache__" not in path.parts]


def _in_wheel(path: str) -> str | None:
    folder = next((folder for folder in IN_WHEEL if path.startswith(folder)), None)
    return IN_WHEEL[folder] + path.removeprefix(folder) if folder else None


def _in_source(path: str) -> str | None:
    return None if path.startswith(NOT_IN_SOURCE) else path


def _git(root: Path, *arguments: str) -> str:
    """What git says. A hook of git points to a repository by variables; that of the project's folder counts."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", *arguments]
    try:
        done = subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", b"").decode(errors="replace").strip() or error
        raise RuntimeError(f"git says which files are built, and it cannot be asked: {said}") from None
    return os.fsdecode(done.stdout)
