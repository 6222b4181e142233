"""Plans as they leave the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from interop_landscape import phrases
from interop_landscape.analysis.plan import Plan
from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.gap import TrackingRecordDocument
from interop_landscape.documents.kinds import Score, Share, Weight, Worth
from interop_landscape.documents.tables import Cell, Table
from interop_landscape.documents.tally import TallyChangeDocument
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.values import Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEdgeDocument:
    """An edge to build."""

    from_: str = told(Slug(), "the entry that states it", lambda fix, _: fix.source, name="from")
    relation: str = told(Slug(), "the relation")
    to: str = told(Slug(), "the entry that it leads to", lambda fix, _: fix.target)
    precedent: float = told(Share(), "how usual such an edge is, at that step")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDocument:
    """What to build next, as the landscape is after the steps before."""

    edges: tuple[PlannedEdgeDocument, ...] = told(
        Nested(PlannedEdgeDocument, many=True),
        "one edge, those of a joint fix, or two in series: `from`, `relation`, `to`, and the `precedent` at that step",
    )
    unlocks: float = told(
        Weight(),
        "the weight of the gaps that it closes and that the plan counts (with `--confirmed-only`, of the confirmed "
        "ones)",
    )
    value: float = told(Worth(), "`unlocks` × how usual and how likely its edges are")
    closes: tuple[str, ...] = told(ListOf(Text()), "the ids of all gaps that it closes")
    score: float | None = told(Score(), "the score after it")
    by: str | None = told(Text(), "the tool that would bring the edges of a joint fix", nullable=True)
    why: str = told(Text(), "why the plan takes it, in a sentence", phrases.why)
    record: TrackingRecordDocument | None = told(
        Nested(TrackingRecordDocument), "`null`, or the `id` and `stage` of the record that names one of its edges"
    )
    owner: str | None = told(
        Text(), "the owner of that record", lambda step, _: step.record and step.record.owner, nullable=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """Which edges to build, one after the other, so that the most gaps close."""

    SHAPE: ClassVar = "plan/v1"
    ASSUMES: ClassVar = True
    before: float | None = told(Score(), "the score before the first step", lambda plan, _: plan.before.score)
    after: float | None = told(Score(), "the score after the last one", lambda plan, _: plan.after.score)
    sides: Mapping[str, TallyChangeDocument] = told(
        Nested(TallyChangeDocument, each=True), "by side: the tallies `before` and `after`"
    )
    steps: tuple[StepDocument, ...] = told(
        Nested(StepDocument, many=True), "the steps in order; fewer than asked for where nothing more can be closed"
    )


STEP_TABLE: Final = Table(
    StepDocument,
    ("unlocks", "value", "gaps", "score", "closes", "by", "record", "stage", "owner", "why"),
    cells={
        "gaps": lambda step, _: len(step.closes),
        "record": lambda step, _: step.record and step.record.id,
        "stage": lambda step, _: step.record and step.record.stage,
    },
    lead=("step", "edge", "now", "precedent"),
)
"""The edges of a plan, a row each; all but the leading columns are of the whole step."""


def step_rows(plan: Plan, landscape: Landscape) -> Iterator[tuple[Cell, ...]]:
    """A row of `STEP_TABLE` for each edge of each step in turn; figures are those of the whole step."""
    for place, step in enumerate(plan.steps, start=1):
        for edge in step.edges:
            there = landscape.by_edge.get(edge.edge)
            now = there.support if there else None
            yield STEP_TABLE.row(step, landscape, place, str(edge), now, round(edge.precedent, 4))
