"""The committee's desk: what a meeting reads, prints and sends."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from interop_landscape import loading
from interop_landscape.analysis.agenda import agenda
from tests.conftest import Run
from tests.landscapes import FIXTURE, beta_that_exports, fixture_with, with_results
from tests.repositories import Repository

LONG = "a-format-with-quite-a-long-name"
STANDARD = f"""\
name: A format with quite a long name
summary: A format.
homepage: https://example.org/{LONG}
license: MIT
status: active
aspect: ir
carries: [neural-graph]
"""


def names_in(text: str) -> set[str]:
    """What stands between spaces, commas and brackets."""
    return set(re.split(r"[\s,()]+", text))


@pytest.mark.parametrize("columns", range(60, 121, 6))
def test_gaps_and_entries_are_named_whole_at_every_width(columns: int, run: Run, tmp_path: Path) -> None:
    record = (FIXTURE / "gaps" / "beta-exch.yml").read_bytes()
    at = fixture_with(tmp_path, {f"standards/{LONG}.yml": STANDARD, f"gaps/{LONG}-of-beta.yml": record})
    (at / "gaps" / "beta-exch.yml").unlink()
    gaps = run("gaps", "--top", "0", "-d", at, columns=columns).stdout
    assert {"compute", "fields", "exchange", f"{LONG}-of-beta"} <= names_in(gaps)
    pairs = [line for line in gaps.splitlines() if "→" in line]
    assert pairs
    assert all({"compute", "fields", "exchange"} & names_in(line) for line in pairs)
    assert {LONG, "alpha", "omega"} <= names_in(run("list", "-d", at, columns=columns).stdout)
    assert all(len(line) <= columns for line in gaps.splitlines())


def test_records_say_who_carries_them_and_which_stand_still(run: Run, tmp_path: Path) -> None:
    text = (FIXTURE / "gaps" / "beta-exch.yml").read_text()
    old = text.replace("2026-10-01", "2025-10-01").replace("2026-10-20", "2025-11-22")
    closed = (FIXTURE / "gaps" / "alpha-exch.yml").read_text()
    long_ago = closed.replace("2026-05-01", "2024-05-01").replace("2026-09-01", "2024-09-01")
    for name, files, stuck in (("new", {}, False), ("old", {"gaps/beta-exch.yml": old}, True)):
        at = fixture_with(tmp_path / name, {"gaps/alpha-exch.yml": long_ago, **files})
        shown = run("list", "records", "-d", at, columns=80).stdout
        for said in ("Beta should export Exch", "owner Alpha's makers", "no owner", "milestone first-gaps"):
            assert said in shown
        assert ("discussion for 365 days" in shown) == stuck
        assert shown.count("has not moved for a year") == stuck
        assert "closed for 812 days" in shown
        records = json.loads(run("list", "records", "-d", at, "-f", "json").stdout)["records"]
        assert {one["id"]: one["stuck"] for one in records} == {"alpha-exch": False, "beta-exch": stuck}
        rows = csv.DictReader(io.StringIO(run("list", "records", "-d", at, "-f", "csv").stdout))
        assert {row["id"]: (row["idle"], row["stuck"]) for row in rows} == {
            "alpha-exch": ("812", ""),
            "beta-exch": ("365", "yes") if stuck else ("33", ""),
        }


GAMMA = """\
  covers:
    vision:
      support: none
      checked: 2026-11-10
      evidence: [{url: https://gamma.example.org/fields, shows: a list of fields without vision}]
      searched: [{in: https://github.com/example/gamma/tree/0123abc, for: [vision]}]
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The fixture, in which somebody has looked for something on 10 November and not found it."""
    made = Repository(tmp_path / "repo")
    text = (made.landscape / "frameworks" / "gamma.yml").read_text()
    made.commit({"frameworks/gamma.yml": text.replace("interop:\n", f"interop:\n{GAMMA}")}, when="2026-11-10T12:00:00Z")
    return made


def topics(run: Run, repository: Repository, *arguments: str) -> dict[str, set[str]]:
    """The names of what is on the agenda, by why it is."""
    since = () if "--since" in arguments else ("--since", "2026-11-20")
    done = run("agenda", *since, *arguments, "-f", "json", cwd=repository.folder)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, set[str]] = {}
    for topic in json.loads(done.stdout)["topics"]:
        for sort in topic["sorts"]:
            found.setdefault(sort, set()).add(topic["record"] or topic["title"])
    return found


def test_an_agenda_in_every_format(repository: Repository, run: Run, golden: Callable[[str, str], None]) -> None:
    arguments = ("agenda", "--since", "2026-11-01", "--until", "2027-03-31", "--top", "3")
    for output in ("json", "csv", "markdown"):
        golden(f"agenda.{output}", run(*arguments, "-f", output, cwd=repository.folder).stdout)
    shown = run(*arguments, cwd=repository.folder)
    assert shown.stdout == run(*arguments, "-f", "markdown", cwd=repository.folder).stdout
    golden("agenda-slides.markdown", run(*arguments, "--slides", cwd=repository.folder).stdout)


def test_what_is_on_the_agenda_and_what_is_not(repository: Repository, run: Run) -> None:
    early = topics(run, repository, "--since", "2026-11-01", "--until", "2027-03-30")
    assert "due" not in early
    assert early["milestone"] == {"Every gap is talked about"}
    assert early["confirmed"] == {"Gamma covers Vision"}
    late = topics(run, repository, "--since", "2026-11-20", "--until", "2027-03-31")
    assert late["due"] == {"beta-exch"}, "the other record of the milestone has reached its stage"
    assert late["milestone"] == {"Every gap is talked about", "First set of gaps identified"}
    assert "confirmed" not in late
    assert "stuck" not in late
    old = "Gamma: 1 statement"
    assert topics(run, repository, "--until", "2027-11-01")["stale"] == {old}
    assert topics(run, repository, "--until", "2027-11-02")["stale"] > {old, "Beta: 2 statements"}
    repository.write(repository.edited("gaps/beta-exch.yml", "2026-10-01", "2025-10-01"))
    repository.write(repository.edited("gaps/beta-exch.yml", "2026-10-20", "2025-10-20"))
    repository.write({"frameworks/beta.yml": beta_that_exports()})
    mended = topics(run, repository, "--since", "2026-11-20", "--until", "2027-03-31")
    assert mended["contradicted"] == mended["stuck"] == mended["due"] == {"beta-exch"}


def test_probes_that_failed_or_ran_long_ago_are_on_the_agenda() -> None:
    plain = loading.load(FIXTURE, today=date(2026, 11, 22))
    edges = {"alpha exports exch": "failing", "runner imports exch": "changed", "runner runs-on cpu": "fine"}
    statements = tuple(replace(s, probe=edges.get(str(s))) for s in plain.statements)
    outcomes = {"failing": "fail", "changed": "pass", "fine": "pass"}
    tried = with_results(plain.replacing(statements=statements), outcomes)
    probes = {**tried.probes, "changed": replace(tried.probes["changed"], digest="1")}
    found = agenda(tried.replacing(probes=probes), date(2026, 12, 22), None, None).topics
    assert [one.name for one in found if one.sort == "failed"] == ["failing"]
    assert [one.name for one in found if one.sort == "rerun"] == ["changed"]


def test_each_topic_is_an_issue_and_nothing_is_written_over_silently(
    repository: Repository, run: Run, tmp_path: Path
) -> None:
    arguments = ("agenda", "--since", "2026-11-01", "--until", "2027-03-31", "--issues", tmp_path / "issues")
    done = run(*arguments, "-f", "json", cwd=repository.folder)
    listed = {f"{topic['id']}.md": topic for topic in json.loads(done.stdout)["topics"]}
    assert {path.name for path in (tmp_path / "issues").iterdir()} == set(listed)
    for name, topic in listed.items():
        _, front, body = (tmp_path / "issues" / name).read_text().split("---\n", 2)
        assert yaml.safe_load(front)["title"] == topic["title"]
        assert {"agenda", *topic["sorts"]} <= set(yaml.safe_load(front)["labels"])
        assert topic["asks"] in body
    assert run(*arguments, cwd=repository.folder).returncode == 0, "the same again changes nothing"
    edited = tmp_path / "issues" / "due-beta-exch.md"
    edited.write_text("mine")
    refused = run(*arguments, cwd=repository.folder)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "due-beta-exch.md would be written over; name another folder, or add --force" in refused.stderr
    assert edited.read_text() == "mine"
    assert run(*arguments, "--force", cwd=repository.folder).returncode == 0
    assert edited.read_text() != "mine"


def test_an_agenda_needs_no_history_but_a_date(run: Run, tmp_path: Path) -> None:
    at = fixture_with(tmp_path, {})
    done = run("agenda", "-d", at)
    assert done.returncode == 0
    assert "newly confirmed gaps are not listed" in done.stderr
    assert "There is no history" in done.stdout
    assert run("agenda", "-d", at, "--since", "7d").returncode == 2
    refused = run("agenda", "-d", at, "--until", "soon")
    assert (refused.returncode, refused.stderr) == (
        2,
        "landscape: --until `soon` is no date; write it as 2026-11-22\n",
    )


def test_slides_take_the_whole_text_and_none_is_too_long(repository: Repository, run: Run) -> None:
    for command in (["report"], ["agenda", "--until", "2027-12-31", "--top", "0"]):
        text = run(*command, cwd=repository.folder).stdout
        slides = run(*command, "--slides", cwd=repository.folder).stdout
        _, front, deck = slides.split("---\n", 2)
        assert yaml.safe_load(front)["marp"] is True
        assert all(slide.lstrip().startswith("#") for slide in deck.split("\n---\n"))
        said = [line for line in text.splitlines() if line and not line.startswith("#")]
        assert said == [line for line in deck.splitlines() if line and not line.startswith("#") and line != "---"]
        assert max(len(slide.splitlines()) for slide in deck.split("\n---\n")) <= 20


def test_slides_under_assumptions_say_so_on_the_first(repository: Repository, run: Run) -> None:
    slides = run("report", "--slides", "--assume", "runner runs-on npu", cwd=repository.folder).stdout
    _, front, deck = slides.split("---\n", 2)
    assert yaml.safe_load(front)["title"] == "Fixture landscape: report to the TOC"
    assert "Assumed to be there in full: `runner runs-on npu`" in deck.split("\n---\n")[0]


def test_what_breaks_if_somebody_stops_the_likeliest_first(run: Run, tmp_path: Path) -> None:
    alpha = (FIXTURE / "frameworks" / "alpha.yml").read_text()
    exporting = alpha.replace("      api: alpha.export\n", "      api: alpha.export\n      by: {}\n")
    cases = {"a-stranger": "unknown", "helper": "third-party", "guild": "third-party"}
    for by, likelihood in cases.items():
        at = fixture_with(tmp_path / by, {"frameworks/alpha.yml": exporting.replace("{}", by)})
        found = {
            one["name"]: one for one in json.loads(run("risks", "--keepers", "-d", at, "-f", "json").stdout)["keepers"]
        }
        assert found[by]["likelihood"] == likelihood
        assert found[by]["opens"] == ["compute:alpha:cpu", "compute:beta:cpu", "exchange:alpha:*"]
        assert found[by]["statements"] == ["alpha exports exch"]
        shown = run("risks", "--keepers", "-d", at, columns=100).stdout
        assert shown.index("gamma-tools") < shown.index(f"{by} · would open 3 gaps, of weight 3")
        assert "maintains 1 edge of others" in shown
    assert run("risks", "--keepers", "--at", "helper", "-d", at).stdout.count(" · would open") == 0
    refused = run("risks", "--keepers", "--of", "edge", "-d", at)
    assert (refused.returncode, "leave it out with --keepers" in refused.stderr) == (2, True)


def test_records_are_exported_as_issues_with_labels(run: Run, tmp_path: Path) -> None:
    done = run("export", "issues", "-d", FIXTURE, "-o", tmp_path / "issues")
    assert done.returncode == 0, done.stderr
    fronts = {}
    for path in (tmp_path / "issues").glob("*.md"):
        _, front, body = path.read_text().split("---\n", 2)
        fronts[path.name] = yaml.safe_load(front)
        assert "## Who to involve" in body
        assert not body.lstrip().startswith("# ")
    assert fronts == {
        "alpha-exch.md": {
            "title": "Alpha should export Exch",
            "labels": ["gap", "stage: closed", "closed"],
            "milestone": "First set of gaps identified",
        },
        "beta-exch.md": {
            "title": "Beta should export Exch",
            "labels": ["gap", "stage: discussion", "side: middle"],
            "milestone": "First set of gaps identified",
        },
    }
    refused = run("export", "issues", "-d", FIXTURE)
    assert (refused.returncode, "name a folder with -o" in refused.stderr) == (2, True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "beta-exch.md").write_text("mine")
    assert run("export", "issues", "-d", FIXTURE, "-o", tmp_path / "mine").returncode == 2
    assert (tmp_path / "mine" / "beta-exch.md").read_text() == "mine"


def test_what_others_wrote_is_text_in_agendas_issues_and_slides(
    repository: Repository, run: Run, tmp_path: Path
) -> None:
    hostile = "<b>@you</b> - --- #12 [x](y)"
    repository.write(repository.edited("gaps/beta-exch.yml", "Beta should export Exch", f'"{hostile}"'))
    arguments = ("agenda", "--since", "2026-11-01", "--until", "2027-03-31", "--issues", tmp_path / "issues")
    slides = run(*arguments, "--slides", cwd=repository.folder).stdout
    assert "\\<b\\>@\u200byou" in slides
    assert "<b>" not in slides
    written = (tmp_path / "issues" / "due-beta-exch.md").read_text()
    assert yaml.safe_load(written.split("\n---\n")[0])["title"] == hostile


def test_issues_of_an_agenda_are_no_part_of_the_landscape(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    before = sorted(root.rglob("*"))
    refused = run("agenda", "--issues", root / "gaps", "-d", root)
    assert refused.returncode == 2
    assert "name another with --issues" in refused.stderr
    assert sorted(root.rglob("*")) == before
    assert run("agenda", "--issues", tmp_path / "issues", "-d", root).returncode == 0
    assert list((tmp_path / "issues").glob("*.md"))
