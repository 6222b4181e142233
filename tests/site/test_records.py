"""The pages of records: one counting of the gaps serves them all, and each says what its brief says."""

from __future__ import annotations

from datetime import date

import pytest

from interop_landscape import loading
from interop_landscape.analysis.brief import brief
from interop_landscape.analysis.gaps.counting import Counting
from interop_landscape.landscape import Landscape
from interop_landscape.reports.brief import BriefReport
from interop_landscape.site import pages
from interop_landscape.site.data import SiteData
from interop_landscape.site.view import View
from tests.landscapes import SNAPSHOT


def test_all_records_pages_count_the_gaps_once(monkeypatch: pytest.MonkeyPatch) -> None:
    landscape = loading.load(SNAPSHOT, today=date(2026, 11, 30))
    records = list(landscape.records.values())[:5]
    assert len(records) == 5
    alone = [BriefReport(brief(landscape, one.id)).markdown() for one in records]
    counted: list[Landscape] = []
    count = Counting.__init__

    def counting(self: Counting, landscape: Landscape) -> None:
        counted.append(landscape)
        count(self, landscape)

    monkeypatch.setattr(Counting, "__init__", counting)
    view = View(SiteData(landscape), "..")
    made = [pages.record(view, one) for one in records]
    assert len(counted) == 1
    assert len(set(made)) == 5
    gaps, words = view.site_data.gaps, view.site_data.words
    assert [BriefReport(words.brief(brief(landscape, one.id, gaps=gaps))).markdown() for one in records] == alone
