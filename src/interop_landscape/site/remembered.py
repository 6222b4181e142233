"""What was worked out of states of the history that cannot change, kept in the user's cache folder.

A file there is believed only where it names all that went into its content (the program's own sources and the versions
of what it counts with among them), where its digest is right, and where it belongs to the user. Everything else is as
if it were not there. Files are replaced as one step, and those not used for longest go where there are too many.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Final

from interop_landscape.errors import BadRequest
from interop_landscape.site.making import Known, Made
from interop_landscape.writing.files import replace, user_cache

Files = Mapping[str, bytes]

MOST_BYTES: Final = 64_000_000
_MOST_IN_ONE: Final = 16_000_000
_OURS: Final = frozenset({".json", ".files"})
_COUNTED_WITH: Final = ("numpy", "networkx", "PyYAML")


class Remembered:
    """Answers by what they were worked out from; without a folder nothing is remembered."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    @classmethod
    def of_user(cls) -> Remembered:
        """In the folder where programs of this user keep what can be made again."""
        with suppress(RuntimeError):  # nobody knows the user's home
            return cls(user_cache() / "site")
        return cls()

    def ask(self, made_from: tuple[str, ...], make: Callable[[], Any]) -> Any:
        """What `make` gives, as JSON holds it: from the folder where it was made from the same before."""
        if self.folder is None:
            return _plain(make())
        key = [self.program, *made_from]
        path = self.folder / f"{_digest(key)}.json"
        found = _read(path, key)
        if found is None:
            found = _plain(make())
            self._write(path, key, found)
        return found

    def _write(self, path: Path, key: list[str], value: Any) -> None:
        self._put(path, json.dumps({"key": key, "digest": _digest(value), "value": value}, ensure_ascii=False).encode())

    def ask_files(self, made_from: tuple[str, ...], make: Callable[[], Files]) -> Files:
        """As `ask`, of the files that `make` gives by their paths."""
        if self.folder is None:
            return make()
        key = [self.program, *made_from]
        path = self.folder / f"{_digest(key)}.files"
        found = _read_files(path, key)
        if found is None:
            found = make()
            head = json.dumps({"key": key, "files": [[name, len(data)] for name, data in found.items()]}).encode()
            body = b"\n".join((head, b"".join(found.values())))
            self._put(path, sha256(body).hexdigest().encode() + b"\n" + body)
        return found

    def _put(self, path: Path, content: bytes) -> None:
        if len(content) > _MOST_IN_ONE:
            return
        with suppress(OSError, BadRequest):  # a folder that cannot be written to remembers nothing
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace(path, content, path.parent)

    def site(self, output: Path) -> Known:
        """What is known of the files of a site; nothing where nobody knows."""
        if self.folder is None:
            return {}
        path, key = self._of_site(output)
        return {name: Made(of, digest, tuple(words)) for name, (of, digest, words) in (_read(path, key) or {}).items()}

    def keep_site(self, output: Path, made: Known) -> None:
        """Write down what the files of a site were made of."""
        if self.folder is not None:
            self._write(*self._of_site(output), made)

    def _of_site(self, output: Path) -> tuple[Path, list[str]]:
        assert self.folder is not None
        key = [self.program, "site", str(output.resolve())]
        return self.folder / f"{_digest(key)}.json", key

    def tidy(self) -> None:
        """Remove what was not used for longest where there is too much."""
        if self.folder is None:
            return
        with suppress(OSError):
            ours = [path for path in self.folder.iterdir() if path.suffix in _OURS]
            files = sorted(((path, path.stat()) for path in ours), key=lambda one: -one[1].st_mtime)
            kept = 0
            for path, facts in files:
                kept += facts.st_size
                if kept > MOST_BYTES:
                    path.unlink()

    @cached_property
    def program(self) -> str:
        """A digest of the program, and of what it counts with."""
        return _digest([sys.version, *(f"{name} {version(name)}" for name in _COUNTED_WITH), _sources()])


@cache
def _sources() -> str:
    """A digest of the program's own files."""
    package = Path(__file__).resolve().parent.parent
    whole = sha256()
    for path in sorted(package.rglob("*.py")):
        whole.update(f"{path.relative_to(package)}\0{sha256(path.read_bytes()).hexdigest()}\0".encode())
    return whole.hexdigest()


def _read(path: Path, key: list[str]) -> Any:
    """What a file holds; None where it cannot be believed."""
    try:
        with path.open("rb") as file:
            held = json.loads(_of_user(file))
        if held["key"] != key or held["digest"] != _digest(held["value"]):
            return None
        os.utime(path)
        return held["value"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _read_files(path: Path, key: list[str]) -> Files | None:
    """The files that one holds; None where it cannot be believed."""
    try:
        with path.open("rb") as file:
            digest, _, body = _of_user(file).partition(b"\n")
        if sha256(body).hexdigest().encode() != digest:
            return None
        head, _, data = body.partition(b"\n")
        held = json.loads(head)
        if held["key"] != key:
            return None
        found, place = {}, 0
        for name, size in held["files"]:
            found[name] = data[place : place + size]
            place += size
        os.utime(path)
        return found
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _of_user(file: BinaryIO) -> bytes:
    """What a file of the user's own holds, nothing where it is another's or too large."""
    foreign = hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid()
    data = b"" if foreign else file.read(_MOST_IN_ONE + 1)
    return b"" if len(data) > _MOST_IN_ONE else data


def _plain(value: Any) -> Any:
    """A value as it is when it comes from a file, so that nothing depends on whether it does."""
    return json.loads(json.dumps(value))


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
