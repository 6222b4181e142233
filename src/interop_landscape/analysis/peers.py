"""Whose example counts: the groups of entries that are peers, and how many of a group have what."""

from __future__ import annotations

from typing import Final

import numpy as np

from interop_landscape.analysis.network import Bools, Floats, Ints, Network

FEWEST_PEERS: Final = 5
"""How many peers it takes to say what is usual among them."""


class Peers:
    """Entries of one kind and the same tags are one class, and have the same group: they and their peers.

    Peers are of one kind and share a tag; where there are fewer than `FEWEST_PEERS` of these, all of the kind. Of an
    entry's tags only those count that so many others of the kind have, if there is one: `julia` does not.
    """

    @classmethod
    def of_network(cls, network: Network) -> Peers:
        """Those of a network, found once."""
        return network.once("peers", "", lambda network, _: cls(network))

    def __init__(self, network: Network) -> None:
        numbers: dict[tuple[int, bytes], int] = {}
        self.class_of: Ints = np.array(
            [
                numbers.setdefault((kind, tags.tobytes()), len(numbers))
                for kind, tags in zip(network.kind.tolist(), network.tags, strict=True)
            ],
            dtype=np.int64,
        )
        """By entry the number of its class."""
        first = np.unique(self.class_of, return_index=True)[1]
        self.tags: Bools = network.tags[first]
        """The tags of each class, a row each."""
        self._count = np.bincount(self.class_of, minlength=len(first))
        self._in_group = self._grouped(network.kind[first])
        self._summing = self._in_group.astype(np.float32)  # which multiplies fast, and counts exactly to 16 Mi
        self.size: Ints = self._in_group @ self._count
        """How many entries are in the group of each class."""

    def _grouped(self, kind: Ints) -> Bools:
        """By class, the classes whose entries are in its group."""
        alike = kind[:, None] == kind[None, :]
        having = (alike * self._count) @ self.tags
        usual = self.tags & (having > FEWEST_PEERS)
        asked = np.where(usual.any(axis=1)[:, None], usual, self.tags)
        sharing = alike & (asked.astype(np.float32) @ self.tags.T.astype(np.float32) > 0)
        return np.asarray(np.where((sharing @ self._count > FEWEST_PEERS)[:, None], sharing, alike))

    def group_of(self, entry: int) -> Ints:
        """An entry and its peers."""
        return np.flatnonzero(self._in_group[self.class_of[entry]][self.class_of])

    def counted(self, ends: Ints, others: Ints) -> Counted:
        """How many of each group have an edge to an entry: edges lead from `ends` to `others`."""
        return Counted(self, ends, others)


class Counted:
    """How many of each group have an edge to an entry; most entries have none, and no column."""

    def __init__(self, peers: Peers, ends: Ints, others: Ints) -> None:
        known, column = np.unique(others, return_inverse=True)
        shape = len(peers.size), len(known) + 1
        by_class = np.bincount(peers.class_of[ends] * shape[1] + column, minlength=shape[0] * shape[1]).reshape(shape)
        self.columns: Floats = (peers._summing @ by_class.astype(np.float32)).astype(np.float64)
        """By class, with a column for each entry that has any, and a last one for all others."""
        self._column_of = np.full(len(peers.class_of), len(known))
        self._column_of[known] = np.arange(len(known))

    def of(self, entries: Ints) -> Floats:
        """By class and for some entries."""
        counts: Floats = self.columns[:, self._column_of[entries]]
        return counts

    def by_entry(self, by_column: Floats) -> Floats:
        """What there is to each column, to each entry."""
        found: Floats = by_column[self._column_of]
        return found

    def at(self, classes: Ints, entries: Ints) -> Floats:
        """For each of some classes with the entry beside it."""
        counts: Floats = self.columns[classes, self._column_of[entries]]
        return counts

    def one(self, class_: int, entry: int) -> int:
        """For one class and one entry."""
        return int(self.columns[class_, self._column_of[entry]])
