"""Revisions of a landscape, read from real git repositories."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.errors import InvalidLandscape, NoHistory
from interop_landscape.reading import compose as composing
from interop_landscape.reading import read as reading
from interop_landscape.reading.git import day_of
from interop_landscape.revisions import Revisions
from tests.conftest import Run
from tests.landscapes import FIXTURE, beta_that_exports, fixture_with
from tests.repositories import Repository, git

TODAY = date(2026, 11, 22)
GPU = (FIXTURE / "backends" / "gpu.yml").read_text()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def revisions(repository: Repository) -> Revisions:
    return Revisions(repository.landscape, "landscape", today=TODAY)


@pytest.mark.parametrize("below", ["landscape", "data/maps/ai", "."])
def test_a_commit_reads_like_its_checkout(below: str, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo", below=below)
    (repository.landscape / "runtimes" / "twin.yml").symlink_to("../frameworks/omega.yml")
    (repository.landscape / "frameworks" / ".hidden.yml").write_text("no: entry\n")
    first = repository.commit({}, when="2026-10-02T12:00:00Z")
    repository.commit({"frameworks/gamma.yml": None, "gaps/beta-exch.yml": None}, when="2026-10-03T12:00:00Z")
    now = revisions(repository)
    then = now.named(first).landscape
    git(repository.folder, "checkout", "-q", first)
    here, problems = loading.read(repository.landscape, label="landscape", today=TODAY)
    assert then == here
    assert [problem.code for problem in problems] == ["doubled-entry"]  # a warning, of the link
    assert "twin" in then.entries
    assert "gamma" in then.entries


def test_only_files_that_differ_are_parsed_again(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    composed: list[bytes] = []
    compose = composing.compose

    def counting(data: bytes) -> object:
        composed.append(data)
        return compose(data)

    monkeypatch.setattr(reading, "compose", counting)
    base = git(repository.folder, "rev-parse", "HEAD")
    repository.write(repository.edited("frameworks/beta.yml", "name: Beta", "name: Beta Two"))
    now = revisions(repository)
    before = now.named(base).landscape
    everything = len(composed)
    after = now.working_tree().landscape
    assert len(composed) == everything + 2  # the vocabulary, which all else is read against, and the file
    assert before.entries["alpha"] is after.entries["alpha"]
    assert (before.entries["beta"].name, after.entries["beta"].name) == ("Beta", "Beta Two")


def test_nothing_is_checked_out(repository: Repository) -> None:
    first = git(repository.folder, "rev-parse", "HEAD")
    repository.commit({"frameworks/gamma.yml": None, "gaps/beta-exch.yml": None}, when="2026-10-03T12:00:00Z")
    repository.write({"frameworks/gamma.yml": "half written"})
    assert "gamma" in revisions(repository).named(first).landscape.entries
    assert (repository.landscape / "frameworks" / "gamma.yml").read_text() == "half written"
    assert git(repository.folder, "status", "--porcelain") == "?? landscape/frameworks/gamma.yml"


def test_a_revision_that_does_not_load_says_so(repository: Repository) -> None:
    broken = repository.commit({"frameworks/new.yml": "name: New\n"}, when="2026-10-02T12:00:00Z")
    repository.commit({"frameworks/new.yml": None}, when="2026-10-03T12:00:00Z")
    with pytest.raises(InvalidLandscape, match=rf"revision {broken[:9]} .* does not load: 3 problems, the first at "):
        revisions(repository).named(broken)
    with pytest.raises(NoHistory, match="git knows no revision `nowhere`"):
        revisions(repository).named("nowhere")
    with pytest.raises(NoHistory, match="git knows no revision `--all`"):
        revisions(repository).named("--all")


def test_a_date_means_the_state_before_that_day(repository: Repository) -> None:
    second = repository.commit(repository.edited("frameworks/beta.yml", "Beta", "B"), when="2026-10-20T12:00:00Z")
    repository.commit(repository.edited("frameworks/beta.yml", "name: B", "name: C"), when="2026-11-10T12:00:00Z")
    now = revisions(repository)
    for text in ("2026-11-01", "2026-11-10", "3w"):
        found, told = now.since(text)
        assert found.commit is not None
        assert (found.commit.sha, told) == (second, ""), text
    found, told = now.since("2020-01-01")
    assert "starts with" in told
    assert "Beta" in found.landscape.entries["beta"].name


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-01", date(2026, 10, 1)),
        ("7d", date(2026, 11, 15)),
        ("2w", date(2026, 11, 8)),
        ("1y", date(2025, 11, 22)),
        ("2026-13-01", None),
        ("main", None),
        ("d", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert day_of(text, TODAY) == day


def test_diff_says_what_this_branch_changes(repository: Repository, run: Run) -> None:
    git(repository.folder, "checkout", "-q", "-b", "work")
    files: dict[str, str | None] = {"frameworks/beta.yml": beta_that_exports()}
    files |= repository.edited(
        "gaps/beta-exch.yml", "issues/1", "issues/1\n  - {stage: closed, date: 2026-11-20, note: y}"
    )
    repository.commit(files, when="2026-11-02T12:00:00Z")
    repository.write(
        {"frameworks/delta.yml": "name: Delta\nsummary: x\nhomepage: https://d.example.org\nstatus: active\n"}
    )
    done = run("diff", cwd=repository.folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "beta exports exch: support: none → full" in done.stdout
    assert "beta-exch: discussion → closed" in done.stdout
    assert "delta (framework)" in done.stdout
    assert "beta → any of the standards (exchange: missing → met)" in done.stdout
    document = json.loads(run("diff", "-f", "json", cwd=repository.folder).stdout)
    assert document["gaps"]["closed"] == [
        {"id": "exchange:beta:*", "side": "middle", "before": "missing", "after": "met", "cause": "route"},
    ]
    assert {gap["id"] for gap in document["gaps"]["opened"]} == {
        "exchange:delta:*", "fields:delta:speech", "fields:delta:vision",
    }  # fmt: skip
    assert all((gap["before"], gap["cause"]) == (None, "entry") for gap in document["gaps"]["opened"])
    between = json.loads(run("diff", "main..work", "-f", "json", cwd=repository.folder).stdout)
    assert between["entries"]["added"] == []
    assert between["gaps"]["closed"] == document["gaps"]["closed"]


def test_a_diff_of_comments_says_that_nothing_changed(repository: Repository, run: Run) -> None:
    text = (repository.landscape / "frameworks" / "beta.yml").read_text()
    repository.write({"frameworks/beta.yml": f"# a remark\n{text}"})
    for output in ("table", "markdown"):
        assert "Nothing on the map has changed." in run("diff", "-f", output, cwd=repository.folder).stdout
    assert json.loads(run("diff", "-f", "json", cwd=repository.folder).stdout)["changed"] is False


NEW = """\
name: Delta
summary: A framework.
homepage: https://delta.example.org
status: active
interop:
  exports:
    exch:
      support: full
      carries: [neural-graph, weights]
      checked: 2026-11-01
      evidence: [{url: https://delta.example.org/export, shows: an exporter}]
"""


def test_growth_of_the_map_is_told_from_loss(tmp_path: Path, run: Run) -> None:
    alpha = (FIXTURE / "frameworks" / "alpha.yml").read_text()
    rules = (FIXTURE / "expectations.yml").read_text()
    cases: dict[str, tuple[dict[str, str | bytes], str, str]] = {
        "grown": (
            {"frameworks/delta.yml": NEW},
            "0 gaps closed, 0 opened by a loss; newly expected: 2 gaps and 1 connection that is met.",
            "2 gaps that came with entries",
        ),
        "stricter": (
            {"expectations.yml": rules.replace("{kind: framework, tags: [deep]}", "{kind: framework}")},
            "0 gaps closed, 0 opened by a loss; newly expected: 3 gaps and 0 connections that are met.",
            "3 gaps that came with expectations",
        ),
        "lost": (
            {"frameworks/alpha.yml": alpha.replace("support: full", "support: experimental", 1)},
            "0 gaps closed, 1 opened by a loss.",
            "1 gap opened by a loss",
        ),
    }
    for name, (files, short, title) in cases.items():
        other = fixture_with(tmp_path / name, files)
        markdown = run("diff", FIXTURE, other, "-d", FIXTURE, "-f", "markdown").stdout
        assert f"{short}**" in markdown
        assert title in markdown
        gaps = json.loads(run("diff", FIXTURE, other, "-d", FIXTURE, "-f", "json").stdout)["gaps"]
        causes = {gap["cause"] for gap in gaps["opened"]}
        assert causes == {{"grown": "entry", "stricter": "expectation", "lost": "route"}[name]}
        back = json.loads(run("diff", other, FIXTURE, "-d", FIXTURE, "-f", "json").stdout)["gaps"]
        assert {gap["cause"] for gap in back["closed"]} == causes
        assert back["opened"] == []


def test_an_entry_renamed_with_an_alias_stays_the_same(repository: Repository, run: Run) -> None:
    text = (repository.landscape / "runtimes" / "runner.yml").read_text()
    renamed = text.replace("status: active\n", "status: active\naliases: [runner]\n", 1)
    repository.write({"runtimes/runner.yml": None, "runtimes/racer.yml": renamed})
    document = json.loads(run("diff", "-f", "json", cwd=repository.folder).stdout)
    assert document["renamed"] == {"runner": "racer"}
    assert document["entries"]["added"] == document["entries"]["removed"] == []
    assert document["statements"]["added"] == document["statements"]["removed"] == []
    assert document["gaps"] == {"opened": [], "closed": [], "turned": []}


def test_diff_of_two_folders_needs_no_git(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    other = fixture_with(tmp_path, {"backends/gpu2.yml": GPU.replace("name: GPU", "name: GPU 2")})
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("diff", FIXTURE, other, "-d", FIXTURE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "gpu2 (backend)" in done.stdout


@pytest.mark.parametrize("command", [["diff"], ["gaps", "--since", "7d"], ["score", "--history"], ["report"]])
def test_what_is_missing_is_told_with_status_2(
    command: list[str], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = fixture_with(tmp_path, {})
    outside = run(*command, "-d", root)
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    without_git = run(*command, "-d", root)
    for done, says in ((outside, "is not in a git repository"), (without_git, "git is not installed")):
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr
        assert "Traceback" not in done.stderr


def test_a_shallow_clone_without_the_base_is_told(repository: Repository, tmp_path: Path, run: Run) -> None:
    base = git(repository.folder, "rev-parse", "HEAD")
    repository.commit(repository.edited("frameworks/beta.yml", "Beta", "B"), when="2026-10-20T12:00:00Z")
    git(tmp_path, "clone", "-q", "--depth", "1", repository.folder.as_uri(), "shallow")
    done = run("diff", base, cwd=tmp_path / "shallow")
    assert (done.returncode, done.stdout) == (2, "")
    assert "this clone is shallow: fetch the rest with `git fetch --unshallow`" in done.stderr


def test_a_repository_without_commits_is_told(tmp_path: Path, run: Run) -> None:
    root = fixture_with(tmp_path, {})
    git(tmp_path, "init", "-q", "-b", "main")
    for command in (["diff"], ["gaps", "--since", "7d"], ["report"]):
        done = run(*command, "-d", root)
        assert (done.returncode, done.stdout) == (2, ""), command
    assert json.loads(run("score", "--history", "-f", "json", "-d", root).stdout)["points"] == []


def test_gaps_since_lists_only_what_is_new(repository: Repository, run: Run) -> None:
    repository.commit(
        repository.edited("frameworks/alpha.yml", "support: full", "support: none"), when="2026-11-10T12:00:00Z"
    )
    now = {g["id"] for g in json.loads(run("gaps", "-f", "json", cwd=repository.folder).stdout)["gaps"]}
    document = json.loads(run("gaps", "--since", "2026-11-01", "-f", "json", cwd=repository.folder).stdout)
    new = {g["id"] for g in document["gaps"]}
    first = git(repository.folder, "rev-parse", "HEAD~1")
    git(repository.folder, "checkout", "-q", first)
    before = {g["id"] for g in json.loads(run("gaps", "-f", "json", cwd=repository.folder).stdout)["gaps"]}
    assert new == now - before
    assert new


def test_history_scores_each_revision_by_its_own_or_by_todays_rules(repository: Repository, run: Run) -> None:
    repository.commit({"frameworks/new.yml": "name: New\n"}, when="2026-10-05T12:00:00Z")  # does not load
    repository.commit({"frameworks/new.yml": None}, when="2026-10-06T12:00:00Z")
    repository.commit(repository.edited("expectations.yml", "weight: 2", "weight: 20"), when="2026-10-20T12:00:00Z")
    own = json.loads(run("score", "--history", "-f", "json", cwd=repository.folder).stdout)
    now = json.loads(run("score", "--history", "--expectations", "now", "-f", "json", cwd=repository.folder).stdout)
    assert [point["date"][:10] for point in own["points"]] == ["2026-10-01", "2026-10-06", "2026-10-20"]
    assert len(own["skipped"]) == 1
    assert own["points"][0]["score"] == own["points"][1]["score"] != own["points"][2]["score"]
    assert len({point["score"] for point in now["points"]}) == 1
    assert now["points"][0]["score"] == own["points"][2]["score"]
    weekly = json.loads(run("score", "--history", "--every", "7d", "-f", "json", cwd=repository.folder).stdout)
    assert [point["date"][:10] for point in weekly["points"]] == ["2026-10-06", "2026-10-20"]
    late = json.loads(run("score", "--history", "--since", "2026-10-10", "-f", "json", cwd=repository.folder).stdout)
    assert [point["date"][:10] for point in late["points"]] == ["2026-10-06", "2026-10-20"]
    shown = run("score", "--history", cwd=repository.folder).stdout
    assert "▁" in shown
    assert "1 revision left out" in shown
    assert run("score", "--history", "--every", "soon", cwd=repository.folder).returncode == 2


def test_a_long_comment_is_folded_and_cut(tmp_path: Path, run: Run) -> None:
    files: dict[str, str | bytes] = {
        f"backends/an-accelerator-{i}.yml": GPU.replace("name: GPU", f"name: GPU {i}") for i in range(2000)
    }
    other = fixture_with(tmp_path, files)
    markdown = run("diff", FIXTURE, other, "-d", FIXTURE, "-f", "markdown").stdout
    assert len(markdown) <= 60_000
    assert "<summary>2,000 entries added</summary>" in markdown
    assert "more" in markdown
    assert markdown.count("<details>") == markdown.count("</details>") > 0


def test_a_report_of_the_period(repository: Repository, run: Run) -> None:
    files: dict[str, str | None] = {"frameworks/beta.yml": beta_that_exports()}
    repository.commit(files, when="2026-11-10T12:00:00Z")
    done = run("report", "--since", "2026-11-01", cwd=repository.folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "*2026-10-01 to 2026-11-22*" in done.stdout
    assert "In the period: 1 gap closed, 0 opened by a loss. " in done.stdout
    assert "**1 gap closed**" in done.stdout
    assert "Beta → any of the standards (exchange)" in done.stdout
    for heading in ("In short", "Score", "Milestones", "Plan for the next period", "Risks"):
        assert f"\n## {heading}\n" in done.stdout
    started_later = run("report", "--since", "2020-01-01", cwd=repository.folder)
    assert started_later.returncode == 0
    assert "history of this landscape starts with" in started_later.stderr


def test_a_diff_in_every_format(run: Run, golden: Callable[[str, str], None], tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    files: dict[str, str | bytes] = {
        "frameworks/beta.yml": beta_that_exports(),
        "gaps/beta-exch.yml": (FIXTURE / "gaps" / "beta-exch.yml").read_text()
        + "  - {stage: closed, date: 2026-11-20, note: Released.}\n",
        "frameworks/gamma.yml": (FIXTURE / "frameworks" / "gamma.yml").read_text().replace("Gamma", "Gamma Two"),
    }
    root = fixture_with(tmp_path / "new", files)
    unsearched = (FIXTURE / "frameworks" / "beta.yml").read_text().partition("      searched:")[0]
    (tmp_path / "old").symlink_to(fixture_with(tmp_path / "before", {"frameworks/beta.yml": unsearched}))
    arguments = ("diff", "old", root.relative_to(tmp_path), "-d", FIXTURE)
    for columns in (60, 100, 200):
        done = run(*arguments, columns=columns, cwd=tmp_path)
        assert max(map(len, done.stdout.splitlines())) <= columns
        golden(f"diff-{columns}.txt", "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n")
    for output in ("json", "csv", "markdown"):
        golden(f"diff.{output}", run(*arguments, "-f", output, cwd=tmp_path).stdout)
