"""A landscape as CSV: every table and view of its database (`database.sql`), a file each.

Cells hold the data as it is, so that it reads back the same; nothing is put before those that begin with =, +, - or @,
as commands (`--export`) and decorators (`@jit`) do. A spreadsheet would take some of these for formulas: columns are
to be imported there as text.
"""

from __future__ import annotations

import csv
import io
import sqlite3

from interop_landscape.exchange.database import filled
from interop_landscape.landscape import Landscape


def csv_files(landscape: Landscape) -> dict[str, str]:
    """The files (RFC 4180, with a header) by name; an empty cell is no value, 1 and 0 are yes and no."""
    connection = filled(landscape)
    try:
        names = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view')"
            " AND name NOT LIKE 'sqlite%' ORDER BY name"
        ).fetchall()
        return {f"{name}.csv": _csv(connection.execute(f"SELECT * FROM {name}")) for (name,) in names}  # noqa: S608
    finally:
        connection.close()


def _csv(rows: sqlite3.Cursor) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column for column, *_ in rows.description])
    writer.writerows(rows)
    return buffer.getvalue()
