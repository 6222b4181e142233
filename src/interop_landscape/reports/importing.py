"""What an import did, or would do: counts, and everything that somebody ought to know, with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from interop_landscape.documents.importing import (
    IMPORT_NOTE_TABLE,
    ImportCountsDocument,
    ImportDocument,
    ImportNoteDocument,
)
from interop_landscape.documents.to_json import document_of, json_of
from interop_landscape.exchange.landscape2.importing import Plan
from interop_landscape.reports.report import Cell

if TYPE_CHECKING:
    from rich.console import Console

_MOST_SHOWN = 12
_MOST_FIELDS = 80
_HEADINGS = {
    "left out": "Left out",
    "listed twice": "Listed twice, one entry here",
    "kept": "Edited here, so kept",
    "named alike": "Named like another entry",
    "gone": "In the source no more, still here",
    "corrected": "Corrected, or omitted within an entry",
    "not read": "Not read",
}


@dataclass(frozen=True)
class ImportReport:
    """The report of one import: of the file shown as ``path`` into the landscape shown as ``label``."""

    plan: Plan
    path: str
    label: str
    dry_run: bool

    @property
    def no(self) -> bool:
        """Whether there were items, and none could be taken over."""
        return self.plan.takes_nothing

    @property
    def counts(self) -> dict[str, int]:
        """How many items were read, and what became of them: the rest adds up to the first."""
        return {
            "read": self.plan.read,
            "written": len(self.plan.new),
            "updated": len(self.plan.changed),
            "unchanged": len(self.plan.unchanged),
            "listed-twice": self.plan.count("listed twice"),
            "left-out": self.plan.count("left out"),
        }

    def document(self) -> dict[str, Any]:
        """``import/v1``."""
        counts = document_of(ImportCountsDocument, self.counts)
        return json_of(
            ImportDocument, self.plan, file=self.path, dry_run=self.dry_run, counts=counts, notes=self._notes()
        )

    def _notes(self) -> list[ImportNoteDocument]:
        return [document_of(ImportNoteDocument, note, path=self.path) for note in self.plan.notes]

    def header(self) -> Sequence[str]:
        """One row a note."""
        return IMPORT_NOTE_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The notes, by what they are about."""
        notes = self._notes()
        for what in _HEADINGS:
            yield from (IMPORT_NOTE_TABLE.row(note, self.plan.landscape) for note in notes if note.what == what)

    def render(self, console: Console) -> None:
        """The counts, then the notes by what they are about, then the fields without a place."""
        would = " (nothing is written: --dry-run)" if self.dry_run else ""
        console.print(Text(f"{self.path} into {self.label}{would}", style="bold"))
        counts = Table(box=None, padding=(0, 2), show_header=False, pad_edge=False)
        for name, count in self.counts.items():
            counts.add_row(f"  {name.replace('-', ' ')}", Text(f"{count:,}", justify="right"))
        console.print(counts)
        rows = list(self.rows())
        for what, heading in _HEADINGS.items():
            mine = [row for row in rows if row[0] == what]
            if mine:
                console.print(Text(f"\n{heading}: {len(mine):,}", style="bold"))
            for _, path, line, subject, message in mine[:_MOST_SHOWN]:
                place = f"{path}:{line}: " if line else ""
                console.print(Text(f"  {place}{subject}: {message}"), soft_wrap=True)
            if len(mine) > _MOST_SHOWN:
                console.print(Text(f"  … {len(mine) - _MOST_SHOWN:,} more; -f json lists all", style="dim"))
        shown = list(self.plan.without_place.items())[:_MOST_FIELDS]
        fields = ", ".join(f"{name} {count:,}" for name, count in shown)
        more = len(self.plan.without_place) - len(shown)
        if fields:
            console.print(Text("\nFields that an entry has no place for, and on how many items", style="bold"))
            console.print(Text(f"  {fields}" + (f", and {more:,} more" if more else "")))
