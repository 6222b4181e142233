"""Which groups of a standard its implementations take: a table of them, and one of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.coverage import Coverage, CoverageTable, Tally, counted_beside, coverage_tables
from interop_landscape.documents.coverage import COVERAGE_HEADER, CoverageTablesDocument, coverage_rows
from interop_landscape.documents.to_json import json_of
from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console

_CELL: Final = len("12/12!")
_GAP: Final = 2


@dataclass(frozen=True)
class CoverageReport:
    """What suites counted where an entry is at either end."""

    landscape: Landscape
    entry: Entry
    tables: tuple[CoverageTable, ...]
    by: str | None = None

    @classmethod
    def of(cls, landscape: Landscape, entry: Entry, by: str | None = None) -> CoverageReport:
        """Collect what concerns the entry, by the suites' first key or by another, as `--by` names it.

        Raises BadRequest where something was counted of the entry, and nothing by this key.
        """
        tables = coverage_tables(landscape, entry.id)
        if by is None or not tables:
            return cls(landscape, entry, tables)
        by_this = tuple(each for table in tables if (each := table.by(by)).rows)
        if not by_this:
            keys = sorted({key for table in tables for key in (table.key, *table.other_keys)})
            raise BadRequest(f"nothing is counted by `{by}` here: the keys are {', '.join(keys)}")
        return cls(landscape, entry, by_this, by)

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
        """A row a statement, suite and group."""
        return coverage_rows(self.landscape, self.tables)

    def render(self, console: Console) -> None:
        """Each implementation in a line, and then the groups that not all of them take whole."""
        if not self.tables:
            console.print(Text(f"No suite has counted what works with {self.entry.name}."))
        for place, table in enumerate(self.tables):
            if place:
                console.print()
            console.print(Text(f"{self._name(table.of)} by {table.key}", style="bold"))
            heads = self._heads(table, console.width)
            for head, (statement, coverage) in zip(heads, table.rows, strict=True):
                console.print(Padding(self._line(head, statement.source, coverage), (0, 0, 0, 2)))
                for other in counted_beside(self.landscape, statement, coverage):
                    console.print(Padding(self._beside(other), (0, 0, 0, 4)), style="dim")
            self._print_groups(console, table, heads)
            if self.by is None and table.other_keys:
                keys = " or ".join(f"--by {_quoted(key)}" for key in table.other_keys)
                console.print(Text(f"the same cases otherwise: {keys}", style="dim"))

    def _heads(self, table: CoverageTable, width: int) -> list[str]:
        """What stands above each column: the names, or letters where names would break those of the groups."""
        names = [self._name(statement.source) for statement, _ in table.rows]
        columns = sum(max(_CELL, *map(len, name.split())) + _GAP for name in names)
        if max(map(len, table.groups), default=0) + _GAP + columns <= width or len(names) > len(ascii_uppercase):
            return names
        return list(ascii_uppercase[: len(names)])

    def _line(self, head: str, source: str, coverage: Coverage) -> Text:
        share = "" if coverage.suite.own else f"{percent(coverage.tally.share)}: "
        name = self._name(source)
        letter = "" if head == name else f"{head}  "
        return Text(f"{letter}{name}: {share}{phrases.coverage(coverage)}")

    def _beside(self, coverage: Coverage) -> Text:
        return Text(f"{phrases.suite_shows(coverage, self.landscape)} {phrases.coverage(coverage)}")

    def _print_groups(self, console: Console, table: CoverageTable, heads: Sequence[str]) -> None:
        """The groups a row, a column an implementation; what all take whole is only counted."""
        tallies = [coverage.by(table.key) for _, coverage in table.rows]
        shown = [group for group in table.groups if not all(_whole(taken.get(group)) for taken in tallies)]
        grid = Table(box=None, pad_edge=False, header_style="dim", padding=(0, _GAP, 0, 0))
        grid.add_column(table.key, overflow="fold", no_wrap=3 * max(map(len, shown), default=0) <= console.width)
        for head in heads:
            grid.add_column(head, justify="right", overflow="fold")
        for group in shown:
            grid.add_row(Text(group), *(_cell(taken.get(group)) for taken in tallies))
        if shown:
            console.print()
            console.print(grid)
        rest = len(table.groups) - len(shown)
        if rest:
            console.print(Text(f"{'and ' if shown else ''}{counted(rest, table.key)} that all take whole", style="dim"))

    def _name(self, entry: str) -> str:
        return self.landscape.entries[entry].name


def _whole(tally: Tally | None) -> bool:
    return tally is not None and tally.whole


def _cell(tally: Tally | None) -> Text:
    if tally is None:
        return Text("–", style="dim")
    style = "bold cyan" if tally.whole else "red" if not tally.same else "yellow"
    worse = "!" if tally.counts.get("other-numbers") else ""
    return Text(f"{tally.same}/{tally.cases}{worse}", style=style)


def _quoted(key: str) -> str:
    return f'"{key}"' if " " in key else key
