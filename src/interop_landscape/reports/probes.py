"""The probes with what their last runs saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.landscape import Landscape
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.probes import Comparison, Probe, Result
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted

if TYPE_CHECKING:
    from rich.console import Console

NEVER: str = "never run"
_STYLES = {"pass": "bold cyan", "fail": "bold red", "error": "yellow", "unsupported": "dim", NEVER: "dim"}


def states(probe: Probe, landscape: Landscape) -> dict[str, str]:
    """How the probe verifies each statement that names it: the state of the verification by edge."""
    return {
        str(s): verification.state
        for s in landscape.verified_by(probe.id)
        if (verification := landscape.verification(s)) is not None
    }


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


def result_document(result: Result) -> dict[str, Any]:
    """A result without the end of its log."""
    return {
        "outcome": result.outcome,
        "reason": result.reason,
        "date": result.day.isoformat(),
        "seconds": result.seconds,
        "platform": dict(result.platform),
        "network": result.network,
        "versions": dict(result.versions),
        "compared": [_comparison_document(one) for one in result.compared],
        "notes": list(result.notes),
    }


def _comparison_document(one: Comparison) -> dict[str, Any]:
    values = {key.name: getattr(one, key.attribute) for key in keys_of(Comparison).values()}
    values["count"] = None if one.count is None else int(one.count)
    return {name: value for name, value in values.items() if value is not None}


def probe_document(probe: Probe, landscape: Landscape) -> dict[str, Any]:
    """A probe with its statements and its result."""
    result = landscape.results.get(probe.id)
    return {
        "id": probe.id,
        "shows": probe.shows,
        "about": probe.about,
        "dependencies": list(probe.dependencies),
        "needs": probe.needs or None,
        "statements": [{"edge": edge, "state": state} for edge, state in states(probe, landscape).items()],
        "result": result_document(result) if result else None,
    }


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
        return {
            "schema": "list-probes/v1",
            "count": self.count,
            "probes": [probe_document(probe, self.landscape) for probe in self.probes],
        }

    def header(self) -> Sequence[str]:
        """One row a probe."""
        return "id", "outcome", "date", "seconds", "statements", "verified", "shows"

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The probes with how many of their statements are verified as they stand."""
        for probe in self.probes:
            result, found = self.landscape.results.get(probe.id), states(probe, self.landscape)
            yield (
                probe.id, result.outcome if result else NEVER, result.day.isoformat() if result else None,
                result.seconds if result else None, "; ".join(found),
                sum(state == "verified" for state in found.values()), probe.shows,
            )  # fmt: skip

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
