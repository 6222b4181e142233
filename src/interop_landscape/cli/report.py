"""`landscape report`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.shared import SlidesOption, analysis, note, slides_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report
from interop_landscape.revisions import Revisions

EXAMPLES = """\
Examples:

landscape report --since 2026-10-01 > report.md

landscape report --since v1.0

landscape report --slides > report-slides.md   (for Marp or reveal-md)
"""

_STEPS, _RISKS, _POINTS = 5, 5, 12


@analysis
def report(
    landscape: Landscape,
    revisions: Revisions,
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="REV|DATE", help="The period’s start: a revision, a date such as 2026-10-01, or 90d, 6w."
        ),
    ] = "90d",
    slides: SlidesOption = False,
) -> Report:
    """Write the committee's report to the TOC, two pages of Markdown: what moved, what is planned, what might break."""
    from interop_landscape.analysis.changes import Changes
    from interop_landscape.analysis.history import point, spread
    from interop_landscape.analysis.milestones import progress
    from interop_landscape.analysis.plan import plan
    from interop_landscape.analysis.risks import risks
    from interop_landscape.reports.toc import TocReport

    base, told = revisions.since(since)
    note(told)
    line = revisions.repository.history()
    note(line.told)
    start = base.commit.when if base.commit else None
    commits = [commit for commit in line.commits if start is None or commit.when >= start]
    points = [
        point(commit.sha, commit.when, found)
        for commit, found in revisions.history(spread(commits, _POINTS))
        if isinstance(found, Landscape)
    ]
    if commits:
        points.append(point("now", commits[-1].when, landscape))
    found = TocReport(
        base=base,
        landscape=landscape,
        changes=Changes(base.landscape, landscape),
        points=points,
        milestones=progress(landscape),
        plan=plan(landscape, _STEPS),
        risks=risks(landscape)[:_RISKS],
        note=told,
    )
    return slides_of(found, slides)
