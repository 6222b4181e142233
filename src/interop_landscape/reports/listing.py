"""The entries, filtered and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from interop_landscape.documents.declare import ABSENT
from interop_landscape.documents.entry import ENTRY_TABLE, SCORED_ENTRY_TABLE, EntriesDocument, Listed
from interop_landscape.documents.tables import Table as Columns
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import STATUSES, Entry
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class ListReport:
    """Entries in order, with the number of statements about each, and scores where they were asked for."""

    landscape: Landscape
    entries: list[Entry]
    count: int
    statements: Counter[str]
    scores: dict[str, float | None] | None

    @classmethod
    def of(cls, landscape: Landscape, entries: list[Entry], *, sort: str, top: int | None) -> ListReport:
        """Sort by a column: words rise, numbers fall."""
        statements = Counter(end for s in landscape.statements for end in (s.source, s.target))
        scores = _scores(landscape, entries) if sort == "score" else None
        kinds = list(landscape.vocabulary.kinds)

        def key(entry: Entry) -> tuple[Any, ...]:
            score = scores[entry.id] if scores else None
            first: dict[str, Any] = {
                "id": entry.id,
                "name": entry.name.casefold(),
                "kind": kinds.index(entry.kind),
                "status": STATUSES.index(entry.status),
                "statements": -statements[entry.id],
                "score": (score is None, -(score or 0.0)),
            }
            return first[sort], entry.name.casefold(), entry.id

        ranked = sorted(entries, key=key)
        return cls(landscape, ranked[:top], len(ranked), statements, scores)

    @property
    def no(self) -> bool:
        """A list never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``list/v1``."""
        return json_of(EntriesDocument, self, self.landscape, entries=self._listed())

    def _listed(self) -> Iterator[Listed]:
        for entry in self.entries:
            score = ABSENT if self.scores is None else self.scores[entry.id]
            yield Listed(entry, self.statements[entry.id], score)

    @property
    def _table(self) -> Columns:
        return ENTRY_TABLE if self.scores is None else SCORED_ENTRY_TABLE

    def header(self) -> Sequence[str]:
        """One row an entry."""
        return self._table.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The entries in order."""
        for listed in self._listed():
            yield self._table.row(listed, self.landscape)

    def render(self, console: Console) -> None:
        """A table as wide as the terminal allows."""
        if not self.entries:
            console.print("No entries." if self.landscape.entries else "This landscape has no entries yet.")
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("id", style="bold", no_wrap=True, overflow="fold")
        table.add_column("name", overflow="fold")
        table.add_column("kind", no_wrap=True)
        if console.width >= 80:
            table.add_column("status", no_wrap=True)
        table.add_column("statements" if console.width >= 80 else "st.", justify="right", no_wrap=True)
        if self.scores is not None:
            table.add_column("score", justify="right", no_wrap=True)
        if console.width >= 110:
            table.add_column("summary", ratio=1, no_wrap=True, overflow="ellipsis")
        for entry in self.entries:
            row: list[str | Text] = [entry.id, entry.name, entry.kind]
            if console.width >= 80:
                row.append(Text(entry.status, style="" if entry.status == "active" else "yellow"))
            row.append(str(self.statements[entry.id]))
            if self.scores is not None:
                row.append(percent(self.scores[entry.id]))
            if console.width >= 110:
                row.append(Text(entry.summary, style="dim"))
            table.add_row(*row)
        console.print(table)
        more = self.count - len(self.entries)
        tail = f" … {more:,} more; --top 0 shows all" if more else ""
        console.print(Text(f"\n{counted(len(self.entries), 'entry', 'entries')}{tail}", style="dim"))


def _scores(landscape: Landscape, entries: list[Entry]) -> dict[str, float | None]:
    from interop_landscape.analysis.gaps import Gaps

    gaps = Gaps(landscape)
    return {entry.id: gaps.tally(entry=entry.id).score for entry in entries}
