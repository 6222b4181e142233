"""Problems in data are values: collected, sorted and shown together, never raised one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from interop_landscape.text import shown

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Autofix:
    """An autofix that needs no judgement: the scalar ``old`` at the problem's place becomes ``new``.

    Where ``new`` is empty, the item of a list that is there is removed.
    """

    old: str
    new: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in one file, and how to fix it.

    ``line`` and ``column`` count from 1. ``source`` is the text of that line, where the file could be
    read as text. ``code`` is one of ``codes.CODES``. ``autofix`` is there where `landscape check --fix` can fix it.
    ``stands_for`` is more than 1 in the last problem of a file that has more than are listed.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    source: str = ""
    autofix: Autofix | None = field(default=None, compare=False)
    stands_for: int = field(default=1, compare=False)

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}:{self.column}: {self.code}: {self.message}"


def at_most(problems: Sequence[Problem], most: int) -> Iterator[Problem]:
    """The first `most` problems of a file, and one more for the rest, if there is a rest."""
    rest = problems[most:]
    if not rest:
        yield from problems
        return
    listed = [problem for problem in problems if problem.stands_for == 1][:most]
    yield from listed
    count = sum(problem.stands_for for problem in problems) - len(listed)
    severity: Severity = "error" if any(problem.severity == "error" for problem in rest) else "warning"
    path, line, column = listed[-1].path, listed[-1].line, listed[-1].column
    message = f"{count:,} more problem{'s' * (count != 1)} in this file"
    hint = "fix those above first, and check again"
    yield Problem(path, line, column, "more-problems", message, hint, severity, stands_for=count)
