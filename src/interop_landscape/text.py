"""Small helpers for sentences that people read: suggestions, counts, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None where none is alike."""
    import difflib

    candidates = list(known)
    folded = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def slug(text: str) -> str:
    """`text` as an id: lower-case letters, digits and single hyphens; empty where nothing of it can stand in one."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def meant(word: str, known: Iterable[str]) -> str | None:
    """The one known word that `word` spells otherwise or mistypes; None where that is a guess."""
    import difflib

    candidates = list(known)
    spelt_otherwise = [candidate for candidate in candidates if slug(candidate) == slug(word)]
    near = spelt_otherwise or difflib.get_close_matches(word, candidates, n=2, cutoff=0.8)
    return near[0] if len(near) == 1 else None


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A hint that names the nearest known word; `otherwise` where none is near."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else otherwise


def one_of(known: Iterable[str], *, most: int = 12) -> str:
    """``one of a, b, c``, cut where the list is long."""
    words = list(known)
    more = f", … {len(words) - most} more" if len(words) > most else ""
    return f"one of {', '.join(words[:most])}{more}" if words else "nothing is defined there yet"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """``1 gap``, ``2 gaps``, ``1,204 entries``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
