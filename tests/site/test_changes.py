"""What changed: periods of a real git history, their pages, their Markdown, and the calendar of what is due."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from interop_landscape import loading
from interop_landscape.revisions import Revisions
from interop_landscape.site.calendar import calendar
from interop_landscape.site.history import History, history_of
from tests.conftest import Run
from tests.landscapes import FIXTURE, beta_that_exports, fixture_with
from tests.repositories import Repository, git
from tests.site.conftest import Site
from tests.site.test_api import HOSTILE_YAML, TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Three months: Beta exports in the second, Helper goes in the third; a release between them."""
    made = Repository(tmp_path / "repo")
    made.commit({"frameworks/beta.yml": beta_that_exports()}, when="2026-11-02T12:00:00Z")
    git(made.folder, "tag", "v1.0", "HEAD~1")
    git(made.folder, "tag", "<b>v2/0", "HEAD")
    made.commit({"projects/helper.yml": None}, when="2026-12-03T12:00:00Z")
    return made


def history(repository: Repository) -> History:
    return history_of(Revisions(repository.landscape, "landscape", today=TODAY))


def test_months_releases_and_days_are_periods(repository: Repository) -> None:
    told = {one.name: one for one in history(repository).periods}
    assert list(told) == [
        "2026-12",
        "2026-11",
        "release-b-v2-0",
        "release-v1-0",
        "since-2026-12-03",
        "since-2026-11-02",
    ]
    assert told["release-v1-0"].title == "v1.0 to <b>v2/0"
    assert told["release-v1-0"].told == told["2026-11"].told
    assert told["2026-11"].told.short.startswith("1 gap closed, 0 opened by a loss")
    both = [title for title, _ in told["since-2026-11-02"].told.parts]
    assert "1 gap closed" in both
    assert "1 entry removed" in both


def test_a_period_is_what_the_command_says(repository: Repository, run: Run) -> None:
    told = {one.name: one for one in history(repository).periods}["2026-11"].told
    ends = git(repository.folder, "rev-list", "--reverse", "HEAD").splitlines()[:2]
    for form, said in (("json", told.document), ("markdown", told.markdown)):
        done = run("diff", *ends, "-f", form, "-d", repository.landscape)
        assert done.returncode == 0, done.stderr
        assert (json.loads(done.stdout) if form == "json" else done.stdout) == said


def test_a_history_that_cannot_be_seen_is_told(tmp_path: Path, repository: Repository) -> None:
    none = history_of(Revisions(fixture_with(tmp_path, {}), "landscape", today=TODAY))
    assert none.periods == ()
    assert "not in a git repository" in none.told
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", "--no-tags", repository.folder.as_uri(), str(clone))
    cut = history_of(Revisions(clone / "landscape", "landscape", today=TODAY))
    assert [one.name for one in cut.periods] == ["2026-12", "since-2026-12-03"]
    assert "the history starts on 2026-11-02 here" in cut.told


def test_a_visitor_reads_what_changed_in_a_month_and_takes_it_to_a_meeting(page: Page, real_site: Site) -> None:
    page.goto(real_site.address)
    page.locator(".md-tabs").get_by_role("link", name="Gaps and plan").click()
    page.get_by_role("link", name="What changed", exact=True).first.click()
    page.locator("nav.ls-periods").get_by_role("link", name="November 2026").click()  # three clicks from the start page
    expect(page.locator("h1")).to_have_text(re.compile("What changed: November 2026"))
    assert page.locator(".lead").inner_text().startswith("From 2026-10-01 to 2026-11-01: ")
    line = page.locator(".ls-changed li", has_text="MindSpore runs on Huawei Ascend")
    assert "support: experimental → full" in line.inner_text()
    assert line.get_by_role("link", name="Huawei Ascend").get_attribute("href") == "../../entries/ascend/"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#minutes-of summary").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("## AI interop landscape: what changed\n")
    assert "| Southbound |" in copied


def test_a_day_leads_to_what_changed_since(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}changes/")
    page.get_by_label("Since", exact=True).fill("2026-10-15")
    page.get_by_role("button", name="Show what changed").click()
    page.wait_for_url("**/changes/since-2026-11-01/")
    page.go_back()
    page.get_by_label("Since", exact=True).fill("2026-11-02")
    page.get_by_role("button", name="Show what changed").click()
    expect(page.locator("[data-since] output")).to_have_text("Nothing has changed since then.")


def test_it_reads_without_scripts(scriptless: Page, real_site: Site) -> None:
    scriptless.goto(f"{real_site.address}changes/")
    assert scriptless.locator("[data-since]").is_hidden()
    expect(scriptless.locator(".ls-month li", has_text="MindSpore").first).to_be_visible()
    scriptless.locator("nav.ls-periods a").first.click()
    expect(scriptless.locator("table tbody tr")).to_have_count(5)


def events(text: str) -> list[dict[str, str]]:
    """The events of a calendar: properties by name, unfolded."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name not in ("END", "BEGIN"):
            found[-1][name] = value
    return found


def test_the_calendar_has_milestones_and_due_dates(tmp_path: Path) -> None:
    text = (FIXTURE / "milestones.yml").read_text()
    title = re.search(r"title: (.*)", text)
    assert title is not None
    odd = "title: |-\n    Ünïcode, " + "comma; semi \\ back" + "é" * 60 + "\n    second line"
    one = loading.load(fixture_with(tmp_path, {"milestones.yml": text.replace(title[0], odd, 1)}), today=TODAY)
    written = calendar(one, "https://example.org/x").decode()
    assert written == calendar(one, "https://example.org/x/").decode()
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert "\n" not in written.replace("\r\n", "")
    found = events(written)
    by_title = {event["SUMMARY"]: event for event in found}
    [milestone] = [event for summary, event in by_title.items() if summary.startswith("Ünïcode\\, comma\\; semi \\\\")]
    assert "\\nsecond line" in milestone["SUMMARY"]
    assert milestone["DTSTAMP"] == f"{TODAY:%Y%m%d}T000000Z"
    assert milestone["URL"].startswith("https://example.org/x/process/#")
    record = next(event for summary, event in by_title.items() if summary.startswith("No move for a year: "))
    assert record["URL"].startswith("https://example.org/x/gaps/")
    assert len({event["UID"] for event in found}) == len(found)
    plain = events(calendar(loading.load(FIXTURE, today=TODAY), "").decode())
    assert [event["UID"] for event in plain if "URL" in event] == []
    assert len(plain) == len(found)


def test_hostile_names_stay_text(tmp_path: Path, repository: Repository) -> None:
    from interop_landscape.site import changes
    from interop_landscape.site.data import SiteData
    from interop_landscape.site.view import View

    files = repository.edited("frameworks/gamma.yml", "name: Gamma", f"name: {HOSTILE_YAML}")
    repository.commit(files, when="2026-12-04T12:00:00Z")
    repository.commit({"frameworks/gamma.yml": None}, when="2026-12-05T12:00:00Z")
    past = history(repository)
    view = View(SiteData(loading.load(repository.landscape, today=TODAY)), "..", past)
    for shown in (changes.overview(view), *(changes.period(view, one) for one in past.periods)):
        assert "<script" not in shown
        assert "<b>v2" not in shown
        assert "\x02" not in shown
