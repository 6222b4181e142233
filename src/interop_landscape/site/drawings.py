"""Drawings of the graph: an entry's neighbourhood as SVG, and the layout of the Explore page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import Any, Final

from interop_landscape.analysis.layout import layout
from interop_landscape.documents.drawing import ExploreDocument, named
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import LIVE, Statement
from interop_landscape.site.data import SiteData
from interop_landscape.text import counted

MOST_NEIGHBOURS: Final = 24

# The drawing is as wide as a phone allows at a readable size; the page may scale it up.
_WIDTH: Final = 440.0
_LABEL: Final = 142.0
_CHIP: Final = (180.0, 260.0)
_SMALLEST: Final = 9.0  # in which the name of the entry is still written whole rather than broken within a word
_FONT: Final = 14.0
_CAPTION: Final = 22.0
_ROW: Final = 25.0
_LINE: Final = 17.0
_TOP: Final = 26.0


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """Another entry, the statements that join it, and whether a model comes from it, goes to it, or both."""

    id: str
    name: str
    comes: bool
    goes: bool
    support: str
    says: str
    degree: int

    def rank(self) -> tuple[int, int, str, str]:
        """The strongest, and then the best connected, are drawn first."""
        return LIVE.index(self.support), -self.degree, self.name.casefold(), self.id

    def order(self) -> tuple[str, str]:
        """In a group they are sorted by name."""
        return self.name.casefold(), self.id


@dataclass(frozen=True, slots=True)
class _Group:
    """The neighbours of one kind on one side: those that are drawn, and how many are not."""

    drawn: Sequence[_Neighbour]
    more: int


def neighbourhood_svg(site_data: SiteData, entry_id: str, *, link: Callable[[str], str]) -> str:
    """The entry amid its neighbours as an inline SVG, from its live statements; empty where there are none.

    Models come from the left and go to the right; the neighbours are in bands by kind, in the vocabulary's
    order, at most `MOST_NEIGHBOURS` of them. `link` gives the address of an entry's page.
    """
    by_kind = _neighbours(site_data, entry_id)
    if not by_kind:
        return ""
    bands = _chosen(by_kind)
    name = site_data.landscape.entries[entry_id].name
    rows: list[str] = []
    captions: list[str] = []
    y = _TOP
    for kind, (left, right) in bands.items():
        plural = site_data.landscape.vocabulary.kinds[kind].plural
        captions.append(
            f'<path class="ls-band" d="M0 {y:g}H{_WIDTH:g}"/>'
            f'<text class="ls-caption" x="0" y="{y + 14:g}" font-size="11">'
            f"{escape(_fitted(plural, _LABEL, 11.0))}</text>"
        )
        # The caption is above the left column; the right one may begin beside it.
        lines, low = _column(left, y + _CAPTION, link, left_side=True)
        others, deep = _column(right, y + 5, link, left_side=False)
        rows += lines + others
        y = max(low, deep, y + _CAPTION) + 5
    return _framed(name, y + 2, captions, rows, bands)


def _neighbours(site_data: SiteData, entry_id: str) -> dict[str, list[_Neighbour]]:
    """The neighbours by kind, in the vocabulary's order; each once, whatever joins it."""
    landscape = site_data.landscape
    joined: dict[str, list[Statement]] = {}
    for statement in site_data.statements_of.get(entry_id, ()):
        if statement.live:
            other = statement.target if statement.source == entry_id else statement.source
            joined.setdefault(other, []).append(statement)
    found: dict[str, list[_Neighbour]] = {}
    for other, statements in joined.items():
        entry = landscape.entries[other]
        pairs = {pair for statement in statements for pair in landscape.flows(statement)}
        found.setdefault(entry.kind, []).append(
            _Neighbour(
                id=other,
                name=entry.name,
                comes=(other, entry_id) in pairs,
                goes=(entry_id, other) in pairs,
                support=min((s.support for s in statements), key=LIVE.index),
                says="; ".join(_sentence(s, landscape) for s in statements),
                degree=len(site_data.statements_of[other]),
            )
        )
    return {kind: sorted(found[kind], key=_Neighbour.rank) for kind in landscape.vocabulary.kinds if kind in found}


def _sentence(statement: Statement, landscape: Landscape) -> str:
    reads = landscape.vocabulary.relations[statement.relation].reads
    source, target = landscape.entries[statement.source].name, landscape.entries[statement.target].name
    return f"{source} {reads} {target} ({statement.support})"


