"""Problems in data are values: collected, sorted and shown together, never raised one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Autofix:
    """An autofix that needs no judgement: the scalar ``old`` at the problem's place becomes ``new``.

    Where ``new`` is empty, the item of a list that stands there is taken out.
    """

    old: str
    new: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in one file, and how to fix it.

    ``line`` and ``column`` count from 1. ``source`` is the text of that line, where the file could be
    read as text. ``code`` is one of ``codes.CODES``. ``autofix`` is there where `landscape check --fix` can fix it.
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

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code}: {self.message}"
