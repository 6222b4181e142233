"""How much of a standard an implementation takes, as a suite has counted it."""

from __future__ import annotations

from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement


def coverage_share(statement: Statement, landscape: Landscape) -> float | None:
    """The share of a suite's cases that came out the same; None where no suite's result says anything of it."""
    return None
