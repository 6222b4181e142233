"""Windows of versions: which versions suit every hop of a route at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version


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

    The clauses cut the line of versions at the versions they name, so it is enough to try 0, each of those,
    something just above each, and the next after the block that a clause such as ``!=17.*`` cuts out.
    """
    wanted = SpecifierSet(specifier)
    candidates = {Version("0")}
    for clause in wanted:
        text = clause.version.removesuffix(".*")
        try:
            version = Version(text)
        except InvalidVersion:  # `===` takes any text: only that very text can fit
            return all(other.version == clause.version for other in wanted if other.operator == "===")
        release = version.release
        candidates |= {
            version,
            version if version.is_postrelease or version.is_devrelease else Version(f"{version.public}.post0"),
            Version(".".join(map(str, (*release, 0, 1)))),
            Version(".".join(map(str, (*release[:-1], release[-1] + 1)))),
        }
        if len(release) > 1:
            candidates.add(Version(".".join(map(str, (*release[:-2], release[-2] + 1)))))
    return any(wanted.contains(candidate, prereleases=True) for candidate in candidates)
