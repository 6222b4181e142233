"""Checks that entries are found by the expectations that are meant for them."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from interop_landscape.problems import Autofix, Problem

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.reading.models import Entry

_ALIKE: Final = 0.84
"""How alike two tags are, from 0 to 1, of which one is taken for the other misspelt (`difflib`'s ratio)."""

_SHORT: Final = 4
"""Tags of so few letters are too much alike by nature."""


def misspelt_tags(landscape: Landscape) -> Iterator[Problem]:
    """A tag that nobody else has, and that is nearly one that several have or that an expectation asks for."""
    used = Counter(tag for entry in landscape.entries.values() for tag in entry.tags)
    known = {tag for tag, count in used.items() if count > 1} | _asked_for(landscape)
    for entry in landscape.entries.values():
        for tag in entry.tags:
            if used[tag] > 1 or tag in known or len(tag) <= _SHORT:
                continue
            near = difflib.get_close_matches(tag, sorted(known), n=1, cutoff=_ALIKE)
            if near:
                line, column = entry.place("tags", tag)
                message = f"the tag `{tag}` is nobody else's, and nearly `{near[0]}`"
                hint = f"write `{near[0]}`, if that is meant: expectations select by tags"
                yield Problem(
                    entry.path, line, column, "near-tag", message, hint, "warning", autofix=Autofix(tag, near[0])
                )


def unselected_entries(landscape: Landscape) -> Iterator[Problem]:
    """An entry of which nothing is expected, though something is of more than three quarters of its kind."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in landscape.entries.values():
        if not landscape.is_archived(entry.id):
            by_kind.setdefault(entry.kind, []).append(entry)
    for entries in by_kind.values():
        left = [entry for entry in entries if not _is_expected(entry, landscape)]
        if len(left) * 4 > len(entries):
            continue
        tags = sorted(_asked_for(landscape) & {tag for entry in entries for tag in entry.tags})
        for entry in left:
            line, column = entry.place("tags")
            message = f"nothing is expected of `{entry.id}`: no expectation starts from it"
            hint = (
                f"add one of the tags {', '.join(tags)}" if tags else "look how expectations select others of its kind"
            )
            yield Problem(entry.path, line, column, "never-selected", message, hint, "warning")


def _asked_for(landscape: Landscape) -> set[str]:
    """The tags by which expectations select."""
    selectors = [end for one in landscape.expectations.values() for end in (one.from_, one.to)]
    return {tag for selector in selectors for tag in selector.tags}


def _is_expected(entry: Entry, landscape: Landscape) -> bool:
    return any(expectation.from_.selects(entry) for expectation in landscape.expectations.values())
