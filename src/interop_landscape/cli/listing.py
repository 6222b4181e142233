"""`landscape list`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from interop_landscape.cli.shared import analysis, known_names
from interop_landscape.landscape import Landscape
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape list runtime --sort statements

landscape list --tag deep-learning --status active -f csv
"""


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
        landscape, _ = Landscape.read(find_landscape(Path.cwd()))
    except LandscapeError:
        return []
    return [kind for kind in landscape.vocabulary.kinds if kind.startswith(incomplete)] if landscape else []


@analysis
def list_entries(
    landscape: Landscape,
    kind: Annotated[
        str | None, typer.Argument(metavar="KIND", help="Only this kind.", autocompletion=complete_kind)
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
    sort: Annotated[Sort, typer.Option("--sort", help="What to sort by; numbers fall.")] = Sort.kind,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many to list, 0 for all.")] = 0,
) -> Report:
    """List the entries, filtered and sorted."""
    from interop_landscape.reading.models import STATUSES
    from interop_landscape.reports.listing import ListReport

    kinds = landscape.vocabulary.kinds
    by_word = {word: name for name, found in kinds.items() for word in (name, found.folder, found.plural)}
    known_names("kind", [kind] if kind else None, by_word)
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
