"""Badges: what a maintainer may say of an entry in its README, each as a picture.

Of all that is expected of it (``badges/ID.svg``), of one side (``badges/ID/SIDE.svg``), and of a standard
(``badges/ID/STANDARD.svg``); the first also in the form that shields.io takes (``badges/ID.json``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final

from interop_landscape.analysis.conformance import level_word
from interop_landscape.phrases import interop_level
from interop_landscape.site.making import Making, files
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from interop_landscape.analysis.conformance import Conformance
    from interop_landscape.reading.models import Entry
    from interop_landscape.reading.statements import Statement
    from interop_landscape.site.data import SiteData

LABEL: Final = "interop"
LEVEL_LABEL: Final = "Interop level"
FOLDER: Final = "badges"
VERIFIED_BADGE: Final = f"{FOLDER}/verified_.svg"
"""Where the badge of what is verified is below the site; no entry's can be called so."""

_LABEL_COLOUR: Final = "#39414b"
_UNKNOWN_COLOUR: Final = "#5f6874"
# From little to all, each darker or bluer than the one before, so that the steps differ without red and green.
_COLOURS: Final = ((0.25, "#a8430c"), (0.5, "#8a5a00"), (0.75, "#2f6a9c"), (1.0, "#0f6f6a"))
_FULL_COLOUR: Final = "#0a5247"

_SHARES: Final = {"full": 1.0, "partial": 0.6, "experimental": 0.4, "removed": None, "none": None}

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


@dataclass(frozen=True)
class Badge:
    """A badge: where it is below ``badges/``, and what it says."""

    name: str
    label: str
    message: str
    share: float | None

    @property
    def path(self) -> str:
        """Where it is below the site."""
        return f"{FOLDER}/{self.name}.svg"

    @property
    def says(self) -> str:
        """What it says, in one line."""
        return f"{self.label}: {self.message}"

    def svg(self, of: str | None) -> bytes:
        """The picture, for an entry of this name."""
        return badge(self.label, self.message, self.share, title=of and f"{of} · {self.says}").encode()


def badge_path(entry: str | None) -> str:
    """Where the badge of an entry is below the site, or that of the whole landscape for None."""
    return f"{FOLDER}/{_name_of(entry)}.svg"


def _name_of(entry: str | None) -> str:
    # No id holds an underscore, so an entry called like the landscape's own file takes nobody's place.
    return "landscape" if entry is None else "landscape_" if entry == "landscape" else entry


def badge_files(site_data: SiteData) -> Iterator[tuple[str, bytes]]:
    """(path below the site, bytes) of the badges."""
    return files(badge_makings(site_data))


def badge_makings(site_data: SiteData) -> Iterator[tuple[str, Making]]:
    """(path below the site, what makes it) of the landscape's badges and of every entry's, under its old ids too."""
    landscape = site_data.landscape
    score = site_data.total.score
    message = counted(len(landscape.entries), "entry", "entries") if score is None else percent(score)
    whole = Badge(_name_of(None), LABEL, message, score)
    yield whole.path, partial(whole.svg, landscape.vocabulary.title)
    verified = sum(landscape.is_verified(statement) for statement in landscape.statements)
    share = 1.0 if verified else None
    said = Badge("", "verified by running", f"{verified:,} statements", share)
    yield VERIFIED_BADGE, partial(said.svg, None)
    for entry in landscape.entries.values():
        yield from _files_of(site_data, entry)


def level_badge_path(entry: str) -> str:
    """Where the badge of an entry's interop level is below the site."""
    return f"{FOLDER}/{_name_of(entry)}_level.svg"


def _level(found: Conformance, name: str) -> Badge:
    message = interop_level(level_word(found.level), found.reached, len(found.standings))
    share = found.share if found.level else None
    return Badge(f"{name}_level", LEVEL_LABEL, message, share)


def _files_of(site_data: SiteData, entry: Entry) -> Iterator[tuple[str, Making]]:
    level = _level(site_data.conformance[entry.id], _name_of(entry.id))  # is there even where nobody would show it
    for one in {one.name: one for one in (*badges_of(site_data, entry), level)}.values():
        shown = partial(one.svg, entry.name)
        yield one.path, shown
        for alias in entry.aliases:
            yield replace(one, name=one.name.replace(_name_of(entry.id), _name_of(alias), 1)).path, shown
    first = next(badges_of(site_data, entry))
    for name in (entry.id, *entry.aliases):
        yield f"{FOLDER}/{_name_of(name)}.json", partial(_endpoint, first)


def badges_of(site_data: SiteData, entry: Entry) -> Iterator[Badge]:
    """The badges of an entry: of all that is expected of it, of each side, and of each standard that it speaks."""
    name, vocabulary = _name_of(entry.id), site_data.landscape.vocabulary
    yield _whole(site_data, entry, name)
    for side, tally in site_data.entry_sides.get(entry.id, {}).items():
        label, met = vocabulary.sides[side].name, f"{tally.met:,} of {tally.expected:,} met"
        yield Badge(f"{name}/{side}", label, met, tally.met / tally.expected)
    if site_data.conformance[entry.id].standings:
        yield _level(site_data.conformance[entry.id], name)
    for standard, statements in _spoken(site_data, entry).items():
        # A standard that is called like a side leaves the address to the side.
        address = f"{standard}_" if standard in vocabulary.sides else standard
        label = site_data.landscape.entries[standard].name
        yield Badge(f"{name}/{address}", label, *_speaks(site_data, statements))


def _whole(site_data: SiteData, entry: Entry, name: str) -> Badge:
    """The share of all that is expected; where nothing is, how much is stated."""
    score, stated = site_data.entry_total(entry.id).score, len(site_data.statements_of.get(entry.id, ()))
    message = percent(score) if score is not None else counted(stated, "statement") if stated else "on the map"
    return Badge(name, LABEL, message, score)


def _spoken(site_data: SiteData, entry: Entry) -> dict[str, list[Statement]]:
    """By standard: what an entry, itself no standard, states of it that is there or was."""
    found: dict[str, list[Statement]] = {}
    own = [one for one in site_data.statements_of.get(entry.id, ()) if one.source == entry.id]
    for statement in own if entry.aspect is None else ():
        if statement.support != "none" and site_data.landscape.entries[statement.target].aspect is not None:
            found.setdefault(statement.target, []).append(statement)
    return found


def _speaks(site_data: SiteData, statements: list[Statement]) -> tuple[str, float | None]:
    """``full, verified 2026-11``; ``exports full, imports partial`` where there are several; and its share."""
    relations = site_data.landscape.vocabulary.relations
    if len(statements) == 1:
        [one] = statements
        return ", ".join(filter(None, (one.support, _verified(site_data, one)))), _SHARES[one.support]
    said = ", ".join(f"{relations[one.relation].reads} {one.support}" for one in statements)
    return said, max((_SHARES[one.support] or 0.0 for one in statements), default=None) or None


def _verified(site_data: SiteData, statement: Statement) -> str:
    """``verified 2026-11`` where a probe has shown it."""
    found = site_data.landscape.verification(statement)
    if found is None or found.result is None or found.state != "verified":
        return ""
    return f"verified {found.result.day:%Y-%m}"


def _endpoint(one: Badge) -> bytes:
    """A badge as https://shields.io/badges/endpoint-badge takes it."""
    said = {"schemaVersion": 1, "label": one.label, "message": one.message, "color": _colour(one.share)[1:]}
    return (json.dumps(said, ensure_ascii=False) + "\n").encode()


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
