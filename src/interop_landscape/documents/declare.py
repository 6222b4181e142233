"""How a document is declared, and what is derived from the declaration.

A document is a frozen dataclass whose fields are declared with `same`, where the value is that of a key of a file, or
with `told`, where it is worked out. JSON, JSON Schema, tables, columns of a database and details for people follow.
The class says three things more where they hold: ``SHAPE``, the name of a document that stands alone, which its JSON
has as ``schema``; ``ASSUMES``, that it says what its command was told to assume; and ``SPARSE``, that its JSON leaves
out what is null.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from interop_landscape.documents import schemas
from interop_landscape.documents.kinds import Described
from interop_landscape.documents.schemas import Schema
from interop_landscape.ids import Edge, PairId
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.statements import Interop
from interop_landscape.reading.values import Date, Days, Figure, Flag, Number, OneOf, Value, Whole

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

D = TypeVar("D")
Derive = Callable[[Any, "Landscape"], Any]

_PLAIN: Final = frozenset({bool, int, float, str, type(None)})
_SQL_WORDS: Final = """
    add all and as between by case check default else end exists from group having in index into is join key limit not
    null on or order primary references select set table then to transaction trigger union unique update using values
    view when where with
""".split()  # noqa: SIM905 - a list of these, a line each, is longer than all else


ASSUMED_DOC: Final = "under `--assume`: the edges that are only assumed to be there in full"

ABSENT: Final = object()
"""What is found for a field that is left out of JSON this time."""


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
    """Another document whose keys stand among those of the one around it, but for some."""

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
    """Declare that the keys of another document stand here: about the same subject, or about what is worked out."""
    return told(Spread(document, without), "", derive or (lambda subject, _: subject))


def same(model: Any, key: str, doc: str = "") -> Any:
    """Declare a field that is a key of a file: its type and, unless `doc` says more, its meaning are the model's."""
    found = keys_of(model)[key]
    return dataclasses.field(
        metadata={
            "kind": found.kind,
            "doc": doc or found.doc,
            "derive": _attribute(found.attribute),
            "name": key.replace("-", "_"),
            "nullable": _may_be_none(model, found.attribute),
            "key": (model, key),
        }
    )


def _attribute(name: str) -> Derive:
    return lambda subject, _: getattr(subject, name)


def _may_be_none(model: Any, attribute: str) -> bool:
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
    """What stands in the JSON of a document, in order: its fields, and the fields of what is spread among them."""
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
    """The documents that stand in a document, by the names of their schemas, in the order in which one meets them."""
    found: dict[str, Any] = {}
    for field in json_fields(document):
        if isinstance(field.kind, Nested):
            inner = field.kind.document
            found |= {field.kind.named or component(inner): inner, **nested_in(inner)}
    return found


def components_of(documents: Iterable[Any]) -> dict[str, Schema]:
    """The schemas of documents and of all that stand in them, by name."""
    every: dict[str, Any] = {}
    for document in documents:
        every |= {component(document): document, **nested_in(document)}
    return {name: json_schema(document) for name, document in every.items()}


def keys_told(document: Any, model: type) -> frozenset[str]:
    """The keys of a model that a document holds under a field of their own."""
    held = (field.metadata["key"] for field in dataclasses.fields(document))
    return frozenset(key for key in (one[1] for one in held if one and one[0] is model))


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
    if _is_sparse(shape):
        held = {name: value for name, value in held.items() if value is not None}
    return {"schema": shape.SHAPE, **held} if shape_of(shape) else held


def json_of(document: Any, subject: object, landscape: Any = None, **known: Any) -> dict[str, Any]:
    """The document about a subject, as an object of JSON; `known` as in `document_of`."""
    return to_json(document_of(document, subject, landscape, **known))


def shape_of(document: Any) -> str:
    """What the JSON of a document calls its shape, empty where it stands in another."""
    return str(getattr(document, "SHAPE", ""))


def _is_sparse(document: Any) -> bool:
    return bool(getattr(document, "SPARSE", False))


@cache
def _is_document(kind: Any) -> bool:
    """Whether a class is a declared document, rather than a model or anything else."""
    return dataclasses.is_dataclass(kind) and any("derive" in field.metadata for field in dataclasses.fields(kind))


def plain(value: Any) -> Any:
    """A document, a model, or anything in one, as it stands in JSON; a model has the keys of its file."""
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


