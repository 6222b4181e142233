"""Every expected pair with how it stands, how it is met and the best way there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from interop_landscape.analysis.gaps import STATUSES, Gaps
from interop_landscape.analysis.routes import Route, RouteFinder
from interop_landscape.analysis.ways import NOWHERE, Ways, ways

MOST_ROUTES: Final = 6_000
"""Pairs whose best way is searched, one by one; a larger landscape shows how its pairs are met, not each way."""


@dataclass(frozen=True)
class Pair:
    """An expected pair; `target` is None where any would do.

    ``status`` is ``met`` or a gap's; ``how`` the name of the route that joins it, None where none does; ``record``
    the id of the record that tracks it.
    """

    id: str
    expectation: str
    source: str
    target: str | None
    status: str
    how: str | None
    proven: bool
    record: str | None
    route: Route | None

    @property
    def anchor(self) -> str:
        """Where it stands on its source's page."""
        return f"to-{self.expectation}-{self.target or 'any'}"


def pairs_of(gaps: Gaps) -> Mapping[str, tuple[Pair, ...]]:
    """The expected pairs by expectation, in the order of sources and targets."""
    finder = RouteFinder(gaps.landscape)
    joined = sum(int(each.live.sum()) for each in gaps.expected)
    return {
        one.each.expectation.id: tuple(_pairs(gaps, one, finder if joined <= MOST_ROUTES else None))
        for one in ways(gaps)
    }


def _pairs(gaps: Gaps, one: Ways, finder: RouteFinder | None) -> Iterator[Pair]:
    each, ids = one.each, gaps.network.ids
    masks = {status: gaps.status_mask(each, status) for status in STATUSES}
    records = gaps.records_of(each)
    pairs, live = each.pairs, each.live
    for row, source in enumerate(each.sources.tolist()):
        for column in pairs[row].nonzero()[0].tolist():
            target = None if each.any else ids[each.targets[column]]
            route = None
            if finder is not None and live[row, column]:
                goals = [ids[i] for i in each.targets] if target is None else [target]
                found = finder.find(
                    ids[source],
                    [goal for goal in goals if goal != ids[source]],
                    top=1,
                    automaton=each.automaton,
                    carrying=each.expectation.carrying,
                )
                route = found[0] if found else None
            how = int(one.how[row, column])
            yield Pair(
                id=str(gaps.id_of(each, row, column)),
                expectation=each.expectation.id,
                source=ids[source],
                target=target,
                status=next((status for status in STATUSES if masks[status][row, column]), "met"),
                how=None if how == NOWHERE else one.routes[how],
                proven=bool(one.proven[row, column]),
                record=records.get((row, column)),
                route=route,
            )
