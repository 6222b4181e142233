"""What all commands share: finding the landscape, the options of every analysis, printing in any format."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from interop_landscape import loading
from interop_landscape.cli.completing import complete_edge
from interop_landscape.errors import BadRequest, NoLandscape
from interop_landscape.reading.source import MANIFEST, find_landscape, landscape_in
from interop_landscape.text import visible

if TYPE_CHECKING:
    from interop_landscape.ids import Edge
    from interop_landscape.landscape import Landscape
    from interop_landscape.reports.report import Report


class Format(StrEnum):
    """How results are written."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"


DirOption = Annotated[
    Path | None,
    typer.Option(
        "--dir",
        "-d",
        metavar="DIR",
        help=f"The folder that holds {MANIFEST}; the nearest one at or above the working folder if not given.",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="table for people, the others for programs.")]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="REV|DATE", help="A git revision, a date such as 2026-10-01, or 90d, 6w, 1y ago."),
]
SlidesOption = Annotated[
    bool, typer.Option("--slides", help="Write the text as slides: Markdown that Marp and reveal-md take.")
]
AssumeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        metavar='"A relation B"',
        help="Compute as if this edge were there in full; repeatable.",
        autocompletion=complete_edge,
    ),
]


def landscape_folder(context: typer.Context, given: Path | None) -> tuple[Path, str]:
    """(folder, label): where the landscape is, and how its paths are shown.

    Raises NoLandscape where there is none.
    """
    named = given or context.find_root().params.get("dir")
    if named is None:
        folder = find_landscape(Path.cwd())
        return folder, os.path.relpath(folder)
    named = landscape_in(named)
    if not (named / MANIFEST).is_file():
        raise NoLandscape(f"{named} holds no {MANIFEST}; name the folder that does with --dir")
    return named, os.path.normpath(named)


def wanted_paths(paths: Iterable[Path] | None, folder: Path) -> Callable[[Path], bool]:
    """Whether a path is one of these or below one of them; any path is, where none are given.

    Raises BadRequest where one is not there or not in the landscape in `folder`.
    """
    wanted = list(paths or ())
    for path in wanted:
        if not path.exists():
            raise BadRequest(f"{path} does not exist")
        if not _below(path, folder):
            raise BadRequest(f"{path} is not in the landscape in {folder}")
    return lambda path: not wanted or any(_below(path, one) for one in wanted)


def _below(path: Path, folder: Path) -> bool:
    # Links are not followed: a file is where it is named, wherever it leads.
    own, above = os.path.abspath(path), os.path.abspath(folder)
    return own == above or own.startswith(above.rstrip(os.sep) + os.sep)


def say(text: object, *, lead: str = "", err: bool = False, nl: bool = True) -> None:
    """Print text on stdout or stderr, with nothing in it that a terminal obeys; `lead` goes before it as it is.

    Every text that is not a report leaves the program through here.
    """
    typer.echo(lead + visible(str(text)), err=err, nl=nl)


def note(text: str) -> None:
    """Say something beside the result, on stderr."""
    if text:
        say(f"landscape: {text}", err=True)


def say_next(steps: Sequence[str], then: str = "") -> None:
    """Name the next commands on stderr, in their order."""
    lines = [f"  {number}. {step}" for number, step in enumerate(steps, 1)]
    say("\n".join(["Next:", *lines, *([then] if then else [])]), err=True)


def analysis(function: Callable[..., Report]) -> Callable[..., None]:
    """Make a command of a function that takes a landscape and returns a report.

    The command gets the options ``--dir``, ``--format`` and ``--assume``, loads the landscape, and prints the
    report. A report that says no (``report.no``) ends the command with status 1. A function that has a parameter
    `revisions` gets the landscape's other revisions too.
    """
    return _command(function, ("landscape", "revisions"), [_parameter("assume", None, AssumeOption)])


def reporting(function: Callable[..., Report]) -> Callable[..., None]:
    """As `analysis`, for a function that takes only `revisions` and loads what it needs."""
    return _command(function, ("revisions",), [])


def slides_of(report: Report, wanted: bool) -> Report:
    """The report, as slides where they are wanted."""
    if not wanted:
        return report
    from interop_landscape.reports.slides import Slides

    return Slides(report)


def _parameter(name: str, default: object, annotation: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _command(
    function: Callable[..., Report], given: tuple[str, ...], more: list[inspect.Parameter]
) -> Callable[..., None]:
    """A command with the function's own options and the shared ones, in the form that typer reads.

    `given` are the parameters of the function that the command fills in itself.
    """
    hints = get_type_hints(function, include_extras=True)
    signature = inspect.signature(function).parameters
    own = [p.replace(annotation=hints[name]) for name, p in signature.items() if name not in given]

    @functools.wraps(function)
    def command(context: typer.Context, **options: Any) -> None:
        from interop_landscape.revisions import Revisions

        folder, label = landscape_folder(context, options.pop("dir"))
        output, assumed = options.pop("format"), options.pop("assume", None)
        filled: dict[str, Any] = {}
        edges: list[Edge] = []
        if "landscape" in signature:
            landscape = loading.load(folder)
            edges = [landscape.parse_edge(text) for text in assumed or ()]
            _note_full(edges, landscape)
            filled["landscape"] = landscape.assuming(edges)
        if "revisions" in signature:
            filled["revisions"] = Revisions(folder, label)
        report = function(**filled, **options)
        if edges:
            from interop_landscape.reports.assuming import assuming

            report = assuming(report, tuple(map(str, edges)))
        print_report(report, output)
        if report.no:
            raise typer.Exit(1)

    shared = [
        *more,
        _parameter("format", Format.table, FormatOption),
        _parameter("dir", None, DirOption),
    ]
    parameters = [inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    parameters += [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + shared
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    return command


def _note_full(edges: Iterable[Edge], landscape: Landscape) -> None:
    """Say of which edges it changes nothing to assume them."""
    for edge in edges:
        there = landscape.by_edge.get(edge)
        if there is not None and there.support == "full":
            note(f"`{edge}` is there in full already; assuming it changes nothing")


def print_report(report: Report, output: Format) -> None:
    """Write a report to stdout in one format."""
    if output is Format.table:
        from interop_landscape.reports.terminal import console

        report.render(console(sys.stdout))
        return
    from interop_landscape.reports.formats import WRITERS

    sys.stdout.write(WRITERS[output.value](report))
