"""What entries say of themselves, apart from what figures are counted by.

Nothing is counted by the text of a summary or a licence, only by whether there is one, and few files of a site show it.
So all others are made of a landscape that does not have it: whoever corrects a summary changes nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry

_UNTOLD: Final = "…"


def words_of(entry: Entry) -> tuple[str, str | None]:
    """What an entry says of itself: its summary and its licence."""
    return entry.summary, entry.license


def with_words(entry: Entry, words: tuple[str, str | None]) -> Entry:
    """An entry that says this of itself."""
    return replace(entry, summary=words[0], license=words[1])


def without_words(landscape: Landscape) -> Landscape:
    """A landscape that tells whether, not what, its entries say of themselves, nor where that stands in their files."""
    return replace(
        landscape,
        entries={name: _without(entry) for name, entry in landscape.entries.items()},
        statements=tuple(replace(one, line=0, column=0) for one in landscape.statements),
    )


def _without(entry: Entry) -> Entry:
    claims = tuple(replace(claim, places={}) for claim in entry.claims)
    return with_words(replace(entry, places={}, claims=claims, interop=()), (_UNTOLD, entry.license and _UNTOLD))
