"""`landscape export`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from interop_landscape import loading
from interop_landscape.cli.shared import DirOption, landscape_folder, note, say
from interop_landscape.exchange.exports import FORMATS as TABLES_AND_GRAPHS
from interop_landscape.exchange.exports import Format
from interop_landscape.landscape import known_names

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

EXAMPLES = """\
Examples:

landscape export sqlite -o map.db   (then `datasette map.db`)

landscape export graphml > map.graphml

landscape export csv -o tables

landscape export specification -o specification.md   (the interop specification as one text)

landscape export issues -o issues   (records as texts of issues, with labels)
"""


def _issues(landscape: Landscape) -> Mapping[str, str]:
    from interop_landscape.reports.issues import issues_of_records

    return issues_of_records(landscape)


def _specification(landscape: Landscape) -> bytes:
    from interop_landscape.reports.specification import specification_markdown

    return specification_markdown(landscape).encode()


_SPECIFICATION: Final = Format(
    "specification",
    "the interop specification in Markdown, with version and date",
    "text",
    _specification,
    "read {}, or turn it into a page with pandoc",
    "Made by `landscape export specification`",
)
_ISSUES: Final = Format(
    "issues",
    "a text for an issue of each record, with labels, in a folder",
    "folder",
    _issues,
    "read the files in {}; title, labels and milestone stand in front of each text",
)
FORMATS: Final[Mapping[str, Format]] = {
    **TABLES_AND_GRAPHS,
    _SPECIFICATION.name: _SPECIFICATION,
    _ISSUES.name: _ISSUES,
}
"""All formats: what is made of reports is written like any other."""


def _complete(incomplete: str) -> list[str]:
    return [name for name in FORMATS if name.startswith(incomplete)]


def export(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="; ".join(f"{each.name}: {each.summary}" for each in FORMATS.values()) + ".",
            autocompletion=_complete,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="The file, or the folder; a single text is printed if not given."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what was not made by this command.")] = False,
    dir: DirOption = None,  # noqa: A002 - the option's name
) -> None:
    """Write the landscape for other programs: its entries, statements and evidence, the gaps with their fixes, issues.

    What an earlier run wrote is replaced; anything else is left alone. The same landscape gives the same bytes.
    """
    from interop_landscape.errors import BadRequest
    from interop_landscape.exchange.exports import write
    from interop_landscape.writing.files import guard_data

    known_names("format", [name], FORMATS)
    form = FORMATS[name]
    if output is None and form.holds != "text":
        what = "a folder" if form.holds == "folder" else "a file"
        raise BadRequest(f"`{name}` cannot be printed; name {what} with -o")
    folder, _ = landscape_folder(context, dir)
    landscape = loading.load(folder)
    if output is None:
        made = form.make(landscape)
        assert isinstance(made, str | bytes)
        _print(made)
        return
    guard_data(output, folder)
    write(landscape, form, output, force=force)
    say(output)
    note(f"next: {form.next_step.replace('{}', shlex.quote(str(output)))}")


def _print(made: str | bytes) -> None:
    """Print an export: for a program as it is, for a person at a terminal so that the terminal obeys none of it."""
    if sys.stdout.isatty():
        text = made.decode() if isinstance(made, bytes) else made
        say(text.replace("\r\n", "\n"), nl=False)
    else:
        typer.echo(made, nl=False)
