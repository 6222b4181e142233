"""`landscape path`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.shared import analysis, complete_id
from interop_landscape.errors import BadRequest
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
    """Show the routes from one entry to another today, strongest, then most verified, then shortest first.

    Ends with status 1 when there is no route, and then names the single edges that would open one.
    """
    from interop_landscape.analysis.nearest import nearest_misses
    from interop_landscape.analysis.routes import RouteFinder
    from interop_landscape.reports.path import PathReport

    source, target = landscape.entry(start), landscape.entry(goal)
    if source.id == target.id:
        raise BadRequest(f"`{source.id}` to itself is no route; name two entries")
    routes = RouteFinder(landscape).find_any(source.id, [target.id], top=top)
    misses = [] if routes else nearest_misses(landscape, source.id, target.id)
    return PathReport(landscape, source, target, routes, misses)
