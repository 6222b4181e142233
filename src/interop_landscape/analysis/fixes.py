"""The fixes of a landscape, best first, each counted exactly: docs/design.md#fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from interop_landscape.analysis.asked import declined
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps import EVERYTHING, Fix, GapFilter, Gaps
from interop_landscape.analysis.gaps.counting import ExpectedPair
from interop_landscape.analysis.joint import WholeFix, joint_fixes, record_of, single, weight_closed
from interop_landscape.analysis.network import Bools, Floats, Ints
from interop_landscape.analysis.promise import Foremost
from interop_landscape.analysis.unlocks import Candidates
from interop_landscape.ids import Edge, PairId
from interop_landscape.reading.models import Record

Closed = list[tuple[Expected, Bools]]
_HELPED: Final = 5


@dataclass(frozen=True)
class ListedFix:
    """A fix with the gaps that it closes and the record that tracks it.

    ``helps`` are the entries whose pairs it closes, with how many each, the most first.
    """

    fix: WholeFix
    closes: tuple[PairId, ...]
    helps: tuple[tuple[str, int], ...]
    record: Record | None


@dataclass(frozen=True)
class Group:
    """The wanted gaps whose best fix is the same; None where no single fix would close them."""

    listed: ListedFix | None
    gaps: tuple[ExpectedPair, ...]


class Fixes:
    """The fixes that would close any of the wanted gaps; what each is worth is the same whatever is wanted."""

    def __init__(self, gaps: Gaps, wanted: GapFilter = EVERYTHING) -> None:
        self.gaps = gaps
        self._masks = {each: gaps.mask(each, wanted) for each in gaps.expected}
        self._everything = wanted == EVERYTHING
        self._joint = joint_fixes(gaps)
        self._members = {edge for one in self._joint for edge in one.laid}

    def __len__(self) -> int:
        members = sum(self._closes_wanted([edge]) for edge in self._members)
        listed = sum(
            int(np.count_nonzero(self._table(candidates, narrowed, sources)[1]))
            for candidates, narrowed in zip(self.gaps.candidates, self._narrowed, strict=True)
            for sources in candidates.blocks()
        )
        return listed - members + len(self._wanted_joint) + len(self._declined)

    def top(self, count: int | None) -> list[ListedFix]:
        """The first `count` (all if None): of most worth, then of most that it unlocks; declined ones last."""
        return [self._listed(one, self.gaps.closed_by(one.laid)) for one in self._ranked(count)]

    def groups(self, count: int | None) -> list[Group]:
        """The wanted gaps by their best fix, the first `count` groups (all if None), those without a fix last."""
        left = {each: mask.copy() for each, mask in self._masks.items()}
        found: list[Group] = []
        asked = 64 if count is None else 4 * count
        ranked, done = self._ranked(asked), 0
        while done < len(ranked) and (count is None or len(found) < count) and _any(left):
            closes = self.gaps.closed_by(ranked[done].laid) if ranked[done].value > 0 else []
            closed = [(each, wanted) for each, mask in closes if (wanted := mask & left[each]).any()]
            if closed:
                found.append(Group(self._listed(ranked[done], closes), tuple(self._pairs(closed))))
                for each, mask in closed:
                    left[each] &= ~mask
            done += 1
            if done == len(ranked) == asked:
                asked *= 4
                ranked = self._ranked(asked)
        if _any(left) and (count is None or len(found) < count):
            found.append(Group(None, tuple(self._pairs(list(left.items())))))
        return found

    def _pairs(self, closed: Closed) -> Iterator[ExpectedPair]:
        for each, mask in closed:
            yield from self.gaps.gaps_at(each, mask)

    def _ranked(self, count: int | None) -> list[WholeFix]:
        """The first `count` in order."""
        landscape = self.gaps.landscape
        singles = [single(fix, landscape) for fix in self._singles(None if count is None else count)]
        ranked = sorted([*singles, *self._wanted_joint], key=self._place)
        return [*ranked, *self._declined][:count]

    def _place(self, one: WholeFix) -> tuple[float, float, list[Edge]]:
        worth = one.unlocks if self.gaps.rank == "unlocks" else one.value
        return -worth, -one.unlocks, one.laid

    def _singles(self, count: int | None) -> list[Fix]:
        """No less than the first `count` fixes of one edge, without those that are part of joint ones."""
        foremost = Foremost(None if count is None else count + len(self._members))
        by_unlocks, ids, found = self.gaps.rank == "unlocks", self.gaps.network.ids, []
        for candidates, narrowed in zip(self.gaps.candidates, self._narrowed, strict=True):
            for promise, sources in candidates.foremost_first(by_unlocks=by_unlocks):
                if promise < foremost.least:
                    break
                unlocks, worth = self._table(candidates, narrowed, sources)
                foremost.add(candidates.relation, sources, candidates.targets, unlocks, worth)
        for _, weight, relation, source, target in foremost.edges():
            edge = Edge(ids[source], relation, ids[target])
            if edge not in self._members:
                found.append(self.gaps.fix(edge, weight))
        return found

    def _table(self, candidates: Candidates, narrowed: Candidates, sources: Ints) -> tuple[Floats, Floats]:
        """(unlocks, worth) of the edges from some sources to all targets; worth is 0 where nothing wanted is closed."""
        unlocks, factor = candidates.tables(sources)
        wanted = (unlocks if narrowed is candidates else narrowed.tables(sources)[0]) > 0
        worth = unlocks * (factor > 0 if self.gaps.rank == "unlocks" else factor)
        return unlocks, np.where(wanted, worth, 0.0)

    @cached_property
    def _narrowed(self) -> list[Candidates]:
        """The candidates, counting wanted gaps alone."""
        if self._everything:
            return self.gaps.candidates
        narrow = [each.narrowed(self._masks[each]) for each in self.gaps.expected]
        return [Candidates(self.gaps.network, one.relation, narrow) for one in self.gaps.candidates]

    @cached_property
    def _wanted_joint(self) -> list[WholeFix]:
        return [one for one in self._joint if self._closes_wanted(one.laid)]

    @cached_property
    def _declined(self) -> list[WholeFix]:
        """What was declined, the most that it would unlock first."""
        edges = self.gaps.asked(declined(self.gaps.landscape))
        fixes = [self.gaps.fix(edge, weight_closed(self.gaps, [edge])) for edge in edges if self._closes_wanted([edge])]
        return [single(fix, self.gaps.landscape) for fix in sorted(fixes, key=lambda fix: (-fix.unlocks, fix.edge))]

    def _closes_wanted(self, edges: list[Edge]) -> bool:
        return any((mask & self._masks[each]).any() for each, mask in self.gaps.closed_by(edges))

    def _listed(self, fix: WholeFix, closed: Closed) -> ListedFix:
        closes = tuple(pair for each, mask in closed for pair in self.gaps.ids(each, mask))
        helped = Counter(pair.source for pair in closes)
        most = sorted(helped.items(), key=lambda item: (-item[1], item[0]))[:_HELPED]
        return ListedFix(fix, closes, tuple(most), record_of(self.gaps.landscape, fix.laid))


def _any(left: dict[Expected, Bools]) -> bool:
    return any(mask.any() for mask in left.values())
