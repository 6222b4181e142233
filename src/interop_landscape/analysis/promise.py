"""What edges could close at the most, by their source: the best are found without counting what cannot be among them.

A rectangle weighs no more than all of its sources by all of its goals. So an edge closes no more than what reaches its
start weighs, times what is reached from the end of any; a route that uses the edge twice begins with one rectangle and
ends with another (`analysis.rectangles`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import Floats, Ints
from interop_landscape.analysis.rectangles import Use, may_follow

_ROUNDING: Final = 1.001
"""What is promised is no less than what is counted in single precision."""


def most_closed(expected: Expected, uses: list[Use], sources: Ints, targets: Ints) -> Floats:
    """By source a weight of which no edge to any target closes more, for one expectation."""
    most = np.zeros(len(sources))
    if len(sources) and len(targets):
        sides = [_sides(expected, use, sources, targets) for use in uses]
        for (first, (starts, _)), (second, (_, goals)) in product(zip(uses, sides, strict=True), repeat=2):
            if first is second or may_follow(first, second):
                most += starts * goals
    return most * _ROUNDING


def _sides(expected: Expected, use: Use, sources: Ints, targets: Ints) -> tuple[Floats, Floats]:
    """By source the most that sources weigh that reach the start of an edge, and goals reached from its end."""
    entry_of = expected.network.entry_of
    starts, goals = np.zeros(len(expected.network.ids)), np.zeros(len(expected.network.ids))
    starts[use.reached.nodes] = use.reached.weigh(expected.row_weights)
    # On a diagonal a source has one column of its own.
    reaching = np.ones(len(use.reaching.nodes)) if expected.diagonal else use.reaching.weigh(expected.column_weights)
    np.maximum.at(goals, entry_of[use.reaching.nodes], reaching)
    if use.back:
        return np.full(len(sources), starts[targets].max()), goals[sources]
    return starts[sources], np.full(len(sources), goals[targets].max())


@dataclass(frozen=True)
class Found:
    """Edges of one relation by their ends, with what each unlocks and is worth."""

    relation: str
    source: Ints
    target: Ints
    unlocks: Floats
    worth: Floats


class Foremost:
    """The edges of most worth of all that were added: so many, and those that are worth as much as the last of them."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._found: list[Found] = []
        self.least = 0.0
        """What an edge must be worth to be one of them."""

    def add(self, relation: str, sources: Ints, targets: Ints, unlocks: Floats, worth: Floats) -> None:
        """Add the edges of a table."""
        row, column = np.nonzero((worth > 0) & (worth >= self.least))
        edges = sources[row], targets[column], unlocks[row, column], worth[row, column]
        self._found.append(Found(relation, *edges))
        if self._most is None:
            return
        every = np.concatenate([found.worth for found in self._found])
        if 0 < self._most < len(every):
            self.least = float(np.partition(every, -self._most)[-self._most])
            self._found = [_worth_it(found, self.least) for found in self._found]

    def edges(self) -> Iterator[tuple[float, float, str, int, int]]:
        """(worth, unlocks, relation, source, target) of each, the best first."""
        every = [
            (worth, unlocks, found.relation, source, target)
            for found in self._found
            for worth, unlocks, source, target in zip(
                *(some.tolist() for some in (found.worth, found.unlocks, found.source, found.target)), strict=True
            )
        ]
        yield from sorted(every, key=lambda edge: -edge[0])


def _worth_it(found: Found, least: float) -> Found:
    some = found.worth >= least
    return Found(found.relation, found.source[some], found.target[some], found.unlocks[some], found.worth[some])
