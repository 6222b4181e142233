"""Landscapes in git revisions, read through git's own plumbing: nothing is ever checked out.

Whoever writes a commit chooses its message and its dates, and whoever runs this has settings of their own; neither
changes what is read here. Messages are never asked for, names end with NUL, dates are bounded, and git runs without
the settings of the user and of the machine.
"""

from __future__ import annotations

import os
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
_LAST_MOMENT: Final = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())

_SETTINGS: Final = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    # A folder of files that looks like a bare repository could bring settings of its own, which run programs.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.bareRepository",
    "GIT_CONFIG_VALUE_0": "explicit",
}
_NO_SETTINGS: Final = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@dataclass(frozen=True, slots=True)
class Commit:
    """One revision: its full name, and when it was committed, in UTC and within the years 1970 to 9999."""

    sha: str
    when: datetime

    @property
    def short(self) -> str:
        """The first characters of its name, enough for people."""
        return self.sha[:9]


@dataclass(frozen=True, slots=True)
class MainLine:
    """The commits of the main line that changed a landscape, oldest first.

    `undated` are the names of those whose date cannot be one, and which are left out of any history for it.
    `shallowness` says that the clone does not hold the first ones, and how to get them; empty where it holds all.
    """

    commits: list[Commit]
    undated: list[str]
    shallowness: str = ""

    @property
    def told(self) -> str:
        """What to tell of the commits that are not among them; empty where there are none."""
        return "; ".join(filter(None, (self.cut, self._left_out)))

    @property
    def cut(self) -> str:
        """Where the history of a shallow clone starts; empty for a whole one."""
        if not self.shallowness or not self.commits:
            return ""
        return f"the history starts on {self.commits[0].when.date()} here{self.shallowness}"

    @property
    def _left_out(self) -> str:
        if not self.undated:
            return ""
        some = "1 commit is" if len(self.undated) == 1 else f"{len(self.undated):,} commits are"
        return f"{some} left out of the history, the first {self.undated[0][:9]}: {UNDATED}"


UNDATED: Final = "its date is not within the years 1970 to 9999"


