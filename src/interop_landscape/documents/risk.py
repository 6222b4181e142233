"""Risks as they leave the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from interop_landscape.analysis.risks import STATES
from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.kinds import Count, Weight
from interop_landscape.documents.tables import Table
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.values import Flag, OneOf, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskDocument:
    """An edge or entry without which some met pair would be lost."""

    of: str = told(OneOf("edge", "entry"), "`edge` or `entry`", lambda risk, _: "edge" if risk.statement else "entry")
    name: str = told(Text(), "the edge in words, or the entry's id")
    weight: float = told(Weight(), "the weight of the pairs that would be lost")
    status: str = told(
        OneOf(*STATES),
        "the worst of those it depends on: of the entry, or of the edge's ends and of who maintains it",
    )
    stale: bool = told(Flag(), "whether its statement was last checked too long ago")
    by: str | None = told(
        Text(),
        "who maintains the edge, where that is not the entry itself",
        lambda risk, _: risk.third_party,
        nullable=True,
    )
    opens: tuple[str, ...] = told(ListOf(Text()), "the ids that the gaps would have")
    bridges: frozenset[str] = told(ListOf(Text()), "those of them that no weaker route would join either")


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksDocument:
    """What might break."""

    SHAPE: ClassVar = "risks/v1"
    ASSUMES: ClassVar = True
    count: int = told(Count(), "how many there are; `--top` may list fewer")
    risks: tuple[RiskDocument, ...] = told(
        Nested(RiskDocument, many=True), "archived ones first, then by falling weight"
    )


RISK_TABLE: Final = Table(
    RiskDocument,
    ("of", "name", "weight", "gaps", "only route", "status", "stale", "by", "opens"),
    cells={"gaps": lambda risk, _: len(risk.opens), "only route": lambda risk, _: len(risk.bridges)},
)
"""The risks, a row each."""
