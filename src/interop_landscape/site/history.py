"""What the history of the landscape tells: the score over time, and what changed lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from interop_landscape.analysis.history import Point, spread
from interop_landscape.analysis.score import side_tallies
from interop_landscape.analysis.tally import Tally
from interop_landscape.errors import NoHistory
from interop_landscape.reading.git import Commit
from interop_landscape.revisions import Revisions
from interop_landscape.site.feed import Change, recent_changes
from interop_landscape.site.past import Past
from interop_landscape.site.periods import Period, periods_of
from interop_landscape.site.remembered import Remembered

_POINTS: Final = 16
_CHANGES: Final = 20


@dataclass(frozen=True)
class History:
    """Scores of revisions, the oldest first, changes and periods, the newest first; `told` says what is missing."""

    points: Sequence[Point] = ()
    changes: Sequence[Change] = ()
    told: str = ""
    periods: Sequence[Period] = ()


def history_of(revisions: Revisions, remembered: Remembered | None = None) -> History:
    """The history of a landscape's revisions; an empty one that says why where git has none to give.

    What is `remembered` of revisions is not worked out again.
    """
    past = Past(revisions, remembered)
    try:
        line = revisions.repository.history()
    except NoHistory as error:
        return History(told=f"the site shows no history: {error}")
    points = [found for commit in spread(line.commits, _POINTS) if (found := _point(past, commit)) is not None]
    return History(points, recent_changes(past, most=_CHANGES), line.told, periods_of(past))


def _point(past: Past, commit: Commit) -> Point | None:
    """The score of a revision; None where it does not load, or expects nothing."""
    held = past.ask("point", [commit], lambda: _scored(past, commit)) if past.loads(commit) else None
    if held is None:
        return None
    total, sides = Tally(**held["total"]), {side: Tally(**tally) for side, tally in held["sides"].items()}
    return Point(commit.sha, commit.when, total, sides)


def _scored(past: Past, commit: Commit) -> dict[str, Any] | None:
    gaps = past.gaps(commit)
    if not gaps.landscape.expectations:
        return None
    return {"total": asdict(gaps.tally()), "sides": {side: asdict(tally) for side, tally in side_tallies(gaps).items()}}
