"""`landscape plan`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.completing import complete_id, complete_side
from interop_landscape.cli.shared import analysis
from interop_landscape.landscape import Landscape, known_names
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape plan --steps 5

landscape plan --side southbound --confirmed-only

landscape plan --from mindspore --assume "mindspore exports onnx"
"""


@analysis
def plan(
    landscape: Landscape,
    steps: Annotated[
        int, typer.Option("--steps", metavar="N", min=1, max=500, help="How many steps at the most.")
    ] = 10,
    side: Annotated[
        list[str] | None,
        typer.Option("--side", metavar="SIDE", help="Only for this side; repeatable.", autocompletion=complete_side),
    ] = None,
    from_: Annotated[
        list[str] | None,
        typer.Option(
            "--from", metavar="ID", help="Only for gaps from this entry; repeatable.", autocompletion=complete_id
        ),
    ] = None,
    confirmed_only: Annotated[
        bool, typer.Option("--confirmed-only", help="Choose steps by the confirmed gaps that they close.")
    ] = False,
) -> Report:
    """Plan what to build next: the edges that together close the most gaps, one after the other.

    Each step takes the edge of the most value, and everything is counted anew after it. Two edges in series make
    one step where they are worth more than twice the best single edge.
    """  # fmt: skip
    from interop_landscape.analysis.plan import plan as make
    from interop_landscape.analysis.plan import restricted
    from interop_landscape.reports.plan import PlanReport

    sides = known_names("side", side, landscape.vocabulary.sides)
    about = restricted(landscape, sides, {landscape.entry(name).id for name in from_ or ()})
    return PlanReport(about, make(about, steps, confirmed_only=confirmed_only), steps)
