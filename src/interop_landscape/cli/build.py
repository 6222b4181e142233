"""`landscape build`."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from interop_landscape import loading
from interop_landscape.cli.shared import DirOption, landscape_folder, note, say

EXAMPLES = """\
Examples:

landscape build

landscape build -o public --site-url https://example.org/landscape/

landscape build --engine zensical
"""


class Engine(StrEnum):
    """What renders the overview pages."""

    mkdocs = "mkdocs"
    zensical = "zensical"


def build(
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="The folder of the site; an older site in it is replaced."),
    ] = Path("site"),
    engine: Annotated[Engine, typer.Option("--engine", help="What renders the overview pages.")] = Engine.mkdocs,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings, of the check and of the engine.")] = False,
    site_url: Annotated[
        str | None,
        typer.Option(
            "--site-url", metavar="URL", help="Where it will be published: for canonical links and the sitemap."
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Work everything out anew, also what is remembered from builds before.")
    ] = False,
    dir: DirOption = None,  # noqa: A002 - the option's name
) -> None:
    """Build the site: every page, file and badge, as static files that any server can serve.

    Nothing is written where the check finds errors. The folder is replaced as one step at the end, so a build that
    fails or is stopped leaves the previous site as it was, and files that are as they were keep their time. What was
    worked out of earlier revisions, which cannot change, is kept in the user's cache folder, and so is what each file
    was made of: what would be made of the same again is not made.
    """
    from interop_landscape.analysis.contradictions import contradictions
    from interop_landscape.errors import BadRequest, InvalidLandscape
    from interop_landscape.revisions import Revisions
    from interop_landscape.site.address import fault
    from interop_landscape.site.build import build as make
    from interop_landscape.site.history import history_of
    from interop_landscape.site.remembered import Remembered
    from interop_landscape.site.settings import read_settings
    from interop_landscape.text import counted
    from interop_landscape.writing.files import guard_data

    if site_url and (problem := fault(site_url)):
        raise BadRequest(f"--site-url {site_url!a}: {problem[0]}; {problem[1]}")
    folder, label = landscape_folder(context, dir)
    guard_data(output, folder, replaced=True)
    landscape, problems = loading.read(folder, label=label)
    if landscape is None or any(problem.severity == "error" for problem in problems):
        raise InvalidLandscape(problems)
    if strict and (doubts := [*problems, *contradictions(landscape)]):
        raise BadRequest(f"--strict: the check finds {counted(len(doubts), 'problem')}, the first at {doubts[0]}")
    started = time.monotonic()

    def tell(step: str) -> None:
        if time.monotonic() - started > 1:
            say(f"landscape: {step} …", err=True)

    settings = read_settings(folder)
    remembered = Remembered() if fresh else Remembered.of_user()
    history = history_of(Revisions(folder, label), remembered)
    note(history.told)
    built = make(
        landscape,
        history,
        output,
        site_url=site_url,
        settings=settings,
        engine=engine.value,
        strict=strict,
        tell=tell,
        remembered=remembered,
    )
    remembered.tidy()
    note(built.told)
    seconds = time.monotonic() - started
    say(
        f"{output}: {built.pages:,} pages, {built.files:,} files, {built.size / 1e6:.1f} MB, in {seconds:.1f} s\n"
        f"See it: {Path(sys.executable).name} -m http.server -d {output} 8000, then http://127.0.0.1:8000/"
    )
