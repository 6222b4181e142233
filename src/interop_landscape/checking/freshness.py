"""Statements that ought to be looked at again, and probes to be run again; nothing fails for them."""

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
            message = f"`{statement}` was last checked {days} days ago, and is due for another check after {fresh}"
            hint = f"open its evidence, correct what has changed, and write `checked: {landscape.today}`"
            place = statement.path, statement.line, statement.column
            yield Problem(*place, "stale-statement", message, hint, "warning")


def stale_results(landscape: Landscape) -> Iterator[Problem]:
    """A warning for each statement that changed, or whose probe did, since it ran; and for what belongs to nothing."""
    for statement in landscape.statements:
        verification = landscape.verification(statement)
        if verification is not None and verification.state in ("stale", "never run"):
            said = "ran too long ago, or something has changed since" if verification.result else "has not been run yet"
            place = statement.path, statement.line, statement.column
            message = f"the probe of `{statement}` {said}"
            yield Problem(*place, "stale-result", message, f"run `landscape verify {statement.proof}`", "warning")
    named = {name for statement in landscape.statements for name in (statement.probe, statement.suite)}
    if landscape.specification is not None:
        named |= {name for one in landscape.specification.in_force.values() for name in one.tests}
    for probe in landscape.probes.values():
        if probe.id not in named:
            hint = f"add `probe: {probe.id}` to the statement that it verifies, or name it in a requirement's `tests`"
            yield Problem(probe.path, 1, 1, "stale-result", "nothing names this probe", hint, "warning")
    paths = [(name, result.path) for name, result in landscape.results.items()]
    for name, path in (*paths, *((name, suite.path) for name, suite in landscape.suites.items())):
        if name not in landscape.probes:
            message = f"there is no probe `{name}` any more"
            yield Problem(path, 1, 1, "stale-result", message, "remove the file", "warning")
    for name, suite in landscape.suites.items():
        if name in landscape.probes and suite.kit != landscape.probes[name].kit:
            message = f"another kit than that of this version graded the cases of `{name}`"
            yield Problem(suite.path, 1, 1, "stale-result", message, f"run `landscape verify {name}`", "warning")
