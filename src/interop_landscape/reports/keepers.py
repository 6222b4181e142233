"""What breaks if somebody stops: for a meeting, as `keepers/v1`, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.keepers import Keeper
from interop_landscape.documents.keeper import KEEPER_TABLE, KeepersDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted, number

if TYPE_CHECKING:
    from rich.console import Console

_EDGES_SHOWN, _LINES_SHOWN = 6, 4


@dataclass(frozen=True)
class KeepersReport:
    """The first of `count` keepers."""

    landscape: Landscape
    keepers: list[Keeper]
    count: int

    @property
    def no(self) -> bool:
        """Risks never say no."""
        return False

    def document(self) -> dict[str, Any]:
        """``keepers/v1``."""
        return json_of(KeepersDocument, self, self.landscape)

    def header(self) -> Sequence[str]:
        """One row a keeper."""
        return KEEPER_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The keepers in order."""
        for keeper in self.keepers:
            yield KEEPER_TABLE.row(keeper, self.landscape)

    def render(self, console: Console) -> None:
        """Each keeper with why they may stop, the edges that hang on them, and what would open."""
        console.print(Text(self.landscape.vocabulary.title, style="bold"), Text("· what breaks if this stops", "dim"))
        if not self.keepers:
            console.print("\nNothing hangs on a third party, on a quiet project or on an old statement.")
            return
        for place, keeper in enumerate(self.keepers, start=1):
            console.print()
            console.print(Text(f"{place:>3} ").append(keeper.name, style="bold").append(f" · {_loss(keeper)}"))
            edges = [str(statement) for statement in keeper.statements]
            more = f" and {len(edges) - _EDGES_SHOWN} more" if len(edges) > _EDGES_SHOWN else ""
            for line in (phrases.keeping(keeper, self.landscape), f"{', '.join(edges[:_EDGES_SHOWN])}{more}"):
                console.print(Padding(Text(line), (0, 0, 0, 4)))
            lines = list(phrases.joined(keeper.opens, self.landscape))
            for expectation, pairs in lines[:_LINES_SHOWN]:
                console.print(Padding(Text(pairs).append(f"  {expectation}", style="dim"), (0, 0, 0, 6)))
            if len(lines) > _LINES_SHOWN:
                console.print(Padding(Text(f"… and {len(lines) - _LINES_SHOWN} more such lines", "dim"), (0, 0, 0, 6)))
        if self.count > len(self.keepers):
            console.print(f"\n… {self.count - len(self.keepers):,} more; --top 0 shows all")


def _loss(keeper: Keeper) -> str:
    """``would open 9 gaps, of weight 7.75, 2 of them without any route; 3 weak gaps would have no route``."""
    said = []
    if keeper.opens:
        without = f", {len(keeper.bridges)} of them without any route" if keeper.bridges else ""
        said.append(f"would open {counted(len(keeper.opens), 'gap')}, of weight {number(keeper.weight)}{without}")
    if keeper.worsens:
        said.append(f"{counted(len(keeper.worsens), 'weak gap')} would have no route")
    return "; ".join(said)
