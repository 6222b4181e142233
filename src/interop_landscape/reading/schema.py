"""How a value in a file is described, checked and read.

A model (`reading.models`) is a frozen dataclass whose fields are declared with `key`. That declaration is the
only place where the shape of the data is written: reading checks against it, and the JSON Schema and the
documentation are made from it.

Reading a value returns it, or `INVALID` after a problem was noted; it never raises.
"""

from __future__ import annotations

import dataclasses
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from interop_landscape.problems import Mend, Problem, Severity
from interop_landscape.reading.patterns import Pattern, PatternError, parse_pattern
from interop_landscape.words import did_you_mean, meant, one_of, slug

INVALID: Final[Any] = object()
ID_PATTERN: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_is_id = re.compile(ID_PATTERN).fullmatch
_EMPTY: Final[Mapping[str, Any]] = MappingProxyType({})


def this_day() -> date:
    """Today in universal time.

    SOURCE_DATE_EPOCH, seconds since 1970, stands in for the clock where results must not depend on it
    (reproducible-builds.org).
    """
    return _now().date()


def latest_day() -> date:
    """The day that has already begun somewhere on Earth, so that no contributor lives in the future."""
    return _now().date() if _epoch() else (_now() + timedelta(hours=14)).date()


def _epoch() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return epoch if epoch.isdecimal() else ""


def _now() -> datetime:
    epoch = _epoch()
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


@dataclasses.dataclass(slots=True)
class Reader:
    """What reading one file needs to know, and the problems it found there."""

    path: str
    vocabulary: Mapping[str, frozenset[str] | Mapping[str, Any]]
    today: date
    entry_id: str = ""
    collected: list[Any] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)

    def note(
        self,
        node: yaml.Node,
        code: str,
        message: str,
        hint: str = "",
        *,
        offset: int = 0,
        severity: Severity = "error",
        write: str | None = None,
    ) -> Any:
        """Record a problem at `node`; returns INVALID so that callers can return it.

        `write` is what the scalar should read instead, where that is certain; empty takes an item out of its list.
        """
        line, column = node.start_mark.line + 1, node.start_mark.column + 1 + offset
        mend = None if write is None or not isinstance(node, yaml.ScalarNode) else Mend(node.value, write)
        self.problems.append(Problem(self.path, line, column, code, message, hint, severity, mend=mend))
        return INVALID


class Value:
    """How one sort of value is read. ``says`` names it in messages and in the documentation."""

    says: str = "a value"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The value of `node`, or INVALID after noting why there is none."""
        raise NotImplementedError

    def _scalar(self, node: yaml.Node, reader: Reader) -> Any:
        """The text of a scalar that is there, or INVALID."""
        if node.__class__ is not yaml.ScalarNode:
            found = "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"
            return reader.note(node, "wrong-type", f"expected {self.says}, found {found}")
        value = node.value
        if not node.style and value in ("", "~", "null", "Null", "NULL"):
            return reader.note(
                node, "wrong-type", f"expected {self.says}, found nothing", "fill it in or remove the key"
            )
        return value


class Text(Value):
    """A piece of text, not empty, without control characters."""

    says = "text"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The text as written; quotes and folds of YAML are gone."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if not value.isprintable():
            for character in value:
                if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\n\u200d":
                    name = f"U+{ord(character):04X}"
                    return reader.note(
                        node, "bad-text", f"the text holds the control character {name}", "write it without"
                    )
        if not value or value.isspace():
            return reader.note(
                node, "wrong-type", f"expected {self.says}, found nothing", "fill it in or remove the key"
            )
        return value


class Slug(Value):
    """An id: lower-case letters, digits and single hyphens."""

    says = "an id (lower-case letters, digits, hyphens)"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The id as text."""
        value = self._scalar(node, reader)
        if value is INVALID or _is_id(value):
            return value
        mend = slug(value) or None
        hint = f"write `{mend}`" if mend else "choose an id"
        return reader.note(node, "bad-id", f"`{value}` is not {self.says}", hint, write=mend)


