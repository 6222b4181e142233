"""The committee's report to the TOC: two pages of Markdown, to be sent as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from interop_landscape import phrases
from interop_landscape.analysis.changes import Changes, GapChange
from interop_landscape.analysis.gaps import GapFilter, Gaps
from interop_landscape.analysis.history import Point
from interop_landscape.analysis.milestones import Progress
from interop_landscape.analysis.plan import Plan, Step
from interop_landscape.analysis.risks import Risk
from interop_landscape.analysis.tally import Tally
from interop_landscape.documents.diff import ReportDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record
from interop_landscape.reports.diff import gaps_by_cause, gaps_in_short, tallies_by_side
from interop_landscape.reports.formats import escape_markdown, markdown_link
from interop_landscape.reports.history import sparkline
from interop_landscape.reports.records import progress_in_words, when
from interop_landscape.reports.report import Cell
from interop_landscape.reports.terminal import shift
from interop_landscape.revisions import Revision
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console

_LINES: Final = 5
"""How many lines a list may have; the report is to stay within two pages."""

_NAMES: Final = 4


@dataclass(frozen=True)
class TocReport:
    """What the report is made of: the state now and at the start of the period, and what comes next."""

    base: Revision
    landscape: Landscape
    changes: Changes
    points: Sequence[Point]
    milestones: list[Progress]
    plan: Plan
    risks: list[Risk]
    note: str

    @property
    def no(self) -> bool:
        """A report never says no."""
        return False

    @property
    def _gaps(self) -> Gaps:
        return self.changes.gaps[1]

    @property
    def _start(self) -> str:
        commit = self.base.commit
        return str(commit.when.date()) if commit else self.base.name

    def document(self) -> dict[str, Any]:
        """``report/v1``."""
        return json_of(
            ReportDocument,
            self.changes,
            since=self._start,
            until=self.landscape.today,
            scores=tallies_by_side(self.changes),
            stages={stage: [record.id for record in records] for stage, records in self._by_stage().items()},
            untracked=self._untracked(),
            opened=[change.id for change in self.changes.opened],
            lost=[change.id for change in self.changes.lost],
            met_anew=len(self.changes.met_anew),
            closed=[change.id for change in self.changes.closed],
            milestones=self.milestones,
            plan=[[str(edge) for edge in step.edges] for step in self.plan.steps],
            risks=[risk.name for risk in self.risks],
        )

    def header(self) -> Sequence[str]:
        """One row a side."""
        return "side", "before", "after", "met", "expected"

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The scores by side, then of everything."""
        for side, (old, new) in self.changes.tallies.items():
            yield "all" if side is None else side, _rounded(old), _rounded(new), new.met, new.expected

    def render(self, console: Console) -> None:
        """The Markdown as it is."""
        console.file.write(self.markdown())

    def markdown(self) -> str:
        """The text."""
        title = escape_markdown(self.landscape.vocabulary.title)
        lines = [f"# {title}: report to the TOC", "", f"*{self._start} to {self.landscape.today}*", ""]
        if not self._gaps.tally().expected:
            nothing = "The landscape expects nothing yet, so there is nothing to report: write expectations.yml."
            return "\n".join([*lines, nothing, ""])
        sections: list[tuple[str, Iterable[str]]] = [
            ("In short", self._summary()),
            ("Score", self._scores()),
            ("Gaps that the committee tracks", self._stages()),
            ("Opened and closed", self._moves()),
            ("Milestones", self._timeline()),
            ("Plan for the next period", self._next()),
            ("Risks", self._risks()),
        ]
        for name, section in sections:
            found = list(section)
            if found:
                lines += [f"## {name}", "", *found, ""]
        lines.append(
            "*A connection counts as met where there is a fully supported route; the score is the weighted share of "
            "expected connections that are met (docs/design.md#score). Every edge behind these figures is a statement "
            "with evidence.*"
        )
        return "\n".join(lines) + "\n"

    def _summary(self) -> Iterator[str]:
        old, new = self.changes.tallies[None]
        moved = shift(old.score, new.score)
        since = f"{moved} points since {self._start}" if moved not in ("", "±0") else f"as on {self._start}"
        size = counted(len(self.landscape.entries), "entry", "entries")
        yield (
            f"The map holds {size} and {counted(len(self.landscape.statements), 'statement')}. Of "
            f"{new.expected:,} expected connections, {new.met:,} are met; by weight that is a score of "
            f"**{percent(new.score)}**, "
            f"{since}. In the period: {gaps_in_short(self.changes)}. "
            f"{counted(new.expected - new.met, 'gap')} remain, {self._confirmed():,} of them confirmed."
        )
        if not self.changes:
            yield ""
            yield "Nothing on the map has changed in the period."
        if self.note:
            yield ""
            yield f"Note: {escape_markdown(self.note)}, so the period is compared with that state."

    def _confirmed(self) -> int:
        return self._gaps.count(GapFilter(certainties=frozenset({"confirmed"})))

    def _scores(self) -> Iterator[str]:
        yield "| side | score | since the start | met | trend |"
        yield "|:--|--:|--:|--:|:--|"
        sides = self.landscape.vocabulary.sides
        for side, (old, new) in self.changes.tallies.items():
            if side is not None and side not in sides:
                continue
            name = f"**{phrases.ALL_SIDES}**" if side is None else escape_markdown(sides[side].name)
            series = [point.total if side is None else point.sides.get(side, Tally()) for point in self.points]
            trend = sparkline([tally.score for tally in series], 12).strip()
            met = f"{new.met:,} of {new.expected:,}"
            yield f"| {name} | {percent(new.score)} | {shift(old.score, new.score) or '–'} | {met} | {trend or '–'} |"

    def _by_stage(self) -> dict[str, list[Record]]:
        by_stage: dict[str, list[Record]] = {stage: [] for stage in self.landscape.vocabulary.stages}
        for record in self.landscape.records.values():
            by_stage[record.stage].append(record)
        return by_stage

    def _untracked(self) -> int:
        tracked = self._gaps.count(GapFilter(closed_by=frozenset(r.closes for r in self.landscape.records.values())))
        return len(self._gaps) - (tracked if self.landscape.records else 0)

    def _stages(self) -> Iterator[str]:
        if not self.landscape.records:
            yield "No gap is tracked yet."
            return
        yield "| stage | records | gaps | the latest |"
        yield "|:--|--:|--:|:--|"
        for stage, records in self._by_stage().items():
            if records:
                gaps = self._gaps.count(GapFilter(closed_by=frozenset(record.closes for record in records)))
                latest = max(records, key=lambda r: (r.stages[-1].day, r.id))
                last = latest.stages[-1]
                name = escape_markdown(self.landscape.vocabulary.stages[stage].name)
                yield f"| {name} | {len(records)} | {gaps} | {markdown_link(latest.title, last.url)}, {last.day} |"
        yield ""
        left = self._untracked()
        yield f"{counted(left, 'gap')} of the map {'is' if left == 1 else 'are'} in no record."

    def _moves(self) -> Iterator[str]:
        for title, changes in gaps_by_cause(self.changes):
            if changes[0] not in self.changes.turned:
                yield f"**{title}**"
                yield ""
                yield from (f"- {line}" for line in _grouped(changes, self.landscape))
                yield ""
        moves = self.changes.moved
        titles = self.landscape.records
        for name, old, new in moves[:_LINES]:
            yield f"- Record “{escape_markdown(titles[name].title)}” moved from {old} to {new}."
        new_records = len(self.changes.records.added)
        if new_records:
            if moves:
                yield ""
            yield f"{counted(new_records, 'record')} {'is' if new_records == 1 else 'are'} new."
        if not moves and not new_records and not self.changes.closed and not self.changes.opened:
            yield "Neither a gap nor a record moved."

    def _timeline(self) -> Iterator[str]:
        for m in self.milestones:
            due = when(m, self.landscape)
            come = escape_markdown(progress_in_words(m, self.landscape.vocabulary))
            yield f"- **{escape_markdown(m.milestone.title)}**, {due}: {come}."

    def _next(self) -> Iterator[str]:
        before = self.plan.before.score
        for place, step in enumerate(self.plan.steps, start=1):
            yield f"{place}. {self._step(step, before)}"
            before = step.score
        if self.plan.steps:
            closed = sum(len(step.closes) for step in self.plan.steps)
            yield ""
            yield (
                f"Together these would close {counted(closed, 'gap')} and lift the score from "
                f"{percent(self.plan.before.score, 1)} to {percent(self.plan.after.score, 1)}."
            )

    def _step(self, step: Step, before: float | None) -> str:
        edges = []
        for edge in step.edges:
            reads = self.landscape.vocabulary.relations[edge.relation].reads
            names = self._name(edge.source), self._name(edge.target)
            name = f"{names[0]} {escape_markdown(reads)} {names[1]} {phrases.in_full(edge, self.landscape)}".rstrip()
            edges.append(f"**{name}** ({escape_markdown(phrases.today(edge, self.landscape))})")
        closes = phrases.closing(len(step.closes), step.unlocks, step.value)
        why = escape_markdown(
            f"{phrases.why(step, self.landscape)} {phrases.capital(phrases.tracked(step.record, self.landscape))}"
        )
        return f"{phrases.listed(edges)}: {closes}, {shift(before, step.score)} points. {why}."

    def _risks(self) -> Iterator[str]:
        for risk in self.risks:
            facts = []
            if risk.status != "active":
                facts.append(risk.status)
            if risk.third_party:
                facts.append(phrases.maintained_by(risk.third_party))
            if risk.stale:
                facts.append(phrases.checked(risk.statement, self.landscape) if risk.statement else "stale")
            if risk.bridges:
                alone = "all" if len(risk.bridges) == len(risk.opens) else str(len(risk.bridges))
                facts.append(f"the only route for {alone} of them")
            name = self._name(risk.entry.id) if risk.entry else escape_markdown(risk.name)
            aside = f" ({escape_markdown('; '.join(facts))})" if facts else ""
            yield f"- **{name}**: its loss would open {counted(len(risk.opens), 'gap')}{aside}."
        archived = sum(e.status == "archived" for e in self.landscape.entries.values())
        stale = sum(self.landscape.is_stale(s) for s in self.landscape.statements)
        old = f"{counted(archived, 'entry', 'entries')} of the map {'is' if archived == 1 else 'are'} archived"
        due = f"{counted(stale, 'statement') if stale else 'no statement'} {'are' if stale > 1 else 'is'}"
        yield f"- {old}; {due} due for another look."

    def _name(self, entry: str) -> str:
        return escape_markdown(self.landscape.entries[entry].name)


def _grouped(changes: list[GapChange], landscape: Landscape) -> Iterator[str]:
    """Pairs in words by expectation, the largest groups first."""
    joined = phrases.joined((change.pair for change in changes), landscape)
    groups = sorted(joined, key=lambda item: (-item[1].count(","), item))
    for expectation, pairs in groups[:_LINES]:
        sources, targets = (side.split(", ") for side in pairs.split(" → "))
        said = " → ".join(_cut([_named(name, landscape) for name in names]) for names in (sources, targets))
        yield f"{said} ({escape_markdown(expectation)})"
    if len(groups) > _LINES:
        yield f"and {len(groups) - _LINES} more such groups"


def _named(name: str, landscape: Landscape) -> str:
    entry = landscape.entries.get(name)
    return escape_markdown(entry.name if entry else name)


def _cut(names: list[str]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _rounded(tally: Tally) -> float | None:
    return None if tally.score is None else round(tally.score, 4)
