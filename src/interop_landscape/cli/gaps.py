"""`landscape gaps`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from interop_landscape.cli.filters import Rank, RankOption, filtered
from interop_landscape.cli.shared import analysis
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report

if TYPE_CHECKING:
    from interop_landscape.analysis.gaps import GapFilter

EXAMPLES = """\
Examples:

landscape gaps --side southbound --top 10

landscape gaps --from mindspore --status missing -f markdown

landscape gaps --since 2026-10-01 --top 0 -f csv

landscape gaps --assume "executorch imports onnx" --fail-on confirmed
"""


class FailOn(StrEnum):
    """Which gaps make the command end with status 1."""

    any = "any"
    missing = "missing"
    weak = "weak"
    regressed = "regressed"
    confirmed = "confirmed"
    presumed = "presumed"


@analysis
@filtered
def gaps(
    landscape: Landscape,
    wanted: GapFilter,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            metavar="N",
            min=0,
            help="How many to list, 0 for all: groups in a table, 20 if not given; gaps elsewhere, 5,000.",
        ),
    ] = None,
    fixes: Annotated[
        int, typer.Option("--fixes", metavar="N", min=0, help="How many fixes to list a gap, 0 for all.")
    ] = 25,
    rank: RankOption = Rank.value,
    fail_on: Annotated[
        list[FailOn] | None, typer.Option("--fail-on", help="Exit 1 if any listed gap is so; repeatable.")
    ] = None,
) -> Report:
    """List the gaps: expected connections without a fully supported route, ranked by the value of their best fix.

    With --since, only gaps that did not exist at that revision or date. As a table they are grouped by their best fix.
    """  # fmt: skip
    from interop_landscape.analysis.gaps import Gaps
    from interop_landscape.reports.gaps import GapsReport

    return GapsReport.of(
        Gaps(landscape, rank="unlocks" if rank is Rank.unlocks else "value"),
        wanted,
        top=top,
        most_fixes=fixes or None,
        fail_on=frozenset(fail_on or ()),
    )
