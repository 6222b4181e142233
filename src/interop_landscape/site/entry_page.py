"""The page of one entry: what is stated of it at a glance, what is missing, whom it reaches, and what is stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from markupsafe import Markup

from interop_landscape import phrases
from interop_landscape.analysis.tally import Tally
from interop_landscape.ids import PairId
from interop_landscape.reading.models import Entry, Expectation, Record
from interop_landscape.reading.statements import SUPPORT, Statement
from interop_landscape.site.badges import badges_of
from interop_landscape.site.drawings import neighbourhood_svg
from interop_landscape.site.pairs import Pair
from interop_landscape.site.templates import rendered
from interop_landscape.site.view import View

_NAMES: Final = 60
_UNSAID: Final = 24
_ROUTES: Final = 24
_FEW: Final = 8
_A_SCREEN: Final = 30


@dataclass(frozen=True)
class Stated:
    """A statement on the page of one of its ends: the other end, and its anchor there."""

    statement: Statement
    other: Entry
    anchor: str


@dataclass(frozen=True)
class Group:
    """What is stated by one relation in one direction: `outward` where the entry of the page is its start."""

    id: str
    title: str
    outward: bool
    stated: Sequence[Stated]


@dataclass(frozen=True)
class Names:
    """The pairs of an expectation that stand alike: the first of them, and how many more there are."""

    status: str
    certainty: str | None
    pairs: Sequence[Pair]
    more: int


@dataclass(frozen=True)
class Reached:
    """The pairs of one expectation from an entry: those with a route, the others by how they stand, and the count."""

    expectation: Expectation
    routed: Sequence[Pair]
    others: Sequence[Names]
    met: int
    expected: int

    @property
    def further(self) -> list[Pair]:
        """The pairs that are reached over more than one edge, which no statement of the entry tells."""
        return [pair for pair in self.routed if pair.route and len(pair.route.hops) > 1]


def entry(view: View, one: Entry, report: str | None = None) -> str:
    """The body of an entry's page; `report` is where a mistake in it is reported."""
    site_data, view = view.site_data, replace(view, here=one.id)
    groups = list(_groups(view, one))
    return rendered(
        "html/entry.html",
        view=view,
        entry=one,
        edit=view.edit_url(f"{view.vocabulary.kinds[one.kind].folder}/{one.id}.yml"),
        report=report,
        leads_on=one.id in site_data.ends[0],
        led_to=one.id in site_data.ends[1],
        sides=site_data.entry_sides.get(one.id, {}),
        total=site_data.entry_total(one.id),
        drawing=Markup(neighbourhood_svg(site_data, one.id, link=view.entry_url)),  # noqa: S704 - escaped there
        groups=groups,
        few=sum(len(group.stated) for group in groups) <= _A_SCREEN,
        kinds=_kinds_to_filter_by(view, groups),
        fixes=site_data.fixes_of.get(one.id, ()),
        records=_records_of(view, one.id),
        reaches=[_reached(view, *pairs) for pairs in _by_expectation(view, one.id)],
        reached_by=_reached_by(view, one.id),
        peers=[view.entry(peer) for peer in site_data.peers[one.id]],
        badges=list(badges_of(site_data, one)),
        conformance=site_data.conformance[one.id],
        titles={name: name.replace("-", " ").capitalize() for name in view.landscape.expectations},
    )


def _groups(view: View, one: Entry) -> Iterator[Group]:
    relations = view.vocabulary.relations
    statements, told = view.site_data.statements_of.get(one.id, ()), view.site_data.words.statement
    for (outward, relation), some in groupby(statements, key=lambda s: (s.source == one.id, s.relation)):
        inverse = relations[relation].inverse
        verb = relations[relation].reads if outward else inverse.replace("-", " ")
        stated = [Stated(told(s), view.entry(s.target if outward else s.source), view.anchor(s, one.id)) for s in some]
        name = f"stated--{relation if outward else inverse}"
        yield Group(name, phrases.capital(verb), outward, sorted(stated, key=_strongest_first))


def _strongest_first(one: Stated) -> tuple[int, str, str]:
    return SUPPORT.index(one.statement.support), *_by_name(one.other)


def _kinds_to_filter_by(view: View, groups: Sequence[Group]) -> list[str]:
    """The kinds of the other ends, in the vocabulary's order; none where there is too little to filter."""
    others = [one.other.kind for group in groups for one in group.stated]
    return [kind for kind in view.vocabulary.kinds if kind in others] if len(others) > _FEW else []


def _by_expectation(view: View, entry_id: str) -> Iterator[tuple[Expectation, list[Pair]]]:
    pairs = view.site_data.pairs_from.get(entry_id, ())
    for name, some in groupby(pairs, key=lambda pair: pair.expectation):
        yield view.landscape.expectations[name], list(some)


def _reached(view: View, expectation: Expectation, pairs: list[Pair]) -> Reached:
    order = list(phrases.STANDING)
    ranked = sorted(pairs, key=lambda pair: (order.index(pair.standing), _target_name(view, pair)))
    routed = [pair for pair in ranked if pair.route][:_ROUTES]
    others = _names([pair for pair in ranked if pair not in routed])
    return Reached(expectation, routed, others, sum(pair.status == "met" for pair in pairs), len(pairs))


def _target_name(view: View, pair: Pair) -> tuple[str, str]:
    return _by_name(view.entry(pair.target)) if pair.target else ("", "")


def _names(pairs: Iterable[Pair]) -> list[Names]:
    """Some pairs, in their order, by how they stand."""
    found: dict[tuple[str, str | None], list[Pair]] = {}
    for pair in pairs:
        found.setdefault((pair.status, pair.certainty), []).append(pair)
    return [_cut(status, certainty, some) for (status, certainty), some in found.items()]


def _cut(status: str, certainty: str | None, pairs: list[Pair]) -> Names:
    most = _UNSAID if phrases.standing(status, certainty) == "unsaid" else _NAMES
    return Names(status, certainty, pairs[:most], max(0, len(pairs) - most))


def _reached_by(view: View, target: str) -> list[tuple[Expectation, Tally, list[Names]]]:
    """Who is expected to reach an entry, by expectation and by how it stands."""
    order = list(phrases.STANDING)
    found: dict[str, list[Pair]] = {}
    for pair in view.site_data.pairs_to.get(target, ()):
        found.setdefault(pair.expectation, []).append(pair)
    return [
        (
            view.landscape.expectations[name],
            Tally(expected=len(pairs), met=sum(pair.status == "met" for pair in pairs)),
            _names(sorted(pairs, key=lambda p: (order.index(p.standing), _by_name(view.entry(p.source))))),
        )
        for name, pairs in found.items()
    ]


def _records_of(view: View, entry_id: str) -> list[Record]:
    """The records that name an entry, or that track a gap at one of its ends."""
    named = {
        record.id
        for record in view.landscape.records.values()
        for text in record.closes
        if entry_id in (text.split(":") if PairId.looks_like(text) else text.split(" "))
    }
    pairs = (*view.site_data.pairs_from.get(entry_id, ()), *view.site_data.pairs_to.get(entry_id, ()))
    named |= {pair.record for pair in pairs if pair.record}
    return sorted((view.landscape.records[one] for one in named), key=lambda one: one.title.casefold())


def _by_name(one: Entry) -> tuple[str, str]:
    return one.name.casefold(), one.id
