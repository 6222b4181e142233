"""The scores of sides and entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from interop_landscape.analysis.score import Scores
from interop_landscape.analysis.tally import Tally
from interop_landscape.documents.tally import SCORE_TABLE, ScoresDocument, score_rows
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.gaps import render_sides
from interop_landscape.reports.report import Cell
from interop_landscape.reports.terminal import bar
from interop_landscape.text import percent

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class ScoreReport:
    """Scores by side and by entry; `top` entries are shown to people, the lowest scores first."""

    landscape: Landscape
    scores: Scores
    only: frozenset[str]
    top: int | None

    @property
    def no(self) -> bool:
        """A score never says no."""
        return False

    @property
    def sides(self) -> dict[str, Tally]:
        """The tallies of the sides asked for."""
        return {side: t for side, t in self.scores.sides.items() if not self.only or side in self.only}

    @property
    def shown(self) -> Scores:
        """The scores without the sides that were not asked for."""
        return replace(self.scores, sides=self.sides)

    def document(self) -> dict[str, Any]:
        """``score/v1``."""
        return json_of(ScoresDocument, self.shown, self.landscape)

    def header(self) -> Sequence[str]:
        """One row for all, a side, or an entry."""
        return SCORE_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The total, the sides, then the entries."""
        yield from score_rows(self.shown, self.landscape)

    def render(self, console: Console) -> None:
        """Bars for the sides, then the entries with the lowest scores."""
        render_sides(console, self.landscape, self.scores.total, self.sides)
        entries = self.scores.lowest_first()
        if not entries:
            return
        console.print()
        table = Table.grid(padding=(0, 2))
        table.add_column(overflow="fold")
        table.add_column(style="dim", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(justify="right", style="dim", no_wrap=True)
        for entry, tally in entries[: self.top]:
            table.add_row(
                entry,
                self.landscape.kind_of[entry],
                bar(tally.score, 10),
                f"{tally.met:,} of {tally.expected:,}",
                f"{percent(tally.score)} by weight",
            )
        console.print(table)
        if self.top and len(entries) > self.top:
            console.print(Text(f"… {len(entries) - self.top:,} more; --top 0 shows all", style="dim"))
