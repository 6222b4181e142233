"""Who keeps what, as it leaves the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from interop_landscape import phrases
from interop_landscape.analysis.keepers import LIKELIHOODS
from interop_landscape.documents.declare import Nested, told
from interop_landscape.documents.kinds import Count, Weight
from interop_landscape.documents.tables import Table
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.values import Flag, OneOf, Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class KeeperDocument:
    """Somebody on whom edges hang."""

    name: str = told(Text(), "an entry, a steward, or a name that statements have in `by`")
    entry: str | None = told(
        Slug(), "the entry, where they are one", lambda keeper, _: keeper.entry and keeper.entry.id, nullable=True
    )
    likelihood: str = told(
        OneOf(*LIKELIHOODS),
        "how likely it is that they stop, the likeliest first: `archived`, in `maintenance`, `stale` statements, an "
        "`unknown` third party, a `third-party` that is on the map or looks after what is",
    )
    why: str = told(Text(), "why, in words", phrases.keeping)
    third_party: bool = told(Flag(), "whether they maintain edges of others")
    stale: int = told(Count(), "how many of the statements were last checked too long ago")
    weight: float = told(Weight(), "the weight of the pairs that would be lost")
    statements: tuple[str, ...] = told(
        ListOf(Text()), "the edges that hang on them", lambda keeper, _: [str(one) for one in keeper.statements]
    )
    opens: tuple[str, ...] = told(ListOf(Text()), "the ids that the gaps would have which would open")
    bridges: frozenset[str] = told(ListOf(Text()), "those of them that no weaker route would join either")
    worsens: tuple[str, ...] = told(ListOf(Text()), "the ids of weak gaps that would have no route any more")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepersDocument:
    """What breaks if somebody stops."""

    SHAPE: ClassVar = "keepers/v1"
    ASSUMES: ClassVar = True
    count: int = told(Count(), "how many there are; `--top` may list fewer")
    keepers: tuple[KeeperDocument, ...] = told(
        Nested(KeeperDocument, many=True), "the likeliest to stop first, then by falling weight"
    )


KEEPER_TABLE: Final = Table(
    KeeperDocument,
    ("name", "likelihood", "why", "weight", "gaps", "only route", "weak gaps", "edges", "opens"),
    cells={
        "gaps": lambda keeper, _: len(keeper.opens),
        "only route": lambda keeper, _: len(keeper.bridges),
        "weak gaps": lambda keeper, _: len(keeper.worsens),
        "edges": lambda keeper, _: "; ".join(map(str, keeper.statements)),
    },
)
"""The keepers, a row each."""
