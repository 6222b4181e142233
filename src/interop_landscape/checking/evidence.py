"""Checks of what statements say of versions, and of the addresses that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from interop_landscape.problems import Problem
from interop_landscape.text import same_address

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.reading.statements import Statement

_AT_A_REVISION: Final = re.compile(
    r"https?://(?:www\.)?(?:"
    r"(?:github\.com|gitlab\.com|codeberg\.org|gitee\.com|huggingface\.co)/.+?/(?:-/)?(?:blob|tree|raw)/"
    r"|raw\.githubusercontent\.com/[^/]+/[^/]+/(?:refs/(?:heads|tags)/)?"
    r")(?P<revision>[^/?#]+)"
)
_STANDS_STILL: Final = re.compile(r"[0-9a-f]{7,40}|(?:[A-Za-z]+[-_.])*[A-Za-z]{0,7}[0-9]+(?:[._-]?[A-Za-z0-9]+)*")
"""A commit, or a tag with the number of a version or a build."""

_BRANCH: Final = re.compile(r".*[._-][xX]")
"""A line of releases, such as ``release-2.x``: a branch, though it has a number."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _at(statement: Statement, code: str, message: str, hint: str, *, sure: bool = True) -> Problem:
    place = statement.path, statement.line, statement.column
    return Problem(*place, code, message, hint, "error" if sure else "warning")


def moving_evidence(landscape: Landscape) -> Iterator[Problem]:
    """Evidence at a branch, which may say something else tomorrow."""
    for statement in landscape.statements:
        addresses = (*(one.url for one in statement.evidence), *(one.in_ for one in statement.searched))
        for address in addresses:
            found = _AT_A_REVISION.match(address)
            if found is not None and _moves(found["revision"]):
                message = f"`{statement}` rests on the branch `{found['revision']}`, which moves on: {address}"
                hint = "link to the commit that you read (on GitHub: press y)"
                yield _at(statement, "moving-evidence", message, hint, sure=False)


def _moves(revision: str) -> bool:
    return _BRANCH.fullmatch(revision) is not None or _STANDS_STILL.fullmatch(revision) is None


def doubled_evidence(landscape: Landscape) -> Iterator[Problem]:
    """The same address twice under one statement."""
    for statement in landscape.statements:
        seen: set[str] = set()
        for evidence in statement.evidence:
            address = same_address(evidence.url)
            if address in seen:
                message = f"`{statement}` lists the same evidence twice: {evidence.url}"
                yield _at(statement, "doubled-evidence", message, "keep one, with all that it `shows`", sure=False)
            seen.add(address)


def versions_in_order(landscape: Landscape) -> Iterator[Problem]:
    """``since`` after ``until``, or either of them where nothing was ever there."""
    for statement in landscape.statements:
        if statement.support == "none" and (statement.since or statement.until):
            key = "since" if statement.since else "until"
            hint = "write `support: removed` if it was there, or remove the key"
            yield _at(statement, "version-of-nothing", f"`{statement}` is `none`, and has `{key}`", hint)
        elif statement.since and statement.until and _is_later(statement.since, statement.until):
            message = f"`{statement}`: `since: {statement.since}` is later than `until: {statement.until}`"
            yield _at(statement, "versions-turned", message, "turn them round")


def _is_later(one: str, other: str) -> bool:
    """Whether one version or day is later than another; False where the two cannot be compared."""
    from packaging.version import InvalidVersion, Version

    if _DAY.fullmatch(one) and _DAY.fullmatch(other):
        return one > other
    try:
        return Version(one) > Version(other)
    except InvalidVersion:
        return False


def searches(landscape: Landscape) -> Iterator[Problem]:
    """What was searched for a thing that is there; and an absence of which nobody says where it was looked for.

    A statement without evidence stands for one that could not be read, which is told already.
    """
    for statement in landscape.statements:
        if statement.live and statement.searched:
            message = f"`{statement}` is `{statement.support}`, and says where it was searched for in vain"
            hint = "remove `searched`, or write `support: none`"
            yield _at(statement, "searched-and-found", message, hint, sure=False)
        elif statement.support == "none" and statement.evidence and not statement.searched:
            hint = "add `searched:` with the tree at a commit, and the words that you looked for in it"
            yield _at(statement, "not-searched", f"`{statement}` is `none`, and nothing says what was searched", hint,
                      sure=False)  # fmt: skip
