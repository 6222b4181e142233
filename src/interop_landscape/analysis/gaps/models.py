"""What a gap is, and a fix that closes some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from interop_landscape.analysis.precedent import Usage
from interop_landscape.analysis.routes import Route
from interop_landscape.ids import Edge, PairId

Rank = Literal["value", "unlocks"]
STATUSES: Final = ("missing", "weak", "regressed")
CERTAINTIES: Final = ("confirmed", "presumed")


@dataclass(frozen=True)
class Fix:
    """An edge that would close gaps if it were full.

    ``unlocks`` is the weight of all gaps that it would close by itself, ``precedent`` how usual such an edge is among
    peers, ``builds`` how likely who would build it is to (each between 0 and 1); ``usage`` has the counts behind the
    precedent. ``declined`` is the record that says that those asked have declined it.
    """

    source: str
    relation: str
    target: str
    unlocks: float
    precedent: float
    builds: float
    usage: Usage
    declined: str | None = None

    @property
    def factor(self) -> float:
        """What its weight is multiplied by: docs/design.md#value."""
        return 0.0 if self.declined else self.precedent * self.builds

    @property
    def value(self) -> float:
        """What it is worth: what it unlocks, by how usual and how likely it is."""
        return self.unlocks * self.factor

    @property
    def edge(self) -> Edge:
        """The edge that would be built."""
        return Edge(self.source, self.relation, self.target)

    def __str__(self) -> str:
        return str(self.edge)


@dataclass(frozen=True)
class Gap:
    """An expected pair with no strong route; `target` is None where any target would do.

    ``fixes`` come best first. ``route`` is the best there is today, for a weak gap. ``record`` is the id of
    the record that tracks it.
    """

    side: str
    expectation: str
    source: str
    target: str | None
    status: str
    certainty: str
    weight: float
    value: float
    fixes: tuple[Fix, ...]
    route: Route | None
    record: str | None

    @property
    def pair(self) -> PairId:
        """The expected pair that has no strong route."""
        return PairId(self.expectation, self.source, self.target)

    @property
    def id(self) -> str:
        """``expectation:from:to``, with ``*`` for any target."""
        return str(self.pair)
