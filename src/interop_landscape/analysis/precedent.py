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
        group, members = network.peers
        self._group, self._size = group, members.sum(axis=1)
        self._having = network.counted_by_group(source, target)  # of a group, those that have r to v
        self._had = network.counted_by_group(target, source)  # of a group, those that u has r to
        self._edges = set(zip(source.tolist(), target.tolist(), strict=True))
        self._edge_source, self._edge_target = source, target

    def table(self, sources: Ints, targets: Ints) -> Floats:
        """The precedents of all edges from `sources` to `targets` (both sorted), as a table."""
        group = self._group
        a = 1.0 + self._having[np.ix_(group[sources], targets)]
        b = 1.0 + self._had[np.ix_(group[targets], sources)].T
        inside = np.isin(self._edge_source, sources) & np.isin(self._edge_target, targets)
        row = np.searchsorted(sources, self._edge_source[inside])
        column = np.searchsorted(targets, self._edge_target[inside])
        np.subtract.at(a, (row, column), 1.0)
        np.subtract.at(b, (row, column), 1.0)
        a /= 1.0 + self._size[group[sources]][:, None]
        b /= 1.0 + self._size[group[targets]][None, :]
        table: Floats = np.sqrt(a * b)
        return table

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
        a, b = (1.0 + self._having) / size, (1.0 + self._had) / size  # by the group of one end and by the other end
        from_source = np.sqrt(a.max(axis=1, initial=0.0)[self._group] * b.max(axis=0, initial=0.0))
        to_target = np.sqrt(a.max(axis=0, initial=0.0) * b.max(axis=1, initial=0.0)[self._group])
        return from_source, to_target

    def usage(self, source: int, target: int) -> Usage:
        """The counts behind the precedent of one edge."""
        group = self._group
        itself = int((source, target) in self._edges)
        return Usage(
            sources=int(self._having[group[source], target]) - itself,
            of_sources=int(self._size[group[source]]) - 1,
            targets=int(self._had[group[target], source]) - itself,
            of_targets=int(self._size[group[target]]) - 1,
        )
