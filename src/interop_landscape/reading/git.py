"""Landscapes in git revisions, read through git's own plumbing: nothing is ever checked out."""

from __future__ import annotations

import posixpath
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from interop_landscape.errors import NoHistory
from interop_landscape.reading.source import MANIFEST, SourceFile, is_hidden

_LINK, _FILE = "120000", ("100644", "100755", "100664")
_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Commit:
    """One revision: its full name, when it was committed, and the first line of its message."""

    sha: str
    when: datetime
    subject: str

    @property
    def short(self) -> str:
        """The first characters of its name, enough for people."""
        return self.sha[:9]


@dataclass(frozen=True)
class Repository:
    """The git repository around a landscape's folder; `prefix` is the folder's path in it, with a slash at the end."""

    folder: Path
    prefix: str
    _blobs: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """The repository that holds `folder`. Raises NoHistory where there is none, or no git."""
        status, out, err = _git(folder, "rev-parse", "--show-prefix")
        if status == 0:
            return cls(folder, out.decode().rstrip("\n"))
        if b"not a git repository" in err:
            raise NoHistory(
                f"{folder} is not in a git repository, so it has no history; `landscape diff` compares folders"
            )
        raise NoHistory(f"git says: {_last_line(err)}")

    def _ask(self, *arguments: str) -> str | None:
        """What git prints, None where it says no."""
        status, out, _ = _git(self.folder, *arguments)
        return out.decode("utf-8", "replace").rstrip("\n") if status == 0 else None

    def commit(self, revision: str) -> Commit:
        """The commit that a revision names. Raises NoHistory where there is none."""
        found = None
        if revision and not revision.startswith("-"):
            found = self._ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if not found:
            raise NoHistory(f"git knows no revision `{revision}`{self.shallowness()}")
        return self._described(found)

    def _described(self, sha: str) -> Commit:
        sha, when, subject = (self._ask("log", "-1", "--format=%H%x00%cI%x00%s", sha) or "").split("\0")
        return Commit(sha, datetime.fromisoformat(when), subject)

    def shallowness(self) -> str:
        """What to say behind "not found" in a clone without its whole history; empty in a whole one."""
        if self._ask("rev-parse", "--is-shallow-repository") == "true":
            return "; this clone is shallow: fetch the rest with `git fetch --unshallow`"
        return ""

    def branching_point(self) -> tuple[Commit, str]:
        """(commit, branch): where the work at hand left the main branch. Raises NoHistory where none is found."""
        remote = self._ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
        for branch in (remote, "origin/main", "origin/master", "main", "master"):
            if branch and self._ask("rev-parse", "--verify", "--quiet", f"{branch}^{{commit}}"):
                return self.merge_base(branch, "HEAD"), branch
        raise NoHistory(f"no main branch is found to compare with; name a revision{self.shallowness()}")

    def merge_base(self, one: str, other: str) -> Commit:
        """The last commit that two revisions share. Raises NoHistory where they share none."""
        ends = self.commit(one).sha, self.commit(other).sha
        sha = self._ask("merge-base", *ends)
        if not sha:
            raise NoHistory(f"`{one}` and `{other}` have no commit in common{self.shallowness()}")
        return self._described(sha)

    def since(self, text: str, today: date) -> tuple[Commit, bool]:
        """(commit, whole): the state at a revision, a date (``2026-10-01``), or so long ago (``90d``, ``6w``).

        A date means the last commit before that day. `whole` says that the history starts later, so that the
        commit is its first one. Raises NoHistory where nothing of this landscape is found.
        """
        day = day_of(text, today)
        if day is None:
            return self.commit(text), False
        commits = self.history()
        if not commits:
            raise NoHistory(f"no commit holds this landscape yet{self.shallowness()}")
        before = [commit for commit in commits if commit.when.astimezone(UTC).date() < day]
        return (before[-1], False) if before else (commits[0], True)

    def history(self) -> list[Commit]:
        """The commits of the main line that changed this landscape, oldest first."""
        out = self._ask("log", "--first-parent", "--reverse", "--format=%H%x00%cI%x00%s", "--", ".") or ""
        commits = []
        for line in out.splitlines():
            sha, when, subject = line.split("\0", 2)
            commits.append(Commit(sha, datetime.fromisoformat(when), subject))
        return commits

    def tree(self, commit: Commit) -> str | None:
        """Git's name for the landscape's folder at a commit, the same as long as nothing in it changes."""
        return self._ask("rev-parse", "--verify", "--quiet", f"{commit.sha}:{self.prefix}")

    def source(self, commit: Commit, label: str) -> GitSource:
        """The files of the landscape at a commit. Raises NoHistory where that commit has none."""
        if self._ask("rev-parse", "--verify", "--quiet", f"{commit.sha}:{self.prefix}{MANIFEST}") is None:
            where = f"{self.prefix}{MANIFEST}"
            raise NoHistory(f"revision {commit.short} of {commit.when.date()} holds no {where}")
        return GitSource(self, commit, label)

    def listing(self, commit: Commit) -> dict[str, tuple[str, str]]:
        """(mode, blob) of every file of the landscape that is not hidden, by its path below the folder."""
        paths = [self.prefix] if self.prefix else []
        _, out, _ = _git(self.folder, "ls-tree", "-r", "-z", "--full-tree", commit.sha, "--", *paths)
        found = {}
        for line in out.decode("utf-8", "surrogateescape").split("\0"):
            facts, _, path = line.partition("\t")
            path = path.removeprefix(self.prefix)
            if path and not any(is_hidden(part) for part in path.split("/")):
                mode, _, blob = facts.split(" ")
                found[path] = mode, blob
        return dict(sorted(found.items()))

    def read(self, blobs: list[str]) -> dict[str, bytes]:
        """The bytes of blobs by name, all of those not read before from one run of ``git cat-file --batch``."""
        wanted = sorted(set(blobs) - self._blobs.keys())
        if wanted:
            _, out, _ = _git(self.folder, "cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
            place = 0
            while place < len(out):
                end = out.index(b"\n", place)
                name, *facts = out[place:end].decode().split(" ")
                size = int(facts[1]) if len(facts) == 2 else 0  # otherwise: "missing", in a damaged repository
                if len(facts) == 2:
                    self._blobs[name] = out[end + 1 : end + 1 + size]
                place = end + 1 + (size + 1 if len(facts) == 2 else 0)
        return {name: self._blobs[name] for name in blobs if name in self._blobs}


@dataclass(frozen=True)
class GitSource:
    """The files of a landscape as they stand in one commit."""

    repository: Repository
    commit: Commit
    label: str

    def files(self) -> Iterator[SourceFile]:
        """Every file that is not hidden, sorted by path; links within the landscape are followed."""
        listing = self.repository.listing(self.commit)
        data = self.repository.read([blob for _, blob in listing.values()])
        for path, (mode, blob) in listing.items():
            if mode == _LINK and blob in data:
                goal = posixpath.normpath(
                    posixpath.join(posixpath.dirname(path), data[blob].decode("utf-8", "replace"))
                )
                mode, blob = listing.get(goal, ("", ""))
                if not blob:
                    yield SourceFile(path, b"", ("outside-symlink", "is a link that leads out of the landscape"))
                    continue
            if mode in _FILE and blob in data:
                yield SourceFile(path, data[blob])
            else:
                yield SourceFile(path, b"", ("unreadable", "is not a regular file"))


def day_of(text: str, today: date) -> date | None:
    """The day that ``2026-10-01`` or ``90d``, ``6w``, ``3m``, ``1y`` (ago) means; None where it is neither."""
    ago = days_in(text)
    if ago is not None:
        return today - timedelta(days=ago)
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def days_in(text: str) -> int | None:
    """How many days ``7d``, ``6w``, ``3m`` (of 30 days) or ``1y`` (of 365) are; None where it is no such span."""
    match = re.fullmatch(r"(\d{1,4})([dwmy])", text)
    return int(match[1]) * _DAYS[match[2]] if match else None


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> tuple[int, bytes, bytes]:
    """(status, stdout, stderr) of git, run in the folder. Raises NoHistory where git is not installed."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, input=given, capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise NoHistory(
            "git is not installed, and the history is read with it; folders can be compared without"
        ) from None
    return done.returncode, done.stdout, done.stderr


def _last_line(text: bytes) -> str:
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "nothing"
