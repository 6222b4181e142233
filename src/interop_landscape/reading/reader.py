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

    ``errors`` counts them all; ``noted`` are the first, and ``more`` and ``severity`` count and weigh those beyond.
    ``required`` says whether the key whose value is being read must be there; ``cut`` has the lines, counted from 0, in
    which a `#` may have cut off what was meant as text.
    """

    path: str
    vocabulary: Mapping[str, frozenset[str] | Mapping[str, Any]]
    today: date
    entry_id: str = ""
    collected: list[Any] = dataclasses.field(default_factory=list)
    noted: list[Problem] = dataclasses.field(default_factory=list)
    more: int = 0
    severity: Severity = "warning"
    suggestions: Suggestions = dataclasses.field(default_factory=Suggestions)
    errors: int = 0
    required: bool = False
    cut: Mapping[int, str] = dataclasses.field(default_factory=dict)

    @property
    def fill_in(self) -> str:
        """What to do about a key without a value: one that is required cannot be removed."""
        return "fill it in" if self.required else "fill it in or remove the key"

    @property
    def problems(self) -> list[Problem]:
        """The first problems, the last of which may stand for others."""
        if not self.more:
            return self.noted
        *first, last = self.noted
        severity: Severity = "error" if "error" in (last.severity, self.severity) else "warning"
        return [*first, dataclasses.replace(last, severity=severity, stands_for=1 + self.more)]

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
        if len(self.noted) > bounds.PROBLEMS:
            self.more += 1
            self.severity = "error" if severity == "error" else self.severity
            return INVALID
        line, column = node.start_mark.line + 1, node.start_mark.column + 1 + offset
        autofix = None if write is None or not isinstance(node, yaml.ScalarNode) else Autofix(node.value, write)
        message, hint = shown(message, bounds.SUMMARY), shown(hint, bounds.SUMMARY)
        self.noted.append(Problem(self.path, line, column, code, message, hint, severity, autofix=autofix))
        return INVALID
