"""One more key of any document is one line, and reaches its JSON, its schema, the reference and its table."""

from __future__ import annotations

import csv
import inspect
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interop_landscape.documents.catalogue import DOCUMENTS
from interop_landscape.documents.declare import component, nested_in, shape_of
from interop_landscape.reference import json_tables
from tests.cli.test_golden import CASES
from tests.documents.copies import PACKAGE, copy_of_the_program, printed
from tests.landscapes import FIXTURE

TOLD = "told at the harbour"
MEANS = "where it was first told"

WRITE_ALL = """
import contextlib, io, json, sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from interop_landscape import loading
from interop_landscape.analysis.agenda import agenda
from interop_landscape.analysis.changes import Changes
from interop_landscape.analysis.fixes import Fixes
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.milestones import progress
from interop_landscape.analysis.plan import plan
from interop_landscape.exchange.graphs import node_link
from interop_landscape.exchange.landscape2.importing import plan_import
from interop_landscape.exchange.landscape2.mapping import read_mapping
from interop_landscape.exchange.landscape2.source import read_data
from interop_landscape.exchange.landscape2.state import State
from interop_landscape.probing.grading import suite_text
from interop_landscape.probing.results import result_text
from interop_landscape.problems import Autofix, Problem
from interop_landscape.reading.models import Stage
from interop_landscape.reading.probes import Comparison
from interop_landscape.reports.agenda import AgendaReport
from interop_landscape.reports.check import CheckReport
from interop_landscape.reports.diff import DiffReport
from interop_landscape.reports.fixes import FixesReport
from interop_landscape.reports.importing import ImportReport
from interop_landscape.reading.suites import read_suite
from interop_landscape.reports.path import PathReport
from interop_landscape.reports.probes import ProbesReport
from interop_landscape.reports.toc import TocReport
from interop_landscape.reports.verify import VerifyReport
from interop_landscape.revisions import Revision
from tests.cli.test_coverage import a_result
from tests.cli.test_importing import DATA
from interop_landscape.analysis.history import point
from interop_landscape.cli.run import run
from interop_landscape.reference import PAGES
from interop_landscape.reports.formats import as_csv, as_json
from interop_landscape.reports.history import HistoryReport
from interop_landscape.site.api import api_files
from interop_landscape.site.drawings import explore_document
from interop_landscape.site.routing import routing_document
from interop_landscape.site.data import SiteData
from tests.landscapes import with_results
from tests.specification import specified

found = {}
folder = Path(sys.argv[3])
landscape = loading.load(sys.argv[1])
moments = [point("abcdef", datetime(2026, 11, 22, tzinfo=UTC), landscape)]
history = HistoryReport(landscape, moments, [("fedcba", "it does not load")], frozenset(), by_own=True)
found["history.json"], found["history.csv"] = as_json(history.document()), as_csv(history)
for name, arguments in json.loads(sys.argv[2]).items():
    for form in ("json", "csv"):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            run([*arguments, "-d", sys.argv[1], "-f", form])
        found[f"{name}.{form}"] = printed.getvalue()
for path, content in api_files(SiteData(landscape)):
    found[path] = content.decode()
first, *others = landscape.statements
verified = landscape.replacing(statements=(replace(first, probe="seen"), *others))
found["verified.json"] = dict(api_files(SiteData(with_results(verified, {"seen": "pass"}))))[
    "api/v1/statements.json"
].decode()
beta = landscape.records["beta-exch"]
declined = replace(beta, stages=(replace(beta.stages[0], stage="declined"),))
stages = {**landscape.vocabulary.stages, "declined": Stage(name="Declined", final=True)}
vocabulary, records = replace(landscape.vocabulary, stages=stages), {**landscape.records, "beta-exch": declined}
refused = landscape.replacing(vocabulary=vocabulary, records=records)
found["declined.json"] = as_json(FixesReport(Fixes(Gaps(refused)), None).document())
results = dict.fromkeys(["seen", "more"], "pass")
probed = with_results(verified, results)
compared = Comparison(what="scores", kind="close", holds=True, difference=0.0, count=7.0)
probed = probed.replacing(
    results={name: replace(result, compared=(compared,)) for name, result in probed.results.items()}
)
report = VerifyReport(tuple(probed.results.values()))
found["verify.json"], found["verify.csv"] = as_json(report.document()), as_csv(report)
report = ProbesReport(probed, list(probed.probes.values()), 2)
found["probes.json"], found["probes.csv"] = as_json(report.document()), as_csv(report)
record = landscape.records["beta-exch"]
other = probed.replacing(
    statements=tuple(others[3:]),
    entries={**landscape.entries, "alpha": replace(landscape.entries["alpha"], summary="Another.")},
    records={**landscape.records, "beta-exch": replace(record, stages=record.stages[:1])},
)
before, after = Revision("before", landscape), Revision("after", other)
changes = Changes(landscape, other)
found["diff.json"] = as_json(DiffReport(before, after, changes).document())
steps, milestones = plan(other, 1), progress(other)
found["report.json"] = as_json(TocReport(before, other, changes, [], milestones, steps, [], "").document())
meeting = AgendaReport(agenda(other, other.today, None, None), None)
found["agenda.json"], found["agenda.csv"] = as_json(meeting.document()), as_csv(meeting)
problem = Problem("a.yml", 1, 1, "bad-id", "it is wrong", autofix=Autofix("a", "b"))
found["check.json"] = CheckReport(None, (problem,)).as_json()
report = ImportReport(plan_import(read_data(DATA, "data.yml"), read_mapping(None, "", None), None, State(), "x"),
                      "data.yml", "", True)
specified(folder)
for name, arguments in {"conformance": ["conformance"], "show-conformance": ["show", "alpha", "--conformance"]}.items():
    for form in ("json", "csv"):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            run([*arguments, "-d", str(folder / "landscape"), "-f", form])
        found[f"{name}.{form}"] = printed.getvalue()
for path, content in api_files(SiteData(loading.load(folder / "landscape"))):
    found[f"specified/{path}"] = content.decode()
found["import.json"], found["import.csv"] = as_json(report.document()), as_csv(report)
report.plan.state.write(folder, "x")
found["state.json"] = (folder / ".import" / "landscape2-x.json").read_text()
found["result.json"] = result_text(next(iter(probed.results.values())))
suite, _ = read_suite("runner-cases", "", json.dumps(a_result()).encode(), landscape.today)
counted = landscape.replacing(
    statements=tuple(
        replace(one, suite=suite.probe) if str(one) == "runner imports exch" else one for one in landscape.statements
    ),
    suites={suite.probe: suite, "older-cases": replace(suite, probe="older-cases")},
)
found["coverage.json"] = dict(api_files(SiteData(counted)))["api/v1/coverage.json"].decode()
found["suite.json"] = suite_text(suite)
ends = counted.entries["alpha"], counted.entries["npu"]
found["operators.json"] = as_json(PathReport.of(counted, *ends, top=5, operators=("Add",)).document())
found["routing.json"] = as_json(routing_document(landscape))
found["explore.json"] = as_json(explore_document(SiteData(landscape)))
found["node-link.json"] = node_link(landscape).decode()
found["json.md"] = PAGES["json.md"]()
print(json.dumps(found))
"""

