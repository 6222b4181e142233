"""Statements, filtered, a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from interop_landscape.documents.statement import STATEMENT_TABLE, StatementsDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.report import Cell
from interop_landscape.reports.terminal import styled
from interop_landscape.text import counted

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 110


@dataclass(frozen=True)
class StatementsReport:
    """The first statements in the order of edges, and how many there are in all."""

    landscape: Landscape
    statements: Sequence[Statement]
    count: int

    @property
    def no(self) -> bool:
        """A list never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``statements/v1``."""
        return json_of(StatementsDocument, self, self.landscape)

    def header(self) -> Sequence[str]:
        """One row a statement."""
        return STATEMENT_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The statements in order."""
        for statement in self.statements:
            yield STATEMENT_TABLE.row(statement, self.landscape)

    def render(self, console: Console) -> None:
        """Edge, support, what is said of it, and when it was checked."""
        if not self.statements:
            console.print("No statements." if self.landscape.statements else "Nothing is stated in this landscape yet.")
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("statement", overflow="fold")
        table.add_column("support", no_wrap=True)
        if console.width >= _WIDE:
            table.add_column("by", overflow="fold")
            table.add_column("limits", overflow="fold", ratio=1)
        table.add_column("checked", no_wrap=True, style="dim")
        for statement in self.statements:
            cells: list[str | Text] = [str(statement), styled(statement.support)]
            if console.width >= _WIDE:
                cells += [statement.by or "", Text(statement.limits or "", style="dim")]
            stale = self.landscape.is_stale(statement)
            table.add_row(*cells, Text(f"{statement.checked}{' stale' if stale else ''}"))
        console.print(table)
        more = self.count - len(self.statements)
        tail = f" … {more:,} more; --top 0 shows all" if more else ""
        console.print(Text(f"\n{counted(len(self.statements), 'statement')}{tail}", style="dim"))
