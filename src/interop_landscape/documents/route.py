"""Routes as they leave the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from interop_landscape import phrases
from interop_landscape.analysis.routes import Route
from interop_landscape.analysis.verdict import ANSWERS, Found
from interop_landscape.documents.declare import Nested, spread, told
from interop_landscape.documents.kinds import Count, Share
from interop_landscape.documents.statement import EvidenceDocument, StatementDocument, evidence_urls
from interop_landscape.documents.tables import Table
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.statements import LIVE
from interop_landscape.reading.values import Flag, OneOf, Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowDocument:
    """A window of versions."""

    of: str = told(Text(), "what is versioned", lambda window, _: window.subject)
    versions: str = told(Text(), "the versions that suit all hops", lambda window, _: window.specifier)
    empty: bool = told(Flag(), "whether there are none")


@dataclass(frozen=True, slots=True, kw_only=True)
class HopDocument:
    """One edge of a route; `from` and `to` follow the flow, `relation` and `statement` are the statement's."""

    from_: str = told(Slug(), "where the hop starts", lambda hop, _: hop.source, name="from")
    to: str = told(Slug(), "where it ends", lambda hop, _: hop.target)
    keys: StatementDocument = spread(StatementDocument, lambda hop, _: hop.statement, without=("from", "to"))
    statement: str = told(Text(), "the statement in words", lambda hop, _: str(hop.statement))


def _surviving(route: Route, landscape: Landscape) -> list[str]:
    """What a route carries, in the order of the vocabulary."""
    return [name for name in landscape.vocabulary.cargo if name in route.carries]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteDocument:
    """A route of edges that an expectation counts."""

    strength: str = told(OneOf(*LIVE), "the support of its weakest edge")
    carries: tuple[str, ...] = told(ListOf(Slug()), "what all of its edges carry", _surviving)
    windows: tuple[WindowDocument, ...] = told(
        Nested(WindowDocument, many=True),
        "by what is versioned (`of`): the `versions` that suit all hops, and whether that window is `empty`",
    )
    hops: tuple[HopDocument, ...] = told(Nested(HopDocument, many=True), "its edges in order")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDocument:
    """What one edge of a route takes of a model's operators, as its suite counted it."""

    route: int = told(Count(), "the place of the route, from 1", lambda one, _: one[0])
    statement: str = told(Text(), "the statement in words", lambda one, _: str(one[1].statement))
    whole: tuple[str, ...] = told(
        ListOf(Text()), "operators of which all cases are the same", lambda one, _: one[1].whole
    )
    part: tuple[str, ...] = told(ListOf(Text()), "operators of which some are", lambda one, _: one[1].part)
    missing: tuple[str, ...] = told(ListOf(Text()), "operators of which none is", lambda one, _: one[1].missing)
    uncounted: tuple[str, ...] = told(
        ListOf(Text()), "operators of which nobody has counted any", lambda one, _: one[1].uncounted
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MissDocument:
    """An edge that would open a route where there is none."""

    edge: str = told(Text(), "the edge in words", lambda miss, _: miss[0])
    precedent: float = told(Share(), "how usual such an edge is", lambda miss, _: miss[1])
    route: RouteDocument = told(
        Nested(RouteDocument, always=True), "the route that it would open", lambda miss, _: miss[2]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictDocument:
    """Whether one entry reaches another, and why."""

    answer: str = told(
        OneOf(*ANSWERS),
        "`yes`; `in part`; `no`: somebody looked; or `unknown`: nobody has said",
        lambda path, _: path.found.verdict.answer,
    )
    says: str = told(
        Text(),
        "the verdict with its reason, in a sentence",
        lambda path, landscape: phrases.verdict(path.found.verdict, [miss[0] for miss in path.misses], landscape),
    )
    expectation: str | None = told(
        Slug(),
        "the expectation by which the pair is judged; null where none expects it",
        lambda path, _: path.found.verdict.expectation,
        nullable=True,
    )
    edge: str | None = told(
        Text(),
        "with `no`: the edge in words that is not there, and would by itself be enough",
        lambda path, _: str(path.found.verdict.denied) if path.found.verdict.denied else None,
        nullable=True,
    )
    record: str | None = told(
        Slug(), "with `no`: the record about it", lambda path, _: path.found.verdict.record, nullable=True
    )
    evidence: tuple[EvidenceDocument, ...] = told(
        Nested(EvidenceDocument, many=True),
        "with `no`: what shows that it is not there, a list of `url` and `shows`",
        lambda path, _: path.found.verdict.denied.evidence if path.found.verdict.denied else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PathDocument:
    """The routes from one entry to another."""

    SHAPE: ClassVar = "path/v1"
    ASSUMES: ClassVar = True
    from_: str = told(Slug(), "the entry that the routes start from", lambda path, _: path.source.id, name="from")
    to: str = told(Slug(), "the entry that they lead to", lambda path, _: path.target.id)
    verdict: VerdictDocument = told(
        Nested(VerdictDocument, always=True),
        "whether it is reached: `answer`, and what it `says` with the reason",
        lambda path, _: path,
    )
    routes: tuple[RouteDocument, ...] = told(
        Nested(RouteDocument, many=True),
        "the routes, strongest, of one edge, most verified, then shortest first; conflicting ones last. For a pair "
        "that no expectation expects, what the first says of the second comes first, whichever way it flows",
        lambda path, _: path.found.routes,
    )
    apart: tuple[RouteDocument, ...] = told(
        Nested(RouteDocument, many=True),
        "where a model was asked for: the routes that bring none, such as weights only",
        lambda path, _: path.found.apart,
    )
    back: tuple[RouteDocument, ...] = told(
        Nested(RouteDocument, many=True),
        "where there is no route: what is stated of the two and leads from the second to the first",
        lambda path, _: path.found.back,
    )
    operators: tuple[TakenDocument, ...] = told(
        Nested(TakenDocument, many=True),
        "with `--ops`: what the edges of each route take of the model's operators, where suites counted it",
        lambda path, _: [(n, one) for n, route in enumerate(path.found.routes, 1) for one in path.taken(route)],
    )
    misses: tuple[MissDocument, ...] = told(
        Nested(MissDocument, many=True),
        "where there is no route: edges that would each open one, with `edge`, `precedent` and the `route` that it "
        "would open",
    )


def _evidence(hop: Any, _: Landscape) -> str:
    return evidence_urls(hop.statement)


HOP_TABLE: Final = Table(
    HopDocument,
    ("from", "relation", "to", "support", "api", "by", "limits", "evidence"),
    cells={"evidence": _evidence},
    without=("since", "until", "note", "checked", "stale", "statement"),
    lead=("route", "strength", "carries", "hop", "arrives"),
)
"""The hops of some routes, a row each."""


def hop_rows(found: Found, landscape: Landscape) -> Any:
    """A row of `HOP_TABLE` for each hop of each route in turn; what arrives is said where it is no model.

    So is what leads the other way round.
    """
    only = [phrases.only(route, landscape.vocabulary) for route in found.apart]
    arriving = [*(None for _ in found.routes), *only, *(phrases.OTHER_WAY_ROUND for _ in found.back)]
    routes = (*found.routes, *found.apart, *found.back)
    for place, (route, arrives) in enumerate(zip(routes, arriving, strict=True), start=1):
        carries = " ".join(_surviving(route, landscape))
        for step, hop in enumerate(route.hops, start=1):
            yield HOP_TABLE.row(hop, landscape, place, route.strength, carries, step, arrives)
