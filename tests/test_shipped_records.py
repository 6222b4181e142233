"""The records in `landscape/` are tied to the graph and to the world."""

from __future__ import annotations

from interop_landscape import loading
from interop_landscape.analysis.contradictions import contradictions
from interop_landscape.analysis.gaps import GapFilter, Gaps
from interop_landscape.analysis.milestones import progress
from interop_landscape.landscape import Landscape
from tests.landscapes import REAL


def test_every_open_record_tracks_a_gap_and_no_record_contradicts_the_graph() -> None:
    landscape = loading.load(REAL)
    assert list(contradictions(landscape)) == []
    gaps = Gaps(landscape)
    for record in landscape.records.values():
        tracked = gaps.count(GapFilter(closed_by=frozenset({record.closes})))
        assert (tracked == 0) == landscape.vocabulary.stages[record.stage].closes, record.id


def test_there_are_the_records_that_the_proposal_names_and_milestones_for_them() -> None:
    landscape = loading.load(REAL)
    assert len(landscape.records) >= 15
    text = " ".join(gap for r in landscape.records.values() for gap in _tracked(landscape, r.closes))
    assert "federated-learning" in text
    assert "reinforcement-learning" in text
    linked = [r for r in landscape.records.values() if any(stage.url for stage in r.stages)]
    assert len(linked) >= 12
    assert {one.id for one in progress(landscape)} == {"first-gaps", "first-specification", "first-poc"}
    assert all(one.held for one in progress(landscape))


def _tracked(landscape: Landscape, closes: tuple[str, ...]) -> list[str]:
    return [gap.id for gap in Gaps(landscape).top(None, GapFilter(closed_by=frozenset({closes})), most_fixes=1)]
