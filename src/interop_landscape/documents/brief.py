"""Briefs as they leave the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from interop_landscape.analysis.brief import Candidate
from interop_landscape.documents.declare import Nested, spread, told
from interop_landscape.documents.gap import FixDocument, GapDocument
from interop_landscape.documents.record import RecordDocument
from interop_landscape.documents.statement import StatementDocument
from interop_landscape.documents.tables import Table
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.values import Flag, Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDocument:
    """A fix, and what it is to the gaps at hand."""

    fix: FixDocument = spread(FixDocument, lambda candidate, _: candidate.fix)
    asked: bool = told(Flag(), "whether the record is about it")
    closes: tuple[str, ...] = told(ListOf(Text()), "the ids of the gaps at hand that it would close")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakLinkDocument:
    """A statement below full support on a route of today."""

    statement: str = told(Text(), "the statement in words", lambda link, _: str(link[0]))
    holds_back: tuple[str, ...] = told(
        ListOf(Text()), "the ids of the gaps that it holds back", lambda link, _: link[1]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedEntryDocument:
    """An entry whose project should take part."""

    id: str = told(Slug(), "its id")
    repo: str | None = told(Text(), "its main repository", nullable=True)
    steward: str | None = told(Slug(), "who looks after it", nullable=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefDocument:
    """Everything that a discussion of one gap, or of one record, needs at hand."""

    SHAPE: ClassVar = "brief/v1"
    ASSUMES: ClassVar = True
    title: str = told(Text(), "the record's title, or the pair or edge in words")
    record: RecordDocument | None = told(
        Nested(RecordDocument), "`null`, or a record", lambda report, _: report.brief.record
    )
    gaps: tuple[GapDocument, ...] = told(
        Nested(GapDocument, many=True),
        "the gaps that it is about, as in `gaps/v1`",
        lambda report, _: report.brief.gaps,
    )
    candidates: tuple[CandidateDocument, ...] = told(
        Nested(CandidateDocument, many=True),
        "the fixes, those asked for first: as in `gaps/v1`, with `asked`, and `closes`: the ids of the gaps at hand",
        lambda report, _: report.brief.candidates,
    )
    weak_links: tuple[WeakLinkDocument, ...] = told(
        Nested(WeakLinkDocument, many=True),
        "statements below full support on today's routes: `statement` in words, and the gaps that it `holds_back`",
        lambda report, _: report.brief.weak_links,
    )
    statements: tuple[StatementDocument, ...] = told(
        Nested(StatementDocument, many=True),
        "all statements that the brief speaks of, with their evidence",
        lambda report, _: report.brief.concerned,
    )
    invited: tuple[InvitedEntryDocument, ...] = told(
        Nested(InvitedEntryDocument, many=True),
        "entries whose projects should take part: `id`, `repo`, `steward`",
        lambda report, _: report.brief.invited,
    )
    questions: tuple[str, ...] = told(ListOf(Text()), "what is open")


def support_today(candidate: Candidate, landscape: Landscape) -> str | None:
    """The support that is stated of the edge of a fix, None where nothing is stated."""
    there = landscape.by_edge.get(candidate.fix.edge)
    return there.support if there else None


CANDIDATE_TABLE: Final = Table(
    CandidateDocument,
    ("fix", "now", "closes", "unlocks", "precedent", "value", "asked"),
    cells={
        "fix": lambda candidate, _: str(candidate.fix),
        "now": support_today,
        "closes": lambda candidate, _: len(candidate.closes),
    },
    without=("from", "relation", "to"),
)
"""The fixes, a row each."""
