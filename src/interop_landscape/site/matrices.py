"""Matrices of expected pairs as HTML tables that work without scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

from markupsafe import Markup

from interop_landscape import phrases
from interop_landscape.reading.models import Entry, Expectation
from interop_landscape.site.pairs import Pair
from interop_landscape.site.view import View
from interop_landscape.text import percent

MOST_ROWS: Final = 120
MOST_COLUMNS: Final = 60
"""A larger matrix shows the entries with the most pairs met; the files of the API have all of it."""


def matrix(view: View, expectation: Expectation) -> Markup:
    """One expectation as a table: sources by targets, or sources alone where any target would do."""
    pairs = view.site_data.pairs.get(expectation.id, ())
    if not pairs:
        return Markup('<p class="ls-empty">Nothing is expected here yet.</p>')
    rows = _ordered(view, [pair.source for pair in pairs], pairs, lambda pair: pair.source)
    if expectation.need == "any":
        return _list(view, expectation, pairs, rows[:MOST_ROWS], len(rows))
    columns = _ordered(view, [p.target or "" for p in pairs], pairs, lambda pair: pair.target or "")
    shown_rows, shown_columns = rows[:MOST_ROWS], columns[:MOST_COLUMNS]
    by_cell = {(pair.source, pair.target): pair for pair in pairs}
    head = "".join(f'<th scope="col"{_data(view.entry(c))}>{_link(view, view.entry(c))}</th>' for c in shown_columns)
    body = "".join(_row(view, row, shown_columns, columns, by_cell) for row in shown_rows)
    totals = "".join(f"<td>{_share([by_cell.get((row, c)) for row in rows])}</td>" for c in shown_columns)
    caption = f"{escape(expectation.id)}: rows are expected to reach columns"
    table = (
        f'<div class="ls-scroll" tabindex="0" role="region" aria-label="{caption}"><table class="ls-matrix" '
        f'data-expectation="{escape(expectation.id)}"><caption>{caption}</caption>'
        f'<thead><tr><td></td>{head}<th scope="col" class="ls-total">met</th></tr></thead>'
        f'<tbody>{body}</tbody><tfoot><tr><th scope="row">met</th>{totals}<td></td></tr></tfoot></table></div>'
    )
    return Markup(table + _cut(len(rows), len(columns), view))  # noqa: S704 - escaped part by part


def _row(
    view: View,
    source: str,
    shown: Sequence[str],
    columns: Sequence[str],
    by_cell: Mapping[tuple[str, str | None], Pair],
) -> str:
    entry = view.entry(source)
    cells = "".join(_cell(view, by_cell.get((source, column)), view.entry(column)) for column in shown)
    all_cells = [by_cell.get((source, column)) for column in columns]
    share = _share(all_cells)
    met = sum(pair is not None and pair.status == "met" for pair in all_cells)
    return (
        f'<tr{_data(entry)} data-met="{met}"><th scope="row">{_link(view, entry)}</th>{cells}'
        f'<td class="ls-total">{share}</td></tr>'
    )


def _cell(view: View, pair: Pair | None, target: Entry) -> str:
    if pair is None:
        return '<td class="ls-none"></td>'
    how = pair.how or ""
    said = f"{view.entry(pair.source).name} to {target.name}: {_said(pair)}"
    verified = '<span class="ls-verified" aria-hidden="true">✓</span>' if pair.verified else ""
    return (
        f'<td class="ls-{pair.status}"><a href="{_answer(view, pair)}" '
        f'aria-label="{escape(said)}"><span aria-hidden="true">{_mark(pair)}</span>{verified}'
        f"<small>{escape(how)}</small></a></td>"
    )


def _link(view: View, entry: Entry) -> str:
    return f'<a href="{view.entry_url(entry.id)}">{escape(entry.name)}</a>'


def _answer(view: View, pair: Pair) -> str:
    """Where a cell leads: to the route, or to what is known where there is none, with what would open one."""
    if pair.target and not pair.route and pair.standing in ("absent", "unsaid"):
        return f"{view.root}/paths/?from={pair.source}&amp;to={pair.target}&amp;for={pair.expectation}"
    return f"{view.entry_url(pair.source)}#{escape(pair.anchor)}"


def _mark(pair: Pair) -> str:
    return phrases.STANDING[pair.standing][0]


def _said(pair: Pair) -> str:
    words = [phrases.STANDING[pair.standing][1]]
    if pair.how:
        words.append(pair.how)
    if pair.verified:
        words.append("verified")
    if pair.record:
        words.append("tracked")
    return ", ".join(words)


def _list(view: View, expectation: Expectation, pairs: Sequence[Pair], rows: Sequence[str], count: int) -> Markup:
    """Sources that need any one of the targets, with the one that they reach."""
    by_source = {pair.source: pair for pair in pairs}
    body = []
    for source in rows:
        pair, entry = by_source[source], view.entry(source)
        goal = view.entry(pair.route.hops[-1].target).name if pair.route else ""
        reached = f"{escape(pair.how or '')}{f', {escape(goal)}' if goal else ''}" or "–"
        met = int(pair.status == "met")
        body.append(
            f'<tr{_data(entry)} data-met="{met}"><th scope="row">{_link(view, entry)}</th>'
            f'<td class="ls-{pair.status}"><a href="{view.entry_url(source)}#{escape(pair.anchor)}">'
            f'<span aria-hidden="true">{_mark(pair)}</span> {phrases.STANDING[pair.standing][1]}</a></td>'
            f"<td>{reached}</td></tr>"
        )
    caption = f"{escape(expectation.id)}: each is expected to reach any one of the targets"
    table = (
        f'<div class="ls-scroll" tabindex="0" role="region" aria-label="{caption}"><table class="ls-matrix ls-any" '
        f'data-expectation="{escape(expectation.id)}"><caption>{caption}</caption><thead><tr><th scope="col">entry</th>'
        f'<th scope="col">status</th><th scope="col">how</th></tr></thead><tbody>{"".join(body)}</tbody></table></div>'
    )
    return Markup(table + _cut(count, 1, view))  # noqa: S704 - escaped part by part


def _ordered(view: View, names: Sequence[str], pairs: Sequence[Pair], end: Callable[[Pair], str]) -> list[str]:
    """The entries at one end, those with the most pairs met first, then by name."""
    met = dict.fromkeys(names, 0)
    for pair in pairs:
        met[end(pair)] += pair.status == "met"
    return sorted(met, key=lambda name: (-met[name], view.entry(name).name.casefold(), name))


def _share(cells: Sequence[Pair | None]) -> str:
    expected = [pair for pair in cells if pair is not None]
    met = sum(pair.status == "met" for pair in expected)
    return f"{met}/{len(expected)} <small>{percent(met / len(expected) if expected else None)}</small>"


def _data(entry: Entry) -> str:
    """What the filters go by."""
    return (
        f' data-name="{escape(entry.name.casefold())}" data-tags="{escape(" ".join(entry.tags))}" '
        f'data-steward="{escape(entry.steward or "")}" data-status="{escape(entry.status)}"'
    )


def _cut(rows: int, columns: int, view: View) -> str:
    if rows <= MOST_ROWS and columns <= MOST_COLUMNS:
        return ""
    return (
        f'<p class="ls-note">The first {min(rows, MOST_ROWS)} of {rows:,} rows and {min(columns, MOST_COLUMNS)} of '
        f'{columns:,} columns, by what is met. <a href="{view.root}/data/">The files</a> have all of it.</p>'
    )
