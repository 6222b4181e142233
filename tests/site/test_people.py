"""What pages say to people: names, the records about an entry, and wording that cannot be read the wrong way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from interop_landscape import loading, phrases
from interop_landscape.analysis.milestones import progress
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import StageEntry
from interop_landscape.reports.records import standing_in_words
from interop_landscape.site import entry_page, pages
from interop_landscape.site.data import SiteData
from interop_landscape.site.view import View
from tests.landscapes import SNAPSHOT, with_results


def view_of(landscape: Landscape) -> View:
    return View(SiteData(landscape), "..")


def test_an_entry_shows_the_records_about_it() -> None:
    view = view_of(loading.load(SNAPSHOT))
    record = next(iter(view.landscape.records.values()))
    named = view.landscape.parse_edge(next(text for text in record.closes if ":" not in text))
    shown = entry_page.entry(view, view.entry(named.source))
    assert f"gaps/{record.id}/" in shown.partition('id="records"')[2].partition("<h2")[0]
    tracked = {one for text in record.closes for one in text.replace(":", " ").split()}
    other = next(one for one in view.landscape.entries.values() if one.kind == "domain" and one.id not in tracked)
    assert f"gaps/{record.id}/" not in entry_page.entry(view, other).partition('id="records"')[2].partition("<h2")[0]


def test_a_brief_shows_an_ampersand_as_it_is() -> None:
    view = view_of(loading.load(SNAPSHOT))
    shown = [pages.record(view, record) for record in view.landscape.records.values()]
    assert any("LF AI &amp; Data" in one for one in shown)
    to_read = [re.sub(r'(?s)<pre id="brief".*?</pre>', "", one) for one in shown]  # the source of Markdown is to copy
    assert not any("\\&" in one for one in to_read)


def test_what_a_probe_did_not_find_is_said_to_be_absent() -> None:
    landscape = loading.load(SNAPSHOT)
    stated = {one.support: one for one in landscape.statements}
    said: Mapping[str, str] = {}
    for support in ("full", "none"):
        probed = replace(stated[support], probe="some-probe")
        verified = with_results(landscape.replacing(statements=(probed,)), {"some-probe": "pass"})
        found = verified.verification(probed)
        assert found is not None
        said = {**said, support: phrases.verification(found, probed)}
    assert said["full"].startswith("verified ")
    assert said["none"].startswith("absence verified ")


def test_a_record_that_went_back_says_when_it_had_been_there() -> None:
    landscape = loading.load(SNAPSHOT)
    stages = list(landscape.vocabulary.stages)
    name, milestone = next(iter(landscape.milestones.items()))
    record = next(iter(landscape.records.values()))

    def standing(*reached: int) -> str:
        steps = tuple(StageEntry(stage=stages[one], day=date(2026, 1, 1 + day)) for day, one in enumerate(reached))
        moved = replace(record, milestone=name, stages=steps)
        changed = landscape.replacing(
            records={record.id: moved}, milestones={name: replace(milestone, stage=stages[3])}
        )
        [one] = [one for one in progress(changed) if one.id == name]
        return standing_in_words(one, moved, changed)

    names = [landscape.vocabulary.stages[one].name for one in stages]
    assert standing(3) == names[3]
    assert standing(1) == names[1]
    assert standing(3, 1) == f"reached {names[3]} on 2026-01-01, now at {names[1]} again"
