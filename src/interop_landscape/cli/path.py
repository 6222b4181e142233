"""`landscape path`."""

from __future__ import annotations

from pathlib import Path
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

landscape path pytorch raspberry-pi --ops model.onnx   (which operators of the model each route takes)
"""


@analysis
def path(
    landscape: Landscape,
    start: Annotated[str, typer.Argument(metavar="FROM", help="An id, alias or name.", autocompletion=complete_id)],
    goal: Annotated[str, typer.Argument(metavar="TO", help="An id, alias or name.", autocompletion=complete_id)],
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, max=100, help="How many routes to list.")] = 5,
    ops: Annotated[
        Path | None,
        typer.Option(
            "--ops",
            metavar="FILE",
            help="A model in ONNX: which of its operators each route takes, as suites counted. Needs the extra `onnx`.",
        ),
    ] = None,
) -> Report:
    """Show whether one entry reaches another today, and the routes: strongest, direct, most verified, shortest first.

    Ends with status 1 when it does not, and then names the single edges that would open a route.
    """
    from interop_landscape.exchange.onnx_model import operators_of
    from interop_landscape.reports.path import PathReport

    operators = tuple(operators_of(ops)) if ops is not None else None
    return PathReport.of(landscape, landscape.entry(start), landscape.entry(goal), top=top, operators=operators)
