"""`landscape risks`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from interop_landscape.cli.completing import complete_id, complete_side
from interop_landscape.cli.shared import analysis
from interop_landscape.landscape import Landscape, known_names
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape risks

landscape risks --of edge --side southbound

landscape risks --at onnx --top 0 -f json
"""


class Of(StrEnum):
    """What may be lost."""

    edge = "edge"
    entry = "entry"


@analysis
def risks(
    landscape: Landscape,
    of: Annotated[Of | None, typer.Option("--of", help="Only edges, or only entries.")] = None,
    side: Annotated[
        list[str] | None,
        typer.Option(
            "--side", metavar="SIDE", help="Only what this side depends on; repeatable.", autocompletion=complete_side
        ),
    ] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at", metavar="ID", help="Only this entry and the edges at it; repeatable.", autocompletion=complete_id
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many to list, 0 for all.")] = 15,
) -> Report:
    """List what might break: the edges and entries whose loss would open the most gaps, archived ones first."""
    from interop_landscape.analysis.plan import restricted
    from interop_landscape.analysis.risks import risks as find
    from interop_landscape.reports.risks import RisksReport

    about = restricted(landscape, known_names("side", side, landscape.vocabulary.sides))
    ends = {landscape.entry(name).id for name in at or ()}
    found = [
        risk
        for risk in find(about)
        if (of is None or (of is Of.edge) == (risk.statement is not None))
        and (not ends or ends & ({risk.statement.source, risk.statement.target} if risk.statement else {risk.name}))
    ]
    return RisksReport(landscape, found[: top or None], len(found))
