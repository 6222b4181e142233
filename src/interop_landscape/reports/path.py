"""The routes from one entry to another: for people, as `path/v1`, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.coverage import OPERATOR, Taken, taken_on
from interop_landscape.analysis.nearest import Miss, found_between
from interop_landscape.analysis.routes import Route
from interop_landscape.analysis.verdict import Found
from interop_landscape.documents.route import HOP_TABLE, PathDocument, hop_rows
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reports.formats import as_table, escape_markdown
from interop_landscape.reports.report import Cell
from interop_landscape.reports.routes import hop_details, statement_title
from interop_landscape.reports.terminal import styled

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class PathReport:
    """Routes between two entries; where there are none, the edges that would open one."""

    landscape: Landscape
    source: Entry
    target: Entry
    found: Found
    misses: list[Miss]
    operators: tuple[str, ...] | None = None

    @classmethod
    def of(
        cls, landscape: Landscape, source: Entry, target: Entry, *, top: int, operators: tuple[str, ...] | None = None
    ) -> PathReport:
        """Find up to `top` routes of each sort, or what would open one; `operators` are those of a model."""
        return cls(landscape, source, target, *found_between(landscape, source.id, target.id, top=top), operators)

    def taken(self, route: Route) -> tuple[Taken, ...]:
        """What the hops of a route take of the model's operators, where suites counted them."""
        return taken_on(self.landscape, (hop.statement for hop in route.hops), self.operators or (), OPERATOR)

    @property
    def no(self) -> bool:
        """Whether it is not reached today, not even in part."""
        return self.found.verdict.route is None

    @property
    def says(self) -> str:
        """The verdict in a sentence."""
        return phrases.verdict(self.found.verdict, [edge for edge, _, _ in self.misses], self.landscape)

    def document(self) -> dict[str, Any]:
        """``path/v1``; ``misses`` has what would open a route where there is none."""
        return json_of(PathDocument, self, self.landscape)

    def header(self) -> Sequence[str]:
        """One row a hop."""
        return HOP_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The hops of each route in turn."""
        yield from hop_rows(self.found, self.landscape)

    def markdown(self) -> str:
        """The verdict, and the hops as a table."""
        table = f"\n{as_table(self)}" if any((self.found.routes, self.found.apart, self.found.back)) else ""
        said = "".join(f"- {escape_markdown(line)}\n" for line in self._operators_in_words())
        return f"{escape_markdown(self.says)}\n{table}" + (f"\n{said}" if said else "")

    def _operators_in_words(self) -> Iterator[str]:
        if self.operators is not None:
            for place, route in enumerate(self.found.routes, start=1):
                yield from (f"route {place}: {line.plain}" for line in self._operators(route))

    def render(self, console: Console) -> None:
        """The verdict, then the routes as short lines, each hop with its evidence; or the nearest misses."""
        console.print(Text(self.says, style="bold"))
        if self.no:
            self._render_none(console)
        for place, route in enumerate(self.found.routes, start=1):
            self._render_route(console, f"{place}. ", route)
        for route in self.found.apart:
            self._render_route(console, f"{phrases.only(route, self.landscape.vocabulary)}: ", route)

    def _render_route(self, console: Console, lead: str, route: Route) -> None:
        console.print()
        console.print(Text(lead + phrases.stops(route, self.landscape), style="bold"))
        for line in self._about(route):
            console.print(Padding(line, (0, 0, 0, 3)))
        for hop in route.hops:
            console.print(Padding(Text("· ") + statement_title(hop.statement, self.landscape), (0, 0, 0, 3)))
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
        if self.operators is not None:
            yield from self._operators(route)

    def _operators(self, route: Route) -> Iterator[Text]:
        found = self.taken(route)
        if not found:
            yield Text("no suite has counted which operators this route takes", style="dim")
        for one in found:
            style = "red" if one.missing else "yellow" if one.part or one.uncounted else "cyan"
            yield Text(phrases.taken(one, self.landscape), style=style)

    def _render_none(self, console: Console) -> None:
        if not self.landscape.expectations:
            console.print("Nothing is expected yet, so no route is known: write expectations.yml.")
        for route in self.found.back:
            console.print()
            said = statement_title(route.hops[0].statement, self.landscape)
            console.print(Text(f"Stated, {phrases.OTHER_WAY_ROUND}: ") + said)
        for edge, precedent, route in self.misses:
            console.print()
            console.print(
                Text(edge, style="bold") + Text(f" would open one (precedent {precedent:.2f}):", style="not bold")
            )
            console.print(Padding(Text(f"{phrases.stops(route, self.landscape)} · {route.strength}"), (0, 0, 0, 3)))
