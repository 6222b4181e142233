"""What the last import found in its source, kept beside the landscape.

Without it nobody could tell whether the source has changed or somebody has edited an entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from interop_landscape.documents.declare import keys_told
from interop_landscape.documents.importing import ImportedEntryDocument, ImportStateDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.errors import BadRequest
from interop_landscape.exchange.landscape2.merging import Value
from interop_landscape.reading.bounds import read_at_most
from interop_landscape.reading.models import Entry
from interop_landscape.reading.values import ID_PATTERN
from interop_landscape.writing.files import guard, replace
from interop_landscape.writing.line_ends import unix

FOLDER: Final = ".import"
_is_id = re.compile(ID_PATTERN).fullmatch
_MOST_BYTES: Final = 256 * 1024 * 1024
_SCHEMA: Final = ImportStateDocument.SHAPE
_KEYS: Final = keys_told(ImportedEntryDocument, Entry)


@dataclass(frozen=True, slots=True)
class Last:
    """What the source said of one entry: where it listed it, by names, and its values."""

    place: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class State:
    """What the source said of each entry, by id."""

    entries: Mapping[str, Last] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, source: str) -> State:
        """The state of `source` in the landscape's `folder`, empty where it was never imported.

        Raises BadRequest where the file is not one that an import wrote; OSError where it cannot be read.
        """
        path = _path(folder, source)
        if not path.exists():
            return cls()
        try:
            document = json.loads(read_at_most(path, _MOST_BYTES))
            if document["schema"] != _SCHEMA or not all(map(_is_id, document["entries"])):
                raise ValueError
            return cls({name: _last(value) for name, value in document["entries"].items()})
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadRequest(
                f"{path} is not what an import wrote; take the version that was committed, or remove it, and all that "
                "differs from the source is kept"
            ) from None

    def write(self, folder: Path, source: str) -> None:
        """Write it where `read` finds it, one line an entry. Raises OSError where it cannot be written."""
        text = _text(json_of(ImportStateDocument, self))
        path = _path(folder, source)
        if not path.exists() or unix(read_at_most(path, _MOST_BYTES)) != text.encode():
            replace(path, text.encode(), folder)


def _text(document: Mapping[str, Any]) -> str:
    """The text of a state's file: one line an entry, so that a new import changes few lines."""
    entries = ",\n".join(f'"{name}": {_line(one)}' for name, one in sorted(document["entries"].items()))
    held = [
        f'"{key}": ' + (f"{{\n{entries}\n}}" if key == "entries" else _line(value)) for key, value in document.items()
    ]
    return f"{{{', '.join(held)}}}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _path(folder: Path, source: str) -> Path:
    path = folder / FOLDER / f"landscape2-{source}.json"
    guard(path, folder)
    return path


def _last(document: dict[str, Any]) -> Last:
    place = document.pop("place")
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in document.items()}
    texts = [place, *(text for value in values.values() for text in (value if isinstance(value, tuple) else (value,)))]
    if not values.keys() <= _KEYS or not all(isinstance(text, str) for text in texts):
        raise ValueError
    return Last(place, values)
