"""The columns of a database, from the models that files are read by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from interop_landscape.documents.declare import Derive
from interop_landscape.documents.to_json import plain
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.statements import Interop
from interop_landscape.reading.values import Date, Days, Figure, Flag, Number, OneOf, Value

_SQL_WORDS: Final = """
    add all and as between by case check default else end exists from group having in index into is join key limit not
    null on or order primary references select set table then to transaction trigger union unique update using values
    view when where with
""".split()  # noqa: SIM905 - a list of these, a line each, is longer than all else


@dataclass(frozen=True)
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

    ``references`` names the table that holds the ids under a key; ``after`` has a column to put after that of a key.
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
