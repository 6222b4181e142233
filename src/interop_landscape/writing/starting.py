"""A new landscape to begin with: the files of `starter`, a small map of another field that works at once."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from interop_landscape import loading
from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape
from interop_landscape.reading import bounds
from interop_landscape.reading.models import Vocabulary
from interop_landscape.reading.source import MANIFEST
from interop_landscape.writing.files import guard_output, naming, sweep, unfinished
from interop_landscape.writing.pinning import pinned

LANDSCAPE: Final = "landscape"
"""The folder of the landscape itself in what `begin` makes."""

_HIDDEN: Final = ("github", "gitattributes", "gitignore", "pre-commit-config.yaml")
"""What is stored without its leading dot: where it is stored, it is not to be obeyed."""


def begin(folder: Path, title: str | None = None) -> Landscape:
    """Make a new landscape, called `title` where that is given, in `folder`, and return it.

    It is made in a temporary folder beside it and put in place at the end, so that a failure leaves nothing.
    Raises BadRequest where `folder` is there and holds more than the `.git` of an empty repository, or where the
    title is no text; OSError where nothing can be written there.
    """
    from interop_landscape.writing.json_schema import write_schema_files

    if title is not None and (not title.isprintable() or not title.strip()):
        raise BadRequest(f"{title!r} is no title; write some text on one line")
    if title is not None and len(title) > bounds.SUMMARY:
        raise BadRequest(f"the title has {len(title):,} characters; write it in {bounds.SUMMARY} at most")
    guard_output(folder)
    folder = Path(os.path.realpath(folder))
    _refuse_what_is_there(folder)
    beside = next(above for above in folder.parents if above.exists())
    sweep(beside)
    prefix, suffix = unfinished(folder)
    with tempfile.TemporaryDirectory(suffix, prefix, beside) as temporary:
        made = Path(temporary, folder.name)
        for path, data in starter_files():
            target = made / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with naming(folder / path):
                target.write_bytes(data if title is None else _titled(path, data, title.strip()))
        # What came with the program is right, whatever a clock says that is slow or stopped.
        landscape = loading.load(made / LANDSCAPE, today=date.max)
        write_schema_files(landscape, made / LANDSCAPE)
        _put_in_place(made, folder)
    return landscape


def starter_files() -> Iterator[tuple[str, bytes]]:
    """Every file that a new landscape begins with: its path below the new folder, and its bytes."""
    for item in (files("interop_landscape") / "starter").iterdir():
        for path, data in _below(item, f".{item.name}" if item.name in _HIDDEN else item.name):
            yield path, pinned(data) if path.startswith(".github/workflows/") else data


def _below(item: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if item.is_file():
        yield path, item.read_bytes()
        return
    for child in item.iterdir():
        yield from _below(child, f"{path}/{child.name}")


def _titled(path: str, data: bytes, title: str) -> bytes:
    """A file of the starter with another title, where it has one."""
    from interop_landscape.writing.canonical import written

    lines = {
        f"{LANDSCAPE}/{MANIFEST}": (rb"^title: .*$", written({"title": title}, Vocabulary).rstrip()),
        "README.md": (rb"^# .*$", f"# {title}"),
    }
    if path not in lines:
        return data
    old, new = lines[path]
    return re.sub(old, lambda _: new.encode(), data, count=1, flags=re.MULTILINE)


def _refuse_what_is_there(folder: Path) -> None:
    for above in (folder, *folder.parents):
        if above.exists() and not above.is_dir():
            raise BadRequest(f"{above} is a file; name a folder that is empty or not there yet")
        if (above / MANIFEST).is_file():
            raise BadRequest(f"{folder} is in {above}, which is a landscape itself; name a folder outside of it")
    there = sorted({item.name for item in folder.iterdir()} - {".git"}) if folder.exists() else []
    if there:
        more = f" and {len(there) - 3} more" if len(there) > 3 else ""
        raise BadRequest(f"{folder} holds {', '.join(there[:3])}{more}; name a folder that is empty or not there yet")


def _put_in_place(made: Path, folder: Path) -> None:
    """Move what was made to where it belongs.

    A folder that is there is filled and not replaced: it may be somebody's working folder.
    """
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.rename(folder)
        return
    moved: list[Path] = []
    try:
        for item in made.iterdir():
            moved.append(folder / item.name)
            item.rename(moved[-1])
    except BaseException:
        for path in moved:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        raise
