"""Exporting to landscape2: its own schemas accept the files, and importing them gives the same entries."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import FormatChecker
from jsonschema.validators import validator_for

from interop_landscape import loading
from interop_landscape.exchange.landscape2 import landscape2_files
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import STATUSES, Entry
from tests.exchange.test_landscape2_import import bring_in
from tests.landscapes import FIXTURE, SNAPSHOT, empty
from tests.strategies import TODAY, VOCABULARY, examples

SCHEMAS = Path(__file__).parent / "schemas"


def _valid(files: dict[str, str]) -> dict[str, Any]:
    """The data of files that landscape2's schemas accept."""
    documents = {name: yaml.safe_load(files[f"{name}.yml"]) for name in ("data", "settings")}
    for name, document in documents.items():
        schema = json.loads((SCHEMAS / f"landscape2-{name}.schema.json").read_text())
        validator_for(schema)(schema, format_checker=FormatChecker()).validate(document)
    for category in documents["data"]["categories"]:
        for subcategory in category["subcategories"]:
            names = [item["name"] for item in subcategory["items"]]
            assert len(names) == len(set(names))
            for item in subcategory["items"]:
                ElementTree.fromstring(files[f"logos/{item['logo']}"])
    return documents


def _essence(landscape: Landscape) -> set[tuple[str | None, ...]]:
    return {(e.name, e.summary, e.homepage, e.repo, e.license, e.status) for e in landscape.entries.values()}


@pytest.mark.parametrize("folder", [FIXTURE, SNAPSHOT])
def test_what_is_exported_is_valid_and_comes_back_the_same(folder: Path, tmp_path: Path) -> None:
    landscape = loading.load(folder)
    files = landscape2_files(landscape)
    _valid(files)
    plan = bring_in(tmp_path / "new", files["data.yml"].encode())
    assert plan.notes == []
    assert _essence(loading.load(tmp_path / "new")) == _essence(landscape)


def test_items_say_whom_they_meet_and_what_landscape2_has_no_key_for() -> None:
    landscape = loading.load(FIXTURE)
    data = _valid(landscape2_files(landscape))["data"]
    items = {
        item["extra"]["annotations"]["id"]: item
        for category in data["categories"]
        for subcategory in category["subcategories"]
        for item in subcategory["items"]
    }
    assert items.keys() == landscape.entries.keys()
    for entry in landscape.entries.values():
        met = {
            landscape.entries[s.target if s.source == entry.id else s.source].name
            for s in landscape.statements
            if entry.id in (s.source, s.target) and s.live
        }
        extra = items[entry.id]["extra"]
        assert set(filter(None, extra.get("summary_integrations", "").split(", "))) == met
        assert extra["annotations"].get("tags", "") == ", ".join(entry.tags)
        assert extra["annotations"]["kind"] == entry.kind


def test_an_empty_landscape_is_exported_too(tmp_path: Path) -> None:
    files = landscape2_files(loading.load(empty(tmp_path)))
    assert _valid(files)["data"] == {
        "categories": [{"name": "Things", "subcategories": [{"name": "Other", "items": []}]}]
    }
    assert _valid(files)["settings"]["foundation"] == "Empty"


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=12).filter(
    lambda text: text == " ".join(text.split()) and text != ""
)


@examples(30)
@given(
    drawn=st.lists(
        st.tuples(st.sampled_from([*VOCABULARY.kinds]), TEXT, TEXT, st.sampled_from(STATUSES), st.booleans()),
        max_size=6,
    )
)
def test_any_text_comes_back(
    drawn: list[tuple[str, str, str, str, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    entries = {
        f"e{n}": Entry(
            id=f"e{n}",
            kind=kind,
            path="",
            name=name,
            summary=summary,
            homepage=f"https://e{n}.example.org/ü?a=#b",
            repo=f"http://e{n}.example.org/r.git" if repo else None,
            status=status,
            tags=("null", "12") if repo else (),
        )
        for n, (kind, name, summary, status, repo) in enumerate(drawn)
    }
    landscape = Landscape(vocabulary=VOCABULARY, today=TODAY, entries=entries)
    files = landscape2_files(landscape)
    _valid(files)
    folder = tmp_path_factory.mktemp("any") / "new"
    bring_in(folder, files["data.yml"].encode())
    back = {(re.sub(r" \(e\d+\)$", "", name or ""), *rest) for name, *rest in _essence(loading.load(folder))}
    assert back == _essence(landscape)
