"""What an import did, as it leaves the program, and what it keeps for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from interop_landscape.documents.declare import EMPTY, Derive, Nested, same, told
from interop_landscape.documents.kinds import Count
from interop_landscape.documents.tables import Table
from interop_landscape.reading.containers import ListOf, MapOf
from interop_landscape.reading.models import Entry
from interop_landscape.reading.values import Flag, Slug, Text


@dataclass(frozen=True, kw_only=True)
class ImportNoteDocument:
    """Something about an item that somebody ought to know."""

    what: str = told(Text(), "`left out`, `listed twice`, `kept`, `named alike`, `gone`, `corrected` or `not read`")
    path: str = told(Text(), "the file that was read")
    line: int | None = told(Count(), "the line, from 1; `null` where it has none", nullable=True)
    name: str = told(Text(), "the item, or the id of an entry")
    message: str = told(Text(), "what is to be known")


IMPORT_NOTE_TABLE: Final = Table(ImportNoteDocument, ())
"""Documents of notes, a row each."""


def _number(name: str) -> Derive:
    return lambda counts, _: counts[name]


@dataclass(frozen=True, kw_only=True)
class ImportCountsDocument:
    """How many items were read, and what became of them."""

    read: int = told(Count(), "how many were read: as many as all of the following", _number("read"))
    written: int = told(Count(), "became new entries", _number("written"))
    updated: int = told(Count(), "changed an entry", _number("updated"))
    unchanged: int = told(Count(), "changed nothing", _number("unchanged"))
    listed_twice: int = told(
        Count(), "are the same entry as another item", _number("listed-twice"), name="listed-twice"
    )
    left_out: int = told(Count(), "cannot be entries", _number("left-out"), name="left-out")


@dataclass(frozen=True, kw_only=True)
class ImportDocument:
    """What an import did, or would do."""

    SHAPE: ClassVar = "import/v1"

    file: str = told(Text(), "the file that was read")
    source: str = told(Slug(), "what the source is called, here and at the next import")
    dry_run: bool = told(Flag(), "whether nothing was written")
    counts: ImportCountsDocument = told(
        Nested(ImportCountsDocument, always=True),
        "how many items were `read`, and what became of them: `written`, `updated`, `unchanged`, `listed-twice`, "
        "`left-out`",
    )
    written: tuple[str, ...] = told(ListOf(Slug()), "the ids of new entries", lambda plan, _: tuple(plan.new))
    updated: Mapping[str, list[str]] = told(
        MapOf(Slug(), ListOf(Text())),
        "by id: the keys that changed",
        lambda plan, _: {name: sorted(changes) for name, changes in plan.changed.items()},
    )
    notes: tuple[ImportNoteDocument, ...] = told(
        Nested(ImportNoteDocument, many=True), "what somebody ought to know of the items"
    )
    without_place: Mapping[str, int] = told(
        MapOf(Text(), Count()), "fields that an entry has no place for: on how many items"
    )


def _taken(key: str) -> Any:
    """A key of an entry with the value that the source had for it."""
    return same(Entry, key, derive=lambda last, _: last.values.get(key))


@dataclass(frozen=True, kw_only=True)
class ImportedEntryDocument:
    """What the source said of an entry."""

    OMITS: ClassVar = EMPTY

    place: str = told(Text(), "where the source listed it, by names")
    name: str = _taken("name")
    summary: str = _taken("summary")
    homepage: str = _taken("homepage")
    repo: str | None = _taken("repo")
    license: str | None = _taken("license")
    steward: str | None = _taken("steward")
    status: str = _taken("status")
    tags: tuple[str, ...] = _taken("tags")


@dataclass(frozen=True, kw_only=True)
class ImportStateDocument:
    """What the last import found in its source, kept beside the landscape."""

    SHAPE: ClassVar = "import-landscape2/v1"

    entries: Mapping[str, ImportedEntryDocument] = told(
        Nested(ImportedEntryDocument, each=True), "what the source said of each entry, by id"
    )
