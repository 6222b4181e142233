"""Documents in JSON as a table in CSV, a row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from interop_landscape.documents.declare import json_fields


def csv_table(document: Any, rows: Iterable[Mapping[str, Any]], more: Iterable[str] = ()) -> bytes:
    """Documents in JSON as CSV (RFC 4180) with a header; lists are joined by spaces, an empty cell is no value.

    ``more`` names keys that the rows have besides those of the document.
    """
    columns = [*(field.name for field in json_fields(document)), *more]
    return rows_as_csv(columns, ([cell(row[column]) for column in columns] for row in rows))


def rows_as_csv(header: Iterable[str], rows: Iterable[Iterable[str | int | float]]) -> bytes:
    """Rows as CSV (RFC 4180) below a header."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows(rows)
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
