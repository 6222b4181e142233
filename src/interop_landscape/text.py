"""Small helpers for sentences that people read: suggestions, counts, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_LONGEST_GUESS: Final = 80
_SEVERAL: Final = 20
# What a terminal obeys, what turns the direction of text, what breaks lines unseen, and halves of characters. Joiners
# (U+200C, U+200D) are left alone: Persian is written with one, and emoji are put together with the other.
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Text that is safe to show on a terminal: what it would obey, or not show, is written as an escape of Python's."""
    return UNSEEN.sub(lambda found: _escape(ord(found[0])), text)


def visible_line(text: str) -> str:
    """As `visible`, on one line."""
    return visible(text).replace("\n", "\\x0a")


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None where none is alike; for what is too long to be a word none is."""
    import difflib

    if len(word) > _LONGEST_GUESS:
        return None
    candidates = list(known)
    folded = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def slug(text: str) -> str:
    """`text` as an id: lower-case letters, digits and single hyphens; empty where nothing of it can stand in one.

    Letters of other scripts are written as they sound (Ørsted is ``orsted``), which a library knows for all of Unicode.
    """
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def same_name(name: str) -> str:
    """A name without what nobody sees: case, how accents are written, marks without a width, more than one space."""
    import unicodedata

    seen = "".join(one for one in unicodedata.normalize("NFKC", name) if unicodedata.category(one) != "Cf")
    return " ".join(seen.casefold().split())


def same_address(address: str) -> str:
    """An address without what makes no difference: the scheme, ``www.``, ``.git``, a slash at the end, case."""
    bare = address.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.rstrip("/").removesuffix(".git").rstrip("/")


def meant(word: str, known: Iterable[str]) -> str | None:
    """The one known word that `word` spells otherwise or mistypes; None where that is a guess."""
    import difflib

    if len(word) > _LONGEST_GUESS:
        return None
    candidates = list(known)
    spelt_otherwise = [candidate for candidate in candidates if slug(candidate) == slug(word)]
    near = spelt_otherwise or difflib.get_close_matches(word, candidates, n=2, cutoff=0.8)
    return near[0] if len(near) == 1 else None


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A hint that names the nearest known word; `otherwise` where none is near."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else otherwise


class Suggestions:
    """Near words for the mistakes of one file or one check, each looked for once.

    Looking is slow, and nobody reads hundreds of hints: only the first words are looked for. `what` tells the sets of
    known words apart.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[str | None, str | None]] = {}

    def _look(self, word: str, known: Iterable[str], what: str) -> tuple[str | None, str | None]:
        found = self._found.get((what, word))
        if found is None:
            if len(self._found) >= _SEVERAL:
                return None, None
            words = list(known)
            found = self._found[what, word] = nearest(word, words), meant(word, words)
        return found

    def did_you_mean(self, word: str, known: Iterable[str], what: str, *, otherwise: str = "") -> str:
        """A hint that names the nearest known word; `otherwise` where none is near or was looked for."""
        near, _ = self._look(word, known, what)
        return f"did you mean `{near}`?" if near else otherwise

    def meant(self, word: str, known: Iterable[str], what: str) -> str | None:
        """The one known word that `word` spells otherwise or mistypes; None where that is a guess or not looked for."""
        return self._look(word, known, what)[1]


def shown(text: str, most: int = 300) -> str:
    """`text` for a message: cut where it is long, on one line, without what a terminal would obey."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else " " if c in "\n\r\t" else f"\\u{ord(c):04x}" for c in cut)


def one_of(known: Iterable[str], *, most: int = 12) -> str:
    """``one of a, b, c``, cut where the list is long."""
    words = list(known)
    more = f", … {len(words) - most} more" if len(words) > most else ""
    return f"one of {', '.join(words[:most])}{more}" if words else "nothing is defined there yet"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """``1 gap``, ``2 gaps``, ``1,204 entries``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def percent(share: float | None, digits: int = 0) -> str:
    """``48 %``; a dash where there is nothing to take a share of. Never rounds up to 100 or down to 0."""
    if share is None:
        return "–"
    least = 10.0**-digits
    rounded = round(share * 100, digits)
    if rounded == 100 and share < 1:
        rounded = 100 - least
    if rounded == 0 and share > 0:
        rounded = least
    return f"{rounded:.{digits}f} %"


def number(value: float, digits: int = 2) -> str:
    """A figure without needless decimals: 11, 2.5, 0.31."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.{digits}f}".rstrip("0").rstrip(".")


def plural_verb(verb: str) -> str:
    """A verb of one as a verb of several: ``runs on`` is ``run on``, ``is built on`` is ``are built on``."""
    first, space, rest = verb.partition(" ")
    several = {"is": "are", "has": "have", "does": "do"}.get(first) or _without_s(first)
    return several + space + rest


def _without_s(verb: str) -> str:
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("ches", "shes", "sses", "xes", "zzes")) else verb.removesuffix("s")
