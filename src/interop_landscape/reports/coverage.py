"""Which groups of a standard its implementations take: a table of them, and one of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.coverage import Coverage, CoverageTable, Tally, coverage_tables
from interop_landscape.documents.coverage import COVERAGE_HEADER, CoverageTablesDocument, coverage_rows
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class CoverageReport:
    """What suites counted where an entry is at either end."""

    landscape: Landscape
    entry: Entry
    tables: tuple[CoverageTable, ...]

    @classmethod
    def of(cls, landscape: Landscape, entry: Entry) -> CoverageReport:
        """Collect what concerns the entry."""
        return cls(landscape, entry, coverage_tables(landscape, entry.id))

    @property
    def no(self) -> bool:
        """Whether no suite has counted anything."""
        return not self.tables

    def document(self) -> dict[str, Any]:
        """``coverage/v1``."""
        return json_of(CoverageTablesDocument, self.tables, self.landscape)

    def header(self) -> Sequence[str]:
        """The names of the columns."""
        return COVERAGE_HEADER

    def rows(self) -> Iterator[Sequence[Cell]]:
        """A row a statement and group."""
        return coverage_rows(self.tables)

    def render(self, console: Console) -> None:
        """Each implementation in a line, and then the groups that not all of them take whole."""
        if not self.tables:
            console.print(Text(f"No suite has counted what works with {self.entry.name}."))
        for place, table in enumerate(self.tables):
            if place:
                console.print()
            console.print(Text(f"{self._name(table.of)} by {table.key}", style="bold"))
            for statement, coverage in table.rows:
                console.print(Padding(self._line(statement.source, coverage), (0, 0, 0, 2)))
            self._print_groups(console, table)

    def _line(self, source: str, coverage: Coverage) -> Text:
        share = "" if coverage.suite.own else f"{percent(coverage.tally.share)}: "
        return Text(f"{self._name(source)}: {share}{phrases.coverage(coverage)}")

    def _print_groups(self, console: Console, table: CoverageTable) -> None:
        """The groups a row, as many implementations as are wide enough; what all take whole is only counted."""
        shown = [group for group in table.groups if not all(_whole(coverage, group) for _, coverage in table.rows)]
        grid = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        grid.add_column(table.key, overflow="fold")
        for statement, _ in table.rows:
            grid.add_column(self._name(statement.source), justify="right", overflow="fold")
        for group in shown:
            grid.add_row(Text(group), *(_cell(coverage.groups.get(group)) for _, coverage in table.rows))
        if shown:
            console.print()
            console.print(grid)
        rest = len(table.groups) - len(shown)
        if rest:
            console.print(Text(f"{'and ' if shown else ''}{counted(rest, table.key)} that all take whole", style="dim"))

    def _name(self, entry: str) -> str:
        return self.landscape.entries[entry].name


def _whole(coverage: Coverage, group: str) -> bool:
    tally = coverage.groups.get(group)
    return tally is not None and tally.whole


def _cell(tally: Tally | None) -> Text:
    if tally is None:
        return Text("–", style="dim")
    style = "bold cyan" if tally.whole else "red" if not tally.same else "yellow"
    worse = "!" if tally.counts.get("other-numbers") else ""
    return Text(f"{tally.same}/{tally.cases}{worse}", style=style)
