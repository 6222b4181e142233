"""The CSV files, read back by the csv module and held against the landscape."""

from __future__ import annotations

import csv
import io
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.exchange.tables import csv_files
from interop_landscape.landscape import Landscape
from tests.exchange.test_graphs import odd
from tests.landscapes import FIXTURE
from tests.shared import once

Rows = list[dict[str, str]]


def read(files: dict[str, str], name: str) -> Rows:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"], newline=""), strict=True))


@pytest.fixture(scope="module")
def files(which: str, landscape: Landscape, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    def make(folder: Path) -> None:
        for name, text in csv_files(landscape).items():
            (folder / name).write_bytes(text.encode())

    folder = once(tmp_path_factory, f"tables-{which}", make)
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def test_entries_and_what_is_said_of_them_read_back_the_same(landscape: Landscape, files: dict[str, str]) -> None:
    entries, statements = landscape.entries.values(), landscape.statements
    assert [(row["id"], row["kind"], row["name"], row["summary"], row["repo"]) for row in read(files, "entries")] == [
        (e.id, e.kind, e.name, e.summary, e.repo or "") for e in entries
    ]
    assert {(row["entry"], row["tag"]) for row in read(files, "tags")} == {(e.id, t) for e in entries for t in e.tags}
    fields = ("source", "relation", "target", "support", "by", "api", "since", "limits", "note")
    assert [tuple(row[field] for field in fields) for row in read(files, "statements")] == [
        tuple(getattr(s, field) or "" for field in fields) for s in statements
    ]
    assert {(row["statement"], row["url"], row["shows"]) for row in read(files, "evidence")} == {
        (str(s), e.url, e.shows) for s in statements for e in s.evidence
    }


def test_every_table_and_view_is_a_file_and_every_value_survives(
    connection: sqlite3.Connection, files: dict[str, str]
) -> None:
    objects = connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    wanted = {name for name, _ in objects if "_search" not in name}
    assert {f"{name}.csv" for name in wanted} == set(files)
    assert {"entries", "statements", "evidence", "tags", "expectations", "gaps", "fixes", "records"} <= wanted
    for name in wanted:
        rows = connection.execute(f"SELECT * FROM {name}").fetchall()
        kept = list(csv.reader(io.StringIO(files[f"{name}.csv"], newline=""), strict=True))
        assert [["" if cell is None else str(cell) for cell in row] for row in rows] == kept[1:]


def test_records_are_separated_as_in_rfc_4180(tmp_path: Path) -> None:
    text = csv_files(odd(tmp_path))["entries.csv"]
    assert text.startswith("id,kind,name,")
    assert text.endswith("\r\n")
    assert '"""><b>&amp;' in text


def test_cells_like_formulas_are_kept_as_they_are() -> None:
    landscape = loading.load(FIXTURE)
    first, *others = landscape.statements
    landscape = landscape.replacing(statements=(replace(first, api="=1+1", by="@me", limits="-x", note="+1"), *others))
    row = read(csv_files(landscape), "statements")[0]
    assert (row["api"], row["by"], row["limits"], row["note"]) == ("=1+1", "@me", "-x", "+1")
