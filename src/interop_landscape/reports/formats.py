"""Reports as JSON, CSV and Markdown text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from interop_landscape.reports.report import Cell, Prose, Report


def as_json(document: Mapping[str, Any]) -> str:
    """A JSON document, indented, with a line end."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_csv(report: Report) -> str:
    """The rows as CSV (RFC 4180) with a header; an empty cell where there is no value."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(report.header())
    writer.writerows(["" if cell is None else cell for cell in row] for row in report.rows())
    return buffer.getvalue()


def as_markdown(report: Report) -> str:
    """The report's own text where it is a text, else its rows as a table; numbers are set to the right."""
    if isinstance(report, Prose):
        return report.markdown()
    rows = [list(row) for row in report.rows()]
    header = list(report.header())
    numeric = [
        bool(rows) and all(isinstance(row[i], int | float) or row[i] is None for row in rows)
        for i in range(len(header))
    ]
    lines = [_line(header), _line(["--:" if right else ":--" for right in numeric])]
    lines += [_line([_markdown_cell(cell) for cell in row]) for row in rows]
    return "\n".join(lines) + "\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no line breaks."""
    flat = " ".join(text.split())
    return re.sub(r"([\\`*_\[\]<>|~#&])", r"\\\1", flat)


def markdown_link(text: str, url: str | None) -> str:
    """Text that leads to an address, or only the text where there is none."""
    return f"[{escape_markdown(text)}](<{url}>)" if url else escape_markdown(text)


def _markdown_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, float) else escape_markdown(str(cell))


WRITERS: Final[Mapping[str, Callable[[Report], str]]] = {
    "json": lambda report: as_json(report.document()),
    "csv": as_csv,
    "markdown": as_markdown,
}
