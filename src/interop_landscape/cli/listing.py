"""`landscape list`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from interop_landscape import loading
from interop_landscape.cli.shared import analysis, known_names
from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape list runtime --sort statements

landscape list --tag deep-learning --status active -f csv

landscape list records --stage upstream

landscape list milestones

landscape list probes   (what has been run, with what outcome)
"""


OTHER_LISTS = ("records", "milestones", "probes")


class Sort(StrEnum):
    """What the list is sorted by."""

    id = "id"
    name = "name"
    kind = "kind"
    status = "status"
    statements = "statements"
    score = "score"


def complete_kind(incomplete: str) -> list[str]:
    """The kinds of the nearest landscape that start with what was typed."""
    from pathlib import Path

    from interop_landscape.errors import LandscapeError
    from interop_landscape.reading.source import find_landscape

    try:
        landscape, _ = loading.read(find_landscape(Path.cwd()))
    except LandscapeError:
        return []
    words = [*landscape.vocabulary.kinds, *OTHER_LISTS] if landscape else []
    return [word for word in words if word.startswith(incomplete)]


@analysis
def list_entries(
    landscape: Landscape,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="Only this kind of entry; or `records`, `milestones` or `probes`.",
            autocompletion=complete_kind,
        ),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", metavar="TAG", help="Only entries with any of these tags.")
    ] = None,
    steward: Annotated[
        list[str] | None, typer.Option("--steward", metavar="ID", help="Only entries of these stewards.")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", metavar="STATUS", help="active, maintenance or archived.")
    ] = None,
    stage: Annotated[
        list[str] | None, typer.Option("--stage", metavar="STAGE", help="Only records at these stages.")
    ] = None,
    milestone: Annotated[
        list[str] | None, typer.Option("--milestone", metavar="ID", help="Only records of these milestones.")
    ] = None,
    sort: Annotated[Sort, typer.Option("--sort", help="What to sort by; numbers fall.")] = Sort.kind,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many to list, 0 for all.")] = 0,
) -> Report:
    """List the entries, filtered and sorted; or the committee's records, its milestones, or the probes."""
    from interop_landscape.reading.models import STATUSES
    from interop_landscape.reports.listing import ListReport

    kinds = landscape.vocabulary.kinds
    by_word = {word: name for name, found in kinds.items() for word in (name, found.folder, found.plural)}
    other = next((word for word in OTHER_LISTS if kind in (word, word[:-1]) and kind not in by_word), None)
    if other is not None:
        return _other(other, landscape, stage, milestone, top)
    if stage or milestone:
        raise BadRequest("--stage and --milestone go with `landscape list records`")
    known_names("kind", [kind] if kind else None, [*by_word, *OTHER_LISTS])
    known_names("tag", tag, {tag for entry in landscape.entries.values() for tag in entry.tags})
    known_names("steward", steward, landscape.vocabulary.stewards)
    known_names("status", status, STATUSES)
    chosen = [
        entry
        for entry in landscape.entries.values()
        if (kind is None or entry.kind == by_word[kind])
        and (not tag or any(word in entry.tags for word in tag))
        and (not steward or entry.steward in steward)
        and (not status or entry.status in status)
    ]
    return ListReport.of(landscape, chosen, sort=sort.value, top=top or None)


def _other(what: str, landscape: Landscape, stage: list[str] | None, milestone: list[str] | None, top: int) -> Report:
    """The list of records, of milestones or of probes."""
    from interop_landscape.analysis.gaps import Gaps
    from interop_landscape.analysis.milestones import progress
    from interop_landscape.reports.records import MilestonesReport, RecordsReport

    stages = known_names("stage", stage, landscape.vocabulary.stages)
    milestones = known_names("milestone", milestone, landscape.milestones)
    if what == "probes":
        from interop_landscape.reports.probes import ProbesReport

        probes = list(landscape.probes.values())
        return ProbesReport(landscape, probes[: top or None], len(probes))
    if what == "milestones":
        return MilestonesReport(landscape, progress(landscape)[: top or None], records=False)
    chosen = [
        record
        for record in landscape.records.values()
        if (not stages or record.stage in stages) and (not milestones or record.milestone in milestones)
    ]
    return RecordsReport.of(Gaps(landscape), chosen, top=top or None)
