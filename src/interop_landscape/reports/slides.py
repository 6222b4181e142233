"""Reports as slides: Markdown that Marp, reveal-md and Pandoc take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from interop_landscape.reports.formats import as_markdown
from interop_landscape.reports.report import Cell, Report

if TYPE_CHECKING:
    from rich.console import Console

ROOM: Final = 700
"""Characters that a slide has room for, of what is seen."""


@dataclass(frozen=True)
class Slides:
    """A report whose text is shown as slides."""

    report: Report

    @property
    def no(self) -> bool:
        """Whether the answer is no."""
        return self.report.no

    def document(self) -> dict[str, Any]:
        """The report's own document."""
        return self.report.document()

    def header(self) -> Sequence[str]:
        """The report's own columns."""
        return self.report.header()

    def rows(self) -> Iterable[Sequence[Cell]]:
        """The report's own rows."""
        return self.report.rows()

    def render(self, console: Console) -> None:
        """The slides as they are."""
        console.file.write(self.markdown())

    def markdown(self) -> str:
        """The slides."""
        return as_slides(as_markdown(self.report))


def as_slides(text: str) -> str:
    """A text in Markdown as slides: one for its title and a section each, long ones cut between paragraphs and items.

    Slides are parted by a line ``---``; the title stands in front, with the mark by which Marp knows its files.
    """
    parts = [part.strip("\n") for part in f"\n{text}".split("\n## ")]
    title = next((line[2:] for line in parts[0].splitlines() if line.startswith("# ")), "")
    slides = [parts[0], *(slide for part in parts[1:] for slide in _section(part))]
    named = json.dumps(title.replace("\\", ""), ensure_ascii=False)
    front = f"---\nmarp: true\npaginate: true\ntitle: {named}\n---\n\n"
    return front + "\n\n---\n\n".join(slides) + "\n"


def _section(text: str) -> Iterator[str]:
    """The slides of one section, each with its heading."""
    heading, _, body = text.partition("\n")
    held: list[str] = []
    for block in _blocks(body):
        if held and sum(map(_room, [*held, block])) > ROOM:
            yield f"## {heading}\n\n{_together(held)}"
            held = []
        held.append(block)
    yield f"## {heading}\n\n{_together(held)}"


def _blocks(body: str) -> Iterator[str]:
    """Paragraphs and items of lists, each with what is below it; tables stay whole."""
    block: list[str] = []
    for line in body.strip("\n").split("\n"):
        begins = line and not line.startswith((" ", "|")) and (not block or not block[-1] or line.startswith("- "))
        if begins and block:
            yield "\n".join(block)
            block = []
        block.append(line)
    if block:
        yield "\n".join(block)


def _together(blocks: list[str]) -> str:
    return "\n".join(blocks).strip("\n")


def _room(block: str) -> int:
    """How much room a block takes: its characters without addresses, at least a line for each of its lines."""
    shown = "".join(part.rpartition("](<")[0] or part for part in block.split(">)"))
    return max(len(shown), 60 * block.count("\n"))
