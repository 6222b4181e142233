"""The weighted share of expected pairs that are met, by side and by entry: docs/design.md#score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.network import Floats
from interop_landscape.analysis.tally import Tally

_COUNTED: Final = ("expected", "met", "weak", "regressed", "weight", "met weight")


@dataclass(frozen=True)
class Scores:
    """The tallies of everything, of each side in the vocabulary's order, and of each entry that is expected."""

    total: Tally
    sides: Mapping[str, Tally]
    entries: Mapping[str, Tally]

    def lowest_first(self) -> list[tuple[str, Tally]]:
        """(id, tally) of each entry that is expected, lowest score first, then most unmet."""
        return sorted(self.entries.items(), key=lambda item: (item[1].score, item[1].met - item[1].expected, item[0]))


def scores(gaps: Gaps) -> Scores:
    """Score everything, every side and every entry at an end of an expected pair."""
    entries = {entry: sum(sides.values(), Tally()) for entry, sides in entry_tallies(gaps).items()}
    return Scores(gaps.tally(), side_tallies(gaps), entries)


def entry_tallies(gaps: Gaps) -> dict[str, dict[str, Tally]]:
    """By entry at an end of an expected pair, in the order of ids, its tally on each side where it has one."""
    ids = gaps.network.ids
    counts: dict[str, Floats] = {}
    for each in gaps.expected:
        table = counts.setdefault(each.expectation.side, np.zeros((len(ids), len(_COUNTED))))
        masks = (each.pairs, each.pairs & each.strong, each.weak, each.regressed)
        weighed = (each.weights * masks[0], each.weights * masks[1])
        for column, cells in enumerate((*masks, *weighed)):
            np.add.at(table[:, column], each.sources, cells.sum(axis=1))
            if not each.any:
                np.add.at(table[:, column], each.targets, cells.sum(axis=0))
    found: dict[str, dict[str, Tally]] = {}
    for index, name in enumerate(ids):
        for side in gaps.landscape.vocabulary.sides:
            if side in counts and counts[side][index, 0]:
                found.setdefault(name, {})[side] = _tally(*counts[side][index].tolist())
    return found


def _tally(expected: float, met: float, weak: float, regressed: float, weight: float, met_weight: float) -> Tally:
    missing = int(expected - met - weak - regressed)
    return Tally(int(expected), int(met), missing, int(weak), int(regressed), weight, met_weight)


def side_tallies(gaps: Gaps) -> dict[str, Tally]:
    """The tally of each side in the vocabulary's order."""
    return {side: gaps.tally(side) for side in gaps.landscape.vocabulary.sides}
