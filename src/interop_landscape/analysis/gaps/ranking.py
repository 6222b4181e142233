"""Which fixes and which gaps come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import compress, groupby, islice
from typing import Final

import numpy as np

from interop_landscape.analysis.asked import Asked, declined
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps.counting import Counting
from interop_landscape.analysis.gaps.models import Fix, Rank
from interop_landscape.analysis.network import Bools, Floats, Ints
from interop_landscape.analysis.promise import Foremost
from interop_landscape.analysis.unlocks import Candidates, Cells
from interop_landscape.ids import Edge

_FIXES_TRIED: Final = 4096
Place = tuple[int, int, int]
"""A gap: the number of its expectation, its row and its column."""


class Ranking:
    """Ranks fixes by what they are worth, and gaps by the best of their fixes."""

    def __init__(self, counting: Counting, rank: Rank) -> None:
        self._counting = counting
        self._rank = rank
        self._network = counting.network
        self._expected = counting.expected
        self._declined = declined(counting.landscape)
        self._fixes: dict[tuple[str, int, int, float], Fix] = {}

    @cached_property
    def candidates(self) -> list[Candidates]:
        """The edges that could be built, by relation in the order of the vocabulary."""
        used = {relation for each in self._expected for relation in each.automaton.relations()}
        relations = self._counting.landscape.vocabulary.relations
        return [
            Candidates(self._network, name, self._expected)
            for name, relation in relations.items()
            if relation.buildable and name in used
        ]

    def places(self, count: int | None, masks: list[Bools]) -> list[Place]:
        """The first `count` gaps of the masks (all if None): best fix first, then heaviest, then by id."""
        ranked = None
        if count is not None and count < sum(int(mask.sum()) for mask in masks):
            ranked = self._first(count, masks)
        return self._all(masks)[:count] if ranked is None else ranked

    def _all(self, masks: list[Bools]) -> list[Place]:
        """All gaps of the masks in order, by the best worth of each."""
        found: list[tuple[Floats, Ints, Ints, Ints]] = []
        for number, (each, mask) in enumerate(zip(self._expected, masks, strict=True)):
            cells = Cells(np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0)))
            best = np.zeros((len(cells.rows), len(cells.columns)))
            for candidates in self.candidates if best.size else ():
                for sources in candidates.blocks():
                    candidates.raise_best(best, each, cells, sources, self.tables(candidates, sources)[1])
            row, column = np.nonzero(mask[np.ix_(cells.rows, cells.columns)])
            found.append((best[row, column], np.full(len(row), number), cells.rows[row], cells.columns[column]))
        if not found:
            return []
        worth, numbers, rows, columns = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return self._in_order(worth, numbers, rows, columns)

    def _first(self, count: int, masks: list[Bools]) -> list[Place] | None:
        """The first gaps in order, by what the best fixes close; None where that takes too many fixes."""
        worth: dict[Place, float] = {}
        for value, fixes in groupby(self._best(_FIXES_TRIED), key=lambda fix: fix[0]):
            if len(worth) >= count:
                break
            for _, relation, source, target in fixes:
                for number, closed in self._counting.closed_by_one(relation, (source, target)):
                    for row, column in np.argwhere(closed & masks[number]).tolist():
                        worth.setdefault((number, row, column), value)
        else:
            return None  # there may be more fixes of the same worth as the last one tried
        if len(worth) < count:
            return None
        numbers, rows, columns = np.array(list(worth)).T
        return self._in_order(np.array(list(worth.values())), numbers, rows, columns)[:count]

    def _best(self, most: int) -> Iterator[tuple[float, str, int, int]]:
        """The edges of most worth, the best first, at most `most` of them: (worth, relation, source, target)."""
        foremost = Foremost(most)
        for candidates in self.candidates:
            for promise, sources in candidates.foremost_first(by_unlocks=self._rank == "unlocks"):
                if promise < foremost.least:
                    break
                unlocks, worth = self.tables(candidates, sources)
                foremost.add(candidates.relation, sources, candidates.targets, unlocks, worth)
        for worth_it, _, relation, source, target in islice(foremost.edges(), most):
            yield worth_it, relation, source, target

    def _in_order(self, worth: Floats, numbers: Ints, rows: Ints, columns: Ints) -> list[Place]:
        """Most worth first, then the heaviest, then by id: everything is numbered in the order of ids."""
        weights = np.zeros(len(worth))
        for number, each in enumerate(self._expected):
            here = numbers == number
            weights[here] = each.weights[rows[here], columns[here]]
        order = np.lexsort((columns, rows, numbers, -weights, -worth))
        return list(zip(numbers[order].tolist(), rows[order].tolist(), columns[order].tolist(), strict=True))

    def best_fix(self) -> Fix | None:
        """The fix of the most value, None where no single edge would close anything; of equals the first by id."""
        best: tuple[float, float, str, str, str] | None = None
        ids = self._network.ids
        for candidates in self.candidates:
            for promise, sources in candidates.foremost_first(by_unlocks=self._rank == "unlocks"):
                if best is not None and promise < -best[0]:
                    break
                unlocks, worth = self.tables(candidates, sources)
                if not worth.size or worth.max() <= 0 or (best is not None and worth.max() < -best[0]):
                    continue
                for row, column in np.argwhere(worth == worth.max()).tolist():
                    edge = ids[sources[row]], candidates.relation, ids[candidates.targets[column]]
                    key = (-float(worth[row, column]), -float(unlocks[row, column]), *edge)
                    best = key if best is None else min(best, key)
        return None if best is None else self.fix(Edge(*best[2:]), -best[1])

    def asked(self, edges: Iterable[Edge]) -> set[Edge]:
        """Those of some edges that may be asked for, and serve any expectation."""
        some, index, found = list(edges), self._network.index, set[Edge]()
        for candidates in self.candidates:
            here = [edge for edge in some if edge.relation == candidates.relation]
            source, target = (np.array([index[edge[end]] for edge in here], dtype=np.int64) for end in (0, 2))
            found.update(compress(here, candidates.asked.are_possible(source, target).tolist()))
        return found

    def fix(self, edge: Edge, unlocks: float) -> Fix:
        """An edge as a fix, with its precedent."""
        source, target = self._network.index[edge.source], self._network.index[edge.target]
        return self._fix(edge.relation, source, target, unlocks)

    def fixes(self, each: Expected, row: int, column: int, most: int | None) -> list[Fix]:
        """The best edges that would each close a gap, at most `most` of them; equal ones in order of their ids."""
        by_unlocks, ids = self._rank == "unlocks", self._network.ids
        closing = []
        for candidates in self.candidates:
            for source, target, unlocks, factor in candidates.closing(each, row, column):
                worth = unlocks * (factor > 0) if by_unlocks else unlocks * factor
                closing.append((-worth, -unlocks, ids[source], candidates.relation, ids[target]))
        closing.sort()
        return [self.fix(Edge(*edge), -unlocks) for _, unlocks, *edge in closing[:most]]

    def _fix(self, relation: str, source: int, target: int, unlocks: float) -> Fix:
        """One and the same fix of many gaps is made once."""
        key = relation, source, target, unlocks
        if key not in self._fixes:
            self._fixes[key] = self._new_fix(*key)
        return self._fixes[key]

    def _new_fix(self, relation: str, source: int, target: int, unlocks: float) -> Fix:
        ids, asked = self._network.ids, Asked.of_relation(self._network, relation)
        edge = Edge(ids[source], relation, ids[target])
        return Fix(
            *edge,
            unlocks=unlocks,
            precedent=asked.precedent.of(source, target),
            builds=asked.builds_of(source, target),
            usage=asked.precedent.usage(source, target),
            declined=self._declined.get(edge),
        )

    def tables(self, candidates: Candidates, sources: Ints) -> tuple[Floats, Floats]:
        """(unlocks, worth) of the edges from some sources to all targets."""
        unlocks, factor = candidates.tables(sources)
        return unlocks, unlocks * (factor > 0 if self._rank == "unlocks" else factor)
