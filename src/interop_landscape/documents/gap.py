"""Gaps and fixes as they leave the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from interop_landscape.analysis.gaps import STATUSES, Gap
from interop_landscape.documents.declare import Derive, Nested, spread, told
from interop_landscape.documents.kinds import Count, Share, Weight, Worth
from interop_landscape.documents.route import RouteDocument
from interop_landscape.documents.tables import Table
from interop_landscape.documents.tally import TallyDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.models import Record
from interop_landscape.reading.values import OneOf, Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageDocument:
    """The counts behind a precedent."""

    sources: int = told(Count(), "how many peers of `from` have the relation to `to`")
    of_sources: int = told(Count(), "of how many")
    targets: int = told(Count(), "to how many peers of `to` `from` has the relation")
    of_targets: int = told(Count(), "of how many")


@dataclass(frozen=True, slots=True, kw_only=True)
class FixDocument:
    """An edge that would close gaps if it were fully supported."""

    from_: str = told(Slug(), "the entry that would state the edge", lambda fix, _: fix.source, name="from")
    relation: str = told(Slug(), "the relation")
    to: str = told(Slug(), "the other entry", lambda fix, _: fix.target)
    unlocks: float = told(Weight(), "the weight of all gaps that the edge would close by itself")
    precedent: float = told(Share(), "how usual such an edge is, from 0 to 1")
    value: float = told(Worth(), "`unlocks` × `precedent` × `builds`; 0 where it was declined")
    builds: float = told(Share(), "how likely `from` is to build it, from 0 to 1")
    declined: str | None = told(Slug(), "the record that says that it was declined", nullable=True)
    together: tuple[Edge, ...] = told(
        ListOf(Text()),
        "the other edges that the same tool would bring, as in a joint fix",
        lambda fix, landscape: landscape.brought_with(fix.edge),
    )
    usage: UsageDocument = told(
        Nested(UsageDocument, always=True),
        "the counts behind the precedent: `sources` of `of_sources` peers of `from` have the relation to `to`; `from` "
        "has it to `targets` of `of_targets` peers of `to`",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingRecordDocument:
    """The record that tracks a gap."""

    id: str = told(Slug(), "its id")
    stage: str = told(Slug(), "the stage that it is in")


def _record(gap: Gap, landscape: Landscape) -> Record | None:
    return landscape.records[gap.record] if gap.record else None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapDocument:
    """An expected pair with no strong route."""

    id: str = told(Text(), "`expectation:from:to`; with `need: any` it ends in `:*`")
    side: str = told(Slug(), "the side of its expectation")
    expectation: str = told(Slug(), "the rule that expects the pair")
    from_: str = told(Slug(), "the entry that should reach", lambda gap, _: gap.source, name="from")
    to: str | None = told(
        Slug(), "the entry that should be reached; `null` where any would do", lambda gap, _: gap.target, nullable=True
    )
    status: str = told(OneOf(*STATUSES), "how it falls short: `missing`, `weak` or `regressed`")
    certainty: str = told(OneOf("confirmed", "presumed"), "whether somebody has looked: `confirmed` or `presumed`")
    weight: float = told(Weight(), "how much the pair counts")
    value: float = told(Worth(), "that of its best fix, 0 where no single edge would close it")
    route: RouteDocument | None = told(
        Nested(RouteDocument), "the best route there is today, as in `path/v1`, for a weak gap; else `null`"
    )
    fixes: tuple[FixDocument, ...] = told(
        Nested(FixDocument, many=True),
        "the edges that would each close it, in falling order of `value`; 25 at the most unless `--fixes` says "
        "otherwise, 3 in the files of the site",
    )
    record: TrackingRecordDocument | None = told(
        Nested(TrackingRecordDocument), "`null`, or the `id` and `stage` of the record that tracks it", _record
    )


def _of_best(found: Derive) -> Derive:
    """What is to be said of the best fix of a gap, nothing where there is none."""
    return lambda gap, landscape: found(gap.fixes[0], landscape) if gap.fixes else None


def _route(gap: Gap, _: Landscape) -> str | None:
    return "; ".join(str(hop.statement) for hop in gap.route.hops) if gap.route else None


GAP_TABLE: Final = Table(
    GapDocument,
    (
        *("id", "side", "expectation", "from", "to", "status", "certainty", "weight", "value"),
        *("fix", "unlocks", "precedent", "route", "record"),
    ),
    cells={
        "fix": _of_best(lambda fix, _: str(fix)),
        "unlocks": _of_best(lambda fix, _: fix.unlocks),
        "precedent": _of_best(lambda fix, _: round(fix.precedent, 4)),
        "route": _route,
        "record": lambda gap, _: gap.record,
    },
)
"""The gaps, a row each, with the best fix of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapSummaryDocument:
    """How many expected pairs have which status."""

    total: TallyDocument = spread(TallyDocument, lambda tallies, _: tallies[0])
    sides: Mapping[str, TallyDocument] = told(
        Nested(TallyDocument, each=True), "a tally by side", lambda tallies, _: tallies[1]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsDocument:
    """The gaps; the document of an entry has the ids of all gaps of that entry."""

    SHAPE: ClassVar = "gaps/v1"
    ASSUMES: ClassVar = True
    summary: GapSummaryDocument = told(
        Nested(GapSummaryDocument, always=True), "a tally, with `sides`: a tally by side"
    )
    count: int = told(Count(), "how many gaps are wanted; `--top` may list fewer, files of the site list 5,000")
    gaps: tuple[GapDocument, ...] = told(Nested(GapDocument, many=True), "the gaps in falling order of `value`")


def _at(status: str) -> Derive:
    """The pairs with a status, of pairs by status."""
    return lambda by_status, _: by_status[status]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsDocument:
    """Expected pairs by status, as `expectation:from:to`."""

    met: tuple[PairId, ...] = told(ListOf(Text()), "ids of pairs that are joined by fully supported edges", _at("met"))
    missing: tuple[PairId, ...] = told(ListOf(Text()), "ids of gaps without any route", _at("missing"))
    weak: tuple[PairId, ...] = told(ListOf(Text()), "ids of gaps with a route only through a weaker edge", _at("weak"))
    regressed: tuple[PairId, ...] = told(
        ListOf(Text()), "ids of gaps that had a route before an edge was removed", _at("regressed")
    )


def gap_document(gap: Gap, landscape: Landscape) -> dict[str, Any]:
    """One gap as in ``gaps/v1``."""
    return json_of(GapDocument, gap, landscape)
