"""The JSON Schema of a document, from how it is declared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from interop_landscape.documents import schemas
from interop_landscape.documents.declare import (
    Field,
    Nested,
    component,
    json_fields,
    may_be_none,
    nested_in,
    omitted_by,
    shape_of,
)
from interop_landscape.documents.kinds import Described
from interop_landscape.documents.schemas import Schema
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.values import Date, Figure, Flag, Number, OneOf, Value, Whole

ASSUMED_DOC: Final = "under `--assume`: the edges that are only assumed to be there in full"


def components_of(documents: Iterable[Any]) -> dict[str, Schema]:
    """The schemas of documents and of all within them, by name."""
    every: dict[str, Any] = {}
    for document in documents:
        every |= {component(document): document, **nested_in(document)}
    return {name: json_schema(document) for name, document in every.items()}


def json_schema(document: Any, says: str = "") -> Schema:
    """The schema of a document: all of its keys, and no others; those may be missing that may be left out."""
    whole = schemas.closed(properties_of(document), says or says_of(document))
    left_out = {"assumed"} | {field.name for field in json_fields(document) if _may_be_left_out(field, document)}
    whole["required"] = [name for name in whole["required"] if name not in left_out]
    return whole


def _may_be_left_out(field: Field, document: Any) -> bool:
    several = isinstance(field.kind, ListOf | MapOf) or (
        isinstance(field.kind, Nested) and (field.kind.many or field.kind.each)
    )
    omitted = omitted_by(document)
    return field.optional or (field.nullable and None in omitted) or (several and [] in omitted)


def says_of(document: Any) -> str:
    """What a document is: the first line of its docstring, without capital and stop."""
    line = _summary(document)
    return f"{line[:1].lower()}{line[1:]}".removesuffix(".")


def properties_of(document: Any) -> dict[str, Schema]:
    """The schema of each key of its JSON."""
    shape = {"schema": schemas.constant(shape_of(document))} if shape_of(document) else {}
    if getattr(document, "ASSUMES", False):
        shape["assumed"] = schemas.words(ASSUMED_DOC)
    may_be_null = None not in omitted_by(document)
    return shape | {
        field.name: _schema(field.kind, field.doc, field.nullable and may_be_null) for field in json_fields(document)
    }


def _schema(kind: Value, doc: str, nullable: bool) -> Schema:
    if isinstance(kind, Described):
        return kind.schema(doc, nullable)
    if isinstance(kind, Nested):
        inner = _item(kind)
        if kind.many:
            return schemas.array(inner, doc)
        if kind.each:
            return schemas.mapping(inner, doc)
        return {**inner, "description": doc} if kind.always else schemas.or_null(inner, doc)
    if isinstance(kind, Struct):
        return schemas.or_null(_item(kind), doc) if nullable else {**_item(kind), "description": doc}
    if isinstance(kind, OneOf):
        return schemas.one_of((*kind.words, None) if nullable else kind.words, doc)
    if isinstance(kind, ListOf):
        found = schemas.array(_item(kind.item), doc)
        return {**found, "type": ["array", "null"]} if nullable else found
    if isinstance(kind, MapOf):
        return schemas.mapping(_item(kind.value), doc)
    if isinstance(kind, Flag):
        return schemas.flag(doc)
    if isinstance(kind, Whole):
        return schemas.of_type(["integer", "null"] if nullable else "integer", doc, minimum=0)
    if isinstance(kind, Number | Figure):
        return schemas.of_type(["number", "null"] if nullable else "number", doc, minimum=0)
    more = {"format": "date"} if isinstance(kind, Date) else {}
    return schemas.text_or_null(doc, **more) if nullable else schemas.text(doc, **more)


def _item(kind: Value) -> Schema:
    """The schema of a value in a list or a mapping, which nothing is said of."""
    if isinstance(kind, Nested):
        return schemas.ref(kind.named or component(kind.document))
    if isinstance(kind, Struct):
        model = kind.model
        inner = {n: _schema(k.kind, k.doc, may_be_none(model, k.attribute)) for n, k in keys_of(model).items()}
        return schemas.closed(inner, _summary(model))
    found = _schema(kind, "", nullable=False)
    return {key: value for key, value in found.items() if key != "description"}


def _summary(model: Any) -> str:
    """The first line of what a class says of itself."""
    return str(model.__doc__ or "").partition("\n")[0]
