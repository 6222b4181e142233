"""JSON Schema (2020-12) for the files of a landscape, so that editors complete them and mark mistakes.

The schemas are made from the models' keys and the vocabulary. `schema_files` gives those that stand in the
landscape's folder `.schema`; they know no ids and tags, so that a new entry is one file and nothing else, and two pull
requests never meet there. `schema_text` gives one that needs no other, and that knows the ids in use.

A schema sees one file, so it cannot tell everything that `landscape check` does. ``enumDescriptions``,
``errorMessage`` and ``patternErrorMessage`` are keywords of editors, which others pass over.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import singledispatch
from pathlib import Path
from typing import Any, Final

from interop_landscape.codes import CODES
from interop_landscape.landscape import Landscape
from interop_landscape.reading.bounds import read_at_most
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import (
    BY_ID,
    Entry,
    Expectation,
    Milestone,
    Record,
    Sample,
    Selector,
    StageEntry,
    Vocabulary,
)
from interop_landscape.reading.patterns import MAX_STEPS
from interop_landscape.reading.probes import Plain
from interop_landscape.reading.specification import Requirement, Specification
from interop_landscape.reading.statements import Interop, Statement
from interop_landscape.reading.values import (
    ID_PATTERN,
    REQUIREMENT_PATTERN,
    Date,
    Days,
    Defined,
    Figure,
    Flag,
    Number,
    OneOf,
    RequirementId,
    RoutePattern,
    Slug,
    Specifier,
    Text,
    Url,
    Value,
    Whole,
)
from interop_landscape.writing.files import guard, remove
from interop_landscape.writing.files import replace as write
from interop_landscape.writing.line_ends import unix

Schema = dict[str, Any]

FOLDER: Final = ".schema"
ENTRY: Final = "entry"
_MODELS: Final[Mapping[str, type]] = {
    ENTRY: Entry,
    "record": Record,
    "expectations": Expectation,
    "milestones": Milestone,
    "samples": Sample,
    "specification": Specification,
    "landscape": Vocabulary,
}
NAMES: Final = tuple(_MODELS)
"""What there is a schema of, besides each kind of entries."""

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_MADE: Final = "Made by `landscape schema --write`, which writes over it."
_MOST_BYTES: Final = 64 * 1024 * 1024
_NOTHING: Final[Schema] = {"not": {}}  # some validators refuse an empty enum

# What `Text` refuses of the characters that people have by accident: controls, and marks without width or of direction.
_CONTROLS: Final = (
    r"\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
)
_LABEL: Final = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST: Final = rf"({_LABEL}\.)+(?=[A-Za-z]){_LABEL}"
_IN_ADDRESS: Final = r'\s<>"\\^`{|}'


def _any_id(_: _Scope) -> Schema:
    """An id that nobody needs to know yet."""
    # YAML takes one of digits alone for a number.
    return {"type": ["string", "integer"], "minimum": 0, **_pattern(f"^{ID_PATTERN}$", Slug.says)}


@dataclass(frozen=True)
class _Scope:
    """What a schema is made for: files of entries of this ``kind``, or of any.

    ``home`` is the file whose definitions are referred to, empty where they are in the schema itself. ``open`` says
    that the file itself defines the vocabulary, so that words yet unknown must be let pass. ``names`` makes the schema
    of the ids under the key at hand.
    """

    landscape: Landscape
    kind: str | None = None
    home: str = ""
    open: bool = False
    names: Callable[[_Scope], Schema] = _any_id

    def shared(self, name: str) -> Schema:
        """A reference to one of `_definitions`."""
        return {"$ref": f"{self.home}#/$defs/{name}"}

    def ids(self, kinds: Iterable[str]) -> list[Schema]:
        """References to the ids of the entries of these kinds."""
        in_use = set(self.landscape.kind_of.values())
        return [self.shared(f"{kind}-id") for kind in kinds if kind in in_use]

    def aliases(self, kinds: Iterable[str]) -> list[Schema]:
        """References to the ids that entries of these kinds had before."""
        renamed = {entry.kind for entry in self.landscape.entries.values() if entry.aliases}
        return [self.shared(f"{kind}-alias") for kind in kinds if kind in renamed]

    def verbs(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """(name, what it says, kinds of the other entry) of each relation and inverse that the kind may state."""
        relations = self.landscape.vocabulary.relations
        for name, relation in relations.items():
            if self.kind is None or self.kind in relation.from_:
                yield name, f"the {' or '.join(relation.to)} that it {relation.reads}", relation.to
        for relation in relations.values():
            if self.kind is None or self.kind in relation.to:
                yield relation.inverse, f"the {' or '.join(relation.from_)} that {relation.reads} it", relation.from_


def file_name(kind: str) -> str:
    """The name of the file with the schema of entries of one kind, in the folder `.schema`."""
    return f"{kind}_.json" if kind in NAMES else f"{kind}.json"


def schema_files(landscape: Landscape) -> dict[str, str]:
    """The text of each file that stands in the landscape's folder `.schema`, by name."""
    landscape = landscape.replacing(entries={}, statements=(), kind_of={}, probes={}, milestones={})
    home = f"{ENTRY}.json"
    files = {home: _document(ENTRY, _Scope(landscape)) | {"$defs": _definitions(landscape)}}
    for kind in landscape.vocabulary.kinds:
        files[file_name(kind)] = _document(ENTRY, _Scope(landscape, kind, home))
    for name in NAMES[1:]:
        files[f"{name}.json"] = _document(name, _Scope(landscape, home=home))
    return {name: _as_text(schema) for name, schema in files.items()}