@dataclass(frozen=True)
class Repository:
    """The git repository around a landscape's folder; `prefix` is the folder's path in it, with a slash at the end.

    `trusted` says that it belongs to somebody else, and that the user's settings name it as safe all the same: then
    git runs with these settings, because it believes nobody else in this.
    """

    folder: Path
    prefix: str
    trusted: bool = False
    _blobs: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """The repository that holds `folder`. Raises NoHistory where there is none, or no git."""
        for trusted in (False, True):
            status, out, err = _git(folder, "rev-parse", "--show-prefix", trusted=trusted)
            if status == 0:
                return cls(folder, os.fsdecode(out.removesuffix(b"\n")), trusted)
            if b"dubious ownership" not in err:
                break
        if b"not a git repository" in err:
            raise NoHistory(f"{folder} is not in a git repository; `landscape diff` compares folders")
        raise NoHistory(f"git says: {_reason(err)}")

    def _git(self, *arguments: str, given: bytes | None = None) -> tuple[int, bytes, bytes]:
        return _git(self.folder, *arguments, given=given, trusted=self.trusted)

    def _ask(self, *arguments: str) -> str | None:
        """The one line that git prints, None where it says no."""
        status, out, _ = self._git(*arguments)
        return out.decode("utf-8", "replace").removesuffix("\n") if status == 0 else None

    def commit(self, revision: str) -> Commit:
        """The commit that a revision names. Raises NoHistory where there is none."""
        found = None
        if revision and not revision.startswith("-"):
            found = self._ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if not found:
            raise NoHistory(f"git knows no revision `{revision}`{self.shallowness()}")
        return self._described(found)

    def _described(self, sha: str) -> Commit:
        """A commit by its full name; a date that cannot be one is the first or last that can."""
        for seconds, name in self._listed("--no-walk", sha):
            return Commit(name, datetime.fromtimestamp(min(seconds, _LAST_MOMENT), UTC))
        raise NoHistory(f"git cannot read the commit {sha}")

    def _listed(self, *arguments: str) -> list[tuple[int, str]]:
        """(date in seconds, name) of commits; git prints a date before 1970 as one far ahead, an odd one as 0."""
        status, out, _ = self._git("rev-list", "--timestamp", *arguments)
        lines = out.decode("ascii").splitlines() if status == 0 else []
        return [(int(seconds), name) for seconds, _, name in (line.partition(" ") for line in lines)]

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
        commit is its first one. Raises NoHistory where nothing of this landscape is found, and where the clone does
        not hold the history of that time: its first commit is then not the landscape's.
        """
        day = day_of(text, today)
        if day is None:
            return self.commit(text), False
        line = self.history()
        if not line.commits:
            raise NoHistory(f"no commit holds this landscape yet{line.shallowness}")
        before = [commit for commit in line.commits if commit.when.date() < day]
        if not before and line.shallowness:
            raise NoHistory(f"what the landscape was before {day} is not known: {line.cut}")
        return (before[-1], False) if before else (line.commits[0], True)

    def history(self) -> MainLine:
        """The commits of the main line that changed this landscape, oldest first."""
        dated, undated = [], []
        for seconds, name in self._listed("--first-parent", "--reverse", "HEAD", "--", "."):
            if 0 < seconds <= _LAST_MOMENT:
                dated.append(Commit(name, datetime.fromtimestamp(seconds, UTC)))
            else:
                undated.append(name)
        return MainLine(dated, undated, self.shallowness())

    def tags(self, most: int) -> list[tuple[str, Commit]]:
        """(name, commit) of the newest tags of commits, the oldest first."""
        found = []
        out = self._ask(
            "for-each-ref", "--sort=-creatordate", f"--count={most}", "--format=%(refname:strip=2)", "refs/tags"
        )
        for name in reversed((out or "").split("\n")):
            sha = self._ask("rev-parse", "--verify", "--quiet", f"refs/tags/{name}^{{commit}}") if name else None
            if sha:
                found.append((name, self._described(sha)))
        return found

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
        """(mode, blob) of every file of the landscape that is not hidden, by its path below the folder.

        Raises NoHistory where git cannot read it.
        """
        found = {}
        for line in self._told("ls-tree", "-r", "-z", "--full-tree", f"{commit.sha}:{self.prefix}").split(b"\0"):
            facts, _, path = os.fsdecode(line).partition("\t")
            if path and not any(is_hidden(part) for part in path.split("/")):
                mode, _, blob = facts.split(" ")
                found[path] = mode, blob
        return dict(sorted(found.items()))

    def _told(self, *arguments: str, given: bytes | None = None) -> bytes:
        """What git prints. Raises NoHistory, with its reason, where it says no."""
        status, out, err = self._git(*arguments, given=given)
        if status != 0:
            raise NoHistory(f"git says: {_reason(err)}")
        return out

    def read(self, blobs: list[str]) -> dict[str, bytes]:
        """The bytes of blobs by name, all of those not read before from one run of ``git cat-file --batch``.

        Raises NoHistory where git cannot read them.
        """
        wanted = sorted(set(blobs) - self._blobs.keys())
        if wanted:
            out = self._told("cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
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
    """The files of a landscape as of one commit."""

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
            elif mode in _FILE:
                yield SourceFile(path, b"", ("unreadable", "is missing or damaged in the git repository"))
            else:
                yield SourceFile(path, b"", ("unreadable", "is not a regular file"))


def day_of(text: str, today: date) -> date | None:
    """The day that ``2026-10-01`` or ``90d``, ``6w``, ``3m``, ``1y`` (ago) means; None where it is neither."""
    ago = days_in(text)
    if ago is not None:
        return today - timedelta(days=min(ago, (today - date.min).days))
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def days_in(text: str) -> int | None:
    """How many days ``7d``, ``6w``, ``3m`` (of 30 days) or ``1y`` (of 365) are; None where it is no such span."""
    match = re.fullmatch(r"(\d{1,4})([dwmy])", text)
    return int(match[1]) * _DAYS[match[2]] if match else None


def _git(folder: Path, *arguments: str, given: bytes | None = None, trusted: bool) -> tuple[int, bytes, bytes]:
    """(status, stdout, stderr) of git, run in the folder. Raises NoHistory where git cannot be run."""
    # A hook, or `git rebase --exec`, points git to another repository by variables; the folder that was named counts.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= _SETTINGS if trusted else _SETTINGS | _NO_SETTINGS
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=folder,
            env=environment,
            input=given,
            stdin=None if given is not None else subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        if error.filename != "git":
            raise NoHistory(f"{folder} is not there any more") from None
        raise NoHistory(
            "git is not installed, and the history is read with it; folders can be compared without"
        ) from None
    except OSError as error:
        raise NoHistory(f"git cannot be run in {folder}: {(error.strerror or str(error)).lower()}") from None
    return done.returncode, done.stdout, done.stderr


def _reason(text: bytes) -> str:
    """Why git refuses, in its own words, and what it advises where it does."""
    lines = [line.strip() for line in text.decode("utf-8", "replace").split("\n") if line.strip()]
    fatal = next((line for line in lines if line.startswith("fatal: ")), lines[-1] if lines else "nothing")
    advice = [f"; if you trust it: `{line}`" for line in lines if line.startswith("git config --global")]
    return fatal.removeprefix("fatal: ") + "".join(advice)
