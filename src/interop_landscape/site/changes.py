"""The pages of what changed: the periods to choose from, and one period each."""

from __future__ import annotations

from functools import partial
from typing import Final

from markupsafe import Markup

from interop_landscape.site.changed import Names, Part, pieces
from interop_landscape.site.periods import SORTS, Period
from interop_landscape.site.templates import rendered
from interop_landscape.site.view import View

_SHOWN: Final = 3
_LINES_IN_SHORT: Final = 4
_LINES: Final = 60


def overview(view: View) -> str:
    """The periods by sort, and the last months in short."""
    periods = view.history.periods
    by_sort = [(title, [one for one in periods if one.sort == sort]) for sort, title in SORTS.items()]
    return rendered(
        "html/changes.html",
        view=view,
        groups=[(title, some) for title, some in by_sort if some],
        since=[one for one in periods if one.sort == "since"],
        months=[one for one in periods if one.sort == "month"][:_SHOWN],
        cut=partial(_cut, _LINES_IN_SHORT),
        line=partial(_linked, view),
    )


def period(view: View, one: Period) -> str:
    """What changed in one period: scores, gaps, statements, entries, records, probes; and as Markdown."""
    return rendered(
        "html/period.html",
        view=view,
        period=one,
        cut=partial(_cut, _LINES),
        line=partial(_linked, view, one.told.names),
    )


def _cut(most: int, part: Part) -> tuple[tuple[str, ...], int]:
    """(the first lines of a part, how many more there are)."""
    more = len(part.lines) - most
    return (part.lines[:most], more) if more > 1 else (part.lines, 0)


def _linked(view: View, names: Names, line: str) -> Markup:
    """A line with the names of entries and records, as links where they are on the map today."""
    return Markup("").join(text if mark is None else _name(view, mark, names) for text, mark in pieces(line))


def _name(view: View, mark: str, names: Names) -> Markup | str:
    landscape, name = view.landscape, names.get(mark, mark.removeprefix("@"))
    if mark.startswith("@"):
        there, url = mark[1:] in landscape.records, view.record_url(mark[1:])
    else:
        there, url = mark in landscape.entries, view.entry_url(mark)
    return Markup('<a href="{}">{}</a>').format(url, name) if there else name
