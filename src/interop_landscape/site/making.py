"""How the files of a site are made, and of what: one that would be made of the same again is left as it stands.

Beside a site, the user's cache folder says what each of its files was made of and which bytes came of it. A file is
left only where both are so still; what another program, a template, a day or a datum changes is made again.
"""

from __future__ import annotations

import dataclasses
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

Known = Mapping[str, tuple[str, str]]
"""By path below a site: the digests of what the file was made of, and of the file."""


@dataclass(frozen=True)
class Making:
    """What makes a file, and the entries whose own words it shows; `words` is None where it is made each time.

    It may show all else that `SiteData` has, but of other entries no more than its ``landscape`` says.
    """

    make: Callable[[], bytes]
    words: tuple[str, ...] | None = ()

    def __call__(self) -> bytes:
        """The bytes of the file."""
        return self.make()


def making(words: tuple[str, ...] | None, make: Callable[..., bytes], *given: Any) -> Making:
    """A function with what it is given, as what makes a file that shows the words of these entries."""
    return Making(partial(make, *given), words)


def files(makings: Iterable[tuple[str, Making]]) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of files that are made now."""
    return ((path, one()) for path, one in makings)


@dataclass
class Site:
    """A new site that is being written, and the old one with what is known of it.

    ``grounds`` is the digest of all that every file may show, None where that is not looked at; ``words`` has those of
    what entries say of themselves.
    """

    old: Path
    new: Path
    grounds: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=dict)
    made_of: dict[str, tuple[str, str]] = field(default_factory=dict)

    def put(self, name: str, one: Making) -> None:
        """Write a file, or let the old one stand."""
        made_of = self._made_of(one)
        held, known = _held(self.old / name), self.known.get(name)
        if held is not None and known and known[0] == made_of and known[1] == sha256(held).hexdigest():
            content = held
        else:
            content = one()
            known = made_of, sha256(content).hexdigest()
        if made_of:
            self.made_of[name] = known
        self._write(name, content, stands=held == content)

    def _made_of(self, one: Making) -> str:
        """The digest of what a file is made of; empty where it is made each time."""
        if self.grounds is None or one.words is None:
            return ""
        return digest_of([self.grounds, [self.words[entry] for entry in one.words]])

    def copy(self, name: str, source: Path) -> None:
        """Write a file that is there already."""
        content = source.read_bytes()
        self._write(name, content, stands=_held(self.old / name) == content)

    def _write(self, name: str, content: bytes, *, stands: bool) -> None:
        """Write a file of the new site; one that is the same in the old site is that file itself, with its time."""
        path = self.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if stands:
            with suppress(OSError):  # a disk without such links, or too many of them
                os.link(self.old / name, path, follow_symlinks=False)
                return
        path.write_bytes(content)


def _held(path: Path) -> bytes | None:
    """What a file, and no link, holds."""
    try:
        return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else None
    except OSError:
        return None


def digest_of(value: Any) -> str:
    """The digest of a value: of its type nothing, of its parts all. Raises TypeError where it cannot be told."""
    return sha256(json.dumps(value, default=_told, ensure_ascii=False).encode()).hexdigest()


def digest_of_files(folder: Path) -> str:
    """The digest of all files below a folder, with their names."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest_of([[path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest()] for path in paths])


def _told(value: Any) -> Any:
    """A value that JSON does not know, as one that it does."""
    if dataclasses.is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"no digest of {type(value).__name__}")
