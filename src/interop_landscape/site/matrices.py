"""Matrices of expected pairs as HTML tables that work without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from markupsafe import Markup

from interop_landscape import phrases
from interop_landscape.reading.models import Entry, Expectation
from interop_landscape.site.matrix import Matrix, counted_cut, matrix_of, met_of
from interop_landscape.site.pairs import Pair
from interop_landscape.site.view import View
from interop_landscape.text import percent

_FITS: Final = 11
"""So many columns fit a desktop's window, so that their heads can stick to it without a script that measures."""


def matrix(view: View, expectation: Expectation) -> Markup:
    """One expectation as a table: sources by targets, or sources alone where any target would do."""
    one = matrix_of(view.site_data, expectation)
    if not one.pairs:
        return Markup('<p class="ls-empty">Nothing is expected here yet.</p>')
    table = _any(view, one) if one.is_any else _each(view, one)
    return Markup(_boxed(view, one, table) + _cut(view, one))  # noqa: S704 - escaped part by part


def _boxed(view: View, one: Matrix, table: str) -> str:
    """The table in a box that scrolls sideways where the window is too narrow, and never up and down."""
    title = escape(phrases.title_of(one.expectation.id))
    goal = "any one of the targets" if one.is_any else "the columns"
    fits = " ls-fits" if len(one.columns) <= _FITS else ""
    return (
        f'<div class="ls-scroll{fits}" tabindex="0" role="region" aria-label="{title}">'
        f'<table class="ls-matrix{" ls-any" if one.is_any else ""}" data-expectation="{escape(one.expectation.id)}">'
        f"<caption>{title}: the rows are expected to reach {goal}</caption>{table}</table></div>"
        '<p class="ls-empty" data-none hidden>No row and no column of this table fits the filters.</p>'
    )


def _each(view: View, one: Matrix) -> str:
    targets = [column for column in one.columns if column is not None]
    heads = "".join(f'<th scope="col"{_data(view, view.entry(c))}>{_link(view, view.entry(c))}</th>' for c in targets)
    body = "".join(_row(view, one, row, targets) for row in one.rows)
    totals = "".join(f"<td>{_share(one.column(column))}</td>" for column in targets)
    return (
        f'<thead><tr><td></td>{heads}<th scope="col" class="ls-total">works</th></tr></thead><tbody>{body}</tbody>'
        f'<tfoot><tr><th scope="row">works</th>{totals}<td></td></tr></tfoot>'
    )


def _row(view: View, one: Matrix, source: str, targets: Sequence[str]) -> str:
    entry, whole = view.entry(source), one.row(source)
    cells = "".join(_cell(view, one.cells.get((source, target)), view.entry(target)) for target in targets)
    return (
        f'<tr{_data(view, entry)} data-met="{met_of(whole)}"><th scope="row">{_link(view, entry)}</th>{cells}'
        f'<td class="ls-total">{_share(whole)}</td></tr>'
    )


def _cell(view: View, pair: Pair | None, target: Entry) -> str:
    if pair is None:
        return '<td class="ls-none"></td>'
    said = f"{view.entry(pair.source).name} to {target.name}: {_said(pair)}"
    verified = '<span class="ls-verified">✓</span>' if pair.verified else ""
    how = f"<small>{escape(pair.how)}</small>" if pair.how else ""
    return (
        f'<td class="ls-{pair.status}" data-standing="{pair.standing}"><a href="{_answer(view, pair)}" '
        f'aria-label="{escape(said)}"><span>{_mark(pair)}</span>{verified}{how}</a></td>'
    )


def _any(view: View, one: Matrix) -> str:
    """Sources that need any one of the targets, with the one that they reach."""
    body = []
    for source in one.rows:
        pair, entry = one.cells[source, None], view.entry(source)
        goal = view.entry(pair.route.hops[-1].target).name if pair.route else ""
        reached = escape(", ".join(filter(None, (pair.how, goal)))) or "–"
        body.append(
            f'<tr{_data(view, entry)} data-met="{met_of([pair])}"><th scope="row">{_link(view, entry)}</th>'
            f'<td class="ls-{pair.status}" data-standing="{pair.standing}">'
            f'<a href="{view.entry_url(source)}#{escape(pair.anchor)}">'
            f'<span aria-hidden="true">{_mark(pair)}</span> {phrases.STANDING[pair.standing][1]}</a></td>'
            f"<td>{reached}</td></tr>"
        )
    goals = escape(one.name(None))
    return (
        f'<thead><tr><th scope="col">entry</th><th scope="col">{goals}</th><th scope="col">how</th></tr></thead>'
        f"<tbody>{''.join(body)}</tbody>"
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


def _share(cells: Sequence[Pair | None]) -> str:
    expected = sum(pair is not None for pair in cells)
    met = met_of(cells)
    return f"{met}/{expected} <small>{percent(met / expected if expected else None)}</small>"


def _data(view: View, entry: Entry) -> str:
    """What the filters go by."""
    names = " ".join((entry.name, entry.id, *entry.aliases)).casefold()
    return (
        f' data-name="{escape(names)}" data-tags="{escape(" ".join(entry.tags))}" '
        f'data-steward="{escape(entry.steward or "")}" data-status="{escape(entry.status)}"'
    )


def _cut(view: View, one: Matrix) -> str:
    if not one.is_cut:
        return ""
    whole = f'<a href="{view.root}/data/">The files of the entries</a> have all of it.'
    return f'<p class="ls-note">{counted_cut(one)} {whole}</p>'
