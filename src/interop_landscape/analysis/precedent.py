"""How usual an edge would be: docs/design.md#precedent.

For an edge *u r v*, with the peers of an entry those of its kind that share a tag with it (all of its kind where these
are fewer than five),

    a = (1 + peers of u that have r to v) / (2 + peers of u)
    b = (1 + peers of v that u has r to)  / (2 + peers of v)

and precedent = √(a·b), between 0 and 1. Both are Laplace's rule of succession. Whatever works today counts,
`full` or not; archived entries count too, since their edges were built.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from interop_landscape.analysis.network import LIVE, Floats, Ints, Network
from interop_landscape.analysis.peers import Peers
from interop_landscape.analysis.tables import cells


@dataclass(frozen=True)
class Usage:
    """The counts among peers behind one precedent, for saying it in words: "14 of 25 runtimes import ONNX"."""

    sources: int
    of_sources: int
    targets: int
    of_targets: int


class Precedent:
    """The precedents of one relation, by entries' indices."""

    @classmethod
    def of_relation(cls, network: Network, relation: str) -> Precedent:
        """Those of a relation, counted once for a network."""
        return network.once("precedent", relation, cls)

    def __init__(self, network: Network, relation: str) -> None:
        self._network = network
        source, target, _ = network.statements(relation, LIVE)
        peers = Peers.of_network(network)
        self._group, self._size = peers.class_of, peers.size
        self._having = peers.counted(source, target)  # of a group, those that have r to v
        self._had = peers.counted(target, source)  # of a group, those that u has r to
        self._edges = set(zip(source.tolist(), target.tolist(), strict=True))
        self._there = source, target

    def table(self, sources: Ints, targets: Ints) -> Floats:
        """The precedents of all edges from `sources` to `targets` (both sorted), as a table."""
        group, size = self._group, 1.0 + self._size
        table: Floats = ((1.0 + self._having.of(targets)) / size[:, None])[group[sources]]
        table *= ((1.0 + self._had.of(sources)) / size[:, None])[group[targets]].T
        row, column = cells(self._there, sources, targets)
        u, v = sources[row], targets[column]
        # An edge that is there is no example for itself.
        a, b = self._having.at(group[u], v) / size[group[u]], self._had.at(group[v], u) / size[group[v]]
        table[row, column] = a * b
        return np.sqrt(table, out=table)

    def of(self, source: int, target: int) -> float:
        """The precedent of one edge."""
        usage = self.usage(source, target)
        a = (1.0 + usage.sources) / (2.0 + usage.of_sources)
        b = (1.0 + usage.targets) / (2.0 + usage.of_targets)
        return math.sqrt(a * b)

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """By entry: precedents that no edge from it, and none to it, exceeds."""
        size = (1.0 + self._size)[:, None]
        # By the group of one end and by the other end.
        a, b = (1.0 + self._having.columns) / size, (1.0 + self._had.columns) / size
        from_source = np.sqrt(a.max(axis=1)[self._group] * self._had.by_entry(b.max(axis=0)))
        to_target = np.sqrt(self._having.by_entry(a.max(axis=0)) * b.max(axis=1)[self._group])
        return from_source, to_target

    def usage(self, source: int, target: int) -> Usage:
        """The counts behind the precedent of one edge."""
        group = self._group
        itself = int((source, target) in self._edges)
        return Usage(
            sources=self._having.one(group[source], target) - itself,
            of_sources=int(self._size[group[source]]) - 1,
            targets=self._had.one(group[target], source) - itself,
            of_targets=int(self._size[group[target]]) - 1,
        )