class Url(Value):
    """An http or https address without credentials."""

    says = "an http or https address"
    _good = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,5})?(?:[/?#][!-~]*)?")
    _unsafe = re.compile(r"[\s<>\"\\^`{|}]")

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The address as text."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if self._good.fullmatch(value) and not self._unsafe.search(value):
            return value
        try:
            parts = urlsplit(value)
            host, credentials = parts.hostname, parts.username is not None or parts.password is not None
        except ValueError:
            return reader.note(node, "bad-url", f"`{value}` is not an address", "write https://host/path")
        if parts.scheme.lower() not in ("http", "https"):
            whole = f"https://{value}"
            bare = "." in value.partition("/")[0] and self._good.fullmatch(whole) is not None
            hint = f"write `{whole}`" if bare else "write https://host/path"
            return reader.note(node, "bad-url", f"`{value}` is not http or https", hint)
        if credentials:
            return reader.note(node, "bad-url", "the address holds a user name or password", "write it without")
        if not host or not any(character.isalnum() for character in host):
            return reader.note(node, "bad-url", f"`{value}` is not an address", "write https://host/path")
        if self._unsafe.search(value) or not value.isprintable():
            return reader.note(node, "bad-url", f"`{value}` is not an address", "encode spaces and quotes as %20, %22")
        return value


class Date(Value):
    """A calendar date, not in the future unless `future` allows it."""

    says = "a date (YYYY-MM-DD)"
    _form = re.compile(r"\d{4}-\d\d-\d\d")

    def __init__(self, *, future: bool = False) -> None:
        self.future = future

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The date."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        day = self._parse(value)
        if day is None:
            mend = self._otherwise_written(value)
            hint = f"write `{mend}`" if mend else f"write it like {reader.today}"
            return reader.note(node, "bad-date", f"`{value}` is not {self.says}", hint, write=mend)
        if day > reader.today and not self.future:
            return reader.note(node, "future-date", f"{value} is in the future", f"today is {reader.today}")
        return day

    @classmethod
    def _otherwise_written(cls, value: str) -> str | None:
        """The date where its form leaves no doubt: 2026/2/3, 2026-02-03T12:00, or with dots 3.2.2026."""
        match = re.fullmatch(r"(\d{4})[-/. ](\d\d?)[-/. ](\d\d?)(?:[T ].*)?", value)
        parts = match.groups() if match else ()
        if not parts and (match := re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", value)):
            parts = match.groups()[::-1]
        day = cls._parse("{}-{:0>2}-{:0>2}".format(*parts)) if parts else None
        return day.isoformat() if day else None

    @classmethod
    @cache
    def _parse(cls, value: str) -> date | None:
        if not cls._form.fullmatch(value):
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None


class Number(Value):
    """A finite number above zero."""

    says = "a number above 0"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The number, as a float."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value) and float(value) > 0:
            return float(value)
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", "write it like 1 or 0.5")


class Figure(Value):
    """A finite number, zero or above, as programs write it."""

    says = "a number, 0 or above"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The number, as a float."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if re.fullmatch(r"\d{1,330}(\.\d{1,330})?(e[+-]?\d{1,3})?", value) and float(value) < float("inf"):
            return float(value)
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", "write it like 0.5 or 1e-05")


class Flag(Value):
    """Yes or no, written ``true`` or ``false``."""

    says = "true or false"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """A bool."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if value in ("true", "false"):
            return value == "true"
        mend = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value.lower(), value.lower())
        certain = mend if mend in ("true", "false") else None
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", "write true or false", write=certain)


class Days(Value):
    """A number of days, such as ``180 days``."""

    says = "a number of days, such as `180 days`"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """A timedelta."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        match = re.fullmatch(r"([1-9]\d{0,4}) days?", value)
        if match:
            return timedelta(days=int(match[1]))
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", "write it like `180 days`")


class Specifier(Value):
    """A PEP 440 version specifier, such as ``>=18,<24``."""

    says = "a version specifier, such as `>=18,<24`"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The specifier as text; it is known to parse."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if self._parses(value):
            return value
        return reader.note(
            node, "bad-specifier", f"`{value}` is not {self.says}", "see PEP 440, for example `>=1.2,<2`"
        )

    @staticmethod
    @cache
    def _parses(value: str) -> bool:
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        try:
            return bool(str(SpecifierSet(value)))
        except InvalidSpecifier:
            return False


class RoutePattern(Value):
    """A route pattern over the vocabulary's relations."""

    says = "a route pattern, such as `exports imports runs-on?`"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The parsed Pattern."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        try:
            pattern = parse_pattern(value)
        except PatternError as error:
            return reader.note(node, "bad-pattern", str(error), "relations in flow order", offset=error.offset)
        relations = reader.vocabulary.get("relations")
        if relations is not None and not self._known(pattern, relations, node, reader):
            return INVALID
        return pattern

    @staticmethod
    def _known(pattern: Pattern, relations: Any, node: yaml.Node, reader: Reader) -> bool:
        good = True
        for step in pattern.steps:
            if step.relation not in relations:
                offset = pattern.text.index(step.relation)
                hint = did_you_mean(step.relation, relations, otherwise=one_of(relations))
                reader.note(node, "unknown-relation", f"no relation is called `{step.relation}`", hint, offset=offset)
                good = False
        return good


class OneOf(Value):
    """One of a few fixed words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.says = one_of(words)

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The word."""
        value = self._scalar(node, reader)
        if value is INVALID or value in self.words:
            return value
        hint = did_you_mean(value, self.words, otherwise=f"write {self.says}")
        mend = meant(value, self.words)
        return reader.note(node, "unknown-value", f"`{value}` is not {self.says}", hint, write=mend)


class Defined(Value):
    """An id that one section of the vocabulary defines."""

    def __init__(self, section: str) -> None:
        self.section = section
        self.says = f"an id under `{section}` in landscape.yml"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The id as text."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        known = reader.vocabulary.get(self.section)
        if known is None or value in known:
            return value
        hint = did_you_mean(value, known, otherwise=one_of(known))
        return reader.note(node, "unknown-value", f"`{value}` is not {self.says}", hint, write=meant(value, known))


class ListOf(Value):
    """A list of values of one kind without doubles; with `single`, one value may stand without brackets."""

    def __init__(self, item: Value, *, single: bool = False, when_empty: str = "wrong-type") -> None:
        self.item = item
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
            bare = node.value if isinstance(node, yaml.ScalarNode) and _is_id(node.value) else None
            hint = f"write `[{bare}]`" if bare else f"write it like `{self.example}`"
            return reader.note(node, "wrong-type", f"expected {self.says}", hint, write=bare and f"[{bare}]")
        values: list[Any] = []
        whole = True
        for child in node.value:
            value = self.item.read(child, reader)
            if value is INVALID:
                whole = False
            elif value in values:
                reader.note(child, "repeated-item", f"`{child.value}` is listed twice", "remove one", write="")
            else:
                values.append(value)
        if not whole:
            return INVALID
        if not values:
            return reader.note(node, self.when_empty, "the list is empty", "fill it in or remove the key")
        return tuple(values)


class MapOf(Value):
    """A mapping from keys of one kind to values of one kind."""

    def __init__(self, key: Value, value: Value, *, empty: bool = False) -> None:
        self.key = key
        self.value = value
        self.empty = empty
        self.says = "a mapping"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """A read-only mapping of the pairs that could be read, in their order."""
        if node.__class__ is not yaml.MappingNode:
            return reader.note(node, "wrong-type", f"expected {self.says} of keys to values")
        values: dict[Any, Any] = {}
        whole = True
        for key_node, value_node in node.value:
            name = self.key.read(key_node, reader)
            if name is INVALID:
                whole = False
                continue
            if name in values:
                reader.note(key_node, "duplicate-key", f"`{name}` stands twice", "merge the two or remove one")
                continue
            values[name] = self.value.read(value_node, reader)
            whole = whole and values[name] is not INVALID
        if not whole:
            return INVALID
        if not values and not self.empty:
            return reader.note(node, "wrong-type", "the mapping is empty", "fill it in or remove the key")
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


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """One key of a model as it stands in a file."""

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
    before = len(reader.problems)
    for key_node, value_node in node.value:
        name: str | None = key_node.value if key_node.__class__ is yaml.ScalarNode else None
        found = readers.get(name) if name is not None else None
        if name is None or found is None:
            shown = f"`{name}`" if name is not None else "a key that is not text"
            hint = did_you_mean(name, readers, otherwise=one_of(readers, most=20)) if name is not None else ""
            certain = meant(name, readers) if name is not None else None
            there = any(other.value == certain for other, _ in node.value)
            meant_keys.add(certain)
            reader.note(key_node, "unknown-key", f"unknown key {shown}", hint, write=None if there else certain)
            continue
        attribute, read = found
        if attribute in values:
            reader.note(key_node, "duplicate-key", f"`{name}` stands twice", "remove one of the two")
            continue
        values[attribute] = read(value_node, reader)
        if wants_places:
            mark = key_node.start_mark
            places[name] = (mark.line + 1, mark.column + 1)
    for name, attribute in required:
        if attribute not in values:
            if name in meant_keys:
                continue  # it is there, misspelt, which is told already
            kind = keys_of(model)[name].kind
            code = getattr(model, "missing_codes", _EMPTY).get(name, "missing-key")
            hint = f"add `{name}: {kind.example}`" if isinstance(kind, ListOf) else f"add `{name}:` with {kind.says}"
            reader.note(node, code, f"the key `{name}` is missing", hint)
    if len(reader.problems) > before and any(p.severity == "error" for p in reader.problems[before:]):
        return None
    if wants_places:
        values["places"] = MappingProxyType(places)
    return values


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WithPlaces:
    """A model that knows where its keys stand in the file: (line, column), counting from 1."""

    places: Mapping[str, tuple[int, int]] = dataclasses.field(default_factory=lambda: _EMPTY)

    def place(self, name: str) -> tuple[int, int]:
        """Where key `name` stands, (1, 1) where it does not."""
        return self.places.get(name, (1, 1))
