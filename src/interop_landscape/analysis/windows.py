"""Windows of versions: which versions satisfy every hop of a route at once: docs/design.md#version-windows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from packaging.specifiers import Specifier, SpecifierSet
from packaging.version import InvalidVersion, Version

_DEEP: Final = 6
"""No clause is expected to name a version of more parts than this."""


@dataclass(frozen=True)
class Window:
    """The versions of one thing that a route works with: `specifier`, empty where no version suits all hops."""

    subject: str
    specifier: str
    empty: bool


def intersect(requirements: Iterable[Mapping[str, str]]) -> tuple[Window, ...]:
    """The window of each thing that any of the requirements names, by name."""
    by_subject: dict[str, list[str]] = {}
    for requires in requirements:
        for subject, specifier in requires.items():
            by_subject.setdefault(subject, []).append(specifier)
    windows = []
    for subject, specifiers in sorted(by_subject.items()):
        # SpecifierSet orders and merges clauses; sorting makes the text independent of the hops' order.
        clauses = sorted({str(clause) for text in specifiers for clause in SpecifierSet(text)})
        together = ",".join(clauses)
        windows.append(Window(subject, together, not satisfiable(together)))
    return tuple(windows)


@cache
def satisfiable(specifier: str) -> bool:
    """Whether some version fits all clauses.

    The clauses cut the line of versions at the versions they name, so it is enough to try 0 and the versions
    around each of those (`around`).
    """
    wanted = SpecifierSet(specifier)
    candidates = {"0"}
    for clause in wanted:
        if named(clause) is None:  # `===` takes any text: only that very text can fit
            return all(other.version == clause.version for other in wanted if other.operator == "===")
        candidates |= around(clause)
    return any(wanted.contains(candidate, prereleases=True) for candidate in candidates)


def named(clause: Specifier) -> Version | None:
    """The version that a clause names; None where `===` names some other text."""
    try:
        return Version(clause.version.removesuffix(".*"))
    except InvalidVersion:
        return None


def around(clause: Specifier) -> set[str]:
    """The versions that stand for the pieces of the line next to the one that a clause names.

    That version itself, one just above it, the next of the same length, and the next after the block that a clause
    such as ``!=17.*`` cuts out. As text, since `===` tells two spellings of one version apart. Empty where the
    clause names no version.
    """
    version = named(clause)
    if version is None:
        return set()
    release = version.release
    just_above = (*release, *[0] * (_DEEP - len(release)), 1)
    versions = [(*release, 0, 1), just_above, (*release[:-1], release[-1] + 1)]
    if len(release) > 1:
        versions.append((*release[:-2], release[-2] + 1))
    found = {str(version), *(".".join(map(str, one)) for one in versions)}
    if not (version.is_postrelease or version.is_devrelease):
        found.add(f"{version.public}.post0")
    return found
