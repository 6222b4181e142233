"""What is read of strangers, each as a trial: bytes in, and an exception where a promise is not kept.

The promises: no error but those that are meant, nothing takes long, each problem lies in its file and can be shown on a
terminal, the canonical form is one, and it says what the file said.
"""

from __future__ import annotations

import io
import re
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import FrameType

from interop_landscape import loading
from interop_landscape.errors import BadRequest
from interop_landscape.exchange.landscape2.mapping import read_mapping
from interop_landscape.exchange.landscape2.source import read_data
from interop_landscape.landscape import Landscape
from interop_landscape.problems import Problem
from interop_landscape.reading.git import Repository
from interop_landscape.reading.models import Entry, Expectation, Milestone, Record, Selector, Vocabulary
from interop_landscape.reading.probes import BadProbeError, read_probe, read_result
from interop_landscape.reading.source import FolderSource, SourceFile
from interop_landscape.reading.specification import Requirement, Specification, read_chapter
from interop_landscape.reports.check import CheckReport
from interop_landscape.site.specification import chapter_html
from interop_landscape.writing.canonical import canonical
from tests.landscapes import FIXTURE

TODAY = date(2026, 11, 22)
SECONDS = 20
"""The longest that anything may take; on a quiet machine nothing takes two."""


@dataclass(frozen=True)
class With:
    """The fixture with one file written over or added."""

    path: str
    data: bytes
    label: str = "landscape"

    def files(self) -> Iterator[SourceFile]:
        """Every file."""
        yield from (file for file in FolderSource(FIXTURE, "").files() if file.path != self.path)
        yield SourceFile(self.path, self.data)


@contextmanager
def in_time() -> Iterator[None]:
    """Raise TimeoutError where the block takes too long."""

    def late(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"took more than {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def file_of(path: str, model: type) -> Callable[[bytes], None]:
    """A trial of a YAML file in this place."""

    def trial(data: bytes) -> None:
        landscape, problems = loading.from_source(With(path, data), today=TODAY)
        for problem in problems:
            lies_within(problem, path, data)
        printable(CheckReport(landscape, tuple(problems)))
        formats(path, data, model, landscape if not problems else None)

    return trial


def lies_within(problem: Problem, path: str, data: bytes) -> None:
    """A problem of the file under trial lies in it, or just behind its last line."""
    if problem.path != f"landscape/{path}":
        return
    lines = data.decode("utf-8-sig", "replace").splitlines()
    assert 1 <= problem.line <= len(lines) + 1, problem
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    assert 1 <= problem.column <= len(line) + 1, problem


def printable(report: CheckReport) -> None:
    """What a terminal gets obeys nobody."""
    stream = io.StringIO()
    report.render(stream)
    assert all(line.isprintable() for line in stream.getvalue().split("\n"))


def formats(path: str, data: bytes, model: type, landscape: Landscape | None) -> None:
    """There is one canonical form, which says the same."""
    try:
        once = canonical(data, model)
    except BadRequest:
        return
    assert canonical(once, model) == once
    if landscape is not None:
        again, problems = loading.from_source(With(path, once), today=TODAY)
        assert problems == []
        assert again is not None
        assert without_places(again) == without_places(landscape)


def without_places(landscape: Landscape) -> Landscape:
    """The landscape without the lines and columns in which things stand."""
    statements = tuple(replace(s, line=1, column=1) for s in landscape.statements)
    entries = {name: replace(entry, interop=()) for name, entry in landscape.entries.items()}
    rules = {name: replace(one, line=1, column=1) for name, one in landscape.expectations.items()}
    return landscape.replacing(statements=statements, entries=entries, expectations=rules)


SPECIFIED = Specification(
    path="specification.yml",
    title="A specification",
    version="1",
    date=TODAY,
    requirements={
        "FIX-GN-01": Requirement(says="All MUST be well.", why="It is.", of=Selector(), untested="Nobody knows.")
    },
)


def chapter(data: bytes) -> None:
    """A trial of a chapter of the specification, and of what the site makes of it."""
    found, (line, column, _, message, _) = read_chapter("terms", "terms.md", data)
    assert line >= 1
    assert column >= 1
    assert message.isprintable()
    if found is not None:
        html = chapter_html(found, SPECIFIED, lambda name: f"<p>{name}</p>", set())
        assert not re.search(r"<(?:script|img|svg|iframe|style)|<[^>]*\s(?:on\w+|style|src)=", html)
        assert not re.search(r"""href="(?!https?:|#)""", html)


def result(data: bytes) -> None:
    """A trial of a probe's result."""
    _, (line, column, message) = read_result("new", "new.json", data, TODAY)
    assert line >= 1
    assert column >= 1
    assert message.isprintable()


def probe(data: bytes) -> None:
    """A trial of a probe's program."""
    with suppress(BadProbeError):
        read_probe("new", "new.py", data)


def landscape2(data: bytes) -> None:
    """A trial of another landscape's data file, and of what is to become of it."""
    for read in (read_data, read_mapping):
        with suppress(BadRequest):
            read(data, "data.yml")


def history(data: bytes) -> None:
    """A trial of a commit whose message is anything."""
    with tempfile.TemporaryDirectory() as folder:
        given = b"commit refs/heads/main\ncommitter a <a@example.org> 1795305600 +0000\ndata %d\n%s\n" % (
            len(data),
            data,
        )
        given += b"M 100644 inline landscape.yml\ndata 2\nx\n\n"
        for command in (["init", "-q", "-b", "main"], ["fast-import", "--quiet"]):
            subprocess.run(["git", *command], cwd=folder, input=given, check=True, capture_output=True)
        line = Repository.around(Path(folder)).history()
    assert len(line.commits) + len(line.undated) == 1


TRIALS: dict[str, Callable[[bytes], None]] = {
    "entry": file_of("frameworks/new.yml", Entry),
    "record": file_of("gaps/new.yml", Record),
    "expectations": file_of("expectations.yml", Expectation),
    "milestones": file_of("milestones.yml", Milestone),
    "specification": file_of("specification/specification.yml", Specification),
    "chapter": chapter,
    "vocabulary": file_of("landscape.yml", Vocabulary),
    "result": result,
    "probe": probe,
    "landscape2": landscape2,
    "history": history,
}


def attempt(name: str, data: bytes) -> None:
    """Hold one trial; raises what is wrong."""
    with in_time():
        TRIALS[name](data)
