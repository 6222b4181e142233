"""`landscape risks`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from interop_landscape.cli.completing import complete_id, complete_side
from interop_landscape.cli.shared import analysis
from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape, known_names
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape risks

landscape risks --of edge --side southbound

landscape risks --keepers   (what breaks if jax2onnx stops?)

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
    keepers: Annotated[
        bool,
        typer.Option(
            "--keepers",
            help="By who keeps it: third parties, quiet projects, old statements; likely ones first.",
        ),
    ] = False,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many to list, 0 for all.")] = 15,
) -> Report:
    """List what might break: the edges and entries whose loss would open the most gaps, archived ones first.

    With --keepers, what breaks if somebody stops: each third party that maintains edges of others, each project that
    is archived or in maintenance, and each entry with stale statements, with all that hangs on it.
    """
    from interop_landscape.analysis.plan import restricted
    from interop_landscape.analysis.risks import risks as find
    from interop_landscape.reports.risks import RisksReport

    about = restricted(landscape, known_names("side", side, landscape.vocabulary.sides))
    ends = {landscape.entry(name).id for name in at or ()}
    if keepers:
        return _keepers(about, of, ends, top)
    found = [
        risk
        for risk in find(about)
        if (of is None or (of is Of.edge) == (risk.statement is not None))
        and (not ends or ends & ({risk.statement.source, risk.statement.target} if risk.statement else {risk.name}))
    ]
    return RisksReport(landscape, found[: top or None], len(found))


def _keepers(landscape: Landscape, of: Of | None, ends: set[str], top: int) -> Report:
    """What breaks if somebody stops, of the keepers of edges at some entries."""
    from interop_landscape.analysis.keepers import keepers
    from interop_landscape.reports.keepers import KeepersReport

    if of is not None:
        raise BadRequest("--of lists edges or entries; leave it out with --keepers")
    found = [
        keeper
        for keeper in keepers(landscape)
        if not ends or any(ends & {one.source, one.target} for one in keeper.statements)
    ]
    return KeepersReport(landscape, found[: top or None], len(found))
