"""The committee's records and milestones: one, or a list of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.gaps import Gap, GapFilter, Gaps
from interop_landscape.analysis.milestones import Progress
from interop_landscape.analysis.movement import idle, is_stuck
from interop_landscape.documents.record import (
    MILESTONE_TABLE,
    RECORD_TABLE,
    ListedRecordDocument,
    MilestoneDocument,
    MilestonesDocument,
    RecordsDocument,
    ShownRecordDocument,
    milestone_document,
    support_now,
)
from interop_landscape.documents.to_json import document_of, json_of, plain
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Record, StageEntry, Vocabulary
from interop_landscape.reports.report import Cell
from interop_landscape.reports.terminal import bar, styled
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class RecordsReport:
    """Records with the number of gaps that each still tracks, in the order of the stages, the latest first."""

    landscape: Landscape
    records: list[Record]
    left: dict[str, int]
    count: int

    @classmethod
    def of(cls, gaps: Gaps, records: list[Record], *, top: int | None) -> RecordsReport:
        """Sort, and count what each record tracks."""
        place = {stage: number for number, stage in enumerate(gaps.landscape.vocabulary.stages)}
        ordered = sorted(records, key=lambda r: (place[r.stage], -r.stages[-1].day.toordinal(), r.id))[:top]
        left = {record.id: gaps.count(GapFilter(closed_by=frozenset({record.closes}))) for record in ordered}
        return cls(gaps.landscape, ordered, left, len(records))

    @property
    def no(self) -> bool:
        """A list never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``list-records/v1``."""
        return json_of(RecordsDocument, self, self.landscape, records=self._listed)

    @property
    def _listed(self) -> tuple[ListedRecordDocument, ...]:
        return tuple(
            document_of(ListedRecordDocument, record, self.landscape, gap_count=self.left[record.id])
            for record in self.records
        )

    def header(self) -> Sequence[str]:
        """One row a record."""
        return RECORD_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The records in order."""
        for document in self._listed:
            yield RECORD_TABLE.row(document, self.landscape)

    def render(self, console: Console) -> None:
        """Two lines a record: what it is, and where it stands."""
        if not self.records:
            console.print("No records of this sort." if self.landscape.records else "Nothing is tracked yet.")
            return
        for record in self.records:
            console.print(Text(record.title, style="bold"), Text(record.id, style="dim"))
            console.print(Padding(Text(" · ").join(self._facts(record)), (0, 0, 0, 2)))
        more = self.count - len(self.records)
        tail = f" … {more:,} more; --top 0 shows all" if more else ""
        console.print(Text(f"\n{counted(len(self.records), 'record')}{tail}", style="dim"))

    def _facts(self, record: Record) -> Iterator[Text]:
        """Stage, days since it moved, gaps, owner and milestone."""
        yield Text(f"{record.stage} for {counted(idle(record, self.landscape).days, 'day')}")
        if is_stuck(record, self.landscape):
            yield Text("has not moved for a year", style="bold yellow")
        yield Text(counted(self.left[record.id], "gap"))
        yield Text(f"owner {record.owner}" if record.owner else "no owner")
        yield Text(f"milestone {record.milestone}" if record.milestone else "no milestone")


