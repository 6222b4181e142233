"""How long ago tracked gaps have moved, and which of them stand still."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record

STUCK_AFTER: Final = timedelta(days=365)
"""How long an open record may stand at one stage before the committee is to look at it."""


def idle(record: Record, landscape: Landscape) -> timedelta:
    """How long ago it reached its stage."""
    return max(landscape.today - record.stages[-1].day, timedelta())


def is_open(record: Record, landscape: Landscape) -> bool:
    """Whether it stands at a stage that others may follow."""
    return not landscape.vocabulary.stages[record.stage].final


def is_stuck(record: Record, landscape: Landscape) -> bool:
    """Whether it is open, and has not moved for a year."""
    return is_open(record, landscape) and idle(record, landscape) >= STUCK_AFTER
