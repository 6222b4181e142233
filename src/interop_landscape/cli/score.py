"""`landscape score`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from interop_landscape.cli.completing import complete_side
from interop_landscape.cli.shared import SinceOption, analysis, note
from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape, known_names
from interop_landscape.reports.report import Report
from interop_landscape.revisions import Revisions

EXAMPLES = """\
Examples:

landscape score

landscape score --side southbound --top 0 -f csv

landscape score --verified   (what has been shown by running it)

landscape score --data   (how well the map itself is curated, and where it is thin)

landscape score --history --since 1y --every 7d
"""


class Rules(StrEnum):
    """Whose expectations a revision is scored by."""

    own = "own"
    now = "now"


@analysis
def score(
    landscape: Landscape,
    revisions: Revisions,
    side: Annotated[
        list[str] | None,
        typer.Option(
            "--side", metavar="SIDE", help="Only these sides, and their entries.", autocompletion=complete_side
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many entries to list, 0 for all.")] = 20,
    verified: Annotated[
        bool, typer.Option("--verified", "--proven", help="Count only edges that a probe has verified.")
    ] = False,
    data: Annotated[
        bool,
        typer.Option("--data", help="How well the map is curated instead: verified, checked lately, searched for."),
    ] = False,
    history: Annotated[bool, typer.Option("--history", help="Score the revisions of the git history instead.")] = False,
    since: SinceOption = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="SPAN", help="With --history: one revision per 7d, 2w, 1m …")
    ] = None,
    expectations: Annotated[
        Rules, typer.Option("--expectations", help="With --history: each revision's own, or today's for all.")
    ] = Rules.own,
) -> Report:
    """Score the landscape: the weighted share of expected connections that are met, by side and by entry.

    With --history, per side over the revisions that changed the data, each by its own expectations. With --data, how
    well the statements are curated: by kind, side, support and steward.
    """
    if verified and history:
        raise BadRequest("--verified does not go with --history")
    if data and (verified or history or side):
        raise BadRequest("--data goes with none of --verified, --history and --side")
    if history:
        return _history(landscape, revisions, known_names("side", side, landscape.vocabulary.sides), since, every,
                        expectations)  # fmt: skip
    if since is not None or every is not None or expectations is not Rules.own:
        raise BadRequest("--since, --every and --expectations go with --history")
    if data:
        from interop_landscape.analysis.curation import curation
        from interop_landscape.reports.curation import CurationReport

        return CurationReport(landscape, curation(landscape), top or None)
    from interop_landscape.analysis.gaps import Gaps
    from interop_landscape.analysis.score import scores
    from interop_landscape.reports.score import ScoreReport

    sides = known_names("side", side, landscape.vocabulary.sides)
    if sides:
        kept = {name: e for name, e in landscape.expectations.items() if e.side in sides}
        landscape = landscape.replacing(expectations=kept)
    return ScoreReport(landscape, scores(Gaps(landscape.verified() if verified else landscape)), sides, top or None)


def _history(
    landscape: Landscape,
    revisions: Revisions,
    sides: frozenset[str],
    since: str | None,
    every: str | None,
    rules: Rules,
) -> Report:
    from interop_landscape.analysis.history import Point, point, rescored, sampled
    from interop_landscape.reading.git import UNDATED, days_in
    from interop_landscape.reports.history import HistoryReport

    days = 0 if every is None else days_in(every)
    if days is None or (every is not None and not days):
        raise BadRequest(f"`{every}` is no span of time; write it as 7d, 2w, 1m or 1y")
    line = revisions.repository.history()
    note(line.cut)
    commits = line.commits
    if since is not None:
        start, told = revisions.repository.since(since, revisions.today)
        note("" if not told else f"the history of this landscape starts on {start.when.date()}")
        commits = [start, *(commit for commit in commits if commit.when > start.when)]
    points: list[Point] = []
    skipped = [(name, UNDATED) for name in line.undated]
    for commit, found in revisions.history(sampled(commits, days)):
        if isinstance(found, Landscape):
            points.append(point(commit.sha, commit.when, found if rules is Rules.own else rescored(found, landscape)))
        else:
            skipped.append((commit.sha, str(found)))
    return HistoryReport(landscape, points, skipped, sides, rules is Rules.own)
