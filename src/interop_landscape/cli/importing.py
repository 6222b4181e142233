"""`landscape import`."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interop_landscape import loading
from interop_landscape.cli.shared import DirOption, Format, FormatOption, landscape_folder, note, print_report, say
from interop_landscape.errors import BadRequest, NoLandscape
from interop_landscape.reading.source import MANIFEST

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

EXAMPLES = """\
Examples:

landscape import landscape2 data.yml --dry-run   (what would be done)

landscape import landscape2 data.yml --mapping mapping.yml

landscape import landscape2 data.yml -d new-landscape   (into a new one)
"""


class Source(StrEnum):
    """What can be imported."""

    landscape2 = "landscape2"


def import_(
    context: typer.Context,
    format_: Annotated[Source, typer.Argument(metavar="FORMAT", help="What the file is: landscape2.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The data file, data.yml or landscape.yml.")],
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", metavar="FILE", help="What becomes of which categories and maturities: docs/importing.md."
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="NAME", help="What to remember the file as; its name without the ending if not given."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report what would be done, and write nothing.")] = False,
    format: FormatOption = Format.table,  # noqa: A002 - the option's name
    dir: DirOption = None,  # noqa: A002
) -> None:
    """Make entries of the items of another landscape's file, and report what could not be taken over.

    Run again, it brings in what the source has changed since, and leaves what was edited here as it is. Where the
    folder named by --dir holds no landscape, a new one is made. Where no item can be taken over, it says how to go on,
    and ends with status 1.
    """
    from interop_landscape.exchange.landscape2.importing import carry_out, plan_import
    from interop_landscape.exchange.landscape2.mapping import read_mapping
    from interop_landscape.exchange.landscape2.source import read_data
    from interop_landscape.exchange.landscape2.state import State
    from interop_landscape.reports.importing import ImportReport
    from interop_landscape.text import slug

    folder, label = _folder(context, dir)
    landscape = _landscape(folder)
    words = landscape.vocabulary if landscape is not None else None
    mapped = read_mapping(_bytes(mapping) if mapping else None, str(mapping or ""), words)
    data = read_data(_bytes(file), str(file))
    name = slug(source or file.stem)
    if not name:
        raise BadRequest("the file's name holds no letter of an id; name the source with --source NAME")
    plan = plan_import(data, mapped, landscape, State.read(folder, name), name)
    problems = [] if dry_run else carry_out(plan, folder, label)
    print_report(ImportReport(plan, str(file), label, dry_run), format)
    if plan.vocabulary is not None and not dry_run:
        note(f"{label} is a new landscape; say in {MANIFEST} what it maps, and in expectations.yml what is expected")
    if plan.takes_nothing and landscape is not None:
        _say_how_to_go_on([item.category for item in data.items], landscape)
    if problems:
        note(f"the landscape has problems now, the first at {problems[0]}; `landscape check` lists all")
    if plan.takes_nothing:
        raise typer.Exit(1)


def _say_how_to_go_on(categories: list[str], landscape: Landscape) -> None:
    """A mapping to begin with, where nothing could be taken over."""
    from interop_landscape.exchange.landscape2.mapping import draft

    text = draft(categories, landscape.vocabulary)
    if text:
        note("nothing was taken over; put what should become of each category into mapping.yml, such as")
        say(
            f"\n{text}\nand run it again with --mapping mapping.yml. docs/importing.md says what else it can hold.",
            err=True,
        )
    else:
        note(
            "nothing was taken over: every kind here needs keys that landscape2 does not have; add one that needs none"
        )


def _folder(context: typer.Context, given: Path | None) -> tuple[Path, str]:
    """(folder, label) of the landscape, which need not be there yet where the folder is named."""
    named = given or context.find_root().params.get("dir")
    try:
        return landscape_folder(context, given)
    except NoLandscape as error:
        if named is None:
            raise NoLandscape(f"{error}; with -d DIR, import makes a new one there") from None
    there = sorted(item.name for item in named.iterdir() if not item.name.startswith(".")) if named.exists() else []
    if there:
        raise BadRequest(f"{named} holds no {MANIFEST} but {there[0]}; name a landscape's folder, or an empty one")
    return named, os.path.normpath(named)


def _landscape(folder: Path) -> Landscape | None:

    return loading.load(folder) if (folder / MANIFEST).is_file() else None


def _bytes(path: Path) -> bytes:
    """The bytes of a file; what is too large to be read is cut where the reader still notices."""
    from interop_landscape.exchange.landscape2.source import MAX_BYTES

    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
