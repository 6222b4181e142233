"""How a document is declared, and what is derived from the declaration.

A document is a frozen dataclass whose fields are declared with `same`, where the value is that of a key of a file, or
with `told`, where it is worked out. JSON, JSON Schema, tables, columns of a database and details for people follow.
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
from interop_landscape.documents.schemas import Schema
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.statements import Interop
from interop_landscape.reading.values import Date, Days, Figure, Flag, Number, OneOf, Value

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

D = TypeVar("D")
Derive = Callable[[Any, "Landscape"], Any]

_SQL_WORDS: Final = """
    add all and as between by case check default else end exists from group having in index into is join key limit not
    null on or order primary references select set table then to transaction trigger union unique update using values
    view when where with
""".split()  # noqa: SIM905 - a list of these, a line each, is longer than all else


@dataclasses.dataclass(frozen=True)
class Nested(Value):
    """Another document, or null, or with ``many`` a list of them.

    With ``named`` the schema refers to it by that name, else its schema stands in place.
    """

    document: Any
    many: bool = False
    named: str = ""


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a document: its key in JSON, what it means, how it is typed, and how it is worked out."""

    name: str
    attribute: str
    kind: Value
    doc: str
    nullable: bool
    derive: Derive


def told(kind: Value, doc: str, derive: Derive, *, name: str = "", nullable: bool = False) -> Any:
    """Declare a field whose value is worked out from what the document is about."""
    return dataclasses.field(
        metadata={"kind": kind, "doc": doc, "derive": derive, "name": name, "nullable": nullable, "key": None}
    )


def same(model: Any, key: str, doc: str = "") -> Any:
    """Declare a field that is a key of a file: its type and, unless `doc` says more, its meaning are the model's."""
    found = keys_of(model)[key]
    field = next(one for one in dataclasses.fields(model) if one.name == found.attribute)
    attribute = found.attribute
    return dataclasses.field(
        metadata={
            "kind": found.kind,
            "doc": doc or found.doc,
            "derive": lambda subject, _: getattr(subject, attribute),
            "name": key.replace("-", "_"),
            "nullable": field.default is None,
            "key": (model, key),
        }
    )


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
            derive=held["derive"],
        )
        for field, held in ((field, field.metadata) for field in dataclasses.fields(document))
    )


def keys_told(document: Any, model: type) -> frozenset[str]:
    """The keys of a model that a document holds under a field of their own."""
    held = (field.metadata["key"] for field in dataclasses.fields(document))
    return frozenset(key for key in (one[1] for one in held if one and one[0] is model))


def document_of(document: Callable[..., D], subject: object, landscape: Landscape) -> D:
    """The document about a subject."""
    return document(**{field.attribute: field.derive(subject, landscape) for field in fields_of(document)})


def to_json(document: Any) -> dict[str, Any]:
    """A document as an object of JSON."""
    shape: Any = type(document)
    return {field.name: plain(getattr(document, field.attribute)) for field in fields_of(shape)}


def plain(value: object) -> Any:
    """A document, a model, or anything in one, as it stands in JSON; a model has the keys of its file."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.days} days"
    if isinstance(value, Pattern):
        return value.text
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        if any("derive" in field.metadata for field in dataclasses.fields(value)):
            return to_json(value)
        return {name: plain(getattr(value, key.attribute)) for name, key in keys_of(value.__class__).items()}
    raise TypeError(f"no JSON for {type(value).__name__}")


def json_schema(document: Any, says: str = "") -> Schema:
    """The schema of a document: all of its keys, and no others."""
    return schemas.closed(properties_of(document), says or (document.__doc__ or ""))


def properties_of(document: Any) -> dict[str, Schema]:
    """The schema of each field by its key in JSON."""
    return {field.name: _schema(field.kind, field.doc, field.nullable) for field in fields_of(document)}


def _schema(kind: Value, doc: str, nullable: bool) -> Schema:
    if isinstance(kind, Nested):
        inner = schemas.ref(kind.named) if kind.named else json_schema(kind.document)
        return schemas.array(inner, doc) if kind.many else schemas.or_null(inner, doc)
    if isinstance(kind, OneOf):
        return schemas.one_of(kind.words, doc)
    if isinstance(kind, ListOf):
        return schemas.array(_item(kind.item), doc)
    if isinstance(kind, MapOf):
        return schemas.mapping(_item(kind.value), doc)
    if isinstance(kind, Flag):
        return schemas.flag(doc)
    if isinstance(kind, Number | Figure):
        return schemas.of_type(["number", "null"] if nullable else "number", doc)
    more = {"format": "date"} if isinstance(kind, Date) else {}
    return schemas.text_or_null(doc, **more) if nullable else schemas.text(doc, **more)


def _item(kind: Value) -> Schema:
    """The schema of a value in a list or a mapping, which nothing is said of."""
    if isinstance(kind, Struct):
        inner = {name: _schema(key.kind, key.doc, not key.required) for name, key in keys_of(kind.model).items()}
        return schemas.closed(inner, _summary(kind.model))
    found = _schema(kind, "", nullable=False)
    return {key: value for key, value in found.items() if key != "description"}


def _summary(model: Any) -> str:
    """The first line of what a class says of itself."""
    return str(model.__doc__ or "").partition("\n")[0]


def csv_table(document: Any, rows: Iterable[Mapping[str, Any]], more: Iterable[str] = ()) -> bytes:
    """Documents in JSON as CSV (RFC 4180) with a header; lists are joined by spaces, an empty cell is no value.

    ``more`` names keys that the rows have besides those of the document.
    """
    columns = [*(field.name for field in fields_of(document)), *more]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue().encode()


def cell(value: Any) -> str | int | float:
    """A value in one cell: of evidence the addresses, of a verification the probe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return " ".join(str(one["url"] if isinstance(one, dict) else one) for one in value)
    if isinstance(value, dict):
        return str(value["probe"]) if "probe" in value else "; ".join(f"{k} {v}" for k, v in value.items())
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
