"""The models: what the files of a landscape hold, as frozen values.

Each field declared with `key` is a key of the file, in canonical order; this is the one place where the
shape of the data is written down. Fields declared with `given` are filled in by the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from interop_landscape.reading import bounds
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import WithPlaces, given, key
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.statements import LIVE, Evidence, Interop, Statement
from interop_landscape.reading.values import (
    Date,
    Days,
    Defined,
    Figure,
    Flag,
    Licence,
    Number,
    OneOf,
    RequirementId,
    RoutePattern,
    Slug,
    Text,
    Url,
    Whole,
)

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

STATUSES: Final = ("active", "maintenance", "archived")
"""The statuses of an entry where the vocabulary defines none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the directions in which interoperability is asked for."""

    name: str = key(Text(bounds.NAME), "its name for people")
    plain: str = key(Text(bounds.NAME), "what it is about in plain words, before its name in the navigation", "")
    question: str = key(Text(bounds.SUMMARY), "the question that its expectations answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of entry, and the folder that holds its files."""

    folder: str = key(Slug(), "the folder of its entries")
    plural: str = key(Text(bounds.NAME), "its plural in sentences")
    summary: str = key(Text(bounds.SUMMARY), "what entries of this kind are")
    needs: tuple[str, ...] = key(
        ListOf(OneOf("aspect", "carries", "resource")),
        "keys that its entries must have and others may not",
        (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A verb that joins two entries."""

    inverse: str = key(Slug(), "its name when it is written at the other end")
    from_: tuple[str, ...] = key(ListOf(Defined("kinds")), "kinds that may state it", name="from")
    to: tuple[str, ...] = key(ListOf(Defined("kinds")), "kinds that it may lead to")
    flows: str = key(OneOf("forward", "backward", "both"), "the direction in which a model moves, seen from `from`")
    buildable: bool = key(Flag(), "whether such an edge may be proposed as a fix", False)
    asks_carries: bool = key(
        Flag(),
        "whether a statement about a standard with several graphs must say in `carries` which of them it means",
        False,
    )
    asks_takes: bool = key(
        Flag(),
        "whether a statement must say in `takes` what it takes, where several such lead on from what several come into",
        False,
    )
    writes: bool = key(
        Flag(), "whether it writes a standard, which nobody but the standard's owner is asked to do", False
    )
    vendor_bound: bool = key(
        Flag(), "whether an entry that is bound to a vendor is asked for it with that vendor's entries alone", False
    )
    kindred: bool = key(
        Flag(),
        "whether it is asked for only where the first has it, or shares a tag, with something akin to the second",
        False,
    )
    precedented: bool = key(
        Flag(),
        "whether it is asked for only where two peers, and one in ten, have it to the same entry, beside its owner and "
        "its steward's",
        False,
    )
    left_to: str | None = key(
        Defined("relations"),
        "the relation to what an entry is made of, which is asked for it instead, where that lacks it",
        None,
    )
    halts_at: tuple[str, ...] = key(
        ListOf(Defined("kinds")),
        "kinds at which a route ends that comes in by it in part: nobody carries a model on from there",
        (),
    )
    reads: str = key(Text(bounds.NAME), "the verb in a sentence: A … B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the vocabulary with a name and an explanation."""

    name: str = key(Text(bounds.NAME), "its name for people")
    summary: str = key(Text(bounds.SUMMARY), "what it means", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """Something that can cross an edge."""

    name: str = key(Text(bounds.NAME), "its name for people")
    graph: bool = key(Flag(), "whether it is a kind of computation, of which one crosses at a time", False)
    summary: str = key(Text(bounds.SUMMARY), "what it means", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage in the life of a record."""

    name: str = key(Text(bounds.NAME), "its name for people")
    final: bool = key(Flag(), "whether a record ends there", False)
    closes: bool = key(Flag(), "whether a record that is there says that its gaps are closed", False)
    summary: str = key(Text(bounds.SUMMARY), "what happens in it", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steward:
    """An organisation that looks after entries."""

    name: str = key(Text(bounds.NAME), "its name for people")
    homepage: str | None = key(Url(), "its address", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who stands behind a landscape."""

    name: str = key(Text(bounds.NAME), "the name to cite")
    homepage: str | None = key(Url(), "its address", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Whether an entry is alive, and what may be asked of it."""

    builds: float = key(Figure(), "how likely it is to build what is asked of it, from 0 to 1")
    expected: bool = key(Flag(), "whether it is expected to be connected", True)
    summary: str = key(Text(), "what it means", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of reach: how many people stand behind an entry."""

    name: str = key(Text(), "its name for people")
    weight: float = key(Number(), "how much a pair counts at either end of which such an entry stands")
    summary: str = key(Text(), "which public figures it takes", "")


_STATUSES: Final[Mapping[str, Status]] = MappingProxyType(
    dict(zip(STATUSES, (Status(builds=1.0), Status(builds=0.25), Status(builds=0.0, expected=False)), strict=True))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(WithPlaces):
    """A question that the site asks for example: whether one entry reaches another."""

    from_: str = key(Slug(), "the entry that it starts from", name="from")
    to: str = key(Slug(), "the entry that it asks for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What ``landscape.yml`` defines: the words that all other files use."""

    title: str = key(Text(bounds.SUMMARY), "the landscape's title")
    summary: str = key(Text(bounds.SUMMARY), "what it maps, in one sentence", "")
    repository: str | None = key(Url(), "where its files are edited", None)
    publisher: Publisher | None = key(Struct(Publisher), "who stands behind it", None)
    license: str | None = key(Licence(), "the SPDX licence id of its data", None)
    sides: Mapping[str, Side] = key(MapOf(Slug(), Struct(Side), empty=True), "the sides, in order", _NOTHING)
    kinds: Mapping[str, Kind] = key(MapOf(Slug(), Struct(Kind)), "the kinds of entries, from the top down")
    relations: Mapping[str, Relation] = key(
        MapOf(Slug(), Struct(Relation), empty=True), "how entries may be connected", _NOTHING
    )
    aspects: Mapping[str, Term] = key(MapOf(Slug(), Struct(Term), empty=True), "aspects of standards", _NOTHING)
    resources: Mapping[str, Term] = key(
        MapOf(Slug(), Struct(Term), empty=True), "resources that backends offer", _NOTHING
    )
    cargo: Mapping[str, Cargo] = key(MapOf(Slug(), Struct(Cargo), empty=True), "what can cross an edge", _NOTHING)
    stages: Mapping[str, Stage] = key(
        MapOf(Slug(), Struct(Stage), empty=True), "the stages of a record, in order", _NOTHING
    )
    stewards: Mapping[str, Steward] = key(
        MapOf(Slug(), Struct(Steward), empty=True), "organisations that look after entries", _NOTHING
    )
    workflow: Mapping[str, Term] = key(MapOf(Slug(), Struct(Term), empty=True), "steps of the workflow", _NOTHING)
    statuses: Mapping[str, Status] = key(
        MapOf(Slug(), Struct(Status)), "the statuses of entries, the liveliest first", _STATUSES
    )
    reach: Mapping[str, Level] = key(
        MapOf(Slug(), Struct(Level)),
        "levels of reach, the widest first; the last holds where nothing is said",
        _NOTHING,
    )
    coverage: Mapping[str, float] = key(
        MapOf(OneOf(*LIVE), Figure()),
        "the share, from 0 to 1, of the cases that can be fed which a statement of such support reaches in its suite",
        _NOTHING,
    )
    examples: tuple[Example, ...] = key(
        ListOf(Struct(Example)), "questions that the site asks for example, the first ones on its start page", ()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many people stand behind an entry, by a public figure."""

    level: str = key(Defined("reach"), "one of the vocabulary's levels")
    checked: date = key(Date(), "when somebody last looked at the figure")
    evidence: tuple[Evidence, ...] = key(ListOf(Struct(Evidence)), "addresses that show the figure")


LEVELS: Final = ("stated", "evidenced", "verified", "covered")
"""How well an entry shows that it meets a requirement, from least to most."""

CLAIM_HOLDS: Final = timedelta(days=365)
"""How long a claim holds after the day on which it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(WithPlaces):
    """What an entry's makers say themselves of how far they meet the specification: shown, never counted."""

    level: str = key(OneOf(*LEVELS), "the level that they claim")
    requirements: tuple[str, ...] = key(
        ListOf(RequirementId(), single=True), "the requirements that they claim it for; all where none is named", ()
    )
    url: str = key(Url(), "where they say so")
    day: date = key(Date(), "the day on which they said so; a claim holds for a year", name="date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(WithPlaces):
    """Anything on the map."""

    id: str = given()
    kind: str = given()
    path: str = given()
    name: str = key(Text(bounds.NAME), "its name as its makers write it")
    summary: str = key(Text(bounds.SUMMARY), "what it is, in one sentence")
    homepage: str = key(Url(), "its home page")
    repo: str | None = key(Url(), "its main repository", None)
    license: str | None = key(Licence(), "its SPDX licence id, or several with OR, AND, WITH", None)
    steward: str | None = key(Defined("stewards"), "who looks after it", None)
    status: str = key(Defined("statuses"), "whether it is developed, only maintained, or neither")
    tags: tuple[str, ...] = key(ListOf(Slug()), "words that expectations and filters select by", ())
    aliases: tuple[str, ...] = key(ListOf(Slug()), "ids it had before, or is also known by", ())
    aspect: str | None = key(Defined("aspects"), "what a standard is about", None)
    owner: str | None = key(Slug(), "the entry whose own format a standard is; nobody else is asked to write it", None)
    carries: tuple[str, ...] = key(
        ListOf(Defined("cargo")),
        "its cargo: what crosses with a standard, what a framework's models are made of, what a runtime executes",
        (),
    )
    bound_to: str | None = key(Defined("stewards"), "the vendor for whose hardware alone a runtime is kept", None)
    reach: Reach | None = key(Struct(Reach), "how many people stand behind it", None)
    resource: str | None = key(Defined("resources"), "what a backend offers", None)
    workflow: tuple[str, ...] = key(ListOf(Defined("workflow")), "workflow steps it serves", ())
    fresh_for: timedelta = key(Days(), "how long its statements stay fresh", timedelta(days=365))
    claims: tuple[Claim, ...] = key(
        ListOf(Struct(Claim)), "what its makers claim themselves of the specification; shown, and never counted", ()
    )
    interop: tuple[Statement, ...] = key(Interop(), "its statements, by relation and target", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Which entries an expectation is about: all keys must fit, each by any of its values."""

    kind: tuple[str, ...] = key(ListOf(Defined("kinds"), single=True), "of one of these kinds", ())
    tags: tuple[str, ...] = key(ListOf(Slug(), single=True), "with any of these tags", ())
    aspect: tuple[str, ...] = key(ListOf(Defined("aspects"), single=True), "of one of these aspects", ())
    resource: tuple[str, ...] = key(ListOf(Defined("resources"), single=True), "offering one of these resources", ())
    carries: tuple[str, ...] = key(ListOf(Defined("cargo"), single=True), "carrying any of these", ())
    steward: tuple[str, ...] = key(ListOf(Defined("stewards"), single=True), "with one of these stewards", ())
    entries: tuple[str, ...] = key(ListOf(Slug(), single=True), "one of these ids", ())
    without: tuple[str, ...] = key(ListOf(Slug(), single=True), "none of these tags", ())
    except_: tuple[str, ...] = key(ListOf(Slug(), single=True), "none of these ids", (), name="except")

    def selects(self, entry: Entry) -> bool:
        """Whether `entry` is meant."""
        return (
            (not self.kind or entry.kind in self.kind)
            and (not self.entries or entry.id in self.entries)
            and entry.id not in self.except_
            and (not self.tags or any(tag in entry.tags for tag in self.tags))
            and not any(tag in entry.tags for tag in self.without)
            and (not self.aspect or entry.aspect in self.aspect)
            and (not self.resource or entry.resource in self.resource)
            and (not self.carries or any(cargo in entry.carries for cargo in self.carries))
            and (not self.steward or entry.steward in self.steward)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(WithPlaces):
    """Which entries ought to be connected, by which routes, carrying what, and why."""

    id: str = given()
    path: str = given()
    line: int = given()
    column: int = given()
    side: str = key(Defined("sides"), "the side that it belongs to")
    why: str = key(Text(bounds.SUMMARY), "why this ought to be so, in one sentence")
    from_: Selector = key(Struct(Selector), "which entries should reach", name="from")
    to: Selector = key(Struct(Selector), "which entries should be reached")
    need: str = key(OneOf("each", "any"), "each target, or any one of them", "each")
    carrying: tuple[str, ...] = key(ListOf(Defined("cargo"), single=True), "what must survive", ())
    routes: Mapping[str, Pattern] = key(MapOf(Slug(), RoutePattern()), "the routes that count, by name")
    weight: float = key(Number(), "how much each expected pair matters", 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEntry(WithPlaces):
    """One step in the life of a record."""

    stage: str = key(Defined("stages"), "the stage that was reached")
    day: date = key(Date(), "when", name="date")
    url: str | None = key(Url(), "where it can be followed", None)
    note: str | None = key(Text(), "what happened", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(WithPlaces):
    """A gap that the committee tracks, with its stages, dates and links."""

    id: str = given()
    path: str = given()
    title: str = key(Text(bounds.NAME), "the gap in a few words")
    closes: tuple[str, ...] = key(ListOf(Text(bounds.SUMMARY), most=100), "fixes, `entry relation entry`, or gap ids")
    owner: str | None = key(Text(bounds.NAME), "who does the work", None)
    milestone: str | None = key(Slug(), "the milestone that holds it", None)
    requirements: tuple[str, ...] = key(
        ListOf(RequirementId(), single=True), "the requirements of the specification that it would help to meet", ()
    )
    stages: tuple[StageEntry, ...] = key(
        ListOf(Struct(StageEntry)), "what has happened, in order of date; only ever appended to"
    )

    @property
    def stage(self) -> str:
        """The stage it is in."""
        return self.stages[-1].stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(WithPlaces):
    """A date on the committee's timeline."""

    title: str = key(Text(bounds.NAME), "what is reached")
    due: date = key(Date(future=True), "when it is due")
    stage: str | None = key(
        Defined("stages"), "the stage that its records are to reach; one that closes them if not given", None
    )
    reached: date | None = key(Date(), "when it was reached", None)
    note: str | None = key(Text(), "anything else worth knowing", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(WithPlaces):
    """Statements that were drawn blindly and read against their sources by somebody who had not written them."""

    day: date = key(Date(), "when they were read", name="date")
    seed: int = key(Whole(), "the seed by which `python -m benchmarks.sample` drew them")
    drawn: int = key(Whole(), "how many were drawn")
    wrong: int = key(Whole(), "how many said what is not so")
    faulty: int = key(Whole(), "how many others had a fault: a limit left out, evidence that does not say it")
    note: str | None = key(Text(), "what was found, and what became of it", None)


BY_ID: Final = (Expectation, Milestone, Sample)
"""The models of which one file holds many, each by its id."""
