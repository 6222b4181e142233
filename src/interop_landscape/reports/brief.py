"""One gap, or one record, written up for a discussion between communities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from interop_landscape import phrases
from interop_landscape.analysis.brief import Brief, Candidate
from interop_landscape.analysis.gaps import Gap
from interop_landscape.documents.brief import CANDIDATE_TABLE, BriefDocument, support_today
from interop_landscape.documents.to_json import json_of
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.formats import escape_markdown, markdown_code, markdown_link
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted, number

if TYPE_CHECKING:
    from rich.console import Console

_MOST_NAMES: Final = 8
_MOST_LINKS: Final = 6
_MOST_ROUTES: Final = 3


@dataclass(frozen=True)
class BriefReport:
    """A brief; for people it is Markdown that can be posted as it is."""

    brief: Brief

    @property
    def no(self) -> bool:
        """A brief never says no."""
        return False

    @property
    def _landscape(self) -> Landscape:
        return self.brief.landscape

    def document(self) -> dict[str, Any]:
        """``brief/v1``."""
        return json_of(BriefDocument, self, self._landscape)

    @property
    def questions(self) -> list[str]:
        """What is open."""
        return list(self._questions())

    def header(self) -> Sequence[str]:
        """One row a candidate."""
        return CANDIDATE_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The candidates in order."""
        for candidate in self.brief.candidates:
            yield CANDIDATE_TABLE.row(candidate, self._landscape)

    def render(self, console: Console) -> None:
        """The Markdown as it is, so that what is seen is what is posted."""
        console.file.write(self.markdown())

    @property
    def title(self) -> str:
        """The record's title; the pair, or the edge, in words."""
        b = self.brief
        if b.record is not None:
            return b.record.title
        if b.edges:
            return " and ".join(self._edge(edge) for edge in b.edges)
        gap = b.gaps[0]
        return f"{self._name(gap.source)} to {self._target(gap)}"

    def markdown(self) -> str:
        """The text: the gap, who is affected, today's routes, fixes, evidence, who to involve, questions."""
        sections = [
            (None, self._gap()),
            ("Who is affected", self._affected()),
            ("Current routes and their limits", self._routes()),
            ("What would close it", self._fixes()),
            ("Evidence", self._evidence()),
            ("So far", self._life()),
            ("Who to involve", self._invited()),
            ("What would verify it", self._verification()),
            ("Open questions", [f"- {question}" for question in self.questions]),
        ]
        lines = [f"# {escape_markdown(self.title)}", ""]
        for title, found in sections:
            section = list(found)
            if section:
                lines += [*([f"## {title}", ""] if title else []), *section, ""]
        today = self._landscape.today
        source = f"{escape_markdown(self._landscape.vocabulary.title)}, {today}"
        lines.append(f"*{source}. Counts are those of the map on that day.*")
        return "\n".join(lines) + "\n"

    def _gap(self) -> Iterator[str]:
        b = self.brief
        weight = sum(gap.weight for gap in b.gaps)
        if b.edges:
            for edge in b.edges:
                there = b.landscape.by_edge.get(edge)
                said = "nothing is stated about it today" if there is None else _today(there)
                yield f"**{self._edge(edge)}**: {said}."
            yield ""
            if not b.gaps:
                yield "No gap depends on it any more: every gap that it would close is closed, or no longer expected."
                return
            pairs = counted(len(b.gaps), "expected pair")
            what = "this" if len(b.edges) == 1 else "these"
            without = "without a fully supported route"
            yield f"If fully supported, {what} would close **{pairs}** {without}, of weight {number(weight)}."
            return
        for gap in b.gaps:
            pair = f"{self._name(gap.source)} is expected to reach {self._target(gap)}"
            certainty = f"It is {gap.certainty}: {phrases.CERTAINTY[gap.certainty]}."
            yield f"**{pair}, and {phrases.STATUS[gap.status]}.** {certainty}"
        if not b.gaps:
            yield "It is closed: a fully supported route exists today."

    def _affected(self) -> Iterator[str]:
        by_rule: dict[str, list[Gap]] = {}
        for gap in self.brief.gaps:
            by_rule.setdefault(gap.expectation, []).append(gap)
        for rule, gaps in by_rule.items():
            expectation = self._landscape.expectations[rule]
            side = self._landscape.vocabulary.sides[expectation.side].name
            sources = _listed(self._name(gap.source) for gap in gaps)
            shown = _listed(self._target(gap) for gap in gaps)
            why = escape_markdown(expectation.why)
            yield f"- **{sources}** → {shown} ({escape_markdown(side)}, `{rule}`). {why}"

    def _routes(self) -> Iterator[str]:
        b = self.brief
        missing = [gap for gap in b.gaps if gap.route is None]
        for statement, ids in b.weak_links[:_MOST_LINKS]:
            limits = f": {escape_markdown(statement.limits)}" if statement.limits else ""
            held = [gap for gap in b.gaps if gap.pair in ids]
            pairs = f"{_listed(self._name(gap.source) for gap in held)} → {_listed(self._target(gap) for gap in held)}"
            lacks = phrases.missing_of(statement.edge, self._landscape)
            limits += f". {escape_markdown(lacks)}" if lacks else ""
            yield f"- **{self._edge(statement.edge)}** is {statement.support} only{limits}. It holds back {pairs}."
        if len(b.weak_links) > _MOST_LINKS:
            yield f"- … and {len(b.weak_links) - _MOST_LINKS} more."
        weak = [gap for gap in b.gaps if gap.route is not None]
        if weak:
            yield ""
            yield "For example:"
            yield ""
            routes = dict.fromkeys(self._route(gap) for gap in weak)
            yield from (f"- {route}" for route in list(routes)[:_MOST_ROUTES])
        if missing:
            if weak:
                yield ""
            yield f"No route: {_listed(f'{self._name(gap.source)} → {self._target(gap)}' for gap in missing)}."

    def _route(self, gap: Gap) -> str:
        """A route with its strength and what survives it, such as ``MLX → ONNX → Ascend: partial; …``."""
        assert gap.route is not None
        route = gap.route
        names = [self._name(route.hops[0].source), *(self._name(hop.target) for hop in route.hops)]
        survives = phrases.survives(route, self._landscape.vocabulary)
        said = "; ".join((route.strength, survives, *map(phrases.window, route.windows)))
        return f"{' → '.join(names)}: {escape_markdown(said)}."

    def _fixes(self) -> Iterator[str]:
        candidates = self.brief.candidates
        if not candidates:
            if self.brief.gaps:
                yield "No single edge would close it: look at `landscape plan` for two in series."
            return
        here = len(self.brief.gaps)
        yield "| fix | today | closes here | unlocks in all | how usual |"
        yield "|:--|:--|--:|--:|:--|"
        for c in candidates:
            name = self._edge(c.fix.edge)
            usual = escape_markdown(phrases.usage(c.fix, self._landscape)) or "–"
            mark = "**" if c.asked else ""
            now = support_today(c, self._landscape) or phrases.NOT_STATED
            yield (f"| {mark}{name}{mark} | {now} | {len(c.closes)} of {here} | {number(c.fix.unlocks)} | {usual} |")

    def _evidence(self) -> Iterator[str]:
        for statement in self.brief.concerned:
            checked = phrases.checked(statement, self._landscape)
            yield f"- {self._edge(statement.edge)}: {statement.support} ({checked})"
            if statement.note:
                yield f"    - {escape_markdown(statement.note)}"
            for evidence in statement.evidence:
                yield f"    - {markdown_link(evidence.shows, evidence.url)}"
            for searched in statement.searched:
                yield f"    - {markdown_link(phrases.searched(searched), searched.in_)}"

    def _life(self) -> Iterator[str]:
        record = self.brief.record
        for step in record.stages if record else ():
            stage = self._landscape.vocabulary.stages[step.stage].name
            yield f"- {step.day}, {escape_markdown(stage)}: {markdown_link(step.note or step.url or '', step.url)}"

    def _invited(self) -> Iterator[str]:
        if self.brief.record and self.brief.record.owner:
            yield f"- {escape_markdown(self.brief.record.owner)}, who own this gap"
        for entry in self.brief.invited:
            steward = self._landscape.vocabulary.stewards.get(entry.steward or "")
            facts = [entry.kind, *([f"with {steward.name}"] if steward else [])]
            facts += [] if entry.status == "active" else [entry.status]
            who = markdown_link(entry.name, entry.repo or entry.homepage)
            yield f"- {who} ({escape_markdown(', '.join(facts))})"
        others = dict.fromkeys(
            s.by for s in self.brief.concerned if s.by and s.by not in self._landscape.entries and s.live
        )
        if others:
            yield f"- maintainers of what exists today: {escape_markdown(', '.join(str(one) for one in others))}"

    def _verification(self) -> Iterator[str]:
        landscape = self._landscape
        probes = {s.proof: s for s in self.brief.concerned if s.proof}
        for probe, statement in probes.items():
            result = landscape.results.get(probe)
            said = f"its last run, on {result.day}, says `{result.outcome}`" if result else "it has not been run"
            yield f"- The probe `{probe}` runs “{self._edge(statement.edge)}” for real; {said}."
        if probes:
            return
        if self.brief.edges:
            edge = self.brief.edges[0]
            there = landscape.by_edge.get(edge)
            start, end = self._flow(edge)
            api = f" through {markdown_code(there.api)}" if there is not None and there.api and there.live else ""
            cargo = self._asked()
        elif self.brief.gaps:
            gap = self.brief.gaps[0]
            start, end = self._name(gap.source), self._target(gap)
            api, cargo = "", self._asked()
        else:
            return
        yield (
            f"There is no probe yet. It would transfer something small from {start} to {end}{api}, and compare what "
            f"arrives with what left{f' ({cargo}), number for number' if cargo else ''}."
        )

    def _flow(self, edge: Edge) -> tuple[str, str]:
        backward = self._landscape.vocabulary.relations[edge[1]].flows == "backward"
        names = self._name(edge[0]), self._name(edge[2])
        return (names[1], names[0]) if backward else names

    def _asked(self) -> str:
        """What the expectations of these gaps ask to survive, in words."""
        asked = {name for gap in self.brief.gaps for name in self._landscape.expectations[gap.expectation].carrying}
        return ", ".join(
            escape_markdown(cargo.name) for name, cargo in self._landscape.vocabulary.cargo.items() if name in asked
        )

    def _questions(self) -> Iterator[str]:
        b, landscape = self.brief, self._landscape
        asked = [c for c in b.candidates if c.asked] or list(b.candidates[:1])
        for c in asked:
            edge = c.fix.edge
            there, words = landscape.by_edge.get(edge), self._edge(edge)
            if there is None:
                yield f"Nobody has stated whether {words}. Does it, and since which version?"
            elif there.live and there.limits:
                yield f"Which of the limits of “{words}” would have to go before it counts as full?"
            elif there.support == "none":
                yield f"“{words}” was looked for and not found. Is it planned, wanted, or refused?"
            elif there.support == "removed":
                yield f"Why was “{words}” removed, and would it come back?"
            if there is not None and there.by and there.live:
                keeper = escape_markdown(there.by)
                yield f"It is maintained by {keeper}. Should {self._name(c.fix.source)} take it over, or vouch for it?"
            for end in (edge[0], edge[2]):
                if landscape.entries[end].status == "maintenance":
                    yield f"{self._name(end)} is in maintenance. Who would do the work?"
        for c in self._rivals():
            edge = c.fix.edge
            unlocks = number(c.fix.unlocks)
            yield f"“{self._edge(edge)}” would close as much here, and unlock {unlocks} in all. Is it the better fix?"
        if (cargo := self._asked()) and b.gaps:
            yield f"What has to cross is: {cargo}. What must be said about precision, shapes and operators?"
        for statement in b.concerned:
            if landscape.is_stale(statement):
                yield f"“{self._edge(statement.edge)}” was last checked on {statement.checked}. Does it still hold?"
        if b.record is not None and b.record.owner is None and not landscape.vocabulary.stages[b.record.stage].final:
            yield "Who will do the work?"

    def _rivals(self) -> list[Candidate]:
        """The best candidate that is not asked for, where it is worth no less than what is."""
        asked = [c for c in self.brief.candidates if c.asked]
        others = [c for c in self.brief.candidates if not c.asked]
        most = max((len(c.closes) for c in asked), default=0)
        value = max((c.fix.value for c in asked), default=0.0)
        return [c for c in others if asked and len(c.closes) >= most and c.fix.value >= value][:1]

    def _name(self, entry: str) -> str:
        return escape_markdown(self._landscape.entries[entry].name)

    def _target(self, gap: Gap) -> str:
        if gap.target is not None:
            return self._name(gap.target)
        selector = self._landscape.expectations[gap.expectation].to
        kinds = [self._landscape.vocabulary.kinds[kind].plural for kind in selector.kind]
        return f"any of the expected {escape_markdown(' or '.join(kinds) or 'entries')}"

    def _edge(self, edge: Edge) -> str:
        reads = self._landscape.vocabulary.relations[edge[1]].reads
        return f"{self._name(edge[0])} {escape_markdown(reads)} {self._name(edge[2])}"


def _listed(names: Iterable[str]) -> str:
    """Different names in a row; a long row is cut."""
    some = list(dict.fromkeys(names))
    more = f" and {len(some) - _MOST_NAMES} more" if len(some) > _MOST_NAMES else ""
    return ", ".join(some[:_MOST_NAMES]) + more


def _today(statement: Statement) -> str:
    """A statement in a clause: ``stated as partial today (limits: …)``."""
    limits = f" ({escape_markdown(statement.limits)})" if statement.limits else ""
    return {
        "full": "fully supported today",
        "none": "looked for, and not there today",
        "removed": f"removed{f' after {escape_markdown(statement.until)}' if statement.until else ''}",
    }.get(statement.support, f"{statement.support} today{limits}")
