"""How well a landscape is curated: how many statements there are, verified, checked lately, and searched for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Sample
from interop_landscape.reading.statements import SUPPORT, Statement

LATELY: Final = timedelta(days=90)
"""How long ago a statement may have been checked to count as checked lately."""

THIN: Final = 3
"""An entry with fewer statements about it is thinly curated."""

NOBODY: Final = ""
"""The group of what has no steward, or serves no side."""


@dataclass(frozen=True)
class Curated:
    """How many statements of a group there are, verified by a probe, and checked lately.

    ``none`` says that something is not there; ``searched`` are those of them that say where it was looked for.
    """

    statements: int = 0
    verified: int = 0
    lately: int = 0
    none: int = 0
    searched: int = 0


@dataclass(frozen=True)
class Curation:
    """The whole, and by kind, side, support and steward; the entries with few statements; and the blind samples.

    A statement is of the kind and of the steward of the entry that it starts from, and of every side in whose routes
    its relation occurs.
    """

    total: Curated
    kinds: Mapping[str, Curated] = field(default_factory=dict)
    sides: Mapping[str, Curated] = field(default_factory=dict)
    supports: Mapping[str, Curated] = field(default_factory=dict)
    stewards: Mapping[str, Curated] = field(default_factory=dict)
    thin: Mapping[str, int] = field(default_factory=dict)
    samples: Mapping[str, Sample] = field(default_factory=dict)

    @property
    def groups(self) -> dict[str, Mapping[str, Curated]]:
        """Every grouping by its name."""
        return {"kind": self.kinds, "side": self.sides, "support": self.supports, "steward": self.stewards}


def curation(landscape: Landscape) -> Curation:
    """Count the statements of a landscape; groups without any are left out, and archived entries are never thin."""
    vocabulary = landscape.vocabulary
    stewards = {name: entry.steward or NOBODY for name, entry in landscape.entries.items()}
    sides = _sides(landscape)
    grouped: dict[str, dict[str, list[Statement]]] = {"kind": {}, "side": {}, "support": {}, "steward": {}}
    for statement in landscape.statements:
        places = (
            ("kind", (landscape.kind_of[statement.source],)),
            ("side", sides.get(statement.relation, (NOBODY,))),
            ("support", (statement.support,)),
            ("steward", (stewards[statement.source],)),
        )
        for grouping, names in places:
            for name in names:
                grouped[grouping].setdefault(name, []).append(statement)

    def counted(grouping: str, order: Iterable[str]) -> dict[str, Curated]:
        groups = grouped[grouping]
        return {name: _counted(landscape, groups[name]) for name in order if name in groups}

    return Curation(
        total=_counted(landscape, landscape.statements),
        kinds=counted("kind", vocabulary.kinds),
        sides=counted("side", (*vocabulary.sides, NOBODY)),
        supports=counted("support", SUPPORT),
        stewards=counted("steward", (*vocabulary.stewards, NOBODY)),
        thin=_thin(landscape),
        samples=landscape.samples,
    )


def _counted(landscape: Landscape, statements: Iterable[Statement]) -> Curated:
    statements = tuple(statements)
    absent = [statement for statement in statements if statement.support == "none"]
    return Curated(
        statements=len(statements),
        verified=sum(landscape.is_verified(statement) for statement in statements),
        lately=sum(landscape.today - statement.checked <= LATELY for statement in statements),
        none=len(absent),
        searched=sum(bool(statement.searched) for statement in absent),
    )


def _sides(landscape: Landscape) -> dict[str, tuple[str, ...]]:
    """By relation the sides in whose routes it occurs, in the order of the vocabulary."""
    found: dict[str, set[str]] = {}
    for expectation in landscape.expectations.values():
        for pattern in expectation.routes.values():
            for step in pattern.steps:
                found.setdefault(step.relation, set()).add(expectation.side)
    order = list(landscape.vocabulary.sides)
    return {relation: tuple(sorted(sides, key=order.index)) for relation, sides in found.items()}


def _thin(landscape: Landscape) -> dict[str, int]:
    """The entries about which little is stated, with how much: the least first, then by id."""
    about = Counter(end for statement in landscape.statements for end in (statement.source, statement.target))
    few = {name: about[name] for name in landscape.entries if about[name] < THIN and not landscape.is_archived(name)}
    return dict(sorted(few.items(), key=lambda item: (item[1], item[0])))
