"""One entry: who it is, its statements in both directions, its gaps and its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.gaps import Gap, GapFilter, Gaps
from interop_landscape.analysis.tally import Tally
from interop_landscape.documents.details import entry_details
from interop_landscape.documents.shown import ShownEntryDocument
from interop_landscape.documents.statement import STATEMENT_TABLE
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.gaps import fix_in_words
from interop_landscape.reports.report import Cell
from interop_landscape.reports.routes import hop_details, verification_in_words
from interop_landscape.reports.terminal import bar, styled
from interop_landscape.text import counted

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class EntryReport:
    """An entry with what the landscape knows of it; `gaps` are the first of `gap_count`."""

    landscape: Landscape
    entry: Entry
    tally: Tally
    sides: dict[str, Tally]
    gaps: list[Gap]
    gap_count: int

    @classmethod
    def of(cls, gaps: Gaps, entry: Entry, *, top: int) -> EntryReport:
        """Collect what concerns the entry; `top` 0 lists all of its gaps."""
        landscape = gaps.landscape
        mine = GapFilter(ends=frozenset({entry.id}))
        listed = gaps.top(top or None, mine, most_fixes=5)
        sides = {side: gaps.tally(side, entry.id) for side in landscape.vocabulary.sides}
        return cls(landscape, entry, gaps.tally(entry=entry.id), sides, listed, gaps.count(mine))

    @property
    def no(self) -> bool:
        """Showing an entry never says no."""
        return False

    @property
    def statements(self) -> list[Statement]:
        """The statements from and to the entry, by relation in the vocabulary's order."""
        order = list(self.landscape.vocabulary.relations)
        mine = [s for s in self.landscape.statements if self.entry.id in (s.source, s.target)]
        return sorted(mine, key=lambda s: (s.source != self.entry.id, order.index(s.relation), str(s)))

    def document(self) -> dict[str, Any]:
        """``show/v1``."""
        return json_of(ShownEntryDocument, self, self.landscape)

    def header(self) -> Sequence[str]:
        """One row a statement."""
        return STATEMENT_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The statements in order."""
        for statement in self.statements:
            yield STATEMENT_TABLE.row(statement, self.landscape)

    def render(self, console: Console) -> None:
        """A header, the score, the statements and the gaps."""
        self._render_header(console)
        self._render_score(console)
        self._render_statements(console)
        self._render_gaps(console)

    def _render_header(self, console: Console) -> None:
        entry = self.entry
        status = "" if entry.status == "active" else f" · {entry.status}"
        console.print(
            Text(entry.name, style="bold") + Text(f"  {entry.id} · {entry.kind}{status}", style="not bold dim")
        )
        console.print(entry.summary)
        console.print()
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for detail in entry_details(entry, self.landscape):
            table.add_row(detail.label, detail.text)
        console.print(table)

    def _render_score(self, console: Console) -> None:
        console.print()
        if not self.tally.expected:
            console.print("Nothing is expected of it.")
            return
        table = Table.grid(padding=(0, 2))
        for side, tally in self.sides.items():
            if tally.expected:
                name = self.landscape.vocabulary.sides[side].name
                met = Text(phrases.met(tally), style="dim")
                table.add_row(name, bar(tally.score, 16), met)
        console.print(table)

    def _render_statements(self, console: Console) -> None:
        statements = self.statements
        relations = self.landscape.vocabulary.relations
        if not statements:
            console.print("\nNothing is stated about it yet.")
        for (outward, relation), group in groupby(statements, key=lambda s: (s.source == self.entry.id, s.relation)):
            console.print()
            title = relations[relation].reads if outward else f"{relations[relation].inverse.replace('-', ' ')}"
            console.print(Text(title, style="bold"))
            for s in group:
                other = self.landscape.entries[s.target if outward else s.source]
                parts = [Text(other.name), styled(s.support)]
                parts += [Text(part) for part in (s.api, s.by and phrases.maintained_by(s.by)) if part]
                if s.until:
                    parts.append(Text(f"until {s.until}"))
                if s.carries:
                    parts.append(Text("carries " + ", ".join(s.carries), style="dim"))
                if self.landscape.is_stale(s):
                    parts.append(Text(phrases.checked(s, self.landscape), style="dim"))
                verification = verification_in_words(s, self.landscape)
                if verification is not None:
                    parts.append(verification)
                console.print(Padding(Text(" · ").join(parts), (0, 0, 0, 2)))
                for line in hop_details(s, self.landscape):
                    console.print(Padding(line, (0, 0, 0, 4)))

    def _render_gaps(self, console: Console) -> None:
        console.print()
        if not self.gap_count:
            console.print("No gaps.")
            return
        console.print(Text(counted(self.gap_count, "gap"), style="bold"))
        for gap in self.gaps:
            pair = f"{gap.source} → {gap.target or phrases.any_of(gap.expectation, self.landscape)}"
            line = Text(" · ").join(
                [Text(pair), styled(gap.status), styled(gap.certainty), Text(gap.expectation, style="dim")]
            )
            console.print(Padding(line, (0, 0, 0, 2)))
            if gap.fixes:
                console.print(Padding(fix_in_words(gap.fixes[0], self.landscape), (0, 0, 0, 4)))
        if self.gap_count > len(self.gaps):
            console.print(f"  … {self.gap_count - len(self.gaps):,} more; --top 0 shows all")
