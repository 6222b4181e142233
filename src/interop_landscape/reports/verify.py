"""What probes saw when they were run just now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from interop_landscape.documents.probe import RUN_TABLE, VerifyDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.reading.probes import OUTCOMES, Result
from interop_landscape.reports.probes import comparison_in_words, worst_of
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted, number

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"pass": "bold cyan", "fail": "bold red", "error": "magenta", "unsupported": "yellow"}


@dataclass(frozen=True)
class VerifyReport:
    """The results of one `landscape verify`, by probe, and the probes that were not run for want of the network."""

    results: tuple[Result, ...]
    skipped: tuple[str, ...] = ()

    @property
    def no(self) -> bool:
        """Whether a probe failed, or ended in an error."""
        return any(result.outcome in ("fail", "error") for result in self.results)

    def document(self) -> dict[str, Any]:
        """``verify/v1``."""
        outcomes = Counter(result.outcome for result in self.results)
        return json_of(VerifyDocument, self, summary=outcomes)

    def header(self) -> Sequence[str]:
        """The names of the columns."""
        return RUN_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """A row a probe."""
        for result in self.results:
            yield RUN_TABLE.row(result, None)

    def render(self, console: Console) -> None:
        """A table, and how many came out how."""
        if not self.results:
            console.print("No probe was run." if self.skipped else "No probe to run.")
            return
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column("probe", overflow="fold")
        table.add_column("outcome", no_wrap=True)
        table.add_column("seconds", justify="right", no_wrap=True)
        table.add_column("saw", overflow="fold")
        for result in self.results:
            outcome = Text(result.outcome, style=_STYLES[result.outcome])
            table.add_row(result.probe, outcome, number(round(result.seconds, 1)), _saw(result))
        console.print(table)
        outcomes = Counter(result.outcome for result in self.results)
        tally = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in OUTCOMES if outcomes[outcome])
        tally += f", {len(self.skipped)} skipped" * bool(self.skipped)
        console.print(Text(f"\n{counted(len(self.results), 'probe')}: {tally}"))


def _saw(result: Result) -> str:
    if result.reason:
        return result.reason
    worst = worst_of(result)
    said = counted(len(result.compared), "comparison")
    return f"{said}; {comparison_in_words(worst)}" if worst is not None else said
