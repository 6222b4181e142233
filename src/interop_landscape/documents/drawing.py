"""What the site's own scripts read: what the path finder searches, and what the graph is drawn from.

Their further keys change with the scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from interop_landscape.documents.declare import NULL, Nested, spread, told
from interop_landscape.documents.kinds import Count, Shown
from interop_landscape.documents.to_json import document_of
from interop_landscape.reading.containers import ListOf, MapOf
from interop_landscape.reading.values import Flag, Number, OneOf, Slug, Text

_PLACES: Final = ListOf(Count())
_ROWS: Final = Shown({"type": "array", "items": {"type": "array"}})
_FLOWS: Final = OneOf("forward", "backward", "both")


@dataclass(frozen=True, kw_only=True)
class NameDocument:
    """Something with a name for people."""

    id: str = told(Slug(), "its id")
    name: str = told(Text(), "its name for people")


@dataclass(frozen=True, kw_only=True)
class VerbDocument:
    """A relation as the path finder knows it."""

    id: str = told(Slug(), "its id", lambda named, _: named[0])
    reads: str = told(Text(), "the verb in a sentence", lambda named, _: named[1].reads)
    flows: str = told(_FLOWS, "the direction in which a model moves", lambda named, _: named[1].flows)
    halts_at: list[str] = told(
        ListOf(Slug()),
        "kinds at which a route ends that comes in by it in part",
        lambda named, _: list(named[1].halts_at),
    )
    from_: list[str] = told(
        ListOf(Slug()), "kinds that it leads from", lambda named, _: list(named[1].from_), name="from"
    )
    to: list[str] = told(ListOf(Slug()), "kinds that it leads to", lambda named, _: list(named[1].to))
    buildable: bool = told(Flag(), "whether such an edge may be proposed", lambda named, _: named[1].buildable)
    writes: bool = told(Flag(), "whether only a standard's owner is asked for it", lambda named, _: named[1].writes)
    asks_carries: bool = told(
        Flag(), "whether it says what crosses at a standard of several graphs", lambda named, _: named[1].asks_carries
    )


@dataclass(frozen=True, kw_only=True)
class StatementColumnsDocument:
    """Statements as a table by column, in the order of statements; all but `requires` and `takes` are of one length."""

    source: list[int] = told(_PLACES, "places of entries")
    relation: list[int] = told(_PLACES, "places of relations")
    target: list[int] = told(_PLACES, "places of entries")
    support: list[int] = told(_PLACES, "places of words of support")
    cargo: list[int] = told(_PLACES, "places of masks")
    verified: list[int] = told(_PLACES, "1 where it is verified")
    requires: list[list[int]] = told(ListOf(_PLACES), "pairs [statement, specifier]")
    takes: list[list[int]] = told(ListOf(_PLACES), "pairs [statement, entry]: through whom a route must have come in")


@dataclass(frozen=True, kw_only=True)
class SpecifierDocument:
    """A version specifier, with bits in hexadecimal that tell which versions it puts forward and lets through."""

    OMITS: ClassVar = NULL

    of: str = told(Text(), "what is versioned")
    clauses: list[str] = told(ListOf(Text()), "its clauses")
    tries: str = told(Text(), "the versions that it puts forward")
    admits: str = told(Text(), "the versions that it lets through")
    exact: list[str] | None = told(ListOf(Text()), "the texts that `===` asks for", nullable=True)
    odd: bool | None = told(Flag(), "whether one of those is no version", nullable=True)


@dataclass(frozen=True, kw_only=True)
class AutomatonDocument:
    """What counts as a route, as an automaton."""

    cargo: int = told(Count(), "the mask that must survive")
    moves: list[Any] = told(_ROWS, "of each state: `[relation, state]` that it leads to")
    accepting: list[int] = told(_PLACES, "the states in which a route may end")


@dataclass(frozen=True, kw_only=True)
class OfferDocument:
    """What counts as a route between entries of which nothing is expected, as an automaton."""

    automaton: AutomatonDocument = spread(AutomatonDocument)
    sources: list[int] | None = told(_PLACES, "places of the entries from which it does; null for all", nullable=True)
    targets: list[int] | None = told(_PLACES, "places of the entries to which it does; null for all", nullable=True)


@dataclass(frozen=True, kw_only=True)
class RuleDocument:
    """An expectation with its ends, and what counts as a route, as an automaton."""

    id: str = told(Slug(), "its id")
    side: int = told(Count(), "its side")
    weight: float = told(Number(), "how much each pair matters")
    need: str = told(OneOf("each", "any"), "each target, or any one of them")
    automaton: AutomatonDocument = spread(AutomatonDocument)
    sources: list[int] = told(_PLACES, "places of entries")
    targets: list[int] = told(_PLACES, "places of entries")


@dataclass(frozen=True, kw_only=True)
class RoutingDocument:
    """What the path finder searches; made for the scripts of this site, and may change with any release."""

    SHAPE: ClassVar = "routing/v1"

    support: tuple[str, ...] = told(ListOf(Text()), "the words for how well an edge works, from best to worst")
    live: int = told(Count(), "how many of them, from the first, carry anything")
    cargo: tuple[NameDocument, ...] = told(Nested(NameDocument, many=True), "what can cross: `id`, `name`")
    kinds: list[str] = told(ListOf(Slug()), "the kinds of entries")
    sides: tuple[NameDocument, ...] = told(Nested(NameDocument, many=True), "the sides: `id`, `name`")
    relations: tuple[VerbDocument, ...] = told(
        Nested(VerbDocument, many=True),
        "the relations: `id`, `reads`, `flows`, `halts_at`, `from`, `to`, `buildable`, `writes`, `asks_carries`",
    )
    entries: list[list[Any]] = told(
        _ROWS,
        "`[id, name, kind, 1 where something is expected of it, mask, reach]`: kinds and masks by their places in "
        "`kinds` and `masks`",
    )
    known: list[list[list[str]]] = told(_ROWS, "of each entry: `[aliases, tags]`, by which it is found besides")
    owners: list[list[int]] = told(ListOf(_PLACES), "pairs [standard, owner] of places of entries")
    statements: StatementColumnsDocument = told(
        Nested(StatementColumnsDocument, always=True),
        "by column: `source`, `relation`, `target`, `support`, `cargo`, `verified`, all by places, and `requires`: "
        "pairs `[statement, specifier]`, `takes`: pairs `[statement, entry]`",
    )
    specifiers: tuple[SpecifierDocument, ...] = told(
        Nested(SpecifierDocument, many=True),
        "what is versioned (`of`), `clauses`, and as bits the versions that it `tries` and `admits`; with `===` also "
        "`exact` and `odd`",
    )
    routes: tuple[OfferDocument, ...] = told(
        Nested(OfferDocument, many=True),
        "what counts as a route where nothing is expected of a pair, as automata: `cargo`, `moves`, `accepting`, "
        "and `sources` and `targets` where it does so only between these",
    )
    records: Mapping[str, str] = told(MapOf(Text(), Slug()), "by edge or pair in words: the record about it")
    titles: Mapping[str, str] = told(MapOf(Text(), Text()), "the titles of these records, by id")
    graphs: list[int] = told(_PLACES, "the cargo that is a computation, as places in `cargo`")
    stated: list[int] = told(_PLACES, "places of the entries that say what they carry")
    phrases: Mapping[str, str] = told(MapOf(Text(), Text()), "what the page says in the words of the commands")
    expectations: tuple[RuleDocument, ...] = told(
        Nested(RuleDocument, many=True),
        "the rules, as automata with their ends: `id`, `side`, `weight`, `need`, `cargo`, `moves`, `accepting`, "
        "`sources`, `targets`",
    )
    masks: list[list[int]] = told(ListOf(_PLACES), "sets of cargo, as places in `cargo`")


@dataclass(frozen=True, kw_only=True)
class ArrowDocument:
    """A relation as the graph shows it."""

    id: str = told(Slug(), "its id", lambda named, _: named[0])
    name: str = told(Text(), "the verb in a sentence", lambda named, _: named[1].reads)
    flows: str = told(_FLOWS, "the direction in which a model moves", lambda named, _: named[1].flows)


@dataclass(frozen=True, kw_only=True)
class ExploreDocument:
    """What the graph is drawn from; made for the scripts of this site, and may change with any release."""

    SHAPE: ClassVar = "explore/v1"

    title: str = told(Text(), "the landscape's title")
    kinds: tuple[NameDocument, ...] = told(Nested(NameDocument, many=True), "the kinds: `id`, `name`")
    stewards: tuple[NameDocument, ...] = told(Nested(NameDocument, many=True), "the stewards of entries: `id`, `name`")
    tags: list[str] = told(ListOf(Slug()), "the tags of entries")
    relations: tuple[ArrowDocument, ...] = told(
        Nested(ArrowDocument, many=True), "the relations: `id`, `name`, `flows`"
    )
    supports: tuple[str, ...] = told(ListOf(Text()), "the words for how well an edge works")
    nodes: list[list[Any]] = told(
        _ROWS, "`[id, name, kind, x, y, steward or -1, [tag …], status]`: kind, steward and tags by their places"
    )
    edges: list[list[int]] = told(
        ListOf(_PLACES), "`[source, target, relation, support]` by their places, of what carries anything"
    )


def named(words: Mapping[str, str]) -> tuple[NameDocument, ...]:
    """Names for people by id."""
    return tuple(document_of(NameDocument, None, id=word, name=name) for word, name in words.items())
