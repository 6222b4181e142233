"""What the history of the landscape tells: the score over time, and what changed lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from interop_landscape.analysis.history import Point, point, spread
from interop_landscape.errors import NoHistory
from interop_landscape.landscape import Landscape
from interop_landscape.revisions import Revisions
from interop_landscape.site.feed import Change, recent_changes

_POINTS: Final = 16
_CHANGES: Final = 20


@dataclass(frozen=True)
class History:
    """Scores of revisions, the oldest first, and changes, the newest first; `told` says what is missing of them."""

    points: Sequence[Point] = ()
    changes: Sequence[Change] = ()
    told: str = ""


def history_of(revisions: Revisions) -> History:
    """The history of a landscape's revisions; an empty one that says why where git has none to give."""
    try:
        line = revisions.repository.history()
    except NoHistory as error:
        return History(told=f"the site shows no history: {error}")
    points = [
        point(commit.sha, commit.when, found)
        for commit, found in revisions.history(spread(line.commits, _POINTS))
        if isinstance(found, Landscape) and found.expectations
    ]
    return History(points, recent_changes(revisions, most=_CHANGES), line.told)
