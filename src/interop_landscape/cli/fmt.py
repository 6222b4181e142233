"""`landscape fmt`."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interop_landscape import loading
from interop_landscape.cli.shared import DirOption, landscape_folder, note, say, wanted_paths
from interop_landscape.errors import InvalidLandscape
from interop_landscape.text import counted

if TYPE_CHECKING:
    from interop_landscape.writing.formatting import Formatted

EXAMPLES = """\
Examples:

landscape fmt

landscape fmt landscape/frameworks/pytorch.yml

landscape fmt --check   (what would change; nothing is written)
"""


_LONGEST_SHOWN = 3_000


def fmt(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Only these files or folders."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; show what would change, and end with status 1 if anything.")
    ] = False,
    dir: DirOption = None,  # noqa: A002 - the option's name
) -> None:
    """Bring files to canonical form: order of keys, indentation, quotes, sorted relations; comments stay in place.

    Where the landscape has schemas for editors, they are brought up to date too.
    """
    from interop_landscape.writing import json_schema
    from interop_landscape.writing.files import replace
    from interop_landscape.writing.formatting import formatted

    folder, label = landscape_folder(context, dir)
    is_wanted = wanted_paths(paths, folder)
    landscape, problems = loading.read(folder, label=label)
    if landscape is None:
        raise InvalidLandscape(problems)
    files = list(formatted(landscape, folder, lambda path: is_wanted(folder / path)))
    changed = [file for file in files if file.changed]
    for file in changed:
        shown = os.path.normpath(os.path.join(label, file.path))
        if check:
            say(_difference(file, shown), nl=False)
        else:
            replace(folder / file.path, file.after, folder)
            say(shown)
    schemas: list[str] = []
    if (folder / json_schema.FOLDER).is_dir():
        write = json_schema.outdated if check else json_schema.write_schema_files
        schemas = [name for names in write(landscape, folder) for name in names]
        for name in schemas:
            say(f"{os.path.join(label, json_schema.FOLDER, name)}{': outdated' if check else ''}")
    faults = [file for file in files if file.fault]
    for file in faults:
        note(f"{os.path.join(label, file.path)}:{file.fault}")
    count = len(changed) + len(schemas)
    told = "would change" if check else "changed"
    note(f"{counted(count, 'file')} {told}, {counted(len(files) - len(changed) - len(faults), 'file')} left as is")
    if faults:
        raise typer.Exit(2)
    if check and count:
        raise typer.Exit(1)


def _difference(file: Formatted, shown: str) -> str:
    if max(file.before.count(b"\n"), file.after.count(b"\n")) > _LONGEST_SHOWN:
        return f"{shown}: would change; the file is too long to show how\n"
    before, after = (text.decode("utf-8", "replace").splitlines(keepends=True) for text in (file.before, file.after))
    if all(line.endswith("\r\n") for line in (*before, *after)):  # kept as they are, so they are no difference
        before, after = ([line.replace("\r\n", "\n") for line in lines] for lines in (before, after))
    lines = difflib.unified_diff(before, after, shown, shown)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
