"""What suites counted, as it leaves the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from interop_landscape.documents.declare import EMPTY, NULL, Nested, same, told
from interop_landscape.reading.suites import SUITE_SCHEMA, Earlier, Others, Same, SuiteResult


@dataclass(frozen=True, kw_only=True)
class TakenGroupDocument:
    """How many cases of a group gave just what they ought to."""

    group: tuple[str, ...] = same(Same, "group")
    count: int = same(Same, "count")


@dataclass(frozen=True, kw_only=True)
class OtherCasesDocument:
    """Cases of a group that came to the same end, which is not `same`."""

    OMITS: ClassVar = NULL

    group: tuple[str, ...] = same(Others, "group")
    outcome: str = same(Others, "outcome")
    said: str | None = same(Others, "said")
    cases: tuple[str, ...] = same(Others, "cases")


@dataclass(frozen=True, kw_only=True)
class EarlierVersionDocument:
    """What an earlier version came to."""

    version: str = same(Earlier, "version")
    date: date = same(Earlier, "date")
    counts: Mapping[str, int] = same(Earlier, "counts")
    whole: int = same(Earlier, "whole")
    groups: int = same(Earlier, "groups")


@dataclass(frozen=True, kw_only=True)
class SuiteFileDocument:
    """The file of what a suite counted."""

    SHAPE: ClassVar = SUITE_SCHEMA
    OMITS: ClassVar = EMPTY

    probe: str = same(SuiteResult, "probe")
    subject: str = same(SuiteResult, "subject")
    date: date = same(SuiteResult, "date")
    platform: Mapping[str, str] = same(SuiteResult, "platform", "`system`, `machine`, `python`, `libc`")
    versions: Mapping[str, str] = same(SuiteResult, "versions")
    program: str = same(SuiteResult, "program")
    kit: str | None = same(SuiteResult, "kit")
    control: str = same(SuiteResult, "control")
    keys: tuple[str, ...] = same(SuiteResult, "keys")
    own: bool = same(SuiteResult, "own")
    cases: int = same(SuiteResult, "cases")
    notes: tuple[str, ...] = same(SuiteResult, "notes")
    same: tuple[TakenGroupDocument, ...] = told(
        Nested(TakenGroupDocument, many=True), "how many cases are the same: `group`, `count`"
    )
    others: tuple[OtherCasesDocument, ...] = told(
        Nested(OtherCasesDocument, many=True), "the cases that are not, with why: `group`, `outcome`, `said`, `cases`"
    )
    earlier: tuple[EarlierVersionDocument, ...] = told(
        Nested(EarlierVersionDocument, many=True),
        "what other versions came to before, the newest first: `version`, `date`, `counts`, `whole`, `groups`",
    )
