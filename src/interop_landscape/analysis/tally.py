"""The status of expected pairs: counts, weights and scores."""

from __future__ import annotations

from dataclasses import dataclass

from interop_landscape.analysis.expected import Expected


@dataclass(frozen=True)
class Tally:
    """The status of the expected pairs of a side, of an entry or of everything.

    ``score`` is the share of the expected weight that is met, None where nothing is expected.
    """

    expected: int = 0
    met: int = 0
    missing: int = 0
    weak: int = 0
    regressed: int = 0
    weight: float = 0.0
    met_weight: float = 0.0

    @property
    def score(self) -> float | None:
        """The weighted share of the expected pairs that are met, from 0 to 1."""
        return self.met_weight / self.weight if self.weight else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.expected + other.expected,
            self.met + other.met,
            self.missing + other.missing,
            self.weak + other.weak,
            self.regressed + other.regressed,
            self.weight + other.weight,
            self.met_weight + other.met_weight,
        )


def tally_of(each: Expected, entry: int | None = None) -> Tally:
    """The tally of one expectation, or of its pairs that an entry (by index) is an end of."""
    mask = each.pairs
    if entry is not None:
        mine = each.sources == entry
        mask = mask & (mine[:, None] if each.any else mine[:, None] | (each.targets == entry)[None, :])
    expected, met = int(mask.sum()), int((mask & each.strong).sum())
    weak, regressed = int((mask & each.weak).sum()), int((mask & each.regressed).sum())
    weight, met_weight = each.weigh(mask), each.weigh(mask & each.strong)
    return Tally(expected, met, expected - met - weak - regressed, weak, regressed, weight, met_weight)
