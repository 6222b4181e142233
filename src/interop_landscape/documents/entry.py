"""Entries as they leave the program: in JSON, tables and databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from interop_landscape.documents.declare import Column, columns_of, document_of, properties_of, same, to_json, told
from interop_landscape.documents.schemas import Schema
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reading.values import Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDocument:
    """anything on the map"""  # noqa: D400, D415 - as the schemas say it

    id: str = told(Slug(), "its id", lambda entry, _: entry.id)
    kind: str = told(Slug(), "its kind, one of those in vocabulary.json", lambda entry, _: entry.kind)
    name: str = same(Entry, "name")
    summary: str = same(Entry, "summary")
    homepage: str = same(Entry, "homepage")
    repo: str | None = same(Entry, "repo")
    license: str | None = same(Entry, "license")
    steward: str | None = same(Entry, "steward")
    status: str = same(Entry, "status")
    tags: tuple[str, ...] = same(Entry, "tags", "what expectations and filters select by")
    aliases: tuple[str, ...] = same(Entry, "aliases", "other ids that it is known by")
    aspect: str | None = same(Entry, "aspect")
    carries: tuple[str, ...] = same(Entry, "carries")
    resource: str | None = same(Entry, "resource")
    workflow: tuple[str, ...] = same(Entry, "workflow", "workflow steps that it serves")


NOT_HELD: Final = frozenset({"fresh-for", "interop"})
"""Keys of an entry's file that its document does not hold: one is for checking, the other makes statements."""


def entry_document(entry: Entry, landscape: Landscape) -> dict[str, Any]:
    """An entry's own fields."""
    return to_json(document_of(EntryDocument, entry, landscape))


def entry_properties() -> dict[str, Schema]:
    """The schemas of an entry's own fields."""
    return properties_of(EntryDocument)


def entry_columns() -> list[Column]:
    """An entry's columns in a database but for its id and kind."""
    return columns_of(Entry, references={"steward": "stewards", "aspect": "aspects", "resource": "resources"}, after={})
