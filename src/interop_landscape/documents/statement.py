"""Statements as they leave the program: in JSON, tables and databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from interop_landscape import phrases
from interop_landscape.analysis.coverage import coverage_of
from interop_landscape.documents.columns import Column, columns_of
from interop_landscape.documents.declare import Nested, same, told
from interop_landscape.documents.kinds import Count
from interop_landscape.documents.tables import Table
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import MapOf
from interop_landscape.reading.probes import Result
from interop_landscape.reading.statements import LIVE, Evidence, Searched, Statement
from interop_landscape.reading.suites import GRADES, LEFT_OUT
from interop_landscape.reading.values import Date, Flag, OneOf, Slug, Text, Whole

STATES: Final = ("verified", "failed", "unsupported", "error", "stale", "never run")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDocument:
    """An address that shows something."""

    url: str = same(Evidence, "url")
    shows: str = same(Evidence, "shows")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """A place that was searched, and the words that were looked for in it."""

    in_: str = same(Searched, "in")
    for_: tuple[str, ...] = same(Searched, "for")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedRunDocument:
    """The run of a probe that verified a statement."""

    probe: str = told(Slug(), "the probe that passed", lambda result, _: result.probe)
    date: date = told(Date(), "the day on which it ran", lambda result, _: result.day)
    versions: Mapping[str, str] = told(
        MapOf(Text(), Text()), "the versions of all that took part", lambda result, _: result.versions
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationDocument:
    """What a probe says."""

    probe: str = told(Slug(), "the probe that it names", lambda held, _: held[0])
    state: str = told(OneOf(*STATES), "the state of the verification", lambda held, _: held[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageDocument:
    """How much of a standard an implementation takes, as a suite counted it."""

    suite: str = told(Slug(), "the suite", lambda found, _: found.suite.probe)
    said: str = told(Text(), "the whole in words", lambda found, _: phrases.coverage(found))
    key: str = told(Text(), "what the groups are, such as `operator`")
    whole: int = told(Count(), "groups in which all cases are the same")
    groups: int = told(Count(), "groups", lambda found, _: len(found.groups))
    same: int = told(Count(), "cases that are the same", lambda found, _: found.tally.same)
    cases: int = told(Count(), "cases that are counted", lambda found, _: found.tally.cases)
    counts: Mapping[str, int] = told(
        MapOf(OneOf(*GRADES, *LEFT_OUT), Whole()),
        "how many came to each end; those at `control` and `machine` are not counted",
        lambda found, _: found.tally.counts,
    )
    own: bool = told(
        Flag(),
        "whether the cases are our own choice, so that no share of them means anything",
        lambda f, _: f.suite.own,
    )
    subject: str = told(Text(), "the distribution that is graded", lambda found, _: found.subject)
    version: str = told(Text(), "its version", lambda found, _: found.version)
    date: date = told(Date(), "when it ran", lambda found, _: found.suite.day)
    stale: bool = told(Flag(), "whether the program has changed since, or it ran too long ago")


def _verified(statement: Statement, landscape: Landscape) -> Result | None:
    found = landscape.verification(statement)
    return found.result if found is not None and found.state == "verified" else None


def _verification(statement: Statement, landscape: Landscape) -> tuple[str | None, str] | None:
    found = landscape.verification(statement)
    return None if found is None else (statement.proof, found.state)


_VERIFIED: Final = (
    "`null`, or the `probe` that verified it, the `date` of its run and the `versions` of all that took part"
)
_VERIFICATION: Final = (
    "`null`, or the `probe` that the statement names and its `state`: `verified`, `failed`, `unsupported`, `error`, "
    "`stale` or `never run`"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDocument:
    """A curated claim about one relation between two entries; `from` and `to` are its own."""

    from_: str = told(Slug(), "the entry that states it", lambda statement, _: statement.source, name="from")
    relation: str = told(Slug(), "the relation", lambda statement, _: statement.relation)
    to: str = told(Slug(), "the entry that it leads to", lambda statement, _: statement.target)
    support: str = same(Statement, "support", "how well it works; only the first three carry anything")
    carries: tuple[str, ...] = same(Statement, "carries", "what crosses, where the statement narrows it")
    takes: tuple[str, ...] = same(Statement, "takes")
    api: str | None = same(Statement, "api")
    by: str | None = same(Statement, "by")
    since: str | None = same(Statement, "since")
    until: str | None = same(Statement, "until")
    requires: Mapping[str, str] = same(Statement, "requires", "windows of versions (PEP 440), by what is versioned")
    limits: str | None = same(Statement, "limits")
    note: str | None = same(Statement, "note")
    checked: date = same(Statement, "checked")
    stale: bool = told(
        Flag(), "whether that is too long ago", lambda statement, landscape: landscape.is_stale(statement)
    )
    evidence: tuple[EvidenceDocument, ...] = told(Nested(EvidenceDocument, many=True), "a list of `url` and `shows`")
    searched: tuple[SearchDocument, ...] = told(
        Nested(SearchDocument, many=True), "a list of `in`, an address, and `for`, the words looked for there"
    )
    verified: PassedRunDocument | None = told(Nested(PassedRunDocument), _VERIFIED, _verified)
    verification: VerificationDocument | None = told(Nested(VerificationDocument), _VERIFICATION, _verification)
    coverage: CoverageDocument | None = told(
        Nested(CoverageDocument),
        "`null`, or what its suite counted",
        lambda statement, landscape: coverage_of(landscape, statement),
    )


HELD_OTHERWISE: Final = {
    "evidence": "evidence",
    "searched": "searched",
    "probe": "verification",
    "suite": "coverage",
}
"""Keys of a statement's file that its document does not hold as they are, with the field that holds them."""


def statement_document(statement: Statement, landscape: Landscape) -> dict[str, Any]:
    """A statement with all its fields; ``from`` and ``to`` are its own, whichever direction it flows in."""
    return json_of(StatementDocument, statement, landscape)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsDocument:
    """All statements."""

    SHAPE: ClassVar = "statements/v1"
    count: int = told(Count(), "how many there are")
    statements: tuple[StatementDocument, ...] = told(
        Nested(StatementDocument, many=True), "the statements in the order of edges"
    )


def evidence_urls(statement: Statement, _: Landscape | None = None) -> str:
    """The addresses of a statement's evidence, for one cell of a table."""
    return " ".join(evidence.url for evidence in statement.evidence)


STATEMENT_TABLE: Final = Table(
    StatementDocument,
    ("from", "relation", "to", "support", "carries", "takes", "api", "by", "limits", "checked", "evidence"),
    cells={"evidence": evidence_urls},
    without=("since", "until", "note", "stale"),
)
"""The statements of an entry, a row each."""


def statement_columns() -> list[Column]:
    """A statement's columns in a database but for its id, its ends and who states it."""
    live = ", ".join(f"'{word}'" for word in LIVE)
    return columns_of(
        Statement,
        references={"probe": "probes", "suite": "probes"},
        after={
            "support": Column(
                "live", f"INTEGER NOT NULL CHECK (live = (support IN ({live})))", lambda statement, _: statement.live
            ),
            "checked": Column(
                "stale",
                "INTEGER NOT NULL CHECK (stale IN (0, 1))",
                lambda statement, landscape: landscape.is_stale(statement),
            ),
            "probe": Column(
                "verified",
                "INTEGER NOT NULL CHECK (verified IN (0, 1))",
                lambda statement, landscape: landscape.is_verified(statement),
            ),
        },
    )
