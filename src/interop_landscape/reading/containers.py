"""Lists, maps and structs: values that hold other values."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import yaml

from interop_landscape.reading import bounds
from interop_landscape.reading.compose import ODD_SPACE
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.reader import INVALID, Reader
from interop_landscape.reading.values import Value, is_id
from interop_landscape.text import one_of

_NO_CODES: Final[Mapping[str, str]] = MappingProxyType({})


def too_many(node: yaml.CollectionNode, most: int, reader: Reader) -> bool:
    """Whether a list or mapping is larger than is read, which is noted then."""
    if len(node.value) <= most:
        return False
    what = "items" if isinstance(node, yaml.SequenceNode) else "keys"
    message = f"{len(node.value):,} {what}, of which at most {most:,} are read"
    reader.note(node, "too-many", message, "leave the most important ones")
    return True


class ListOf(Value):
    """A list of at most `most` values of one kind without doubles; with `single`, one needs no brackets."""

    def __init__(
        self, item: Value, *, single: bool = False, when_empty: str = "wrong-type", most: int = bounds.ITEMS
    ) -> None:
        self.item = item
        self.most = most
        self.single = single
        self.when_empty = when_empty
        self.says = f"a list, each item {item.says}"
        keys = [key.name for key in keys_of(item.model).values() if key.required] if isinstance(item, Struct) else []
        self.example = f"[{{{', '.join(f'{name}: …' for name in keys)}}}]" if keys else "[a, b]"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """A tuple of the values that could be read."""
        if node.__class__ is not yaml.SequenceNode:
            if self.single and node.__class__ is yaml.ScalarNode:
                value = self.item.read(node, reader)
                return INVALID if value is INVALID else (value,)
            bare = node.value if isinstance(node, yaml.ScalarNode) and is_id(node.value) else None
            hint = f"write `[{bare}]`" if bare else f"for example `{self.example}`"
            return reader.note(node, "wrong-type", f"expected {self.says}", hint, write=bare and f"[{bare}]")
        if too_many(node, self.most, reader):
            return INVALID
        values: dict[Any, None] = {}
        whole = True
        for child in node.value:
            value = self.item.read(child, reader)
            if value is INVALID:
                whole = False
            elif value in values:
                said = f"`{child.value}`" if isinstance(child, yaml.ScalarNode) else "the same"
                reader.note(child, "repeated-item", f"{said} is listed twice", "remove one", write="")
            else:
                values[value] = None
        if not whole:
            return INVALID
        if not values:
            return reader.note(node, self.when_empty, "the list is empty", reader.fill_in)
        return tuple(values)


class MapOf(Value):
    """A mapping from keys of one kind to values of one kind, at most `most` of them."""

    def __init__(self, key: Value, value: Value, *, empty: bool = False, most: int = bounds.ITEMS) -> None:
        self.most = most
        self.key = key
        self.value = value
        self.empty = empty
        self.says = "a mapping"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """A read-only mapping of the pairs that could be read, in their order."""
        if node.__class__ is not yaml.MappingNode:
            return reader.note(node, "wrong-type", f"expected {self.says} of keys to values")
        if too_many(node, self.most, reader):
            return INVALID
        values: dict[Any, Any] = {}
        whole = True
        for key_node, value_node in node.value:
            name = self.key.read(key_node, reader)
            if name is INVALID:
                whole = False
                continue
            if name in values:
                reader.note(key_node, "duplicate-key", f"duplicate key `{name}`", "merge the two or remove one")
                continue
            values[name] = self.value.read(value_node, reader)
            whole = whole and values[name] is not INVALID
        if not whole:
            return INVALID
        if not values and not self.empty:
            return reader.note(node, "wrong-type", "the mapping is empty", reader.fill_in)
        return MappingProxyType(values)


class Struct(Value):
    """A mapping with known keys, read into a model.

    The model may define ``places``: the (line, column) of each of its keys, counting from 1.
    """

    def __init__(self, model: Any) -> None:
        self.model = model
        required = [key.name for key in keys_of(model).values() if key.required]
        self.says = f"a mapping with {', '.join(required)}" if required else "a mapping"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """An instance of the model, or INVALID where any of its keys has a problem."""
        if node.__class__ is not yaml.MappingNode:
            return reader.note(node, "wrong-type", f"expected {self.says}")
        values = read_keys(self.model, node, reader)
        return INVALID if values is None else self.model(**values)


@cache
def _plan(
    model: Any,
) -> tuple[dict[str, tuple[str, Callable[..., Any]]], tuple[tuple[str, str], ...], bool]:
    keys = keys_of(model)
    readers = {name: (entry.attribute, entry.kind.read) for name, entry in keys.items()}
    required = tuple((name, entry.attribute) for name, entry in keys.items() if entry.required)
    return readers, required, any(field.name == "places" for field in dataclasses.fields(model))


def read_keys(model: Any, node: yaml.MappingNode, reader: Reader) -> dict[str, Any] | None:
    """The values of the keys of `model` in `node` by attribute, or None after noting what is wrong."""
    readers, required, wants_places = _plan(model)
    values: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}
    meant_keys: set[str | None] = set()
    before = reader.errors
    if too_many(node, bounds.ITEMS, reader):
        return None
    needed = {name for name, _ in required}
    there = {name.value for name, _ in node.value if name.__class__ is yaml.ScalarNode}
    for key_node, value_node in node.value:
        name: str | None = key_node.value if key_node.__class__ is yaml.ScalarNode else None
        found = readers.get(name) if name is not None else None
        if name is None or found is None:
            shown = f"key `{name}`" if name is not None else "key that is not text"
            hint, certain = _meant_key(name, readers, model.__name__, reader)
            meant_keys.add(certain)
            write = None if certain in there else certain
            reader.note(key_node, "unknown-key", f"unknown {shown}{_odd_space(name or '')}", hint, write=write)
            if write in readers:
                readers[write][1](value_node, reader)  # what is wrong below it is told at once, too
            continue
        attribute, read = found
        if attribute in values:
            reader.note(key_node, "duplicate-key", f"duplicate key `{name}`", "remove one of the two")
            continue
        reader.required = name in needed
        values[attribute] = read(value_node, reader)
        if wants_places:
            places[name] = _place(key_node)
            items = value_node.value if value_node.__class__ is yaml.SequenceNode else ()
            places |= {f"{name}: {one.value}": _place(one) for one in items if one.__class__ is yaml.ScalarNode}
    for name, attribute in required:
        if attribute not in values:
            if name in meant_keys:
                continue  # it is there, misspelt, which is told already
            kind = keys_of(model)[name].kind
            code = getattr(model, "missing_codes", _NO_CODES).get(name, "missing-key")
            hint = f"add `{name}: {kind.example}`" if isinstance(kind, ListOf) else f"add `{name}:` with {kind.says}"
            reader.note(node, code, f"the key `{name}` is missing", hint)
    if reader.errors > before:
        return None
    if wants_places:
        values["places"] = MappingProxyType(places)
    return values


def _odd_space(name: str) -> str:
    odd = ODD_SPACE.search(name)
    return f", which has a space that is none to YAML (U+{ord(odd[0]):04X})" if odd else ""


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _meant_key(name: str | None, known: Mapping[str, Any], what: str, reader: Reader) -> tuple[str, str | None]:
    """(the hint at an unknown key, the key that it stands for where that is certain)."""
    if name is None:
        return "", None
    hint = reader.suggestions.did_you_mean(name, known, what, otherwise=one_of(known, most=20))
    return hint, reader.suggestions.meant(name, known, what)
