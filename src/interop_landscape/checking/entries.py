"""Checks of entries against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interop_landscape.problems import Problem

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape


def colliding_aliases(landscape: Landscape) -> Iterator[Problem]:
    """An alias that is somebody's id, or an alias of two entries."""
    owner: dict[str, str] = {}
    for entry in landscape.entries.values():
        for alias in entry.aliases:
            line, column = entry.place("aliases")
            if alias in landscape.kind_of:
                whose = "this entry's own id" if alias == entry.id else "the id of another entry"
                message, hint = f"the alias `{alias}` is {whose}", "remove it"
            elif alias in owner:
                message, hint = (
                    f"the alias `{alias}` also belongs to `{owner[alias]}`",
                    "leave it to one of them",
                )
            else:
                owner[alias] = entry.id
                continue
            yield Problem(entry.path, line, column, "alias-collision", message, hint)
