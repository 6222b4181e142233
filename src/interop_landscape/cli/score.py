"""`landscape score`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.shared import analysis, known_names
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape score

landscape score --side southbound --top 0 -f csv
"""


@analysis
def score(
    landscape: Landscape,
    side: Annotated[
        list[str] | None, typer.Option("--side", metavar="SIDE", help="Only these sides, and their entries.")
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many entries to list, 0 for all.")] = 20,
) -> Report:
    """Score the landscape: the weighted share of expected pairs that are met, by side and by entry."""
    from interop_landscape.analysis.gaps import Gaps
    from interop_landscape.analysis.score import scores
    from interop_landscape.reports.score import ScoreReport

    sides = known_names("side", side, landscape.vocabulary.sides)
    if sides:
        kept = {name: e for name, e in landscape.expectations.items() if e.side in sides}
        landscape = landscape.replacing(expectations=kept)
    return ScoreReport(landscape, scores(Gaps(landscape)), sides, top or None)
