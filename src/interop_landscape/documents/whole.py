"""The whole landscape as it leaves the program: its index, and everything in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.gap import PairsDocument
from interop_landscape.documents.kinds import Count, Form, Named, Score
from interop_landscape.reading.containers import MapOf
from interop_landscape.reading.values import Date, Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsDocument:
    """How much there is."""

    entries: int = told(Count(), "how many entries there are", lambda _, landscape: len(landscape.entries))
    statements: int = told(Count(), "how many statements", lambda _, landscape: len(landscape.statements))
    expectations: int = told(
        Count(), "how many expectations there are", lambda _, landscape: len(landscape.expectations)
    )
    gaps: int = told(Count(), "how many gaps", lambda gaps, _: len(gaps))
    records: int = told(Count(), "how many records", lambda _, landscape: len(landscape.records))
    milestones: int = told(Count(), "how many milestones", lambda _, landscape: len(landscape.milestones))


_ADDRESSES = MapOf(Slug(), Form("uri-reference"))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """Where to start: what there is, and the addresses of all other files."""

    SHAPE: ClassVar = "index/v1"
    title: str = told(Text(), "the landscape's title", lambda _, landscape: landscape.vocabulary.title)
    summary: str = told(Text(), "what it maps, in one sentence", lambda _, landscape: landscape.vocabulary.summary)
    repository: str | None = told(
        Text(),
        "where its files are edited",
        lambda _, landscape: landscape.vocabulary.repository,
        nullable=True,
    )
    generated: date = told(Date(), "the day that staleness is judged by", lambda _, landscape: landscape.today)
    counts: CountsDocument = told(Nested(CountsDocument, always=True), "how much there is")
    kinds: Mapping[str, int] = told(MapOf(Slug(), Count()), "how many entries there are by kind, from the top down")
    score: float | None = told(Score(), "the share of the expected weight that is met")
    sides: Mapping[str, float | None] = told(MapOf(Slug(), Score()), "the score of each side, in order")
    files: Mapping[str, str] = told(_ADDRESSES, "the documents by name, relative to this file")
    entries: Mapping[str, str] = told(_ADDRESSES, "the document of each entry by id, relative to this file")
    matrices: Mapping[str, str] = told(_ADDRESSES, "the table of each expectation by id, relative to this file")
    tables: Mapping[str, str] = told(_ADDRESSES, "the same tables as CSV by id, relative to this file")
    changes: Mapping[str, str] = told(_ADDRESSES, "what changed in each period by its name, relative to this file")
    downloads: Mapping[str, str] = told(_ADDRESSES, "the downloads by name, relative to this file")
    feeds: Mapping[str, str] = told(_ADDRESSES, "the feeds by name, relative to this file")


Documents = list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LandscapeDocument:
    """Everything in one file; what other documents hold too is as it is there."""

    SHAPE: ClassVar = "landscape/v1"
    generated: date = told(Date(), "the day that staleness is judged by", lambda _, landscape: landscape.today)
    vocabulary: Mapping[str, Any] = told(Named("Vocabulary"), "the words that all else uses")
    entries: Documents = told(Named("ListedEntry", many=True), "the entries by id")
    statements: Documents = told(Named("Statement", many=True), "the statements in the order of edges")
    expectations: Documents = told(Named("Expectation", many=True), "the expectations by id")
    pairs: PairsDocument = told(Nested(PairsDocument, always=True), "all expected pairs")
    gaps: Documents = told(Named("Gap", many=True), "the first gaps in falling order of value, as in gaps.json")
    plan: Mapping[str, Any] = told(Named("Plan"), "what to build next")
    scores: Mapping[str, Any] = told(Named("Scores"), "the scores of everything, by side and by entry")
    records: Documents = told(Named("ListedRecord", many=True), "the records in the order of their stages")
    milestones: Documents = told(Named("Milestone", many=True), "the milestones, the earliest due first")
