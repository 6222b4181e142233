"""The specification as one text in Markdown: its chapters, each requirement in the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from interop_landscape import phrases
from interop_landscape.landscape import Landscape
from interop_landscape.reading.specification import Chapter, Requirement, place_in
from interop_landscape.reports.formats import escape_markdown

MARK: Final = "<!-- Made by `landscape export specification`. -->"
NONE_YET: Final = "This landscape has no specification yet."
_HEADING: Final = re.compile(r"(#{1,5})(\s+)(.*)")
_FENCE: Final = re.compile(r"\s{0,3}(```|~~~)")
_TO_CHAPTER: Final = re.compile(r"\]\(([a-z0-9-]+)\.md\)")


def specification_markdown(landscape: Landscape) -> str:
    """The whole specification with its version and date; a sentence where there is none."""
    one = landscape.specification
    if one is None:
        return f"{MARK}\n\n{NONE_YET}\n"
    parts = [MARK, f"# {escape_markdown(one.title)}", f"Version {escape_markdown(one.version)} of {one.date}."]
    parts += [escape_markdown(one.summary)] if one.summary else []
    placed = placed_in(landscape)
    for chapter in chapters_of(landscape):
        parts.append("\n".join(_lines(chapter, landscape)).strip("\n"))
    left = [name for name in one.requirements if name not in placed]
    if left:
        parts.append(f"## {'Withdrawn' if all(one.requirements[name].withdrawn for name in left) else 'Requirements'}")
        parts += [_block(name, one.requirements[name], landscape) for name in left]
    return "\n\n".join(parts) + "\n"


def chapters_of(landscape: Landscape) -> list[Chapter]:
    """The chapters in the order of the specification."""
    names = landscape.specification.chapters if landscape.specification else ()
    return [landscape.chapters[name] for name in names if name in landscape.chapters]


def placed_in(landscape: Landscape) -> frozenset[str]:
    """The requirements that stand in a chapter."""
    mentions = (mention for chapter in chapters_of(landscape) for mention in chapter.mentions)
    return frozenset(mention.requirement for mention in mentions if mention.placed)


def heading_of(chapter: Chapter) -> str:
    """The first heading of a chapter, its name where it has none."""
    found = next((line[2:] for line in chapter.text.splitlines() if line.startswith("# ")), "")
    return found.strip() or phrases.capital(chapter.name.replace("-", " "))


def _lines(chapter: Chapter, landscape: Landscape) -> Iterator[str]:
    """The lines of a chapter below the title of the whole, with the requirements and links to other chapters."""
    assert landscape.specification is not None
    anchors = {one.name: _anchor(heading_of(one)) for one in chapters_of(landscape)}
    fenced = False
    for line in chapter.text.splitlines():
        name = place_in(line)
        requirement = landscape.specification.requirements.get(name) if name else None
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.fullmatch(line)
        if name and requirement is not None:
            yield _block(name, requirement, landscape)
        elif heading:
            yield f"#{heading[0]}"
        else:
            yield _TO_CHAPTER.sub(lambda found: f"](#{anchors.get(found[1], found[1])})", line)


def _anchor(heading: str) -> str:
    """The anchor that GitHub and others give to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _block(name: str, one: Requirement, landscape: Landscape) -> str:
    """A requirement with its reason, whom it asks, what measures it and what tests it."""
    vocabulary = landscape.vocabulary
    if one.withdrawn is not None:
        said = f"withdrawn on {one.withdrawn.day}: {escape_markdown(one.withdrawn.why)}"
        return f"> **{name}** ({said}) ~~{escape_markdown(one.says)}~~"
    lines = (
        f"> **{name}** {escape_markdown(one.says)}",
        f"> *Why:* {escape_markdown(one.why)}",
        f"> *Asks:* {escape_markdown(phrases.selected(one.of, vocabulary))}.",
        f"> *Measured by:* {_prose(phrases.measured_by(one, vocabulary))}.",
        f"> *Tested by:* {_prose(phrases.tested_by(one))}.",
    )
    return "\n>\n".join(lines)


def _prose(text: str) -> str:
    """A phrase in which names stand in backticks, as Markdown: these stay, all else is escaped."""
    pieces = re.split(r"(\s*`[a-z0-9 -]+`\s*)", text.removesuffix("."))
    return "".join(piece if place % 2 else escape_markdown(piece) for place, piece in enumerate(pieces))