def json_schema(document: Any, says: str = "") -> Schema:
    """The schema of a document: all of its keys, and no others; those may be missing that may be left out."""
    whole = schemas.closed(properties_of(document), says or says_of(document))
    left_out = {"assumed"} | {
        field.name for field in json_fields(document) if field.optional or (_is_sparse(document) and field.nullable)
    }
    whole["required"] = [name for name in whole["required"] if name not in left_out]
    return whole


def says_of(document: Any) -> str:
    """What a document is: the first line of its docstring, without capital and stop."""
    line = _summary(document)
    return f"{line[:1].lower()}{line[1:]}".removesuffix(".")


def properties_of(document: Any) -> dict[str, Schema]:
    """The schema of each key of its JSON."""
    shape = {"schema": schemas.constant(shape_of(document))} if shape_of(document) else {}
    if getattr(document, "ASSUMES", False):
        shape["assumed"] = schemas.words(ASSUMED_DOC)
    may_be_null = not _is_sparse(document)
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
        return schemas.one_of(kind.words, doc)
    if isinstance(kind, ListOf):
        return schemas.array(_item(kind.item), doc)
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
        inner = {n: _schema(k.kind, k.doc, _may_be_none(model, k.attribute)) for n, k in keys_of(model).items()}
        return schemas.closed(inner, _summary(model))
    found = _schema(kind, "", nullable=False)
    return {key: value for key, value in found.items() if key != "description"}


def _summary(model: Any) -> str:
    """The first line of what a class says of itself."""
    return str(model.__doc__ or "").partition("\n")[0]


def csv_table(document: Any, rows: Iterable[Mapping[str, Any]], more: Iterable[str] = ()) -> bytes:
    """Documents in JSON as CSV (RFC 4180) with a header; lists are joined by spaces, an empty cell is no value.

    ``more`` names keys that the rows have besides those of the document.
    """
    columns = [*(field.name for field in json_fields(document)), *more]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue().encode()


def cell(value: Any) -> str | int | float:
    """A value in one cell: of evidence and searches the addresses, of a verification the probe, of reach the level."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return " ".join(str(next(iter(one.values())) if isinstance(one, dict) else one) for one in value)
    if isinstance(value, dict):
        found = next((value[name] for name in ("probe", "level") if name in value), None)
        return str(found) if found else "; ".join(f"{k} {v}" for k, v in value.items())
    return str(value) if not isinstance(value, int) else value


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a database: its name, its declaration, and its value."""

    name: str
    declared: str
    value: Derive

    @property
    def sql(self) -> str:
        """The column as it is declared in a table."""
        return f"{quoted(self.name)} {self.declared}"


def quoted(name: str) -> str:
    """The name of a column, in quotes where SQL has the word for itself."""
    return f'"{name}"' if name in _SQL_WORDS else name


def columns_of(model: type, references: Mapping[str, str], after: Mapping[str, Column]) -> list[Column]:
    """A column of each scalar key of a model in the order of its file.

    ``references`` names the table that the ids under a key stand in; ``after`` has a column to put after that of a key.
    """
    columns = []
    for name, key in keys_of(model).items():
        if isinstance(key.kind, ListOf | MapOf | Struct | Interop):
            continue
        columns.append(_column(name.replace("-", "_"), key.attribute, key.kind, key.required, references.get(name, "")))
        if name in after:
            columns.append(after[name])
    return columns


def _column(name: str, attribute: str, kind: Value, required: bool, table: str) -> Column:
    shown = quoted(name)
    form = "TEXT"
    checks = ""
    if isinstance(kind, OneOf):
        words = ", ".join(f"'{word}'" for word in kind.words)
        checks = f" CHECK ({shown} IN ({words}))"
    elif isinstance(kind, Date):
        checks = f" CHECK ({shown} IS date({shown}, '+0 days'))"
    elif isinstance(kind, Flag):
        form, checks = "INTEGER", f" CHECK ({shown} IN (0, 1))"
    elif isinstance(kind, Days):
        days = f"INTEGER NOT NULL CHECK ({shown} > 0)"
        return Column(name, days, lambda subject, _: getattr(subject, attribute).days)
    elif isinstance(kind, Number | Figure):
        form = "REAL"
    if not required and isinstance(kind, Flag):
        required = True
    needed = " NOT NULL" if required else ""
    leads = f" REFERENCES {table} (id)" if table else ""
    return Column(name, f"{form}{needed}{leads}{checks}", lambda subject, _: plain(getattr(subject, attribute)))


@dataclasses.dataclass(frozen=True)
class Detail:
    """A line about something for people: of which key it is, its label, and what it says."""

    name: str
    label: str
    text: str
