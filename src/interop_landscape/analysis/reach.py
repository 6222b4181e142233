"""Who reaches what: walks of the product of the network and an automaton, for many entries at once.

Sets of entries are rows of bits, 64 to a word, so that one pass over the edges serves them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.automata import Automaton
from interop_landscape.analysis.network import Arcs, Bools, Floats, Ints, Network
from interop_landscape.analysis.tables import Bits, places

Words = NDArray[np.uint64]
_AT_ONCE: Final = 1024
"""How many rows are unpacked at once where all are looked at."""


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

    def bits(self, nodes: Ints, width: int) -> Bits:
        """The same where few are set."""
        there, place = places(nodes, self.nodes)
        row, column = unpacked(self.words[place], width).nonzero()
        return Bits(there.nonzero()[0][row], column, (len(nodes), width))

    def weigh(self, weights: Floats) -> Floats:
        """By row the weight of its bits."""
        total = np.zeros(len(self.nodes))
        for first in range(0, len(total), _AT_ONCE):
            bits = unpacked(self.words[first : first + _AT_ONCE], len(weights))
            total[first : first + _AT_ONCE] = bits @ weights
        return total

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
    seed = _seeded(sources, np.arange(len(sources)))
    rows = [_nothing(seed)] * len(automaton.moves)
    rows[0] = seed
    for state, moves in enumerate(automaton.moves):
        arcs = {relation: network.arcs(relation, carrying, supports) for relation in moves}
        rows[state] = _settled(rows[state], [arcs[relation] for relation in moves if moves[relation] == state])
        for relation, after in moves.items():
            if after != state:
                rows[after] = either([rows[after], _spread(rows[state], arcs[relation])])
    return rows


def backward(
    network: Network, automaton: Automaton, targets: Ints, carrying: int, supports: tuple[str, ...]
) -> list[Rows]:
    """For each state, the nodes from which a target is reached, with a bit for each such target."""
    nodes = [(node, place) for place, t in enumerate(targets.tolist()) for node in network.nodes_of.get(t, [t])]
    seed = _seeded(*np.array(nodes, dtype=np.int64).reshape(-1, 2).T)
    rows = [seed if state in automaton.accepting else _nothing(seed) for state in range(len(automaton.moves))]
    for state in reversed(range(len(automaton.moves))):
        moves = automaton.moves[state]
        arcs = {relation: network.arcs(relation, carrying, supports).reversed for relation in moves}
        rows[state] = either(
            [rows[state], *(_spread(rows[after], arcs[name]) for name, after in moves.items() if after != state)]
        )
        rows[state] = _settled(rows[state], [arcs[name] for name, after in moves.items() if after == state])
    return rows


def _seeded(nodes: Ints, bits: Ints) -> Rows:
    """A row for each of some different nodes, with the bit beside it."""
    order = np.argsort(nodes, kind="stable")
    nodes, bits = nodes[order], bits[order]
    words = np.zeros((len(nodes), max(1, -(-(int(bits.max(initial=-1)) + 1) // 64))), dtype=np.uint64)
    words[np.arange(len(nodes)), bits // 64] = np.uint64(1) << (bits % 64).astype(np.uint64)
    return Rows(nodes, words)


def _nothing(like: Rows) -> Rows:
    return Rows(like.nodes[:0], like.words[:0])


def either(some: list[Rows]) -> Rows:
    """The bits that a node has in any of some rows."""
    some = [rows for rows in some if len(rows.nodes)] or some[:1]
    if len(some) == 1:
        return some[0]
    nodes = np.unique(np.concatenate([rows.nodes for rows in some]))
    words = np.zeros((len(nodes), some[0].words.shape[1]), dtype=np.uint64)
    for rows in some:
        words[np.searchsorted(nodes, rows.nodes)] |= rows.words
    return Rows(nodes, words)


def by_entry(network: Network, rows: Rows) -> Rows:
    """The rows of the nodes of each entry as one."""
    entries = network.entry_of[rows.nodes]
    if np.array_equal(entries, rows.nodes):
        return rows
    return _gathered(rows, Arcs(np.arange(len(entries)), entries).grouped)


def _gathered(rows: Rows, grouped: tuple[Ints, Ints, Ints]) -> Rows:
    """By end the bits of all rows, by their places, that lead there."""
    starts, first, ends = grouped
    return Rows(ends, np.bitwise_or.reduceat(rows.words[starts], first, axis=0)) if len(ends) else _nothing(rows)


def _spread(rows: Rows, arcs: Arcs) -> Rows:
    """Where edges lead from some rows: only those that start at one of these are looked at."""
    starts, _, _ = arcs.grouped
    there, place = places(starts, rows.nodes)
    ends = arcs.ends[there]
    (first,) = np.concatenate([ends[:1] == ends[:1], ends[1:] != ends[:-1]]).nonzero()
    return _gathered(rows, (place, first, ends[first]))


def _settled(rows: Rows, arcs: list[Arcs]) -> Rows:
    """Follow edges that stay in a state until nothing changes; in each turn, only from what was new in the last."""
    new = rows if arcs else _nothing(rows)
    while len(new.nodes):
        led = either([_nothing(rows), *(_spread(new, some) for some in arcs)])
        there, place = places(led.nodes, rows.nodes)
        gained = led.words.copy()
        gained[there] &= ~rows.words[place]
        some = gained.any(axis=1)
        new = Rows(led.nodes[some], gained[some])
        rows = either([rows, new])
    return rows
