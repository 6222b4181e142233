"""The interop specification: its requirements, and the chapters that they stand in.

Requirements are data, in ``specification/specification.yml``, so that each fact about one stands in one place; the
chapters are Markdown beside it. A line of a chapter that holds nothing but ``[IOP-SB-03]`` is where that requirement
stands; elsewhere its id refers to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from interop_landscape.reading import bounds
from interop_landscape.reading.compose import too_large
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import WithPlaces, given, key
from interop_landscape.reading.models import Selector
from interop_landscape.reading.values import (
    REQUIREMENT_PATTERN,
    Date,
    Defined,
    Number,
    OneOf,
    RequirementId,
    Slug,
    Text,
)

SPECIFICATION_FOLDER: Final = "specification"
SPECIFICATION: Final = f"{SPECIFICATION_FOLDER}/specification.yml"

KEYWORDS: Final = ("MUST NOT", "MUST", "SHOULD NOT", "SHOULD", "MAY")
"""The words of RFC 2119 that a requirement may be written in, a longer one before what it begins with."""

_KEYWORD: Final = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\b")
_MENTION: Final = re.compile(rf"(?<![\w-]){REQUIREMENT_PATTERN}(?![\w-])")
_PLACE: Final = re.compile(rf"\[({REQUIREMENT_PATTERN})\]\s*")
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """That a requirement holds no more. Its id stays listed, so that nobody uses it for another."""

    day: date = key(Date(), "when it was withdrawn", name="date")
    why: str = key(Text(bounds.SUMMARY), "why, and which requirement took its place, if any")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(WithPlaces):
    """What entries have to do, state or show to be interoperable.

    What it is measured by is one of three: connections (``expectations``), statements (``relations``), or keys that
    the entry itself must have (``keys`` alone). One without any of these is held by rules of `check`, or not seen by
    the map.
    """

    says: str = key(Text(bounds.SUMMARY), "what has to be so, with one of MUST, SHOULD, MAY as in RFC 2119")
    why: str = key(Text(bounds.SUMMARY), "why, in one or two sentences")
    side: str | None = key(Defined("sides"), "the side that it belongs to; none where it belongs to all", None)
    of: Selector = key(Struct(Selector), "which entries it asks; archived ones are not asked")
    expectations: tuple[str, ...] = key(
        ListOf(Slug(), single=True), "the expectations whose connections it is about", ()
    )
    end: str = key(OneOf("from", "to"), "the end of these connections that it asks", "from")
    relations: tuple[str, ...] = key(
        ListOf(Slug(), single=True), "relations, or inverses, of the entry's statements that it is about", ()
    )
    to: Selector | None = key(Struct(Selector), "the entries at the other end of these statements", None)
    need: str = key(
        OneOf("any", "most", "each"),
        "how many of these connections or statements there must be: one, more than half, or all",
        "any",
    )
    keys: tuple[str, ...] = key(
        ListOf(Slug(), single=True), "keys that these statements must have; the entry itself, where it names none", ()
    )
    rules: tuple[str, ...] = key(
        ListOf(Slug(), single=True), "codes of problems by which `landscape check` holds entries to it", ()
    )
    tests: tuple[str, ...] = key(
        ListOf(Slug(), single=True), "probes or suites that test it, as examples of how to show it", ()
    )
    untested: str | None = key(Text(bounds.SUMMARY), "why nothing tests it yet, where nothing does", None)
    withdrawn: Withdrawal | None = key(Struct(Withdrawal), "that it holds no more", None)

    @property
    def keyword(self) -> str | None:
        """The one word of RFC 2119 that it is written in; None where there is none, or more than one."""
        found = _KEYWORD.findall(self.says)
        return found[0] if len(found) == 1 else None

    @property
    def binding(self) -> bool:
        """Whether an entry that does not meet it has no level at all."""
        return (self.keyword or "").startswith("MUST")

    @property
    def measured(self) -> bool:
        """Whether the map shows how each entry stands on it."""
        return bool(self.expectations or self.relations or self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An id of a requirement in a chapter; ``placed`` says that the requirement itself stands there."""

    requirement: str
    line: int
    column: int
    placed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of the specification, in Markdown."""

    name: str
    path: str
    text: str

    @property
    def mentions(self) -> Iterator[Mention]:
        """Every id in it that looks like one of a requirement."""
        for number, line in enumerate(self.text.splitlines(), 1):
            placed = place_in(line)
            for found in _MENTION.finditer(line):
                yield Mention(requirement=found[0], line=number, column=found.start() + 1, placed=bool(placed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification(WithPlaces):
    """What an entry has to do, state and show to be interoperable: ``specification/specification.yml``."""

    path: str = given()
    title: str = key(Text(bounds.NAME), "its title")
    summary: str = key(Text(bounds.SUMMARY), "what it is for, in one sentence", "")
    version: str = key(Text(bounds.NAME), "its version")
    date: date = key(Date(), "the day of that version")
    covered_from: float = key(
        Number(), "the share of a suite's cases from which a statement counts as covered, from 0 to 1", 0.9
    )
    chapters: tuple[str, ...] = key(ListOf(Slug()), "its chapters in order: the Markdown files beside it", ())
    requirements: Mapping[str, Requirement] = key(
        MapOf(RequirementId(), Struct(Requirement), empty=True), "its requirements by id, in order", _NOTHING
    )

    @property
    def in_force(self) -> Mapping[str, Requirement]:
        """The requirements that are not withdrawn."""
        return {name: one for name, one in self.requirements.items() if one.withdrawn is None}


def place_in(line: str) -> str | None:
    """The requirement that stands in a line of a chapter, if one does."""
    found = _PLACE.fullmatch(line)
    return found[1] if found else None


def mentions_in(text: str) -> Iterator[re.Match[str]]:
    """Every id in a text that looks like one of a requirement."""
    return _MENTION.finditer(text)


def read_chapter(name: str, path: str, data: bytes) -> tuple[Chapter | None, tuple[int, int, str, str, str]]:
    """(the chapter, or None; line, column, code, message and hint of what is wrong) of the bytes of a file."""
    if len(data) > bounds.FILE:
        fault = too_large()
        return None, (1, 1, fault.code, fault.message, fault.hint)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, (line, 1, "not-utf-8", "the file is not UTF-8 text", "save it as UTF-8")
    for number, line_of_text in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line_of_text, 1):
            if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\t\u200c\u200d":
                said = f"the text holds the control character U+{ord(character):04X}"
                return None, (number, column, "bad-text", said, "write it without")
    return Chapter(name=name, path=path, text=text), (1, 1, "", "", "")
