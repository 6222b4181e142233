"""The status of every expected pair (docs/design.md#status-and-certainty), and what edges would join more of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from interop_landscape.analysis.expected import Expected, expected_pairs
from interop_landscape.analysis.gaps.models import STATUSES
from interop_landscape.analysis.network import Bools, Network
from interop_landscape.analysis.rectangles import (
    Use,
    carried,
    closed_by,
    closed_by_any,
    closed_together,
    may_close,
    uses_of,
)
from interop_landscape.analysis.tally import Tally, tally_of
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape

Laid = list[tuple[Use, tuple[int, int]]]
"""Edges, by the numbers of their ends, in each of their uses for one expectation."""


class ExpectedPair(NamedTuple):
    """One expected pair with its status, ``met`` or a gap's, and its cell."""

    id: PairId
    status: str
    expected: Expected
    row: int
    column: int
    counting: Counting

    @property
    def met(self) -> bool:
        """Whether a strong route joins it."""
        return self.status == "met"

    @property
    def cell(self) -> tuple[int, int]:
        """Its row and column in the tables of its expectation."""
        return self.row, self.column

    @property
    def live(self) -> bool:
        """Whether any route joins it today, strong or weak."""
        return self.status in ("met", "weak")

    @property
    def certainty(self) -> str | None:
        """``confirmed`` or ``presumed`` for a gap, None for a pair that is met; computed when it is asked for."""
        if self.met:
            return None
        return "confirmed" if self.counting.confirmed(self.expected)[self.cell] else "presumed"


