"""The body of the start page: a question, what its answers rest on, three doors, the scores, the map, what is new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from interop_landscape.analysis.gaps import Fix
from interop_landscape.reading.statements import LIVE
from interop_landscape.site.questions import questions
from interop_landscape.site.templates import rendered
from interop_landscape.site.view import View

_IN_A_LAYER: Final = 60
_LOOKED_AT: Final = 300

_Layer = tuple[str, list[str], int]  # a kind, the first entries of it by name, and how many more there are


def home(view: View) -> str:
    """The start page."""
    layers = list(_layers(view))
    listed = [entry for _, ids, _ in layers for entry in ids]
    drawn = _drawn(view, listed)
    return rendered(
        "html/home.html",
        view=view,
        questions=questions(view.site_data),
        layers=layers,
        drawn=Markup(drawn),  # noqa: S704 - JSON with its brackets escaped
        top=_top(view),
        count=len(view.site_data.gaps),
        curated=view.site_data.curation.total,
    )


def _layers(view: View) -> Iterator[_Layer]:
    for kind in view.vocabulary.kinds:
        entries = [entry for entry in view.landscape.entries.values() if entry.kind == kind]
        ids = [entry.id for entry in sorted(entries, key=lambda entry: (entry.name.casefold(), entry.id))]
        if ids:
            yield kind, ids[:_IN_A_LAYER], max(0, len(ids) - _IN_A_LAYER)


def _drawn(view: View, listed: Sequence[str]) -> str:
    """What the map draws, as JSON that is safe inside a script element.

    ``edges`` are [from, to, support], the ends by their places in ``ids``; ``routes`` are lists of places of edges:
    the best route of each expected pair, where all of it is on the map.
    """
    place = {entry: number for number, entry in enumerate(listed)}
    edges: dict[tuple[int, int, int], int] = {}
    routes: dict[tuple[int, ...], None] = {}
    for route in (pair.route for pairs in view.site_data.pairs.values() for pair in pairs if pair.route is not None):
        if all(stop in place for stop in route.stops):
            hops = [(place[hop.source], place[hop.target], LIVE.index(hop.statement.support)) for hop in route.hops]
            routes[tuple(edges.setdefault(hop, len(edges)) for hop in hops)] = None
    document = {"ids": listed, "edges": list(edges), "routes": list(routes)}
    return json.dumps(document, separators=(",", ":")).replace("<", "\\u003c")


def _top(view: View) -> list[tuple[Fix | None, str]]:
    """The first gaps under the fix that would close them: (fix, pairs in words), five groups of them."""
    groups: dict[str, tuple[Fix | None, dict[str, list[str]]]] = {}
    for gap in view.site_data.top_gaps[:_LOOKED_AT]:
        fix = gap.fixes[0] if gap.fixes else None
        targets = groups.setdefault(str(fix), (fix, {}))[1].setdefault(view.entry(gap.source).name, [])
        target = view.entry(gap.target).name if gap.target else view.any_of(gap.expectation)
        if target not in targets:
            targets.append(target)
    return [(fix, _pairs_in_words(by_source.items())) for fix, by_source in list(groups.values())[:5]]


def _pairs_in_words(by_source: Iterable[tuple[str, list[str]]]) -> str:
    return "; ".join(f"{source} → {_some(targets, 4)}" for source, targets in list(by_source)[:3])


def _some(names: list[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
