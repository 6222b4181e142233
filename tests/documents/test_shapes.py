"""What the program prints has just the shape that is declared, and nothing that it prints is declared nowhere."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from interop_landscape.documents.catalogue import DOCUMENTS
from interop_landscape.documents.declare import component, shape_of
from interop_landscape.reference import PAGES, json_tables
from interop_landscape.site.openapi import SCHEMAS
from tests.conftest import GOLDEN

PRINTED = sorted(GOLDEN.glob("*.json"))


def errors_of(document: dict[str, Any]) -> list[str]:
    """What is wrong with a document by the schema of its shape."""
    (schema,) = [schema for schema in SCHEMAS.values() if shape_named(schema) == document["schema"]]
    whole = {**schema, "components": {"schemas": SCHEMAS}}
    checker = Draft202012Validator(whole, format_checker=FormatChecker(["date"]))
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(document)]


def shape_named(schema: Any) -> str | None:
    """The shape that a schema is of; None where it is that of something within a document."""
    shape: str | None = schema.get("properties", {}).get("schema", {}).get("const")
    return shape


def mapped(document: Any) -> list[dict[str, Any]]:
    """All objects with keys of their own in a document: those with the keys of one that is declared."""
    if isinstance(document, list):
        return [found for one in document for found in mapped(one)]
    if not isinstance(document, dict):
        return []
    inner = [found for one in document.values() for found in mapped(one)]
    closed = [schema for schema in SCHEMAS.values() if schema.get("additionalProperties") is False]
    known = any(set(one["required"]) <= set(document) <= set(one["properties"]) for one in closed)
    return [document, *inner] if known else inner


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_what_is_printed_has_the_declared_shape_and_no_other(path: Path) -> None:
    document = json.loads(path.read_text())
    assert errors_of(document) == []
    assert len(mapped(document)) > 1
    for number, _ in enumerate(mapped(document)):
        more = copy.deepcopy(document)
        mapped(more)[number]["nowhere-declared"] = 1
        assert errors_of(more) != [], "no object takes a key that is not declared"
    for name in document:
        less = {key: value for key, value in document.items() if key != name}
        assert name in ("schema", "assumed") or errors_of(less) != [], f"`{name}` may be missing"


def test_every_shape_has_one_schema_and_one_section_of_the_reference() -> None:
    shapes = [shape_of(document) for document in DOCUMENTS]
    assert len(set(shapes)) == len(shapes) > 10
    assert [shape_named(SCHEMAS[component(document)]) for document in DOCUMENTS] == shapes
    headings = [line[3:] for line in PAGES["json.md"]().splitlines() if line.startswith("## ")]
    assert set(shapes) <= set(headings)
    assert len(headings) == len(set(headings))


def test_every_schema_that_is_referred_to_is_there() -> None:
    referred = set(referred_to(SCHEMAS))
    assert referred
    assert referred <= set(SCHEMAS)


def referred_to(schema: Any) -> list[str]:
    """The names of the schemas that are referred to in some."""
    if isinstance(schema, list):
        return [name for one in schema for name in referred_to(one)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].rpartition("/")[2]] if isinstance(schema.get("$ref"), str) else []
    return [*own, *(name for one in schema.values() for name in referred_to(one))]


def test_a_document_without_a_table_in_the_reference_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class UnheardDocument:
        """Nobody wrote of it."""

        SHAPE = "unheard/v1"

    monkeypatch.setattr("interop_landscape.reference.DOCUMENTS", (*DOCUMENTS, UnheardDocument))
    monkeypatch.setattr("interop_landscape.reference.json_tables", lambda: {"unheard/v1": UnheardDocument})
    with pytest.raises(LookupError, match="unheard/v1"):
        PAGES["json.md"]()
    monkeypatch.undo()
    assert "unheard/v1" not in json_tables()
