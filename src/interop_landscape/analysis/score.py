"""The weighted share of expected pairs that are met, by side and by entry: docs/design.md#score."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.tally import Tally, tally_by


@dataclass(frozen=True)
class Scores:
    """The tallies of everything, of each side in the vocabulary's order, and of each entry that is expected."""

    total: Tally
    sides: Mapping[str, Tally]
    entries: Mapping[str, Tally]


def scores(gaps: Gaps) -> Scores:
    """Score everything, every side and every entry at an end of an expected pair."""
    entries = {entry: sum(sides.values(), Tally()) for entry, sides in entry_tallies(gaps).items()}
    return Scores(gaps.tally(), side_tallies(gaps), entries)


def entry_tallies(gaps: Gaps) -> dict[str, dict[str, Tally]]:
    """By entry at an end of an expected pair, in the order of ids, its tally on each side where it has one."""
    counts: defaultdict[tuple[str, Expected], Counter[str]] = defaultdict(Counter)
    for pair in gaps.pairs():
        for end in {pair.id.source, pair.id.target or pair.id.source}:
            counts[end, pair.expected][pair.status] += 1
    tallies: dict[str, dict[str, Tally]] = {}
    for (entry, each), by_status in counts.items():
        sides, side = tallies.setdefault(entry, {}), each.expectation.side
        sides[side] = sides.get(side, Tally()) + tally_by(by_status, each.expectation.weight)
    return {
        entry: {side: tallies[entry][side] for side in gaps.landscape.vocabulary.sides if side in tallies[entry]}
        for entry in gaps.network.ids
        if entry in tallies
    }


def side_tallies(gaps: Gaps) -> dict[str, Tally]:
    """The tally of each side in the vocabulary's order."""
    return {side: gaps.tally(side) for side in gaps.landscape.vocabulary.sides}
