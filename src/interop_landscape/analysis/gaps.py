"""The gaps of a landscape, ranked by their best fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import Final, Literal

import numpy as np

from interop_landscape.analysis.expected import Expected, expected_pairs
from interop_landscape.analysis.network import Bools, Ints, Network
from interop_landscape.analysis.precedent import Floats, Precedent, Usage
from interop_landscape.analysis.rectangles import Use, carries, closed_by, closed_by_any, closed_together, uses_of
from interop_landscape.analysis.routes import Route, RouteFinder
from interop_landscape.analysis.tally import Tally, tally_of
from interop_landscape.analysis.unlocks import Candidates, Cells
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape

Rank = Literal["value", "unlocks"]
STATUSES: Final = ("missing", "weak", "regressed")
_FIXES_TRIED: Final = 4096
_Place = tuple[int, int, int]  # number of the expectation, row, column


@dataclass(frozen=True)
class Fix:
    """An edge that would close gaps if it were full.

    ``unlocks`` is the weight of all gaps that it would close by itself, ``precedent`` how usual such an edge
    is (between 0 and 1), ``value`` their product; ``usage`` has the counts behind the precedent.
    """

    source: str
    relation: str
    target: str
    unlocks: float
    precedent: float
    value: float
    usage: Usage

    @property
    def edge(self) -> Edge:
        """The edge that would be built."""
        return Edge(self.source, self.relation, self.target)

    def __str__(self) -> str:
        return str(self.edge)


@dataclass(frozen=True)
class Gap:
    """An expected pair with no strong route; `target` is None where any target would do.

    ``fixes`` come best first. ``route`` is the best there is today, for a weak gap. ``record`` is the id of
    the record that tracks it.
    """

    side: str
    expectation: str
    source: str
    target: str | None
    status: str
    certainty: str
    weight: float
    value: float
    fixes: tuple[Fix, ...]
    route: Route | None
    record: str | None

    @property
    def pair(self) -> PairId:
        """The expected pair that has no strong route."""
        return PairId(self.expectation, self.source, self.target)

    @property
    def id(self) -> str:
        """``expectation:from:to``, with ``*`` for any target."""
        return str(self.pair)


@dataclass(frozen=True)
class GapFilter:
    """Which gaps to list; an empty field lets everything through.

    ``ends`` are entries at either end. ``closed_by`` are what records close (`Record.closes`): the gaps that one of
    them tracks. ``exclude`` are pairs to leave out.
    """

    sides: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    expectations: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    certainties: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    closed_by: frozenset[tuple[str, ...]] = frozenset()
    exclude: frozenset[PairId] = frozenset()


EVERYTHING: Final = GapFilter()


class Gaps:
    """All gaps of a landscape, counted once; single gaps are made as they are asked for.

    ``rank`` says what a fix is worth: its value, or plainly what it unlocks. With ``confirmed_only``, a fix
    unlocks confirmed gaps alone.
    """

    def __init__(self, landscape: Landscape, *, rank: Rank = "value", confirmed_only: bool = False) -> None:
        self.landscape = landscape
        self.rank = rank
        self.network = Network(landscape)
        self.expected = expected_pairs(self.network)
        for each in self.expected if confirmed_only else ():
            each.only = self.confirmed(each)

    @cached_property
    def _finder(self) -> RouteFinder:
        return RouteFinder(self.landscape)

    @cached_property
    def candidates(self) -> list[Candidates]:
        """The edges that could be built, by relation in the order of the vocabulary."""
        used = {relation for each in self.expected for relation in each.automaton.relations()}
        relations = self.landscape.vocabulary.relations
        return [
            Candidates(self.network, name, self.expected)
            for name, relation in relations.items()
            if relation.buildable and name in used
        ]

    def confirmed(self, expected: Expected) -> Bools:
        """The gaps of which somebody has looked: weak ones, and those that a denied edge would close."""
        key = id(expected)
        if key not in self._confirmed:
            self._confirmed[key] = self._confirm(expected)
        return self._confirmed[key]

    @cached_property
    def _confirmed(self) -> dict[int, Bools]:
        return {}

    def _confirm(self, expected: Expected) -> Bools:
        confirmed = expected.weak.copy()
        for relation in sorted(expected.automaton.relations()):
            sources, targets, cargo = self.network.statements(relation, ("removed", "none"))
            carrying = (cargo & expected.carrying) == expected.carrying
            confirmed |= closed_by_any(self.network, relation, expected, sources[carrying], targets[carrying])
        return confirmed & expected.unmet

    def tally(self, side: str | None = None, entry: str | None = None) -> Tally:
        """How the expected pairs stand: all, those of a side, or those that an entry is an end of."""
        total = Tally()
        for each in self.expected:
            if side is None or each.expectation.side == side:
                total += tally_of(each, None if entry is None else self.network.index[entry])
        return total

    def score(self) -> float | None:
        """The weighted share of the expected pairs that are met; None where nothing is expected."""
        weight = sum(each.expectation.weight * int(each.pairs.sum()) for each in self.expected)
        met = sum(each.expectation.weight * int((each.pairs & each.strong).sum()) for each in self.expected)
        return met / weight if weight else None

    def standing(self) -> dict[PairId, str]:
        """How every expected pair stands: ``met`` or a gap's status."""
        standing = {}
        for each in self.expected:
            statuses = np.zeros(each.unmet.shape, dtype=np.int8)
            for number, status in enumerate(STATUSES, start=1):
                statuses[self.status_mask(each, status)] = number
            rows, columns = np.nonzero(each.pairs)
            for row, column, number in zip(
                rows.tolist(), columns.tolist(), statuses[rows, columns].tolist(), strict=True
            ):
                standing[self.id_of(each, row, column)] = ("met", *STATUSES)[number]
        return standing

    def __len__(self) -> int:
        return sum(int(each.unmet.sum()) for each in self.expected)

    def top(self, count: int | None, wanted: GapFilter = EVERYTHING, *, most_fixes: int | None = None) -> list[Gap]:
        """The first `count` of the wanted gaps (all if None): best fix first, then heaviest, then by id.

        Each gap has its `most_fixes` best fixes, or all of them if None.
        """
        masks = [self._mask(each, wanted) for each in self.expected]
        total = sum(int(mask.sum()) for mask in masks)
        ranked = None
        if count is not None and count < total:
            ranked = self._first(count, masks)
        if ranked is None:
            ranked = self._all(masks)[:count]
        return [self._gap(self.expected[number], row, column, most_fixes) for number, row, column in ranked]

    def _all(self, masks: list[Bools]) -> list[_Place]:
        """All gaps of the masks in order, by the best worth of each."""
        found: list[tuple[Floats, Ints, Ints, Ints]] = []
        for number, (each, mask) in enumerate(zip(self.expected, masks, strict=True)):
            cells = Cells(np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0)))
            best = np.zeros((len(cells.rows), len(cells.columns)))
            for candidates in self.candidates if best.size else ():
                for sources in candidates.blocks():
                    candidates.raise_best(best, each, cells, sources, self._worth(candidates, sources))
            row, column = np.nonzero(mask[np.ix_(cells.rows, cells.columns)])
            found.append((best[row, column], np.full(len(row), number), cells.rows[row], cells.columns[column]))
        if not found:
            return []
        worth, numbers, rows, columns = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return self._in_order(worth, numbers, rows, columns)

    def _first(self, count: int, masks: list[Bools]) -> list[_Place] | None:
        """The first gaps in order, by what the best fixes close; None where that takes too many fixes."""
        best: list[tuple[float, str, int, int]] = []
        for candidates in self.candidates:
            for sources in candidates.blocks():
                best += candidates.first(sources, self._worth(candidates, sources), _FIXES_TRIED)
        best = sorted(best, reverse=True)[:_FIXES_TRIED]
        worth: dict[_Place, float] = {}
        for value, fixes in groupby(best, key=lambda fix: fix[0]):
            if len(worth) >= count:
                break
            for _, relation, source, target in fixes:
                for number, closed in self._closed(relation, (source, target)):
                    for row, column in np.argwhere(closed & masks[number]).tolist():
                        worth.setdefault((number, row, column), value)
        else:
            return None  # there may be more fixes of the same worth as the last one tried
        if len(worth) < count:
            return None
        numbers, rows, columns = np.array(list(worth)).T
        return self._in_order(np.array(list(worth.values())), numbers, rows, columns)[:count]

    def best_fix(self) -> Fix | None:
        """The fix of the most value, None where no single edge would close anything; of equals the first by id."""
        best: tuple[float, float, str, str, str] | None = None
        ids = self.network.ids
        for candidates in self.candidates:
            for sources in candidates.blocks():
                worth = self._worth(candidates, sources)
                if not worth.size or worth.max() <= 0 or (best is not None and worth.max() < -best[0]):
                    continue
                unlocks, _ = candidates.tables(sources)
                for row, column in np.argwhere(worth == worth.max()).tolist():
                    edge = ids[sources[row]], candidates.relation, ids[candidates.targets[column]]
                    key = (-float(worth[row, column]), -float(unlocks[row, column]), *edge)
                    best = key if best is None else min(best, key)
        return None if best is None else self.fix(Edge(*best[2:]), -best[1])

    def fix(self, edge: Edge, unlocks: float) -> Fix:
        """An edge as a fix, with its precedent."""
        source, target = self.network.index[edge.source], self.network.index[edge.target]
        return self._fix(edge.relation, source, target, unlocks, self._precedents(edge.relation).of(source, target))

    def closed_by(self, edges: list[Edge]) -> list[tuple[Expected, Bools]]:
        """The counted gaps that some edges would close together, by expectation; those with none are left out."""
        found = []
        for each in self.expected:
            laid = []
            for source, relation, target in edges:
                edge = self.network.index[source], self.network.index[target]
                uses = self.uses(relation, each)
                if uses and carries(self.network, relation, edge, each.carrying):
                    laid += [(use, edge) for use in uses]
            if laid:
                closed = closed_together(self.network, laid) & each.counted
                if closed.any():
                    found.append((each, closed))
        return found

    def ids(self, each: Expected, mask: Bools) -> list[PairId]:
        """Some gaps of one expectation."""
        return [self.id_of(each, row, column) for row, column in np.argwhere(mask).tolist()]

    def _worth(self, candidates: Candidates, sources: Ints) -> Floats:
        unlocks, precedent = candidates.tables(sources)
        return unlocks if self.rank == "unlocks" else unlocks * precedent

    def _closed(self, relation: str, edge: tuple[int, int]) -> Iterator[tuple[int, Bools]]:
        """The gaps that an edge would close, by the number of the expectation."""
        for number, each in enumerate(self.expected):
            uses = self.uses(relation, each)
            if uses and carries(self.network, relation, edge, each.carrying):
                yield number, closed_by(self.network, edge, uses) & each.unmet

    def uses(self, relation: str, each: Expected) -> list[Use]:
        """All ways in which edges of a relation serve an expectation."""
        key = relation, id(each)
        if key not in self._known_uses:
            self._known_uses[key] = uses_of(self.network, relation, each)
        return self._known_uses[key]

    @cached_property
    def _known_uses(self) -> dict[tuple[str, int], list[Use]]:
        return {}

    def _in_order(self, worth: Floats, numbers: Ints, rows: Ints, columns: Ints) -> list[_Place]:
        """Most worth first, then the heaviest, then by id: everything is numbered in the order of ids."""
        weights = np.array([each.expectation.weight for each in self.expected])
        order = np.lexsort((columns, rows, numbers, -weights[numbers], -worth))
        return list(zip(numbers[order].tolist(), rows[order].tolist(), columns[order].tolist(), strict=True))

    def count(self, wanted: GapFilter = EVERYTHING) -> int:
        """How many gaps are wanted."""
        return sum(int(self._mask(each, wanted).sum()) for each in self.expected)

    def _mask(self, each: Expected, wanted: GapFilter) -> Bools:
        """The wanted gaps of one expectation."""
        expectation = each.expectation
        mask = each.unmet.copy()
        if (wanted.sides and expectation.side not in wanted.sides) or (
            wanted.expectations and expectation.id not in wanted.expectations
        ):
            mask[:] = False
            return mask
        if wanted.statuses:
            mask &= ~each.unmet | np.logical_or.reduce([self.status_mask(each, s) for s in wanted.statuses])
        if wanted.certainties and len(wanted.certainties) == 1:
            confirmed = self.confirmed(each)
            mask &= confirmed if "confirmed" in wanted.certainties else ~confirmed
        if wanted.sources:
            mask &= self._among(each.sources, wanted.sources)[:, None]
        if wanted.targets:
            mask &= self._reaching_any(each, wanted.targets)
        if wanted.ends:
            ends = self._among(each.sources, wanted.ends)[:, None]
            mask &= ends if each.any else ends | self._reaching_any(each, wanted.ends)
        if wanted.tags:
            tagged = {e.id for e in self.landscape.entries.values() if wanted.tags.intersection(e.tags)}
            mask &= self._among(each.sources, tagged)[:, None] | self._reaching_any(each, tagged)
        if wanted.stages:
            mask &= self._staged(each, wanted.stages)
        if wanted.closed_by:
            mask &= np.logical_or.reduce([self._tracked_by(each, closes) for closes in wanted.closed_by])
        if wanted.exclude:
            for row, column in np.argwhere(mask).tolist():
                mask[row, column] = self.id_of(each, row, column) not in wanted.exclude
        return mask

    def id_of(self, each: Expected, row: int, column: int) -> PairId:
        """The pair that stands in one cell."""
        ids = self.network.ids
        return PairId(each.expectation.id, ids[each.sources[row]], None if each.any else ids[each.targets[column]])

    def status_mask(self, each: Expected, status: str) -> Bools:
        """The gaps of one expectation with a status."""
        missing = each.unmet & ~each.weak & ~each.regressed
        return {"missing": missing, "weak": each.weak, "regressed": each.regressed}[status]

    def _among(self, entries: Iterable[int], ids: Iterable[str]) -> Bools:
        wanted = set(ids)
        return np.array([self.network.ids[i] in wanted for i in entries], dtype=bool)

    def _reaching_any(self, each: Expected, ids: Iterable[str]) -> Bools:
        """Which columns are, or may be, one of these targets."""
        among = self._among(each.targets, ids)
        if each.any:
            return np.full((1, 1), bool(among.any()))
        return among[None, :]

    def _staged(self, each: Expected, stages: frozenset[str]) -> Bools:
        mask = np.zeros(each.unmet.shape, dtype=bool)
        for (row, column), record in self.records_of(each).items():
            mask[row, column] = self.landscape.records[record].stage in stages
        return mask

    def records_of(self, each: Expected) -> Mapping[tuple[int, int], str]:
        """The record of each tracked gap of one expectation: the first by id that closes it."""
        key = id(each)
        if key not in self._tracked:
            self._tracked[key] = self._track(each)
        return self._tracked[key]

    @cached_property
    def _tracked(self) -> dict[int, dict[tuple[int, int], str]]:
        return {}

    def _track(self, each: Expected) -> dict[tuple[int, int], str]:
        tracked: dict[tuple[int, int], str] = {}
        for record in self.landscape.records.values():
            for row, column in np.argwhere(self._tracked_by(each, record.closes)).tolist():
                tracked.setdefault((row, column), record.id)
        return tracked

    def _tracked_by(self, each: Expected, closes: tuple[str, ...]) -> Bools:
        """The gaps of one expectation that are named, or that the edges named would close together."""
        mask = np.zeros(each.unmet.shape, dtype=bool)
        laid: list[tuple[Use, tuple[int, int]]] = []
        for text in closes:
            if PairId.looks_like(text):
                expectation, source, target = self.landscape.parse_gap_id(text)
                rows = np.flatnonzero(each.sources == self.network.index[source])
                if expectation == each.expectation.id and len(rows):
                    goal = None if target is None else self.network.index[target]
                    column = each.column_of(int(rows[0]), goal)
                    if column is not None:
                        mask[rows[0], column] = True
                continue
            source, relation, target = self.landscape.parse_edge(text)
            edge = self.network.index[source], self.network.index[target]
            uses = self.uses(relation, each)
            if uses and carries(self.network, relation, edge, each.carrying):
                laid += [(use, edge) for use in uses]
        if laid:
            mask |= closed_together(self.network, laid)
        return mask & each.unmet

    def _gap(self, each: Expected, row: int, column: int, most_fixes: int | None) -> Gap:
        ids, expectation = self.network.ids, each.expectation
        source = ids[each.sources[row]]
        target = None if each.any else ids[each.targets[column]]
        status = next(s for s in ("weak", "regressed", "missing") if self.status_mask(each, s)[row, column])
        fixes = tuple(self._fixes(each, row, column, most_fixes))
        route = None
        if status == "weak":
            goals = [ids[i] for i in each.targets if ids[i] != source] if target is None else [target]
            route = self._weak_route(each, source, goals)
        return Gap(
            side=expectation.side,
            expectation=expectation.id,
            source=source,
            target=target,
            status=status,
            certainty="confirmed" if self.confirmed(each)[row, column] else "presumed",
            weight=expectation.weight,
            value=fixes[0].value if fixes else 0.0,
            fixes=fixes,
            route=route,
            record=self.records_of(each).get((row, column)),
        )

    def _weak_route(self, each: Expected, source: str, goals: list[str]) -> Route:
        """The best route there is; a roundabout one where a sensible one is missing."""
        carrying = each.expectation.carrying
        find = partial(self._finder.find, source, goals, top=1, automaton=each.automaton, carrying=carrying)
        return (find() or find(sensible=False))[0]

    def _fixes(self, each: Expected, row: int, column: int, most: int | None) -> list[Fix]:
        """The best edges that would each close a gap, at most `most` of them; equal ones in order of their ids."""
        by_unlocks, ids = self.rank == "unlocks", self.network.ids
        closing = []
        for candidates in self.candidates:
            for source, target, unlocks, precedent in candidates.closing(each, row, column):
                worth = unlocks if by_unlocks else unlocks * precedent
                closing.append((-worth, -unlocks, ids[source], candidates.relation, ids[target], precedent))
        closing.sort()
        return [
            self._fix(relation, self.network.index[source], self.network.index[target], -unlocks, precedent)
            for _, unlocks, source, relation, target, precedent in closing[:most]
        ]

    def _fix(self, relation: str, source: int, target: int, unlocks: float, precedent: float) -> Fix:
        ids = self.network.ids
        usage = self._precedents(relation).usage(source, target)
        return Fix(ids[source], relation, ids[target], unlocks, precedent, unlocks * precedent, usage)

    def _precedents(self, relation: str) -> Precedent:
        if relation not in self._usage:
            self._usage[relation] = Precedent(self.network, relation)
        return self._usage[relation]

    @cached_property
    def _usage(self) -> dict[str, Precedent]:
        return {}
