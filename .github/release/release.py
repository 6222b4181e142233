"""What a release on GitHub holds besides wheel and source distribution: the data package, and the changelog's section.

Usage: ``release.py TAG FOLDER``, in the repository, with `landscape` on the path or in LANDSCAPE. Writes into FOLDER
``interop-landscape-data-VERSION.zip``, and next to FOLDER ``FOLDER-notes.md``, the text of the release.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = Path("src/interop_landscape/__init__.py")
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The oldest date that a zip archive can say: the same commit gives the same bytes."""


class Refused(Exception):  # noqa: N818 - it is what happened
    """The release cannot be made; the message says what to do."""


def version_of(tag: str, package: str) -> str:
    """The version, where a tag and the package agree on it."""
    found = re.search(r'^__version__ = "([^"]+)"$', package, re.MULTILINE)
    if found is None:
        raise Refused(f"{PACKAGE} says no version")
    if tag != f"v{found[1]}":
        raise Refused(f"the tag is {tag} and the version {found[1]}; name the tag v{found[1]}, or correct {PACKAGE}")
    return found[1]


def section(changelog: str, version: str) -> str:
    """What a changelog says below the heading of a version."""
    heading = rf"^## \[?{re.escape(version)}\]?(?=\s|$)[^\n]*\n"
    found = re.search(heading + r"(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise Refused(f"CHANGELOG.md has no section `## {version}` with something in it; write one")
    return f"{found[1].strip()}\n"


def write_data_package(target: Path, files: dict[str, bytes]) -> None:
    """An archive with the files in one folder that is named like it; equal files give equal bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            item = zipfile.ZipInfo(f"{target.stem}/{name}", NO_TIME)
            item.external_attr = 0o644 << 16
            archive.writestr(item, files[name], zipfile.ZIP_DEFLATED)


def committed_files(folder: str) -> dict[str, bytes]:
    """The files below a folder as they were committed: what lies beside them untracked or edited is not released."""
    names = git("ls-tree", "-rz", "--name-only", "HEAD", folder).decode().split("\0")
    return {name: git("show", f"HEAD:{name}") for name in names if name}


def git(*arguments: str) -> bytes:
    """What git answers."""
    return subprocess.run(["git", *arguments], capture_output=True, check=True).stdout  # noqa: S603, S607


def graph() -> bytes:
    """The landscape as one graph in JSON, as `landscape export node-link` writes it."""
    command = [os.environ.get("LANDSCAPE", "landscape"), "export", "node-link"]
    return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603


def main(tag: str, folder: Path) -> None:
    """Write the data package and the text of the release."""
    version = version_of(tag, PACKAGE.read_text(encoding="utf-8"))
    notes = section(Path("CHANGELOG.md").read_text(encoding="utf-8"), version)
    files = committed_files("landscape")
    if "landscape/LICENSE" not in files:
        raise Refused("landscape/LICENSE is not committed; the data cannot be passed on without it")
    folder.mkdir(parents=True, exist_ok=True)
    write_data_package(folder / f"interop-landscape-data-{version}.zip", {**files, "landscape.json": graph()})
    folder.with_name(f"{folder.name}-notes.md").write_text(notes, encoding="utf-8")


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]))
    except Refused as refused:
        sys.exit(f"release: {refused}")
