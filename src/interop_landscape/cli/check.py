"""`landscape check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interop_landscape.cli.shared import DirOption, landscape_folder, note
from interop_landscape.errors import BadRequest

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.problems import Problem

EXAMPLES = """\
Examples:

landscape check

landscape check landscape/frameworks/pytorch.yml

landscape check --fix   (mend what needs nobody's judgement)

landscape check --stale   (what ought to be looked at again)

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
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend misspelt keys, words and ids, dates and lists, then list what is left.")
    ] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="Also warn of statements that were last checked too long ago.")
    ] = False,
    dir: DirOption = None,  # noqa: A002
) -> None:
    """Check every file and list every problem, with its place and how to mend it."""
    from interop_landscape.checking.freshness import stale_statements
    from interop_landscape.landscape import Landscape
    from interop_landscape.reports.check import CheckReport

    folder, label = landscape_folder(context, dir)
    wanted = [_known_path(path, folder) for path in paths or ()]

    def is_wanted(problem: Problem) -> bool:
        return not wanted or any(_below(Path(problem.path), path) for path in wanted)

    if fix:
        _mend(folder, label, is_wanted)
    landscape, problems = Landscape.read(folder, label=label)
    if landscape is not None and not any(p.severity == "error" for p in problems):
        found = _contradictions(landscape) if landscape.records else []
        found += stale_statements(landscape) if stale else []
        problems = [*problems, *_with_excerpts(found)]
    problems = [p for p in problems if is_wanted(p)]
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

    return list(contradictions(landscape))


def _with_excerpts(problems: list[Problem]) -> list[Problem]:
    from interop_landscape.reading.read import with_excerpts

    return with_excerpts(problems, {path: Path(path).read_bytes() for path in {p.path for p in problems}})


def _mend(folder: Path, label: str, is_wanted: Callable[[Problem], bool]) -> None:
    from interop_landscape.writing.mending import mend_files

    for problem in mend_files(folder, label, is_wanted):
        assert problem.mend is not None
        done = f"`{problem.mend.old}` is now `{problem.mend.new}`" if problem.mend.new else "one was removed"
        note(f"mended {problem}: {done}")


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
