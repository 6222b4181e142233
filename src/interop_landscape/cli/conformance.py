"""`landscape conformance`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.completing import complete_kind, complete_tag
from interop_landscape.cli.shared import analysis
from interop_landscape.landscape import Landscape, known_names
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape conformance framework

landscape conformance runtime --top 0 -f csv   (a column each requirement)

landscape conformance --tag deep-learning -f json
"""


@analysis
def conformance(
    landscape: Landscape,
    kind: Annotated[
        str | None,
        typer.Argument(metavar="KIND", help="Only this kind of entry.", autocompletion=complete_kind),
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", metavar="TAG", help="Only entries with any of these tags.", autocompletion=complete_tag),
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many to list, 0 for all.")] = 30,
) -> Report:
    """List how far the entries meet the interop specification: the level of each, and what it does not meet.

    Levels are computed from what is stated and what was seen: stated, evidenced (in full and looked at lately),
    verified (a probe has shown it), covered (a suite counted enough of its cases). An entry has the level that all
    requirements with MUST reach, as far as each can be shown. What projects claim themselves is never counted.
    """
    from interop_landscape.reports.conformance import ConformancesReport

    vocabulary = landscape.vocabulary
    by_word = {word: name for name, found in vocabulary.kinds.items() for word in (name, found.folder, found.plural)}
    known_names("kind", [kind] if kind else None, by_word)
    known_names("tag", tag, {tag for entry in landscape.entries.values() for tag in entry.tags})
    chosen = [
        entry
        for entry in landscape.entries.values()
        if (kind is None or entry.kind == by_word[kind]) and (not tag or any(word in entry.tags for word in tag))
    ]
    return ConformancesReport.of(landscape, chosen, top=top or None)
