"""`landscape list`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from interop_landscape.cli.completing import (
    complete_aspect,
    complete_kind,
    complete_maintainer,
    complete_milestone,
    complete_relation,
    complete_stage,
    complete_status,
    complete_steward,
    complete_support,
    complete_tag,
    of_landscape,
)
from interop_landscape.cli.shared import analysis
from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape, known_names
from interop_landscape.reading.statements import SUPPORT, Statement
from interop_landscape.reports.report import Report

EXAMPLES = """\
Examples:

landscape list runtime --sort statements

landscape list --tag deep-learning --status active -f csv

landscape list records --stage upstream

landscape list statements --support none --relation exports   (what was looked for and is not there)

landscape list statements --by onnxmltools --unverified -f csv

landscape list milestones

landscape list probes   (what has been run, with what outcome)

landscape list requirements   (of the interop specification: what tests each, and who meets it)
"""


OTHER_LISTS = ("records", "milestones", "probes", "requirements", "statements")


class Sort(StrEnum):
    """What the list is sorted by."""

    id = "id"
    name = "name"
    kind = "kind"
    status = "status"
    statements = "statements"
    score = "score"


_complete_list = of_landscape(lambda landscape: [*landscape.vocabulary.kinds, *OTHER_LISTS])


@analysis
def list_entries(
    landscape: Landscape,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="Only this kind of entry; or `statements`, `records`, `milestones`, `probes` or `requirements`.",
            autocompletion=_complete_list,
        ),
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(
            "--tag",
            metavar="TAG",
            help="Only entries, or statements of entries, with any of these tags.",
            autocompletion=complete_tag,
        ),
    ] = None,
    steward: Annotated[
        list[str] | None,
        typer.Option(
            "--steward",
            metavar="ID",
            help="Only entries, or statements of entries, of these stewards.",
            autocompletion=complete_steward,
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status", metavar="STATUS", help="active, maintenance or archived.", autocompletion=complete_status
        ),
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option("--stage", metavar="STAGE", help="Only records at these stages.", autocompletion=complete_stage),
    ] = None,
    milestone: Annotated[
        list[str] | None,
        typer.Option(
            "--milestone", metavar="ID", help="Only records of these milestones.", autocompletion=complete_milestone
        ),
    ] = None,
    relation: Annotated[
        list[str] | None,
        typer.Option(
            "--relation",
            metavar="RELATION",
            help="Only statements of these relations.",
            autocompletion=complete_relation,
        ),
    ] = None,
    support: Annotated[
        list[str] | None,
        typer.Option(
            "--support",
            metavar="SUPPORT",
            help="Only `full`, `partial`, `experimental`, `removed` or `none`.",
            autocompletion=complete_support,
        ),
    ] = None,
    of: Annotated[
        list[str] | None,
        typer.Option(
            "--of", metavar="KIND", help="Only statements with such an entry at an end.", autocompletion=complete_kind
        ),
    ] = None,
    aspect: Annotated[
        list[str] | None,
        typer.Option(
            "--aspect",
            metavar="ASPECT",
            help="Only statements about standards of these aspects.",
            autocompletion=complete_aspect,
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="NAME",
            help="Only statements about what these maintain.",
            autocompletion=complete_maintainer,
        ),
    ] = None,
    stale: Annotated[bool, typer.Option("--stale", help="Only statements checked too long ago.")] = False,
    unverified: Annotated[
        bool, typer.Option("--unverified", "--unproven", help="Only statements that no probe has verified.")
    ] = False,
    sort: Annotated[Sort, typer.Option("--sort", help="What to sort by; numbers fall.")] = Sort.kind,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many to list, 0 for all.")] = 0,
) -> Report:
    """List the entries, filtered and sorted; or statements, records, milestones, probes or requirements."""
    from interop_landscape.reports.listing import ListReport
    from interop_landscape.reports.statements import StatementsReport

    vocabulary = landscape.vocabulary
    by_word = {word: name for name, found in vocabulary.kinds.items() for word in (name, found.folder, found.plural)}
    other = next((word for word in OTHER_LISTS if kind in (word, word[:-1]) and kind not in by_word), None)
    if other != "statements" and (relation or support or of or aspect or by or stale or unverified):
        raise BadRequest(
            "--relation, --support, --of, --aspect, --by, --stale and --unverified go with `landscape list statements`"
        )
    if other not in (None, "statements"):
        return _other(other, landscape, stage, milestone, top)
    if stage or milestone:
        raise BadRequest("--stage and --milestone go with `landscape list records`")
    known_names("kind", [kind] if kind else None, [*by_word, *OTHER_LISTS])
    known_names("tag", tag, {tag for entry in landscape.entries.values() for tag in entry.tags})
    known_names("steward", steward, vocabulary.stewards)
    known_names("status", status, vocabulary.statuses)
    chosen = [
        entry
        for entry in landscape.entries.values()
        if (other is not None or kind is None or entry.kind == by_word[kind])
        and (not tag or any(word in entry.tags for word in tag))
        and (not steward or entry.steward in steward)
        and (not status or entry.status in status)
    ]
    if other is None:
        return ListReport.of(landscape, chosen, sort=sort.value, top=top or None)
    wanted = WantedStatements(
        sources=frozenset(entry.id for entry in chosen),
        relations=frozenset(landscape.relation(name)[0] for name in relation or ()),
        supports=known_names("support", support, SUPPORT),
        kinds=frozenset(by_word[word] for word in known_names("kind", of, by_word)),
        aspects=known_names("aspect", aspect, vocabulary.aspects),
        maintainers=known_names("maintainer", by, {s.by for s in landscape.statements if s.by}),
        stale=stale,
        unverified=unverified,
    )
    found = [statement for statement in landscape.statements if wanted.takes(statement, landscape)]
    return StatementsReport(landscape, found[: top or None], len(found))


@dataclass(frozen=True)
class WantedStatements:
    """Which statements are listed: all must hold, each by any of its values; nothing chosen lets all pass."""

    sources: frozenset[str]
    relations: frozenset[str]
    supports: frozenset[str]
    kinds: frozenset[str]
    aspects: frozenset[str]
    maintainers: frozenset[str]
    stale: bool
    unverified: bool

    def takes(self, statement: Statement, landscape: Landscape) -> bool:
        """Whether a statement is wanted."""
        ends = [landscape.entries[end] for end in (statement.source, statement.target)]
        return (
            statement.source in self.sources
            and (not self.relations or statement.relation in self.relations)
            and (not self.supports or statement.support in self.supports)
            and (not self.kinds or any(end.kind in self.kinds for end in ends))
            and (not self.aspects or any(end.aspect in self.aspects for end in ends))
            and (not self.maintainers or statement.by in self.maintainers)
            and (not self.stale or landscape.is_stale(statement))
            and (not self.unverified or not landscape.is_verified(statement))
        )


def _other(what: str, landscape: Landscape, stage: list[str] | None, milestone: list[str] | None, top: int) -> Report:
    """The list of records, of milestones, of probes or of requirements."""
    from interop_landscape.analysis.gaps import Gaps
    from interop_landscape.analysis.milestones import progress
    from interop_landscape.reports.records import MilestonesReport, RecordsReport

    stages = known_names("stage", stage, landscape.vocabulary.stages)
    milestones = known_names("milestone", milestone, landscape.milestones)
    if what == "probes":
        from interop_landscape.reports.probes import ProbesReport

        probes = list(landscape.probes.values())
        return ProbesReport(landscape, probes[: top or None], len(probes))
    if what == "requirements":
        from interop_landscape.reports.conformance import RequirementsReport

        return RequirementsReport.of(landscape, top=top or None)
    if what == "milestones":
        return MilestonesReport(landscape, progress(landscape)[: top or None], records=False)
    chosen = [
        record
        for record in landscape.records.values()
        if (not stages or record.stage in stages) and (not milestones or record.milestone in milestones)
    ]
    return RecordsReport.of(Gaps(landscape), chosen, top=top or None)
