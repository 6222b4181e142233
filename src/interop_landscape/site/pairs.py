"""Every expected pair with its status, how it is met and the best route there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from interop_landscape import phrases
from interop_landscape.analysis.connections import Connections, connections
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.routes import Route

MOST_ROUTES: Final = 6_000
"""The best route is searched for at most so many pairs; a larger landscape shows only how its pairs are met."""


@dataclass(frozen=True)
class Pair:
    """An expected pair; `target` is None where any would do.

    ``status`` is ``met`` or a gap's, with its ``certainty``; ``how`` the name of the route that joins it, None where
    none does; ``record`` the id of the record that tracks it. ``find`` looks for its best route.
    """

    id: str
    expectation: str
    source: str
    target: str | None
    status: str
    certainty: str | None
    how: str | None
    verified: bool
    record: str | None
    find: Callable[[], Route | None] = field(repr=False, compare=False)

    @property
    def route(self) -> Route | None:
        """The best route there is, which is looked for when somebody asks."""
        return self.find()

    @property
    def standing(self) -> str:
        """Which of `phrases.STANDING` it is."""
        return phrases.standing(self.status, self.certainty)

    @property
    def anchor(self) -> str:
        """Its anchor on its source's page."""
        return f"to-{self.expectation}-{self.target or 'any'}"


def pairs_of(gaps: Gaps) -> Mapping[str, tuple[Pair, ...]]:
    """The expected pairs by expectation, in the order of sources and targets."""
    joined = sum(int(each.live.sum()) for each in gaps.expected)
    return {
        one.each.expectation.id: tuple(_pairs(gaps, one, routed=joined <= MOST_ROUTES)) for one in connections(gaps)
    }


def _pairs(gaps: Gaps, one: Connections, *, routed: bool) -> Iterator[Pair]:
    records, confirmed = gaps.records_of(one.each), gaps.confirmed(one.each)
    for pair in gaps.pairs_of(one.each):
        yield Pair(
            id=str(pair.id),
            expectation=pair.id.expectation,
            source=pair.id.source,
            target=pair.id.target,
            status=pair.status,
            certainty=None if pair.met else "confirmed" if confirmed[pair.cell] else "presumed",
            how=one.name_of(pair.cell),
            verified=one.is_verified(pair.cell),
            record=records.get(pair.cell),
            find=partial(gaps.route, one.each, *pair.cell) if routed and pair.live else _none,
        )


def _none() -> None:
    """No route."""
