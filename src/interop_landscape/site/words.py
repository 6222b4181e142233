"""What entries and statements say to people, apart from what figures are counted by.

Nothing is counted by the text of a summary, of limits or of evidence, only by whether there is one; nor by the day on
which somebody looked, only by how long ago that is. So the analyses know a landscape without these words, and what
shows some asks `Words` for them, which keeps in mind whose: whoever corrects a sentence changes only what shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from interop_landscape.analysis.brief import Brief
from interop_landscape.analysis.curation import LATELY
from interop_landscape.analysis.gaps import Gap
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry, Reach
from interop_landscape.reading.statements import Evidence, Searched, Statement
from interop_landscape.site.making import digest_of

UNTOLD: Final = "\N{REPLACEMENT CHARACTER}untold"
"""What stands for words that nobody has asked for; it is on no page."""

EVERYTHING: Final = "*"
"""Stands for the words of all; no entry and no statement is called so."""

_ADDRESSES: Final = ("homepage", "repo")
_OF_ENTRIES: Final = ("summary", "license", "reach")
_OF_STATEMENTS: Final = ("api", "since", "until", "limits", "note", "checked", "evidence", "searched")
_DAY: Final = timedelta(days=1)


class Words:
    """The words of a landscape's entries and statements; ``asked`` names those that were asked for."""

    def __init__(self, whole: Landscape) -> None:
        self._whole = whole
        self.asked: set[str] = set()

    def entry(self, entry_id: str) -> Entry:
        """An entry with its words."""
        self._ask(entry_id)
        return self._with_addresses(entry_id)

    def statement(self, one: Statement) -> Statement:
        """A statement with its words."""
        self._ask(str(one))
        return self._whole.by_edge[one.edge]

    def of_edges(self, edges: Iterable[Edge]) -> Landscape:
        """The landscape with the words of what is stated of these edges."""
        for edge in self._whole.by_edge.keys() & set(edges):
            self._ask(str(edge))
        return self._whole

    def everything(self) -> Landscape:
        """The landscape with the words of all."""
        self.asked = {EVERYTHING}
        return self._whole

    def gap(self, one: Gap) -> Gap:
        """A gap with the words of its route."""
        if one.route is None:
            return one
        hops = tuple(replace(hop, statement=self.statement(hop.statement)) for hop in one.route.hops)
        return replace(one, route=replace(one.route, hops=hops))

    def brief(self, one: Brief) -> Brief:
        """A brief with the words of what it speaks of."""
        return replace(
            one,
            landscape=self._whole,
            weak_links=tuple((self.statement(statement), pairs) for statement, pairs in one.weak_links),
            concerned=tuple(self.statement(statement) for statement in one.concerned),
            invited=tuple(self._with_addresses(entry.id) for entry in one.invited),
        )

    def _with_addresses(self, entry_id: str) -> Entry:
        self._ask(_addresses_of(entry_id))
        return self._whole.entries[entry_id]

    def _ask(self, name: str) -> None:
        if EVERYTHING not in self.asked:
            self.asked.add(name)

    @cached_property
    def digests(self) -> dict[str, str]:
        """What each entry and each statement says, and what all of them do, as digests by their names."""
        entries = self._whole.entries.items()
        found = {name: digest_of(_of(entry, _OF_ENTRIES)) for name, entry in entries}
        found |= {_addresses_of(name): digest_of(_of(entry, _ADDRESSES)) for name, entry in entries}
        found |= {str(one): digest_of(_of(one, _OF_STATEMENTS)) for one in self._whole.statements}
        return found | {EVERYTHING: digest_of(found)}


def _addresses_of(entry_id: str) -> str:
    return f"{entry_id} addresses"


def _of(one: Entry | Statement, names: tuple[str, ...]) -> list[Any]:
    return [getattr(one, name) for name in names]


def without_words(landscape: Landscape) -> Landscape:
    """A landscape that tells whether, not what, entries and statements say, nor where they stand in their files."""
    return replace(
        landscape,
        entries={name: _entry(entry) for name, entry in landscape.entries.items()},
        statements=tuple(_statement(one, landscape) for one in landscape.statements),
    )


def _entry(one: Entry) -> Entry:
    claims = tuple(replace(claim, places={}) for claim in one.claims)
    words = {name: _untold(getattr(one, name)) for name in (*_OF_ENTRIES, *_ADDRESSES)}
    return replace(one, places={}, claims=claims, interop=(), **words)


def _statement(one: Statement, landscape: Landscape) -> Statement:
    words = {name: _untold(getattr(one, name)) for name in _OF_STATEMENTS if name != "checked"}
    return replace(one, line=0, column=0, checked=_as_long_ago(one, landscape), **words)


def _untold(value: Any) -> Any:
    """What stands for words: something where there are some, nothing where there are none."""
    if isinstance(value, Reach):
        return replace(value, checked=date.min, evidence=())
    if isinstance(value, tuple):
        return tuple(_UNTOLD_PARTS[type(part)] for part in value[:1])
    return value and UNTOLD


_UNTOLD_PARTS: Final = {Evidence: Evidence(url=UNTOLD, shows=UNTOLD), Searched: Searched(in_=UNTOLD, for_=(UNTOLD,))}


def _as_long_ago(one: Statement, landscape: Landscape) -> date:
    """The day that stands for those on which a statement would count as this one does: as stale, and as lately."""
    bounds = landscape.entries[one.stated_by].fresh_for, LATELY
    age = landscape.today - one.checked
    past = [bound + _DAY for bound in bounds if age > bound]
    return landscape.today - max(past, default=timedelta(0))
