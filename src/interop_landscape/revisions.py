"""The landscape as it was: other revisions of its git history, other folders, and the working tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from interop_landscape import loading
from interop_landscape.errors import InvalidLandscape, LandscapeError, NoHistory
from interop_landscape.landscape import Landscape
from interop_landscape.reading.clock import this_day
from interop_landscape.reading.git import Commit, Repository
from interop_landscape.reading.read import Kept
from interop_landscape.reading.source import MANIFEST, FolderSource, Source


@dataclass(frozen=True)
class Revision:
    """A landscape and where it comes from; `commit` is None for a folder and for the working tree."""

    name: str
    landscape: Landscape
    commit: Commit | None = None


class Revisions:
    """Reads revisions of the landscape in a folder; what two of them have in common is parsed once.

    `label` goes before the paths of problems, `today` is the day that staleness is judged by.
    """

    def __init__(self, folder: Path, label: str, *, today: date | None = None) -> None:
        self.folder = folder
        self.label = label
        self.today = today or this_day()
        self._kept: Kept = {}
        self._trees: dict[str, Landscape] = {}

    @cached_property
    def repository(self) -> Repository:
        """The git repository around the folder. Raises NoHistory where there is none."""
        return Repository.around(self.folder)

    def working_tree(self) -> Revision:
        """The landscape as it is in the folder. Raises InvalidLandscape."""
        return Revision("the working tree", self._load(FolderSource(self.folder, self.label), None))

    def named(self, name: str) -> Revision:
        """Another folder that holds a landscape, or else a git revision.

        Raises NoHistory where it is neither, InvalidLandscape where it does not load.
        """
        for folder in (Path(name), Path(name) / "landscape"):
            if (folder / MANIFEST).is_file():
                return Revision(str(folder), self._load(FolderSource(folder, str(folder)), str(folder)))
        return self.at(self.repository.commit(name), name)

    def at(self, commit: Commit, name: str | None = None) -> Revision:
        """The landscape at a commit. Raises NoHistory where it has none, InvalidLandscape where it does not load."""
        said = commit.short if name is None or commit.sha.startswith(name) else f"{name} ({commit.short})"
        tree = self.repository.tree(commit) or commit.sha
        if tree not in self._trees:
            where = f"revision {said} of {commit.when.date()}"
            self._trees[tree] = self._load(self.repository.source(commit, self.label), where)
        return Revision(said, self._trees[tree], commit)

    def branching_point(self) -> Revision:
        """Where the work at hand left the main branch."""
        commit, branch = self.repository.branching_point()
        return self.at(commit, branch if self.repository.commit(branch) == commit else f"{branch}’s merge base")

    def since(self, text: str) -> tuple[Revision, str]:
        """(revision, note): the state at a revision or date; the note says so where the history starts later."""
        commit, starts_later = self.repository.since(text, self.today)
        note = (
            f"the history of this landscape starts with {commit.short} on {commit.when.date()}" if starts_later else ""
        )
        return self.at(commit, None if starts_later else text), note

    def history(self, commits: list[Commit]) -> Iterator[tuple[Commit, Landscape | LandscapeError]]:
        """The landscape at each commit, or why there is none."""
        for commit in commits:
            try:
                yield commit, self.at(commit).landscape
            except (InvalidLandscape, NoHistory) as error:
                yield commit, error

    def _load(self, source: Source, where: str | None) -> Landscape:
        landscape, problems = loading.from_source(source, today=self.today, kept=self._kept)
        if landscape is None or any(problem.severity == "error" for problem in problems):
            raise InvalidLandscape(problems, where)
        return landscape
