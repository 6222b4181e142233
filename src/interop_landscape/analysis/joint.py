"""What would be built as one: single edges, and joint fixes: docs/design.md#joint-fixes.

Statements that are not in full and name the same tool in `by`, with the same relation and target, are one joint fix:
who finishes the tool brings them all. A steward is no tool: what Intel made for one framework does nothing for another.
A joint fix counts for what its edges close together, is as usual as the most usual of them, and as likely as its
builder: the entry that `by` names or, where that is none, the likeliest of its sources (of equals the one of the widest
reach).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interop_landscape.analysis.asked import declined
from interop_landscape.analysis.gaps import Fix, Gaps
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record


@dataclass(frozen=True)
class WholeFix:
    """One edge, or all edges of a joint fix, and what they would close together.

    ``builder`` is the entry that would build it and ``builds`` how likely it is to; ``by`` the tool that statements
    name.
    """

    edges: tuple[Fix, ...]
    unlocks: float
    builder: str
    builds: float
    by: str | None

    @property
    def usual(self) -> Fix:
        """The most usual of its edges; of equals the first."""
        return max(self.edges, key=lambda edge: edge.precedent)

    @property
    def precedent(self) -> float:
        """How usual it is."""
        return self.usual.precedent

    @property
    def declined(self) -> str | None:
        """The record that says that it was declined."""
        return self.edges[0].declined

    @property
    def factor(self) -> float:
        """What its weight is multiplied by."""
        return 0.0 if self.declined else self.precedent * self.builds

    @property
    def value(self) -> float:
        """What it is worth: docs/design.md#value."""
        return self.unlocks * self.factor

    @property
    def is_joint(self) -> bool:
        """Whether one tool would bring several edges."""
        return len(self.edges) > 1

    @property
    def laid(self) -> list[Edge]:
        """Its edges."""
        return [fix.edge for fix in self.edges]

    def __str__(self) -> str:
        return "; ".join(map(str, self.edges))


def single(fix: Fix, landscape: Landscape) -> WholeFix:
    """A fix of one edge, which its source would build."""
    there = landscape.by_edge.get(fix.edge)
    return WholeFix((fix,), fix.unlocks, fix.source, fix.builds, there.by if there else None)


def joint_fixes(gaps: Gaps) -> list[WholeFix]:
    """The joint fixes that are worth no less than each of their edges by itself, in the order of their edges."""
    every = [_joint(gaps, by, edges) for by, edges in _by_tool(gaps) if len(edges) > 1]
    return [one for one in every if one.value > 0 and one.value >= max(edge.value for edge in one.edges)]


def _by_tool(gaps: Gaps) -> Iterable[tuple[str, list[Edge]]]:
    brought = list(gaps.landscape.brought_together())
    asked = gaps.asked(edge for _, edges in brought for edge in edges) - declined(gaps.landscape).keys()
    for by, edges in brought:
        yield by, [edge for edge in edges if edge in asked]


def _joint(gaps: Gaps, by: str, edges: list[Edge]) -> WholeFix:
    fixes = tuple(gaps.fix(edge, weight_closed(gaps, [edge])) for edge in edges)
    network = gaps.network
    likeliest = max(fixes, key=lambda fix: (fix.builds, network.reach[network.index[fix.source]]))
    maker = gaps.landscape.id_of_name(by)
    builds = likeliest.builds if maker is None else float(network.builds[network.index[maker]])
    return WholeFix(fixes, weight_closed(gaps, edges), maker or likeliest.source, builds, by)


def weight_closed(gaps: Gaps, edges: list[Edge]) -> float:
    """The weight of the gaps that some edges would close together."""
    return sum(each.weigh(closed) for each, closed in gaps.closed_by(edges))


def record_of(landscape: Landscape, edges: Iterable[Edge]) -> Record | None:
    """The record of some edges: the first by id that names one of them; one that is closed only where no other does."""
    found = [record for edge in edges for record in landscape.tracked.get(edge, ())]
    stages = landscape.vocabulary.stages
    return min(found, key=lambda record: (stages[record.stage].final, record.id), default=None)
