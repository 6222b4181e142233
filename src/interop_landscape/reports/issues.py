"""Texts of issues: Markdown with title and labels in front, as GitHub's and GitLab's tools for issues take it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from interop_landscape.errors import BadRequest
from interop_landscape.text import visible_line
from interop_landscape.writing.files import guard_output, replace


def issue(title: str, labels: Iterable[str], body: Iterable[str]) -> str:
    """The text of an issue; JSON's way to write texts is YAML's too."""
    quoted = json.dumps(visible_line(title), ensure_ascii=False)
    listed = json.dumps(list(dict.fromkeys(labels)), ensure_ascii=False)
    return "\n".join(["---", f"title: {quoted}", f"labels: {listed}", "---", "", *body]) + "\n"


def write_issues(texts: Mapping[str, str], folder: Path, *, force: bool) -> None:
    """Put texts into a folder, by the names of their files.

    Raises BadRequest, before anything is written, where a file is there that says something else, unless `force`d.
    """
    guard_output(folder)
    if folder.exists() and not folder.is_dir():
        raise BadRequest(f"{folder} is a file; name a folder")
    changed = [name for name, text in texts.items() if _differs(folder / name, text)]
    if changed and not force:
        others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise BadRequest(f"{folder / changed[0]}{others} would be written over; name another folder, or add --force")
    for name, text in texts.items():
        replace(folder / name, text.encode(), folder)


def _differs(path: Path, text: str) -> bool:
    return path.is_symlink() or (path.exists() and (not path.is_file() or path.read_bytes() != text.encode()))
