"""`landscape fixes`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.filters import (
    CertaintyOption,
    ExpectationOption,
    FromOption,
    Rank,
    RankOption,
    SideOption,
    StageOption,
    StatusOption,
    TagOption,
    ToOption,
    wanted_gaps,
)
from interop_landscape.cli.shared import SinceOption, analysis
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report
from interop_landscape.revisions import Revisions

EXAMPLES = """\
Examples:

landscape fixes --side southbound --top 10

landscape fixes --from mindspore -f markdown

landscape fixes --status weak --top 0 -f csv

landscape fixes --assume "executorch imports onnx" -f json
"""


@analysis
def fixes(
    landscape: Landscape,
    revisions: Revisions,
    side: SideOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    expectation: ExpectationOption = None,
    status: StatusOption = None,
    certainty: CertaintyOption = None,
    stage: StageOption = None,
    tag: TagOption = None,
    since: SinceOption = None,
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

    wanted = wanted_gaps(
        landscape,
        revisions,
        side=side,
        from_=from_,
        to=to,
        expectation=expectation,
        status=status,
        certainty=certainty,
        stage=stage,
        tag=tag,
        since=since,
    )
    gaps = Gaps(landscape, rank="unlocks" if rank is Rank.unlocks else "value")
    return FixesReport(Fixes(gaps, wanted), top or None)