def schema_text(landscape: Landscape, name: str, kind: str | None = None) -> str:
    """The text of the schema of one of `NAMES`, of entries of one kind where that is named; it refers to no file."""
    schema = _document(name, _Scope(landscape, kind))
    definitions = _definitions(landscape)
    used: dict[str, Schema] = {}
    while more := [name for name in definitions if name not in used and _refers(schema | used, name)]:
        used |= {name: definitions[name] for name in more}
    return _as_text(schema | {"$defs": used} if used else schema)


def _refers(schema: Schema, name: str) -> bool:
    return f'"#/$defs/{name}"' in json.dumps(schema)


def outdated(landscape: Landscape, folder: Path) -> tuple[list[str], list[str]]:
    """The names of the files of `FOLDER` in the landscape's `folder` that are (to be written, to be removed).

    Only files that were made here are to be removed. Raises BadRequest where one is a link, or the folder, and
    OSError where the folder cannot be read.
    """
    files = schema_files(landscape)
    for name in files:
        guard(folder / FOLDER / name, folder)
    paths = sorted(path for path in (folder / FOLDER).glob("*.json") if path.is_file())
    there = {path.name: read_at_most(path, _MOST_BYTES) for path in paths}
    return (
        [name for name, text in files.items() if name not in there or unix(there[name]) != text.encode()],
        [name for name, data in there.items() if name not in files and _MADE.encode() in data],
    )


def write_schema_files(landscape: Landscape, folder: Path) -> tuple[list[str], list[str]]:
    """Bring `FOLDER` in the landscape's `folder` up to date; returns the names of the files (written, removed).

    A file that is up to date is not touched. Raises OSError where one cannot be written.
    """
    files = schema_files(landscape)
    to_write, to_remove = outdated(landscape, folder)
    for name in to_write:
        write(folder / FOLDER / name, files[name].encode(), folder)
    for name in to_remove:
        remove(folder / FOLDER / name, folder)
    return to_write, to_remove


def _as_text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _document(name: str, scope: _Scope) -> Schema:
    model = _MODELS[name]
    says = scope.landscape.vocabulary.kinds[scope.kind].summary if scope.kind else _doc(model)
    if model is Entry:
        body = _entry(scope)
    elif model in BY_ID:
        body = _schema(MapOf(Slug(), Struct(model), empty=True), scope)
    else:
        body = _struct(model, replace(scope, open=model is Vocabulary))
    return {"$schema": _DIALECT, "$comment": _MADE, "title": scope.kind or name, "description": says, **body}


def _doc(model: type) -> str:
    return " ".join((inspect.getdoc(model) or "").partition("\n\n")[0].replace("``", "").split())


def _definitions(landscape: Landscape) -> dict[str, Schema]:
    """What schemas share: a statement, the words of the vocabulary, and what grows with every entry."""
    ids: dict[str, Schema] = {}
    aliases: dict[str, Schema] = {}
    for kind in landscape.vocabulary.kinds:
        names = sorted(name for name, its_kind in landscape.kind_of.items() if its_kind == kind)
        former = sorted(a for entry in landscape.entries.values() if entry.kind == kind for a in entry.aliases)
        if names:
            # Otherwise the message of an editor would be all of them.
            unknown = {"errorMessage": f"no {kind} is called so"}
            ids[f"{kind}-id"] = unknown | _words(dict.fromkeys(names, ""))
        if former:
            # A pattern, since editors offer what an enum holds.
            aliases[f"{kind}-alias"] = {"pattern": f"^({'|'.join(former)})$", "deprecated": True}
    tags = sorted({tag for entry in landscape.entries.values() for tag in entry.tags})
    return {
        "statement": _struct(Statement, _Scope(landscape)),
        **{name: _words(_meanings(section)) for name, section in _sections(landscape)},
        "id": _any_of(_Scope(landscape).ids(landscape.vocabulary.kinds)) if ids else _any_id(_Scope(landscape)),
        **aliases,
        "tag": _ids(dict.fromkeys(tags, ""), _Scope(landscape)),
        **ids,
    }


