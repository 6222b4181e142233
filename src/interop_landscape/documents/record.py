"""Records and milestones as they leave the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from interop_landscape.analysis.milestones import Progress
from interop_landscape.analysis.movement import idle, is_stuck
from interop_landscape.documents.declare import Nested, same, told
from interop_landscape.documents.gap import GapDocument
from interop_landscape.documents.kinds import Count, Share
from interop_landscape.documents.tables import Table
from interop_landscape.documents.to_json import document_of
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.models import Milestone, Record, StageEntry
from interop_landscape.reading.values import Flag, Slug, Text


def support_now(text: str, landscape: Landscape) -> str:
    """The status today of an edge that a record would build: its support, or ``not stated``; nothing for a gap's id."""
    if PairId.looks_like(text):
        return ""
    there = landscape.by_edge.get(landscape.parse_edge(text))
    return there.support if there else "not stated"


@dataclass(frozen=True, kw_only=True)
class TargetDocument:
    """What it would close."""

    what: str = told(Text(), "a fix in words, or the id of a gap", lambda text, _: text)
    now: str | None = told(
        Text(),
        "the support that a fix has now, `not stated` where nobody has said",
        lambda text, landscape: support_now(text, landscape) or None,
        nullable=True,
    )


_CLOSES: Final = (
    "fixes or ids of gaps: `what`, and for a fix the support that it has `now`, `not stated` where nobody has said"
)


@dataclass(frozen=True, kw_only=True)
class RecordDocument:
    """A gap that is tracked through its stages."""

    id: str = told(Slug(), "its id")
    title: str = same(Record, "title")
    stage: str = told(Slug(), "the stage that it is in")
    owner: str | None = same(Record, "owner")
    milestone: str | None = same(Record, "milestone")
    requirements: tuple[str, ...] = same(Record, "requirements")
    closes: tuple[TargetDocument, ...] = told(Nested(TargetDocument, many=True), _CLOSES)
    stages: tuple[StageEntry, ...] = same(Record, "stages", "its life: `stage`, `date`, `url`, `note`")


HELD_OTHERWISE: Final = {"closes": "closes"}
"""Keys of a record's file that its document does not hold as they are, with the field that holds them."""


@dataclass(frozen=True, kw_only=True)
class ListedRecordDocument(RecordDocument):
    """A gap that is tracked through its stages."""

    gap_count: int = told(Count(), "how many gaps it tracks today")
    idle: int = told(Count(), "how many days ago it reached its stage", lambda one, of: idle(one, of).days)
    stuck: bool = told(Flag(), "whether it is open and has not moved for a year", is_stuck)


RECORD_TABLE: Final = Table(
    ListedRecordDocument,
    ("id", "stage", "since", "gaps", "milestone", "owner", "closes", "title", "idle", "stuck"),
    cells={
        "since": lambda record, _: record.stages[-1].day,
        "gaps": lambda record, _: record.gap_count,
        "closes": lambda record, _: "; ".join(target.what for target in record.closes),
    },
    without=("gap_count",),
)
"""Documents of records, a row each."""


@dataclass(frozen=True, kw_only=True)
class RecordsDocument:
    """All records."""

    SHAPE: ClassVar = "list-records/v1"
    ASSUMES: ClassVar = True

    count: int = told(Count(), "how many records the filters let through")
    records: tuple[ListedRecordDocument, ...] = told(
        Nested(ListedRecordDocument, many=True),
        "the records in the order of their stages, each with its `gap_count`: how many gaps it tracks today, `idle`: "
        "how many days ago it reached its stage, and `stuck`: whether it is open and has not moved for a year",
    )


@dataclass(frozen=True, kw_only=True)
class ShownRecordDocument(ListedRecordDocument):
    """A record, and the first of the gaps that it tracks."""

    SHAPE: ClassVar = "show-record/v1"
    ASSUMES: ClassVar = True

    gaps: tuple[GapDocument, ...] = told(Nested(GapDocument, many=True), "the first of them, as in `gaps/v1`")


@dataclass(frozen=True, kw_only=True)
class HeldRecordDocument:
    """A record."""

    id: str = told(Slug(), "its id")
    stage: str = told(Slug(), "the stage that it is in")


@dataclass(frozen=True, kw_only=True)
class MilestoneDocument:
    """A date on the timeline."""

    id: str = told(Slug(), "its id")
    title: str = same(Milestone, "title")
    due: date = same(Milestone, "due")
    stage: str | None = same(Milestone, "stage", "the stage that its records are to reach; `null`: to be closed")
    reached: date | None = same(Milestone, "reached")
    note: str | None = same(Milestone, "note")
    records: tuple[HeldRecordDocument, ...] = told(
        Nested(HeldRecordDocument, many=True), "the records that it holds: `id`, `stage`"
    )
    there: tuple[str, ...] = told(ListOf(Slug()), "the ids of those that have reached the stage")
    progress: float | None = told(Share(), "the share of them; `null` where it holds none", nullable=True)


@dataclass(frozen=True, kw_only=True)
class MilestonesDocument:
    """All milestones."""

    SHAPE: ClassVar = "list-milestones/v1"
    ASSUMES: ClassVar = True

    milestones: tuple[MilestoneDocument, ...] = told(
        Nested(MilestoneDocument, many=True), "the milestones, the earliest due first"
    )


MILESTONE_TABLE: Final = Table(
    MilestoneDocument,
    ("id", "title", "due", "reached", "stage", "records", "there", "progress"),
    cells={"records": lambda one, _: len(one.records), "there": lambda one, _: len(one.there)},
    without=("note",),
)
"""Documents of milestones, a row each."""


def milestone_document(one: Progress, landscape: Landscape) -> MilestoneDocument:
    """A milestone with its progress."""
    return document_of(
        MilestoneDocument,
        one.milestone,
        landscape,
        id=one.id,
        records=tuple(document_of(HeldRecordDocument, record, landscape) for record in one.held),
        there=tuple(record.id for record in one.there),
        progress=one.share,
    )
