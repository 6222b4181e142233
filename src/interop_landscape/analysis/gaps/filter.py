"""Which gaps are wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps.counting import Counting
from interop_landscape.analysis.gaps.models import CERTAINTIES, STATUSES
from interop_landscape.analysis.gaps.tracking import Tracking
from interop_landscape.analysis.network import Bools
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape, known_names


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


def filter_of(
    landscape: Landscape,
    *,
    side: Iterable[str] = (),
    from_: Iterable[str] = (),
    to: Iterable[str] = (),
    expectation: Iterable[str] = (),
    status: Iterable[str] = (),
    certainty: Iterable[str] = (),
    stage: Iterable[str] = (),
    tag: Iterable[str] = (),
) -> GapFilter:
    """The filter that these names ask for; entries may be called by id, alias or name.

    Raises UnknownName where one names what there is not.
    """
    tags = {tag for entry in landscape.entries.values() for tag in entry.tags}
    return GapFilter(
        sides=known_names("side", side, landscape.vocabulary.sides),
        sources=frozenset(landscape.entry(name).id for name in from_),
        targets=frozenset(landscape.entry(name).id for name in to),
        expectations=known_names("expectation", expectation, landscape.expectations),
        statuses=known_names("status", status, STATUSES),
        certainties=known_names("certainty", certainty, CERTAINTIES),
        stages=known_names("stage", stage, landscape.vocabulary.stages),
        tags=known_names("tag", tag, tags),
    )


class Filter:
    """Finds the wanted gaps of an expectation."""

    def __init__(self, counting: Counting, tracking: Tracking) -> None:
        self._counting = counting
        self._tracking = tracking

    def mask(self, each: Expected, wanted: GapFilter) -> Bools:
        """The wanted gaps of one expectation."""
        expectation = each.expectation
        mask = each.unmet.copy()
        if (wanted.sides and expectation.side not in wanted.sides) or (
            wanted.expectations and expectation.id not in wanted.expectations
        ):
            mask[:] = False
            return mask
        mask &= self._standing(each, wanted)
        mask &= self._between(each, wanted)
        if wanted.stages:
            mask &= self._tracking.staged(each, wanted.stages)
        if wanted.closed_by:
            mask &= np.logical_or.reduce([self._tracking.tracked_by(each, closes) for closes in wanted.closed_by])
        if wanted.exclude:
            for row, column in np.argwhere(mask).tolist():
                mask[row, column] = self._counting.id_of(each, row, column) not in wanted.exclude
        return mask

    def _standing(self, each: Expected, wanted: GapFilter) -> Bools:
        """The gaps with a wanted status and certainty."""
        mask = each.unmet.copy()
        if wanted.statuses:
            mask &= np.logical_or.reduce([self._counting.status_mask(each, status) for status in wanted.statuses])
        if len(wanted.certainties) == 1:
            confirmed = self._counting.confirmed(each)
            mask &= confirmed if "confirmed" in wanted.certainties else ~confirmed
        return mask

    def _between(self, each: Expected, wanted: GapFilter) -> Bools:
        """The cells whose ends are wanted."""
        mask = np.ones(each.unmet.shape, dtype=bool)
        if wanted.sources:
            mask &= self._among(each.sources, wanted.sources)[:, None]
        if wanted.targets:
            mask &= self._reaching_any(each, wanted.targets)
        if wanted.ends:
            ends = self._among(each.sources, wanted.ends)[:, None]
            mask &= ends if each.any else ends | self._reaching_any(each, wanted.ends)
        if wanted.tags:
            entries = self._counting.landscape.entries.values()
            tagged = {entry.id for entry in entries if wanted.tags.intersection(entry.tags)}
            mask &= self._among(each.sources, tagged)[:, None] | self._reaching_any(each, tagged)
        return mask

    def _among(self, entries: Iterable[int], ids: Iterable[str]) -> Bools:
        wanted = set(ids)
        return np.array([self._counting.network.ids[i] in wanted for i in entries], dtype=bool)

    def _reaching_any(self, each: Expected, ids: Iterable[str]) -> Bools:
        """Which columns are, or may be, one of these targets."""
        among = self._among(each.targets, ids)
        if each.any:
            return np.full((1, 1), bool(among.any()))
        return among[None, :]
