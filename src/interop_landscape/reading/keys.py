"""How the keys of a model are declared.

A model (`reading.models`) is a frozen dataclass whose fields are declared with `key`. That declaration is the
only place where the shape of the data is written: reading checks against it, and the JSON Schema and the
documentation are made from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from interop_landscape.reading.values import Value

_NO_PLACES: Final[Mapping[str, tuple[int, int]]] = MappingProxyType({})


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """One key of a model as it is written in a file."""

    name: str
    attribute: str
    kind: Value
    doc: str
    required: bool


def key(kind: Value, doc: str, default: Any = dataclasses.MISSING, *, name: str = "") -> Any:
    """Declare a field of a model: how its value is read, and what it means. No default makes it required."""
    metadata = {"kind": kind, "doc": doc, "name": name}
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    if isinstance(default, Mapping):
        return dataclasses.field(default_factory=lambda: default, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def given() -> Any:
    """Declare a field of a model that reading fills in itself, not a key of the file."""
    return dataclasses.field()


@cache
def keys_of(model: Any) -> Mapping[str, Key]:
    """The keys of a model by name, in the order in which they are declared (the canonical order)."""
    keys = {}
    for field in dataclasses.fields(model):
        if "kind" in field.metadata:
            name = field.metadata["name"] or field.name.replace("_", "-")
            required = field.default is field.default_factory is dataclasses.MISSING
            keys[name] = Key(name, field.name, field.metadata["kind"], field.metadata["doc"], required)
    return MappingProxyType(keys)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WithPlaces:
    """A model that knows where its keys are in the file, and the items of its lists: (line, column), from 1."""

    places: Mapping[str, tuple[int, int]] = dataclasses.field(default_factory=lambda: _NO_PLACES, compare=False)

    def place(self, name: str, item: str | None = None) -> tuple[int, int]:
        """Where key `name` is, or an item of its list; (1, 1) where it is missing."""
        return self.places.get(f"{name}: {item}", self.places.get(name, (1, 1)))
