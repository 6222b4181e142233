"""The score over time: as sparklines, as `score-history/v1`, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.history import Point
from interop_landscape.analysis.tally import Tally
from interop_landscape.documents.tally import HISTORY_TABLE, ScoreHistoryDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Cell
from interop_landscape.reports.terminal import shift
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console

_BLOCKS: Final = "▁▂▃▄▅▆▇█"
_SHOWN: Final = 12


@dataclass(frozen=True)
class HistoryReport:
    """The scores of revisions, oldest first, and why others have none; `only` names sides, all if empty."""

    landscape: Landscape
    points: Sequence[Point]
    skipped: Sequence[tuple[str, str]]
    only: frozenset[str]
    by_own: bool

    @property
    def no(self) -> bool:
        """A history never says no."""
        return False

    def _series(self) -> Iterator[tuple[str, str, list[Tally]]]:
        """(side, its name, its tallies) of each side, and of everything."""
        sides = dict(self.landscape.vocabulary.sides)
        for side, defined in sides.items():
            if not self.only or side in self.only:
                yield side, defined.name, [point.sides.get(side, Tally()) for point in self.points]
        yield "all", phrases.ALL_SIDES, [point.total for point in self.points]

    def document(self) -> dict[str, Any]:
        """``score-history/v1``."""
        return json_of(ScoreHistoryDocument, self, self.landscape)

    @property
    def expectations(self) -> str:
        """By whose expectations each revision is scored."""
        return "own" if self.by_own else "now"

    def header(self) -> Sequence[str]:
        """One row a revision and side."""
        return HISTORY_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """By revision, the sides and then all of them."""
        series = list(self._series())
        for place, point in enumerate(self.points):
            for side, _, tallies in series:
                when = point.when.isoformat()
                yield HISTORY_TABLE.row(tallies[place], self.landscape, when, point.revision[:9], side)

    def render(self, console: Console) -> None:
        """A sparkline a side, then the latest revisions."""
        by = "each by its own expectations" if self.by_own else "all by today's expectations"
        console.print(Text(self.landscape.vocabulary.title, style="bold"))
        if not self.points:
            console.print("No revision can be scored.")
            return
        first, last = self.points[0].when.date(), self.points[-1].when.date()
        span = f"{first}" if first == last else f"{first} to {last}"
        console.print(Text(f"{counted(len(self.points), 'revision')}, {span}, {by}", style="dim"))
        console.print()
        table = Table.grid(padding=(0, 2))
        width = max(8, min(60, console.width - 46))
        for _, name, tallies in self._series():
            scores = [tally.score for tally in tallies]
            known = [score for score in scores if score is not None]
            ends = f"{percent(known[0])} → {percent(known[-1])}" if known else "–"
            moved = shift(known[0], known[-1]) if known else ""
            style = "bold" if name == phrases.ALL_SIDES else ""
            table.add_row(Text(name, style=style), Text(sparkline(scores, width), style="cyan"), ends, moved)
        console.print(table)
        console.print()
        self._render_latest(console)
        if self.skipped:
            said = f"{counted(len(self.skipped), 'revision')} left out: {self.skipped[-1][1]}"
            console.print(Text(f"\n{said}", style="dim"))

    def _render_latest(self, console: Console) -> None:
        series = list(self._series())
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("date", no_wrap=True)
        table.add_column("revision", no_wrap=True, style="dim")
        shown = series if console.width >= 90 else series[-1:]
        for _, name, _ in shown:
            table.add_column(name, justify="right", no_wrap=True)
        for place in list(range(len(self.points)))[-_SHOWN:][::-1]:
            point = self.points[place]
            scores = [percent(tallies[place].score) for _, _, tallies in shown]
            table.add_row(str(point.when.date()), point.revision[:9], *scores)
        console.print(table)
        if len(self.points) > _SHOWN:
            console.print(Text(f"… {len(self.points) - _SHOWN:,} earlier; -f csv lists all", style="dim"))


def sparkline(scores: Sequence[float | None], width: int) -> str:
    """Scores as blocks from the lowest to the highest of them, at most `width`; a space where there is none."""
    if len(scores) > width:
        scores = [scores[(place + 1) * len(scores) // width - 1] for place in range(width)]
    known = [score for score in scores if score is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    steps = len(_BLOCKS) - 1
    return "".join(
        " " if score is None else _BLOCKS[steps // 2 if high == low else round((score - low) / (high - low) * steps)]
        for score in scores
    )
