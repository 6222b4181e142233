"""A new key on a statement is one line where it is read and one where it is declared, and reaches every output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interop_landscape.documents.declare import fields_of, keys_told
from interop_landscape.documents.statement import HELD_OTHERWISE, EvidenceDocument, SearchDocument, StatementDocument
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.statements import Evidence, Searched, Statement
from tests.documents.copies import copy_of_the_program, printed, put_after
from tests.landscapes import fixture_with

READ = '    origin: str | None = key(Text(), "where it was first told", None)\n'
DECLARED = '    origin: str | None = same(Statement, "origin")\n'
TOLD = "told at the harbour"

WRITE_ALL = """
import json, sys
from interop_landscape import loading
from interop_landscape.exchange.database import filled
from interop_landscape.exchange.graphs import graphml, node_link
from interop_landscape.exchange.tables import csv_files
from interop_landscape.reference import PAGES
from interop_landscape.reports.routes import hop_details
from interop_landscape.site import entry_page
from interop_landscape.site.api import api_files
from interop_landscape.site.data import SiteData
from interop_landscape.site.view import View

landscape = loading.load(sys.argv[1])
facts = SiteData(landscape)
files = {path: content.decode() for path, content in api_files(facts)}
found = {name: files[name] for name in (
    "api/v1/statements.json", "api/v1/openapi.json", "api/v1/entries/alpha.json", "downloads/statements.csv",
)}
found["graphml"] = graphml(landscape).decode()
found["node-link"] = node_link(landscape).decode()
found["csv"] = csv_files(landscape)["statements.csv"]
found["sqlite"] = json.dumps(filled(landscape).execute("SELECT origin FROM statements").fetchall())
found["page"] = entry_page.entry(View(facts, "../.."), landscape.entries["alpha"])
found["terminal"] = "\\n".join(str(line) for one in landscape.statements for line in hop_details(one, landscape))
found["json.md"] = PAGES["json.md"]()
found["data.md"] = PAGES["data.md"]()
print(json.dumps(found))
"""

DESCRIBED = ("api/v1/openapi.json", "json.md", "data.md")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every output of a copy of the program that has one key more, for a fixture that uses it."""
    folder = tmp_path_factory.mktemp("program")
    copy = copy_of_the_program(folder)
    put_after(copy / "reading" / "statements.py", "    note: str | None = key(", READ)
    put_after(copy / "documents" / "statement.py", "    note: str | None = same(", DECLARED)
    alpha = (Path(__file__).parent.parent / "fixture" / "landscape" / "frameworks" / "alpha.yml").read_text()
    root = fixture_with(folder, {"frameworks/alpha.yml": told_in(alpha)})
    return printed(folder, WRITE_ALL, root)


def told_in(text: str) -> str:
    """The file with the new key in its first statement."""
    line = next(line for line in text.splitlines() if line.lstrip().startswith("checked: "))
    indent = line[: len(line) - len(line.lstrip())]
    return text.replace(line, f"{indent}origin: {TOLD}\n{line}", 1)


def test_a_new_key_reaches_every_output(outputs: dict[str, str]) -> None:
    assert [name for name, text in outputs.items() if "origin" not in text and name != "sqlite"] == []
    assert [name for name, text in outputs.items() if TOLD not in text and name not in DESCRIBED] == []
    assert [name for name in DESCRIBED if "where it was first told" not in outputs[name]] == []
    schemas = json.loads(outputs["api/v1/openapi.json"])["components"]["schemas"]
    assert all(schemas[name]["properties"]["origin"]["type"] == ["string", "null"] for name in ("Statement", "Hop"))


def test_every_key_of_a_statement_is_held_by_its_document() -> None:
    assert keys_told(StatementDocument, Statement) | set(HELD_OTHERWISE) == set(keys_of(Statement))
    assert set(HELD_OTHERWISE.values()) <= {field.name for field in fields_of(StatementDocument)}
    assert keys_told(EvidenceDocument, Evidence) == set(keys_of(Evidence))
    assert keys_told(SearchDocument, Searched) == set(keys_of(Searched))
