"""How well a landscape is curated, as it leaves the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from interop_landscape.documents.declare import Nested, same, spread, told
from interop_landscape.documents.kinds import Count
from interop_landscape.documents.tables import Table
from interop_landscape.reading.containers import MapOf
from interop_landscape.reading.models import Sample
from interop_landscape.reading.values import Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedDocument:
    """How well the statements of a group are curated."""

    statements: int = told(Count(), "how many there are")
    verified: int = told(Count(), "how many of them a probe has verified")
    lately: int = told(Count(), "how many were checked in the last 90 days")
    none: int = told(Count(), "how many say that something is not there")
    searched: int = told(Count(), "how many of these say where it was looked for")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDocument:
    """Statements that were drawn blindly and read against their sources by somebody who had not written them."""

    date: date = same(Sample, "date")
    seed: int = same(Sample, "seed")
    drawn: int = same(Sample, "drawn")
    wrong: int = same(Sample, "wrong")
    faulty: int = same(Sample, "faulty")
    note: str | None = same(Sample, "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class CurationDocument:
    """How well the map is curated: of everything, and by kind, side, support and steward."""

    SHAPE: ClassVar = "curation/v1"
    total: CuratedDocument = spread(CuratedDocument, lambda curation, _: curation.total)
    kinds: Mapping[str, CuratedDocument] = told(
        Nested(CuratedDocument, each=True), "by kind of the entry that a statement starts from"
    )
    sides: Mapping[str, CuratedDocument] = told(
        Nested(CuratedDocument, each=True), "by side in whose routes the relation occurs; a statement may be of several"
    )
    supports: Mapping[str, CuratedDocument] = told(Nested(CuratedDocument, each=True), "by support")
    stewards: Mapping[str, CuratedDocument] = told(
        Nested(CuratedDocument, each=True),
        "by steward of the entry that it starts from, an empty key for none",
    )
    thin: Mapping[str, int] = told(
        MapOf(Slug(), Count()), "the entries in use with fewer than three statements about them, and how many they have"
    )
    samples: Mapping[str, SampleDocument] = told(
        Nested(SampleDocument, each=True), "the blind samples that were read again, by id"
    )


CURATION_TABLE: Final = Table(CuratedDocument, tuple(CuratedDocument.__annotations__), lead=("of", "id"))
