"""The fixes: for people, as `fixes/v1`, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.fixes import Fixes, ListedFix
from interop_landscape.analysis.score import side_tallies
from interop_landscape.documents.fix import FIX_TABLE, FixesDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class FixesReport:
    """The fixes that would close any of the wanted gaps; `top` None lists all."""

    fixes: Fixes
    top: int | None

    @property
    def no(self) -> bool:
        """A list of fixes never says no."""
        return False

    @property
    def _landscape(self) -> Landscape:
        return self.fixes.gaps.landscape

    def document(self) -> dict[str, Any]:
        """``fixes/v1``; the summary counts all gaps, whatever the filters."""
        return self.document_of(self.fixes.top(self.top))

    def document_of(self, listed: Sequence[ListedFix], landscape: Landscape | None = None) -> dict[str, Any]:
        """``fixes/v1`` with these fixes listed; `landscape` is that with the words of what is stated of them."""
        gaps = self.fixes.gaps
        summary = gaps.tally(), side_tallies(gaps)
        told = landscape or self._landscape
        return json_of(FixesDocument, None, told, summary=summary, count=len(self.fixes), fixes=listed)

    def header(self) -> Sequence[str]:
        """One row a fix."""
        return FIX_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The fixes in order."""
        for one in self.fixes.top(self.top):
            yield FIX_TABLE.row(one, self._landscape)

    def render(self, console: Console) -> None:
        """Each fix with what it closes and every factor of its value."""
        listed, count = self.fixes.top(self.top), len(self.fixes)
        title = f"· {counted(count, 'fix', 'fixes')} for {counted(len(self.fixes.gaps), 'gap')}"
        console.print(Text(self._landscape.vocabulary.title, style="bold"), Text(title, style="dim"))
        if not listed:
            console.print()
            console.print("No single edge, and no tool, would close a gap of this sort.")
        for place, one in enumerate(listed, start=1):
            console.print()
            render_fix(console, place, one, self._landscape)
        if count > len(listed):
            console.print()
            console.print(f"… {count - len(listed):,} more; --top 0 shows all")
        console.print()
        render_legend(console)


def render_fix(console: Console, place: int, one: ListedFix, landscape: Landscape) -> None:
    """What would be built and what it closes, and below it the facts behind its value."""
    title = Table.grid(padding=(0, 1))
    title.add_column(justify="right", width=3)
    title.add_column()
    closes = phrases.closing(len(one.closes), one.fix.unlocks, one.fix.value)
    name = Text(phrases.whole(one.fix, landscape), style="bold").append(f": {closes}", style="not bold")
    title.add_row(Text(str(place), style="bold"), name)
    console.print(title)
    for line in phrases.facts(one, landscape):
        console.print(Padding(Text(line, style="dim"), (0, 0, 0, 4)))


def render_legend(console: Console) -> None:
    """What the words and figures mean."""
    for line in phrases.LEGEND:
        console.print(Text(line, style="dim"))
