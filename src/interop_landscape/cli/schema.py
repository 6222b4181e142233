"""`landscape schema`."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

from interop_landscape import loading
from interop_landscape.cli.completing import complete_kind
from interop_landscape.cli.shared import DirOption, landscape_folder, say
from interop_landscape.landscape import known_names

EXAMPLES = """\
Examples:

landscape schema   (what there is)

landscape schema entry --kind framework

landscape schema --write   (bring the files that editors read up to date)
"""


class Name(StrEnum):
    """What there is a schema of."""

    entry = "entry"
    record = "record"
    expectations = "expectations"
    milestones = "milestones"
    samples = "samples"
    specification = "specification"
    landscape = "landscape"


def schema(
    context: typer.Context,
    name: Annotated[
        Name | None,
        typer.Argument(
            metavar="FILE",
            help="What the schema is of: entry, record, expectations, milestones, samples, specification, landscape.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="Of entries of this kind; of any if not given.", autocompletion=complete_kind
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write all of them where editors find them; what is up to date stays.")
    ] = False,
    dir: DirOption = None,  # noqa: A002 - the option's name
) -> None:
    """Print the JSON Schema of a file, with the landscape's own words and ids, for editors and other checkers.

    Without FILE, the files in the landscape's folder .schema are listed, which --write brings up to date.
    """
    from interop_landscape.errors import BadRequest, InvalidLandscape
    from interop_landscape.writing import json_schema

    if kind is not None and name is not Name.entry:
        raise BadRequest("--kind belongs to `landscape schema entry`")
    if write and name is not None:
        raise BadRequest(f"--write writes all schemas; omit `{name.value}`, or omit --write to print it")
    folder, label = landscape_folder(context, dir)
    landscape, problems = loading.read(folder, label=label)
    if landscape is None:
        raise InvalidLandscape(problems)
    if name is not None:
        known_names("kind", [kind] if kind else None, landscape.vocabulary.kinds)
        say(json_schema.schema_text(landscape, name.value, kind), nl=False)
        return
    steps = ("written", "removed") if write else ("to be written", "to be removed")
    changes = (json_schema.write_schema_files if write else json_schema.outdated)(landscape, folder)
    state = {file: step for step, files in zip(steps, changes, strict=True) for file in files}
    for file in sorted({*json_schema.schema_files(landscape), *state}):
        say(f"{os.path.join(label, json_schema.FOLDER, file)}: {state.get(file, 'up to date')}")
