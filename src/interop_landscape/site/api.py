"""The files for programs: every figure of the site as JSON, and downloads of the whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
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
from interop_landscape.reading.models import Expectation
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.conformance import ConformancesReport
from interop_landscape.reports.fixes import FixesReport
from interop_landscape.reports.gaps import GapsReport
from interop_landscape.reports.plan import PlanReport
from interop_landscape.reports.probes import ProbesReport
from interop_landscape.reports.records import MilestonesReport, RecordsReport
from interop_landscape.reports.score import ScoreReport
from interop_landscape.reports.specification import specification_markdown
from interop_landscape.site.data import PLAN_STEPS, SiteData
from interop_landscape.site.making import Making, files
from interop_landscape.site.matrix import csv_of, matrix_document, matrix_of
from interop_landscape.site.openapi import openapi_document
from interop_landscape.site.periods import Period
from interop_landscape.site.published import API, CALENDAR, DOWNLOADS, FEED, named_in_index

Document = dict[str, Any]

_BELOW_API: Final = "../../"


def api_files(site_data: SiteData, periods: Sequence[Period] = ()) -> Iterator[tuple[str, bytes]]:
    """(path below the site, bytes) of every document below ``api/v1`` and of every download."""
    return files(api_makings(site_data, periods))


def api_makings(
    site_data: SiteData, periods: Sequence[Period] = (), read: Callable[[str], bytes] | None = None
) -> Iterator[tuple[str, Making]]:
    """(path below the site, what makes it) of every document below ``api/v1`` and of every download.

    The whole is put together of others: ``read`` gives one of these by its path, where it was written already.
    """
    documents = _Documents(site_data, read)
    yield f"{API}/index.json", _document(_index, site_data, periods)
    for name, make in documents.named().items():
        yield f"{API}/{name}.json", _document(make)
    for entry in site_data.landscape.entries.values():
        whole = _document(documents.entry, entry.id)
        for name in (entry.id, *entry.aliases):
            yield f"{API}/entries/{name}.json", whole
    for rule in site_data.landscape.expectations.values():
        yield f"{API}/matrices/{rule.id}.json", _document(_matrix_document, site_data, rule)
        yield f"{API}/matrices/{rule.id}.csv", partial(_matrix_csv, site_data, rule)
    for period in periods:
        yield f"{API}/changes/{period.name}.json", partial(as_bytes, period.told.document)
    for name, make_file in _downloads(documents).items():
        yield f"{DOWNLOADS}/{name}", make_file


def _document(make: Callable[..., Document], *given: Any) -> Making:
    """What makes a file of a document."""
    return lambda: as_bytes(make(*given))


def _matrix_document(site_data: SiteData, rule: Expectation) -> Document:
    return matrix_document(matrix_of(site_data, rule))


def _matrix_csv(site_data: SiteData, rule: Expectation) -> bytes:
    return csv_of(matrix_of(site_data, rule))


def as_bytes(document: object) -> bytes:
    """A JSON document without needless space, in UTF-8, with a line end."""
    return (json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True)
class _Documents:
    """The documents of a landscape; what several of them hold is made once."""

    site_data: SiteData
    read: Callable[[str], bytes] | None = None
    made: dict[str, Document] = field(default_factory=dict)

    @property
    def landscape(self) -> Landscape:
        return self.site_data.landscape

    def named(self) -> dict[str, Callable[[], Document]]:
        """What makes the documents that there is one of, by name."""
        landscape = self.landscape
        vocabulary = landscape.vocabulary
        return {
            "entries": self.entries,
            "statements": self.statements,
            "gaps": self.gaps,
            "fixes": self.fixes,
            "plan": self.plan,
            "scores": self.scores,
            "curation": lambda: json_of(CurationDocument, self.site_data.curation, landscape),
            "records": self.records,
            "milestones": self.milestones,
            "probes": lambda: ProbesReport(
                landscape, list(landscape.probes.values()), len(landscape.probes)
            ).document(),
            "coverage": lambda: json_of(CoverageTablesDocument, coverage_tables(landscape), landscape),
            "expectations": self.expectations,
            "specification": lambda: json_of(SpecificationDocument, None, landscape),
            "conformance": self.conformance,
            "vocabulary": self.vocabulary,
            "openapi": partial(openapi_document, vocabulary.title, vocabulary.summary),
        }

    def written(self, name: str) -> Document:
        """One of these documents, as it was written."""
        content = self.read(f"{API}/{name}.json") if self.read else None
        if name not in self.made:
            self.made[name] = self.named()[name]() if content is None else json.loads(content)
        return self.made[name]

    def entries(self) -> Document:
        """``list/v1`` with scores."""
        site_data, entries = self.site_data, self.site_data.words.everything().entries
        listed = [
            Listed(entry, len(site_data.statements_of.get(name, ())), site_data.entry_total(name).score)
            for name, entry in entries.items()
        ]
        return json_of(EntriesDocument, None, self.landscape, count=len(listed), entries=listed)

    @cached_property
    def _stated(self) -> dict[Edge, StatementDocument]:
        return {}

    def statement(self, one: Statement) -> StatementDocument:
        """The document of a statement with its words, which is made once."""
        told = self.site_data.words.statement(one)
        if one.edge not in self._stated:
            self._stated[one.edge] = document_of(StatementDocument, told, self.landscape)
        return self._stated[one.edge]

    def statements(self) -> Document:
        """``statements/v1``."""
        statements = [self.statement(one) for one in self.site_data.words.everything().statements]
        return json_of(StatementsDocument, None, self.landscape, count=len(statements), statements=statements)

    def gaps(self) -> Document:
        """``gaps/v1``."""
        report = GapsReport.of(self.site_data.gaps, EVERYTHING, top=None, most_fixes=None, fail_on=frozenset())
        return report.document_of(list(map(self.site_data.words.gap, self.site_data.top_gaps)))

    def fixes(self) -> Document:
        """``fixes/v1`` of the best."""
        listed = self.site_data.best_fixes
        told = self.site_data.words.of_edges(edge for one in listed for edge in one.fix.laid)
        return FixesReport(self.site_data.fixes, None).document_of(listed, told)

    def plan(self) -> Document:
        """``plan/v1``."""
        return PlanReport(self.landscape, self.site_data.plan, PLAN_STEPS).document()

    def scores(self) -> Document:
        """``score/v1``."""
        site_data = self.site_data
        entries = {entry: site_data.entry_total(entry) for entry in site_data.entry_sides}
        scores = Scores(site_data.total, site_data.sides, entries)
        return ScoreReport(self.landscape, scores, frozenset(), None).document()

    def records(self) -> Document:
        """``list-records/v1``."""
        return RecordsReport.of(self.site_data.gaps, list(self.landscape.records.values()), top=None).document()

    def milestones(self) -> Document:
        """``list-milestones/v1``."""
        return MilestonesReport(self.landscape, list(self.site_data.milestones), records=True).document()

    def expectations(self) -> Document:
        """``expectations/v1``."""
        rules = self.landscape.expectations.values()
        return json_of(ExpectationsDocument, None, self.landscape, expectations=rules)

    def conformance(self) -> Document:
        """``conformance/v1``."""
        return ConformancesReport.sorted(self.landscape, self.site_data.conformance.values()).document()

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
            entry=site_data.words.entry(name),
            tally=site_data.entry_total(name),
            sides=site_data.entry_sides.get(name, {}),
            statements=[self.statement(one) for one in site_data.statements_of.get(name, ())],
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
        lists = ("entries", "statements", "expectations", "gaps", "records", "milestones")
        parts = {name: self.written(name) for name in ("vocabulary", "plan", "scores")}
        parts |= {name: self.written(name)[name] for name in lists}
        pairs = _by_status(self.site_data.standing.items())
        return json_of(LandscapeDocument, None, self.landscape, pairs=pairs, **dict.fromkeys(parts, ())) | parts


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


def _downloads(documents: _Documents) -> dict[str, Making]:
    """What makes each of the downloads, by the names of their files."""
    landscape, written, words = documents.landscape, documents.written, documents.site_data.words
    return {
        "landscape.json": lambda: as_bytes(documents.whole()),
        "statements.csv": lambda: csv_table(StatementDocument, written("statements")["statements"]),
        "entries.csv": lambda: csv_table(ListedEntryDocument, written("entries")["entries"]),
        "coverage.csv": lambda: coverage_csv(landscape),
        "landscape.graphml": lambda: graphml(words.everything()),
        "specification.md": lambda: specification_markdown(landscape).encode(),
    }
