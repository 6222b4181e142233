"""`landscape gaps`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from interop_landscape.cli.shared import SinceOption, analysis, complete_id, known_names, note
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report
from interop_landscape.revisions import Revisions

EXAMPLES = """\
Examples:

landscape gaps --side southbound --top 10

landscape gaps --from mindspore --status missing -f markdown

landscape gaps --since 2026-10-01 --top 0 -f csv

landscape gaps --assume "executorch imports onnx" --fail-on confirmed
"""


class Status(StrEnum):
    """The status of a gap."""

    missing = "missing"
    weak = "weak"
    regressed = "regressed"


class Certainty(StrEnum):
    """Whether somebody has looked."""

    confirmed = "confirmed"
    presumed = "presumed"


class FailOn(StrEnum):
    """Which gaps make the command end with status 1."""

    any = "any"
    missing = "missing"
    weak = "weak"
    regressed = "regressed"
    confirmed = "confirmed"
    presumed = "presumed"


class Rank(StrEnum):
    """What a fix is worth."""

    value = "value"
    unlocks = "unlocks"


@analysis
def gaps(
    landscape: Landscape,
    revisions: Revisions,
    side: Annotated[
        list[str] | None, typer.Option("--side", metavar="SIDE", help="Only gaps of this side; repeatable.")
    ] = None,
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="ID", help="Only gaps from this entry; repeatable.", autocompletion=complete_id),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="ID", help="Only gaps to this entry; repeatable.", autocompletion=complete_id),
    ] = None,
    expectation: Annotated[
        list[str] | None, typer.Option("--expectation", metavar="ID", help="Only gaps of this expectation; repeatable.")
    ] = None,
    status: Annotated[
        list[Status] | None, typer.Option("--status", help="Only gaps of this status; repeatable.")
    ] = None,
    certainty: Annotated[
        list[Certainty] | None, typer.Option("--certainty", help="Only gaps of this certainty.")
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option("--stage", metavar="STAGE", help="Only gaps whose record is at this stage; repeatable."),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", metavar="TAG", help="Only gaps at an entry with this tag; repeatable.")
    ] = None,
    since: SinceOption = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            metavar="N",
            min=0,
            help="How many to list, 0 for all; 80 in a table and 5,000 elsewhere if not given.",
        ),
    ] = None,
    fixes: Annotated[
        int, typer.Option("--fixes", metavar="N", min=0, help="How many fixes to list a gap, 0 for all.")
    ] = 25,
    rank: Annotated[Rank, typer.Option("--rank", help="Rank fixes by value, or by what they unlock.")] = Rank.value,
    fail_on: Annotated[
        list[FailOn] | None, typer.Option("--fail-on", help="Exit 1 if any listed gap is so; repeatable.")
    ] = None,
) -> Report:
    """List the gaps: expected connections without a fully supported route, ranked by the value of their best fix.

    With --since, only gaps that did not exist at that revision or date.
    """
    from interop_landscape.analysis.gaps import GapFilter, Gaps
    from interop_landscape.ids import PairId
    from interop_landscape.reports.gaps import GapsReport

    vocabulary = landscape.vocabulary
    before: frozenset[PairId] = frozenset()
    if since is not None:
        revision, told = revisions.since(since)
        note(told)
        standing = Gaps(revision.landscape).standing()
        before = frozenset(gap for gap, status in standing.items() if status != "met")
    tags = {tag for entry in landscape.entries.values() for tag in entry.tags}
    wanted = GapFilter(
        sides=known_names("side", side, vocabulary.sides),
        sources=frozenset(landscape.entry(name).id for name in from_ or ()),
        targets=frozenset(landscape.entry(name).id for name in to or ()),
        expectations=known_names("expectation", expectation, landscape.expectations),
        statuses=frozenset(status or ()),
        certainties=frozenset(certainty or ()),
        stages=known_names("stage", stage, vocabulary.stages),
        tags=known_names("tag", tag, tags),
        exclude=before,
    )
    return GapsReport.of(
        Gaps(landscape, rank="unlocks" if rank is Rank.unlocks else "value"),
        wanted,
        top=top,
        most_fixes=fixes or None,
        fail_on=frozenset(fail_on or ()),
    )
