"""What an expectation expects, and the status of each of its pairs."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from typing import Final

import numpy as np

from interop_landscape.analysis.automata import Automaton, automaton_of
from interop_landscape.analysis.network import LIVE, LIVE_OR_REMOVED, STRONG, Bools, Floats, Network
from interop_landscape.analysis.reach import Rows, Words, backward, by_entry, forward, packed, unpacked
from interop_landscape.analysis.tables import Singles
from interop_landscape.reading.models import Expectation

# Cells of a table of pairs up to which it is kept as bools: 16 Mi, that is 16 MiB.
_KEPT_AS_IT_IS: Final = 1 << 24


class Expected:
    """The expected pairs of one expectation as a table of sources by columns.

    With ``need: each`` a column is a target. With ``need: any`` a source needs only one of the targets, so one
    column stands for all of them; but where an entry is both source and target, which targets count differs
    from source to source, so there is one column to each source and only the diagonal counts.
    """

    def __init__(self, network: Network, expectation: Expectation) -> None:
        self.network = network
        self.expectation = expectation
        self.automaton: Automaton = automaton_of(list(expectation.routes.values()))
        self.carrying = network.cargo_mask(expectation.carrying)
        self.sources = network.selected(expectation.from_)
        self.targets = network.selected(expectation.to)
        self.any = expectation.need == "any"
        self.diagonal = self.any and bool(np.isin(self.sources, self.targets).any())
        self.width = len(self.sources) if self.diagonal else 1 if self.any else len(self.targets)
        self._kept: dict[str, tuple[Words | Bools, bool]] = {}
        self.only: Bools | None = None
        """Where it is set, fixes are counted by what they close of these gaps alone."""
        self._loads: Singles | None = None

    def column_of(self, row: int, target: int | None) -> int | None:
        """The column of a source's pair with a target (None: any); None where no such pair is expected."""
        if self.any:
            return None if target is not None else row if self.diagonal else 0
        found = np.flatnonzero(self.targets == target)
        return int(found[0]) if len(found) else None

    @cached_property
    def pairs(self) -> Bools:
        """Which cells are expected pairs: nobody is expected to reach itself."""
        if self.diagonal:
            others = len(self.targets) - np.isin(self.sources, self.targets)
            cells: Bools = np.diag(others > 0)
            return cells
        if self.any:
            return np.full((len(self.sources), 1), len(self.targets) > 0)
        return np.asarray(self.sources[:, None] != self.targets[None, :])

    @cached_property
    def row_weights(self) -> Floats:
        """How much each row counts, where a column counts 1."""
        return self.expectation.weight * self.network.reach[self.sources]

    @cached_property
    def column_weights(self) -> Floats:
        """How much each column counts, where a row counts 1."""
        return np.ones(self.width) if self.any else self.network.reach[self.targets]

    @property
    def weights(self) -> Floats:
        """How much each cell counts: docs/design.md#weight."""
        return np.outer(self.row_weights, self.column_weights)

    def weight_of(self, row: int, column: int) -> float:
        """How much one cell counts."""
        return float(self.row_weights[row] * self.column_weights[column])

    def weigh(self, mask: Bools) -> float:
        """The weight of some pairs together."""
        return float(self.row_weights @ (mask @ self.column_weights))

    def _mask(self, name: str, compute: Callable[[], Bools]) -> Bools:
        """A table that is computed once; a large one is kept packed and unpacked each time it is asked for."""
        if name not in self._kept:
            mask = compute()
            small = mask.size <= _KEPT_AS_IT_IS
            self._kept[name] = (mask if small else packed(mask), small)
        kept, small = self._kept[name]
        return np.asarray(kept, dtype=bool) if small else unpacked(np.asarray(kept, dtype=np.uint64), self.width)

    @property
    def strong(self) -> Bools:
        """The pairs that are met: joined by fully supported edges."""
        return self._mask("strong", lambda: self._joined(self.reached))

    @property
    def live(self) -> Bools:
        """The pairs joined by whatever works today."""
        return self._mask("live", lambda: self._joined(self._forward(LIVE)))

    @property
    def formerly(self) -> Bools:
        """The pairs that would be joined if what was removed still held."""
        return self._mask("formerly", lambda: self._joined(self._forward(LIVE_OR_REMOVED)))

    @property
    def unmet(self) -> Bools:
        """The gaps."""
        return self._mask("unmet", lambda: self.pairs & ~self.strong)

    @property
    def counted(self) -> Bools:
        """The gaps that fixes are counted by: all of them, unless `only` narrows them."""
        return self.unmet if self.only is None else self.unmet & self.only

    def narrowed(self, mask: Bools) -> Expected:
        """The same, with fixes counted by what they close of the gaps of the mask alone."""
        narrow = copy(self)
        narrow.only, narrow._loads = mask, None
        return narrow

    @property
    def weighed(self) -> Floats:
        """The weight of each of the gaps that fixes are counted by, 0 elsewhere."""
        return np.where(self.counted, self.weights, 0.0)

    @property
    def loads(self) -> Singles:
        """The same in single precision, which multiplies faster; made once, after `only` is set."""
        if self._loads is None:
            self._loads = self.weighed.astype(np.float32)
        return self._loads

    @property
    def weak(self) -> Bools:
        """The gaps with a route through a weaker edge."""
        return self._mask("weak", lambda: self.unmet & self.live)

    @property
    def regressed(self) -> Bools:
        """The gaps without a route that had one before an edge was removed."""
        return self._mask("regressed", lambda: self.unmet & ~self.live & self.formerly)

    @cached_property
    def arrived(self) -> list[Rows]:
        """By state: nodes reached over strong edges, a bit for each source."""
        return forward(self.network, self.automaton, self.sources, self.carrying, STRONG)

    @cached_property
    def reached(self) -> list[Rows]:
        """By state: entries reached over strong edges, a bit for each source."""
        return [by_entry(self.network, rows) for rows in self.arrived]

    @cached_property
    def reaching(self) -> list[Rows]:
        """By state: entries from which the goal is reached over strong edges, a bit for each column."""
        rows = backward(self.network, self.automaton, self.targets, self.carrying, STRONG)
        if not self.any:
            return rows
        return [self._any_target(row) for row in rows]

    def _forward(self, supports: tuple[str, ...]) -> list[Rows]:
        rows = forward(self.network, self.automaton, self.sources, self.carrying, supports)
        return [by_entry(self.network, row) for row in rows]

    def _joined(self, reached: list[Rows]) -> Bools:
        joined = np.zeros((len(self.targets), len(self.sources)), dtype=bool)
        for state in self.automaton.accepting:
            joined |= reached[state].unpack(self.targets, len(self.sources))
        if self.diagonal:
            joined &= self.targets[:, None] != self.sources[None, :]
            return self.pairs & np.diag(joined.any(axis=0))
        return self.pairs & (np.asarray(joined.any(axis=0))[:, None] if self.any else joined.T)

    def _any_target(self, rows: Rows) -> Rows:
        """Turn a bit for each target into a bit for each column: whether a target that counts there is reached."""
        if not self.diagonal:
            return Rows(rows.nodes, np.ones((len(rows.nodes), 1), dtype=np.uint64))
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
