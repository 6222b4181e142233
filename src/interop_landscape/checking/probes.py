"""Checks of probes against the statements that name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interop_landscape.problems import Problem
from interop_landscape.text import Suggestions

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape


def unknown_probes(landscape: Landscape) -> Iterator[Problem]:
    """A statement with a probe or suite that is not among the landscape's probes, or with a suite that is none."""
    near = Suggestions()
    for statement in landscape.statements:
        place = statement.path, statement.line, statement.column
        for name in filter(None, (statement.probe, statement.suite)):
            if name not in landscape.probes:
                hint = near.did_you_mean(name, landscape.probes, "probes", otherwise=f"add probes/{name}.py")
                yield Problem(*place, "unknown-probe", f"there is no probe `{name}`", hint)
        suite = landscape.probes.get(statement.suite or "")
        if suite is not None and not suite.suite:
            hint = "name it as `probe:`, or write `suite = true` below [tool.landscape] in its header"
            yield Problem(*place, "unknown-probe", f"the probe `{statement.suite}` is no suite", hint)
