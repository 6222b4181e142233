"""What changed between two landscapes, and the report of a period, as they leave the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from interop_landscape.analysis.changes import CAUSES
from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.kinds import Count, Shown
from interop_landscape.documents.tally import TallyChangeDocument
from interop_landscape.reading.containers import ListOf, MapOf
from interop_landscape.reading.values import Date, Flag, OneOf, Slug, Text


@dataclass(frozen=True, kw_only=True)
class RevisionDocument:
    """A landscape in a folder or a revision."""

    name: str = told(Text(), "what it was called when it was asked for")
    commit: str | None = told(
        Text(), "the commit of a revision", lambda one, _: one.commit and one.commit.sha, nullable=True
    )
    date: str | None = told(
        Text(), "when it was committed", lambda one, _: one.commit and one.commit.when.isoformat(), nullable=True
    )


@dataclass(frozen=True, kw_only=True)
class FieldChangeDocument:
    """A key of a file whose value differs."""

    key: str = told(Text(), "the key")
    before: Any = told(Shown({}), "its value before; `null` where it was not there")
    after: Any = told(Shown({}), "its value after; `null` where it is not there")


@dataclass(frozen=True, kw_only=True)
class ChangeDocument:
    """Something that is there before and after."""

    name: str = told(Text(), "its id or edge")
    fields: tuple[FieldChangeDocument, ...] = told(Nested(FieldChangeDocument, many=True), "the keys that differ")


@dataclass(frozen=True, kw_only=True)
class DifferenceDocument:
    """What came, went and changed among things of one sort."""

    added: tuple[str, ...] = told(ListOf(Text()), "names")
    removed: tuple[str, ...] = told(ListOf(Text()), "names")
    changed: tuple[ChangeDocument, ...] = told(
        Nested(ChangeDocument, many=True), "`name` and `fields`: `key`, `before`, `after`"
    )


@dataclass(frozen=True, kw_only=True)
class MovedRecordDocument:
    """A record that changed stage."""

    record: str = told(Slug(), "its id", lambda moved, _: moved[0])
    before: str = told(Slug(), "the stage before", lambda moved, _: moved[1])
    after: str = told(Slug(), "the stage after", lambda moved, _: moved[2])


@dataclass(frozen=True, kw_only=True)
class OutcomeChangeDocument:
    """A probe whose last outcome differs."""

    probe: str = told(Slug(), "its id", lambda change, _: change.key)
    before: str | None = told(Text(), "the outcome before; `null` where it had not run", nullable=True)
    after: str | None = told(Text(), "the outcome after; `null` where it has not run", nullable=True)


@dataclass(frozen=True, kw_only=True)
class GapChangeDocument:
    """A pair whose status changed."""

    id: str = told(Text(), "its id")
    side: str = told(Slug(), "its side")
    before: str | None = told(Text(), "its status before; `null` where it was not expected", nullable=True)
    after: str | None = told(Text(), "its status after; `null` where it is not expected", nullable=True)
    cause: str = told(
        OneOf(*CAUSES),
        "what made the difference: `route`, where it is expected before and after; else an `entry` or the "
        "`expectation`, which came, went or changed",
    )


@dataclass(frozen=True, kw_only=True)
class GapChangesDocument:
    """Pairs whose status changed."""

    opened: tuple[GapChangeDocument, ...] = told(Nested(GapChangeDocument, many=True), "gaps that were none")
    closed: tuple[GapChangeDocument, ...] = told(Nested(GapChangeDocument, many=True), "gaps that are none now")
    turned: tuple[GapChangeDocument, ...] = told(Nested(GapChangeDocument, many=True), "gaps with another status")


_DIFFERENCE: Final = Nested(DifferenceDocument, always=True)
_TALLIES: Final = Nested(TallyChangeDocument, each=True)
_SCORES: Final = "by side, and of `all`: the tallies `before` and `after`"
_MOVED: Final = "records that changed stage: `record`, `before`, `after`"
_GAPS: Final = (
    "pairs whose status changed, by `opened`, `closed` and `turned`: `id`, `side`, and the status `before` and "
    "`after`: `met`, a gap's status, or `null` where it is not expected; `cause` tells a lost or gained `route` "
    "from what came with or went with an `entry` or an `expectation`"
)


@dataclass(frozen=True, kw_only=True)
class DiffDocument:
    """What changed between two landscapes."""

    SHAPE: ClassVar = "diff/v1"

    base: RevisionDocument = told(
        Nested(RevisionDocument, always=True),
        "what is compared with: `name`, and of a revision its `commit` and `date`",
    )
    head: RevisionDocument = told(Nested(RevisionDocument, always=True), "what is compared")
    changed: bool = told(Flag(), "whether anything that the map is made of differs", lambda changes, _: bool(changes))
    scores: Mapping[str, TallyChangeDocument] = told(_TALLIES, _SCORES)
    vocabulary: tuple[str, ...] = told(ListOf(Slug()), "the sections of `landscape.yml` that differ")
    renamed: Mapping[str, str] = told(MapOf(Slug(), Slug()), "new ids by old ids that are kept as aliases")
    entries: DifferenceDocument = told(_DIFFERENCE, "a difference by id")
    statements: DifferenceDocument = told(_DIFFERENCE, "a difference by edge")
    expectations: DifferenceDocument = told(_DIFFERENCE, "a difference by id")
    records: DifferenceDocument = told(_DIFFERENCE, "a difference by id")
    moved: tuple[MovedRecordDocument, ...] = told(Nested(MovedRecordDocument, many=True), _MOVED)
    milestones: DifferenceDocument = told(_DIFFERENCE, "a difference by id")
    requirements: DifferenceDocument = told(_DIFFERENCE, "a difference by id, of the specification")
    verifications: tuple[OutcomeChangeDocument, ...] = told(
        Nested(OutcomeChangeDocument, many=True), "probes whose last outcome differs: `probe`, `before`, `after`"
    )
    gaps: GapChangesDocument = told(Nested(GapChangesDocument, always=True), _GAPS, lambda changes, _: changes)


@dataclass(frozen=True, kw_only=True)
class DueMilestoneDocument:
    """A milestone, in numbers."""

    id: str = told(Slug(), "its id")
    due: str = told(Date(), "when it is due", lambda one, _: one.milestone.due)
    records: int = told(Count(), "how many records it holds", lambda one, _: len(one.held))
    there: int = told(Count(), "how many of them have reached its stage", lambda one, _: len(one.there))


@dataclass(frozen=True, kw_only=True)
class ReportDocument:
    """The report of a period."""

    SHAPE: ClassVar = "report/v1"
    ASSUMES: ClassVar = True

    since: str = told(Text(), "the day of the revision that the period starts from")
    until: str = told(Date(), "today")
    scores: Mapping[str, TallyChangeDocument] = told(_TALLIES, _SCORES)
    stages: Mapping[str, list[str]] = told(
        MapOf(Slug(), ListOf(Slug())), "by stage: the ids of the records that are there"
    )
    untracked: int = told(Count(), "how many gaps are in no record")
    opened: tuple[str, ...] = told(ListOf(Text()), "ids of gaps that were none before")
    closed: tuple[str, ...] = told(ListOf(Text()), "ids of gaps that are none now")
    lost: tuple[str, ...] = told(
        ListOf(Text()), "those of `opened` that were met: a route was lost; the others came with what is newly expected"
    )
    met_anew: int = told(Count(), "how many pairs are newly expected, and met")
    moved: tuple[MovedRecordDocument, ...] = told(Nested(MovedRecordDocument, many=True), _MOVED)
    milestones: tuple[DueMilestoneDocument, ...] = told(
        Nested(DueMilestoneDocument, many=True), "`id`, `due`, how many `records`, and how many of them are `there`"
    )
    plan: tuple[tuple[str, ...], ...] = told(ListOf(ListOf(Text())), "the steps, each a list of edges in words")
    risks: tuple[str, ...] = told(ListOf(Text()), "the first risks by name")
