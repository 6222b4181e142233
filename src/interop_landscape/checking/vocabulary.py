"""Checks of the vocabulary against itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interop_landscape.problems import Problem
from interop_landscape.reading.probes import PROBES_FOLDER
from interop_landscape.reading.source import RECORDS_FOLDER
from interop_landscape.reading.specification import SPECIFICATION_FOLDER
from interop_landscape.text import Suggestions

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


def unknown_examples(landscape: Landscape) -> Iterator[Problem]:
    """An example that asks about an entry that is not there, that has another id by now, or about one entry alone."""
    aliases = {alias: entry.id for entry in landscape.entries.values() for alias in entry.aliases}
    near = Suggestions()
    for example in landscape.vocabulary.examples:
        for end, name in (("from", example.from_), ("to", example.to)):
            place = landscape.vocabulary_path, *example.place(end)
            if name in aliases:
                hint = f"write `{aliases[name]}`"
                message = f"`{name}` was renamed to `{aliases[name]}`"
                yield Problem(*place, "renamed-entry", message, hint, "warning")
            elif name not in landscape.kind_of:
                hint = near.did_you_mean(name, landscape.kind_of, "entries")
                yield Problem(*place, "unknown-entry", f"no entry is called `{name}`", hint)
        if example.from_ == example.to:
            place = landscape.vocabulary_path, *example.place("to")
            yield Problem(*place, "self-edge", f"`{example.to}` names itself", "name another entry")
