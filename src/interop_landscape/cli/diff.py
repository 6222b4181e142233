"""`landscape diff`."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli.shared import reporting
from interop_landscape.errors import BadRequest
from interop_landscape.reports.report import Report
from interop_landscape.revisions import Revision, Revisions

EXAMPLES = """\
Examples:

landscape diff   (what this branch and the uncommitted work change)

landscape diff v1.0 main

landscape diff ../theirs/landscape landscape -f markdown
"""


@reporting
def diff(
    revisions: Revisions,
    base: Annotated[
        str | None,
        typer.Argument(
            metavar="BASE", help="A git revision or a folder; where the work left the main branch if not given."
        ),
    ] = None,
    head: Annotated[
        str | None,
        typer.Argument(metavar="HEAD", help="A git revision or a folder; the working tree if not given."),
    ] = None,
) -> Report:
    """Say what changed between two revisions or folders, in terms of the map.

    Entries and statements added, removed and changed field by field, gaps opened and closed, records moved,
    scores before and after. Gaps that opened by a loss are told apart from those that came with what is new on the
    map or newly expected. -f markdown is a comment for a pull request.
    """
    from interop_landscape.analysis.changes import Changes
    from interop_landscape.reports.diff import DiffReport

    before, after = _ends(revisions, base, head)
    return DiffReport(before, after, Changes(before.landscape, after.landscape))


def _ends(revisions: Revisions, base: str | None, head: str | None) -> tuple[Revision, Revision]:
    if base is not None and ".." in base and "/" not in base:
        if head is not None:
            raise BadRequest(f"`{base}` names both ends already; leave `{head}` out")
        first, dots, last = base.partition("..." if "..." in base else "..")
        if dots == "...":
            merge_base = revisions.repository.merge_base(first or "HEAD", last or "HEAD")
            return revisions.at(merge_base), revisions.named(last or "HEAD")
        return revisions.named(first or "HEAD"), revisions.named(last or "HEAD")
    before = revisions.branching_point() if base is None else revisions.named(base)
    return before, revisions.working_tree() if head is None else revisions.named(head)
