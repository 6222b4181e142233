"""A new key on a model is one line where it is read and one where it is declared, and reaches every output."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from interop_landscape.documents import probe, record
from interop_landscape.documents.curation import SampleDocument
from interop_landscape.documents.declare import keys_told
from interop_landscape.documents.entry import NOT_HELD, EntryDocument
from interop_landscape.documents.probe import ComparisonDocument, ResultDocument, ResultFileDocument
from interop_landscape.documents.record import MilestoneDocument, RecordDocument
from interop_landscape.documents.vocabulary import ExpectationDocument, VocabularyDocument
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Entry, Expectation, Milestone, Record, Sample, Vocabulary
from interop_landscape.reading.probes import Comparison, Result
from tests.documents.copies import copy_of_the_program, printed, put_after
from tests.landscapes import FIXTURE, fixture_with


@dataclass(frozen=True)
class NewKey:
    """The key `origin` of a model: behind which line of the models and of which document, and a file that has it."""

    model: str
    read_after: str
    document: str
    file: str
    said_before: str

    @property
    def doc(self) -> str:
        return f"where it was first told of the {self.model.lower()}"

    @property
    def value(self) -> str:
        return f"the {self.model.lower()} was told at the harbour"


NEW = {
    one.model: one
    for one in (
        NewKey("Entry", "    repo: ", "entry", "frameworks/alpha.yml", "license: "),
        NewKey("Record", "    milestone: ", "record", "gaps/beta-exch.yml", "milestone: "),
        NewKey("Milestone", "    reached: ", "record", "milestones.yml", "  note: "),
        NewKey("Expectation", "    why: ", "vocabulary", "expectations.yml", "  from: {kind: framework, tags: [deep]}"),
        NewKey("Vocabulary", "    repository: ", "vocabulary", "landscape.yml", "sides:"),
    )
}

WRITE_ALL = """
import io, json, sys
from rich.console import Console
from interop_landscape import loading
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.milestones import progress
from interop_landscape.exchange.database import filled
from interop_landscape.exchange.graphs import graphml, node_link
from interop_landscape.exchange.tables import csv_files
from interop_landscape.reference import PAGES
from interop_landscape.reports.formats import as_csv, as_json
from interop_landscape.reports.records import MilestonesReport, RecordReport, RecordsReport
from interop_landscape.reports.show import EntryReport
from interop_landscape.site import entry_page
from interop_landscape.site.api import api_files
from interop_landscape.site.data import SiteData
from interop_landscape.site.view import View

landscape = loading.load(sys.argv[1])
facts, gaps = SiteData(landscape), Gaps(landscape)
alpha, beta = landscape.entries["alpha"], landscape.records["beta-exch"]
found = {path: content.decode() for path, content in api_files(facts)}
found["graphml"], found["node-link"] = graphml(landscape).decode(), node_link(landscape).decode()
found["csv"] = csv_files(landscape)["entries.csv"]
found["sqlite"] = json.dumps(filled(landscape).execute("SELECT origin FROM entries").fetchall())
found["page"] = entry_page.entry(View(facts, "../.."), alpha)
shown = EntryReport.of(gaps, alpha, top=1)
console = Console(file=io.StringIO(), width=200)
shown.render(console)
found["show"] = console.file.getvalue()
found["show/v1"] = as_json(shown.document())
found["show-record/v1"] = as_json(RecordReport.of(gaps, beta, top=1).document())
records = RecordsReport.of(gaps, list(landscape.records.values()), top=None)
found["list-records/v1"], found["list-records.csv"] = as_json(records.document()), as_csv(records)
milestones = MilestonesReport(landscape, progress(landscape), records=False)
found["list-milestones/v1"], found["list-milestones.csv"] = as_json(milestones.document()), as_csv(milestones)
found |= {name: page() for name, page in PAGES.items()}
print(json.dumps(found))
"""

REACHED = {
    "Entry": [
        *("api/v1/entries.json", "api/v1/entries/alpha.json", "downloads/landscape.json", "show/v1", "show"),
        *("downloads/entries.csv", "csv", "sqlite", "page", "graphml", "node-link"),
    ],
    "Record": [
        *("api/v1/records.json", "downloads/landscape.json", "list-records/v1", "show-record/v1", "list-records.csv"),
    ],
    "Milestone": [
        *("api/v1/milestones.json", "downloads/landscape.json", "list-milestones/v1", "list-milestones.csv"),
    ],
    "Expectation": ["api/v1/expectations.json", "downloads/landscape.json"],
    "Vocabulary": ["api/v1/vocabulary.json", "downloads/landscape.json"],
}
"""The outputs that hold the value of the key of each model."""

SCHEMAS = {
    "Entry": ["ListedEntry", "ShownEntry", "WholeEntry"],
    "Record": ["Record", "ListedRecord", "ShownRecord"],
    "Milestone": ["Milestone"],
    "Expectation": ["Expectation"],
    "Vocabulary": ["Vocabulary"],
}
"""The schemas that describe it."""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Every output of a copy of the program whose models have one key more each, for a fixture that uses them."""
    folder = tmp_path_factory.mktemp("program")
    copy = copy_of_the_program(folder)
    for name, new in NEW.items():
        read = f'    origin: str | None = key(Text(), "{new.doc}", None)\n'
        put_after(copy / "reading" / "models.py", new.read_after, read)
        line = f"{new.read_after}str" if name != "Milestone" else f"{new.read_after}date"
        put_after(copy / "documents" / f"{new.document}.py", line, f'    origin: str | None = same({name}, "origin")\n')
    files = {new.file: told_in((FIXTURE / new.file).read_text(), new) for new in NEW.values()}
    return printed(folder, WRITE_ALL, fixture_with(folder, dict(files)))


