"""The questions that the site asks for example, each with its answer: those of the vocabulary, then others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, zip_longest
from typing import Final

from interop_landscape import phrases
from interop_landscape.analysis.verdict import Verdicts
from interop_landscape.landscape import Landscape
from interop_landscape.site.data import SiteData
from interop_landscape.site.pairs import Pair

MOST_QUESTIONS: Final = 6

_LOOKED_AT: Final = 24

_Ends = tuple[str, str]


@dataclass(frozen=True)
class Question:
    """Whether one entry reaches another; `standing` is one of `phrases.STANDING`, `says` the answer in a sentence."""

    source: str
    target: str
    standing: str
    says: str


def questions(site_data: SiteData) -> tuple[Question, ...]:
    """A few questions with their answers: what the vocabulary asks first, then what its expectations would."""
    asked = dict.fromkeys(chain(_declared(site_data.landscape), _of_note(site_data)))
    return tuple(_answered(site_data.verdicts, *ends) for ends in list(asked)[:MOST_QUESTIONS])


def _answered(verdicts: Verdicts, source: str, target: str) -> Question:
    found = verdicts.between(source, target, top=1).verdict
    says = phrases.verdict_in_short(found, verdicts.landscape)
    return Question(source, target, phrases.ANSWERED[found.answer], says)


def _declared(landscape: Landscape) -> Iterator[_Ends]:
    for example in landscape.vocabulary.examples:
        yield landscape.entry(example.from_).id, landscape.entry(example.to).id


def _of_note(site_data: SiteData) -> Iterator[_Ends]:
    """Pairs that many would ask for, from each expectation in turn, no entry twice at the same end."""
    seen: set[tuple[str, str | None]] = set()
    interest = _interest(site_data)
    by_rule = [nsmallest(_LOOKED_AT, pairs, key=interest) for pairs in site_data.pairs.values()]
    for pair in _alternating(by_rule):
        ends = {("from", pair.source), ("to", pair.target)}
        if pair.target is not None and seen.isdisjoint(ends):
            seen |= ends
            yield pair.source, pair.target


def _alternating(lists: Iterable[list[Pair]]) -> Iterator[Pair]:
    return (pair for turn in zip_longest(*lists) for pair in turn if pair is not None)


def _interest(site_data: SiteData) -> Callable[[Pair], tuple[bool, float, int, str]]:
    """Sorts pairs: with a route over others first, then by who stands behind both ends and what is said of them."""
    reach = dict(zip(site_data.landscape.entries, site_data.gaps.network.reach.tolist(), strict=True))

    def rank(pair: Pair) -> tuple[bool, float, int, str]:
        ends = pair.source, pair.target or ""
        said = min(len(site_data.statements_of.get(end, ())) for end in ends)
        near = pair.route is None or len(pair.route.hops) < 2
        return near, -reach[pair.source] * reach.get(ends[1], 0), -said, pair.id

    return rank
