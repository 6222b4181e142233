"""How the score moved from revision to revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.score import side_tallies
from interop_landscape.analysis.tally import Tally
from interop_landscape.landscape import Landscape


@dataclass(frozen=True)
class Point:
    """The tallies of one revision: of everything, and by side."""

    revision: str
    when: datetime
    total: Tally
    sides: Mapping[str, Tally]


class _Timed(Protocol):
    @property
    def when(self) -> datetime: ...


Timed = TypeVar("Timed", bound=_Timed)


def point(revision: str, when: datetime, landscape: Landscape) -> Point:
    """Score one revision by its own expectations."""
    gaps = Gaps(landscape)
    return Point(revision, when, gaps.tally(), side_tallies(gaps))


def rescored(then: Landscape, now: Landscape) -> Landscape:
    """The entries and statements of `then` under the vocabulary and expectations of `now`.

    What today's vocabulary has no word for is left out.
    """
    vocabulary = now.vocabulary
    entries = {name: entry for name, entry in then.entries.items() if entry.kind in vocabulary.kinds}
    known = set(vocabulary.cargo)
    if any(not known.issuperset(entry.carries) for entry in entries.values()):
        entries = {name: entry for name, entry in entries.items() if known.issuperset(entry.carries)}
    statements = tuple(
        s
        for s in then.statements
        if s.source in entries
        and s.target in entries
        and s.relation in vocabulary.relations
        and known.issuperset(s.carries)
    )
    return then.replacing(
        vocabulary=vocabulary,
        expectations=now.expectations,
        entries=entries,
        statements=statements,
        kind_of={name: entry.kind for name, entry in entries.items()},
        records={},
    )


def spread(commits: Sequence[Timed], most: int) -> list[Timed]:
    """At most so many of them, spread evenly, the last one among them."""
    places = {(place + 1) * len(commits) // most - 1 for place in range(most)} if commits else set()
    return [commits[place] for place in sorted(places) if place >= 0]


def sampled(commits: Sequence[Timed], days: int) -> list[Timed]:
    """The last of each span of so many days, counted from the first; all of them where `days` is 0."""
    if not days or not commits:
        return list(commits)
    first = commits[0].when
    last_of = {(commit.when - first).days // days: commit for commit in commits}
    return list(last_of.values())
