"""The weighted share of expected pairs that are met, by side and by entry: docs/design.md#score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.tally import Tally

_COUNTED = ("expected", "met", "weak", "regressed", "weight", "met weight")


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
    ids = gaps.network.ids
    counts: dict[str, NDArray[np.float64]] = {}
    for each in gaps.expected:
        table = counts.setdefault(each.expectation.side, np.zeros((len(ids), len(_COUNTED))))
        masks = (each.pairs, each.pairs & each.strong, each.weak, each.regressed)
        weight = each.expectation.weight
        for column, mask in enumerate((*masks, masks[0], masks[1])):
            factor = weight if column >= len(masks) else 1.0
            np.add.at(table[:, column], each.sources, factor * mask.sum(axis=1))
            if not each.any:
                np.add.at(table[:, column], each.targets, factor * mask.sum(axis=0))
    found: dict[str, dict[str, Tally]] = {}
    for index, name in enumerate(ids):
        sides = {}
        for side in gaps.landscape.vocabulary.sides:
            if side in counts and counts[side][index, 0]:
                expected, met, weak, regressed = (int(count) for count in counts[side][index, :4])
                weight, met_weight = (float(one) for one in counts[side][index, 4:])
                missing = expected - met - weak - regressed
                sides[side] = Tally(expected, met, missing, weak, regressed, weight, met_weight)
        if sides:
            found[name] = sides
    return found


def side_tallies(gaps: Gaps) -> dict[str, Tally]:
    """The tally of each side in the vocabulary's order."""
    return {side: gaps.tally(side) for side in gaps.landscape.vocabulary.sides}
