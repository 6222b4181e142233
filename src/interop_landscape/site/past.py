"""The states of a landscape's history: each is read and counted once, and not at all where the answer is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from interop_landscape.analysis.changes import Changes
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.errors import InvalidLandscape, NoHistory
from interop_landscape.reading.git import Commit, Repository
from interop_landscape.revisions import Revision, Revisions
from interop_landscape.site.remembered import Remembered


class Past:
    """What is asked of the commits of a landscape."""

    def __init__(self, revisions: Revisions, remembered: Remembered | None = None) -> None:
        self.revisions = revisions
        self.remembered = remembered or Remembered()
        self._trees: dict[str, str] = {}
        self._gaps: dict[str, Gaps] = {}

    @property
    def repository(self) -> Repository:
        """The git repository. Raises NoHistory where there is none."""
        return self.revisions.repository

    def ask(self, what: str, commits: Sequence[Commit], make: Callable[[], Any]) -> Any:
        """What `make` works out of nothing but these commits, as JSON holds it."""
        states = [f"{commit.sha} {commit.when.isoformat()} {self.tree(commit)}" for commit in commits]
        made_from = (what, self.repository.prefix, self.revisions.label, self.revisions.today.isoformat(), *states)
        return self.remembered.ask(made_from, make)

    def tree(self, commit: Commit) -> str:
        """Git's name for the landscape's folder at a commit; empty where there is none."""
        if commit.sha not in self._trees:
            self._trees[commit.sha] = self.repository.tree(commit) or ""
        return self._trees[commit.sha]

    def loads(self, commit: Commit) -> bool:
        """Whether a commit holds a landscape without errors."""
        return bool(self.ask("loads", [commit], lambda: self._loads(commit)))

    def _loads(self, commit: Commit) -> bool:
        try:
            self.state(commit)
        except (InvalidLandscape, NoHistory):
            return False
        return True

    def state(self, commit: Commit) -> Revision:
        """The landscape at a commit. Raises InvalidLandscape, NoHistory."""
        return self.revisions.at(commit)

    def gaps(self, commit: Commit) -> Gaps:
        """Its gaps, counted once. Raises InvalidLandscape, NoHistory."""
        tree = self.tree(commit) or commit.sha
        if tree not in self._gaps:
            self._gaps[tree] = Gaps(self.state(commit).landscape)
        return self._gaps[tree]

    def changes(self, before: Commit, after: Commit) -> Changes:
        """What changed from one commit to another. Raises InvalidLandscape, NoHistory."""
        old, new = self.gaps(before), self.gaps(after)
        return Changes(old.landscape, new.landscape, gaps=(old, new))
