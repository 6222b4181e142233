"""The formats that a landscape can be exported to, and writing them without harm to other files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from interop_landscape.documents.graph import NodeLinkDocument
from interop_landscape.errors import BadRequest
from interop_landscape.exchange.marks import APPLICATION_ID, GRAPHML_MARK
from interop_landscape.writing.files import guard, guard_output, replace, replace_all

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

MARKER: Final = ".landscape-export"
"""A file by which a folder is known to be an export that may be replaced."""

_HEAD: Final = 200


@dataclass(frozen=True)
class Format:
    """One format: how it is made, as one file's bytes or as the texts of several by name.

    ``mark`` is in the first bytes of a file of this format that was made here. ``next_step`` says what can be
    done with it, ``{}`` being its path.
    """

    name: str
    summary: str
    holds: Literal["text", "binary", "folder"]
    make: Callable[[Landscape], bytes | Mapping[str, str]]
    next_step: str
    mark: str = ""


def _graphml(landscape: Landscape) -> bytes:
    from interop_landscape.exchange.graphs import graphml

    return graphml(landscape)


def _node_link(landscape: Landscape) -> bytes:
    from interop_landscape.exchange.graphs import node_link

    return node_link(landscape)


def _csv(landscape: Landscape) -> Mapping[str, str]:
    from interop_landscape.exchange.tables import csv_files

    return csv_files(landscape)


def _sqlite(landscape: Landscape) -> bytes:
    from interop_landscape.exchange.database import database

    return database(landscape)


def _landscape2(landscape: Landscape) -> Mapping[str, str]:
    from interop_landscape.exchange.landscape2 import landscape2_files

    return landscape2_files(landscape)


_ALL: Final = (
    Format(
        "graphml",
        "the graph for Gephi, Cytoscape or yEd",
        "text",
        _graphml,
        "open {} in Gephi, Cytoscape or yEd",
        GRAPHML_MARK,
    ),
    Format(
        "node-link",
        "the graph as JSON for networkx and D3",
        "text",
        _node_link,
        'read {} with networkx.node_link_graph(document, edges="edges")',
        NodeLinkDocument.SHAPE,
    ),
    Format(
        "csv",
        "every table, in a folder",
        "folder",
        _csv,
        "into a spreadsheet, import columns as text: cells may begin with =, +, - or @, as formulas do",
    ),
    Format("sqlite", "every table and gap, for SQL and Datasette", "binary", _sqlite, "datasette {}", APPLICATION_ID),
    Format(
        "landscape2",
        "data and settings of CNCF's landscape2, in a folder",
        "folder",
        _landscape2,
        "landscape2 build --data-file {}/data.yml --settings-file {}/settings.yml --logos-path {}/logos"
        " --output-dir build",
    ),
)
FORMATS: Final[Mapping[str, Format]] = {each.name: each for each in _ALL}


def write(landscape: Landscape, form: Format, output: Path, *, force: bool = False) -> None:
    """Put the landscape, in one format, into a file, or into the files of a folder, which are written all or none.

    Raises BadRequest, before anything is made, where something is there that was not made in this format here,
    unless `force`d, or where a folder is in the place of a file or vice versa; OSError where it cannot be written.
    """
    guard_output(output)
    marker = f"Made by `landscape export {form.name}`.\n"
    if form.holds == "folder":
        if output.exists() and not output.is_dir():
            raise BadRequest(f"{output} is a file; name a folder with -o")
        free = not output.exists() or not any(output.iterdir()) or _holds(output / MARKER, marker)
    else:
        if output.is_dir():
            raise BadRequest(f"{output} is a folder; name a file with -o")
        free = not output.exists() or _holds(output, form.mark)
    if not free and not force:
        raise BadRequest(f"{output} was not made by `landscape export {form.name}`; name another, or add --force")
    made = form.make(landscape)
    if isinstance(made, bytes):
        replace(output, made)
        return
    files = {output / name: text.encode() for name, text in {MARKER: marker, **made}.items()}
    for path in files:
        guard(path, output)
    replace_all(files)


def _holds(path: Path, mark: str) -> bool:
    """Whether a file starts with a mark."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return mark.encode() in stream.read(_HEAD)
