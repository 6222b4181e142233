"""What breaks if somebody stops: what hangs on third parties, on quiet projects and on old statements.

docs/design.md#keepers. A loss is counted by leaving the statements out, and counting all gaps anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps.counting import Counting
from interop_landscape.analysis.network import Bools
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.reading.statements import Statement

Likelihood = Literal["archived", "maintenance", "stale", "unknown", "third-party"]
LIKELIHOODS: Final[tuple[Likelihood, ...]] = get_args(Likelihood)
"""How likely it is that somebody stops, or has stopped unseen, the likeliest first: they are archived; in maintenance;
nobody has looked for too long; a third party that is not on the map; one that is, or that looks after what is."""


@dataclass(frozen=True)
class Keeper:
    """Somebody on whom edges hang, and the pairs that are met today and would not be without these edges.

    ``entry`` is None where they are no entry of the map. ``bridges`` are the pairs that no weaker route would join
    either, ``worsens`` the gaps that have a weak route today and would have none. ``stale`` counts the old statements.
    """

    name: str
    entry: Entry | None
    likelihood: Likelihood
    statements: tuple[Statement, ...]
    stale: int
    third_party: bool
    opens: tuple[PairId, ...]
    bridges: frozenset[PairId]
    worsens: tuple[PairId, ...]
    weight: float


@dataclass
class _Held:
    """What hangs on one keeper; all of an entry's own edges where it is quiet, else the old ones."""

    entry: Entry | None
    own: list[Statement]
    others: list[Statement]


def keepers(landscape: Landscape) -> list[Keeper]:
    """Everybody whose end would open a gap: the likeliest first, then the heaviest loss, then by name.

    Pairs that an entry is an end of do not count as lost with it: they would no longer be expected.
    """
    before = Counting(landscape)
    found = [_keeper(before, name, held) for name, held in _held(landscape).items()]
    losing = [keeper for keeper in found if keeper.opens or keeper.worsens]
    return sorted(losing, key=_place)


def _place(one: Keeper) -> tuple[int, float, int, str]:
    return LIKELIHOODS.index(one.likelihood), -one.weight, -len(one.worsens), one.name


def _held(landscape: Landscape) -> dict[str, _Held]:
    """The edges that something crosses, by who keeps them."""
    found: dict[str, _Held] = {}
    for statement in landscape.statements:
        if statement.live:
            for name, own in _kept_by(statement, landscape):
                held = found.setdefault(name, _Held(landscape.entries.get(name), [], []))
                (held.own if own else held.others).append(statement)
    return found


def _kept_by(statement: Statement, landscape: Landscape) -> Iterator[tuple[str, bool]]:
    """(name, whether it is an edge of its own) of those on whom a statement hangs."""
    ends = (statement.source, statement.target)
    if statement.by:
        name = landscape.id_of_name(statement.by) or statement.by
        if name not in ends:
            yield name, False
    for end in ends:
        if landscape.entries[end].status != "active":
            yield end, True
    if not statement.by and landscape.entries[statement.stated_by].status == "active" and landscape.is_stale(statement):
        yield statement.stated_by, True


def _keeper(before: Counting, name: str, held: _Held) -> Keeper:
    landscape = before.landscape
    statements = (*held.own, *held.others)
    quiet = held.entry is not None and held.entry.status != "active"
    loss = _Loss(before, name if quiet else None)
    loss.leave_out(statements)
    stale = sum(map(landscape.is_stale, statements))
    return Keeper(
        name=name,
        entry=held.entry,
        likelihood=_likelihood(landscape, name, held, stale > 0),
        statements=statements,
        stale=stale,
        third_party=bool(held.others),
        opens=tuple(sorted(loss.opens, key=str)),
        bridges=frozenset(loss.bridges),
        worsens=tuple(sorted(loss.worsens, key=str)),
        weight=loss.weight,
    )


class _Loss:
    """What is lost with some statements, but for the pairs that an entry is an end of, where one is given."""

    def __init__(self, before: Counting, without: str | None) -> None:
        self._before = before
        self._without = without
        self.opens: list[PairId] = []
        self.bridges: list[PairId] = []
        self.worsens: list[PairId] = []
        self.weight = 0.0

    def leave_out(self, statements: tuple[Statement, ...]) -> None:
        """Count anew those expectations that have a relation of these statements on their routes."""
        landscape = self._before.landscape
        gone = {statement.edge for statement in statements}
        relations = {statement.relation for statement in statements}
        touched = {one.expectation.id for one in self._before.expected if relations & one.automaton.relations()}
        after = Counting(
            landscape.replacing(
                statements=tuple(s for s in landscape.statements if s.edge not in gone),
                expectations={name: one for name, one in landscape.expectations.items() if name in touched},
            )
        )
        stood = {one.expectation.id: one for one in self._before.expected}
        for each in after.expected:
            self._compare(stood[each.expectation.id], each)

    def _compare(self, old: Expected, new: Expected) -> None:
        met = old.pairs & ~old.unmet
        for row, column, pair in self._pairs(old, met & new.unmet):
            self.opens.append(pair)
            self.weight += old.weight_of(row, column)
            self.bridges += [] if new.weak[row, column] else [pair]
        self.worsens += [pair for _, _, pair in self._pairs(old, old.weak & ~new.weak)]

    def _pairs(self, each: Expected, mask: Bools) -> Iterator[tuple[int, int, PairId]]:
        for row, column in np.argwhere(mask).tolist():
            pair = self._before.id_of(each, row, column)
            if self._without is None or self._without not in (pair.source, pair.target):
                yield row, column, pair


def _likelihood(landscape: Landscape, name: str, held: _Held, stale: bool) -> Likelihood:
    if held.entry is not None and held.entry.status in ("archived", "maintenance"):
        return "archived" if held.entry.status == "archived" else "maintenance"
    if stale:
        return "stale"
    looks_after = any(entry.steward == name and entry.status == "active" for entry in landscape.entries.values())
    return "third-party" if held.entry or looks_after else "unknown"