def told_in(text: str, new: NewKey) -> str:
    """The file with the key before the line that begins so."""
    lines = text.splitlines(keepends=True)
    (number,) = [number for number, line in enumerate(lines) if line.startswith(new.said_before)]
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    return "".join([*lines[:number], f"{indent}origin: {new.value}\n", *lines[number:]])


@pytest.mark.parametrize("name", NEW)
def test_a_new_key_reaches_every_output(name: str, outputs: Mapping[str, str]) -> None:
    assert [output for output in REACHED[name] if NEW[name].value not in outputs[output]] == []


@pytest.mark.parametrize("name", NEW)
def test_a_new_key_is_described(name: str, outputs: Mapping[str, str]) -> None:
    assert [page for page in ("json.md", "data.md") if NEW[name].doc not in outputs[page]] == []
    schemas: dict[str, Any] = json.loads(outputs["api/v1/openapi.json"])["components"]["schemas"]
    described = {one: schemas[one]["properties"].get("origin") for one in SCHEMAS[name]}
    expected = {"type": ["string", "null"], "description": NEW[name].doc}
    assert described == dict.fromkeys(SCHEMAS[name], expected)


@pytest.mark.parametrize(
    ("document", "model", "held_otherwise", "not_held"),
    [
        (EntryDocument, Entry, {}, NOT_HELD),
        (RecordDocument, Record, record.HELD_OTHERWISE, frozenset()),
        (MilestoneDocument, Milestone, {}, frozenset()),
        (SampleDocument, Sample, {}, frozenset()),
        (ExpectationDocument, Expectation, {}, frozenset()),
        (VocabularyDocument, Vocabulary, {}, frozenset()),
        (ResultFileDocument, Result, probe.HELD_OTHERWISE, probe.NOT_HELD),
        (ComparisonDocument, Comparison, probe.COUNT_HELD_OTHERWISE, frozenset()),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else "",
)
def test_every_key_of_a_model_is_held_by_its_document(
    document: type, model: type, held_otherwise: Mapping[str, str], not_held: frozenset[str]
) -> None:
    told = keys_told(document, model)
    assert told | set(held_otherwise) | not_held == set(keys_of(model))
    assert not told & not_held
    fields = document.__dataclass_fields__  # type: ignore[attr-defined]
    assert set(held_otherwise.values()) <= set(fields)


def test_the_result_of_a_probe_leaves_out_what_its_file_holds_for_the_program() -> None:
    own = set(keys_of(Result)) - set(probe.HELD_OTHERWISE) - keys_told(ResultDocument, Result)
    assert own == {"schema", "probe", "program", "proves", "log"}
