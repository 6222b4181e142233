"""`landscape brief`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.completing import complete_record
from interop_landscape.cli.shared import analysis
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape brief mlx-onnx > mlx-onnx.md   (a record)

landscape brief compute:mindspore:tpu   (a gap)

landscape brief "candle exports onnx"   (an edge that would be built)
"""


@analysis
def brief(
    landscape: Landscape,
    name: Annotated[
        str,
        typer.Argument(
            metavar="GAP|RECORD",
            help="A record’s id, a gap’s id (expectation:from:to), or an edge in quotes.",
            autocompletion=complete_record,
        ),
    ],
) -> Report:
    """Write up one gap for a discussion between communities, as Markdown that can be posted as it is."""
    from interop_landscape.analysis.brief import brief as collect
    from interop_landscape.reports.brief import BriefReport

    return BriefReport(collect(landscape, name))
