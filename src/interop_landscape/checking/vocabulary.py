"""Checks of the vocabulary against itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interop_landscape.problems import Problem
from interop_landscape.reading.probes import PROBES_FOLDER
from interop_landscape.reading.source import RECORDS_FOLDER
from interop_landscape.reading.specification import SPECIFICATION_FOLDER

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape


def clashing_names(landscape: Landscape) -> Iterator[Problem]:
    """Two kinds in one folder, or an inverse that is called like another relation."""
    path = landscape.vocabulary_path

    def problem(message: str, hint: str) -> Problem:
        return Problem(path, 1, 1, "clashing-names", message, hint)

    folders = {RECORDS_FOLDER: "records", PROBES_FOLDER: "probes", SPECIFICATION_FOLDER: "the specification"}
    for name, kind in landscape.vocabulary.kinds.items():
        if kind.folder in folders:
            yield problem(
                f"`{name}` and `{folders[kind.folder]}` share the folder `{kind.folder}`", "choose another folder"
            )
        folders[kind.folder] = name
    verbs = dict.fromkeys(landscape.vocabulary.relations, "a relation")
    for name, relation in landscape.vocabulary.relations.items():
        if relation.inverse in verbs:
            yield problem(
                f"the inverse of `{name}`, `{relation.inverse}`, is already {verbs[relation.inverse]}",
                "rename",
            )
        verbs[relation.inverse] = f"the inverse of `{name}`"
