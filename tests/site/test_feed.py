"""The feed of changes: what is told of real git histories, and how it is written."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from interop_landscape.analysis.gaps import Gaps
from interop_landscape.revisions import Revisions
from interop_landscape.site.changed import Part
from interop_landscape.site.feed import Change, atom_feed, recent_changes
from interop_landscape.site.past import Past
from interop_landscape.site.published import FEED
from tests.landscapes import FIXTURE, beta_that_exports, fixture_with
from tests.repositories import Repository, git
from tests.site.test_api import HOSTILE, HOSTILE_YAML, TODAY

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://example.org/map/"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def changes(repository: Repository, most: int = 20) -> list[Change]:
    return recent_changes(Past(Revisions(repository.landscape, "landscape", today=TODAY)), most)


def lines(change: Change) -> dict[str, tuple[str, ...]]:
    return {part.title: part.lines for part in change.parts}


def test_what_each_revision_did_is_said_in_words(repository: Repository) -> None:
    repository.commit({"frameworks/beta.yml": beta_that_exports()}, when="2026-11-02T12:00:00Z")
    note = (repository.landscape / "gaps" / "beta-exch.yml").read_text()
    moved = note + "  - {stage: closed, date: 2026-11-03, note: Released.}\n"
    repository.commit({"gaps/beta-exch.yml": moved}, when="2026-11-03T12:00:00Z")
    repository.commit({"frameworks/new.yml": "name: New\n"}, when="2026-11-04T12:00:00Z")  # does not load
    repository.commit({"frameworks/new.yml": None}, when="2026-11-05T12:00:00Z")  # as two before
    comment = "# for the editors\n" + (repository.landscape / "frameworks" / "beta.yml").read_text()
    repository.commit({"frameworks/beta.yml": comment}, when="2026-11-06T12:00:00Z")  # nothing of the map
    (repository.folder / "README").write_text("nothing of the landscape")
    repository.commit({}, when="2026-11-07T12:00:00Z")
    last = repository.commit({"projects/helper.yml": None}, when="2026-11-08T12:00:00+02:00")

    told = changes(repository)
    assert [change.when.date().isoformat()[-2:] for change in told] == ["08", "03", "02", "01"]
    assert told[0].id == f"{last}:landscape/"
    removed, stage, built, first = told
    assert "1 entry removed" in removed.title
    assert lines(removed)["1 entry removed"] == ("Helper (project)",)
    assert stage.title == "1 record moved"
    assert lines(stage)["1 record moved"] == ("Beta should export Exch: Discussion → Closed",)
    assert built.title.startswith("1 gap closed")
    assert built.title.endswith("1 statement changed")
    assert lines(built)["1 gap closed"] == ("Beta → any of the standards (exchange: missing → met)",)
    (statement,) = lines(built)["1 statement changed"]
    assert statement.startswith("Beta exports Exch (full): support none → full; carries")
    entries = len(Revisions(FIXTURE, "", today=TODAY).working_tree().landscape.entries)
    assert first.title.startswith(f"The map starts with {entries} entries and ")
    assert [change.title for change in changes(repository, most=5)] == [change.title for change in told[:3]]
    assert [change.title for change in changes(repository, most=1)] == [removed.title]


def test_figures_are_those_of_two_counts(repository: Repository) -> None:
    """Landscapes between two differences are counted once; that must not mix them up."""
    without = (repository.landscape / "frameworks" / "beta.yml").read_text()
    for place, text in enumerate((beta_that_exports(), without, beta_that_exports()), start=2):
        repository.commit({"frameworks/beta.yml": text}, when=f"2026-10-0{place}T12:00:00Z")
    revisions = Revisions(repository.landscape, "landscape", today=TODAY)
    counts = [len(Gaps(landscape)) for _, landscape in revisions.history(revisions.repository.history().commits)]  # type: ignore[arg-type]
    assert counts == [counts[0], counts[0] - 1, counts[0], counts[0] - 1]
    assert [change.title.split(",")[0] for change in changes(repository)][:3] == [
        "1 gap closed",
        "1 gap opened by a loss",
        "1 gap closed",
    ]


def test_long_lists_are_cut(repository: Repository) -> None:
    text = (FIXTURE / "backends" / "gpu.yml").read_text()
    files: dict[str, str | None] = {
        f"backends/another-{i:02}.yml": text.replace("name: GPU", f"name: GPU {i}") for i in range(30)
    }
    repository.commit(files, when="2026-10-02T12:00:00Z")
    added = lines(changes(repository)[0])["30 entries added"]
    assert len(added) == 13
    assert added[-1] == "… and 18 more"


def test_without_history_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert recent_changes(Past(Revisions(fixture_with(tmp_path, {}), "landscape", today=TODAY))) == []
    git(tmp_path, "init", "-q")  # a repository without a commit
    assert recent_changes(Past(Revisions(tmp_path / "landscape", "landscape", today=TODAY))) == []


def test_a_shallow_clone_does_not_say_that_the_map_starts_there(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"projects/helper.yml": None}, when="2026-10-02T12:00:00Z")
    for depth, count in (("1", 0), ("5", 2)):
        clone = tmp_path / f"clone-{depth}"
        git(tmp_path, "clone", "-q", "--depth", depth, repository.folder.as_uri(), str(clone))
        assert len(recent_changes(Past(Revisions(clone / "landscape", "landscape", today=TODAY)))) == count


def test_a_history_that_does_not_load_is_not_searched_for_ever(repository: Repository) -> None:
    for day in range(2, 12):
        repository.commit({"frameworks/new.yml": f"name: New {day}\n"}, when=f"2026-10-{day:02}T12:00:00Z")
    assert changes(repository, most=2) == []
    assert len(changes(repository, most=20)) == 1


def test_the_feed_is_atom(repository: Repository) -> None:
    repository.commit({"projects/helper.yml": None}, when="2026-10-02T12:00:00+02:00")
    told = changes(repository)
    written = atom_feed(SITE, "A map", told)
    assert written == atom_feed(SITE.rstrip("/"), "A map", changes(repository))
    feed = ET.fromstring(written)
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}title") == "A map"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A map"
    assert feed.findtext(f"{ATOM}updated") == "2026-10-02T10:00:00Z"
    addresses = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert addresses == {"self": f"{SITE}{FEED}", "alternate": SITE}
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == ["2026-10-02T10:00:00Z", "2026-10-01T12:00:00Z"]
    ids = [one.text or "" for one in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)
    moved = ET.fromstring(atom_feed("https://elsewhere.example.org/", "Another name", told))
    assert [e.findtext(f"{ATOM}id") for e in moved.findall(f"{ATOM}entry")] == ids[1:], "a moved site tells it anew"
    for entry in entries:
        assert entry.findtext(f"{ATOM}title")
        assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == [SITE]  # the fixture names no repository
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        ET.fromstring(f"<div>{content.text}</div>")


def test_changes_lead_to_the_repository(repository: Repository) -> None:
    files = repository.edited("landscape.yml", "sides:", "repository: https://git.example.org/map\nsides:")
    sha = repository.commit(files, when="2026-10-02T12:00:00Z")
    told = changes(repository)
    assert told[0].title == "the vocabulary changed"
    assert told[0].link == f"https://git.example.org/map/commit/{sha}"
    entry = ET.fromstring(atom_feed(SITE, "A map", told)).find(f"{ATOM}entry/{ATOM}link")
    assert entry is not None
    assert entry.get("href") == told[0].link


def test_hostile_names_are_only_text(repository: Repository) -> None:
    files = repository.edited("frameworks/gamma.yml", "name: Gamma", f"name: {HOSTILE_YAML}")
    repository.commit(files, when="2026-10-02T12:00:00Z")
    repository.commit({"frameworks/gamma.yml": None}, when="2026-10-03T12:00:00Z")
    feed = ET.fromstring(atom_feed(SITE, HOSTILE, changes(repository)))
    said = HOSTILE.replace("\uffff", "\ufffd")
    assert feed.findtext(f"{ATOM}title") == said
    content = feed.findtext(f"{ATOM}entry/{ATOM}content", "")
    shown = ET.fromstring(f"<div>{content}</div>")
    assert {element.tag for element in shown.iter()} == {"div", "p", "ul", "li"}
    assert f"{said} (framework)" in [item.text for item in shown.iter("li")]


def test_odd_items_are_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links that are no web addresses are left out, and no time depends on where the site is built."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    when = datetime(2026, 10, 1, 12, tzinfo=timezone(timedelta(hours=5)))
    odd = [
        Change("a", when, "A", (Part("a part", ("x",)),), "javascript:alert(1)"),
        Change("b", datetime(2026, 10, 1, 12, tzinfo=UTC).replace(tzinfo=None), "B"),
    ]
    feed = ET.fromstring(atom_feed("", "T", odd))
    assert [link.get("href") for link in feed.iter(f"{ATOM}link")] == [FEED]
    assert feed.findtext(f"{ATOM}updated") == "2026-10-01T12:00:00Z"
    assert [entry.findtext(f"{ATOM}content") for entry in feed.findall(f"{ATOM}entry")] == [
        "<p>a part</p><ul><li>x</li></ul>",
        "B",
    ]
    links = ET.fromstring(atom_feed(SITE, "T", odd)).findall(f"{ATOM}entry/{ATOM}link")
    assert [link.get("href") for link in links] == [SITE, SITE]
    monkeypatch.undo()
    time.tzset()


def test_an_empty_feed_is_a_feed() -> None:
    feed = ET.fromstring(atom_feed(SITE, "T", []))
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert feed.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
