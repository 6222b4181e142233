"""Badges: how much of what is expected of an entry is there, as a picture for its README."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from interop_landscape.analysis.conformance import level_word
from interop_landscape.phrases import interop_level
from interop_landscape.text import percent

if TYPE_CHECKING:
    from interop_landscape.analysis.conformance import Conformance
    from interop_landscape.analysis.tally import Tally
    from interop_landscape.site.data import SiteData

LABEL: Final = "interop"
LEVEL_LABEL: Final = "Interop level"
VERIFIED_BADGE: Final = "badges/verified_.svg"
"""Where the badge of what is verified is below the site; no entry's can be called so."""

NOTHING_EXPECTED: Final = "not expected"

_LABEL_COLOUR: Final = "#39414b"
_UNKNOWN_COLOUR: Final = "#5f6874"
# From little to all, each darker or bluer than the one before, so that the steps differ without red and green.
_COLOURS: Final = ((0.25, "#a8430c"), (0.5, "#8a5a00"), (0.75, "#2f6a9c"), (1.0, "#0f6f6a"))
_FULL_COLOUR: Final = "#0a5247"

_PADDING: Final = 6.0
_NARROW: Final = frozenset("!'(),-./:;I[]`fijlrt|{} ·’")
_BROAD: Final = frozenset("%&@MWmw–—…")
_not_xml = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with U+FFFD for every character that no XML document may hold, however it is escaped."""
    return _not_xml.sub("\ufffd", text)


def badge(label: str, message: str, share: float | None, *, title: str | None = None) -> str:
    """A badge as SVG: `label` on dark, `message` on a colour for `share`; any text is escaped.

    `title` is what screen readers say and what shows up under the pointer, ``label: message`` if not given.
    """
    said = _escaped(f"{label}: {message}" if title is None else title)
    left, right = _width(label), _width(message)
    split, width = round(left + 2 * _PADDING), round(left + 2 * _PADDING) + round(right + 2 * _PADDING)
    texts = "".join(
        f'<text x="{_figure(middle)}" y="14" textLength="{_figure(length)}">{_escaped(text)}</text>'
        for text, middle, length in ((label, split / 2, left), (message, (split + width) / 2, right))
        if text
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" viewBox="0 0 {width} 20" role="img"'
        f' aria-label="{said}"><title>{said}</title>'
        f'<path fill="{_LABEL_COLOUR}" d="M3 0H{split}V20H3A3 3 0 0 1 0 17V3A3 3 0 0 1 3 0Z"/>'
        f'<path fill="{_colour(share)}" d="M{split} 0H{width - 3}A3 3 0 0 1 {width} 3V17'
        f'A3 3 0 0 1 {width - 3} 20H{split}Z"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11" text-anchor="middle">'
        f"{texts}</g></svg>\n"
    )


def badge_path(entry: str | None) -> str:
    """Where the badge of an entry is below the site, or that of the whole landscape for None."""
    # No id holds an underscore, so an entry called like the landscape's own file takes nobody's place.
    return f"badges/{'landscape' if entry is None else 'landscape_' if entry == 'landscape' else entry}.svg"


def badge_files(site_data: SiteData) -> Iterator[tuple[str, bytes]]:
    """(path below the site, bytes) of the landscape's badge and of every entry's, under its old ids too."""
    landscape = site_data.landscape
    yield badge_path(None), _of(landscape.vocabulary.title, site_data.total)
    verified = sum(landscape.is_verified(statement) for statement in landscape.statements)
    share = 1.0 if verified else None
    yield VERIFIED_BADGE, badge("verified by running", f"{verified:,} statements", share).encode()
    for entry in landscape.entries.values():
        shown = _of(entry.name, site_data.entry_total(entry.id))
        level = _level_of(site_data.conformance[entry.id])
        for name in (entry.id, *entry.aliases):
            yield badge_path(name), shown
            yield level_badge_path(name), level


def level_badge_path(entry: str) -> str:
    """Where the badge of an entry's interop level is below the site."""
    return f"badges/{entry}_level.svg"


def _level_of(found: Conformance) -> bytes:
    message = interop_level(level_word(found.level), found.reached, len(found.standings))
    share = found.share if found.level else None
    return badge(LEVEL_LABEL, message, share, title=f"{found.entry.name} · {LEVEL_LABEL}: {message}").encode()


def _of(name: str, tally: Tally) -> bytes:
    message = NOTHING_EXPECTED if tally.score is None else percent(tally.score)
    return badge(LABEL, message, tally.score, title=f"{name} · {LABEL}: {message}").encode()


def _colour(share: float | None) -> str:
    if share is None:
        return _UNKNOWN_COLOUR
    return next((colour for below, colour in _COLOURS if share < below), _FULL_COLOUR)


def _escaped(text: str) -> str:
    return escape(xml_text(text), quote=True)


def _width(text: str) -> float:
    """About how wide a text is at 11 pixels; the text is then set to be just so wide."""
    return sum(map(_advance, text))


def _advance(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 11.5
    if character in _NARROW:
        return 4.4
    if character in _BROAD:
        return 10.6
    return 7.8 if character.isupper() else 6.9


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
