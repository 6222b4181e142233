"""`landscape new`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interop_landscape import loading
from interop_landscape.cli.completing import (
    complete_aspect,
    complete_cargo,
    complete_edge,
    complete_status,
    complete_steward,
    complete_tag,
    of_landscape,
)
from interop_landscape.cli.shared import DirOption, landscape_folder, note, say, say_next
from interop_landscape.errors import BadRequest, InvalidLandscape, Unreachable
from interop_landscape.reading.bounds import read_at_most
from interop_landscape.reading.source import MANIFEST
from interop_landscape.text import visible

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

_PROBE = "probe"

EXAMPLES = """\
Examples:

landscape new framework my-framework

landscape new framework my-framework --from-github me/my-framework --tag deep-learning

landscape new standard my-format --name "My Format" --homepage https://my.example.org

landscape new record my-gap --name "A should export B" --closes "A exports B"

landscape new probe a-b --edge "A exports B"
"""


def new(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            help="A kind of landscape.yml, `record` for a gap that is tracked, or `probe`.",
            autocompletion=of_landscape(lambda landscape: [*landscape.vocabulary.kinds, "record", _PROBE]),
        ),
    ],
    id: Annotated[  # noqa: A002 - the word of the data
        str, typer.Argument(help="Its id, which is its file's name: lower-case letters, digits, hyphens.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="Its name as its makers write it; a record's title.")
    ] = None,
    summary: Annotated[str | None, typer.Option("--summary", help="What it is, in one sentence.")] = None,
    homepage: Annotated[str | None, typer.Option("--homepage", metavar="URL", help="Its home page.")] = None,
    repo: Annotated[str | None, typer.Option("--repo", metavar="URL", help="Its main repository.")] = None,
    license: Annotated[str | None, typer.Option("--license", metavar="SPDX", help="Its licence.")] = None,
    steward: Annotated[
        str | None, typer.Option("--steward", metavar="ID", help="Who looks after it.", autocompletion=complete_steward)
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="active, maintenance or archived.", autocompletion=complete_status)
    ] = None,
    tags: Annotated[
        list[str] | None, typer.Option("--tag", help="A word to select it by; repeatable.", autocompletion=complete_tag)
    ] = None,
    aspect: Annotated[
        str | None,
        typer.Option("--aspect", help="What it is about, for kinds that need it.", autocompletion=complete_aspect),
    ] = None,
    carries: Annotated[
        list[str] | None,
        typer.Option(
            "--carries",
            help="Its cargo, such as weights, for kinds that need it; repeatable.",
            autocompletion=complete_cargo,
        ),
    ] = None,
    resource: Annotated[str | None, typer.Option("--resource", help="What it offers, for kinds that need it.")] = None,
    closes: Annotated[
        list[str] | None,
        typer.Option(
            "--closes",
            metavar='"A relation B"|GAP',
            help="What would close the gap of a record; repeatable.",
            autocompletion=complete_edge,
        ),
    ] = None,
    edge: Annotated[
        str | None,
        typer.Option(
            "--edge",
            metavar='"A relation B"',
            help="The statement that a probe is to verify.",
            autocompletion=complete_edge,
        ),
    ] = None,
    from_github: Annotated[
        str | None,
        typer.Option(
            "--from-github",
            metavar="OWNER/NAME",
            help="Take name, summary, licence and addresses from that repository.",
        ),
    ] = None,
    dir: DirOption = None,  # noqa: A002
) -> None:
    """Begin the file of a new entry, a record or a probe, and say what to do next.

    On a terminal it asks for what is not given; elsewhere that stays empty, and `landscape check` names it.
    """
    from interop_landscape.checking.doubles import doubles_of
    from interop_landscape.ids import PairId
    from interop_landscape.writing import json_schema, scaffold
    from interop_landscape.writing.files import replace
    from interop_landscape.writing.formatting import what_is
    from interop_landscape.writing.line_ends import ended_like

    folder, label = landscape_folder(context, dir)
    landscape, problems = loading.read(folder, label=label)
    if landscape is None:
        raise InvalidLandscape(problems)
    if kind == _PROBE and kind not in landscape.vocabulary.kinds:
        _new_probe(landscape, id, edge, folder, label)
        return
    if edge is not None:
        raise BadRequest("--edge belongs to a probe: `landscape new probe ID --edge …`")
    path = scaffold.new_path(landscape, kind, id)
    if (folder / path).exists():
        raise BadRequest(f"{folder / path} is there already; edit it, or remove it first")
    options: dict[str, Any] = {
        "name": name,
        "summary": summary,
        "homepage": homepage,
        "repo": repo,
        "license": license,
        "steward": steward,
        "status": status,
        "tags": tuple(tags or ()),
        "aspect": aspect,
        "carries": tuple(carries or ()),
        "resource": resource,
    }
    if kind not in landscape.vocabulary.kinds:
        foreign = [key for key, value in options.items() if value and key != "name"]
        if foreign or from_github is not None:
            raise BadRequest(f"a {kind} has no {foreign[0] if foreign else 'repository'}; it takes --name and --closes")
        options = {"title": name, "closes": tuple(closes or ())}
    elif closes:
        raise BadRequest("--closes belongs to a record: `landscape new record ID --closes …`")
    values = {key: value for key, value in options.items() if value}
    for key, value in values.items():
        fault = scaffold.fault(landscape, kind, key, value)
        if fault:
            raise BadRequest(f"--{'name' if key == 'title' else 'tag' if key == 'tags' else key}: {fault}")
    if from_github is not None:
        values = _from_github(landscape, kind, from_github) | values
    for closed in values.get("closes", ()):
        landscape.parse_gap_id(closed) if PairId.looks_like(closed) else landscape.parse_edge(closed)
    if sys.stdin.isatty():
        values |= {key: _ask(landscape, kind, key, id) for key in scaffold.asked(landscape, kind) if key not in values}
        if "tags" not in values and scaffold.tags_asked_for(landscape, kind):
            values |= _ask_tags(landscape, kind)
    if kind in landscape.vocabulary.kinds:
        addresses = (values[key] for key in ("homepage", "repo") if key in values)
        for double in doubles_of(landscape, kind, values.get("name", id), addresses):
            note(f"`{double}` may be the same: {landscape.entries[double].path}")
    pointed = (folder / json_schema.FOLDER).is_dir()
    found = what_is(landscape, path)
    schema = found[1] if pointed and found else None
    if kind in landscape.vocabulary.kinds:
        text = scaffold.entry_text(landscape, kind, values, schema)
    else:
        text = scaffold.record_text(landscape, values, schema)
    replace(folder / path, ended_like(text, read_at_most(folder / MANIFEST)), folder)
    if pointed:
        with_it, _ = loading.read(folder, label=label)
        assert with_it is not None
        json_schema.write_schema_files(with_it, folder)
    empty = [key for key in scaffold.asked(landscape, kind) if key not in values]
    then = (
        "state what it connects to, with evidence"
        if kind in landscape.vocabulary.kinds
        else "say what happened, with a link"
    )
    _say_what_next(Path(label) / path, id, f"fill in {', '.join(empty)}; {then}" if empty else then)


def _new_probe(landscape: Landscape, name: str, edge: str | None, folder: Path, label: str) -> None:
    from interop_landscape.probing.scaffold import probe_text
    from interop_landscape.reading.probes import PROBES_FOLDER
    from interop_landscape.writing.files import replace
    from interop_landscape.writing.scaffold import check_id

    if edge is None:
        raise BadRequest('a probe verifies a statement: `landscape new probe ID --edge "A relation B"`')
    check_id(name)
    path = f"{PROBES_FOLDER}/{name}.py"
    if (folder / path).exists():
        raise BadRequest(f"{folder / path} is there already; edit it, or remove it first")
    replace(folder / path, probe_text(name, edge, landscape).encode(), folder)
    say(Path(label) / path)
    statement = landscape.by_edge.get(landscape.parse_edge(edge))
    stated = (
        f"add `probe: {name}` to `{edge}` in {statement.path}" if statement else f"state `{edge}`, with `probe: {name}`"
    )
    steps = ["open it and follow its comments", f"landscape verify {name}", stated, f"landscape verify {name}"]
    say_next(steps)


def _from_github(landscape: Landscape, kind: str, repository: str) -> dict[str, Any]:
    """What GitHub knows of a repository; nothing, and a note that says so, where it cannot be asked."""
    from interop_landscape.online import github
    from interop_landscape.writing import scaffold

    name = github.repository_name(repository)
    try:
        found = github.repository(name)
    except Unreachable as error:
        note(f"{error}; nothing was taken from there")
        return {}
    if found is None:
        raise BadRequest(f"GitHub knows no public repository {name}")
    values = {
        "name": found.name,
        "summary": found.summary,
        "homepage": found.homepage,
        "repo": found.repo,
        "license": found.license,
        "status": "archived" if found.archived else "active",
    }
    return {key: value for key, value in values.items() if value and not scaffold.fault(landscape, kind, key, value)}


def _ask(landscape: Landscape, kind: str, key: str, id: str) -> Any:  # noqa: A002
    """The author's answer for a key, asked for until it is valid."""
    from interop_landscape.reading.containers import ListOf
    from interop_landscape.reading.keys import keys_of
    from interop_landscape.reading.models import Entry, Record
    from interop_landscape.writing import scaffold

    declared = keys_of(Entry if kind in landscape.vocabulary.kinds else Record)[key]
    words = scaffold.choices(landscape, key)
    several = "; several with commas" if isinstance(declared.kind, ListOf) else ""
    question = f"{key} ({declared.doc}{': ' + ', '.join(words) if words else ''}{several})"
    while True:
        answer = typer.prompt(visible(question), default=id if key == "name" else None, err=True).strip()
        value = tuple(part.strip() for part in answer.split(",")) if isinstance(declared.kind, ListOf) else answer
        fault = scaffold.fault(landscape, kind, key, value)
        if not fault:
            return value
        say(f"  {fault}", err=True)


def _ask_tags(landscape: Landscape, kind: str) -> dict[str, tuple[str, ...]]:
    """The tags that the author chooses, none for an empty answer."""
    from interop_landscape.writing import scaffold

    words = ", ".join(scaffold.tags_asked_for(landscape, kind))
    while True:
        question = visible(f"tags (expectations select by {words}; empty for none)")
        answer = typer.prompt(question, default="", show_default=False, err=True)
        tags = tuple(part.strip() for part in answer.split(",") if part.strip())
        fault = scaffold.fault(landscape, kind, "tags", tags) if tags else None
        if not fault:
            return {"tags": tags} if tags else {}
        say(f"  {fault}", err=True)


def _say_what_next(path: Path, id: str, first: str) -> None:  # noqa: A002
    say(path)
    steps = [
        f"open it and {first}",
        f"landscape check {path}",
        f"landscape fmt {path}",
        f"landscape show {id}",
    ]
    say_next(steps, "Then commit the file and open a pull request.")
