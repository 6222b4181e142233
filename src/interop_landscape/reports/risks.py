"""What might break: for people, as `risks/v1`, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.risks import Risk
from interop_landscape.documents.risk import RISK_TABLE, RisksDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted, number

if TYPE_CHECKING:
    from rich.console import Console

_LINES_SHOWN = 4


@dataclass(frozen=True)
class RisksReport:
    """The first of `count` risks."""

    landscape: Landscape
    risks: list[Risk]
    count: int

    @property
    def no(self) -> bool:
        """Risks never say no."""
        return False

    def document(self) -> dict[str, Any]:
        """``risks/v1``."""
        return json_of(RisksDocument, self, self.landscape)

    def header(self) -> Sequence[str]:
        """One row an edge or entry."""
        return RISK_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The risks in order."""
        for risk in self.risks:
            yield RISK_TABLE.row(risk, self.landscape)

    def render(self, console: Console) -> None:
        """Each edge or entry with what its loss would open."""
        title = f"· {counted(self.count, 'edge or entry', 'edges and entries')} that expected connections depend on"
        console.print(Text(self.landscape.vocabulary.title, style="bold"), Text(title, style="dim"))
        if not self.risks:
            console.print("\nNo expected connection depends on a single edge or entry.")
            return
        for place, risk in enumerate(self.risks, start=1):
            console.print()
            row = Table.grid(padding=(0, 1))
            row.add_column(justify="right", width=3)
            row.add_column()
            said = Text(risk.name, style="bold")
            said.append(f" would open {counted(len(risk.opens), 'gap')}, of weight {number(risk.weight)}", "not bold")
            row.add_row(Text(str(place), style="bold"), said)
            row.add_row("", Text(" · ").join(marks(risk)))
            console.print(row)
            lines = list(phrases.joined(risk.opens, self.landscape))
            for expectation, pairs in lines[:_LINES_SHOWN]:
                console.print(Padding(Text(pairs).append(f"  {expectation}", style="dim"), (0, 0, 0, 6)))
            if len(lines) > _LINES_SHOWN:
                console.print(Padding(Text(f"… and {len(lines) - _LINES_SHOWN} more such lines", "dim"), (0, 0, 0, 6)))
        if self.count > len(self.risks):
            console.print(f"\n… {self.count - len(self.risks):,} more; --top 0 shows all")


def marks(risk: Risk) -> list[Text]:
    """What makes a loss likelier or worse, in words."""
    said = [Text("edge" if risk.statement else risk.entry.kind if risk.entry else "")]
    if risk.status != "active":
        said.append(Text(risk.status, style="bold red" if risk.status == "archived" else "yellow"))
    if risk.third_party:
        said.append(Text(phrases.maintained_by(risk.third_party), style="yellow"))
    if risk.stale and risk.statement:
        said.append(Text(f"stale, last checked {risk.statement.checked}", style="yellow"))
    if len(risk.bridges) == len(risk.opens):
        said.append(Text("the only route", style="magenta"))
    elif risk.bridges:
        said.append(Text(f"the only route for {len(risk.bridges)} of them", style="magenta"))
    else:
        said.append(Text("weaker routes remain", style="dim"))
    return said
