"""Checks of expectations against the entries they are about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interop_landscape.problems import Problem
from interop_landscape.text import Suggestions

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape


def unknown_names(landscape: Landscape) -> Iterator[Problem]:
    """A selector that names an entry or tag that no entry has."""
    whole = _all_readable(landscape)
    tags = {tag for entry in landscape.entries.values() for tag in entry.tags}
    near = Suggestions()
    for expectation in landscape.expectations.values():
        for end, selector in (("from", expectation.from_), ("to", expectation.to)):
            line, column = expectation.place(end)
            for name in (*selector.entries, *selector.except_):
                if name not in landscape.kind_of:
                    hint = near.did_you_mean(name, landscape.kind_of, "entries")
                    message = f"no entry is called `{name}`"
                    yield Problem(expectation.path, line, column, "unknown-entry", message, hint)
            for tag in (*selector.tags, *selector.without):
                if whole and tag not in tags:
                    hint = near.did_you_mean(tag, tags, "tags", otherwise="give some entry that tag, or remove it here")
                    message = f"no entry has the tag `{tag}`"
                    yield Problem(expectation.path, line, column, "unknown-tag", message, hint)


def selecting_nobody(landscape: Landscape) -> Iterator[Problem]:
    """An expectation that is about nobody, or expects nobody to be reached."""
    if not _all_readable(landscape):
        return
    tags = {tag for entry in landscape.entries.values() for tag in entry.tags}
    active = [entry for entry in landscape.entries.values() if entry.status != "archived"]
    for expectation in landscape.expectations.values():
        for end, selector in (("from", expectation.from_), ("to", expectation.to)):
            if any(tag not in tags for tag in (*selector.tags, *selector.without)):
                continue  # told already, as an unknown tag
            if not any(selector.selects(entry) for entry in active):
                line, column = expectation.place(end)
                message = f"`{end}` of `{expectation.id}` matches no entries"
                hint = "loosen it; archived entries do not count"
                yield Problem(expectation.path, line, column, "selects-nobody", message, hint)


def _all_readable(landscape: Landscape) -> bool:
    """Whether every entry could be read: else a missing tag may be in a file that is reported anyway."""
    return len(landscape.entries) == len(landscape.kind_of)
