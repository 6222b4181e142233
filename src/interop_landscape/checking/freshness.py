"""Statements that ought to be looked at again; nothing fails for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interop_landscape.problems import Problem

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape


def stale_statements(landscape: Landscape) -> Iterator[Problem]:
    """A warning for each statement that was last checked longer ago than its entry stays fresh."""
    for statement in landscape.statements:
        if landscape.is_stale(statement):
            days = (landscape.today - statement.checked).days
            fresh = landscape.entries[statement.stated_by].fresh_for.days
            message = f"`{statement}` was last checked {days} days ago, and stays fresh for {fresh}"
            hint = f"open its evidence, correct what has changed, and write `checked: {landscape.today}`"
            place = statement.path, statement.line, statement.column
            yield Problem(*place, "stale-statement", message, hint, "warning")
