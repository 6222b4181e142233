"""`landscape check`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interop_landscape import loading
from interop_landscape.cli.shared import DirOption, landscape_folder, note, wanted_paths
from interop_landscape.text import counted

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.online.links import Checked
    from interop_landscape.problems import Problem

EXAMPLES = """\
Examples:

landscape check

landscape check landscape/frameworks/pytorch.yml

landscape check --fix   (fix what needs no judgement)

landscape check --stale   (what ought to be looked at again)

landscape check --network   (dead links, archived repositories; requests every address)

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
        bool, typer.Option("--fix", help="Fix misspelt keys, words and ids, dates and lists, then list what is left.")
    ] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="Also warn of statements that were last checked too long ago.")
    ] = False,
    network: Annotated[
        bool,
        typer.Option(
            "--network", help="Also request every address to see whether it is still there; meant for once a week."
        ),
    ] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="With --network: also request those that answered lately.")
    ] = False,
    dir: DirOption = None,  # noqa: A002
) -> None:
    """Check every file and list every problem, with its place and how to fix it."""
    from interop_landscape.checking.freshness import stale_results, stale_statements
    from interop_landscape.reports.check import CheckReport

    folder, label = landscape_folder(context, dir)
    wanted = wanted_paths(paths, folder)

    def is_wanted(problem: Problem) -> bool:
        return wanted(Path(problem.path))

    if fix:
        _autofix(folder, label, is_wanted)
    links: Checked | None = None
    landscape, problems = loading.read(folder, label=label)
    if landscape is not None and not any(p.severity == "error" for p in problems):
        found = _contradictions(landscape) if landscape.records or landscape.results else []
        found += [*stale_statements(landscape), *stale_results(landscape)] if stale else []
        links = _dead_links(landscape, refresh=refresh) if network else None
        found += links.problems if links else []
        problems = [*problems, *_with_excerpts(found)]
    problems = [p for p in problems if is_wanted(p)]
    report = CheckReport(landscape, tuple(problems))
    if format is CheckFormat.table:
        report.render(sys.stdout)
    else:
        sys.stdout.write(report.as_json() if format is CheckFormat.json else report.as_annotations())
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)
    if links and links.stopped == "interrupted":
        raise KeyboardInterrupt


def _contradictions(landscape: Landscape) -> list[Problem]:
    """What only the graph can show to be wrong; no landscape is refused for it."""
    from interop_landscape.analysis.contradictions import contradictions

    return list(contradictions(landscape))


def _dead_links(landscape: Landscape, *, refresh: bool) -> Checked:
    from interop_landscape.online.link_client import Asker, Cache, cache_path
    from interop_landscape.online.links import check_links

    def tell(done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done:,} of {of:,} addresses")

    checked = check_links(landscape, Asker(), Cache(cache_path(), landscape.today, refresh=refresh), tell)
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    for address, why in checked.unchecked:
        note(f"could not be checked: {address} ({why})")
    note(f"{counted(checked.count, 'address', 'addresses')} requested, {len(checked.unchecked):,} could not be checked")
    if checked.stopped:
        why = "interrupted" if checked.stopped == "interrupted" else "it took too long; go on by running it again"
        note(f"{why}: {checked.left:,} were not requested; this is what is known until now")
    return checked


def _with_excerpts(problems: list[Problem]) -> list[Problem]:
    from interop_landscape.reading.bounds import read_at_most
    from interop_landscape.reading.read import with_excerpts

    return with_excerpts(problems, {path: read_at_most(path) for path in {p.path for p in problems}})


def _autofix(folder: Path, label: str, is_wanted: Callable[[Problem], bool]) -> None:
    from interop_landscape.writing.autofixing import autofix_files

    for problem in autofix_files(folder, label, is_wanted):
        assert problem.autofix is not None
        done = f"`{problem.autofix.old}` is now `{problem.autofix.new}`" if problem.autofix.new else "one was removed"
        note(f"fixed {problem}: {done}")
