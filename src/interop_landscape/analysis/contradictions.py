"""Records and results that contradict the graph: a gap that is there, or gone; an edge that does not run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from interop_landscape.analysis.automata import automaton_of
from interop_landscape.analysis.coverage import coverage_of
from interop_landscape.analysis.routes import RouteFinder, Rule
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape, is_live
from interop_landscape.problems import Problem, Severity
from interop_landscape.reading.models import Record
from interop_landscape.reading.statements import LIVE
from interop_landscape.text import counted, percent

_DONE, _WEAK, _LEFT = "done", "weak", "left"


def contradictions(landscape: Landscape) -> Iterator[Problem]:
    """The records and probes that contradict the graph, where the landscape has no other problems.

    A closed record needs every edge that it closes alive and every gap gone; any other record needs one of
    them left. An edge that is alive but not in full is a warning.
    """
    yield from _failed_probes(landscape)
    yield from _poor_coverage(landscape)
    graph = _Graph(landscape)
    for record in landscape.records.values():
        stands = {text: graph.stands(text) for text in record.closes}
        if landscape.vocabulary.stages[record.stage].closes:
            yield from _ahead(record, stands)
        elif all(how == _DONE for how, _ in stands.values()):
            yield _behind(landscape, record, stands)


def _failed_probes(landscape: Landscape) -> Iterator[Problem]:
    """Statements whose probe saw otherwise when it ran last."""
    for statement in landscape.statements:
        verification = landscape.verification(statement)
        if verification is None or verification.result is None or verification.state != "failed":
            continue
        result = verification.result
        broken = [comparison.what for comparison in result.compared if not comparison.holds]
        said = f" ({broken[0]})" if broken else ""
        message = f"`{statement}` is stated as `{statement.support}`, but its probe failed on {result.day}{said}"
        hint = f"correct the statement, or fix the probe and run `landscape verify {statement.proof}`"
        yield Problem(statement.path, statement.line, statement.column, "failed-probe", message, hint)


def _poor_coverage(landscape: Landscape) -> Iterator[Problem]:
    """A warning for each statement of which too little works, or whose other numbers it does not tell."""
    for statement in landscape.statements:
        coverage = coverage_of(landscape, statement)
        if coverage is None or coverage.stale or not statement.live:
            continue
        least = landscape.vocabulary.coverage.get(statement.support, 0.0)
        others = coverage.tally.counts.get("other-numbers", 0)
        said = ""
        if not coverage.suite.own and coverage.tally.share_of_fed < least:
            share = percent(coverage.tally.share_of_fed)
            said = f"its suite counted {share} of what can be fed, of at least {percent(least)}"
        elif others and statement.support == LIVE[0] and not (statement.limits or statement.note):
            said = f"in its suite {counted(others, 'case gives', 'cases give')} other numbers"
        if said:
            message = f"`{statement}` is stated as `{statement.support}`, but {said}"
            hint = "state it as `partial`, with what the suite sees as its `limits`, or tell it in its `note`"
            place = statement.path, statement.line, statement.column
            yield Problem(*place, "poor-coverage", message, hint, "warning")


def _ahead(record: Record, stands: dict[str, tuple[str, str]]) -> Iterator[Problem]:
    line, column = record.stages[-1].place("stage")
    for text, (how, why) in stands.items():
        if how != _DONE:
            severity: Severity = "warning" if how == _WEAK else "error"
            message = f"the record is at `{record.stage}`, but {why}"
            hint = f"correct what is stated about `{text}`, or append the stage that it is really at"
            yield Problem(record.path, line, column, "record-ahead", message, hint, severity)


def _behind(landscape: Landscape, record: Record, stands: dict[str, tuple[str, str]]) -> Problem:
    line, column = record.stages[-1].place("stage")
    stages = landscape.vocabulary.stages
    closing = next((name for name, stage in stages.items() if stage.closes), None)
    message = f"the record is at `{record.stage}`, but {', and '.join(why for _, why in stands.values())}"
    hint = f"append `- {{stage: {closing}, date: {landscape.today}, url: …}}`" if closing else "remove the record"
    return Problem(record.path, line, column, "record-behind", message, hint)


class _Graph:
    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape

    @cached_property
    def _finder(self) -> RouteFinder:
        return RouteFinder(self.landscape)

    def stands(self, text: str) -> tuple[str, str]:
        """(how, why): the status today of something that a record closes, and that in words."""
        if PairId.looks_like(text):
            return self._gap(text)
        edge = self.landscape.parse_edge(text)
        there = self.landscape.by_edge.get(edge)
        if there is None:
            return _LEFT, f"nothing is stated about `{edge}`"
        how = _DONE if there.support == "full" else _WEAK if is_live(there) else _LEFT
        return how, f"`{edge}` is `{there.support}`"

    def _gap(self, text: str) -> tuple[str, str]:
        landscape = self.landscape
        name, source, target = landscape.parse_gap_id(text)
        expectation = landscape.expectations[name]
        expected = {
            entry.id
            for entry in landscape.entries.values()
            if entry.status != "archived" and entry.id != source and expectation.to.selects(entry)
        }
        goals = expected if target is None else expected & {target}
        start = landscape.entries[source]
        if (
            start.status == "archived"
            or not expectation.from_.selects(start)
            or not goals
            or (target is None) != (expectation.need == "any")
        ):
            return _DONE, f"`{text}` is not expected"
        rule = Rule(automaton_of(list(expectation.routes.values())), frozenset(expectation.carrying))
        routes = self._finder.find([rule], source, goals, top=1, sensible=False)
        if routes and routes[0].strength == "full":
            return _DONE, f"the gap `{text}` is closed"
        return _LEFT, f"the gap `{text}` is still there"
