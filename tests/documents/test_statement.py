"""A new key on a statement is one line where it is read and one where it is declared, and reaches every output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import interop_landscape
from interop_landscape.documents.declare import fields_of, keys_told
from interop_landscape.documents.entry import NOT_HELD, EntryDocument
from interop_landscape.documents.statement import HELD_OTHERWISE, EvidenceDocument, StatementDocument
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Entry
from interop_landscape.reading.statements import Evidence, Statement
from tests.landscapes import fixture_with

PACKAGE = Path(interop_landscape.__file__).parent
TEMPLATES = PACKAGE.parent.parent / "site_templates"

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
from interop_landscape.site import pages
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
found["page"] = pages.entry(View(facts, "../.."), landscape.entries["alpha"])
found["terminal"] = "\\n".join(str(line) for one in landscape.statements for line in hop_details(one, landscape))
found["json.md"] = PAGES["json.md"]()
found["data.md"] = PAGES["data.md"]()
print(json.dumps(found))
"""

DESCRIBED = ("api/v1/openapi.json", "json.md", "data.md")


def after(path: Path, line: str, more: str) -> None:
    """Put one line into a file behind the one that begins so."""
    lines = path.read_text().splitlines(keepends=True)
    (number,) = [number for number, one in enumerate(lines) if one.startswith(line)]
    path.write_text("".join([*lines[: number + 1], more, *lines[number + 1 :]]))


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every output of a copy of the program that has one key more, for a fixture that uses it."""
    folder = tmp_path_factory.mktemp("program")
    copy = folder / "src" / "interop_landscape"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "site_templates"))
    shutil.copytree(TEMPLATES, folder / "site_templates")
    after(copy / "reading" / "statements.py", "    note: str | None = key(", READ)
    after(copy / "documents" / "statement.py", "    note: str | None = same(", DECLARED)
    alpha = (Path(__file__).parent.parent / "fixture" / "landscape" / "frameworks" / "alpha.yml").read_text()
    root = fixture_with(folder, {"frameworks/alpha.yml": told_in(alpha)})
    done = subprocess.run(
        [sys.executable, "-c", WRITE_ALL, root],
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


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


def test_every_key_of_an_entry_is_held_by_its_document() -> None:
    assert keys_told(EntryDocument, Entry) | NOT_HELD == set(keys_of(Entry))
    assert not keys_told(EntryDocument, Entry) & NOT_HELD
