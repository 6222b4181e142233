"""The document about a subject, and its JSON, from how the document is declared."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, TypeVar

from interop_landscape.documents.declare import ABSENT, Nested, Spread, fields_of, omitted_by, shape_of
from interop_landscape.ids import Edge, PairId
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.values import Value

D = TypeVar("D")

_PLAIN: Final = frozenset({bool, int, float, str, type(None)})


def document_of(document: Callable[..., D], subject: object, landscape: Any = None, **known: Any) -> D:
    """The document about a subject; `known` are fields that are known already, by attribute."""
    values = {
        field.attribute: _made(
            field.kind,
            known[field.attribute] if field.attribute in known else field.derive(subject, landscape),
            landscape,
        )
        for field in fields_of(document)
    }
    return document(**values)


def _made(kind: Value, value: Any, landscape: Any) -> Any:
    """A value in which what a nested document is about has become that document."""
    if not isinstance(kind, Nested | Spread) or value is None:
        return value
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
        if isinstance(field.kind, Spread):
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
    if value.__class__ in _PLAIN or isinstance(value, bool | int | float | str):
        return value
    if _is_document(value.__class__):
        return to_json(value)
    if isinstance(value, Edge | PairId):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.days} days"
    if isinstance(value, Pattern):
        return value.text
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, key.attribute)) for name, key in keys_of(value.__class__).items()}
    raise TypeError(f"no JSON for {type(value).__name__}")
