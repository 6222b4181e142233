"""Problems as they leave the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.kinds import Count
from interop_landscape.reading.values import OneOf, Slug, Text


@dataclass(frozen=True, kw_only=True)
class AutofixDocument:
    """What `check --fix` would write."""

    old: str = told(Text(), "what is there")
    new: str = told(Text(), "what would be there; where it is empty, an item is taken out of its list")


@dataclass(frozen=True, kw_only=True)
class ProblemDocument:
    """One thing that is wrong in one file."""

    path: str = told(Text(), "the file")
    line: int = told(Count(), "the line, from 1")
    column: int = told(Count(), "the column in characters, from 1")
    code: str = told(Slug(), "one of the [codes](problems.md)")
    severity: str = told(OneOf("error", "warning"), "`error` or `warning`")
    message: str = told(Text(), "what is wrong")
    hint: str = told(Text(), "how to fix it; may be empty")
    autofix: AutofixDocument | None = told(
        Nested(AutofixDocument),
        'null, or `{"old", "new"}`: what `check --fix` would write there instead; an empty `new` takes an item out of '
        "its list",
    )


@dataclass(frozen=True, kw_only=True)
class CheckDocument:
    """What is wrong in a landscape."""

    SHAPE: ClassVar = "check/v1"

    problems: tuple[ProblemDocument, ...] = told(
        Nested(ProblemDocument, many=True), "what is wrong, in the order of paths and places"
    )
