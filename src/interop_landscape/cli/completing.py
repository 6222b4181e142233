"""What a shell offers on Tab: ids, words of the vocabulary, edges; of the landscape nearest to the working folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from interop_landscape import loading
from interop_landscape.errors import LandscapeError, NoLandscape
from interop_landscape.reading.source import RECORDS_FOLDER, find_landscape
from interop_landscape.reading.statements import SUPPORT

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

Complete = Callable[[str], list[str]]


def complete_id(incomplete: str) -> list[str]:
    """Ids of entries that start with what was typed, from the names of files alone."""
    return _stems(incomplete, lambda folder: folder != RECORDS_FOLDER)


def complete_any_id(incomplete: str) -> list[str]:
    """As `complete_id`, with the ids of records."""
    return _stems(incomplete, lambda folder: True)


def complete_record(incomplete: str) -> list[str]:
    """The ids of records that start with what was typed."""
    return _stems(incomplete, lambda folder: folder == RECORDS_FOLDER)


def _stems(incomplete: str, wanted: Callable[[str], bool]) -> list[str]:
    try:
        folder = find_landscape(Path.cwd())
    except NoLandscape:
        return []
    files = (path for path in folder.glob("*/*.yml") if wanted(path.parent.name))
    return sorted(path.stem for path in files if path.stem.startswith(incomplete))


def of_landscape(words: Callable[[Landscape], Iterable[str]]) -> Complete:
    """Completes words of the landscape, in its own order; none where it cannot be read."""

    def complete(incomplete: str) -> list[str]:
        try:
            landscape, _ = loading.read(find_landscape(Path.cwd()))
        except (LandscapeError, OSError):
            return []
        found = words(landscape) if landscape is not None else ()
        return [word for word in dict.fromkeys(found) if word.startswith(incomplete)]

    return complete


def complete_support(incomplete: str) -> list[str]:
    """The words of `support`."""
    return [word for word in SUPPORT if word.startswith(incomplete)]


def complete_edge(incomplete: str) -> list[str]:
    """Edges that the vocabulary allows, a word at a time: ``pytorch``, then ``pytorch exports``, then whole ones."""
    return of_landscape(lambda landscape: _edges(landscape, incomplete.split(" ")[:-1]))(incomplete)


def _edges(landscape: Landscape, typed: list[str]) -> Iterable[str]:
    """What the words typed so far can be led on to."""
    kinds = landscape.kind_of
    if not typed:
        return kinds
    source = kinds.get(typed[0])
    allowed = {name: one for name, one in landscape.vocabulary.relations.items() if source in one.from_}
    if len(typed) == 1:
        return [f"{typed[0]} {name}" for name in allowed]
    if len(typed) > 2 or typed[1] not in allowed:
        return []
    goals = allowed[typed[1]].to
    return [f"{typed[0]} {typed[1]} {name}" for name, kind in kinds.items() if kind in goals and name != typed[0]]


def _tags(landscape: Landscape) -> Iterable[str]:
    return sorted({tag for entry in landscape.entries.values() for tag in entry.tags})


def _maintainers(landscape: Landscape) -> Iterable[str]:
    return sorted({statement.by for statement in landscape.statements if statement.by})


complete_side = of_landscape(lambda landscape: landscape.vocabulary.sides)
complete_stage = of_landscape(lambda landscape: landscape.vocabulary.stages)
complete_kind = of_landscape(lambda landscape: landscape.vocabulary.kinds)
complete_aspect = of_landscape(lambda landscape: landscape.vocabulary.aspects)
complete_cargo = of_landscape(lambda landscape: landscape.vocabulary.cargo)
complete_relation = of_landscape(lambda landscape: landscape.vocabulary.relations)
complete_steward = of_landscape(lambda landscape: landscape.vocabulary.stewards)
complete_status = of_landscape(lambda landscape: landscape.vocabulary.statuses)
complete_expectation = of_landscape(lambda landscape: landscape.expectations)
complete_milestone = of_landscape(lambda landscape: landscape.milestones)
complete_tag = of_landscape(_tags)
complete_maintainer = of_landscape(_maintainers)
