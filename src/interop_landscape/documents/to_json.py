"""The document about a subject, and its JSON, from how the document is declared."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, TypeVar

from interop_landscape.documents.declare import ABSENT, Derive, Nested, Spread, fields_of, omitted_by, shape_of
from interop_landscape.ids import Edge, PairId
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.patterns import Pattern

D = TypeVar("D")

_PLAIN: Final = frozenset({bool, int, float, str, type(None)})


def document_of(document: Callable[..., D], subject: object, landscape: Any = None, **known: Any) -> D:
    """The document about a subject; `known` are fields that are known already, by attribute."""
    values = {}
    for attribute, derive, kind in _told(document):
        value = known[attribute] if attribute in known else derive(subject, landscape)
        values[attribute] = value if kind is None or value is None else _made(kind, value, landscape)
    return document(**values)


@cache
def _told(document: Any) -> tuple[tuple[str, Derive, Nested | Spread | None], ...]:
    """(attribute, how it is worked out, and its kind where that is another document) of each field of a document."""
    return tuple(
        (field.attribute, field.derive, field.kind if isinstance(field.kind, Nested | Spread) else None)
        for field in fields_of(document)
    )


def _made(kind: Nested | Spread, value: Any, landscape: Any) -> Any:
    """A value in which what a nested document is about has become that document."""
    if isinstance(kind, Nested) and kind.many:
        return tuple(_one_made(kind.document, one, landscape) for one in value)
    if isinstance(kind, Nested) and kind.each:
        return {key: _one_made(kind.document, one, landscape) for key, one in value.items()}
    return _one_made(kind.document, value, landscape)


def _one_made(document: Any, value: Any, landscape: Any) -> Any:
    return value if isinstance(value, document) else document_of(document, value, landscape)


def to_json(document: Any) -> dict[str, Any]:
    """A document as an object of JSON."""
    shape: Any = type(document)
    held: dict[str, Any] = {}
    for field in fields_of(shape):
        value = getattr(document, field.attribute)
        if value.__class__ in _PLAIN:
            held[field.name] = value
        elif isinstance(field.kind, Spread):
            held.update((name, one) for name, one in to_json(value).items() if name not in field.kind.without)
        elif value is not ABSENT:
            held[field.name] = plain(value)
    omitted = omitted_by(shape)
    if omitted:
        held = {name: value for name, value in held.items() if value not in omitted}
    return {"schema": shape.SHAPE, **held} if shape_of(shape) else held


def json_of(document: Any, subject: object, landscape: Any = None, **known: Any) -> dict[str, Any]:
    """The document about a subject, as an object of JSON; `known` as in `document_of`."""
    return to_json(document_of(document, subject, landscape, **known))


@cache
def _is_document(kind: Any) -> bool:
    """Whether a class is a declared document, rather than a model or anything else."""
    return dataclasses.is_dataclass(kind) and any("derive" in field.metadata for field in dataclasses.fields(kind))


def plain(value: Any) -> Any:
    """A document, a model, or anything in one, as JSON holds it; a model has the keys of its file."""
    return value if value.__class__ in _PLAIN else _plain_by(value.__class__)(value)


@cache
def _plain_by(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a class plain."""
    if issubclass(kind, bool | int | float | str):
        return lambda value: value
    if _is_document(kind):
        return to_json
    for of, make in _PLAIN_BY:
        if issubclass(kind, of):
            return make
    if not hasattr(kind, "__dataclass_fields__"):
        raise TypeError(f"no JSON for {kind.__name__}")
    attributes = [(name, key.attribute) for name, key in keys_of(kind).items()]
    return lambda value: {name: plain(getattr(value, attribute)) for name, attribute in attributes}


_PLAIN_BY: Final[tuple[tuple[Any, Callable[[Any], Any]], ...]] = (
    (Edge | PairId, str),
    (Mapping, lambda value: {str(key): plain(one) for key, one in value.items()}),
    (tuple | list, lambda value: [plain(one) for one in value]),
    (frozenset, lambda value: sorted(map(str, value))),
    (date, date.isoformat),
    (timedelta, lambda value: f"{value.days} days"),
    (Pattern, lambda value: value.text),
)
"""The first that fits a class makes its values plain."""
