"""Which record tracks which gap."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps.counting import Counting
from interop_landscape.analysis.network import Bools
from interop_landscape.analysis.rectangles import closed_together
from interop_landscape.ids import Edge, PairId


class Tracking:
    """The gaps that records track, by expectation."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._landscape = counting.landscape
        self._named: dict[tuple[str, ...], tuple[list[PairId], list[Edge]]] = {}
        self._tracked: dict[Expected, dict[tuple[int, int], str]] = {}

    def records_of(self, each: Expected) -> Mapping[tuple[int, int], str]:
        """The record of each tracked gap of one expectation: the first by id that closes it."""
        if each not in self._tracked:
            self._tracked[each] = self._track(each)
        return self._tracked[each]

    def _track(self, each: Expected) -> dict[tuple[int, int], str]:
        tracked: dict[tuple[int, int], str] = {}
        for record in self._landscape.records.values():
            for row, column in np.argwhere(self.tracked_by(each, record.closes)).tolist():
                tracked.setdefault((row, column), record.id)
        return tracked

    def tracked_by(self, each: Expected, closes: tuple[str, ...]) -> Bools:
        """The gaps of one expectation that are named, or that the edges named would close together."""
        mask = np.zeros(each.unmet.shape, dtype=bool)
        pairs, edges = self._parsed(closes)
        for pair in pairs:
            self._mark(mask, each, pair)
        laid = self._counting.laid(edges, each)
        if laid:
            mask |= closed_together(self._counting.network, laid)
        return mask & each.unmet

    def _parsed(self, closes: tuple[str, ...]) -> tuple[list[PairId], list[Edge]]:
        """The gaps and the edges that are named."""
        if closes not in self._named:
            pairs = [self._landscape.parse_gap_id(text) for text in closes if PairId.looks_like(text)]
            edges = [self._landscape.parse_edge(text) for text in closes if not PairId.looks_like(text)]
            self._named[closes] = pairs, edges
        return self._named[closes]

    def _mark(self, mask: Bools, each: Expected, pair: PairId) -> None:
        """Mark the cell of a pair, if it is one of this expectation."""
        index = self._counting.network.index
        rows = np.flatnonzero(each.sources == index[pair.source])
        if pair.expectation == each.expectation.id and len(rows):
            column = each.column_of(int(rows[0]), None if pair.target is None else index[pair.target])
            if column is not None:
                mask[rows[0], column] = True

    def staged(self, each: Expected, stages: frozenset[str]) -> Bools:
        """The gaps of one expectation whose record is at one of these stages."""
        mask = np.zeros(each.unmet.shape, dtype=bool)
        for (row, column), record in self.records_of(each).items():
            mask[row, column] = self._landscape.records[record].stage in stages
        return mask
