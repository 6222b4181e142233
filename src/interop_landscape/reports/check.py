"""Problems for people, for programs, and as annotations on a pull request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from interop_landscape.documents.problem import CheckDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.problems import Problem
from interop_landscape.reports.formats import as_json
from interop_landscape.text import counted, shown, visible, visible_line


@dataclass(frozen=True)
class CheckReport:
    """The problems of a landscape; `landscape` is None where its vocabulary could not be read."""

    landscape: Landscape | None
    problems: tuple[Problem, ...]

    def as_json(self) -> str:
        """``check/v1``."""
        return as_json(json_of(CheckDocument, self))

    def as_annotations(self) -> str:
        """GitHub workflow commands, one a problem."""
        lines = []
        for p in self.problems:
            place = f"file={_property(p.path)},line={p.line},col={p.column},title={_property(p.code)}"
            message = p.message + (f" ({p.hint})" if p.hint else "")
            lines.append(f"::{p.severity} {place}::{_message(message)}\n")
        return "".join(lines)

    def render(self, stream: IO[str]) -> None:
        """Each problem with the line it is about, then how many there are."""
        colour = stream.isatty()
        for p in self.problems:
            where = f"{visible_line(shown(p.path))}:{p.line}:{p.column}:"
            code = f"\x1b[1;31m{p.code}\x1b[0m" if colour and p.severity == "error" else p.code
            warning = " (warning)" if p.severity == "warning" else ""
            stream.write(f"{where} {code}: {visible_line(p.message)}{warning}\n")
            part, column = _cut(p.source, p.column)
            if part.strip():
                stream.write(f"    {part}\n    {' ' * (column - 1)}^\n")
            if p.hint:
                stream.write(f"    hint: {visible_line(p.hint)}\n")
        stream.write(self._summary() + "\n")

    def _summary(self) -> str:
        errors = sum(p.severity == "error" for p in self.problems)
        warnings = len(self.problems) - errors
        size = ""
        if self.landscape is not None:
            entries = counted(len(self.landscape.entries), "entry", "entries")
            size = f" in {entries} and {counted(len(self.landscape.statements), 'statement')}"
        found = counted(errors, "problem") if errors else "no problems"
        mechanical = sum(p.autofix is not None for p in self.problems)
        fixes = f"; `landscape check --fix` corrects {mechanical} of them" if mechanical else ""
        return found + (f", {counted(warnings, 'warning')}" if warnings else "") + size + fixes


def _cut(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a line around a column, without control characters, and the column in it."""
    start = max(0, min(column - width // 2, len(line) - width))
    part = line[start : start + width]
    return "".join(c if c.isprintable() else " " for c in part), column - start


def _message(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
