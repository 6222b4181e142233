"""The specification, and how entries meet it, as they leave the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from interop_landscape import phrases
from interop_landscape.analysis.conformance import level_word
from interop_landscape.documents.declare import Nested, same, spread, told
from interop_landscape.documents.kinds import Count, Share, Shown
from interop_landscape.documents.tables import Table
from interop_landscape.reading.containers import ListOf, MapOf
from interop_landscape.reading.models import LEVELS, Claim, Selector
from interop_landscape.reading.specification import KEYWORDS, Requirement, Withdrawal
from interop_landscape.reading.values import Flag, OneOf, RequirementId, Slug, Text

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

_LEVEL: Final = OneOf(*LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementDocument:
    """What entries have to do, state or show to be interoperable."""

    id: str = told(RequirementId(), "its id", lambda named, _: named[0])
    keyword: str = told(OneOf(*KEYWORDS), "how much it binds, as in RFC 2119", lambda named, _: named[1].keyword)
    says: str = same(Requirement, "says", derive=lambda named, _: named[1].says)
    why: str = same(Requirement, "why", derive=lambda named, _: named[1].why)
    side: str | None = same(Requirement, "side", derive=lambda named, _: named[1].side)
    of: Selector = same(Requirement, "of", derive=lambda named, _: named[1].of)
    expectations: tuple[str, ...] = same(Requirement, "expectations", derive=lambda named, _: named[1].expectations)
    end: str = same(Requirement, "end", derive=lambda named, _: named[1].end)
    relations: tuple[str, ...] = same(Requirement, "relations", derive=lambda named, _: named[1].relations)
    to: Selector | None = same(Requirement, "to", derive=lambda named, _: named[1].to)
    need: str = same(Requirement, "need", derive=lambda named, _: named[1].need)
    keys: tuple[str, ...] = same(Requirement, "keys", derive=lambda named, _: named[1].keys)
    rules: tuple[str, ...] = same(Requirement, "rules", derive=lambda named, _: named[1].rules)
    tests: tuple[str, ...] = same(Requirement, "tests", derive=lambda named, _: named[1].tests)
    untested: str | None = same(Requirement, "untested", derive=lambda named, _: named[1].untested)
    withdrawn: Withdrawal | None = same(Requirement, "withdrawn", derive=lambda named, _: named[1].withdrawn)


def _of(attribute: str, otherwise: Any = None) -> Any:
    """What the specification says under a key; `otherwise` where there is none."""

    def derive(_: object, landscape: Landscape) -> Any:
        return getattr(landscape.specification, attribute) if landscape.specification is not None else otherwise

    return derive


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDocument:
    """Which version of the specification it is."""

    title: str | None = told(Text(), "its title; `null` where there is no specification", _of("title"), nullable=True)
    version: str | None = told(Text(), "its version", _of("version"), nullable=True)
    date: date | None = told(Text(), "the day of that version", _of("date"), nullable=True)
    covered_from: float | None = told(
        Share(),
        "the share of a suite's cases from which a statement counts as covered",
        _of("covered_from"),
        nullable=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificationDocument:
    """The requirements of the specification."""

    SHAPE: ClassVar = "specification/v1"

    edition: EditionDocument = spread(EditionDocument, lambda _, __: ())
    chapters: tuple[str, ...] = told(ListOf(Slug()), "its chapters, in order", _of("chapters", ()))
    requirements: tuple[RequirementDocument, ...] = told(
        Nested(RequirementDocument, many=True),
        "its requirements in order, the withdrawn ones too",
        lambda _, landscape: tuple(landscape.specification.requirements.items()) if landscape.specification else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDocument:
    """One connection or statement that a requirement is about."""

    name: str = told(Slug(), "the expectation, the relation or the inverse")
    other: str | None = told(Slug(), "the entry at the other end; `null` where any would do", nullable=True)
    level: str | None = told(_LEVEL, "its level, or `null`", lambda part, _: level_word(part.level), nullable=True)
    lacks: tuple[str, ...] = told(ListOf(Slug()), "the keys that the statement should have and has not")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDocument:
    """How an entry stands on one requirement."""

    id: str = told(RequirementId(), "the requirement")
    keyword: str = told(OneOf(*KEYWORDS), "how much it binds", lambda one, _: one.requirement.keyword)
    says: str = told(Text(), "what it asks", lambda one, _: one.requirement.says)
    level: str | None = told(
        _LEVEL,
        "the level of the entry there; `null` where it is not met",
        lambda one, _: level_word(one.level),
        nullable=True,
    )
    ceiling: str | None = told(
        _LEVEL, "the highest level that can be shown today", lambda one, _: level_word(one.ceiling), nullable=True
    )
    reason: str = told(Text(), "why, in words", lambda one, landscape: phrases.standing_on(one, landscape))
    lacks: tuple[str, ...] = told(ListOf(Slug()), "the keys that the entry should have and has not")
    parts: tuple[PartDocument, ...] = told(
        Nested(PartDocument, many=True), "the connections or statements that it is about, the best first"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDocument:
    """What an entry's makers claim themselves; never counted."""

    level: str = same(Claim, "level", derive=lambda claim, _: claim[0].level)
    requirements: tuple[str, ...] = same(Claim, "requirements", derive=lambda claim, _: claim[0].requirements)
    url: str = same(Claim, "url", derive=lambda claim, _: claim[0].url)
    date: date = same(Claim, "date", derive=lambda claim, _: claim[0].day)
    holds: bool = told(Flag(), "whether it was made less than a year ago", lambda claim, _: claim[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class ConformanceDocument:
    """How an entry meets the specification."""

    id: str = told(Slug(), "the entry", lambda one, _: one.entry.id)
    kind: str = told(Slug(), "its kind", lambda one, _: one.entry.kind)
    name: str = told(Text(), "its name", lambda one, _: one.entry.name)
    level: str | None = told(
        _LEVEL,
        "the highest level that all requirements with MUST reach, as far as each can be shown; `null` where one of "
        "them is not met",
        lambda one, _: level_word(one.level),
        nullable=True,
    )
    reached: int = told(Count(), "how many requirements reach that level; without one, how many are evidenced at least")
    applicable: int = told(Count(), "how many requirements apply", lambda one, _: len(one.standings))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedConformanceDocument(ConformanceDocument):
    """How an entry meets the specification, with its level on each requirement."""

    levels: Mapping[str, str | None] = told(
        MapOf(RequirementId(), Shown({"enum": [*LEVELS, None]})),
        "by requirement that applies, the level of the entry there, `null` where it is not met",
        lambda one, _: {standing.id: level_word(standing.level) for standing in one.standings},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownConformanceDocument(ConformanceDocument):
    """How one entry meets the specification, requirement by requirement."""

    SHAPE: ClassVar = "show-conformance/v1"

    edition: EditionDocument = told(Nested(EditionDocument, always=True), "the specification", lambda _, __: ())
    claims: tuple[ClaimDocument, ...] = told(
        Nested(ClaimDocument, many=True), "what its makers claim themselves; never counted"
    )
    standings: tuple[StandingDocument, ...] = told(
        Nested(StandingDocument, many=True), "how it stands on each requirement that applies, in order"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConformancesDocument:
    """How the entries meet the specification."""

    SHAPE: ClassVar = "conformance/v1"

    edition: EditionDocument = told(Nested(EditionDocument, always=True), "the specification", lambda _, __: ())
    count: int = told(Count(), "how many entries there are to which a requirement applies")
    entries: tuple[ListedConformanceDocument, ...] = told(
        Nested(ListedConformanceDocument, many=True), "the entries, the highest level and the largest share first"
    )


STANDING_TABLE: Final = Table(
    StandingDocument,
    ("id", "keyword", "level", "ceiling", "reason", "says"),
)
"""How an entry stands on requirements, a row each."""

CONFORMANCE_TABLE: Final = Table(ListedConformanceDocument, ("id", "kind", "name", "level", "reached", "applicable"))
"""How entries meet the specification, a row each."""
