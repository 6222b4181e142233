"""What to build next, step by step: for people, as `plan/v1`, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.plan import Plan, Step
from interop_landscape.documents.plan import STEP_TABLE, PlanDocument, step_rows
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Cell
from interop_landscape.reports.terminal import shift
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class PlanReport:
    """A plan for a landscape, and how many steps were asked for."""

    landscape: Landscape
    plan: Plan
    asked: int

    @property
    def no(self) -> bool:
        """A plan never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``plan/v1``."""
        return json_of(PlanDocument, self.plan, self.landscape)

    def header(self) -> Sequence[str]:
        """One row an edge."""
        return STEP_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The edges in order; figures are those of the whole step."""
        yield from step_rows(self.plan, self.landscape)

    def render(self, console: Console) -> None:
        """What the plan reaches, then each step with the gaps that it closes."""
        plan = self.plan
        closed = sum(len(step.closes) for step in plan.steps)
        title = f"· plan of {counted(len(plan.steps), 'step')}"
        console.print(Text(self.landscape.vocabulary.title, style="bold"), Text(title, style="dim"))
        console.print()
        if not plan.before.expected:
            console.print("Nothing is expected here, so there is nothing to plan.")
            return
        table = Table.grid(padding=(0, 2))
        names = {side: self.landscape.vocabulary.sides[side].name for side in plan.sides}
        sides = [(names[side], tallies) for side, tallies in plan.sides.items()]
        for name, (old, new) in [*sides, (phrases.ALL_SIDES, (plan.before, plan.after))] if len(sides) > 1 else sides:
            table.add_row(
                Text(name, style="bold" if name == phrases.ALL_SIDES else ""),
                f"{percent(old.score, 1)} → {percent(new.score, 1)}",
                shift(old.score, new.score),
                Text(f"{new.met - old.met:,} of {old.expected - old.met:,} gaps closed", style="dim"),
            )
        console.print(table)
        before = plan.before.score
        for place, step in enumerate(plan.steps, start=1):
            console.print()
            self._render_step(console, place, step, before)
            before = step.score
        if len(plan.steps) < self.asked:
            left = plan.before.expected - plan.before.met - closed
            console.print()
            console.print(
                "No further edge, and no two in series, would close a gap." if left else "With that, no gap is left."
            )

    def _render_step(self, console: Console, place: int, step: Step, before: float | None) -> None:
        title = Table.grid(padding=(0, 1))
        title.add_column(justify="right", width=3)
        title.add_column()
        for fix in step.fixes:
            label = Text(str(place), style="bold") if fix is step.fixes[0] else "and"
            name = Text(phrases.whole(fix, self.landscape), style="bold")
            title.add_row(label, name.append(f" ({phrases.whole_today(fix, self.landscape)})", style="not bold dim"))
        closes = phrases.closing(len(step.closes), step.unlocks, step.value)
        title.add_row("", Text(f"{closes}; {percent(before, 1)} → {percent(step.score, 1)} by weight"))
        title.add_row("", Text(phrases.why(step, self.landscape)))
        title.add_row("", Text(phrases.tracked(step.record, self.landscape)))
        console.print(title)
        for expectation, pairs in phrases.joined(step.closes, self.landscape):
            line = Text(pairs).append(f"  {expectation}", style="dim")
            console.print(Padding(line, (0, 0, 0, 6)))
