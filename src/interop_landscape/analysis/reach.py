"""Who reaches what: walks of the product of the network and an automaton, for many entries at once.

Sets of entries are rows of bits, 64 to a word, so that one pass over the edges serves them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.automata import Automaton
from interop_landscape.analysis.network import Arcs, Bools, Ints, Network
from interop_landscape.analysis.tables import places

Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Rows:
    """Bits by node: row ``i`` belongs to node ``nodes[i]``; nodes without a bit have no row."""

    nodes: Ints
    words: Words

    def has(self, node: int) -> bool:
        """Whether a node has any bit."""
        return node in self._there

    @cached_property
    def _there(self) -> frozenset[int]:
        return frozenset(self.nodes.tolist())

    def unpack(self, nodes: Ints, width: int) -> Bools:
        """The bits of some entries as a (len(nodes), width) array; entries without a row have none."""
        there, place = places(nodes, self.nodes)
        bits = np.zeros((len(nodes), width), dtype=bool)
        bits[there] = unpacked(self.words[place], width)
        return bits

    def bits_of_any(self, nodes: Iterable[int], width: int) -> Bools:
        """The bits that any of some nodes has."""
        return np.asarray(np.logical_or.reduce([self.bits_of(node, width) for node in nodes]))

    def bits_of(self, node: int, width: int) -> Bools:
        """The bits of one node."""
        place = int(np.searchsorted(self.nodes, node))
        if place == len(self.nodes) or self.nodes[place] != node:
            return np.zeros(width, dtype=bool)
        return np.unpackbits(self.words[place].view(np.uint8), count=width, bitorder="little").view(bool)


def unpacked(words: Words, width: int) -> Bools:
    """Rows of words as rows of bools."""
    if not len(words):
        return np.zeros((0, width), dtype=bool)
    return np.unpackbits(words.view(np.uint8), axis=1, count=width, bitorder="little").view(bool)


def packed(bits: Bools) -> Words:
    """Rows of bools as rows of words."""
    width = -(-bits.shape[1] // 64) * 8
    raw = np.zeros((bits.shape[0], width), dtype=np.uint8)
    some = np.packbits(bits, axis=1, bitorder="little")
    raw[:, : some.shape[1]] = some
    return raw.view(np.uint64)


def forward(
    network: Network, automaton: Automaton, sources: Ints, carrying: int, supports: tuple[str, ...]
) -> list[Rows]:
    """For each state, the nodes reached in it, with a bit for each source that reaches them."""
    rows = _seeded(network, automaton, [0], sources, np.arange(len(sources)))
    for state, moves in enumerate(automaton.moves):
        _settle(rows[state], state, moves, network, carrying, supports, back=False)
        for relation, after in moves.items():
            if after != state:
                _spread(rows[state], rows[after], network.arcs(relation, carrying, supports))
    return [_compact(row) for row in rows]


def backward(
    network: Network, automaton: Automaton, targets: Ints, carrying: int, supports: tuple[str, ...]
) -> list[Rows]:
    """For each state, the nodes from which a target is reached, with a bit for each such target."""
    nodes = [(node, place) for place, t in enumerate(targets.tolist()) for node in network.nodes_of.get(t, [t])]
    ends, places = np.array(nodes, dtype=np.int64).reshape(-1, 2).T
    rows = _seeded(network, automaton, sorted(automaton.accepting), ends, places)
    for state in reversed(range(len(automaton.moves))):
        moves = automaton.moves[state]
        for relation, after in moves.items():
            if after != state:
                _spread(rows[after], rows[state], network.arcs(relation, carrying, supports).reversed)
        _settle(rows[state], state, moves, network, carrying, supports, back=True)
    return [_compact(row) for row in rows]


def _seeded(network: Network, automaton: Automaton, states: list[int], nodes: Ints, bits: Ints) -> list[Words]:
    """By state a row for each node, empty but for a bit for each of `nodes` in `states`."""
    width = max(1, -(-(int(bits.max(initial=-1)) + 1) // 64))
    rows = [np.zeros((len(network.entry_of), width), dtype=np.uint64) for _ in automaton.moves]
    for state in states:
        rows[state][nodes, bits // 64] |= np.uint64(1) << (bits % 64).astype(np.uint64)
    return rows


def by_entry(network: Network, rows: Rows) -> Rows:
    """The rows of the nodes of each entry as one."""
    entries = network.entry_of[rows.nodes]
    if len(network.entry_of) == len(network.ids) or np.array_equal(entries, rows.nodes):
        return rows
    nodes = np.unique(entries)
    words = np.zeros((len(nodes), rows.words.shape[1]), dtype=np.uint64)
    np.bitwise_or.at(words, np.searchsorted(nodes, entries), rows.words)
    return Rows(nodes, words)


def _spread(here: Words, there: Words, arcs: Arcs) -> None:
    if not len(arcs.start):
        return
    starts, first, ends = arcs.grouped
    there[ends] |= np.bitwise_or.reduceat(here[starts], first, axis=0)


def _settle(
    rows: Words,
    state: int,
    moves: dict[str, int],
    network: Network,
    carrying: int,
    supports: tuple[str, ...],
    *,
    back: bool,
) -> None:
    """Follow the moves that stay in a state until nothing changes."""
    for relation, after in moves.items():
        if after != state:
            continue
        arcs = network.arcs(relation, carrying, supports)
        arcs = arcs.reversed if back else arcs
        while True:
            before = rows.copy()
            _spread(rows, rows, arcs)
            if np.array_equal(before, rows):
                break


def _compact(words: Words) -> Rows:
    nodes = np.flatnonzero(words.any(axis=1))
    return Rows(nodes, words[nodes])
