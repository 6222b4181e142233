"""The landscape as arrays of integers, for counting over all pairs of entries at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry, Relation, Selector
from interop_landscape.reading.statements import SUPPORT

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Made = TypeVar("Made")

STRONG: Final = ("full",)
LIVE: Final = ("full", "partial", "experimental")
LIVE_OR_REMOVED: Final = (*LIVE, "removed")


@dataclass(frozen=True)
class Arcs:
    """Edges of one relation in the direction of flow: ``start[i]`` to ``end[i]``, indices of entries."""

    start: Ints
    end: Ints

    @cached_property
    def reversed(self) -> Arcs:
        """The same edges seen from their other end."""
        return Arcs(self.end, self.start)

    @cached_property
    def ends(self) -> Ints:
        """The ends of all edges in the order of `grouped`."""
        return np.sort(self.end)

    @cached_property
    def grouped(self) -> tuple[Ints, Ints, Ints]:
        """(starts, first, ends): starts sorted by end, where each end's run begins, and the ends themselves."""
        order = np.argsort(self.end, kind="stable")
        ends, first = np.unique(self.end[order], return_index=True)
        return self.start[order], first, ends


class Network:
    """Entries and statements of a landscape by index; entry ``i`` is the i-th id in alphabetical order.

    Walks go over nodes. Every entry is a node of the same number. Where a statement `takes` only what came in through
    some entries, the entry at which it starts, its host, has a further node for each of these: whoever comes in
    through one of them is at that node, from which all leads on that leads on from the host, and such statements too.
    An entry at which some edges halt has a further node for whoever came by these, from which nothing leads on.
    """

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.ids = list(landscape.entries)
        self.index = {entry_id: i for i, entry_id in enumerate(self.ids)}
        entries = list(landscape.entries.values())
        statuses = landscape.vocabulary.statuses
        self.active: Bools = np.array([statuses[entry.status].expected for entry in entries], dtype=bool)
        self.builds: Floats = np.array([statuses[entry.status].builds for entry in entries])
        """How likely each entry is to build what is asked of it."""
        levels = landscape.vocabulary.reach
        least = [*levels.values()][-1].weight if levels else 1.0
        self.reach: Floats = np.array([levels[e.reach.level].weight if e.reach else least for e in entries])
        """How much a pair counts that ends at each entry."""
        self.kinds = list(landscape.vocabulary.kinds)
        kind_number = {kind: i for i, kind in enumerate(self.kinds)}
        self.kind: Ints = np.array([kind_number[entry.kind] for entry in entries], dtype=np.int64)
        self._bit = {name: 1 << i for i, name in enumerate(landscape.vocabulary.cargo)}
        self._masks: dict[tuple[str, ...] | frozenset[str], int] = {}
        everything = (1 << len(self._bit)) - 1
        # Python integers in an object array would be slow; more than 63 sorts of cargo are not foreseen.
        self.carries: Ints = np.array([self.cargo_mask(e.carries) or everything for e in entries], dtype=np.int64)
        statements = landscape.statements
        relation_number = {name: i for i, name in enumerate(landscape.vocabulary.relations)}
        self._relation: Ints = np.array([relation_number[s.relation] for s in statements], dtype=np.int64)
        self._relation_number = relation_number
        self._source: Ints = np.array([self.index[s.source] for s in statements], dtype=np.int64)
        self._target: Ints = np.array([self.index[s.target] for s in statements], dtype=np.int64)
        self._support: Ints = np.array([SUPPORT.index(s.support) for s in statements], dtype=np.int64)
        narrowed: Ints = np.array([self.cargo_mask(s.carries) or everything for s in statements], dtype=np.int64)
        self._cargo = narrowed & self.carries[self._source] & self.carries[self._target]
        self._split()
        self._arcs: dict[tuple[str, int, tuple[str, ...]], Arcs] = {}
        self._stated: dict[tuple[str, tuple[str, ...]], Ints] = {}
        self._made: dict[tuple[str, str], Any] = {}

    def once(self, name: str, relation: str, make: Callable[[Network, str], Made]) -> Made:
        """What is made of the network for one relation, made at the first time that it is asked for."""
        if (name, relation) not in self._made:
            self._made[name, relation] = make(self, relation)
        made: Made = self._made[name, relation]
        return made

    @cached_property
    def owner(self) -> Ints:
        """By entry the index of the entry whose own format it is, -1 where it is nobody's."""
        return self._numbers(self.index.get(entry.owner or "", -1) for entry in self._entries)

    @cached_property
    def steward(self) -> Ints:
        """By entry the number of its steward, one below -1 of its own where it has none."""
        return self._numbers(self._stewards.get(entry.steward or "", -2 - i) for i, entry in enumerate(self._entries))

    @cached_property
    def bound_to(self) -> Ints:
        """By entry the number of the steward that it is bound to, -1 where to none."""
        return self._numbers(self._stewards.get(entry.bound_to or "", -1) for entry in self._entries)

    @cached_property
    def tags(self) -> Bools:
        """Which entries have which tags, a column each."""
        place = {tag: i for i, tag in enumerate(sorted({tag for entry in self._entries for tag in entry.tags}))}
        tags = np.zeros((len(self.ids), len(place)), dtype=bool)
        for row, entry in enumerate(self._entries):
            tags[row, [place[tag] for tag in entry.tags]] = True
        return tags

    @property
    def _entries(self) -> Collection[Entry]:
        return self.landscape.entries.values()

    @cached_property
    def _stewards(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.landscape.vocabulary.stewards)}

    def _numbers(self, numbers: Iterable[int]) -> Ints:
        return np.array(list(numbers), dtype=np.int64)

    def _split(self) -> None:
        """Number the further nodes of the hosts."""
        self._through: dict[tuple[int, int], int] = {}  # the node of whoever comes into a host through an entry
        self.nodes_of: dict[int, list[int]] = {}  # all nodes of a host
        entry_of = list(range(len(self.ids)))
        for statement in (s for s in self.landscape.statements if s.takes):
            for start, _ in self.landscape.flows(statement):
                host = self.index[start]
                for name in statement.takes:
                    way_in = host, self.index.get(name, -1)
                    if way_in not in self._through:
                        self._through[way_in] = len(entry_of)
                        self.nodes_of.setdefault(host, [host]).append(len(entry_of))
                        entry_of.append(host)
        self._halts = self._halting(entry_of)
        self.entry_of: Ints = np.array(entry_of, dtype=np.int64)
        """The entry that each node belongs to."""

    def _halting(self, entry_of: list[int]) -> Ints:
        """Number the nodes from which nothing leads on; those of each statement's source and target, -1 for none."""
        numbers: dict[int, int] = {}
        halts = np.full((2, len(self.landscape.statements)), -1, dtype=np.int64)
        in_part = [SUPPORT.index(support) for support in LIVE if support not in STRONG]
        for place in np.flatnonzero(np.isin(self._support, in_part)).tolist():
            statement = self.landscape.statements[place]
            for _, end in self.landscape.flows(statement):
                if self.landscape.halts(statement, end):
                    entry = self.index[end]
                    halts[int(end == statement.target), place] = numbers.setdefault(entry, len(entry_of) + len(numbers))
        entry_of += numbers
        return halts

    def arriving(self, start: int, end: int) -> int:
        """The node at which one is who came from one entry to another."""
        return self._through.get((end, start), end)

    def arriving_by(self, statement: int, start: int, end: int) -> int:
        """The same, for who came by a statement."""
        halted = int(self._halts[int(self._target[statement] == end), statement])
        return self.arriving(start, end) if halted < 0 else halted

    def arrivals(self, starts: Ints, ends: Ints) -> Ints:
        """The nodes at which one is who came from each of `starts` to the end beside it."""
        nodes = ends.copy()
        for (host, through), node in self._through.items():
            nodes[(ends == host) & (starts == through)] = node
        return nodes

    def split_edges(self) -> Iterator[tuple[int, int, int]]:
        """(start, end, node) of each edge, laid or not, that leads to a further node of its end."""
        return ((through, host, node) for (host, through), node in self._through.items())

    def leaving(self, start: int, takes: Iterable[str]) -> list[int]:
        """The nodes from which an edge leaves that starts at an entry."""
        taken = [self._through[start, self.index[name]] for name in takes if name in self.index]
        return taken or self.nodes_of.get(start, [start])

    def starting(self, relation: str, start: int, end: int) -> list[int]:
        """The nodes from which an edge of a relation leaves, laid or not."""
        return self.leaving(start, self._takes.get((relation, start, end), ()))

    def choosy(self, relation: str) -> set[tuple[int, int]]:
        """The edges of a relation, laid or not, that take only what came in through some entries."""
        stated = (s for s in self.landscape.statements if s.takes and s.relation == relation)
        return {(self.index[s.source], self.index[s.target]) for s in stated}

    def cargo_mask(self, cargo: tuple[str, ...] | frozenset[str]) -> int:
        """A set of cargo as bits."""
        if cargo not in self._masks:
            self._masks[cargo] = sum(self._bit[name] for name in cargo)
        return self._masks[cargo]

    def relation(self, name: str) -> Relation:
        """What the vocabulary says of a relation."""
        return self.landscape.vocabulary.relations[name]

    def selected(self, selector: Selector) -> Ints:
        """The active entries that a selector means, in order."""
        named, excepted = (
            self._numbers(self.index[i] for i in ids if i in self.index) for ids in (selector.entries, selector.except_)
        )
        likeness, alike = self._alike
        of_such = replace(selector, entries=(), except_=())
        chosen = self.active & np.array([of_such.selects(entry) for entry in alike], dtype=bool)[likeness]
        if selector.entries:
            chosen &= np.isin(np.arange(len(chosen)), named)
        chosen[excepted] = False
        return np.flatnonzero(chosen)

    @cached_property
    def _alike(self) -> tuple[Ints, list[Entry]]:
        """(number of each entry's likeness, an entry of each): what selectors ask of them, but for ids, is the same."""
        first: dict[object, Entry] = {}
        numbers: dict[object, int] = {}
        likeness = []
        for entry in self._entries:
            key = entry.kind, entry.tags, entry.aspect, entry.resource, entry.carries, entry.steward
            first.setdefault(key, entry)
            likeness.append(numbers.setdefault(key, len(numbers)))
        return self._numbers(likeness), list(first.values())

    def of_kinds(self, kinds: Iterable[str]) -> Bools:
        """Which entries are of one of these kinds."""
        return np.isin(self.kind, [self.kinds.index(kind) for kind in kinds])

    def statements(self, relation: str, supports: tuple[str, ...]) -> tuple[Ints, Ints, Ints]:
        """(sources, targets, cargo) of the statements of one relation with one of these supports."""
        stated = self._places(relation, supports)
        return self._source[stated], self._target[stated], self._cargo[stated]

    def _places(self, relation: str, supports: tuple[str, ...]) -> Ints:
        """The places of these statements among all."""
        key = (relation, supports)
        if key not in self._stated:
            wanted = np.isin(self._support, [SUPPORT.index(support) for support in supports])
            wanted &= self._relation == self._relation_number[relation]
            self._stated[key] = np.flatnonzero(wanted)
        return self._stated[key]

    def arcs(self, relation: str, carrying: int, supports: tuple[str, ...]) -> Arcs:
        """The edges of one relation that have one of these supports and carry at least `carrying`."""
        key = (relation, carrying, supports)
        if key not in self._arcs:
            stated = self._places(relation, supports)
            enough = stated[(self._cargo[stated] & carrying) == carrying]
            start, end = self._flowing(relation, self._source[enough], self._target[enough])
            _, halted = self._flowing(relation, *self._halts[:, enough])
            self._arcs[key] = Arcs(*self._between_nodes(relation, start, end, halted))
        return self._arcs[key]

    def _flowing(self, relation: str, source: Ints, target: Ints) -> tuple[Ints, Ints]:
        """The entries at which statements of a relation start and end in the direction of flow."""
        flows = self.relation(relation).flows
        start = {"forward": [source], "backward": [target], "both": [source, target]}[flows]
        end = {"forward": [target], "backward": [source], "both": [target, source]}[flows]
        return np.concatenate(start), np.concatenate(end)

    def _between_nodes(self, relation: str, start: Ints, end: Ints, halted: Ints) -> tuple[Ints, Ints]:
        """Edges between entries as edges between nodes; `halted` are the nodes at which some end, -1 for others."""
        arrived = np.where(halted < 0, self.arrivals(start, end), halted)
        at_host = np.isin(start, list(self.nodes_of))
        starts, ends = [start[~at_host]], [arrived[~at_host]]
        for first, last, node in zip(*(some[at_host].tolist() for some in (start, end, arrived)), strict=True):
            nodes = self.starting(relation, first, last)
            starts.append(np.array(nodes))
            ends.append(np.full(len(nodes), node))
        return np.concatenate(starts), np.concatenate(ends)

    @cached_property
    def _takes(self) -> dict[tuple[str, int, int], tuple[str, ...]]:
        """What the statements that take not everything take, by relation, start and end."""
        return {
            (statement.relation, self.index[start], self.index[end]): statement.takes
            for statement in self.landscape.statements
            if statement.takes
            for start, end in self.landscape.flows(statement)
        }
