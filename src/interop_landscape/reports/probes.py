"""The probes with what their last runs saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.documents.probe import NEVER, PROBE_TABLE, ProbeDocument, ProbesDocument, states
from interop_landscape.documents.to_json import document_of, json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.probes import Comparison, Probe, Result
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"pass": "bold cyan", "fail": "bold red", "error": "yellow", "unsupported": "dim", NEVER: "dim"}


def worst_of(result: Result) -> Comparison | None:
    """The comparison of numbers that came nearest to its tolerance, or went furthest beyond it; None without any."""
    numbers = [comparison for comparison in result.compared if comparison.difference is not None]
    return max(numbers, key=_strain, default=None)


def _strain(comparison: Comparison) -> float:
    difference, tolerance = comparison.difference or 0.0, comparison.tolerance or 0.0
    return difference / tolerance if tolerance else float("inf") if difference else 0.0


def comparison_in_words(comparison: Comparison) -> str:
    """``scores of a batch of 7: 1.5e-08 apart, 1e-04 allowed``."""
    if comparison.difference is not None:
        allowed = f", {comparison.tolerance:.0e} allowed" if comparison.tolerance else ""
        said = f"{comparison.difference:.1e} apart{allowed}" if comparison.difference else "equal"
    elif comparison.kind == "refused":
        said = f"refused with {comparison.error}" if comparison.error else "refused"
    elif comparison.kind == "absent":
        said = "not there" if comparison.holds else "there"
    else:
        said = "the same" if comparison.holds else f"{comparison.got} instead of {comparison.expected}"
    return f"{comparison.what}: {said}" + ("" if comparison.holds else " (this does not hold)")


@dataclass(frozen=True)
class ProbesReport:
    """Probes in the order of their ids."""

    landscape: Landscape
    probes: list[Probe]
    count: int

    @property
    def no(self) -> bool:
        """A list never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``list-probes/v1``."""
        return json_of(ProbesDocument, self, self.landscape, probes=self._documents)

    @property
    def _documents(self) -> tuple[ProbeDocument, ...]:
        return tuple(document_of(ProbeDocument, probe, self.landscape) for probe in self.probes)

    def header(self) -> Sequence[str]:
        """One row a probe."""
        return PROBE_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The probes with how many of their statements are verified as of now."""
        for document in self._documents:
            yield PROBE_TABLE.row(document, self.landscape)

    def render(self, console: Console) -> None:
        """Each probe with its outcome, its statements, and what came nearest to its tolerance."""
        for probe in self.probes:
            self._render(probe, console)
        more = f"; {self.count - len(self.probes):,} more, --top 0 shows all" if self.count > len(self.probes) else ""
        outcomes = [r.outcome for p in self.probes if (r := self.landscape.results.get(p.id))]
        passed = f", {outcomes.count('pass'):,} passed when last run" if outcomes else ""
        console.print(Text(f"{counted(self.count, 'probe')}{passed}{more}", style="dim"))

    def _render(self, probe: Probe, console: Console) -> None:
        result = self.landscape.results.get(probe.id)
        outcome = result.outcome if result else NEVER
        console.print(Text(" · ").join([Text(probe.id, style="bold"), Text(outcome, style=_STYLES[outcome]),
                                        Text(str(result.day) if result else "", style="dim")]))  # fmt: skip
        lines = [probe.shows]
        worst = worst_of(result) if result is not None else None
        if worst is not None:
            lines.append(comparison_in_words(worst))
        elif result is not None and result.reason:
            lines.append(result.reason)
        if result is not None and result.versions:
            lines.append(phrases.versions(result.versions, most=6))
        for line in lines:
            console.print(Padding(Text(line), (0, 0, 0, 2)))
        for edge, state in states(probe, self.landscape).items():
            console.print(Padding(Text(f"{edge}: {state}", style="dim"), (0, 0, 0, 4)))
