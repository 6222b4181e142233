"""How the files of a site are made, and of what: one that would be made of the same again is left as it stands.

Beside a site, the user's cache folder says of each file what it was made of, whose words it shows, and which bytes
came of it. A file is left only where all of that is so still; what another program, a template, a day or a datum
changes is made again.
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
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol


class Made(NamedTuple):
    """The digest of all that a file was made of, that of the file, and the names of those whose words it shows."""

    of: str
    digest: str
    words: tuple[str, ...]


Known = Mapping[str, Made]
"""What is known of the files of a site, by their paths."""

Making = Callable[[], bytes]
"""What makes a file: it may show all that `SiteData` has, and words that it asks for."""


class Telling(Protocol):
    """The words of entries and statements: the digests of all, and the names of those that were asked for."""

    asked: set[str]

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests by name."""


def files(makings: Iterable[tuple[str, Making]]) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of files that are made now."""
    return ((path, make()) for path, make in makings)


@dataclass
class Site:
    """A new site that is being written, and the old one with what is known of it.

    ``grounds`` is the digest of all that every file may show, None where that is not looked at; ``words`` are what
    entries and statements say besides.
    """

    old: Path
    new: Path
    words: Telling
    grounds: str | None = None
    known: Known = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)

    def put(self, name: str, make: Making) -> None:
        """Write a file, or let the old one stand."""
        held, known = _held(self.old / name), self.known.get(name)
        content = held
        if content is None or known is None or not self._stands(known, content):
            content, known = self._made(make)
        self.made[name] = known
        self._write(name, content, stands=held == content)

    def read(self, name: str) -> bytes:
        """A file that was put already; who reads it shows the words that it shows."""
        self.words.asked.update(self.made[name].words)
        return (self.new / name).read_bytes()

    def _stands(self, known: Made, held: bytes) -> bool:
        """Whether a file is as it was made, and would be made of the same again."""
        return self._of(known.words) == known.of and sha256(held).hexdigest() == known.digest

    def _made(self, make: Making) -> tuple[bytes, Made]:
        self.words.asked.clear()
        content = make()
        words = tuple(sorted(self.words.asked))
        return content, Made(self._of(words), sha256(content).hexdigest(), words)

    def _of(self, words: tuple[str, ...]) -> str:
        """The digest of what a file is made of that shows these words; empty where that is not looked at."""
        if self.grounds is None:
            return ""
        digests = (self.words.digests.get(name, "") for name in words)
        return sha256("\n".join((self.grounds, *digests)).encode()).hexdigest()

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
