"""The landscape as arrays of integers, for counting over all pairs of entries at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Relation, Selector
from interop_landscape.reading.statements import SUPPORT

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

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
    def grouped(self) -> tuple[Ints, Ints, Ints]:
        """(starts, first, ends): starts sorted by end, where each end's run begins, and the ends themselves."""
        order = np.argsort(self.end, kind="stable")
        ends, first = np.unique(self.end[order], return_index=True)
        return self.start[order], first, ends


class Network:
    """Entries and statements of a landscape by index; entry ``i`` is the i-th id in alphabetical order."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.ids = list(landscape.entries)
        self.index = {entry_id: i for i, entry_id in enumerate(self.ids)}
        entries = list(landscape.entries.values())
        self.active: Bools = np.array([entry.status != "archived" for entry in entries], dtype=bool)
        self.kinds = list(landscape.vocabulary.kinds)
        kind_number = {kind: i for i, kind in enumerate(self.kinds)}
        self.kind: Ints = np.array([kind_number[entry.kind] for entry in entries], dtype=np.int64)
        self._bit = {name: 1 << i for i, name in enumerate(landscape.vocabulary.cargo)}
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
        self._arcs: dict[tuple[str, int, tuple[str, ...]], Arcs] = {}
        self._stated: dict[tuple[str, tuple[str, ...]], tuple[Ints, Ints, Ints]] = {}

    def cargo_mask(self, cargo: Iterable[str]) -> int:
        """A set of cargo as bits."""
        return sum(self._bit[name] for name in cargo)

    def relation(self, name: str) -> Relation:
        """What the vocabulary says of a relation."""
        return self.landscape.vocabulary.relations[name]

    def selected(self, selector: Selector) -> Ints:
        """The active entries that a selector means, in order."""
        entries = list(self.landscape.entries.values())
        among = self.active & self.of_kinds(selector.kind) if selector.kind else self.active
        chosen = [i for i in np.flatnonzero(among).tolist() if selector.selects(entries[i])]
        return np.array(chosen, dtype=np.int64)

    def of_kinds(self, kinds: Iterable[str]) -> Bools:
        """Which entries are of one of these kinds."""
        return np.isin(self.kind, [self.kinds.index(kind) for kind in kinds])

    def statements(self, relation: str, supports: tuple[str, ...]) -> tuple[Ints, Ints, Ints]:
        """(sources, targets, cargo) of the statements of one relation with one of these supports."""
        key = (relation, supports)
        if key not in self._stated:
            wanted = np.isin(self._support, [SUPPORT.index(support) for support in supports])
            wanted &= self._relation == self._relation_number[relation]
            self._stated[key] = self._source[wanted], self._target[wanted], self._cargo[wanted]
        return self._stated[key]

    def arcs(self, relation: str, carrying: int, supports: tuple[str, ...]) -> Arcs:
        """The edges of one relation that have one of these supports and carry at least `carrying`."""
        key = (relation, carrying, supports)
        if key not in self._arcs:
            source, target, cargo = self.statements(relation, supports)
            enough = (cargo & carrying) == carrying
            source, target = source[enough], target[enough]
            flows = self.relation(relation).flows
            start = {"forward": [source], "backward": [target], "both": [source, target]}[flows]
            end = {"forward": [target], "backward": [source], "both": [target, source]}[flows]
            self._arcs[key] = Arcs(np.concatenate(start), np.concatenate(end))
        return self._arcs[key]
