"""What changed in periods that a reader may choose: the last months, from release to release, and since a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final

from interop_landscape.phrases import title_of
from interop_landscape.reading.git import Commit, Repository
from interop_landscape.reports.diff import DiffReport, fields_in_words, gaps_in_short
from interop_landscape.site.changed import Part, marks_in, names_of, parts_of
from interop_landscape.site.past import Past
from interop_landscape.text import slug

MOST_MONTHS: Final = 12
MOST_DAYS: Final = 8
MOST_RELEASES: Final = 8
SORTS: Final = {"month": "A month", "release": "From release to release", "since": "Since a day"}


@dataclass(frozen=True)
class Told:
    """What changed, as plain data: ``scores`` are (side, before, after, shift, met), ``document`` is ``diff/v1``."""

    short: str
    scores: list[tuple[str, str, str, str, str]]
    parts: list[tuple[str, list[str]]]
    names: dict[str, str]
    markdown: str
    document: dict[str, Any]
    changed: bool

    def sections(self) -> Iterator[Part]:
        """The parts."""
        return (Part(title, tuple(lines)) for title, lines in self.parts)


@dataclass(frozen=True)
class Period:
    """A period by the name of its page; `sort` is one of `SORTS`, `start` and `end` are the commits at its ends."""

    name: str
    sort: str
    title: str
    start: Commit
    end: Commit
    told: Told


@dataclass(frozen=True)
class _Asked:
    """A period before anything is counted."""

    name: str
    sort: str
    title: str
    start: Commit
    end: Commit


def periods_of(past: Past) -> list[Period]:
    """The periods that a landscape's history has, by sort, the newest first. Raises NoHistory where it has none.

    A period whose ends do not load is left out.
    """
    found = []
    for one in _asked(past.repository):
        if past.loads(one.start) and past.loads(one.end):
            told = Told(**past.ask("period", [one.start, one.end], partial(_told, past, one.start, one.end)))
            found.append(Period(one.name, one.sort, one.title, one.start, one.end, told))
    return found


def _asked(repository: Repository) -> Iterator[_Asked]:
    commits = repository.history().commits
    if not commits:
        return
    yield from _months(commits)
    yield from _releases(repository, commits[-1])
    yield from _days(commits)


def _months(commits: Sequence[Commit]) -> Iterator[_Asked]:
    """The last months in which something was committed, each from the state before it."""
    for month, start, end in _spans(commits, "%Y-%m", MOST_MONTHS):
        yield _Asked(month, "month", end.when.strftime("%B %Y"), start, end)


def _days(commits: Sequence[Commit]) -> Iterator[_Asked]:
    """From the state before each of the last days on which something was committed until now."""
    for day, start, _ in _spans(commits, "%Y-%m-%d", MOST_DAYS):
        yield _Asked(f"since-{day}", "since", f"Since {day}", start, commits[-1])


def _spans(commits: Sequence[Commit], form: str, most: int) -> Iterator[tuple[str, Commit, Commit]]:
    """(name, last commit before, last commit) of each span of time with commits, the newest first.

    The history's first day is what later ones are compared with: all of it would be new.
    """
    last_of = {name: list(some)[-1] for name, some in groupby(commits, lambda commit: commit.when.strftime(form))}
    first_day = [commit for commit in commits if commit.when.date() == commits[0].when.date()]
    spans = [*zip([first_day[-1], *last_of.values()], last_of.items(), strict=False)]
    for start, (name, end) in reversed(spans[-most:]):
        if start is not end:
            yield name, start, end


def _releases(repository: Repository, last: Commit) -> Iterator[_Asked]:
    """From each of the last releases to the next, and from the last one until now."""
    tags = repository.tags(MOST_RELEASES)
    ends = [*tags[1:], ("", last)]
    taken: set[str] = set()
    for (name, start), (next_name, end) in reversed(list(zip(tags, ends, strict=False))):
        page = f"release-{slug(name)}"
        if start.sha == end.sha or page in taken:
            continue
        taken.add(page)
        title = f"{name} to {next_name}" if next_name else f"Since {name}"
        yield _Asked(page, "release", title, start, end)


def _told(past: Past, start: Commit, end: Commit) -> dict[str, Any]:
    """What changed from one commit to another, as `Told` holds it. Raises InvalidLandscape, NoHistory."""
    base, head, changes = past.state(start), past.state(end), past.changes(start, end)
    report = DiffReport(base, head, changes)
    rules = {**base.landscape.expectations, **head.landscape.expectations}
    parts = list(parts_of(changes, fields_in_words, lambda rule: title_of(rule) if rule in rules else rule))
    names, marked = names_of(changes), {mark for part in parts for line in part.lines for mark in marks_in(line)}
    told = Told(
        short=gaps_in_short(changes),
        scores=list(report.scores),
        parts=[(part.title, list(part.lines)) for part in parts],
        names={mark: names[mark] for mark in sorted(marked) if mark in names},
        markdown=report.markdown(),
        document=report.document(),
        changed=bool(changes),
    )
    return asdict(told)