class Counting:
    """The expected pairs of a landscape, counted once."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.network = Network(landscape)
        self.expected = expected_pairs(self.network)
        self._confirmed: dict[Expected, Bools] = {}
        self._uses: dict[tuple[str, Expected], list[Use]] = {}
        self._carried: dict[Edge, int] = {}
        self._served: dict[frozenset[str], list[Expected]] = {}

    def __len__(self) -> int:
        return sum(int(each.unmet.sum()) for each in self.expected)

    def pairs(self) -> Iterator[ExpectedPair]:
        """Every expected pair, by expectation in the order of sources and targets."""
        for each in self.expected:
            yield from self.pairs_of(each)

    def pairs_of(self, each: Expected) -> Iterator[ExpectedPair]:
        """The pairs of one expectation, in the order of sources and targets."""
        statuses = np.zeros(each.unmet.shape, dtype=np.int8)
        for number, status in enumerate(STATUSES, start=1):
            statuses[self.status_mask(each, status)] = number
        rows, columns = np.nonzero(each.pairs)
        numbers = statuses[rows, columns].tolist()
        sources, targets = self._names(each)
        name, words = each.expectation.id, ("met", *STATUSES)
        for row, column, number in zip(rows.tolist(), columns.tolist(), numbers, strict=True):
            pair = PairId(name, sources[row], targets[column])
            yield ExpectedPair(pair, words[number], each, row, column, self)

    def gaps_at(self, each: Expected, mask: Bools) -> Iterator[ExpectedPair]:
        """The gaps of a mask of one expectation, in the order of sources and targets."""
        weak, regressed = each.weak, each.regressed
        for row, column in np.argwhere(mask & each.unmet).tolist():
            status = "weak" if weak[row, column] else "regressed" if regressed[row, column] else "missing"
            yield ExpectedPair(self.id_of(each, row, column), status, each, row, column, self)

    def _names(self, each: Expected) -> tuple[list[str], Sequence[str | None]]:
        """What the rows and the columns of an expectation's tables are."""
        ids = self.network.ids
        sources = [ids[i] for i in each.sources.tolist()]
        return sources, [None] * each.width if each.any else [ids[i] for i in each.targets.tolist()]

    def standing(self) -> dict[PairId, str]:
        """The status of every expected pair: ``met`` or a gap's."""
        return {pair.id: pair.status for pair in self.pairs()}

    def tally(self, side: str | None = None, entry: str | None = None) -> Tally:
        """The tally of the expected pairs: all, those of a side, or those that an entry is an end of."""
        total = Tally()
        for each in self.expected:
            if side is None or each.expectation.side == side:
                total += tally_of(each, None if entry is None else self.network.index[entry])
        return total

    def score(self) -> float | None:
        """The weighted share of the expected pairs that are met; None where nothing is expected."""
        weight = sum(each.weigh(each.pairs) for each in self.expected)
        met = sum(each.weigh(each.pairs & each.strong) for each in self.expected)
        return met / weight if weight else None

    def status_mask(self, each: Expected, status: str) -> Bools:
        """The gaps of one expectation with a status."""
        missing = each.unmet & ~each.weak & ~each.regressed
        return {"missing": missing, "weak": each.weak, "regressed": each.regressed}[status]

    def id_of(self, each: Expected, row: int, column: int) -> PairId:
        """The pair of one cell."""
        ids = self.network.ids
        return PairId(each.expectation.id, ids[each.sources[row]], None if each.any else ids[each.targets[column]])

    def ids(self, each: Expected, mask: Bools) -> list[PairId]:
        """Some gaps of one expectation."""
        return [self.id_of(each, row, column) for row, column in np.argwhere(mask).tolist()]

    def confirmed(self, expected: Expected) -> Bools:
        """The gaps of which somebody has looked: weak ones, and those that a denied edge would close."""
        if expected not in self._confirmed:
            self._confirmed[expected] = self._confirm(expected)
        return self._confirmed[expected]

    def _confirm(self, expected: Expected) -> Bools:
        confirmed = expected.weak.copy()
        for relation in sorted(expected.automaton.relations()):
            sources, targets, cargo = self.network.statements(relation, ("removed", "none"))
            carrying = (cargo & expected.carrying) == expected.carrying
            confirmed |= closed_by_any(self.network, relation, expected, sources[carrying], targets[carrying])
        return confirmed & expected.unmet

    def uses(self, relation: str, each: Expected) -> list[Use]:
        """All uses of the edges of a relation for an expectation."""
        if (relation, each) not in self._uses:
            self._uses[relation, each] = uses_of(self.network, relation, each)
        return self._uses[relation, each]

    def laid(self, edges: list[Edge], each: Expected) -> Laid:
        """The edges that would carry what an expectation asks, in each of their uses for it."""
        laid: Laid = []
        index = self.network.index
        for edge in edges:
            uses = self.uses(edge.relation, each)
            if uses and self._carries(edge, each):
                laid += [(use, (index[edge.source], index[edge.target])) for use in uses]
        return laid

    def _carries(self, edge: Edge, each: Expected) -> bool:
        """Whether an edge, if it were full, would carry what an expectation asks."""
        if edge not in self._carried:
            self._carried[edge] = carried(self.network, edge)
        return self._carried[edge] & each.carrying == each.carrying

    def closed_by(self, edges: list[Edge]) -> list[tuple[Expected, Bools]]:
        """The counted gaps that some edges would close together, by expectation; those with none are left out."""
        found = []
        for each in self._serving(frozenset(edge.relation for edge in edges)):
            laid = self.laid(edges, each)
            if may_close(laid):
                closed = closed_together(self.network, laid) & each.counted
                if closed.any():
                    found.append((each, closed))
        return found

    def _serving(self, relations: frozenset[str]) -> list[Expected]:
        """The expectations with a route that has any of some relations, in their order."""
        if relations not in self._served:
            self._served[relations] = [e for e in self.expected if any(self.uses(name, e) for name in relations)]
        return self._served[relations]

    def closed_by_one(self, relation: str, edge: tuple[int, int]) -> Iterator[tuple[int, Bools]]:
        """The gaps that an edge would close, by the number of the expectation."""
        ids = self.network.ids
        named = Edge(ids[edge[0]], relation, ids[edge[1]])
        for number, each in enumerate(self.expected):
            uses = self.uses(relation, each)
            if uses and self._carries(named, each):
                yield number, closed_by(self.network, edge, uses) & each.unmet
