"""Route patterns: relations in the order in which a model flows, each with an optional ``?``, ``*`` or ``+``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_STEPS = 12
_STEP = re.compile(r"(?P<relation>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<times>[?*+]?)")


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a pattern; it may be skipped where `optional`, repeated where `repeated`."""

    relation: str
    optional: bool = False
    repeated: bool = False

    def __str__(self) -> str:
        times = {(False, False): "", (True, False): "?", (True, True): "*", (False, True): "+"}
        return self.relation + times[self.optional, self.repeated]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A route pattern with the text it was written as."""

    text: str
    steps: tuple[Step, ...]

    @property
    def beginnings(self) -> Iterator[Pattern]:
        """Itself, and what one gets by leaving out steps at its end, as far as that asks for any edge."""
        for length in range(1, len(self.steps) + 1):
            steps = self.steps[:length]
            if not all(step.optional for step in steps):
                yield Pattern(" ".join(map(str, steps)), steps)

    @property
    def is_one_edge(self) -> bool:
        """Whether what fits it is a single edge."""
        return len(self.steps) == 1 and not self.steps[0].repeated


class PatternError(ValueError):
    """A pattern that cannot be parsed; ``offset`` counts characters from the start of its text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def parse_pattern(text: str) -> Pattern:
    """Parse ``built-on* delegates-to+ runs-on``.

    Raises PatternError where a step is not a relation with at most one of ``?``, ``*`` and ``+``, where
    there is no step or too many, or where every step may be skipped (such a pattern joins an entry to itself).
    """
    steps = []
    for word in re.finditer(r"\S+", text):
        match = _STEP.fullmatch(word[0])
        if match is None:
            raise PatternError(f"`{word[0]}` is not a relation with an optional ?, * or +", word.start())
        times = match["times"]
        steps.append(Step(match["relation"], optional=times in ("?", "*"), repeated=times in ("*", "+")))
        if len(steps) > MAX_STEPS:
            raise PatternError(f"more than {MAX_STEPS} relations in one pattern", word.start())
    if not steps:
        raise PatternError("the pattern is empty", 0)
    if all(step.optional for step in steps):
        raise PatternError("every step may be skipped, so the pattern asks for nothing", 0)
    return Pattern(text, tuple(steps))
