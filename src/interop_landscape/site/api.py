"""The files for programs: every figure of the site as JSON, and downloads of the whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from interop_landscape.analysis.coverage import coverage_tables
from interop_landscape.analysis.gaps import EVERYTHING, STATUSES
from interop_landscape.analysis.score import Scores
from interop_landscape.documents.conformance import SpecificationDocument
from interop_landscape.documents.coverage import CoverageTablesDocument, coverage_csv
from interop_landscape.documents.csv_table import csv_table
from interop_landscape.documents.curation import CurationDocument
from interop_landscape.documents.entry import EntriesDocument, Listed, ListedEntryDocument
from interop_landscape.documents.shown import WholeEntryDocument
from interop_landscape.documents.statement import StatementDocument, StatementsDocument
from interop_landscape.documents.to_json import document_of, json_of
from interop_landscape.documents.vocabulary import ExpectationsDocument, VocabularyDocument
from interop_landscape.documents.whole import IndexDocument, LandscapeDocument
from interop_landscape.exchange.graphs import graphml
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reports.conformance import ConformancesReport
from interop_landscape.reports.fixes import FixesReport
from interop_landscape.reports.gaps import GapsReport
from interop_landscape.reports.plan import PlanReport
from interop_landscape.reports.probes import ProbesReport
from interop_landscape.reports.records import MilestonesReport, RecordsReport
from interop_landscape.reports.score import ScoreReport
from interop_landscape.reports.specification import specification_markdown
from interop_landscape.site.data import PLAN_STEPS, SiteData
from interop_landscape.site.matrix import csv_of, matrix_document, matrix_of
from interop_landscape.site.openapi import openapi_document
from interop_landscape.site.periods import Period
from interop_landscape.site.published import API, CALENDAR, DOWNLOADS, FEED, named_in_index

Document = dict[str, Any]

_BELOW_API: Final = "../../"


def api_files(site_data: SiteData, periods: Sequence[Period] = ()) -> Iterator[tuple[str, bytes]]:
    """(path below the site, bytes) of every document below ``api/v1`` and of every download."""
    documents = _Documents(site_data)
    named = documents.named()
    downloads = _downloads(documents)
    yield f"{API}/index.json", as_bytes(_index(site_data, periods))
    for name, document in named.items():
        yield f"{API}/{name}.json", as_bytes(document)
    for entry in site_data.landscape.entries.values():
        whole = as_bytes(documents.entry(entry.id))
        for name in (entry.id, *entry.aliases):
            yield f"{API}/entries/{name}.json", whole
    for rule in site_data.landscape.expectations.values():
        table = matrix_of(site_data, rule)
        yield f"{API}/matrices/{rule.id}.json", as_bytes(matrix_document(table))
        yield f"{API}/matrices/{rule.id}.csv", csv_of(table)
    for period in periods:
        yield f"{API}/changes/{period.name}.json", as_bytes(period.told.document)
    for name, content in downloads.items():
        yield f"{DOWNLOADS}/{name}", content


def as_bytes(document: object) -> bytes:
    """A JSON document without needless space, in UTF-8, with a line end."""
    return (json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True)
class _Documents:
    """The documents of a landscape; what several of them hold is made once."""

    site_data: SiteData

    @property
    def landscape(self) -> Landscape:
        return self.site_data.landscape

    def named(self) -> dict[str, Document]:
        """The documents that there is one of, by name."""
        vocabulary = self.landscape.vocabulary
        return {
            "entries": self.entries,
            "statements": self.statements,
            "gaps": self.gaps,
            "fixes": self.fixes,
            "plan": self.plan,
            "scores": self.scores,
            "curation": json_of(CurationDocument, self.site_data.curation, self.landscape),
            "records": self.records,
            "milestones": self.milestones,
            "probes": ProbesReport(
                self.landscape, list(self.landscape.probes.values()), len(self.landscape.probes)
            ).document(),
            "coverage": json_of(CoverageTablesDocument, coverage_tables(self.landscape), self.landscape),
            "expectations": self.expectations,
            "specification": json_of(SpecificationDocument, None, self.landscape),
            "conformance": self.conformance,
            "vocabulary": self.vocabulary,
            "openapi": openapi_document(vocabulary.title, vocabulary.summary),
        }

    @cached_property
    def entries(self) -> Document:
        """``list/v1`` with scores."""
        site_data, entries = self.site_data, self.landscape.entries
        listed = [
            Listed(entry, len(site_data.statements_of.get(name, ())), site_data.entry_total(name).score)
            for name, entry in entries.items()
        ]
        return json_of(EntriesDocument, None, self.landscape, count=len(listed), entries=listed)

    @cached_property
    def by_edge(self) -> Mapping[Edge, StatementDocument]:
        """Every statement by its edge."""
        landscape = self.landscape
        return {one.edge: document_of(StatementDocument, one, landscape) for one in landscape.statements}

    @cached_property
    def statements(self) -> Document:
        """``statements/v1``."""
        statements = list(self.by_edge.values())
        return json_of(StatementsDocument, None, self.landscape, count=len(statements), statements=statements)

    @cached_property
    def gaps(self) -> Document:
        """``gaps/v1``."""
        report = GapsReport.of(self.site_data.gaps, EVERYTHING, top=None, most_fixes=None, fail_on=frozenset())
        return report.document_of(self.site_data.top_gaps)

    @cached_property
    def fixes(self) -> Document:
        """``fixes/v1`` of the best."""
        return FixesReport(self.site_data.fixes, None).document_of(self.site_data.best_fixes)

    @cached_property
    def plan(self) -> Document:
        """``plan/v1``."""
        return PlanReport(self.landscape, self.site_data.plan, PLAN_STEPS).document()

    @cached_property
    def scores(self) -> Document:
        """``score/v1``."""
        site_data = self.site_data
        entries = {entry: site_data.entry_total(entry) for entry in site_data.entry_sides}
        scores = Scores(site_data.total, site_data.sides, entries)
        return ScoreReport(self.landscape, scores, frozenset(), None).document()

    @cached_property
    def records(self) -> Document:
        """``list-records/v1``."""
        return RecordsReport.of(self.site_data.gaps, list(self.landscape.records.values()), top=None).document()

    @cached_property
    def milestones(self) -> Document:
        """``list-milestones/v1``."""
        return MilestonesReport(self.landscape, list(self.site_data.milestones), records=True).document()

    @cached_property
    def expectations(self) -> Document:
        """``expectations/v1``."""
        rules = self.landscape.expectations.values()
        return json_of(ExpectationsDocument, None, self.landscape, expectations=rules)

    @cached_property
    def conformance(self) -> Document:
        """``conformance/v1``."""
        return ConformancesReport.sorted(self.landscape, self.site_data.conformance.values()).document()

    @cached_property
    def vocabulary(self) -> Document:
        """``vocabulary/v1``."""
        return json_of(VocabularyDocument, self.landscape.vocabulary, self.landscape)

    def entry(self, name: str) -> Document:
        """``entry/v1``."""
        site_data = self.site_data
        return json_of(
            WholeEntryDocument,
            None,
            self.landscape,
            entry=self.landscape.entries[name],
            tally=site_data.entry_total(name),
            sides=site_data.entry_sides.get(name, {}),
            statements=[self.by_edge[statement.edge] for statement in site_data.statements_of.get(name, ())],
            pairs=_by_status(site_data.standing_of.get(name, ())),
            confirmed=site_data.confirmed_of.get(name, ()),
            names=self._names(name),
            fixes=site_data.fixes_of.get(name, ()),
        )

    def _names(self, name: str) -> dict[str, str]:
        """The names of the entry and of all at the other ends of its statements and pairs."""
        found = {end for one in self.site_data.statements_of.get(name, ()) for end in (one.source, one.target)}
        for pair, _ in self.site_data.standing_of.get(name, ()):
            found |= {pair.source, pair.target or name}
        return {one: self.landscape.entries[one].name for one in sorted(found | {name})}

    def whole(self) -> Document:
        """``landscape/v1``: everything in one."""
        return json_of(
            LandscapeDocument,
            None,
            self.landscape,
            vocabulary=self.vocabulary,
            entries=self.entries["entries"],
            statements=self.statements["statements"],
            expectations=self.expectations["expectations"],
            pairs=_by_status(self.site_data.standing.items()),
            gaps=self.gaps["gaps"],
            plan=self.plan,
            scores=self.scores,
            records=self.records["records"],
            milestones=self.milestones["milestones"],
        )


def _by_status(standing: Iterable[tuple[PairId, str]]) -> dict[str, list[PairId]]:
    """Pairs by status, every status being there."""
    found: dict[str, list[PairId]] = {status: [] for status in ("met", *STATUSES)}
    for pair, status in standing:
        found[status].append(pair)
    return found


def _index(site_data: SiteData, periods: Sequence[Period]) -> Document:
    """``index/v1``: what there is, and where, relative to the index itself."""
    landscape = site_data.landscape
    of_kind = Counter(entry.kind for entry in landscape.entries.values())
    return json_of(
        IndexDocument,
        None,
        landscape,
        counts=site_data.gaps,
        kinds={kind: of_kind[kind] for kind in landscape.vocabulary.kinds},
        score=site_data.total.score,
        sides={side: tally.score for side, tally in site_data.sides.items()},
        files={one.name: f"{one.name}.json" for one in named_in_index(API)},
        entries={entry: f"entries/{entry}.json" for entry in landscape.entries},
        matrices={rule: f"matrices/{rule}.json" for rule in landscape.expectations},
        tables={rule: f"matrices/{rule}.csv" for rule in landscape.expectations},
        changes={one.name: f"changes/{one.name}.json" for one in periods},
        downloads={one.name: f"{_BELOW_API}{one.path}" for one in named_in_index(DOWNLOADS)},
        feeds={name: f"{_BELOW_API}{name}" for name in (FEED, CALENDAR)},
    )


def _downloads(documents: _Documents) -> dict[str, bytes]:
    """The downloads by the names of their files."""
    return {
        "landscape.json": as_bytes(documents.whole()),
        "statements.csv": csv_table(StatementDocument, documents.statements["statements"]),
        "entries.csv": csv_table(ListedEntryDocument, documents.entries["entries"]),
        "coverage.csv": coverage_csv(coverage_tables(documents.landscape)),
        "landscape.graphml": graphml(documents.landscape),
        "specification.md": specification_markdown(documents.landscape).encode(),
    }
