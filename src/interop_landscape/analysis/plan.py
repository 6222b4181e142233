"""Which edges to build, one after the other, so that the most gaps close: docs/design.md#plan.

Each step takes the fix of the most value, one edge or those that one tool would bring, adds it, and counts
everything anew: two edges in series can close what neither closes alone, so what an edge was worth before says
nothing certain about what it is worth now. A series of two edges is one step where it is worth more than
twice the best fix; its value is what both unlock together, weighed by the factors of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import prod

from interop_landscape.analysis.gaps import Fix, Gaps
from interop_landscape.analysis.joint import WholeFix, joint_fixes, record_of, single
from interop_landscape.analysis.score import side_tallies
from interop_landscape.analysis.series import best_series
from interop_landscape.analysis.tally import Tally
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record


@dataclass(frozen=True)
class Step:
    """One fix, or two edges in series, as the landscape is after the steps before.

    ``unlocks`` is the weight of the gaps that the step closes and that the plan counts, ``closes`` all gaps
    that it closes. ``score`` is that of the landscape after it.
    """

    fixes: tuple[WholeFix, ...]
    unlocks: float
    closes: tuple[PairId, ...]
    score: float | None
    record: Record | None

    @property
    def edges(self) -> tuple[Fix, ...]:
        """All edges that it adds."""
        return tuple(edge for fix in self.fixes for edge in fix.edges)

    @property
    def by(self) -> str | None:
        """The tool that would bring the edges of a joint fix."""
        return self.fixes[0].by if self.fixes[0].is_joint else None

    @property
    def value(self) -> float:
        """What it unlocks, by how usual and how likely its edges are."""
        return self.unlocks * prod(fix.factor for fix in self.fixes)


@dataclass(frozen=True)
class Plan:
    """The steps in order; `before` and `after` are tallies of everything that the plan is about, also by side.

    There are fewer steps than asked for where nothing more can be closed.
    """

    before: Tally
    after: Tally
    sides: dict[str, tuple[Tally, Tally]]
    steps: tuple[Step, ...]


def plan(landscape: Landscape, steps: int, *, confirmed_only: bool = False) -> Plan:
    """Plan at most so many steps; with `confirmed_only`, steps are chosen by the confirmed gaps that they close."""
    return plan_from(Gaps(landscape, confirmed_only=confirmed_only), steps)


def plan_from(first: Gaps, steps: int) -> Plan:
    """The same, where the gaps that are there before the first step have been counted already."""
    gaps = first
    taken: list[Step] = []
    while len(taken) < steps:
        found = _best(gaps)
        if found is None:
            break
        fixes, unlocks = found
        edges = [edge for fix in fixes for edge in fix.laid]
        landscape = gaps.landscape.assuming(edges)
        after = Gaps(landscape, confirmed_only=first.confirmed_only)
        closes = tuple(_closed(gaps, after))
        taken.append(Step(fixes, unlocks, closes, after.score(), record_of(landscape, edges)))
        gaps = after
    old, new = side_tallies(first), side_tallies(gaps)
    sides = {side: (old[side], new[side]) for side in old if old[side].expected}
    return Plan(first.tally(), gaps.tally(), sides, tuple(taken))


def restricted(landscape: Landscape, sides: Iterable[str] = (), sources: Iterable[str] = ()) -> Landscape:
    """The same landscape, of which nothing is expected but on some sides and of some sources; all if empty."""
    wanted_sides, wanted = set(sides), set(sources)
    kept = {}
    for name, expectation in landscape.expectations.items():
        selector = expectation.from_
        if wanted:
            selector = replace(selector, entries=tuple(sorted(wanted & set(selector.entries or wanted))))
        if (not wanted_sides or expectation.side in wanted_sides) and (not wanted or selector.entries):
            kept[name] = replace(expectation, from_=selector)
    return landscape.replacing(expectations=kept)


def _best(gaps: Gaps) -> tuple[tuple[WholeFix, ...], float] | None:
    """The fix, or the two edges in series, to build next, and what they unlock."""
    best = gaps.best_fix()
    singles = [single(best, gaps.landscape)] if best else []
    # Of equals the joint one, which holds its edges.
    first = max([*joint_fixes(gaps), *singles], key=lambda fix: fix.value, default=None)
    series = best_series(gaps, first.value if first else 0.0)
    if series is not None:
        return tuple(single(fix, gaps.landscape) for fix in (series.first, series.second)), series.unlocks
    return ((first,), first.unlocks) if first else None


def _closed(before: Gaps, after: Gaps) -> Iterable[PairId]:
    """The gaps that are there before and not after."""
    for old, new in zip(before.expected, after.expected, strict=True):
        yield from before.ids(old, old.unmet & ~new.unmet)
