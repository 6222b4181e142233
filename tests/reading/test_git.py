"""What a commit, somebody's settings or the environment of a hook hold does not change what is read from git."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from interop_landscape.errors import NoHistory
from interop_landscape.reading.git import Repository as GitRepository
from interop_landscape.reading.git import day_of
from interop_landscape.site.published import FEED
from tests.conftest import Run
from tests.repositories import Repository, git

SUBJECTS = ["\u2028", "\x85", "\x0c", "\r", "\x0b", "\u2029", "\x1c\x1d\x1e", "\x1b[31m", "\u202e", "\x7f\xa0"]
DATES = ["316516252800", "-1", "9223372036854775808", "9" * 30, "253402300800", "-62135596801", "now", "e9"]
READING = [
    ("score", "--history"), ("gaps", "--since", "2026-10-15"), ("gaps", "--since", "9999y"), ("diff", "HEAD~1"),
    ("report", "--since", "2026-10-15"), ("score", "--history", "--since", "9999y", "--every", "7d"),
]  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def raw_commit(repository: Repository, name: str, *, date: str = "1795000000", subject: bytes = b"m") -> str:
    """A commit on main that git itself would not write, which renames Alpha."""
    repository.write(repository.edited("frameworks/alpha.yml", "name: Alpha", f"name: Alpha {name}"))
    git(repository.folder, "add", "-A")
    tree, parent = git(repository.folder, "write-tree"), git(repository.folder, "rev-parse", "HEAD")
    text = f"tree {tree}\nparent {parent}\nauthor A <a@example.org> 1 +0000\ncommitter A <a@example.org> {date} +0000\n"
    command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    data = text.encode() + b"\n" + subject + b"\n"
    made = subprocess.run(command, cwd=repository.folder, input=data, capture_output=True, check=True).stdout
    git(repository.folder, "update-ref", "refs/heads/main", made.decode().strip())
    return made.decode().strip()


def fine(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_message_and_no_date_of_a_commit_stops_a_command(repository: Repository, run: Run, tmp_path: Path) -> None:
    for place, character in enumerate(SUBJECTS):
        raw_commit(repository, f"s{place}", subject=f"a{character}b c".encode())
    raw_commit(repository, "latin", subject=b"a\xff\xfe\x85b")
    odd = [raw_commit(repository, f"d{place}", date=when) for place, when in enumerate(DATES)]
    for arguments in READING:
        fine(run(*arguments, "-d", repository.landscape))
    found = json.loads(fine(run("score", "--history", "-f", "json", "-d", repository.landscape)))
    assert len(found["points"]) == 1 + len(SUBJECTS) + 1
    assert [one["revision"] for one in found["skipped"]] == odd
    done = run("build", "-o", tmp_path / "site", "-d", repository.landscape)
    fine(done)
    assert f"8 commits are left out of the history, the first {odd[0][:9]}: its date is not within" in done.stderr
    assert "8 commits are left out" in run("report", "-d", repository.landscape).stderr
    feed = (tmp_path / "site" / FEED).read_text()
    assert "Alpha s3" in feed
    assert "Alpha d" not in feed


def test_the_last_second_of_9999_is_a_date_and_others_are_clamped_where_named(repository: Repository, run: Run) -> None:
    raw_commit(repository, "last", date="253402300799")
    raw_commit(repository, "later", date="253402300800")
    around = GitRepository.around(repository.landscape)
    assert [commit.when.year for commit in around.history().commits] == [2026, 9999]
    assert around.commit("HEAD").when.isoformat() == "9999-12-31T23:59:59+00:00"
    assert "Alpha later" in fine(run("diff", "HEAD~1", "HEAD", "-d", repository.landscape))


def test_a_span_longer_than_the_calendar_starts_with_it() -> None:
    assert day_of("9999y", date(2026, 11, 30)) == date.min


HOSTILE_SETTINGS = """\
[log]
  showSignature = true
  date = raw
  decorate = full
  follow = true
