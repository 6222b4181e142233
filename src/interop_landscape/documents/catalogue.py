"""All documents of their own, each with the shape that it has under ``schema``."""

from __future__ import annotations

from typing import Any, Final

from interop_landscape.documents.agenda import AgendaDocument
from interop_landscape.documents.brief import BriefDocument
from interop_landscape.documents.conformance import (
    ConformancesDocument,
    ShownConformanceDocument,
    SpecificationDocument,
)
from interop_landscape.documents.coverage import CoverageTablesDocument
from interop_landscape.documents.curation import CurationDocument
from interop_landscape.documents.diff import DiffDocument, ReportDocument
from interop_landscape.documents.drawing import ExploreDocument, RoutingDocument
from interop_landscape.documents.entry import EntriesDocument
from interop_landscape.documents.fix import FixesDocument
from interop_landscape.documents.gap import GapsDocument
from interop_landscape.documents.graph import NodeLinkDocument
from interop_landscape.documents.importing import ImportDocument, ImportStateDocument
from interop_landscape.documents.keeper import KeepersDocument
from interop_landscape.documents.matrix import MatrixDocument
from interop_landscape.documents.plan import PlanDocument
from interop_landscape.documents.probe import ProbesDocument, ResultFileDocument, VerifyDocument
from interop_landscape.documents.problem import CheckDocument
from interop_landscape.documents.record import MilestonesDocument, RecordsDocument, ShownRecordDocument
from interop_landscape.documents.risk import RisksDocument
from interop_landscape.documents.route import PathDocument
from interop_landscape.documents.shown import ShownEntryDocument, WholeEntryDocument
from interop_landscape.documents.statement import StatementsDocument
from interop_landscape.documents.suite import SuiteFileDocument
from interop_landscape.documents.tally import ScoreHistoryDocument, ScoresDocument
from interop_landscape.documents.vocabulary import ExpectationsDocument, VocabularyDocument
from interop_landscape.documents.whole import IndexDocument, LandscapeDocument

DOCUMENTS: Final[tuple[Any, ...]] = (
    GapsDocument,
    FixesDocument,
    PlanDocument,
    RisksDocument,
    KeepersDocument,
    BriefDocument,
    AgendaDocument,
    PathDocument,
    ShownEntryDocument,
    EntriesDocument,
    ScoresDocument,
    ScoreHistoryDocument,
    CurationDocument,
    IndexDocument,
    WholeEntryDocument,
    StatementsDocument,
    LandscapeDocument,
    RecordsDocument,
    ShownRecordDocument,
    MilestonesDocument,
    ProbesDocument,
    VerifyDocument,
    ResultFileDocument,
    SuiteFileDocument,
    CoverageTablesDocument,
    CheckDocument,
    DiffDocument,
    ReportDocument,
    ImportDocument,
    ImportStateDocument,
    NodeLinkDocument,
    VocabularyDocument,
    ExpectationsDocument,
    SpecificationDocument,
    ConformancesDocument,
    ShownConformanceDocument,
    RoutingDocument,
    ExploreDocument,
    MatrixDocument,
)
