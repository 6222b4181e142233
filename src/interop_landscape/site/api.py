"""The files for programs: every figure of the site as JSON, and downloads of the whole."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from interop_landscape.analysis.gaps import EVERYTHING, STATUSES
from interop_landscape.analysis.score import Scores
from interop_landscape.exchange.graphs import graphml
from interop_landscape.landscape import Landscape
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reports.gaps import GapsReport, fix_document, tally_document
from interop_landscape.reports.plan import PlanReport
from interop_landscape.reports.probes import ProbesReport
from interop_landscape.reports.records import MilestonesReport, RecordsReport
from interop_landscape.reports.routes import statement_document
from interop_landscape.reports.score import ScoreReport
from interop_landscape.reports.show import entry_document
from interop_landscape.site.facts import PLAN_STEPS, Facts
from interop_landscape.site.openapi import SCHEMAS, openapi_document

Document = dict[str, Any]

API: Final = "api/v1"
DOWNLOADS: Final = "downloads"

_BELOW_API: Final = "../../"


def api_files(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """(path below the site, bytes) of every document below ``api/v1`` and of every download."""
    documents = _Documents(facts)
    named = documents.named()
    downloads = _downloads(documents)
    yield f"{API}/index.json", as_bytes(_index(facts, named, downloads))
    for name, document in named.items():
        yield f"{API}/{name}.json", as_bytes(document)
    for entry in facts.landscape.entries:
        yield f"{API}/entries/{entry}.json", as_bytes(documents.entry(entry))
    for name, content in downloads.items():
        yield f"{DOWNLOADS}/{name}", content


def as_bytes(document: object) -> bytes:
    """A JSON document without needless space, in UTF-8, with a line end."""
    return (json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def plain(value: object) -> Any:
    """A model, or anything in one, as it would stand in JSON, with the keys of its file."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.days} days"
    if isinstance(value, Pattern):
        return value.text
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, key.attribute)) for name, key in keys_of(value.__class__).items()}
    raise TypeError(f"no JSON for {type(value).__name__}")


@dataclass(frozen=True)
class _Documents:
    """The documents of a landscape; what several of them hold is made once."""

    facts: Facts

    @property
    def landscape(self) -> Landscape:
        return self.facts.landscape

    def named(self) -> dict[str, Document]:
        """The documents that there is one of, by name."""
        vocabulary = self.landscape.vocabulary
        return {
            "entries": {"schema": "list/v1", "count": len(self.entries), "entries": self.entries},
            "statements": {"schema": "statements/v1", "count": len(self.statements), "statements": self.statements},
            "gaps": self.gaps,
            "plan": self.plan,
            "scores": self.scores,
            "records": self.records,
            "milestones": self.milestones,
            "probes": ProbesReport(
                self.landscape, list(self.landscape.probes.values()), len(self.landscape.probes)
            ).document(),
            "expectations": {"schema": "expectations/v1", "expectations": self.expectations},
            "vocabulary": self.vocabulary,
            "openapi": openapi_document(vocabulary.title, vocabulary.summary),
        }

    @cached_property
    def entries(self) -> list[Document]:
        """Every entry as in ``list/v1``."""
        facts = self.facts
        return [
            {
                **entry_document(entry),
                "statements": len(facts.statements_of.get(name, ())),
                "score": facts.entry_total(name).score,
            }
            for name, entry in self.landscape.entries.items()
        ]

    @cached_property
    def by_edge(self) -> Mapping[tuple[str, str, str], Document]:
        """Every statement by its edge."""
        return {
            statement.edge: statement_document(statement, self.landscape) for statement in self.landscape.statements
        }

    @property
    def statements(self) -> list[Document]:
        """Every statement, in order."""
        return list(self.by_edge.values())

    @cached_property
    def gaps(self) -> Document:
        """``gaps/v1``."""
        report = GapsReport.of(self.facts.gaps, EVERYTHING, top=None, most_fixes=None, fail_on=frozenset())
        return report.document_of(self.facts.top_gaps)

    @cached_property
    def plan(self) -> Document:
        """``plan/v1``."""
        return PlanReport(self.landscape, self.facts.plan, PLAN_STEPS).document()

    @cached_property
    def scores(self) -> Document:
        """``score/v1``."""
        facts = self.facts
        entries = {entry: facts.entry_total(entry) for entry in facts.entry_sides}
        scores = Scores(facts.total, facts.sides, entries)
        return ScoreReport(self.landscape, scores, frozenset(), None).document()

    @cached_property
    def records(self) -> Document:
        """``list-records/v1``."""
        return RecordsReport.of(self.facts.gaps, list(self.landscape.records.values()), top=None).document()

    @cached_property
    def milestones(self) -> Document:
        """``list-milestones/v1``."""
        return MilestonesReport(self.landscape, list(self.facts.milestones), records=True).document()

    @cached_property
    def expectations(self) -> list[Document]:
        """Every expectation with the keys of its file."""
        return [{"id": name, **plain(one)} for name, one in self.landscape.expectations.items()]

    @cached_property
    def vocabulary(self) -> Document:
        """``vocabulary/v1``: the keys of its file."""
        return {"schema": "vocabulary/v1", **plain(self.landscape.vocabulary)}

    def entry(self, name: str) -> Document:
        """``entry/v1``."""
        facts = self.facts
        return {
            "schema": "entry/v1",
            **entry_document(self.landscape.entries[name]),
            "tally": tally_document(facts.entry_total(name)),
            "sides": {side: tally_document(tally) for side, tally in facts.entry_sides.get(name, {}).items()},
            "statements": [self.by_edge[statement.edge] for statement in facts.statements_of.get(name, ())],
            "pairs": _by_status(facts.standing_of.get(name, ())),
            "fixes": [fix_document(fix) for fix in facts.fixes_of.get(name, ())],
        }

    def whole(self) -> Document:
        """``landscape/v1``: everything in one."""
        return {
            "schema": "landscape/v1",
            "generated": self.landscape.today.isoformat(),
            "vocabulary": self.vocabulary,
            "entries": self.entries,
            "statements": self.statements,
            "expectations": self.expectations,
            "pairs": _by_status(self.facts.standing.items()),
            "gaps": self.gaps["gaps"],
            "plan": self.plan,
            "scores": self.scores,
            "records": self.records["records"],
            "milestones": self.milestones["milestones"],
        }


