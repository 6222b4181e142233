"""Checks of probes against the statements that name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interop_landscape.problems import Problem
from interop_landscape.text import Suggestions

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape


def unknown_probes(landscape: Landscape) -> Iterator[Problem]:
    """A statement with a probe that is not among the landscape's probes."""
    near = Suggestions()
    for statement in landscape.statements:
        if statement.probe is not None and statement.probe not in landscape.probes:
            hint = near.did_you_mean(
                statement.probe, landscape.probes, "probes", otherwise=f"add probes/{statement.probe}.py"
            )
            message = f"there is no probe `{statement.probe}`"
            yield Problem(statement.path, statement.line, statement.column, "unknown-probe", message, hint)
