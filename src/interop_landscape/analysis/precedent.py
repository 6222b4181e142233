"""How usual an edge would be: docs/design.md#precedent.

For an edge *u r v*, with `others` the entries of a kind but the one in question,

    a = (1 + entries of u's kind, but u, that have r to v) / (2 + others of u's kind)
    b = (1 + entries of v's kind, but v, that u has r to)  / (2 + others of v's kind)

and precedent = √(a·b), between 0 and 1. Both are Laplace's rule of succession. Whatever works today counts,
`full` or not; archived entries count too, since their edges were built.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.network import LIVE, Ints, Network

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Usage:
    """The counts behind one precedent, for saying it in words: "14 of 25 runtimes import ONNX"."""

    sources: int
    of_sources: int
    targets: int
    of_targets: int


class Precedent:
    """The precedents of one relation, by entries' indices."""

    def __init__(self, network: Network, relation: str) -> None:
        self._network = network
        source, target, _ = network.statements(relation, LIVE)
        count, kinds = len(network.ids), len(network.kinds)
        self._having: Ints = np.zeros((kinds, count), dtype=np.int64)  # entries of a kind that have r to v
        np.add.at(self._having, (network.kind[source], target), 1)
        self._had: Ints = np.zeros((kinds, count), dtype=np.int64)  # entries of a kind that u has r to
        np.add.at(self._had, (network.kind[target], source), 1)
        self._size: Ints = np.bincount(network.kind, minlength=kinds)
        self._edges = set(zip(source.tolist(), target.tolist(), strict=True))
        self._edge_source, self._edge_target = source, target

    def table(self, sources: Ints, targets: Ints) -> Floats:
        """The precedents of all edges from `sources` to `targets` (both sorted), as a table."""
        kind = self._network.kind
        a = 1.0 + self._having[np.ix_(kind[sources], targets)]
        b = 1.0 + self._had[np.ix_(kind[targets], sources)].T
        inside = np.isin(self._edge_source, sources) & np.isin(self._edge_target, targets)
        row = np.searchsorted(sources, self._edge_source[inside])
        column = np.searchsorted(targets, self._edge_target[inside])
        np.subtract.at(a, (row, column), 1.0)
        np.subtract.at(b, (row, column), 1.0)
        a /= 1.0 + self._size[kind[sources]][:, None]
        b /= 1.0 + self._size[kind[targets]][None, :]
        table: Floats = np.sqrt(a * b)
        return table

    def of(self, source: int, target: int) -> float:
        """The precedent of one edge."""
        return float(self.table(np.array([source]), np.array([target]))[0, 0])

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """By entry: precedents that no edge from it, and none to it, exceeds."""
        kind, size = self._network.kind, self._size
        kinds = range(len(size))
        by_target = (1.0 + self._having) / (1.0 + size)[:, None]  # a, by the source's kind and the target
        by_source = (1.0 + self._had) / (1.0 + size)[:, None]  # b, by the target's kind and the source
        best_a = np.array([[by_target[k][kind == other].max(initial=0.0) for other in kinds] for k in kinds])
        best_b = np.array([[by_source[k][kind == other].max(initial=0.0) for other in kinds] for k in kinds])
        from_source = np.sqrt((best_a[kind].T * by_source).max(axis=0, initial=0.0))
        to_target = np.sqrt((best_b[kind].T * by_target).max(axis=0, initial=0.0))
        return from_source, to_target

    def usage(self, source: int, target: int) -> Usage:
        """The counts behind the precedent of one edge."""
        kind = self._network.kind
        itself = int((source, target) in self._edges)
        return Usage(
            sources=int(self._having[kind[source], target]) - itself,
            of_sources=int(self._size[kind[source]]) - 1,
            targets=int(self._had[kind[target], source]) - itself,
            of_targets=int(self._size[kind[target]]) - 1,
        )