TABLES = {
    "Topic": ["agenda.csv"],
    "Gap": ["gaps.csv"],
    "Fix": ["brief-gap.csv"],
    "ListedFix": ["fixes.csv"],
    "Candidate": ["brief-gap.csv"],
    "Risk": ["risks.csv"],
    "Keeper": ["risks-keepers.csv"],
    "Step": ["plan.csv"],
    "Tally": ["score.csv", "history.csv"],
    "Hop": ["path.csv"],
    "Statement": ["path.csv", "show-framework.csv", "downloads/statements.csv"],
    "Record": ["list-records.csv"],
    "Milestone": ["list-milestones.csv"],
    "Probe": ["probes.csv"],
    "Run": ["verify.csv"],
    "ImportNote": ["import.csv"],
    "ListedConformance": ["conformance.csv"],
    "Standing": ["show-conformance.csv"],
    "Entry": ["list.csv", "list-score.csv", "downloads/entries.csv"],
    "ListedEntry": ["list.csv", "list-score.csv", "downloads/entries.csv"],
}
"""The tables in which a document stands, a row each."""


def declared() -> Iterator[tuple[str, Any]]:
    """Every document by the name of its schema, those of which others only spread the keys among them."""
    from interop_landscape.documents.entry import EntryDocument

    yield "Entry", EntryDocument
    for document in DOCUMENTS:
        yield component(document), document
        yield from nested_in(document).items()


EVERY = dict(declared())


def key_of(name: str) -> str:
    """The new key of a document, different from that of any other."""
    return f"origin_of_{name.lower()}"


def add_key(copy: Path, name: str, document: Any) -> None:
    """Put one line into the declaration of a document."""
    path = copy / Path(inspect.getfile(document)).relative_to(PACKAGE)
    lines = path.read_text().splitlines(keepends=True)
    start = next(
        number
        for number, line in enumerate(lines)
        if line.startswith((f"class {document.__name__}:", f"class {document.__name__}("))
    )
    more = f'    {key_of(name)}: str = told(Text(), "{MEANS}, {name}", lambda *_: "{TOLD}")\n'
    lines.insert(start + 2, more)
    imported = "from interop_landscape.reading.values import Text\n"
    if imported not in lines:
        lines.insert(lines.index("from __future__ import annotations\n") + 1, imported)
    path.write_text("".join(lines))


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every output of a copy of the program in which each document has one key more."""
    folder = tmp_path_factory.mktemp("program")
    copy = copy_of_the_program(folder)
    for name, document in EVERY.items():
        add_key(copy, name, document)
    return printed(folder, WRITE_ALL, FIXTURE, json.dumps(CASES), tmp_path_factory.mktemp("written"))


@pytest.mark.parametrize("name", EVERY)
def test_a_new_key_is_in_json_in_its_schema_and_in_the_reference(name: str, outputs: dict[str, str]) -> None:
    key = key_of(name)
    written = [text for path, text in outputs.items() if path.endswith(".json") and "openapi" not in path]
    assert any(f'"{key}": "{TOLD}"' in text or f'"{key}":"{TOLD}"' in text for text in written)
    schemas = json.loads(outputs["api/v1/openapi.json"])["components"]["schemas"]
    schema = schemas["ListedEntry" if name == "Entry" else name]
    assert schema["properties"][key] == {"type": "string", "description": f"{MEANS}, {name}"}
    assert key in schema["required"]
    assert f"| `{key}` | {MEANS}, {name} |" in outputs["json.md"]


@pytest.mark.parametrize("name", TABLES)
def test_a_new_key_is_a_column_of_its_tables(name: str, outputs: dict[str, str]) -> None:
    for path in TABLES[name]:
        rows = list(csv.DictReader(io.StringIO(outputs[path], newline="")))
        assert rows
        assert {row[key_of(name)] for row in rows} == {TOLD}, path


def test_every_document_is_held_by_the_reference_under_a_name_of_its_own() -> None:
    told = set(map(id, json_tables().values()))
    assert [name for name, one in EVERY.items() if id(one) not in told] == ["Entry"]
    assert all(shape_of(one) for one in DOCUMENTS)
