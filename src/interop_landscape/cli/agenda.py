"""`landscape agenda`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from interop_landscape.cli.shared import SlidesOption, analysis, note, slides_of
from interop_landscape.errors import BadRequest, NoHistory
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report
from interop_landscape.revisions import Revision, Revisions

EXAMPLES = """\
Examples:

landscape agenda --until 2027-01-31 > agenda.md

landscape agenda --since v1.0 --issues issues   (a text for an issue of each topic)

landscape agenda --slides > agenda-slides.md   (for Marp or reveal-md)
"""

_AHEAD, _PERIOD = timedelta(days=30), "90d"


@analysis
def agenda(
    landscape: Landscape,
    revisions: Revisions,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="The day of the meeting; in 30 days if not given."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV|DATE",
            help="The last meeting: a revision, a date such as 2026-10-01, or 90d, 6w; 90d if not given.",
        ),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=0, help="How many topics of a sort to list, 0 for all.")
    ] = 10,
    issues: Annotated[
        Path | None,
        typer.Option("--issues", metavar="FOLDER", help="Write an issue’s text for each topic into this folder."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="With --issues: write over other files.")] = False,
    slides: SlidesOption = False,
) -> Report:
    """Say what a meeting of the committee has to decide, as Markdown that can be sent as it is.

    Records that are due, stand still or are contradicted by the graph, milestones, failed and outdated probes, stale
    statements, gaps that are newly confirmed and in no record, and what the plan proposes, each with whom to invite.
    """
    from interop_landscape.analysis.agenda import agenda as find
    from interop_landscape.reports.agenda import AgendaReport
    from interop_landscape.reports.issues import write_issues
    from interop_landscape.writing.files import guard_data

    if issues is not None:
        guard_data(issues, revisions.folder, option="--issues")
    meeting = _day(until, landscape.today)
    base, told = _last_meeting(revisions, since)
    note(told)
    day = base.commit.when.date() if base and base.commit else None
    found = find(landscape, meeting, base.landscape if base else None, day)
    report = AgendaReport(found, top or None, told if base else "")
    if issues is not None:
        texts = report.issues()
        write_issues(texts, issues, force=force)
        note(f"{len(texts)} issues in {issues}")
    return slides_of(report, slides)


def _day(text: str | None, today: date) -> date:
    if text is None:
        return today + _AHEAD
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"--until `{text}` is no date; write it as {today}") from None


def _last_meeting(revisions: Revisions, since: str | None) -> tuple[Revision | None, str]:
    """(revision, note); no revision where none was asked for and there is no history."""
    try:
        return revisions.since(since or _PERIOD)
    except NoHistory as error:
        if since is not None:
            raise
        return None, f"{error}; newly confirmed gaps are not listed"
