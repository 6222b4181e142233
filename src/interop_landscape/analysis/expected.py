"""What an expectation expects, and how each of its pairs stands."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from interop_landscape.analysis.automata import Automaton, automaton_of
from interop_landscape.analysis.network import LIVE, LIVE_OR_REMOVED, STRONG, Bools, Network
from interop_landscape.analysis.reach import Rows, backward, forward, packed, unpacked
from interop_landscape.reading.models import Expectation


class Expected:
    """The expected pairs of one expectation as a table of sources by columns.

    With ``need: each`` a column is a target. With ``need: any`` a source needs only one of the targets, so
    there is one column to each source and only the diagonal counts.
    """

    def __init__(self, network: Network, expectation: Expectation) -> None:
        self.network = network
        self.expectation = expectation
        self.any = expectation.need == "any"
        self.automaton: Automaton = automaton_of(list(expectation.routes.values()))
        self.carrying = network.cargo_mask(expectation.carrying)
        self.sources = network.selected(expectation.from_)
        self.targets = network.selected(expectation.to)
        self.columns = self.sources if self.any else self.targets

    @cached_property
    def pairs(self) -> Bools:
        """Which cells are expected pairs: nobody is expected to reach itself."""
        if self.any:
            others = len(self.targets) - np.isin(self.sources, self.targets)
            cells: Bools = np.diag(others > 0)
            return cells
        return np.asarray(self.sources[:, None] != self.targets[None, :])

    @cached_property
    def strong(self) -> Bools:
        """The pairs that are met: joined by edges in full support."""
        return self._joined(self.reached, self.pairs)

    @cached_property
    def live(self) -> Bools:
        """The pairs joined by whatever works today."""
        return self._joined(self._forward(LIVE), self.pairs)

    @cached_property
    def formerly(self) -> Bools:
        """The pairs that would be joined if what was removed still held."""
        return self._joined(self._forward(LIVE_OR_REMOVED), self.pairs)

    @cached_property
    def unmet(self) -> Bools:
        """The gaps."""
        return self.pairs & ~self.strong

    @cached_property
    def weak(self) -> Bools:
        """The gaps with a route through a weaker edge."""
        return self.unmet & self.live

    @cached_property
    def regressed(self) -> Bools:
        """The gaps without a route that had one before an edge was removed."""
        return self.unmet & ~self.live & self.formerly

    @cached_property
    def reached(self) -> list[Rows]:
        """By state: entries reached over strong edges, a bit for each source."""
        return self._forward(STRONG)

    @cached_property
    def reaching(self) -> list[Rows]:
        """By state: entries from which the goal is reached over strong edges, a bit for each column."""
        rows = backward(self.network, self.automaton, self.targets, self.carrying, STRONG)
        if not self.any:
            return rows
        return [self._any_target(row) for row in rows]

    def _forward(self, supports: tuple[str, ...]) -> list[Rows]:
        return forward(self.network, self.automaton, self.sources, self.carrying, supports)

    def _joined(self, reached: list[Rows], pairs: Bools) -> Bools:
        joined = np.zeros((len(self.targets), len(self.sources)), dtype=bool)
        for state in self.automaton.accepting:
            joined |= reached[state].unpack(self.targets, len(self.sources))
        if self.any:
            joined &= self.targets[:, None] != self.sources[None, :]
            return pairs & np.diag(joined.any(axis=0))
        return pairs & joined.T

    def _any_target(self, rows: Rows) -> Rows:
        """Turn a bit for each target into a bit for each source: whether a target other than itself is reached."""
        bits = unpacked(rows.words, len(self.targets))
        count = bits.sum(axis=1)
        place = {int(target): i for i, target in enumerate(self.targets)}
        itself = np.zeros((len(bits), len(self.sources)), dtype=bool)
        for column, source in enumerate(self.sources):
            if int(source) in place:
                itself[:, column] = bits[:, place[int(source)]]
        return Rows(rows.nodes, packed(count[:, None] - itself >= 1))


def expected_pairs(network: Network) -> list[Expected]:
    """Every expectation of the landscape with its pairs, in the order of their ids."""
    return [Expected(network, expectation) for expectation in network.landscape.expectations.values()]
