"""The gaps of a landscape, ranked by their best fix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps.counting import Counting, ExpectedPair
from interop_landscape.analysis.gaps.filter import EVERYTHING, Filter, GapFilter, filter_of
from interop_landscape.analysis.gaps.models import STATUSES, Fix, Gap, Rank
from interop_landscape.analysis.gaps.ranking import Ranking
from interop_landscape.analysis.gaps.tracking import Tracking
from interop_landscape.analysis.network import Bools
from interop_landscape.analysis.routes import Route, RouteFinder, Rule
from interop_landscape.analysis.unlocks import Candidates
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape

__all__ = ["EVERYTHING", "STATUSES", "ExpectedPair", "Fix", "Gap", "GapFilter", "Gaps", "Rank", "filter_of"]


class Gaps(Counting):
    """All gaps of a landscape, counted once; single gaps are made as they are asked for.

    ``rank`` says what a fix is worth: its value, or plainly what it unlocks. With ``confirmed_only``, a fix
    unlocks confirmed gaps alone.
    """

    def __init__(self, landscape: Landscape, *, rank: Rank = "value", confirmed_only: bool = False) -> None:
        super().__init__(landscape)
        self.rank = rank
        self.confirmed_only = confirmed_only
        self._tracking = Tracking(self)
        self._filter = Filter(self, self._tracking)
        self._routes: dict[tuple[str, int, int], Route | None] = {}
        for each in self.expected if confirmed_only else ():
            each.only = self.confirmed(each)

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking(self, self.rank)

    @cached_property
    def _finder(self) -> RouteFinder:
        return RouteFinder(self.landscape)

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        """What counts as a route, by expectation: what was explored by one and the same rule is kept."""
        return {
            each.expectation.id: Rule(each.automaton, frozenset(each.expectation.carrying)) for each in self.expected
        }

    @property
    def candidates(self) -> list[Candidates]:
        """The edges that could be built, by relation in the order of the vocabulary."""
        return self._ranking.candidates

    def records_of(self, each: Expected) -> Mapping[tuple[int, int], str]:
        """The record of each tracked gap of one expectation: the first by id that closes it."""
        return self._tracking.records_of(each)

    def count(self, wanted: GapFilter = EVERYTHING) -> int:
        """How many gaps are wanted."""
        return sum(int(self._filter.mask(each, wanted).sum()) for each in self.expected)

    def mask(self, each: Expected, wanted: GapFilter) -> Bools:
        """The wanted gaps of one expectation."""
        return self._filter.mask(each, wanted)

    def top(self, count: int | None, wanted: GapFilter = EVERYTHING, *, most_fixes: int | None = None) -> list[Gap]:
        """The first `count` of the wanted gaps (all if None): best fix first, then heaviest, then by id.

        Each gap has its `most_fixes` best fixes, or all of them if None.
        """
        places = self._places(count, wanted)
        for each, row, column in sorted(places, key=lambda place: (place[0].expectation.id, *place[1:])):
            if self.status_mask(each, "weak")[row, column]:
                self.route(each, row, column)  # one source after the other, which explores once what all routes share
        return [self._gap(each, row, column, most_fixes) for each, row, column in places]

    def in_order(self, wanted: GapFilter) -> list[PairId]:
        """What all of the wanted gaps are called, in the order of `top`."""
        return [self.id_of(each, row, column) for each, row, column in self._places(None, wanted)]

    def _places(self, count: int | None, wanted: GapFilter) -> list[tuple[Expected, int, int]]:
        places = self._ranking.places(count, [self._filter.mask(each, wanted) for each in self.expected])
        return [(self.expected[number], row, column) for number, row, column in places]

    def best_fix(self) -> Fix | None:
        """The fix of the most value, None where no single edge would close anything; of equals the first by id."""
        return self._ranking.best_fix()

    def asked(self, edges: Iterable[Edge]) -> set[Edge]:
        """Those of some edges that may be asked for, and serve any expectation."""
        return self._ranking.asked(edges)

    def fix(self, edge: Edge, unlocks: float) -> Fix:
        """An edge as a fix, with its precedent."""
        return self._ranking.fix(edge, unlocks)

    def _gap(self, each: Expected, row: int, column: int, most_fixes: int | None) -> Gap:
        expectation, (_, source, target) = each.expectation, self.id_of(each, row, column)
        status = next(s for s in ("weak", "regressed", "missing") if self.status_mask(each, s)[row, column])
        fixes = tuple(self._ranking.fixes(each, row, column, most_fixes))
        route = self._weak_route(each, row, column) if status == "weak" else None
        return Gap(
            side=expectation.side,
            expectation=expectation.id,
            source=source,
            target=target,
            status=status,
            certainty="confirmed" if self.confirmed(each)[row, column] else "presumed",
            weight=each.weight_of(row, column),
            value=fixes[0].value if fixes else 0.0,
            fixes=fixes,
            route=route,
            record=self.records_of(each).get((row, column)),
        )

    def route(self, each: Expected, row: int, column: int) -> Route | None:
        """The best sensible route of a pair, which is looked for once; None where there is none."""
        place = each.expectation.id, row, column
        if place not in self._routes:
            self._routes[place] = next(iter(self._find(each, row, column)), None)
        return self._routes[place]

    def _weak_route(self, each: Expected, row: int, column: int) -> Route:
        """The best route there is; a roundabout one where a sensible one is missing."""
        return self.route(each, row, column) or self._find(each, row, column, sensible=False)[0]

    def _find(self, each: Expected, row: int, column: int, *, sensible: bool = True) -> list[Route]:
        _, source, target = self.id_of(each, row, column)
        ids = self.network.ids
        goals = [ids[i] for i in each.targets if ids[i] != source] if target is None else [target]
        return self._finder.find([self._rules[each.expectation.id]], source, goals, top=1, sensible=sensible)
