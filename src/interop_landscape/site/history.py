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
    """Scores of revisions, the oldest first, and changes, the newest first; both empty where there is no git."""

    points: Sequence[Point] = ()
    changes: Sequence[Change] = ()


def history_of(revisions: Revisions) -> History:
    """The history of a landscape's revisions."""
    try:
        commits = revisions.repository.history()
    except NoHistory:
        return History()
    points = [
        point(commit.sha, commit.when, found)
        for commit, found in revisions.history(spread(commits, _POINTS))
        if isinstance(found, Landscape) and found.expectations
    ]
    return History(points, recent_changes(revisions, most=_CHANGES))
