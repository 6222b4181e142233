"""Tallies as they leave the program, and the scores that are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from interop_landscape.analysis.score import Scores
from interop_landscape.analysis.tally import Tally
from interop_landscape.documents.declare import Nested, spread, told
from interop_landscape.documents.kinds import Count, Form, Score
from interop_landscape.documents.tables import Cell, Table
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.values import OneOf, Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyDocument:
    """How many expected pairs have which status."""

    expected: int = told(Count(), "how many pairs are expected")
    met: int = told(Count(), "how many are joined by fully supported edges")
    missing: int = told(Count(), "how many have no route")
    weak: int = told(Count(), "how many have a route only through a weaker edge")
    regressed: int = told(Count(), "how many had a route before an edge was removed")
    score: float | None = told(
        Score(), "the share of the expected weight that is met; `null` where nothing is expected"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyChangeDocument:
    """Tallies before and after a change."""

    before: TallyDocument = told(Nested(TallyDocument, always=True), "the tally before", lambda tallies, _: tallies[0])
    after: TallyDocument = told(Nested(TallyDocument, always=True), "the tally after", lambda tallies, _: tallies[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryScoreDocument:
    """The tally of the pairs of an entry."""

    kind: str = told(Slug(), "its kind", lambda named, landscape: landscape.kind_of[named[0]])
    tally: TallyDocument = spread(TallyDocument, lambda named, _: named[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresDocument:
    """The share of what is expected that is there: of everything, by side and by entry."""

    SHAPE: ClassVar = "score/v1"
    ASSUMES: ClassVar = True
    total: TallyDocument = spread(TallyDocument, lambda scores, _: scores.total)
    sides: Mapping[str, TallyDocument] = told(Nested(TallyDocument, each=True), "a tally by side")
    entries: Mapping[str, EntryScoreDocument] = told(
        Nested(EntryScoreDocument, each=True),
        "by entry that is expected: a tally, and its `kind`",
        lambda scores, _: {name: (name, tally) for name, tally in sorted(scores.entries.items())},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PointDocument:
    """The tallies of one revision."""

    revision: str = told(Text(), "the commit")
    date: datetime = told(Form("date-time"), "when it was committed", lambda point, _: point.when)
    total: TallyDocument = spread(TallyDocument, lambda point, _: point.total)
    sides: Mapping[str, TallyDocument] = told(Nested(TallyDocument, each=True), "a tally by side")


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRevisionDocument:
    """A revision that cannot be scored."""

    revision: str = told(Text(), "the commit", lambda skipped, _: skipped[0])
    why: str = told(Text(), "why it has no score", lambda skipped, _: skipped[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreHistoryDocument:
    """The score from revision to revision."""

    SHAPE: ClassVar = "score-history/v1"
    ASSUMES: ClassVar = True
    expectations: str = told(
        OneOf("own", "now"), "`own`: each revision is scored by its own expectations; `now`: by today's"
    )
    points: tuple[PointDocument, ...] = told(Nested(PointDocument, many=True), "the revisions, oldest first")
    skipped: tuple[SkippedRevisionDocument, ...] = told(
        Nested(SkippedRevisionDocument, many=True), "revisions that cannot be scored"
    )


_COLUMNS: Final = ("score", "expected", "met", "missing", "weak", "regressed")
SCORE_TABLE: Final = Table(TallyDocument, _COLUMNS, lead=("of", "id"))
"""The tallies of some scores, a row each."""

HISTORY_TABLE: Final = Table(TallyDocument, _COLUMNS, lead=("date", "revision", "side"))


def tally_document(tally: Tally) -> dict[str, Any]:
    """The counts of expected pairs, and the score, null where nothing is expected."""
    return json_of(TallyDocument, tally)


def score_rows(scores: Scores, landscape: Landscape) -> Iterator[tuple[Cell, ...]]:
    """A row of `SCORE_TABLE` for all, for each side, then for each entry, the lowest score first."""
    groups = [("all", [("", scores.total)]), ("side", [*scores.sides.items()]), ("entry", scores.lowest_first())]
    for of, tallies in groups:
        for name, tally in tallies:
            yield SCORE_TABLE.row(tally, landscape, of, name)
