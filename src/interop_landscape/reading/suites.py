"""What suites saw when they ran last: how many cases of a standard an implementation takes, and which it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import yaml

from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import given, key
from interop_landscape.reading.probes import DISTRIBUTION, VERSION, Probe, read_written
from interop_landscape.reading.reader import INVALID, Reader
from interop_landscape.reading.values import Date, Flag, OneOf, Slug, Text, Value, Whole

SUITE: Final = ".suite"
"""What the stem of a graded result's file ends in."""
SUITE_SCHEMA: Final = "suite-result/v1"
GRADES: Final = ("same", "other-type", "other-numbers", "refused", "error", "crash", "time-out", "not-fed")
"""What may become of a case, the best first."""
LEFT_OUT: Final = ("control", "machine")
"""What keeps a case from being counted: the control fails it, or the machine that ran it lacks something."""

CASES: Final = 20_000
ROWS: Final = 5_000
EARLIER: Final = 20
LEAST_CONTROL: Final = 0.99

_NAME, _WORD, _SAID, _KEYS = 160, 80, 200, 6
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Words(Value):
    """A few short texts in their order; the same one may come twice."""

    says = "a list of a few short texts"

    def __init__(self, most: int) -> None:
        self.most = most
        self._word = Text(_WORD)

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """A tuple of the texts."""
        if node.__class__ is not yaml.SequenceNode or not 1 <= len(node.value) <= self.most:
            return reader.note(node, "wrong-type", f"expected {self.says}")
        words = tuple(self._word.read(child, reader) for child in node.value)
        return INVALID if INVALID in words else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """How many cases of a group gave just what they ought to."""

    group: tuple[str, ...] = key(Words(_KEYS), "the values of the suite's keys")
    count: int = key(Whole(), "how many cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """Cases of a group that came to the same end, which is not `same`."""

    group: tuple[str, ...] = key(Words(_KEYS), "the values of the suite's keys")
    outcome: str = key(OneOf(*GRADES[1:], *LEFT_OUT), "what became of them")
    said: str | None = key(Text(_SAID), "the error, or how the numbers differ", None)
    cases: tuple[str, ...] = key(ListOf(Text(_NAME), most=ROWS), "their names")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # mappings have no hash
class Earlier:
    """What an earlier version came to."""

    version: str = key(VERSION, "the version of what was graded")
    day: date = key(Date(), "when it ran", name="date")
    counts: Mapping[str, int] = key(MapOf(OneOf(*GRADES, *LEFT_OUT), Whole()), "how many cases came to each end")
    whole: int = key(Whole(), "groups of the first key in which all cases are the same")
    groups: int = key(Whole(), "groups of the first key")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteResult:
    """What the last run of a suite counted."""

    path: str = given()
    schema: str = key(OneOf(SUITE_SCHEMA), "the shape of the file")
    probe: str = key(Slug(), "the suite")
    subject: str = key(DISTRIBUTION, "the distribution that is graded")
    day: date = key(Date(), "when it ran, in universal time", name="date")
    platform: Mapping[str, str] = key(MapOf(Slug(), Text()), "what it ran on", _NOTHING)
    versions: Mapping[str, str] = key(MapOf(DISTRIBUTION, VERSION), "the versions of all that took part")
    program: str = key(Text(), "the SHA-256 of the program that ran")
    kit: str | None = key(Text(), "the SHA-256 of the kit that graded it", None)
    control: str = key(Text(_WORD), "the implementation that no doubt can fall on")
    keys: tuple[str, ...] = key(ListOf(Text(_WORD), most=_KEYS), "what the values of each `group` are")
    own: bool = key(Flag(), "whether the cases are our own choice, so that no share of them means anything", False)
    cases: int = key(Whole(), "how many cases there are, with those that are not counted")
    notes: tuple[str, ...] = key(ListOf(Text()), "what else the suite had to say", ())
    same: tuple[Same, ...] = key(ListOf(Struct(Same), most=ROWS), "how many are the same, by group", ())
    others: tuple[Others, ...] = key(ListOf(Struct(Others), most=ROWS), "the cases that are not, and why", ())
    earlier: tuple[Earlier, ...] = key(
        ListOf(Struct(Earlier), most=EARLIER), "what other versions came to before, the newest first", ()
    )

    @property
    def version(self) -> str:
        """The version of what was graded."""
        return self.versions[self.subject]

    def is_of(self, probe: Probe) -> bool:
        """Whether this very program, graded by the kit that there is now, counted it."""
        return (self.program, self.kit) == (probe.digest, probe.kit)

    def rows(self) -> Iterator[tuple[tuple[str, ...], str, int]]:
        """(group, outcome, how many cases) of all of them."""
        for one in self.same:
            yield one.group, "same", one.count
        for other in self.others:
            yield other.group, other.outcome, len(other.cases)


def read_suite(name: str, path: str, data: bytes, latest: date) -> tuple[SuiteResult | None, tuple[int, int, str]]:
    """(the graded result of suite `name`, or None; line, column and words of what is wrong first)."""
    result, wrong = read_written(SuiteResult, name, path, data, latest)
    fault = fault_of(result) if result is not None else ""
    return (None, (1, 1, fault)) if fault else (result, wrong)


def fault_of(result: SuiteResult) -> str:
    """What keeps a graded result from being believed; empty where nothing does."""
    if result.subject not in result.versions:
        return f"it says no version of `{result.subject}`"
    if any(len(group) != len(result.keys) for group, _, _ in result.rows()):
        return f"a group has not the {len(result.keys)} values of its keys"
    counts = Counter[str]()
    for _, outcome, count in result.rows():
        counts[outcome] += count
    names = [name for other in result.others for name in other.cases]
    if len(set(names)) != len(names):
        return "a case is there twice"
    if len({one.group for one in result.same}) != len(result.same):
        return "a group is there twice"
    if counts.total() != result.cases or result.cases > CASES:
        return f"it says {result.cases:,} cases, and has {counts.total():,}"
    counted = counts.total() - sum(counts[one] for one in LEFT_OUT)
    if counted == 0 or counted < LEAST_CONTROL * (counted + counts["control"]):
        return f"the control passes {counted:,} of {counted + counts['control']:,} cases, so they show nothing"
    return ""
