"""`landscape fixes`."""

from __future__ import annotations

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

landscape fixes --side southbound --top 10

landscape fixes --from mindspore -f markdown

landscape fixes --status weak --top 0 -f csv

landscape fixes --assume "executorch imports onnx" -f json
"""


@analysis
@filtered
def fixes(
    landscape: Landscape,
    wanted: GapFilter,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many fixes to list, 0 for all.")] = 20,
    rank: RankOption = Rank.value,
) -> Report:
    """List the fixes, best first: what would close gaps, for whom, how usual it is, and who would build it.

    Edges that one tool would bring are one fix. The options say of which gaps a fix must close any; what it closes, and
    what it is worth, is counted of all gaps. What was declined comes last.
    """  # fmt: skip
    from interop_landscape.analysis.fixes import Fixes
    from interop_landscape.analysis.gaps import Gaps
    from interop_landscape.reports.fixes import FixesReport

    gaps = Gaps(landscape, rank="unlocks" if rank is Rank.unlocks else "value")
    return FixesReport(Fixes(gaps, wanted), top or None)
