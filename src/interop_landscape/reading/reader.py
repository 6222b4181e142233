"""What reading one file needs to know, and the problems it collects.

Reading a value returns it, or `INVALID` after a problem was noted; it never raises.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import yaml

from interop_landscape.problems import Autofix, Problem, Severity
from interop_landscape.reading import bounds
from interop_landscape.text import Suggestions, shown

INVALID: Final[Any] = object()


@dataclasses.dataclass(slots=True)
class Reader:
    """What reading one file needs to know, and the problems it found there.

    ``errors`` counts them all; ``problems`` are the first, the last of which may represent others.
    """

    path: str
    vocabulary: Mapping[str, frozenset[str] | Mapping[str, Any]]
    today: date
    entry_id: str = ""
    collected: list[Any] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    suggestions: Suggestions = dataclasses.field(default_factory=Suggestions)
    errors: int = 0

    def note(
        self,
        node: yaml.Node,
        code: str,
        message: str,
        hint: str = "",
        *,
        offset: int = 0,
        severity: Severity = "error",
        write: str | None = None,
    ) -> Any:
        """Record a problem at `node`; returns INVALID so that callers can return it.

        What `message` and `hint` quote of the file may be anything: here it is made fit to be shown. `write` is what
        the scalar should read instead, where that is certain; empty takes an item out of its list.
        """
        self.errors += severity == "error"
        line, column = node.start_mark.line + 1, node.start_mark.column + 1 + offset
        autofix = None if write is None or not isinstance(node, yaml.ScalarNode) else Autofix(node.value, write)
        message, hint = shown(message, bounds.SUMMARY), shown(hint, bounds.SUMMARY)
        problem = Problem(self.path, line, column, code, message, hint, severity, autofix=autofix)
        if len(self.problems) <= bounds.PROBLEMS:
            self.problems.append(problem)
        else:
            rest = self.problems[-1]
            severity = "error" if severity == "error" else rest.severity
            self.problems[-1] = dataclasses.replace(rest, severity=severity, stands_for=rest.stands_for + 1)
        return INVALID
