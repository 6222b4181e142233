"""Documents as the rows of a report: which of their keys are columns, and what the other columns hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from interop_landscape.documents.declare import Derive, Nested, json_fields
from interop_landscape.documents.kinds import Share, Worth
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.values import Value

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """How a table shows documents: the names of its columns, in order, and what they hold.

    A column has the name of a key of the document, or is in ``cells`` with what derives it. Single values that
    are neither named nor in ``without`` are columns too, at the end. ``lead`` are columns before all of them
    that the caller fills.
    """

    document: Any
    columns: tuple[str, ...]
    cells: Mapping[str, Derive] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of all columns."""
        return (*self.lead, *(name for name, _, _ in self._filled()))

    def row(self, subject: object, landscape: Any, *lead: Cell) -> tuple[Cell, ...]:
        """The cells about a subject, or about its document, behind those of the leading columns."""
        if isinstance(subject, self.document):
            return (*lead, *(_cell(kind, value) for kind, value in self._held(subject, landscape)))
        return (*lead, *(_cell(kind, derive(subject, landscape)) for _, kind, derive in self._filled()))

    def _held(self, document: Any, landscape: Any) -> Iterator[tuple[Value | None, Any]]:
        """(kind, value) of every column but the leading ones of a document that is made already."""
        attributes = {one.name: one.attribute for one in json_fields(self.document)}
        for name, kind, derive in self._filled():
            held = name not in self.cells
            yield kind, getattr(document, attributes[name]) if held else derive(document, landscape)

    def _filled(self) -> list[tuple[str, Value | None, Derive]]:
        """(name, kind, what derives it) of every column but the leading ones."""
        known = {one.name: one for one in json_fields(self.document)}
        settled = {*self.columns, *self.without, *self.lead}
        more = [name for name, one in known.items() if name not in settled and _is_single(one.kind)]
        return [
            (name, None, self.cells[name]) if name in self.cells else (name, known[name].kind, known[name].derive)
            for name in (*self.columns, *more)
        ]


def _is_single(kind: Value) -> bool:
    return not isinstance(kind, Nested | ListOf | MapOf | Struct)


def _cell(kind: Value | None, value: Any) -> Cell:
    """A value in a cell: lists are joined by spaces, and a flag is `yes` or nothing."""
    if isinstance(value, bool):
        return "yes" if value else None
    if isinstance(value, float) and isinstance(kind, Share | Worth):
        return round(value, 4)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(map(str, value))