def _sections(landscape: Landscape) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The sections of the vocabulary that define words, by name."""
    for name, key in keys_of(Vocabulary).items():
        if isinstance(key.kind, MapOf):
            yield name, getattr(landscape.vocabulary, key.attribute)


def _meanings(section: Mapping[str, Any]) -> dict[str, str]:
    """The words of a section of the vocabulary, each with what is said about it."""
    return {word: getattr(term, "summary", "") or getattr(term, "name", "") for word, term in section.items()}


def _entry(scope: _Scope) -> Schema:
    """Entries of the scope's kind, with the keys that it needs and without those that only others may have."""
    kinds = scope.landscape.vocabulary.kinds
    schema = _struct(Entry, scope)
    if scope.kind is None:
        return schema
    needed = kinds[scope.kind].needs
    refused = {name for kind in kinds.values() for name in kind.needs} - set(needed)
    own = {key.name for key in keys_of(Entry).values() if isinstance(key.kind, Interop)}
    schema["properties"] = {
        name: {"$ref": f"{scope.home}#/properties/{name}"} if scope.home and name not in own else one
        for name, one in schema["properties"].items()
        if name not in refused
    }
    schema["required"] = [name for name in schema["properties"] if name in schema["required"] or name in needed]
    return schema


def _struct(model: type, scope: _Scope) -> Schema:
    """A mapping with the keys of `model`."""
    keys = keys_of(model).values()
    properties = {
        key.name: {"description": key.doc}
        | _schema(key.kind, replace(scope, names=_NAMED.get((model, key.name), _any_id)))
        for key in keys
    }
    required = [key.name for key in keys if key.required]
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        **_RULES.get(model, {}),
        "additionalProperties": False,
    }


_RULES: Final[Mapping[type, Schema]] = {
    Statement: {
        "if": {"properties": {"support": {"const": "partial"}}, "required": ["support"]},
        "then": {"required": ["limits"]},
    },
    StageEntry: {"anyOf": [{"required": ["url"]}, {"required": ["note"]}]},
}
"""What several keys of a model require together."""

_NAMED: Final[Mapping[tuple[type, str], Callable[[_Scope], Schema]]] = {
    (Entry, "tags"): lambda scope: _any_of([_any_id(scope), scope.shared("tag")]),
    (Statement, "probe"): lambda scope: _ids(dict.fromkeys(sorted(scope.landscape.probes), ""), scope),
    (Selector, "tags"): lambda scope: scope.shared("tag"),
    (Selector, "without"): lambda scope: scope.shared("tag"),
    (Selector, "entries"): lambda scope: scope.shared("id"),
    (Selector, "except"): lambda scope: scope.shared("id"),
    (Requirement, "tests"): lambda scope: _ids(dict.fromkeys(sorted(scope.landscape.probes), ""), scope),
    (Requirement, "rules"): lambda scope: _words({code.name: code.means for code in CODES}),
    (Requirement, "expectations"): lambda scope: _ids(
        {name: one.why for name, one in scope.landscape.expectations.items()}, scope
    ),
    (Record, "milestone"): lambda scope: _ids(
        {name: one.title for name, one in scope.landscape.milestones.items()}, scope
    ),
}
"""The ids under some keys are those of something else."""


@singledispatch
def _schema(value: Value, scope: _Scope) -> Schema:
    """The schema of one sort of value."""
    raise NotImplementedError(f"{type(value).__name__} has no JSON Schema")


@_schema.register
def _text(value: Text, _: _Scope) -> Schema:
    # Reading takes `since: 1.10` for text; a YAML parser hands a schema the number.
    shape = rf"^[^{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$"
    says = f"{value.says} without control characters"
    return {"type": ["string", "number"], "maxLength": value.most, **_pattern(shape, says)}


@_schema.register
def _plain(value: Plain, _: _Scope) -> Schema:
    return {"type": "string", **_pattern(f"^{value.form}$", value.says)}


@_schema.register
def _requirement_id(value: RequirementId, _: _Scope) -> Schema:
    return {"type": "string", **_pattern(f"^{REQUIREMENT_PATTERN}$", value.says)}


@_schema.register
def _slug(_: Slug, scope: _Scope) -> Schema:
    return scope.names(scope)


