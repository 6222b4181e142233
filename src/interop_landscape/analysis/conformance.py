"""How far entries meet the requirements of the specification: levels, from what is stated and what was seen.

A statement is *stated* where something crosses it, *evidenced* where that is in full and was looked at lately,
*verified* where its probe has shown just that, and *covered* where a suite counted enough of its cases. A connection is
as good as the best route made of such statements, and at most verified, as no suite runs a whole route. What only has
to be said is verified by reading it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.coverage import coverage_of
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.network import Network
from interop_landscape.landscape import Landscape
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import CLAIM_HOLDS, LEVELS, Claim, Entry
from interop_landscape.reading.specification import Requirement, Specification
from interop_landscape.reading.statements import Statement

NOT_MET, STATED, EVIDENCED, VERIFIED, COVERED = range(5)
"""Levels as numbers, from nothing up: `LEVELS` are the words of all but the first."""

_Levels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Part:
    """One connection or statement that a requirement is about, and the level that it has.

    ``name`` is the expectation or relation, ``other`` the entry at the other end, None where any would do. ``lacks``
    are the keys that the statement should have and has not.
    """

    name: str
    other: str | None
    level: int
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entry stands on one requirement: its ``level``, and the ``ceiling`` above which nothing can show it.

    ``parts`` are what it is about, the best first; ``lacks`` are keys that the entry itself should have and has not.
    """

    id: str
    requirement: Requirement
    level: int
    ceiling: int
    parts: tuple[Part, ...] = ()
    lacks: tuple[str, ...] = ()

    def reaches(self, level: int) -> bool:
        """Whether it is at this level, or at the highest that can be shown."""
        return self.level >= min(level, self.ceiling)


@dataclass(frozen=True)
class Conformance:
    """How an entry stands on each requirement that applies to it, in the order of the specification.

    ``level`` is the highest that all requirements with MUST reach (all, where none has), as far as each can be shown,
    and that one of all has; `NOT_MET` where one of them is not met. ``reached`` are how many of all reach it, or, where
    there is no level, how many are evidenced at least. ``claims`` are what its makers say, each with whether that still
    holds.
    """

    entry: Entry
    standings: tuple[Standing, ...]
    level: int
    reached: int
    claims: tuple[tuple[Claim, bool], ...]

    @property
    def share(self) -> float | None:
        """The share of the requirements that reach the level; None where none applies."""
        return self.reached / len(self.standings) if self.standings else None


def level_word(level: int) -> str | None:
    """The word of a level; None for `NOT_MET`."""
    return LEVELS[level - 1] if level else None


def coverage_share(statement: Statement, landscape: Landscape) -> float | None:
    """The share of a suite's cases that came out the same; None where none has run lately, or the cases are our own."""
    found = coverage_of(landscape, statement)
    return None if found is None or found.stale or found.suite.own else found.tally.share


def statement_level(statement: Statement, landscape: Landscape, covered_from: float) -> int:
    """The level of a statement as far as it says that something works in full."""
    if not statement.live:
        return NOT_MET
    if statement.support != "full":
        return STATED
    level = EVIDENCED if not landscape.is_stale(statement) else STATED
    level = VERIFIED if landscape.is_verified(statement) else level
    share = coverage_share(statement, landscape)
    return COVERED if share is not None and share >= covered_from and level >= EVIDENCED else level


def ranked(found: Iterable[Conformance]) -> list[Conformance]:
    """The highest level and the largest share first; entries to which nothing applies are left out."""
    return sorted((one for one in found if one.standings), key=lambda o: (-o.level, -(o.share or 0), o.entry.id))


def holds(claim: Claim, today: date) -> bool:
    """Whether a claim was made less than a year ago."""
    return today - claim.day <= CLAIM_HOLDS


