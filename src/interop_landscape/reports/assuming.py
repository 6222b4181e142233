"""Reports under `--assume`, which say so first in every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.text import Text

from interop_landscape.reports.formats import as_markdown, markdown_code
from interop_landscape.reports.report import Cell, Report
from interop_landscape.reports.slides import Slides

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class Assuming:
    """A report on a landscape with some edges that are only assumed."""

    report: Report
    assumed: tuple[str, ...]

    @property
    def no(self) -> bool:
        """Whether the answer is no."""
        return self.report.no

    def document(self) -> dict[str, Any]:
        """The document, with what is assumed behind its `schema`."""
        document = self.report.document()
        return {"schema": document.pop("schema"), "assumed": list(self.assumed), **document}

    def header(self) -> Sequence[str]:
        """The columns, and one that says what is assumed."""
        return [*self.report.header(), "assumed"]

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The rows, each with what is assumed."""
        assumed = "; ".join(self.assumed)
        for row in self.report.rows():
            yield [*row, assumed]

    def render(self, console: Console) -> None:
        """A line that says what is assumed, and the report."""
        console.print(Text(f"Assumed to be there in full: {'; '.join(self.assumed)}", style="bold"))
        self.report.render(console)

    def markdown(self) -> str:
        """A line that says what is assumed, and the report."""
        edges = "; ".join(map(markdown_code, self.assumed))
        return f"Assumed to be there in full: {edges}\n\n{as_markdown(self.report)}"


def assuming(report: Report, assumed: tuple[str, ...]) -> Report:
    """The report, which says what is assumed; slides say it on their first."""
    if isinstance(report, Slides):
        return Slides(Assuming(report.report, assumed))
    return Assuming(report, assumed)
