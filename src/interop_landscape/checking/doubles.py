"""Checks that one thing stands on the map once: entries, and what records are to close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from interop_landscape.problems import Problem
from interop_landscape.text import same_address, same_name

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.reading.models import Entry

_NAMED: Final = {"name": "name", "homepage": "home page", "repo": "repository"}


def doubled_entries(landscape: Landscape) -> Iterator[Problem]:
    """An entry with another's name, or with the home page or the repository of another of its kind.

    Two things may rightly share any of these, so that these are warnings.
    """
    yield from _doubled(landscape, "name", lambda entry: same_name(entry.name))
    yield from _doubled(landscape, "homepage", lambda entry: f"{entry.kind} {same_address(entry.homepage)}")
    yield from _doubled(landscape, "repo", _repository)


def doubles_of(landscape: Landscape, kind: str, name: str, addresses: Iterator[str]) -> Iterator[str]:
    """The ids of entries that a new one of this kind would double: by its name, or one of its addresses."""
    mine = {same_address(address) for address in addresses}
    for entry in landscape.entries.values():
        if same_name(entry.name) == same_name(name) or (entry.kind == kind and mine & _addresses(entry)):
            yield entry.id


def _repository(entry: Entry) -> str | None:
    """What tells repositories apart; none of an entry that has a home page elsewhere, which may share one rightly."""
    if entry.repo is None or same_address(entry.repo) != same_address(entry.homepage):
        return None
    return f"{entry.kind} {same_address(entry.repo)}"


def _doubled(landscape: Landscape, key: str, of: Callable[[Entry], str | None]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in landscape.entries.values():
        value = of(entry)
        there = entry if value is None else first.setdefault(value, entry)
        if there is not entry:
            line, column = entry.place(key)
            message = f"`{there.id}` has the same {_NAMED[key]}"
            hint = f"add to {there.path} what is missing there; if they are two, give each a {_NAMED[key]} of its own"
            yield Problem(entry.path, line, column, "doubled-entry", message, hint, "warning")


def _addresses(entry: Entry) -> set[str]:
    return {same_address(address) for address in (entry.homepage, entry.repo) if address}


def doubled_records(landscape: Landscape) -> Iterator[Problem]:
    """Two records that are open, and are to close the same."""
    first: dict[str, str] = {}
    for record in landscape.records.values():
        stage = landscape.vocabulary.stages.get(record.stage)
        if stage is None or stage.final:
            continue
        for closes in record.closes:
            there = first.setdefault(" ".join(closes.split()), record.id)
            if there != record.id:
                line, column = record.place("closes", closes)
                message = f"`{closes}` is to be closed by the record `{there}` already"
                yield Problem(record.path, line, column, "doubled-record", message, "keep one record of each gap")