[core]
  quotePath = true
  pager = false
  abbrev = 4
[i18n]
  logOutputEncoding = UTF-16
[diff]
  external = /bin/false
[alias]
  rev-list = !echo hijacked
  log = !echo hijacked
[color]
  ui = always
[format]
  pretty = email
[pager]
  rev-list = cat
"""


@pytest.mark.parametrize("settings", [HOSTILE_SETTINGS, "[broken\n"], ids=["hostile", "broken"])
def test_settings_of_the_user_change_nothing(
    settings: str, repository: Repository, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(repository.edited("frameworks/beta.yml", "Beta", "Bêta"), when="2026-10-20T12:00:00Z")
    monkeypatch.setenv("HOME", str(tmp_path))
    asked = [(*arguments, "-f", "json", "-d", repository.landscape) for arguments in READING]
    before = [fine(run(*arguments)) for arguments in asked]
    (tmp_path / ".gitconfig").write_text(settings)
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.setenv("GIT_PAGER", "false")
    assert [fine(run(*arguments)) for arguments in asked] == before


def landscape_command(*arguments: str) -> str:
    return " ".join([sys.executable, "-m", "interop_landscape", *arguments])


def test_it_works_in_hooks_in_linked_worktrees_and_in_rebases(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.commit(other.edited("frameworks/alpha.yml", "Alpha", "Elsewhere"), when="2026-10-20T12:00:00Z")
    linked = tmp_path / "linked"
    git(repository.folder, "worktree", "add", "-q", "-b", "work", str(linked))
    said = tmp_path / "said"
    ask = f"{landscape_command('diff', 'main', '-d')} {linked}/landscape && "
    ask += f"{landscape_command('diff', 'HEAD~1', 'HEAD', '-d')} {other.landscape}"
    hook = repository.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n({ask}) >{said} 2>&1\n")
    hook.chmod(0o755)
    path = linked / "landscape" / "frameworks" / "alpha.yml"
    path.write_text(path.read_text().replace("name: Alpha", "name: Alpha Linked"))
    git(linked, "commit", "-q", "-a", "-m", "work")
    assert "Alpha Linked" in said.read_text()
    assert "Elsewhere" in said.read_text()
    said.unlink()
    git(linked, "rebase", "-q", "--no-ff", "--exec", f"({ask}) >{said} 2>&1", "main")
    assert "Alpha Linked" in said.read_text()
    assert "Elsewhere" in said.read_text()


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git that takes every repository for somebody else's, as it tests itself; returns the home folder it sees."""
    real, folder = shutil.which("git"), tmp_path / "bin"
    folder.mkdir()
    script = folder / "git"
    script.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {real} "$@"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return home


def test_a_repository_of_somebody_else_is_read_only_where_the_user_says_so(
    repository: Repository, run: Run, foreign: Path, tmp_path: Path
) -> None:
    refused = run("score", "--history", "-d", repository.landscape)
    assert refused.returncode == 2
    assert "dubious ownership" in refused.stderr
    assert "if you trust it: `git config --global --add safe.directory" in refused.stderr
    built = run("build", "-o", tmp_path / "site", "-d", repository.landscape)
    assert "the site shows no history: git says: detected dubious ownership" in built.stderr
    fine(built)
    git_folder = repository.folder / ".git" / "config"
    git_folder.write_text(f"{git_folder.read_text()}[safe]\n  directory = *\n")  # its own word does not count
    assert run("score", "--history", "-d", repository.landscape).returncode == 2
    (foreign / ".gitconfig").write_text(f"{HOSTILE_SETTINGS}[safe]\n  directory = {repository.folder.resolve()}\n")
    assert "1 revision" in fine(run("score", "--history", "-d", repository.landscape))


