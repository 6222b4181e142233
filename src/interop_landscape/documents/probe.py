"""Probes, and what their runs saw, as they leave the program."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from interop_landscape.documents.declare import EMPTY, NULL, Nested, same, told
from interop_landscape.documents.kinds import Count
from interop_landscape.documents.statement import STATES
from interop_landscape.documents.tables import Table
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.probes import RESULT_SCHEMA, Comparison, Probe, Proved, Result
from interop_landscape.reading.values import OneOf, Slug, Text

NEVER: Final = "never run"


def _whole(number: float | None) -> float | None:
    return int(number) if isinstance(number, float) and math.isfinite(number) else number


@dataclass(frozen=True, kw_only=True)
class ComparisonDocument:
    """One thing that a probe looked at."""

    OMITS: ClassVar = NULL

    what: str = same(Comparison, "what")
    kind: str = same(Comparison, "kind")
    holds: bool = same(Comparison, "holds")
    difference: float | None = same(Comparison, "difference")
    tolerance: float | None = same(Comparison, "tolerance")
    count: int | None = told(Count(), "how many numbers", lambda one, _: _whole(one.count), nullable=True)
    got: str | None = same(Comparison, "got")
    expected: str | None = same(Comparison, "expected")
    error: str | None = same(Comparison, "error")


COUNT_HELD_OTHERWISE: Final = {"count": "count"}
"""Keys of a comparison that its document does not hold as they are, with the field that holds them."""

_COMPARED: Final = (
    "what was compared: `what`, `kind`, `holds`, and where they apply `difference`, `tolerance`, `count`, `got`, "
    "`expected`, `error`"
)


@dataclass(frozen=True, kw_only=True)
class ResultDocument:
    """What the last run of a probe saw."""

    outcome: str = same(
        Result,
        "outcome",
        "`pass`: what its statements say was seen; `fail`: it was not; `unsupported`: this machine cannot run it; "
        "`error`: it says nothing of them",
    )
    reason: str | None = same(Result, "reason")
    date: date = same(Result, "date", "the day, in universal time")
    seconds: float = same(Result, "seconds", "how long it ran, without the installation")
    platform: Mapping[str, str] = same(Result, "platform", "`system`, `machine`, `python`, `libc`")
    network: str = same(Result, "network", "`closed`, or `open` where the run could reach other hosts")
    versions: Mapping[str, str] = same(Result, "versions")
    compared: tuple[ComparisonDocument, ...] = told(Nested(ComparisonDocument, many=True), _COMPARED)
    notes: tuple[str, ...] = same(Result, "notes", "what else the probe had to say")


@dataclass(frozen=True, kw_only=True)
class _NamesProbe:
    probe: str = same(Result, "probe")


# The fields of the last of its bases come first.
@dataclass(frozen=True, kw_only=True)
class _FileFields(ResultDocument, _NamesProbe):
    program: str = same(Result, "program")
    proves: tuple[Proved, ...] = same(Result, "proves", "the statements that named the probe then: `edge`, `support`")
    log: str | None = same(Result, "log")


@dataclass(frozen=True, kw_only=True)
class ResultFileDocument(_FileFields):
    """The file of a result."""

    SHAPE: ClassVar = RESULT_SCHEMA
    OMITS: ClassVar = EMPTY


@dataclass(frozen=True, kw_only=True)
class RunDocument(_FileFields):
    """What a run saw, with all that its file holds."""

    file: str = told(Text(), "its file", lambda result, _: result.path)


RUN_TABLE: Final = Table(
    RunDocument,
    ("probe", "outcome", "seconds", "comparisons", "proves", "reason"),
    cells={
        "comparisons": lambda run, _: len(run.compared),
        "proves": lambda run, _: ", ".join(one.edge for one in run.proves),
    },
    without=("date", "network", "program", "log", "file"),
)
"""Results, a row each."""

HELD_OTHERWISE: Final = {"compared": "compared"}
"""Keys of a result's file that its document does not hold as they are, with the field that holds them."""

