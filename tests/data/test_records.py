"""The records and milestones in `landscape/` are tied to the graph and to the world."""

from __future__ import annotations

from interop_landscape import Landscape
from interop_landscape.analysis.contradictions import contradictions
from interop_landscape.analysis.gaps import GapFilter, Gaps
from interop_landscape.analysis.milestones import progress


def test_no_record_and_no_probe_contradicts_the_graph(shipped: Landscape) -> None:
    assert [str(problem) for problem in contradictions(shipped)] == []


def test_every_open_record_tracks_a_gap_and_no_closed_one_does(shipped: Landscape) -> None:
    assert shipped.records
    gaps = Gaps(shipped)
    for record in shipped.records.values():
        tracked = gaps.count(GapFilter(closed_by=frozenset({record.closes})))
        assert (tracked == 0) == shipped.vocabulary.stages[record.stage].closes, record.id


def test_every_record_can_be_followed_and_every_milestone_is_counted(shipped: Landscape) -> None:
    for record in shipped.records.values():
        assert all(stage.url or stage.note for stage in record.stages), record.id
    assert {one.id for one in progress(shipped)} == set(shipped.milestones)