def _by_status(standing: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The ids of pairs by how they stand, every status being there."""
    found: dict[str, list[str]] = {status: [] for status in ("met", *STATUSES)}
    for pair, status in standing:
        found[status].append(pair)
    return found


def _index(facts: Facts, named: Iterable[str], downloads: Iterable[str]) -> Document:
    """``index/v1``: what there is, and where, relative to the index itself."""
    landscape = facts.landscape
    of_kind = Counter(entry.kind for entry in landscape.entries.values())
    return {
        "schema": "index/v1",
        "title": landscape.vocabulary.title,
        "summary": landscape.vocabulary.summary,
        "repository": landscape.vocabulary.repository,
        "generated": landscape.today.isoformat(),
        "counts": {
            "entries": len(landscape.entries),
            "statements": len(landscape.statements),
            "expectations": len(landscape.expectations),
            "gaps": len(facts.gaps),
            "records": len(landscape.records),
            "milestones": len(landscape.milestones),
        },
        "kinds": {kind: of_kind[kind] for kind in landscape.vocabulary.kinds},
        "score": facts.total.score,
        "sides": {side: tally.score for side, tally in facts.sides.items()},
        "files": {name: f"{name}.json" for name in named},
        "entries": {entry: f"entries/{entry}.json" for entry in landscape.entries},
        "downloads": {name: f"{_BELOW_API}{DOWNLOADS}/{name}" for name in downloads},
    }


def _downloads(documents: _Documents) -> dict[str, bytes]:
    """The downloads by the names of their files."""
    return {
        "landscape.json": as_bytes(documents.whole()),
        "statements.csv": _table(documents.statements, list(SCHEMAS["Statement"]["properties"])),
        "entries.csv": _table(documents.entries, list(SCHEMAS["Entry"]["properties"])),
        "landscape.graphml": graphml(documents.landscape),
    }


def _table(rows: Sequence[Document], columns: Sequence[str]) -> bytes:
    """CSV (RFC 4180) with a header; lists are joined by spaces, an empty cell is no value."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue().encode()


def _cell(value: Any) -> str | int | float:
    """A value in one cell: of evidence the addresses, of a proof the probe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return " ".join(str(one["url"] if isinstance(one, dict) else one) for one in value)
    if isinstance(value, dict):
        return str(value["probe"]) if "probe" in value else "; ".join(f"{k} {v}" for k, v in value.items())
    return str(value) if not isinstance(value, int) else value