class Conforming:
    """How the entries of a landscape meet its specification; what many need is computed once."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.specification: Specification | None = landscape.specification
        in_force = landscape.specification.in_force if landscape.specification else {}
        self.measured = {name: one for name, one in in_force.items() if one.measured}

    def of(self, entry: Entry) -> Conformance:
        """How one entry meets it."""
        found = [] if self.landscape.is_archived(entry.id) else [*self._standings(entry)]
        level = _level(found)
        reached = sum(one.reaches(level or EVIDENCED) for one in found)
        claims = tuple((claim, holds(claim, self.landscape.today)) for claim in entry.claims)
        return Conformance(entry, tuple(found), level, reached, claims)

    def _standings(self, entry: Entry) -> Iterator[Standing]:
        for name, requirement in self.measured.items():
            if requirement.of.selects(entry):
                standing = self._standing(name, requirement, entry)
                if standing is not None:
                    yield standing

    def _standing(self, name: str, requirement: Requirement, entry: Entry) -> Standing | None:
        """How an entry stands on a requirement that asks it; None where it has nothing that this is about."""
        if requirement.expectations:
            parts = [
                part
                for expectation in requirement.expectations
                for part in self._connections[expectation, requirement.end].get(entry.id, ())
            ]
            ceiling = VERIFIED if requirement.tests else EVIDENCED
            return _over(name, requirement, parts, ceiling) if parts else None
        if requirement.relations:
            return self._of_statements(name, requirement, entry)
        lacks = tuple(key for key in requirement.keys if not getattr(entry, keys_of(Entry)[key].attribute))
        return Standing(name, requirement, NOT_MET if lacks else VERIFIED, VERIFIED, lacks=lacks)

    def _of_statements(self, name: str, requirement: Requirement, entry: Entry) -> Standing | None:
        found = [one for verb in requirement.relations for one in self._statements.get((entry.id, verb), ())]
        parts, covered = [], False
        for statement, other, verb in found:
            if requirement.to is not None and not requirement.to.selects(self.landscape.entries[other]):
                continue
            if not statement.live and requirement.need != "any":
                continue
            parts.append(self._part(requirement, statement, other, verb))
            covered = covered or coverage_share(statement, self.landscape) is not None
        if not parts and requirement.need != "any":
            return None
        if requirement.keys:
            return _over(name, requirement, parts, VERIFIED)
        return _over(name, requirement, parts, COVERED if covered else VERIFIED if requirement.tests else EVIDENCED)

    def _part(self, requirement: Requirement, statement: Statement, other: str, verb: str) -> Part:
        assert self.specification is not None
        lacks = tuple(key for key in requirement.keys if not getattr(statement, keys_of(Statement)[key].attribute))
        level = statement_level(statement, self.landscape, self.specification.covered_from)
        if requirement.keys:  # what only has to be said is verified by reading it
            level = NOT_MET if lacks or not statement.live else VERIFIED
        return Part(verb, other, level, lacks)

    @cached_property
    def _statements(self) -> Mapping[tuple[str, str], list[tuple[Statement, str, str]]]:
        """By (entry, relation or inverse): the statements that it is an end of, the other end, and that verb."""
        relations = self.landscape.vocabulary.relations
        found: dict[tuple[str, str], list[tuple[Statement, str, str]]] = {}
        for one in self.landscape.statements:
            inverse = relations[one.relation].inverse
            found.setdefault((one.source, one.relation), []).append((one, one.target, one.relation))
            found.setdefault((one.target, inverse), []).append((one, one.source, inverse))
        return found

    @cached_property
    def _connections(self) -> Mapping[tuple[str, str], Mapping[str, list[Part]]]:
        """By (expectation, end): the expected pairs of each entry at that end."""
        wanted = {(name, one.end) for one in self.measured.values() for name in one.expectations}
        return {key: self._by_entry(*key) for key in sorted(wanted)}

    def _by_entry(self, name: str, end: str) -> Mapping[str, list[Part]]:
        expected, levels = self._levels(name)
        ids = expected.network.ids
        found: dict[str, list[Part]] = {}
        for row, column in np.argwhere(expected.pairs).tolist():
            source = ids[int(expected.sources[row])]
            target = None if expected.any else ids[int(expected.targets[column])]
            mine, other = (source, target) if end == "from" else (target, source)
            if mine is not None:
                found.setdefault(mine, []).append(Part(name, other, int(levels[row, column])))
        return found

    def _levels(self, name: str) -> tuple[Expected, _Levels]:
        """An expectation, and the level of each of its pairs: that of the best route that there is."""
        expectation = self.landscape.expectations[name]
        whole = Expected(self._networks[STATED], expectation)
        levels = np.where(whole.live, np.int8(STATED), np.int8(NOT_MET))
        for level in (EVIDENCED, VERIFIED):
            levels[Expected(self._networks[level], expectation).strong] = level
        return whole, levels

    @cached_property
    def _networks(self) -> Mapping[int, Network]:
        """By level: the network of the statements that are at it, or above."""
        assert self.specification is not None
        covered_from = self.specification.covered_from
        graded = [(one, statement_level(one, self.landscape, covered_from)) for one in self.landscape.statements]
        networks = {STATED: Network(self.landscape)}
        for least in (EVIDENCED, VERIFIED):
            some = tuple(statement for statement, level in graded if level >= least)
            networks[least] = Network(self.landscape.replacing(statements=some))
        return networks


def _over(name: str, requirement: Requirement, parts: list[Part], ceiling: int) -> Standing:
    """The standing on a requirement that is about parts: the level that so many of them have as it needs."""
    best_first = sorted(parts, key=lambda part: -part.level)
    needed = {"any": 1, "most": len(parts) // 2 + 1, "each": len(parts)}[requirement.need]
    level = best_first[needed - 1].level if parts else NOT_MET
    return Standing(name, requirement, level, max(ceiling, level), tuple(best_first))


def _level(standings: list[Standing]) -> int:
    """The level of an entry that stands so: see `Conformance`."""
    binding = [one for one in standings if one.requirement.binding] or standings
    for level in (COVERED, VERIFIED, EVIDENCED, STATED):
        if any(one.level == level for one in standings) and all(one.reaches(level) for one in binding):
            return level
    return NOT_MET
