"""Fixes that are listed for themselves, as they leave the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from interop_landscape import phrases
from interop_landscape.analysis.coverage import coverage_of
from interop_landscape.analysis.fixes import ListedFix
from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.gap import GapSummaryDocument, TrackingRecordDocument, UsageDocument
from interop_landscape.documents.kinds import Count, Share, Weight, Worth
from interop_landscape.documents.tables import Table
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.values import Date, Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FixEdgeDocument:
    """An edge to build, with its status today."""

    from_: str = told(Slug(), "the entry that would state it", lambda fix, _: fix.source, name="from")
    relation: str = told(Slug(), "the relation")
    to: str = told(Slug(), "the other entry", lambda fix, _: fix.target)
    support: str | None = told(
        Slug(),
        "what is stated of it today; `null` where nobody has said",
        lambda fix, landscape: _stated(fix, landscape, "support"),
        nullable=True,
    )
    limits: str | None = told(
        Text(),
        "what limits it today",
        lambda fix, landscape: _stated(fix, landscape, "limits"),
        nullable=True,
    )
    missing: tuple[str, ...] = told(
        ListOf(Text()),
        "where its suite counted it: the groups, such as operators, of which nothing works",
        lambda fix, landscape: _missing(fix, landscape),
    )


def _missing(fix: Any, landscape: Landscape) -> tuple[str, ...]:
    stated = landscape.by_edge.get(fix.edge)
    coverage = coverage_of(landscape, stated) if stated is not None else None
    return coverage.missing if coverage is not None else ()


def _stated(fix: Any, landscape: Landscape, key: str) -> Any:
    return getattr(landscape.by_edge.get(fix.edge), key, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuilderDocument:
    """The entry that would build a fix."""

    entry: str = told(Slug(), "its id", lambda entry, _: entry.id)
    status: str = told(Slug(), "its status")


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpedDocument:
    """An entry whose pairs a fix closes."""

    entry: str = told(Slug(), "its id", lambda helped, _: helped[0])
    pairs: int = told(Count(), "how many pairs from it are closed", lambda helped, _: helped[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinedDocument:
    """That those asked have declined a fix."""

    record: str = told(Slug(), "the record that says so", lambda record, _: record.id)
    date: date = told(Date(), "when", lambda record, _: record.stages[-1].day)
    url: str | None = told(Text(), "where", lambda record, _: record.stages[-1].url, nullable=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFixDocument:
    """One fix: an edge, or the edges of a joint fix."""

    edges: tuple[FixEdgeDocument, ...] = told(
        Nested(FixEdgeDocument, many=True),
        "the edges to build: one, or those that one tool would bring; with the `support` and `limits` of today",
        lambda listed, _: listed.fix.edges,
    )
    value: float = told(Worth(), "`unlocks` × `precedent` × `builds`; 0 where declined", lambda a, _: a.fix.value)
    unlocks: float = told(Weight(), "the weight of the pairs that it would close", lambda one, _: one.fix.unlocks)
    pairs: int = told(Count(), "how many pairs it would close", lambda one, _: len(one.closes))
    precedent: float = told(
        Share(),
        "how usual such an edge is, from 0 to 1; of a joint fix, the most usual",
        lambda a, _: a.fix.precedent,
    )
    usage: UsageDocument = told(
        Nested(UsageDocument, always=True), "the counts behind the precedent", lambda one, _: one.fix.usual.usage
    )
    builds: float = told(Share(), "how likely the builder is to build it, from 0 to 1", lambda one, _: one.fix.builds)
    builder: BuilderDocument = told(
        Nested(BuilderDocument, always=True),
        "who would build it: `entry` and its `status`",
        lambda one, landscape: landscape.entries[one.fix.builder],
    )
    by: str | None = told(
        Text(), "the tool that is named for it today; that of a joint fix", lambda one, _: one.fix.by, nullable=True
    )
    helps: tuple[HelpedDocument, ...] = told(
        Nested(HelpedDocument, many=True), "the entries that it helps most, five at the most: `entry` and `pairs`"
    )
    record: TrackingRecordDocument | None = told(
        Nested(TrackingRecordDocument), "`null`, or the `id` and `stage` of the record that names it"
    )
    stage: str | None = told(
        Slug(), "the stage of that record", lambda one, _: one.record and one.record.stage, nullable=True
    )
    owner: str | None = told(
        Text(), "the owner of that record", lambda one, _: one.record and one.record.owner, nullable=True
    )
    declined: DeclinedDocument | None = told(
        Nested(DeclinedDocument),
        "`null`, or the `record` that says that it was declined, with `date` and `url`",
        lambda one, landscape: landscape.records[one.fix.declined] if one.fix.declined else None,
    )
    closes: tuple[str, ...] = told(ListOf(Text()), "the ids of all gaps that it would close")


@dataclass(frozen=True, slots=True, kw_only=True)
class FixesDocument:
    """The fixes, best first."""

    SHAPE: ClassVar = "fixes/v1"
    ASSUMES: ClassVar = True
    summary: GapSummaryDocument = told(
        Nested(GapSummaryDocument, always=True), "a tally, with `sides`: a tally by side"
    )
    count: int = told(Count(), "how many fixes would close any of the wanted gaps; `--top` may list fewer")
    fixes: tuple[ListedFixDocument, ...] = told(
        Nested(ListedFixDocument, many=True), "the fixes in falling order of `value`; declined ones last"
    )


def _date(listed: ListedFix, landscape: Landscape) -> date | None:
    return landscape.records[listed.fix.declined].stages[-1].day if listed.fix.declined else None


FIX_TABLE: Final = Table(
    ListedFixDocument,
    (
        *("fix", "pairs", "unlocks", "precedent", "builds", "value", "usual", "today", "builder", "status", "by"),
        *("helps", "record", "stage", "owner", "declined", "closes"),
    ),
    cells={
        "fix": lambda one, _: str(one.fix),
        "usual": lambda one, landscape: phrases.whole_usage(one.fix, landscape),
        "today": lambda one, landscape: phrases.whole_today(one.fix, landscape),
        "builder": lambda one, _: one.fix.builder,
        "status": lambda one, landscape: landscape.entries[one.fix.builder].status,
        "helps": lambda one, _: " ".join(entry for entry, _ in one.helps),
        "record": lambda one, _: one.record and one.record.id,
        "declined": _date,
    },
)
"""The fixes, a row each."""
