"""`landscape show`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.completing import complete_any_id, complete_id
from interop_landscape.cli.shared import analysis
from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape show pytorch

landscape show "ONNX Runtime" -f json

landscape show flax --to tpu

landscape show onnx --coverage

landscape show onnx --coverage --by opset

landscape show jax --conformance   (how far it meets the interop specification)

landscape show mlx-onnx   (a record: its stages, and the gaps that it tracks)
"""


@analysis
def show(
    landscape: Landscape,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An entry’s id, alias or name, or the id of a record or milestone.",
            autocompletion=complete_any_id,
        ),
    ],
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many gaps to list, 0 for all.")] = 10,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="ID",
            help="Whether the entry reaches this one, and the best route, as `path --top 1` shows it.",
            autocompletion=complete_id,
        ),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="What suites counted: how much of a standard each implementation takes."),
    ] = False,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="KEY", help="With --coverage: count by this key of the suites, such as opset."),
    ] = None,
    conformance: Annotated[
        bool,
        typer.Option("--conformance", help="How far the entry meets the interop specification, and why."),
    ] = False,
) -> Report:
    """Show one entry: who it is, its statements in both directions, its gaps and its score.

    Of a record it shows its stages and the gaps that it tracks, of a milestone its records and its progress.
    """
    from interop_landscape.analysis.gaps import Gaps
    from interop_landscape.analysis.milestones import progress
    from interop_landscape.reports.coverage import CoverageReport
    from interop_landscape.reports.path import PathReport
    from interop_landscape.reports.records import MilestonesReport, RecordReport
    from interop_landscape.reports.show import EntryReport

    if by is not None and not coverage:
        raise BadRequest("--by goes with --coverage")
    if coverage:
        return CoverageReport.of(landscape, landscape.entry(name), by)
    if conformance:
        from interop_landscape.reports.conformance import ShownConformance

        if to is not None:
            raise BadRequest("--conformance and --to do not go together")
        return ShownConformance.of(landscape, landscape.entry(name))
    if to is not None:
        return PathReport.of(landscape, landscape.entry(name), landscape.entry(to), top=1)
    found = landscape.find(name)
    if isinstance(found, Record):
        return RecordReport.of(Gaps(landscape), found, top=top)
    if isinstance(found, tuple):
        return MilestonesReport(landscape, [one for one in progress(landscape) if one.id == found[0]], records=True)
    return EntryReport.of(Gaps(landscape), found, top=top)
