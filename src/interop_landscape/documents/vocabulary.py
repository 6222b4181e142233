"""The vocabulary and the expectations as they leave the program: with the keys of their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from interop_landscape.documents.declare import Nested, same, told
from interop_landscape.reading.models import (
    Cargo,
    Example,
    Expectation,
    Kind,
    Level,
    Publisher,
    Relation,
    Selector,
    Side,
    Stage,
    Status,
    Steward,
    Term,
    Vocabulary,
)
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.values import Slug


@dataclass(frozen=True, kw_only=True)
class VocabularyDocument:
    """The words that all else uses."""

    SHAPE: ClassVar = "vocabulary/v1"

    title: str = same(Vocabulary, "title")
    summary: str = same(Vocabulary, "summary")
    repository: str | None = same(Vocabulary, "repository")
    publisher: Publisher | None = same(Vocabulary, "publisher")
    license: str | None = same(Vocabulary, "license")
    sides: Mapping[str, Side] = same(Vocabulary, "sides")
    kinds: Mapping[str, Kind] = same(Vocabulary, "kinds")
    relations: Mapping[str, Relation] = same(Vocabulary, "relations")
    aspects: Mapping[str, Term] = same(Vocabulary, "aspects")
    resources: Mapping[str, Term] = same(Vocabulary, "resources")
    cargo: Mapping[str, Cargo] = same(Vocabulary, "cargo")
    stages: Mapping[str, Stage] = same(Vocabulary, "stages")
    stewards: Mapping[str, Steward] = same(Vocabulary, "stewards")
    workflow: Mapping[str, Term] = same(Vocabulary, "workflow")
    statuses: Mapping[str, Status] = same(Vocabulary, "statuses")
    reach: Mapping[str, Level] = same(Vocabulary, "reach")
    coverage: Mapping[str, float] = same(Vocabulary, "coverage")
    examples: tuple[Example, ...] = same(Vocabulary, "examples")


@dataclass(frozen=True, kw_only=True)
class ExpectationDocument:
    """Which entries ought to be connected, by which routes, carrying what, and why."""

    id: str = told(Slug(), "its id")
    side: str = same(Expectation, "side")
    why: str = same(Expectation, "why")
    from_: Selector = same(Expectation, "from")
    to: Selector = same(Expectation, "to")
    need: str = same(Expectation, "need")
    carrying: tuple[str, ...] = same(Expectation, "carrying")
    routes: Mapping[str, Pattern] = same(Expectation, "routes")
    weight: float = same(Expectation, "weight")


@dataclass(frozen=True, kw_only=True)
class ExpectationsDocument:
    """All expectations."""

    SHAPE: ClassVar = "expectations/v1"

    expectations: tuple[ExpectationDocument, ...] = told(
        Nested(ExpectationDocument, many=True), "the expectations by id"
    )
