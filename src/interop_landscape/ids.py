"""What edges and expected pairs are called (docs/design.md#gap-ids): values that are split and joined only here."""

from __future__ import annotations

from typing import Final, NamedTuple

ANY: Final = "*"
"""The target in the id of a pair for which any target would do."""


class Edge(NamedTuple):
    """An edge between two entries; it is written ``A relation B``, and sorted by its parts."""

    source: str
    relation: str
    target: str

    def __str__(self) -> str:
        return " ".join(self)


class PairId(NamedTuple):
    """An expected pair, and so the gap that it may be; `target` is None where any target would do.

    It is written ``expectation:from:to``, with ``*`` for any target. Sort by ``str``: `target` may be None.
    """

    expectation: str
    source: str
    target: str | None

    @classmethod
    def parse(cls, text: str) -> PairId:
        """The pair that is written so. Raises ValueError where the text has another number of parts."""
        expectation, source, target = text.split(":")
        return cls(expectation, source, None if target == ANY else target)

    @staticmethod
    def looks_like(text: str) -> bool:
        """Whether a text that names a pair or an edge names a pair."""
        return ":" in text

    def __str__(self) -> str:
        return f"{self.expectation}:{self.source}:{self.target or ANY}"