def test_files_that_look_like_a_bare_repository_bring_no_settings(repository: Repository, run: Run) -> None:
    bare = repository.folder / "bare"
    git(repository.folder, "init", "-q", "--bare", str(bare))
    for name in ("HEAD", "config", "objects", "refs"):
        target = repository.landscape / name
        (shutil.copytree if (bare / name).is_dir() else shutil.copy)(bare / name, target)
    with pytest.raises(NoHistory, match=r"cannot use bare repository .*landscape"):
        GitRepository.around(repository.landscape)


def test_a_damaged_repository_is_told(repository: Repository, run: Run) -> None:
    blob = git(repository.folder, "rev-parse", "HEAD:landscape/frameworks/alpha.yml")
    loose = repository.folder / ".git" / "objects" / blob[:2] / blob[2:]
    loose.chmod(0o644)
    loose.write_bytes(b"damaged")
    done = run("diff", "HEAD", "-d", repository.landscape)
    assert done.returncode == 2
    assert "alpha.yml:1:1: unreadable: is missing or damaged in the git repository" in done.stderr


@pytest.mark.parametrize("name", ["a\nb", "[a]*", "\udcff", "-x", ":(top)"], ids=ascii)
def test_a_folder_may_have_any_name(name: str, tmp_path: Path, run: Run) -> None:
    repository = Repository(tmp_path / "repo", below=name)
    repository.write(repository.edited("frameworks/alpha.yml", "name: Alpha", "name: Alpha Two"))
    assert len(GitRepository.around(repository.landscape).history().commits) == 1
    assert "Alpha Two" in fine(run("diff", "HEAD", "-d", repository.landscape))


def test_it_works_in_a_submodule_from_an_alias_and_with_what_its_parent_sets(tmp_path: Path) -> None:
    inner, outer = Repository(tmp_path / "inner"), Repository(tmp_path / "outer")
    trusting = ("-c", "protocol.file.allow=always")
    git(outer.folder, *trusting, "submodule", "--quiet", "add", str(inner.folder), "sub")
    git(outer.folder, "commit", "-q", "-m", "with a submodule")
    path = outer.folder / "sub" / "landscape" / "frameworks" / "alpha.yml"
    path.write_text(path.read_text().replace("name: Alpha", "name: Alpha Within"))
    git(outer.folder, "config", "alias.inner", f"!{landscape_command('diff', 'HEAD', '-d', 'sub')}; true")
    assert "Alpha Within" in git(outer.folder, "inner")
    each = f"{landscape_command('diff', 'HEAD')}; true"
    assert "Alpha Within" in git(outer.folder, "submodule", "--quiet", "foreach", each)


def test_a_shallow_clone_answers_only_for_the_time_that_it_holds(
    repository: Repository, run: Run, tmp_path: Path
) -> None:
    for old, new, when in (("Beta", "Beta Two", "2026-10-20"), ("Beta Two", "Beta Three", "2026-11-10")):
        files = repository.edited("frameworks/beta.yml", f"name: {old}", f"name: {new}")
        repository.commit(files, when=f"{when}T12:00:00Z")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repository.folder}", str(clone))
    advice = "the history starts on 2026-10-20 here; this clone is shallow: fetch the rest with `git fetch --unshallow`"
    for command in (["gaps"], ["fixes"], ["report"], ["score", "--history"]):
        late = run(*command, "--since", "2026-10-05", "-d", clone)
        assert (late.returncode, late.stdout) == (2, ""), command
        assert f"what the landscape was before 2026-10-05 is not known: {advice}" in late.stderr
        fine(run(*command, "--since", "2026-11-01", "-d", clone))
        whole = run(*command, "--since", "2020-01-01", "-d", repository.landscape)
        assert "shallow" not in fine(whole) + whole.stderr
    told = run("score", "--history", "-d", clone)
    assert "2 revisions" in fine(told)
    assert advice in told.stderr
    assert advice in run("build", "-o", tmp_path / "site", "-d", clone).stderr
    assert run("diff", "HEAD~2", "-d", clone).returncode == 2
