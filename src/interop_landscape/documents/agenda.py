"""The agenda of a meeting as it leaves the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from interop_landscape.analysis.agenda import ROLES, SORTS
from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.diff import DueMilestoneDocument
from interop_landscape.documents.kinds import Count
from interop_landscape.documents.tables import Table
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf, MapOf
from interop_landscape.reading.values import Date, OneOf, Slug, Text


def _steward(one: Any, landscape: Landscape) -> str | None:
    found = landscape.vocabulary.stewards.get(one.entry.steward or "")
    return found.name if found else None


@dataclass(frozen=True, kw_only=True)
class InvitedDocument:
    """Whom to invite."""

    entry: str = told(Slug(), "the entry whose people are meant", lambda one, _: one.entry.id)
    role: str = told(
        OneOf(*ROLES),
        "`builds` the edge, `owns` the format, `receives` at the other end, or `maintains` what is there today",
    )
    steward: str | None = told(Text(), "who looks after the entry", _steward, nullable=True)
    url: str = told(
        Text(), "its repository, or its home page", lambda one, _: str(one.entry.repo or one.entry.homepage)
    )


@dataclass(frozen=True, kw_only=True)
class TopicDocument:
    """One thing to decide."""

    id: str = told(Text(), "what its issue is called")
    sort: str = told(OneOf(*SORTS), "why it is on the agenda, first of all")
    sorts: tuple[str, ...] = told(ListOf(OneOf(*SORTS)), "all reasons why it is")
    title: str = told(Text(), "what it is about")
    asks: str = told(Text(), "what is to be decided")
    facts: tuple[str, ...] = told(ListOf(Text()), "what is to be known, in sentences")
    record: str | None = told(
        Slug(), "the record that tracks it", lambda topic, _: topic.record and topic.record.id, nullable=True
    )
    owner: str | None = told(
        Text(), "the owner of that record", lambda topic, _: topic.record and topic.record.owner, nullable=True
    )
    edges: tuple[str, ...] = told(
        ListOf(Text()), "the edges that would be built, in words", lambda topic, _: [str(edge) for edge in topic.edges]
    )
    gaps: tuple[str, ...] = told(
        ListOf(Text()), "the ids of the gaps that hang on it", lambda topic, _: [str(gap) for gap in topic.gaps]
    )
    statements: tuple[str, ...] = told(
        ListOf(Text()), "the statements that it is about", lambda topic, _: [str(s) for s in topic.statements]
    )
    invited: tuple[InvitedDocument, ...] = told(Nested(InvitedDocument, many=True), "whom to invite, and what for")


TOPIC_TABLE: Final = Table(
    TopicDocument,
    ("sort", "title", "asks", "facts", "record", "owner", "gaps", "invited", "id"),
    cells={
        "facts": lambda topic, _: " ".join(topic.facts),
        "gaps": lambda topic, _: len(topic.gaps),
        "invited": lambda topic, _: [one.entry for one in topic.invited],
    },
)
"""The topics, a row each."""


@dataclass(frozen=True, kw_only=True)
class AgendaDocument:
    """What a meeting has to decide."""

    SHAPE: ClassVar = "agenda/v1"
    ASSUMES: ClassVar = True

    until: date = told(Date(), "what is due before this day is on the agenda")
    since: date | None = told(
        Date(), "gaps are newly confirmed since then; `null` where there is no history", nullable=True
    )
    counts: Mapping[str, int] = told(
        MapOf(Slug(), Count()), "by sort: how many topics there are; `--top` may list fewer"
    )
    topics: tuple[TopicDocument, ...] = told(Nested(TopicDocument, many=True), "the topics in the order of the meeting")
    milestones: tuple[DueMilestoneDocument, ...] = told(
        Nested(DueMilestoneDocument, many=True), "`id`, `due`, how many `records`, and how many of them are `there`"
    )
