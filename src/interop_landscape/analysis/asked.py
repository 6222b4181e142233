"""What may be asked of whom: docs/design.md#fixes.

Nobody is asked to write a format that has another owner. Nobody is asked to run on the hardware of another vendor than
the one that it is bound to, for what it is not about, or for what hardly any stranger does; unless it does so in part
already, or a record tracks it. What those asked have declined is worth
nothing, and the less likely an entry is to build, the less its edges are worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

import numpy as np

from interop_landscape.analysis.network import LIVE, STRONG, Arcs, Bools, Floats, Ints, Network
from interop_landscape.analysis.peers import Counted, Peers
from interop_landscape.analysis.precedent import Precedent
from interop_landscape.analysis.tables import cells
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape

FEWEST_BEFORE: Final = 2
"""How many peers of another house must have an edge before others are asked for it, where the relation says so."""
FEWEST_SHARE: Final = 0.1
"""And which share of its peers they must be: two of forty are no reason to ask the others."""
GIVEN_UP: Final = 0.25
"""How likely an edge is to be built that was removed, or one like which was declined, beside any other; unless a record
tracks it."""


def declined(landscape: Landscape) -> Mapping[Edge, str]:
    """The edges that those asked have declined, each with the record that says so."""
    stages = landscape.vocabulary.stages
    return {
        edge: record.id
        for edge, records in landscape.tracked.items()
        for record in records
        if stages[record.stage].final and not stages[record.stage].closes
    }


class Asked:
    """The edges of one relation that may be asked for, and how likely they are to be built."""

    @classmethod
    def of_relation(cls, network: Network, relation: str) -> Asked:
        """Those of a relation, made once for a network."""
        return network.once("asked", relation, cls)

    def __init__(self, network: Network, relation: str) -> None:
        self._network = network
        self._relation = network.relation(relation)
        self._name = relation
        source, target, _ = network.statements(relation, LIVE)
        self._there = source, target
        self._tracked = self._named_in_records()
        removed = {*zip(*(ends.tolist() for ends in network.statements(relation, ("removed",))[:2]), strict=True)}
        discussed = {*zip(*(ends.tolist() for ends in self._tracked), strict=True)}
        self._given_up = _ends((removed | {*self._like_declined()}) - discussed)
        self._last: tuple[Ints, Ints, Bools] | None = None
        self._peers = Peers.of_network(network)
        self.precedent = Precedent.of_relation(network, relation)

    def factor(self, sources: Ints, targets: Ints) -> Floats:
        """What the weight of what each edge closes is multiplied by: precedent × likely, 0 where nobody is asked.

        `sources` and `targets` are sorted.
        """
        factor = self.precedent.table(sources, targets)
        factor *= self.likely(sources, targets)
        factor *= self.possible(sources, targets)
        return factor

    def possible(self, sources: Ints, targets: Ints) -> Bools:
        """Which edges from `sources` to `targets` (both sorted) may be asked for, as a table; the last one is kept."""
        if self._last is None or self._last[0] is not sources or self._last[1] is not targets:
            self._last = sources, targets, self._may(sources, targets)
        return self._last[2]

    def _may(self, sources: Ints, targets: Ints) -> Bools:
        may = np.ones((len(sources), len(targets)), dtype=bool)
        if self._relation.vendor_bound:
            bound = self._network.bound_to[sources][:, None]
            may &= (bound < 0) | (bound == self._network.steward[targets][None, :])
        if self._relation.kindred:
            may &= self._kindred(sources, targets)
        if self._relation.precedented:
            may &= self._precedented(sources, targets)
        if self._relation.left_to is not None:
            may &= ~self._left(self._relation.left_to, sources, targets)
        for ends in (self._there, self._tracked):
            may[cells(ends, sources, targets)] = True
        if self._relation.writes:
            owner = self._network.owner[targets][None, :]
            may &= (owner < 0) | (owner == sources[:, None])
        return may

    def are_possible(self, source: Ints, target: Ints) -> Bools:
        """Which of some edges, by their ends, may be asked for: these are active, and nothing speaks against it."""
        sources, rows = np.unique(source, return_inverse=True)
        targets, columns = np.unique(target, return_inverse=True)
        active = self._network.active
        return np.asarray(active[source] & active[target] & self.possible(sources, targets)[rows, columns])

    def _kindred(self, sources: Ints, targets: Ints) -> Bools:
        """Which sources share a tag with which targets, or have the relation to something that does."""
        tags = self._network.tags
        about = tags[sources].copy()
        here, there = self._there
        inside = np.isin(here, sources)
        starts, first, ends = Arcs(there[inside], here[inside]).grouped
        if len(ends):
            about[np.searchsorted(sources, ends)] |= np.logical_or.reduceat(tags[starts], first, axis=0)
        sharing = about.astype(np.float32) @ self._peers.tags.astype(np.float32).T > 0
        return np.asarray(sharing[:, self._peers.class_of[targets]])

    def _precedented(self, sources: Ints, targets: Ints) -> Bools:
        """Which sources have enough peers, but for the target's owner and house, with the relation to which targets."""
        enough = np.maximum(FEWEST_BEFORE, FEWEST_SHARE * (self._peers.size - 1))
        precedented = self._strangers.of(targets) >= enough[:, None]
        return np.asarray(precedented[self._peers.class_of[sources]])

    @cached_property
    def _strangers(self) -> Counted:
        """How many of a group have the relation to an entry that is of another house and owner."""
        source, target = self._there
        steward = self._network.steward
        strangers = (self._network.owner[target] != source) & (steward[source] != steward[target])
        return self._peers.counted(source[strangers], target[strangers])

    def _left(self, made_of: str, sources: Ints, targets: Ints) -> Bools:
        """Which edges are left to an active entry that the source is made of, which could have them and has not."""
        network = self._network
        kinds = [network.kinds.index(kind) for kind in self._relation.from_]
        made, bases, _ = network.statements(made_of, LIVE)
        asked = np.isin(made, sources) & network.active[bases] & np.isin(network.kind[bases], kinds)
        made, bases = made[asked], bases[asked]
        known = np.unique(bases)
        lacking = known[:, None] != targets[None, :]
        if self._relation.writes:
            lacking &= network.owner[targets][None, :] < 0
        source, target, _ = network.statements(self._name, STRONG)
        lacking[cells((source, target), known, targets)] = False
        left = np.zeros((len(sources), len(targets)), dtype=bool)
        starts, first, ends = Arcs(np.searchsorted(known, bases), np.searchsorted(sources, made)).grouped
        if len(ends):
            left[ends] = np.logical_or.reduceat(lacking[starts], first, axis=0)
        return left

    def _named_in_records(self) -> tuple[Ints, Ints]:
        """The ends of the edges that records name: those are being discussed."""
        index = self._network.index
        named = [edge for edge in self._network.landscape.tracked if edge.relation == self._name]
        return _ends((index[edge.source], index[edge.target]) for edge in named)

    def builds(self, sources: Ints, targets: Ints) -> Floats:
        """How likely sources are to build edges to targets (both sorted), as a table: less so what was given up."""
        builds = np.repeat(self._network.builds[sources][:, None], len(targets), axis=1)
        builds[cells(self._given_up, sources, targets)] *= GIVEN_UP
        return builds

    def most_likely(self, sources: Ints) -> Floats:
        """By source a factor that none of its edges exceeds."""
        return self.precedent.bounds[0][sources] * self._network.builds[sources]

    def builds_of(self, source: int, target: int) -> float:
        """The same, of one edge."""
        given_up = ((self._given_up[0] == source) & (self._given_up[1] == target)).any()
        return float(self._network.builds[source]) * (GIVEN_UP if given_up else 1.0)

    def _like_declined(self) -> Iterator[tuple[int, int]]:
        """The edges to standards of the aspect of one that the same source has declined."""
        entries, index = self._network.landscape.entries, self._network.index
        for edge in declined(self._network.landscape):
            aspect = entries[edge.target].aspect
            if edge.relation == self._name and aspect is not None:
                like = (other.id for other in entries.values() if other.aspect == aspect)
                yield from ((index[edge.source], index[other]) for other in like)

    def likely(self, sources: Ints, targets: Ints) -> Floats:
        """How likely each edge is to be built, from 0 to 1: what was declined is not."""
        likely = self.builds(sources, targets)
        index = self._network.index
        for edge in declined(self._network.landscape):
            if edge.relation == self._name:
                row = np.flatnonzero(sources == index[edge.source])
                likely[np.ix_(row, np.flatnonzero(targets == index[edge.target]))] = 0.0
        return likely


def _ends(edges: Iterable[tuple[int, int]]) -> tuple[Ints, Ints]:
    """The sources and the targets of some edges."""
    source, target = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2).T
    return source, target
