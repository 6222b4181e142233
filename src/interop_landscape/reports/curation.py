"""How well a landscape is curated: by kind, side, support and steward, and where little is stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.curation import Curated, Curation
from interop_landscape.documents.curation import CURATION_TABLE, CurationDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console


_HEADINGS: Final = ("statements", "verified", "checked in 90 days", "none searched for")
_SHORT_HEADINGS: Final = ("st.", "verified", "90 days", "searched")


@dataclass(frozen=True)
class CurationReport:
    """How well a landscape is curated; of the entries with few statements, `top` are shown to people."""

    landscape: Landscape
    curation: Curation
    top: int | None

    @property
    def no(self) -> bool:
        """A count never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``curation/v1``."""
        return json_of(CurationDocument, self.curation, self.landscape)

    def header(self) -> Sequence[str]:
        """One row for all, and one for each group."""
        return CURATION_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The total, then the groups of each grouping."""
        yield CURATION_TABLE.row(self.curation.total, self.landscape, "all", "")
        for of, groups in self.curation.groups.items():
            for name, curated in groups.items():
                yield CURATION_TABLE.row(curated, self.landscape, of, name)

    def render(self, console: Console) -> None:
        """A table of the groups, the entries about which little is stated, the samples."""
        if not self.landscape.statements:
            console.print("Nothing is stated in this landscape yet.")
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("by", style="dim", no_wrap=True)
        table.add_column("", overflow="fold")
        for name in _HEADINGS if console.width >= 100 else _SHORT_HEADINGS:
            table.add_column(name, justify="right", no_wrap=True)
        table.add_row("", Text("all", style="bold"), *_cells(self.curation.total))
        for of, groups in self.curation.groups.items():
            for number, (name, curated) in enumerate(groups.items()):
                said = phrases.group_name(of, name, self.landscape.vocabulary)
                table.add_row("" if number else of, said, *_cells(curated))
        console.print(table)
        self._render_thin(console)
        for sample in self.curation.samples.values():
            console.print(f"{phrases.sample(sample)}.", highlight=False)

    def _render_thin(self, console: Console) -> None:
        thin = self.curation.thin
        if not thin:
            return
        said = f"{counted(len(thin), 'entry has', 'entries have')} fewer than three statements: "
        named = [f"{name} ({count})" for name, count in list(thin.items())[: self.top]]
        more = f", {len(thin) - len(named):,} more; --top 0 shows all" if len(named) < len(thin) else ""
        console.print(f"\n{said}{', '.join(named)}{more}", highlight=False)


def _cells(curated: Curated) -> tuple[str, ...]:
    return (
        f"{curated.statements:,}",
        percent(curated.verified / curated.statements),
        percent(curated.lately / curated.statements),
        f"{curated.searched:,} of {curated.none:,}" if curated.none else "",
    )
