"""`landscape show`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.shared import analysis, complete_id
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape show pytorch

landscape show "ONNX Runtime" -f json
"""


@analysis
def show(
    landscape: Landscape,
    name: Annotated[str, typer.Argument(metavar="ID", help="An id, alias or name.", autocompletion=complete_id)],
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many gaps to list, 0 for all.")] = 10,
) -> Report:
    """Show one entry: who it is, its statements in both directions, its gaps and its score."""
    from interop_landscape.analysis.gaps import Gaps
    from interop_landscape.reports.show import EntryReport

    return EntryReport.of(Gaps(landscape), landscape.entry(name), top=top)
