"""The routes from one entry to another: for people, as `path/v1`, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.routes import Route
from interop_landscape.documents.declare import json_of
from interop_landscape.documents.route import HOP_TABLE, PathDocument, hop_rows
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reports.report import Cell
from interop_landscape.reports.routes import hop_details, hop_title
from interop_landscape.reports.terminal import styled
from interop_landscape.text import counted

if TYPE_CHECKING:
    from rich.console import Console

Miss = tuple[str, float, Route]  # the edge in words, its precedent, the route it would open


@dataclass(frozen=True)
class PathReport:
    """Routes between two entries; where there are none, the edges that would open one."""

    landscape: Landscape
    source: Entry
    target: Entry
    routes: list[Route]
    misses: list[Miss]

    @property
    def no(self) -> bool:
        """Whether there is no route."""
        return not self.routes

    def document(self) -> dict[str, Any]:
        """``path/v1``; ``misses`` has what would open a route where there is none."""
        return json_of(PathDocument, self, self.landscape)

    def header(self) -> Sequence[str]:
        """One row a hop."""
        return HOP_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The hops of each route in turn."""
        yield from hop_rows(self.routes, self.landscape)

    def render(self, console: Console) -> None:
        """The routes as short lines, each hop with its evidence; or the nearest misses."""
        names = f"{self.source.name} → {self.target.name}"
        if not self.routes:
            self._render_none(console, names)
            return
        console.print(Text(f"{names}: {counted(len(self.routes), 'route')}", style="bold"))
        for place, route in enumerate(self.routes, start=1):
            console.print()
            title = Text(f"{place}. ", style="bold") + Text(phrases.stops(route, self.landscape), style="bold")
            console.print(title)
            for line in self._about(route):
                console.print(Padding(line, (0, 0, 0, 3)))
            for hop in route.hops:
                console.print(Padding(Text("· ") + hop_title(hop, self.landscape), (0, 0, 0, 3)))
                for line in hop_details(hop.statement, self.landscape):
                    console.print(Padding(line, (0, 0, 0, 5)))

    def _about(self, route: Route) -> Iterator[Text]:
        yield styled(route.strength) + Text(f" · {phrases.survives(route, self.landscape.vocabulary)}")
        weak = [hop for hop in route.hops if hop.statement.support == route.strength != "full"]
        if weak:
            reasons = "; ".join(f"{hop.statement} is {hop.statement.support}" for hop in weak)
            yield Text(f"weak because {reasons}", style="yellow")
        for window in route.windows:
            yield Text(phrases.window(window), style="red" if window.empty else "")

    def _render_none(self, console: Console, names: str) -> None:
        console.print(Text(f"{names}: {phrases.NO_ROUTE}", style="bold"))
        if not self.landscape.expectations:
            console.print("Nothing is expected yet, so no route is known: write expectations.yml.")
        elif not self.misses:
            console.print("No single edge would open one.")
        for edge, precedent, route in self.misses:
            console.print()
            console.print(
                Text(edge, style="bold") + Text(f" would open one (precedent {precedent:.2f}):", style="not bold")
            )
            console.print(Padding(Text(f"{phrases.stops(route, self.landscape)} · {route.strength}"), (0, 0, 0, 3)))
