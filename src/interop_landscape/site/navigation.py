"""The site's navigation: five groups in plain words, each of the pages that there are."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from interop_landscape.reading.models import Side, Vocabulary

_GROUPS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "Find a path": (("Path finder", "paths"), ("Compare", "compare"), ("Explore the graph", "explore")),
    "Who works with what": (),
    "Gaps and plan": (
        ("Gaps", "gaps"),
        ("Plan", "plan"),
        ("What changed", "changes"),
        ("Process and timeline", "process"),
    ),
    "Entries": (
        ("All entries", "entries"),
        ("Verified", "verified"),
        ("Coverage", "coverage"),
        ("Stewards", "stewards"),
    ),
    "About": (
        ("About this map", "cite"),
        ("Specification", "specification"),
        ("Data and API", "data"),
        ("Contribute", "contribute"),
    ),
}
"""The pages of each group by their titles; the sides stand in the group that names none."""

_REFERENCE: Final = (("Commands", "commands"), ("Files", "data"), ("Problems", "problems"), ("JSON", "json"))


def navigation(
    vocabulary: Vocabulary, sides: dict[str, str], pages: Collection[str], text: Callable[[str], str]
) -> list[Any]:
    """Home and the groups, as the engines take them.

    `sides` has the page of each side, `pages` all that were staged; `text` gives what is put in for a text of the data.
    """
    made: list[Any] = [{"Home": "index.md"}]
    for group, known in _GROUPS.items():
        items: list[Any] = [{title: f"{page}.md"} for title, page in known if f"{page}.md" in pages]
        if not known:
            items = [{_titled(vocabulary.sides[side], text): f"{page}.md"} for side, page in sides.items()]
        if items:
            made.append({group: items})
    about = made[-1]["About"]
    if vocabulary.repository:  # a link of the engine's own would ask the repository's host for numbers of stars
        about.append({"Repository": vocabulary.repository})
    about.append({"Reference": [{title: f"reference/{page}.md"} for title, page in _REFERENCE]})
    return made


def _titled(side: Side, text: Callable[[str], str]) -> str:
    """What a side is about in plain words, with its proper name beside where it has both."""
    return f"{text(side.plain)} · {text(side.name)}" if side.plain else text(side.name)
