"""Bring the files of a landscape to canonical form, and the schemas that their first lines point to up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry, Expectation, Milestone, Record, Sample, Vocabulary
from interop_landscape.reading.read import EXPECTATIONS, MILESTONES, SAMPLES
from interop_landscape.reading.source import MANIFEST, RECORDS_FOLDER, FolderSource
from interop_landscape.reading.specification import SPECIFICATION, Specification
from interop_landscape.writing.canonical import canonical
from interop_landscape.writing.json_schema import FOLDER, file_name

_AT_THE_TOP: dict[str, tuple[type[Any], str]] = {
    MANIFEST: (Vocabulary, "landscape.json"),
    EXPECTATIONS: (Expectation, "expectations.json"),
    MILESTONES: (Milestone, "milestones.json"),
    SAMPLES: (Sample, "samples.json"),
}


@dataclass(frozen=True, slots=True)
class Formatted:
    """One file, by its path below the landscape's folder: as it is, and in canonical form; or why it has none."""

    path: str
    before: bytes
    after: bytes
    fault: str = ""

    @property
    def changed(self) -> bool:
        """Whether the file is not in canonical form."""
        return self.before != self.after


def formatted(landscape: Landscape, folder: Path, wanted: Callable[[str], bool]) -> Iterator[Formatted]:
    """Each YAML file of the landscape in `folder` whose path below it is `wanted`, and that is no link to another."""
    pointed = (folder / FOLDER).is_dir()
    for file in FolderSource(folder, "").files():
        found = what_is(landscape, file.path)
        if file.fault is not None or found is None or not wanted(file.path) or (folder / file.path).is_symlink():
            continue
        model, schema = found
        try:
            after = canonical(file.data, model, schema if pointed else None)
        except BadRequest as error:
            yield Formatted(file.path, file.data, file.data, str(error))
        else:
            yield Formatted(file.path, file.data, after)


def what_is(landscape: Landscape, path: str) -> tuple[type[Any], str] | None:
    """(model, address of its schema) of a file by its path below the landscape's folder; None where it is no data."""
    folder, _, name = path.rpartition("/")
    if not folder and name in _AT_THE_TOP:
        model, schema = _AT_THE_TOP[name]
        return model, f"{FOLDER}/{schema}"
    if path == SPECIFICATION:
        return Specification, f"../{FOLDER}/specification.json"
    if not name.endswith(".yml"):
        return None
    if folder == RECORDS_FOLDER:
        return Record, f"../{FOLDER}/record.json"
    kind = next((kind for kind, found in landscape.vocabulary.kinds.items() if found.folder == folder), None)
    return (Entry, f"../{FOLDER}/{file_name(kind)}") if kind is not None else None