@_schema.register
def _url(value: Url, _: _Scope) -> Schema:
    shape = rf"^https?://{_HOST}(:\d{{1,5}})?([/?#][^{_IN_ADDRESS}]*)?$"
    return {"type": "string", "maxLength": value.most, **_pattern(shape, value.says)}


@_schema.register
def _date(value: Date, _: _Scope) -> Schema:
    return {"type": "string", "format": "date", **_pattern(r"^\d{4}-\d\d-\d\d$", value.says)}


@_schema.register
def _number(_: Number, __: _Scope) -> Schema:
    return {"type": "number", "exclusiveMinimum": 0}


@_schema.register
def _figure(_: Figure, __: _Scope) -> Schema:
    return {"type": "number", "minimum": 0}


@_schema.register
def _whole(_: Whole, __: _Scope) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}


@_schema.register
def _flag(_: Flag, __: _Scope) -> Schema:
    return {"type": "boolean"}


@_schema.register
def _days(value: Days, _: _Scope) -> Schema:
    return {"type": "string", **_pattern(r"^[1-9]\d{0,4} days?$", value.says)}


@_schema.register
def _specifier(value: Specifier, _: _Scope) -> Schema:
    # Looser than PEP 440, whose whole grammar nobody would want to read here.
    clause = r"\s*((~=|==|!=|<=|>=|<|>)\s*[vV]?\d[\w.!+*-]*|===\s*[^\s,]+)\s*"
    return {"type": "string", **_pattern(f"^{clause}(,{clause})*,?\\s*$", value.says)}


@_schema.register
def _route_pattern(value: RoutePattern, scope: _Scope) -> Schema:
    relation = f"({'|'.join(scope.landscape.vocabulary.relations)})"
    if relation == "()":
        return dict(_NOTHING)
    cannot_be_skipped = rf"(?=(.*\s)?{relation}\+?(\s|$))"
    steps = rf"{relation}[?*+]?(\s+{relation}[?*+]?){{0,{MAX_STEPS - 1}}}"
    return {"type": "string", **_pattern(rf"^{cannot_be_skipped}\s*{steps}\s*$", value.says)}


@_schema.register
def _one_of(value: OneOf, _: _Scope) -> Schema:
    return _words(dict.fromkeys(value.words, ""))


@_schema.register
def _defined(value: Defined, scope: _Scope) -> Schema:
    word = scope.shared(value.section)
    # Editors heed neither the description nor the type of a key beside a bare reference.
    return _any_of([_any_id(scope), word]) if scope.open else {"type": "string", "allOf": [word]}


@_schema.register
def _list(value: ListOf, scope: _Scope) -> Schema:
    item = _schema(value.item, scope)
    items = {"type": "array", "items": item, "minItems": 1, "maxItems": value.most, "uniqueItems": True}
    return _any_of([item, items]) if value.single else items


@_schema.register
def _map(value: MapOf, scope: _Scope) -> Schema:
    schema = {
        "type": "object",
        "propertyNames": _schema(value.key, scope),
        "additionalProperties": _schema(value.value, scope),
        "maxProperties": value.most,
    }
    return schema if value.empty else schema | {"minProperties": 1}


@_schema.register
def _model(value: Struct, scope: _Scope) -> Schema:
    return _struct(value.model, scope)


@_schema.register
def _interop(_: Interop, scope: _Scope) -> Schema:
    relations = {
        verb: {
            "description": says,
            "type": "object",
            "propertyNames": _any_of([*scope.ids(others), *scope.aliases(others)])
            if scope.landscape.kind_of
            else _any_id(scope),
            "additionalProperties": scope.shared("statement"),
        }
        for verb, says, others in scope.verbs()
    }
    return {"type": "object", "properties": relations, "additionalProperties": False}


def _pattern(pattern: str, says: str) -> Schema:
    return {"pattern": pattern, "patternErrorMessage": f"write {says}"}


def _words(words: Mapping[str, str]) -> Schema:
    """One of these words, each with what it means."""
    if not words:
        return dict(_NOTHING)
    schema = {"type": "string", "enum": list(words)}
    return schema | {"enumDescriptions": list(words.values())} if any(words.values()) else schema


def _ids(known: Mapping[str, str], scope: _Scope) -> Schema:
    """One of these ids, each with what it means; any id in a schema that knows no ids."""
    return _words(known) if known or scope.landscape.kind_of else _any_id(scope)


def _any_of(schemas: list[Schema]) -> Schema:
    if len(schemas) > 1:
        return {"anyOf": schemas}
    return schemas[0] if schemas else dict(_NOTHING)