def _chosen(by_kind: Mapping[str, Sequence[_Neighbour]]) -> dict[str, tuple[_Group, _Group]]:
    """(left, right) group of each kind: of all groups in turn the next best, so that none crowds out another."""
    sides: dict[str, tuple[list[_Neighbour], list[_Neighbour]]] = {}
    for kind, neighbours in by_kind.items():
        left = [n for n in neighbours if n.comes and not n.goes]
        right = [n for n in neighbours if n.goes and not n.comes]
        # What both comes and goes would be right on either side: it fills the shorter one.
        for neighbour in (n for n in neighbours if n.comes and n.goes):
            (left if len(left) < len(right) else right).append(neighbour)
        sides[kind] = sorted(left, key=_Neighbour.rank), sorted(right, key=_Neighbour.rank)
    groups = [group for pair in sides.values() for group in pair]
    turns = [n.id for turn in zip_longest(*groups) for n in turn if n is not None]
    kept = set(turns[:MOST_NEIGHBOURS])

    def cut(group: Sequence[_Neighbour]) -> _Group:
        drawn = sorted((n for n in group if n.id in kept), key=_Neighbour.order)
        return _Group(drawn, len(group) - len(drawn))

    return {kind: (cut(left), cut(right)) for kind, (left, right) in sides.items()}


def _column(group: _Group, y: float, link: Callable[[str], str], *, left_side: bool) -> tuple[list[str], float]:
    """The rows of a group from `y` down, and where they end."""
    rows = []
    x, anchor = (_LABEL, ' text-anchor="end"') if left_side else (_WIDTH - _LABEL, "")
    for neighbour in group.drawn:
        lines = _wrapped(neighbour.name, _LABEL, _FONT, 2)
        height = _ROW + _LINE * (len(lines) - 1)
        rows.append(
            f'<a class="ls-neighbour support-{neighbour.support}" href="{escape(link(neighbour.id), quote=True)}">'
            f"<title>{escape(neighbour.says)}</title>"
            f'<rect class="ls-hit" x="{0 if left_side else _CHIP[1]:g}" y="{y:g}" '
            f'width="{_CHIP[0]:g}" height="{height:g}"/>'
            f"{_arrow(neighbour, y + height / 2, left_side=left_side)}"
            f"{_text(lines, x, y + 17.5, anchor)}</a>"
        )
        y += height
    if group.more:
        rows.append(
            f'<text class="ls-more" x="{x:g}" y="{y + 16:g}"{anchor} font-size="12">and {group.more:,} more</text>'
        )
        y += _ROW
    return rows, y


def _arrow(neighbour: _Neighbour, y: float, *, left_side: bool) -> str:
    """The line between a label and the entry, with a head at every end that a model arrives at."""
    start, end = (_LABEL + 6, _CHIP[0] - 2) if left_side else (_CHIP[1] + 2, _WIDTH - _LABEL - 6)
    forward = neighbour.comes if left_side else neighbour.goes
    backward = neighbour.goes if left_side else neighbour.comes
    heads = f"M{end - 6:g} {y - 4:g}L{end:g} {y:g}L{end - 6:g} {y + 4:g}" if forward else ""
    heads += f"M{start + 6:g} {y - 4:g}L{start:g} {y:g}L{start + 6:g} {y + 4:g}" if backward else ""
    return f'<path class="ls-line" d="M{start:g} {y:g}H{end:g}"/><path class="ls-head" d="{heads}"/>'


def _text(lines: Sequence[str], x: float, y: float, anchor: str) -> str:
    spans = "".join(f'<tspan x="{x:g}" y="{y + i * _LINE:g}">{escape(line)}</tspan>' for i, line in enumerate(lines))
    return f'<text class="ls-name"{anchor}>{spans}</text>'


