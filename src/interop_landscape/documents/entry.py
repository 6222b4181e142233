"""Entries as they leave the program: in JSON, tables and databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final, NamedTuple

from interop_landscape.documents.columns import Column, columns_of
from interop_landscape.documents.declare import ABSENT, Nested, same, spread, told
from interop_landscape.documents.kinds import Count, Score
from interop_landscape.documents.tables import Table
from interop_landscape.reading.models import Entry, Reach
from interop_landscape.reading.values import Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDocument:
    """Anything on the map, with the keys of its file."""

    id: str = told(Slug(), "its id", lambda entry, _: entry.id)
    kind: str = told(Slug(), "its kind, one of those in vocabulary.json", lambda entry, _: entry.kind)
    name: str = same(Entry, "name")
    summary: str = same(Entry, "summary")
    homepage: str = same(Entry, "homepage")
    repo: str | None = same(Entry, "repo")
    license: str | None = same(Entry, "license")
    steward: str | None = same(Entry, "steward")
    status: str = same(Entry, "status", "whether it is alive: `active`, `maintenance` or `archived`")
    tags: tuple[str, ...] = same(Entry, "tags", "what expectations and filters select by")
    aliases: tuple[str, ...] = same(Entry, "aliases", "other ids that it is known by")
    aspect: str | None = same(Entry, "aspect")
    owner: str | None = same(Entry, "owner")
    carries: tuple[str, ...] = same(Entry, "carries")
    bound_to: str | None = same(Entry, "bound-to")
    reach: Reach | None = same(Entry, "reach", "how many people stand behind it, by a public figure, or `null`")
    resource: str | None = same(Entry, "resource")
    workflow: tuple[str, ...] = same(Entry, "workflow", "workflow steps that it serves")


NOT_HELD: Final = frozenset({"fresh-for", "claims", "interop"})
"""Keys of an entry's file that its document does not hold: one is for checking, the others stand with its conformance
and make statements."""


class Listed(NamedTuple):
    """An entry, how many statements it has, and its score, which may be `ABSENT`."""

    entry: Entry
    statements: int
    score: Any = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntryDocument:
    """Anything on the map."""

    entry: EntryDocument = spread(EntryDocument, lambda listed, _: listed.entry)
    statements: int = told(Count(), "how many statements there are from and to it")
    score: float | None = told(Score(), "its score; in a list only with `--sort score`", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesDocument:
    """Entries."""

    SHAPE: ClassVar = "list/v1"
    ASSUMES: ClassVar = True
    count: int = told(Count(), "how many entries the filters let through")
    entries: tuple[ListedEntryDocument, ...] = told(
        Nested(ListedEntryDocument, many=True),
        "the entries, each with its own keys, the number of its `statements`, and with `--sort score` its `score`",
    )


_COLUMNS: Final = ("id", "kind", "name", "status", "steward", "tags", "statements", "homepage", "summary")
_LEFT_OUT: Final = ("repo", "license", "aspect", "owner", "bound_to", "resource")
ENTRY_TABLE: Final = Table(ListedEntryDocument, _COLUMNS, without=(*_LEFT_OUT, "score"))
SCORED_ENTRY_TABLE: Final = Table(
    ListedEntryDocument,
    (*_COLUMNS, "score"),
    cells={"score": lambda listed, _: listed.score},  # in full, as it always was
    without=_LEFT_OUT,
)
"""The entries, a row each, without and with their scores."""


def entry_columns() -> list[Column]:
    """An entry's columns in a database but for its id and kind."""
    return columns_of(
        Entry,
        references={
            "steward": "stewards",
            "status": "statuses",
            "aspect": "aspects",
            "bound-to": "stewards",
            "resource": "resources",
        },
        after={
            "bound-to": Column(
                "reach", "TEXT REFERENCES reach (id)", lambda entry, _: entry.reach and entry.reach.level
            )
        },
    )
