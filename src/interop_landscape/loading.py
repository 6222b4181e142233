"""From a folder, or any source of files, to a checked Landscape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from interop_landscape.checking import check
from interop_landscape.errors import InvalidLandscape, NoLandscape
from interop_landscape.landscape import Landscape, in_order
from interop_landscape.problems import Problem
from interop_landscape.reading.collecting import uncollected
from interop_landscape.reading.read import Contents, Kept, with_excerpts
from interop_landscape.reading.read import read as read_contents
from interop_landscape.reading.source import MANIFEST, FolderSource, Source
from interop_landscape.reading.statements import Statement


def load(folder: str | Path, *, today: date | None = None) -> Landscape:
    """Read the landscape in `folder`, the one that holds ``landscape.yml``.

    Raises NoLandscape where there is none, and InvalidLandscape where its data has errors.
    """
    landscape, problems = read(folder, today=today)
    if landscape is None or any(problem.severity == "error" for problem in problems):
        raise InvalidLandscape(problems)
    return landscape


def read(
    folder: str | Path, *, label: str | None = None, today: date | None = None
) -> tuple[Landscape | None, list[Problem]]:
    """Read `folder` and list every problem in a stable order, each with the text of its line.

    The landscape is None where ``landscape.yml`` itself cannot be used. With problems it may hold
    references that lead nowhere, so nothing should be computed from it. `label` goes before the
    paths of problems; it is `folder` as given unless named. Raises NoLandscape where there is none.
    """
    root = Path(folder)
    if not (root / MANIFEST).is_file():
        raise NoLandscape(f"{root} holds no {MANIFEST}; name the folder that does")
    return from_source(FolderSource(root, str(folder) if label is None else label), today=today)


@uncollected()
def from_source(
    source: Source, *, today: date | None = None, kept: Kept | None = None
) -> tuple[Landscape | None, list[Problem]]:
    """As `read`, from any source of files; `kept` spares files that were read before (see `reading.read`)."""
    contents = read_contents(source, today=today, kept=kept)
    landscape = _assemble(contents)
    problems = contents.problems
    if landscape is not None:
        problems = [*problems, *check(landscape)]
    return landscape, with_excerpts(problems, contents.texts)


def _assemble(contents: Contents) -> Landscape | None:
    """One Landscape from what was read; references by alias are resolved to the entry that they mean."""
    if contents.vocabulary is None:
        return None
    entries = dict(sorted(contents.entries.items()))
    id_of_alias: dict[str, str] = {}
    for entry in entries.values():
        for alias in entry.aliases:
            id_of_alias.setdefault(alias, entry.id)
    statements = contents.statements
    if id_of_alias:
        statements = [_unaliased(s, id_of_alias, contents.ids) for s in statements]
    return Landscape(
        vocabulary=contents.vocabulary,
        today=contents.today,
        entries=MappingProxyType(entries),
        statements=in_order(statements),
        expectations=MappingProxyType(dict(sorted(contents.expectations.items()))),
        records=MappingProxyType(dict(sorted(contents.records.items()))),
        milestones=MappingProxyType(dict(sorted(contents.milestones.items()))),
        samples=MappingProxyType(dict(sorted(contents.samples.items()))),
        kind_of=MappingProxyType(dict(sorted(contents.ids.items()))),
        probes=MappingProxyType(dict(sorted(contents.probes.items()))),
        results=MappingProxyType(dict(sorted(contents.results.items()))),
        suites=MappingProxyType(dict(sorted(contents.suites.items()))),
        specification=contents.specification,
        chapters=MappingProxyType(dict(sorted(contents.chapters.items()))),
        vocabulary_path=contents.shown(MANIFEST),
    )


def _unaliased(statement: Statement, id_of_alias: Mapping[str, str], ids: Mapping[str, str]) -> Statement:
    written = statement.source if statement.inverted else statement.target
    if written in ids or written not in id_of_alias:
        return statement
    if statement.inverted:
        return replace(statement, source=id_of_alias[written], alias=written)
    return replace(statement, target=id_of_alias[written], alias=written)
