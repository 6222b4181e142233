"""The addresses of a landscape, held against the hosts that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from interop_landscape.errors import Unreachable
from interop_landscape.landscape import Landscape
from interop_landscape.online import github
from interop_landscape.online.link_client import Answer, Asker, Cache, Stopped, ask_all
from interop_landscape.problems import Problem, Severity
from interop_landscape.reading.models import Entry

_REFUSED_TO_GIVE_UP: Final = 5  # in a row: then it is the host, and not the repository


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and where it is written."""

    address: str
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems that were found, and what could not be checked: (address, why).

    `count` addresses were asked; `left` more were not, because it was `stopped` before.
    """

    problems: list[Problem]
    unchecked: list[tuple[str, str]]
    count: int
    left: int = 0
    stopped: Stopped = ""


def links_of(landscape: Landscape) -> Iterator[Link]:
    """Every address of entries, statements, records and stewards, and where it is written."""
    lines: dict[str, list[str]] = {}

    def at(address: str, path: str, start: int) -> Link:
        if path not in lines:
            lines[path] = Path(path).read_text(encoding="utf-8").split("\n")
        whole = re.compile(re.escape(address) + r"(?=[\s\"',}\]]|$)")
        for number in range(max(start, 1), len(lines[path]) + 1):
            found = whole.search(lines[path][number - 1])
            if found is not None:
                return Link(address, path, number, found.start() + 1)
        return Link(address, path, max(start, 1), 1)

    for entry in landscape.entries.values():
        for name, address in (("homepage", entry.homepage), ("repo", entry.repo)):
            if address is not None:
                yield at(address, entry.path, entry.place(name)[0])
    for statement in landscape.statements:
        for evidence in statement.evidence:
            yield at(evidence.url, statement.path, statement.line)
        for searched in statement.searched:
            yield at(searched.in_, statement.path, statement.line)
    for record in landscape.records.values():
        for stage in record.stages:
            if stage.url is not None:
                yield at(stage.url, record.path, stage.place("url")[0])
    for steward in landscape.vocabulary.stewards.values():
        if steward.homepage is not None:
            yield at(steward.homepage, landscape.vocabulary_path, 1)


def check_links(
    landscape: Landscape,
    asker: Asker,
    cache: Cache,
    tell: Callable[[int, int], None] = lambda done, of: None,
    *,
    api: str = github.API,
) -> Checked:
    """Ask every address once; what was found until Ctrl-C is returned. Raises Unreachable where there is no network."""
    links = list(links_of(landscape))
    asked = ask_all((link.address for link in links), asker, cache, tell)
    known = [(link, asked.of[link.address]) for link in links if link.address in asked.of]
    problems = [problem for link, answer in known if (problem := _problem(link, answer)) is not None]
    unchecked = [(address, answer.why) for address, answer in asked.of.items() if answer.verdict == "unchecked"]
    left = len({link.address for link in links}) - len(asked.of)
    stopped = asked.stopped
    if not stopped:
        try:
            for found in _repositories(landscape, asker.client, api):
                (problems if isinstance(found, Problem) else unchecked).append(found)  # type: ignore[arg-type]
        except KeyboardInterrupt:
            stopped = "interrupted"
    return Checked(problems, unchecked, len(asked.of), left, stopped)


def _problem(link: Link, answer: Answer) -> Problem | None:
    place = link.path, link.line, link.column
    if answer.verdict == "dead":
        hint = "find where it is now, or other evidence; web.archive.org may know what it said"
        return Problem(*place, "dead-link", f"{link.address} is gone: {answer.why}", hint)
    if answer.verdict == "moved":
        return Problem(*place, "moved-link", f"{link.address} has moved for good", f"write `{answer.to}`", "warning")
    return None


def _repositories(landscape: Landscape, client: httpx.Client, api: str) -> Iterator[Problem | tuple[str, str]]:
    """The entries whose repository is archived, or called otherwise by now; (address, why) where it is not known."""
    refused = 0
    for entry in landscape.entries.values():
        if entry.repo is None or not github.is_on_github(entry.repo):
            continue
        name = github.repository_name(entry.repo)
        try:
            found = github.repository(name, client, api=api)
            refused = 0
        except Unreachable as error:
            refused += 1
            yield f"{api}/repos/{name}", f"whether it is archived: {error}"
            if isinstance(error, github.NoMoreQuestions) or refused == _REFUSED_TO_GIVE_UP:
                return
            continue
        if found is not None:  # otherwise its address is told as a dead link
            yield from _repository_problems(entry, name, found)


def _repository_problems(entry: Entry, name: str, found: github.Repository) -> Iterator[Problem]:
    warning: Severity = "warning"
    if found.archived and entry.status == "active":
        line, column = entry.place("status")
        message, hint = f"the repository of `{entry.id}` is archived", "write `status: archived`"
        yield Problem(entry.path, line, column, "archived-repo", message, hint, warning)
    if found.full_name.lower() != name.lower():
        line, column = entry.place("repo")
        message = f"the repository of `{entry.id}` is {found.full_name} by now"
        yield Problem(entry.path, line, column, "moved-repo", message, f"write `{found.repo}`", warning)
