"""How a document is declared.

A document is a frozen dataclass whose fields are declared with `same`, where the value is that of a key of a file, or
with `told`, where it is worked out. What follows from the declaration is in the modules beside this one: JSON in
`to_json`, its schema in `describe`, tables in `tables` and `csv_table`, columns of a database in `columns`, lines for
people in `details`.
The class says three things more where they hold: ``SHAPE``, the name of a document of its own, which its JSON
has as ``schema``; ``ASSUMES``, that it says what its command was told to assume; and ``OMITS``, which values its JSON
leaves out: `NULL` or `EMPTY`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.values import Value

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

Derive = Callable[[Any, "Landscape"], Any]

ABSENT: Final = object()
"""What is found for a field that is left out of JSON this time."""

NULL: Final[tuple[object, ...]] = (None,)
EMPTY: Final[tuple[object, ...]] = (None, "", [], {})
"""What a document may leave out of its JSON."""


@dataclasses.dataclass(frozen=True)
class Nested(Value):
    """Another document, or null; with ``always`` never null; with ``many`` a list, with ``each`` a mapping of them.

    The schema refers to that of the document by name, which is ``named`` or that of its class (`component`). What is
    worked out may be that which the document is about: `document_of` makes the document.
    """

    document: Any
    many: bool = False
    named: str = ""
    always: bool = False
    each: bool = False


@dataclasses.dataclass(frozen=True)
class Spread(Value):
    """Another document whose keys are among those of the one around it, but for some."""

    document: Any
    without: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a document: its key in JSON, what it means, how it is typed, and how it is worked out.

    One that is ``optional`` is left out of JSON where `derive` finds `ABSENT`.
    """

    name: str
    attribute: str
    kind: Value
    doc: str
    nullable: bool
    derive: Derive
    optional: bool = False


def told(
    kind: Value,
    doc: str,
    derive: Derive | None = None,
    *,
    name: str = "",
    nullable: bool = False,
    optional: bool = False,
) -> Any:
    """Declare a field whose value is worked out from what the document is about: unless said, its attribute."""
    held = {"kind": kind, "doc": doc, "derive": derive, "name": name, "nullable": nullable, "optional": optional}
    return dataclasses.field(metadata={**held, "key": None})


def spread(document: Any, derive: Derive | None = None, *, without: tuple[str, ...] = ()) -> Any:
    """Declare that the keys of another document belong here: about the same subject, or about what is worked out."""
    return told(Spread(document, without), "", derive or (lambda subject, _: subject))


def same(model: Any, key: str, doc: str = "", derive: Derive | None = None) -> Any:
    """Declare a field that is a key of a file: its type and, unless `doc` says more, its meaning are the model's.

    So is its value, unless `derive` finds it elsewhere.
    """
    found = keys_of(model)[key]
    return dataclasses.field(
        metadata={
            "kind": found.kind,
            "doc": doc or found.doc,
            "derive": derive or _attribute(found.attribute),
            "name": key.replace("-", "_"),
            "nullable": may_be_none(model, found.attribute),
            "key": (model, key),
        }
    )


def _attribute(name: str) -> Derive:
    return lambda subject, _: getattr(subject, name)


def may_be_none(model: Any, attribute: str) -> bool:
    """Whether a model has None for what a file does not say."""
    return any(field.name == attribute and field.default is None for field in dataclasses.fields(model))


@cache
def fields_of(document: Any) -> tuple[Field, ...]:
    """The fields of a document in the order in which they are declared."""
    return tuple(
        Field(
            name=held["name"] or field.name,
            attribute=field.name,
            kind=held["kind"],
            doc=held["doc"],
            nullable=held["nullable"],
            derive=held["derive"] or _attribute(field.name),
            optional=held.get("optional", False),
        )
        for field, held in ((field, field.metadata) for field in dataclasses.fields(document))
    )


@cache
def json_fields(document: Any) -> tuple[Field, ...]:
    """What the JSON of a document holds, in order: its fields, and the fields of what is spread among them."""
    found: list[Field] = []
    for field in fields_of(document):
        if isinstance(field.kind, Spread):
            inner = json_fields(field.kind.document)
            found += [_within(field, one) for one in inner if one.name not in field.kind.without]
        else:
            found.append(field)
    return tuple(found)


def _within(outer: Field, inner: Field) -> Field:
    """A field of a document that is spread, as seen from the one around it."""
    return dataclasses.replace(
        inner, derive=lambda subject, landscape: inner.derive(outer.derive(subject, landscape), landscape)
    )


def component(document: Any) -> str:
    """What the schema of a document is called."""
    return str(document.__name__).removesuffix("Document")


def nested_in(document: Any) -> dict[str, Any]:
    """The documents within a document, by the names of their schemas, in the order in which one meets them."""
    found: dict[str, Any] = {}
    for field in json_fields(document):
        if isinstance(field.kind, Nested):
            inner = field.kind.document
            found |= {field.kind.named or component(inner): inner, **nested_in(inner)}
    return found


def keys_told(document: Any, model: type) -> frozenset[str]:
    """The keys of a model that a document holds under a field of their own."""
    held = (field.metadata["key"] for field in dataclasses.fields(document))
    return frozenset(key for key in (one[1] for one in held if one and one[0] is model))


def shape_of(document: Any) -> str:
    """What the JSON of a document calls its shape, empty where it is part of another."""
    return str(getattr(document, "SHAPE", ""))


def omitted_by(document: Any) -> tuple[Any, ...]:
    """The values that the JSON of a document leaves out."""
    return getattr(document, "OMITS", ())
