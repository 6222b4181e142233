"""One entry with what is known of it, as it leaves the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from interop_landscape.documents.declare import Nested, spread, told
from interop_landscape.documents.entry import EntryDocument
from interop_landscape.documents.gap import FixDocument, GapDocument, PairsDocument
from interop_landscape.documents.kinds import Count
from interop_landscape.documents.statement import StatementDocument
from interop_landscape.documents.tally import TallyDocument
from interop_landscape.ids import PairId
from interop_landscape.reading.containers import ListOf, MapOf
from interop_landscape.reading.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntryDocument:
    """One entry with its statements and gaps."""

    SHAPE: ClassVar = "show/v1"
    ASSUMES: ClassVar = True
    entry: EntryDocument = spread(EntryDocument, lambda shown, _: shown.entry)
    score: TallyDocument = told(
        Nested(TallyDocument, always=True), "a tally of the pairs that it is an end of", lambda shown, _: shown.tally
    )
    sides: Mapping[str, TallyDocument] = told(
        Nested(TallyDocument, each=True),
        "such a tally by side, where something is expected",
        lambda shown, _: {side: tally for side, tally in shown.sides.items() if tally.expected},
    )
    statements: tuple[StatementDocument, ...] = told(
        Nested(StatementDocument, many=True),
        "the statements from and to it, each as a hop without `statement`, `from` and `to` being the statement's own",
    )
    gap_count: int = told(Count(), "how many gaps it is an end of")
    gaps: tuple[GapDocument, ...] = told(Nested(GapDocument, many=True), "the first of them, as in `gaps/v1`")


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeEntryDocument:
    """One entry with its statements, its pairs by status, and its best fixes."""

    SHAPE: ClassVar = "entry/v1"
    entry: EntryDocument = spread(EntryDocument, lambda whole, _: whole.entry)
    tally: TallyDocument = told(Nested(TallyDocument, always=True), "the tally of the pairs that it is an end of")
    sides: Mapping[str, TallyDocument] = told(
        Nested(TallyDocument, each=True), "such a tally by side, where it has one"
    )
    statements: tuple[StatementDocument, ...] = told(
        Nested(StatementDocument, many=True), "the statements from and to it"
    )
    pairs: PairsDocument = told(Nested(PairsDocument, always=True), "the pairs that it is an end of")
    confirmed: tuple[PairId, ...] = told(
        ListOf(Text()), "those of the gaps among them that somebody has looked for, or that are there in part"
    )
    names: Mapping[str, str] = told(MapOf(Text(), Text()), "the names of all entries that it names, by id")
    fixes: tuple[FixDocument, ...] = told(
        Nested(FixDocument, many=True), "the best edges that it would state, or that would lead to it"
    )
