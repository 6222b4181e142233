"""`landscape init`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from interop_landscape.cli.shared import say, say_next

EXAMPLES = """\
Examples:

landscape init my-landscape

landscape init my-landscape --title "Home automation"
"""

UNPINNED = "pin the program's action in .github/workflows to a commit; this installation does not know its own"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new folder; it is empty or not there yet.")],
    title: Annotated[str | None, typer.Option("--title", help="What the landscape is called.")] = None,
) -> None:
    """Begin a landscape of your own field.

    It is about music notation, small, and works at once: a vocabulary, entries, expectations and a tracked gap, with
    comments that say how to make them yours; schemas for editors, and the checks of pull requests.
    """
    from interop_landscape.writing.pinning import own_commit
    from interop_landscape.writing.starting import begin

    landscape = begin(folder, title)
    kind = next(iter(landscape.vocabulary.kinds))
    steps = [
        *([] if folder.samefile(".") else [f"cd {shlex.quote(str(folder))}"]),
        "landscape check",
        "landscape gaps",
        "landscape serve   (the site, live)",
        f"landscape new {kind} my-{kind}",
    ]
    if own_commit() is None:
        steps.append(UNPINNED)
    say(folder)
    say_next(steps, "README.md says how to make it yours.")
