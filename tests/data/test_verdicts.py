"""What `path` says of a pair is what `gaps` counts, and what matrices, API and browser show, over the shipped data."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.verdict import Answer, Verdicts
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from tests.analysis.test_verdict import agree
from tests.site.test_routing import Browser, running
from tests.site.test_routing import agree as agree_in_browser

WITH_A_ROUTE = re.compile(
    r'<td class="ls-(met|missing|weak|regressed)"[^>]*><a href="[^"]*entries/([^/"]+)/#(to-[^"]+)"'
)
WITHOUT = re.compile(
    r'<td class="ls-(missing|regressed)"[^>]*><a href="[^"]*paths/\?from=([^"&]+)&amp;to=([^"&]+)&amp;for=([^"&]+)"'
)


@pytest.fixture(scope="module")
def gaps(shipped: Landscape) -> Gaps:
    return Gaps(shipped)


def test_path_and_gaps_agree_on_every_pair(shipped: Landscape) -> None:
    assert [*agree(shipped)]  # which holds each of them; a landscape that expects no pair shows nothing


def test_path_and_gaps_agree_where_any_target_would_do(shipped: Landscape, gaps: Gaps) -> None:
    """The best answer on any of the targets, by that expectation alone, is how the pair stands."""
    held = 0
    for each in (one for one in shipped.expectations.values() if one.need == "any"):
        verdicts = Verdicts(shipped.replacing(expectations={each.id: each}, records={}))
        targets = [entry.id for entry in shipped.entries.values() if each.to.selects(entry)]
        for pair in (pair for pair in gaps.pairs() if pair.id.expectation == each.id):
            answers = answers_until(verdicts, pair.id.source, targets, met=pair.status == "met")
            assert ("yes" in answers) == (pair.status == "met"), str(pair.id)
            if pair.status != "met":
                assert ("in part" in answers) == (pair.status == "weak"), str(pair.id)
                assert (not answers.isdisjoint({"in part", "no"})) == (pair.certainty == "confirmed"), str(pair.id)
            held += 1
    assert held


def answers_until(verdicts: Verdicts, source: str, targets: list[str], *, met: bool) -> set[Answer]:
    """What is answered of a source and its targets; up to the first yes where one is looked for."""
    found: set[Answer] = set()
    for target in targets:
        if target != source and not verdicts.landscape.is_archived(target):
            found.add(verdicts.between(source, target, top=1).verdict.answer)
            if met and "yes" in found:
                break
    return found


def anchor(pair: PairId) -> tuple[str, str]:
    return pair.source, f"to-{pair.expectation}-{pair.target or 'any'}"


def test_matrices_show_what_gaps_counts(built: Path, gaps: Gaps) -> None:
    pages = [path.read_text() for path in built.glob("*/index.html")]
    found = chain.from_iterable(map(WITH_A_ROUTE.findall, pages))
    shown = {(source, place): status for status, source, place in found}
    for status, source, target, expectation in chain.from_iterable(map(WITHOUT.findall, pages)):
        shown[source, f"to-{expectation}-{target}"] = status
    assert shown == {anchor(pair): status for pair, status in gaps.standing().items()}


def test_the_documents_of_the_api_say_what_gaps_counts(built: Path, gaps: Gaps, shipped: Landscape) -> None:
    said = {name: json.loads((built / f"api/v1/entries/{name}.json").read_text()) for name in shipped.entries}
    told = {(pair, status) for document in said.values() for pair, status in pairs_of(document)}
    standing = {(str(pair), status) for pair, status in gaps.standing().items()}
    assert told == standing
    for name, document in said.items():
        assert {pair for pair, _ in pairs_of(document)} == {
            str(pair) for pair in gaps.standing() if name in (pair.source, pair.target)
        }
    listed = json.loads((built / "api/v1/gaps.json").read_text())
    assert {(gap["id"], gap["status"]) for gap in listed["gaps"]} <= standing
    assert listed["count"] == sum(status != "met" for _, status in standing)


def pairs_of(document: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str]]:
    return ((pair, status) for status, some in document["pairs"].items() for pair in some)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_the_browser_finds_and_counts_the_same(shipped: Landscape) -> None:
    ids = list(shipped.entries)
    with running() as process:
        agree_in_browser(Browser(process), shipped, [(a, b, 3) for a in ids[::23] for b in ids[::7] if a != b], [[]])
