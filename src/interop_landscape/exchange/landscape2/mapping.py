"""How items become entries: a mapping file, checked with places like every other file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import yaml

from interop_landscape.errors import BadRequest
from interop_landscape.reading.clock import latest_day
from interop_landscape.reading.compose import compose
from interop_landscape.reading.containers import ListOf, MapOf, Struct, read_keys
from interop_landscape.reading.keys import key, keys_of
from interop_landscape.reading.models import STATUSES, Vocabulary
from interop_landscape.reading.reader import Reader
from interop_landscape.reading.values import Defined, OneOf, Slug, Text
from interop_landscape.text import counted, slug

ANY: Final = "*"
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What becomes of the items of some categories."""

    category: str = key(Text(), "the name of the category; * stands for any text", ANY)
    subcategory: str = key(Text(), "the name of the subcategory; * stands for any text", ANY)
    kind: str | None = key(Defined("kinds"), "the kind of the entries", None)
    tags: tuple[str, ...] = key(
        ListOf(Slug(), single=True), "their tags, instead of the names of category and subcategory", ()
    )
    steward: str | None = key(Defined("stewards"), "who looks after them", None)
    skip: str | None = key(Text(), "why they are left out", None)

    def fits(self, category: str, subcategory: str) -> bool:
        """Whether items listed there are meant."""
        return _fits(self.category, category) and _fits(self.subcategory, subcategory)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """What a maturity, the ``project`` of an item, says about its entry."""

    status: str | None = key(OneOf(*STATUSES), "its status", None)
    tags: tuple[str, ...] = key(ListOf(Slug(), single=True), "tags besides those of its category", ())
    steward: str | None = key(Defined("stewards"), "who looks after it", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMapping:
    """What a mapping file says; what it does not say is taken from the default mapping."""

    kind: str | None = key(Defined("kinds"), "the kind of the entries that no rule gives another", None)
    categories: tuple[Rule, ...] = key(ListOf(Struct(Rule)), "the first rule that fits an item counts", ())
    maturity: Mapping[str, Maturity] = key(
        MapOf(Text(), Struct(Maturity)), "what each maturity says; * stands for any", _NOTHING
    )
    landscape: Vocabulary | None = key(Struct(Vocabulary), "the vocabulary of a new landscape", None)

    def rule(self, category: str, subcategory: str) -> Rule:
        """The first rule that fits."""
        return next((rule for rule in self.categories if rule.fits(category, subcategory)), Rule())

    def maturity_of(self, word: str) -> Maturity:
        """What a maturity says; one that is not listed is a tag."""
        tags = (slug(word),) if slug(word) else ()
        return self.maturity.get(word) or self.maturity.get(ANY) or Maturity(tags=tags)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping with the default mapping behind it, and its vocabulary as it is to be written."""

    mapping: ImportMapping
    vocabulary: Vocabulary
    vocabulary_values: Mapping[str, Any]


def read_mapping(data: bytes | None, path: str = "", vocabulary: Vocabulary | None = None) -> Mapped:
    """The mapping in a file with these bytes, shown as `path`; the default one where there are none.

    `vocabulary` is that of the landscape at hand, which a mapping is held against; where there is none yet, the
    mapping's own. Raises BadRequest, with the place and the fix, where something is wrong in it.
    """
    default, values = _read((files(__package__) / "mapping.yml").read_bytes(), "mapping.yml", None)
    assert default.landscape is not None
    assert values is not None
    if data is None:
        return Mapped(default, default.landscape, values)
    own, own_values = _read(data, path, vocabulary or default.landscape)
    mapping = replace(
        own,
        kind=own.kind or default.kind,
        categories=(*own.categories, *default.categories),
        maturity={**default.maturity, **own.maturity},
    )
    return Mapped(mapping, own.landscape or default.landscape, own_values or values)


def draft(categories: Iterable[str], vocabulary: Vocabulary) -> str:
    """A mapping to begin with: all these categories, as the first kind of the landscape that needs no further key.

    Empty where every kind needs one, which a data file does not have.
    """
    kinds = [name for name, kind in vocabulary.kinds.items() if not kind.needs]
    if not kinds:
        return ""
    lines = [f"kind: {kinds[0]}  # of what no rule below gives another: {', '.join(kinds)}", "categories:"]
    rules = [{"category": name, "kind": kinds[0]} for name in dict.fromkeys(categories)]
    return "\n".join([*lines, *(f"  - {json.dumps(rule, ensure_ascii=False)}" for rule in rules)]) + "\n"


def _read(data: bytes, path: str, around: Vocabulary | None) -> tuple[ImportMapping, Mapping[str, Any] | None]:
    """(the mapping of one file, the plain values of its vocabulary where it has one)."""
    node, faults = compose(data)
    for fault in faults:
        raise BadRequest(f"{path}:{fault.line}:{fault.column}: {fault.code}: {fault.message}; {fault.hint}")
    if not isinstance(node, yaml.MappingNode):
        raise BadRequest(f"{path}:1:1: wrong-type: expected keys with values; write `key: value`")
    vocabulary = next((value for name, value in node.value if name.value == "landscape"), None)
    reader = Reader(path, _words(vocabulary, around), latest_day())
    values = read_keys(ImportMapping, node, reader)
    if values is None:
        first, *more = reader.problems
        tail = f" (and {counted(len(more), 'more problem')})" if more else ""
        raise BadRequest(f"{first}{f'; {first.hint}' if first.hint else ''}{tail}")
    return ImportMapping(**values), None if vocabulary is None else _plain(vocabulary)


def _words(vocabulary: yaml.Node | None, around: Vocabulary | None) -> dict[str, frozenset[str]]:
    """The words that each section of a vocabulary defines: of the file's own, and of the landscape's."""
    words = {
        name: set(getattr(around, key.attribute)) if around else set()
        for name, key in keys_of(Vocabulary).items()
        if isinstance(key.kind, MapOf)
    }
    for name, section in vocabulary.value if isinstance(vocabulary, yaml.MappingNode) else ():
        if isinstance(section, yaml.MappingNode):
            words.setdefault(name.value, set()).update(str(word.value) for word, _ in section.value)
    return {name: frozenset(known) for name, known in words.items()}


def _plain(node: yaml.Node) -> Any:
    """What a node of a file without mistakes means."""
    if isinstance(node, yaml.MappingNode):
        return {name.value: _plain(value) for name, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    flag = node.value in ("true", "false") and isinstance(node, yaml.ScalarNode) and not node.style
    return node.value == "true" if flag else node.value


def _fits(pattern: str, name: str) -> bool:
    return _expression(pattern).fullmatch(name) is not None


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split(ANY))), re.IGNORECASE)
