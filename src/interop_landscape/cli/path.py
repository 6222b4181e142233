"""`landscape path`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.completing import complete_id
from interop_landscape.cli.shared import analysis
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape path pyro ascend

landscape path PyTorch "ONNX Runtime" --top 1 -f json
"""


@analysis
def path(
    landscape: Landscape,
    start: Annotated[str, typer.Argument(metavar="FROM", help="An id, alias or name.", autocompletion=complete_id)],
    goal: Annotated[str, typer.Argument(metavar="TO", help="An id, alias or name.", autocompletion=complete_id)],
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, max=100, help="How many routes to list.")] = 5,
) -> Report:
    """Show whether one entry reaches another today, and the routes: strongest, most verified, shortest first.

    Ends with status 1 when it does not, and then names the single edges that would open a route.
    """
    from interop_landscape.reports.path import PathReport

    return PathReport.of(landscape, landscape.entry(start), landscape.entry(goal), top=top)