def _framed(
    name: str, height: float, captions: Sequence[str], rows: Sequence[str], bands: Mapping[str, tuple[_Group, _Group]]
) -> str:
    """The whole SVG: the drawing as one image with a description, and the links beside it."""
    lefts = [left for left, _ in bands.values()]
    rights = [right for _, right in bands.values()]
    comes, goes = (sum(len(group.drawn) for group in groups) for groups in (lefts, rights))
    more = sum(group.more for group in (*lefts, *rights))
    title = f"Neighbourhood of {name}"
    description = (
        f"{counted(comes, 'entry', 'entries')} on the left, from where it comes; {goes:,} on the right, to which "
        f"it goes; a double arrow does both. Solid lines are full support, dashed partial, dotted experimental."
        + (f" {more:,} more are not drawn." if more else "")
    )
    room = _CHIP[1] - _CHIP[0] - 8
    longest = max((_width(word, _FONT, bold=True) for word in name.split()), default=room)
    size = max(_SMALLEST, _FONT * min(1.0, room / longest))
    lines = _wrapped(name, room, size, 4, bold=True)
    height = max(height, _TOP + _LINE * len(lines) + 20)
    middle = (_CHIP[0] + _CHIP[1]) / 2
    # Beside a tall list the middle would be far from where one begins to read.
    first = min((height + _TOP - _LINE * len(lines)) / 2, 150.0) + 12
    spans = "".join(f'<tspan x="{middle:g}" y="{first + i * _LINE:g}">{escape(s)}</tspan>' for i, s in enumerate(lines))
    heading = 'class="ls-heading" y="15" font-size="12" font-weight="600"'
    return (
        f'<svg class="ls-neighbourhood" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:g}" '
        f'font-size="{_FONT:g}" role="group" aria-label="{escape(title, quote=True)}">'
        # Links inside an image would not be there for a screen reader, so they follow it.
        f'<g role="img"><title>{escape(title)}</title><desc>{escape(description)}</desc>'
        + (f'<text {heading} x="{_CHIP[0] - 2:g}" text-anchor="end">comes from →</text>' * bool(comes))
        + (f'<text {heading} x="{_CHIP[1] + 2:g}">→ goes to</text>' * bool(goes))
        + "".join(captions)
        + f'<rect class="ls-chip" x="{_CHIP[0]:g}" y="{_TOP - 6:g}" width="{_CHIP[1] - _CHIP[0]:g}" '
        f'height="{height - _TOP + 6:g}" rx="8"/>'
        f'<text class="ls-self" text-anchor="middle" font-size="{size:.3g}" font-weight="700">'
        f"{spans}</text></g>" + "".join(rows) + "</svg>"
    )


# Advance widths of a wide sans-serif (DejaVu Sans) in em: no usual system font is wider.
_NARROW: Final = dict.fromkeys("iljI.,:;|!'`", 0.34) | dict.fromkeys('ftr()[]{}/\\-" ', 0.44)
_BROAD: Final = dict.fromkeys("mMW@%", 1.0) | dict.fromkeys("wQOGHNDU&+=<>~#", 0.84)


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if character in _NARROW:
        return _NARROW[character]
    if character in _BROAD:
        return _BROAD[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF" or ord(character) >= 0x1F000:
        return 1.1
    if character.isupper():
        return 0.72
    return 0.64 if ord(character) < 0x250 else 0.9


def _width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is at most, in the drawing's units."""
    return sum(map(_em, text)) * size * (1.12 if bold else 1.0)


def _fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where there is no room for it."""
    if _width(text, size, bold=bold) <= room:
        return text
    while text and _width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _wrapped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """The text in at most so many lines, broken at spaces, after hyphens, or where a word is too long."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most - 1 and _width(rest, size, bold=bold) > room:
        fits = len(rest)
        while fits > 1 and _width(rest[:fits].rstrip(), size, bold=bold) > room:
            fits -= 1
        at = max((i for i in range(1, fits + 1) if rest[i : i + 1] == " " or rest[i - 1] == "-"), default=fits)
        lines.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [*lines, _fitted(rest, room, size, bold=bold)] if rest else lines


def explore_document(site_data: SiteData) -> dict[str, Any]:
    """``explore/v1``: what the Explore page draws, compact: everything but ids and names by its place in a list.

    A node is [id, name, kind, x, y, steward or -1, [tag …], status], an edge [source, target, relation, support]
    as its statement says it; only live statements are edges.
    """
    landscape = site_data.landscape
    vocabulary = landscape.vocabulary
    places = layout(landscape)
    entries = list(landscape.entries.values())
    stewards = _places(s for s in vocabulary.stewards if any(entry.steward == s for entry in entries))
    tags = _places(sorted({tag for entry in entries for tag in entry.tags}))
    kinds, relations = _places(vocabulary.kinds), _places(vocabulary.relations)
    nodes = _places(landscape.entries)
    return json_of(
        ExploreDocument,
        None,
        title=vocabulary.title,
        kinds=named({kind: vocabulary.kinds[kind].plural for kind in kinds}),
        stewards=named({steward: vocabulary.stewards[steward].name for steward in stewards}),
        tags=list(tags),
        relations=vocabulary.relations.items(),
        supports=LIVE,
        nodes=[
            [
                entry.id, entry.name, kinds[entry.kind], *places[entry.id],
                -1 if entry.steward is None else stewards[entry.steward],
                [tags[tag] for tag in entry.tags], entry.status,
            ]
            for entry in entries
        ],
        edges=[
            [nodes[s.source], nodes[s.target], relations[s.relation], LIVE.index(s.support)]
            for s in landscape.statements
            if s.live
        ],
    )  # fmt: skip


def _places(words: Iterable[str]) -> dict[str, int]:
    return {word: place for place, word in enumerate(words)}
