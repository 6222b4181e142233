"""Reports as JSON, CSV and Markdown text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from interop_landscape.reports.report import Cell, Prose, Report
from interop_landscape.text import UNSEEN, visible

_CALLS: Final = re.compile(r"@(?=\w)|#(?=\d)|\b(?i:gh-)(?=\d)")


def as_json(document: Mapping[str, Any]) -> str:
    """A JSON document, indented, with a line end; what a terminal would obey is escaped as JSON does."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def as_csv(report: Report) -> str:
    """The rows as CSV (RFC 4180) with a header; an empty cell where there is no value."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(report.header())
    writer.writerows([_csv_cell(cell) for cell in row] for row in report.rows())
    return buffer.getvalue()


def _csv_cell(cell: Cell) -> Cell:
    return visible(cell) if isinstance(cell, str) else "" if cell is None else cell


def as_markdown(report: Report) -> str:
    """The report's own text where it is a text, else its rows as a table."""
    return report.markdown() if isinstance(report, Prose) else as_table(report)


def as_table(report: Report) -> str:
    """The rows of a report as a table in Markdown; numbers are set to the right."""
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
    """Text that Markdown shows as it is: no markup, no HTML, no line breaks, and nobody is called by it.

    GitHub looks for ``@name``, ``#12`` and ``GH-12`` in what is shown, where a space of no width helps.
    """
    flat = _CALLS.sub("\\g<0>\u200b", visible(" ".join(text.split())))
    return re.sub(r"([\\`*_\[\]<>|~#&])", r"\\\1", flat)


def markdown_code(text: str) -> str:
    """Text as code within a sentence, whatever backticks are in it."""
    flat = visible(" ".join(text.split()))
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", flat)), default=0))
    return f"{fence} {flat} {fence}" if "`" in flat else f"{fence}{flat}{fence}"


def markdown_link(text: str, url: str | None) -> str:
    """Text that leads to an address, or only the text where there is none."""
    if not url:
        return escape_markdown(text)
    address = "".join(c if c.isprintable() and c not in "<>\\ " else quote(c, errors="replace") for c in url)
    return f"[{escape_markdown(text)}](<{address}>)"


def _markdown_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, float) else escape_markdown(str(cell))


WRITERS: Final[Mapping[str, Callable[[Report], str]]] = {
    "json": lambda report: as_json(report.document()),
    "csv": as_csv,
    "markdown": as_markdown,
}