@dataclass(frozen=True)
class RecordReport:
    """One record with its life and the first of the gaps that it tracks."""

    landscape: Landscape
    record: Record
    gaps: list[Gap]
    gap_count: int

    @classmethod
    def of(cls, gaps: Gaps, record: Record, *, top: int) -> RecordReport:
        """Collect what the record tracks; `top` 0 lists all of it."""
        mine = GapFilter(closed_by=frozenset({record.closes}))
        return cls(gaps.landscape, record, gaps.top(top or None, mine, most_fixes=5), gaps.count(mine))

    @property
    def no(self) -> bool:
        """Showing a record never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``show-record/v1``."""
        return json_of(ShownRecordDocument, self.record, self.landscape, gap_count=self.gap_count, gaps=self.gaps)

    def header(self) -> Sequence[str]:
        """One row a stage."""
        return tuple(keys_of(StageEntry))

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Its life so far."""
        for step in self.record.stages:
            yield tuple(plain(step).values())

    def render(self, console: Console) -> None:
        """A header, its life, what it would build, and the gaps."""
        record, vocabulary = self.record, self.landscape.vocabulary
        console.print(Text(record.title, style="bold"), Text(f" {record.id} · record", style="dim"))
        console.print(f"{vocabulary.stages[record.stage].name} since {record.stages[-1].day}")
        console.print()
        facts = Table.grid(padding=(0, 2))
        facts.add_column(style="dim", no_wrap=True)
        facts.add_column(overflow="fold")
        if record.owner:
            facts.add_row("carried by", record.owner)
        if record.milestone:
            milestone = self.landscape.milestones[record.milestone]
            facts.add_row("milestone", f"{milestone.title}, due {milestone.due}")
        if record.requirements:
            facts.add_row("for", ", ".join(record.requirements))
        for text in record.closes:
            state = support_now(text, self.landscape)
            facts.add_row("closes", Text(text) + Text(f"  {state}", style=styled(state).style))
        console.print(facts)
        console.print()
        for step in record.stages:
            name = vocabulary.stages[step.stage].name
            console.print(Text(f"{step.day}  ", style="dim") + Text(name, style="bold"))
            for said, style in ((step.note, ""), (step.url, "dim")):
                if said:
                    console.print(Padding(Text(said, style=style), (0, 0, 0, 12)))
        console.print()
        if not self.gap_count:
            console.print("It tracks no gap that is there today.")
            return
        console.print(Text(f"{counted(self.gap_count, 'gap')} that it tracks", style="bold"))
        by_status: dict[tuple[str, str], list[PairId]] = {}
        for gap in self.gaps:
            by_status.setdefault((gap.status, gap.certainty), []).append(gap.pair)
        for (status, certainty), alike in by_status.items():
            for expectation, pairs in phrases.joined(alike, self.landscape):
                line = Text("  ").join([Text(pairs), styled(status), styled(certainty), Text(expectation, "dim")])
                console.print(Padding(line, (0, 0, 0, 2)))
        if self.gap_count > len(self.gaps):
            console.print(f"  … {self.gap_count - len(self.gaps):,} more; --top 0 shows all")


@dataclass(frozen=True)
class MilestonesReport:
    """Milestones with their progress, the earliest due first; with `records`, those that each holds."""

    landscape: Landscape
    milestones: list[Progress]
    records: bool

    @property
    def no(self) -> bool:
        """A milestone never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``list-milestones/v1``."""
        return json_of(MilestonesDocument, self, self.landscape, milestones=self._documents)

    @property
    def _documents(self) -> tuple[MilestoneDocument, ...]:
        return tuple(milestone_document(one, self.landscape) for one in self.milestones)

    def header(self) -> Sequence[str]:
        """One row a milestone."""
        return MILESTONE_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The milestones in order."""
        for document in self._documents:
            yield MILESTONE_TABLE.row(document, self.landscape)

    def render(self, console: Console) -> None:
        """Each milestone with a bar."""
        if not self.milestones:
            console.print("There is no milestone yet: write milestones.yml.")
            return
        for place, one in enumerate(self.milestones):
            if place:
                console.print()
            console.print(Text(one.milestone.title, style="bold"), Text(f" {one.id}", style="dim"))
            console.print(
                Text.assemble(
                    when(one, self.landscape),
                    "  ",
                    bar(one.share, 20),
                    " ",
                    progress_in_words(one, self.landscape.vocabulary),
                )
            )
            if one.milestone.note:
                console.print(Text(one.milestone.note, style="dim"))
            for record in one.held if self.records else ():
                line = Text(f"{record.title}  ").append(f"{record.id}, {record.stage}", style="dim")
                console.print(Padding(line, (0, 0, 0, 2)))


def when(one: Progress, landscape: Landscape) -> str:
    """``reached 2027-01-15``, ``due 2027-01-31``, ``overdue since 2027-01-31``."""
    milestone = one.milestone
    if milestone.reached:
        return f"reached {milestone.reached}"
    return f"{'overdue since' if milestone.due < landscape.today else 'due'} {milestone.due}"


def standing_in_words(one: Progress, record: Record, landscape: Landscape) -> str:
    """The stage of a record of a milestone; when it reached the milestone's, where it is not there now."""
    stages, places = landscape.vocabulary.stages, list(landscape.vocabulary.stages)
    now, goal = stages[record.stage].name, one.milestone.stage
    if goal is None or record not in one.there or places.index(record.stage) >= places.index(goal):
        return now
    reached = next(step for step in record.stages if places.index(step.stage) >= places.index(goal))
    return f"reached {stages[reached.stage].name} on {reached.day}, now at {now} again"


def progress_in_words(one: Progress, vocabulary: Vocabulary) -> str:
    """``5 of 12 records have reached Upstream or beyond (42 %)``."""
    if not one.held:
        return "no records yet"
    reached = (
        f"reached {vocabulary.stages[one.milestone.stage].name} or beyond" if one.milestone.stage else "been closed"
    )
    have = "has" if len(one.held) == 1 else "have"
    return f"{len(one.there)} of {counted(len(one.held), 'record')} {have} {reached} ({percent(one.share)})"
