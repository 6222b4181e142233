"""Scores: the weighted share of expected pairs that are met, by side and by entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.tally import Tally


@dataclass(frozen=True)
class Scores:
    """The tallies of everything, of each side in the vocabulary's order, and of each entry that is expected."""

    total: Tally
    sides: Mapping[str, Tally]
    entries: Mapping[str, Tally]


def scores(gaps: Gaps) -> Scores:
    """Score everything, every side and every entry at an end of an expected pair."""
    network = gaps.network
    entries = {}
    ends = {int(i) for each in gaps.expected for i in (*each.sources, *each.targets)}
    for index in sorted(ends):
        tally = gaps.tally(entry=network.ids[index])
        if tally.expected:
            entries[network.ids[index]] = tally
    return Scores(gaps.tally(), side_tallies(gaps), entries)


def side_tallies(gaps: Gaps) -> dict[str, Tally]:
    """The tally of each side in the vocabulary's order."""
    return {side: gaps.tally(side) for side in gaps.landscape.vocabulary.sides}
