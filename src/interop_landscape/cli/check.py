"""`landscape check`."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interop_landscape.cli.shared import DirOption, landscape_folder
from interop_landscape.errors import BadRequest

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.problems import Problem

EXAMPLES = """\
Examples:

landscape check

landscape check landscape/frameworks/pytorch.yml

landscape check -f github   (annotations on a pull request)
"""


class CheckFormat(StrEnum):
    """How problems are written."""

    table = "table"
    json = "json"
    github = "github"


def check(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Only problems in these files or folders."),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        CheckFormat,
        typer.Option("--format", "-f", help="table for people, json for programs, github for annotations."),
    ] = CheckFormat.table,
    dir: DirOption = None,  # noqa: A002
) -> None:
    """Check every file and list every problem, with its place and how to mend it."""
    from interop_landscape.landscape import Landscape
    from interop_landscape.reports.check import CheckReport

    folder, label = landscape_folder(context, dir)
    wanted = [_known_path(path, folder) for path in paths or ()]
    landscape, problems = Landscape.read(folder, label=label)
    if landscape is not None and landscape.records and not any(p.severity == "error" for p in problems):
        problems = [*problems, *_contradictions(landscape)]
    if wanted:
        problems = [p for p in problems if any(_below(Path(p.path), path) for path in wanted)]
    report = CheckReport(landscape, tuple(problems))
    if format is CheckFormat.table:
        report.render(sys.stdout)
    else:
        sys.stdout.write(report.as_json() if format is CheckFormat.json else report.as_annotations())
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)


def _contradictions(landscape: Landscape) -> list[Problem]:
    """What only the graph can show to be wrong; no landscape is refused for it."""
    from interop_landscape.analysis.contradictions import contradictions
    from interop_landscape.reading.read import with_excerpts

    found = list(contradictions(landscape))
    return with_excerpts(found, {problem.path: Path(problem.path).read_bytes() for problem in found})


def _known_path(path: Path, folder: Path) -> Path:
    if not path.exists():
        raise BadRequest(f"{path} does not exist")
    if not _below(path, folder):
        raise BadRequest(f"{path} is not in the landscape in {folder}")
    return path


def _below(path: Path, folder: Path) -> bool:
    # Links are not followed: a problem stands where the file is named, wherever it leads.
    own, above = os.path.abspath(path), os.path.abspath(folder)
    return own == above or own.startswith(above.rstrip(os.sep) + os.sep)