NOT_HELD: Final = frozenset({"schema"})
"""Keys of a result's file that its document does not hold."""


@dataclass(frozen=True, kw_only=True)
class OutcomesDocument:
    """How many probes came to each outcome."""

    passed: int = told(Count(), "that passed", lambda outcomes, _: outcomes["pass"], name="pass")
    failed: int = told(Count(), "that failed", lambda outcomes, _: outcomes["fail"], name="fail")
    unsupported: int = told(Count(), "that this machine cannot run", lambda outcomes, _: outcomes["unsupported"])
    error: int = told(Count(), "that ended in an error", lambda outcomes, _: outcomes["error"])


@dataclass(frozen=True, kw_only=True)
class VerifyDocument:
    """What probes saw that were run just now."""

    SHAPE: ClassVar = "verify/v1"

    summary: OutcomesDocument = told(
        Nested(OutcomesDocument, always=True),
        "how many probes came to each outcome: `pass`, `fail`, `unsupported`, `error`",
    )
    results: tuple[RunDocument, ...] = told(Nested(RunDocument, many=True), "what was run, by probe")
    skipped: tuple[str, ...] = told(ListOf(Text()), "the probes that were not run, as they ask for the network")


def states(probe: Probe, landscape: Landscape) -> dict[str, str]:
    """How the probe verifies each statement that names it: the state of the verification by edge."""
    return {
        str(s): verification.state
        for s in landscape.verified_by(probe.id)
        if (verification := landscape.verification(s)) is not None
    }


@dataclass(frozen=True, kw_only=True)
class ProbedStatementDocument:
    """A statement that names it."""

    edge: str = told(Text(), "the statement", lambda naming, _: naming[0])
    state: str = told(OneOf(*STATES), "the state of its verification", lambda naming, _: naming[1])


@dataclass(frozen=True, kw_only=True)
class ProbeDocument:
    """A program that runs an edge for real."""

    id: str = told(Slug(), "its id")
    shows: str = told(Text(), "what it shows, in a sentence")
    about: str = told(Text(), "what is compared")
    dependencies: tuple[str, ...] = told(ListOf(Text()), "what is installed for it")
    needs: str | None = told(
        Text(), "hardware that it needs, or `null`", lambda probe, _: probe.needs or None, nullable=True
    )
    statements: tuple[ProbedStatementDocument, ...] = told(
        Nested(ProbedStatementDocument, many=True),
        "the statements that name it: `edge`, and the `state` of the verification",
        lambda probe, landscape: states(probe, landscape).items(),
    )
    result: ResultDocument | None = told(
        Nested(ResultDocument),
        "what its last run saw, or `null`: `outcome`, `reason`, `date`, `seconds`, `platform`, `network`, `versions`, "
        "`compared`, `notes`",
        lambda probe, landscape: landscape.results.get(probe.id),
    )


PROBE_TABLE: Final = Table(
    ProbeDocument,
    ("id", "outcome", "date", "seconds", "statements", "verified", "shows"),
    cells={
        "outcome": lambda probe, _: probe.result.outcome if probe.result else NEVER,
        "date": lambda probe, _: probe.result and probe.result.date,
        "seconds": lambda probe, _: probe.result and probe.result.seconds,
        "statements": lambda probe, _: "; ".join(one.edge for one in probe.statements),
        "verified": lambda probe, _: sum(one.state == "verified" for one in probe.statements),
    },
    without=("about", "needs"),
)
"""Documents of probes, a row each."""


@dataclass(frozen=True, kw_only=True)
class ProbesDocument:
    """The probes, with what their last runs saw."""

    SHAPE: ClassVar = "list-probes/v1"
    ASSUMES: ClassVar = True

    count: int = told(Count(), "how many probes there are")
    probes: tuple[ProbeDocument, ...] = told(Nested(ProbeDocument, many=True), "the probes, by id")
