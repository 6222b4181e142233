"""What a meeting of the committee has to decide: docs/design.md#agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeVar, get_args

from interop_landscape.analysis.contradictions import contradictions
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.fixes import Fixes
from interop_landscape.analysis.gaps import GapFilter, Gaps
from interop_landscape.analysis.joint import WholeFix
from interop_landscape.analysis.milestones import Progress, progress
from interop_landscape.analysis.movement import is_open, is_stuck
from interop_landscape.analysis.plan import plan_from
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape
from interop_landscape.problems import Problem
from interop_landscape.reading.models import Entry, Record
from interop_landscape.reading.statements import Statement
from interop_landscape.text import slug

Sort = Literal["contradicted", "due", "stuck", "milestone", "failed", "rerun", "stale", "confirmed", "proposal"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
"""The sorts of topics, in the order of the meeting."""

Role = Literal["builds", "owns", "receives", "maintains"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""What somebody who is invited has to do with a topic: builds the edge, owns the format, is the edge's other end,
maintains what is there today."""

STEPS: Final = 5

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Invited:
    """An entry whose people are invited, and what for."""

    entry: Entry
    role: Role


@dataclass(frozen=True)
class Topic:
    """One thing to decide.

    ``name`` is a record, an edge, an entry, a probe or a milestone, by its sort; ``sort`` the first of ``sorts``, why
    it is on the agenda. ``why`` says in words what no other field holds.
    """

    sorts: tuple[Sort, ...]
    name: str
    invited: tuple[Invited, ...] = ()
    record: Record | None = None
    milestone: Progress | None = None
    edges: tuple[Edge, ...] = ()
    gaps: tuple[PairId, ...] = ()
    statements: tuple[Statement, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def sort(self) -> Sort:
        """The first reason why it is on the agenda."""
        return self.sorts[0]

    @property
    def id(self) -> str:
        """What its issue is called."""
        return f"{self.sort}-{slug(self.name)}"


@dataclass(frozen=True)
class Agenda:
    """The topics in the order of the meeting; ``since`` is None where there is no history to compare with."""

    landscape: Landscape
    until: date
    since: date | None
    topics: tuple[Topic, ...]
    milestones: tuple[Progress, ...]


def agenda(landscape: Landscape, until: date, base: Landscape | None, since: date | None) -> Agenda:
    """What is to be decided at a meeting before `until`; gaps are newly confirmed where they were not so in `base`."""
    gaps = Gaps(landscape)
    problems = list(contradictions(landscape))
    milestones = progress(landscape)
    topics = [
        *_records(landscape, gaps, milestones, problems, until),
        *(Topic(("milestone",), one.id, milestone=one) for one in milestones if _is_due(one, until)),
        *_failed(landscape, problems),
        *_reruns(landscape),
        *_stale(landscape, until),
        *(_confirmed(gaps, base) if base else ()),
        *_proposals(gaps),
    ]
    ordered = sorted(topics, key=lambda topic: SORTS.index(topic.sort))
    return Agenda(landscape, until, since, tuple(ordered), tuple(milestones))


def _is_due(one: Progress, until: date) -> bool:
    return one.milestone.reached is None and one.milestone.due <= until


def _records(
    landscape: Landscape, gaps: Gaps, milestones: list[Progress], problems: list[Problem], until: date
) -> Iterator[Topic]:
    """A topic for each record that is contradicted, due or stuck, with all of these that it is."""
    due = {
        record.id
        for one in milestones
        if _is_due(one, until)
        for record in one.held
        if record not in one.there and is_open(record, landscape)
    }
    against = _grouped(problems, lambda problem: problem.path)
    for record in landscape.records.values():
        said = tuple(problem.message for problem in against.get(record.path, ()))
        held: Mapping[Sort, bool] = {
            "contradicted": bool(said),
            "due": record.id in due,
            "stuck": is_stuck(record, landscape),
        }
        sorts = tuple(sort for sort, holds in held.items() if holds)
        if sorts:
            edges = [landscape.parse_edge(text) for text in record.closes if not PairId.looks_like(text)]
            tracked = gaps.in_order(GapFilter(closed_by=frozenset({record.closes})))
            yield Topic(
                sorts,
                record.id,
                tuple(invited(landscape, edges)),
                record=record,
                edges=tuple(edges),
                gaps=tuple(tracked),
                why=said,
            )


def _failed(landscape: Landscape, problems: list[Problem]) -> Iterator[Topic]:
    """A topic for each probe that saw otherwise than is stated."""
    stated = {(statement.path, statement.line): statement for statement in landscape.statements}
    said = [(stated[problem.path, problem.line], problem.message) for problem in problems if problem.code == _FAILED]
    for probe, found in _grouped(said, lambda one: one[0].proof or "").items():
        statements = tuple(statement for statement, _ in found)
        yield Topic(
            ("failed",),
            probe,
            tuple(invited(landscape, [statement.edge for statement in statements])),
            statements=statements,
            why=tuple(message for _, message in found),
        )


_FAILED: Final = "failed-probe"


def _reruns(landscape: Landscape) -> Iterator[Topic]:
    """A topic for each probe whose last result no longer speaks of what is stated."""
    old = [s for s in landscape.statements if (found := landscape.verification(s)) and found.state == "stale"]
    for probe, statements in _grouped(old, lambda statement: statement.proof or "").items():
        result = landscape.results[probe]
        changed = result.program != landscape.probes[probe].digest
        why = "its program has changed" if changed else "its statements have changed, or it has grown old"
        yield Topic(("rerun",), probe, statements=tuple(statements), why=(f"it last ran on {result.day}, and {why}",))


def _stale(landscape: Landscape, until: date) -> Iterator[Topic]:
    """A topic for each entry with statements that nobody has looked at for too long by the day of the meeting."""
    entries = landscape.entries
    old = [s for s in landscape.statements if until - s.checked > entries[s.stated_by].fresh_for]
    for name, statements in _grouped(old, lambda statement: statement.stated_by).items():
        yield Topic(("stale",), name, (Invited(entries[name], "maintains"),), statements=tuple(statements))


def _confirmed(gaps: Gaps, base: Landscape) -> Iterator[Topic]:
    """A topic for each fix that would close gaps which no record tracks, and which were not confirmed before."""
    known = frozenset(pair.id for pair in Gaps(base).pairs() if pair.certainty == "confirmed")
    tracked = frozenset(pair for each in gaps.expected for pair in _tracked(gaps, each))
    wanted = GapFilter(certainties=frozenset({"confirmed"}), exclude=known | tracked)
    for group in Fixes(gaps, wanted).groups(None):
        pairs = tuple(pair.id for pair in group.gaps)
        if group.listed is None:
            yield Topic(("confirmed",), "no-single-fix", gaps=pairs)
            continue
        fix = group.listed.fix
        edges = tuple(fix.laid)
        yield Topic(
            ("confirmed",),
            _name(fix),
            tuple(invited(gaps.landscape, edges)),
            record=group.listed.record,
            edges=edges,
            gaps=pairs,
        )


def _tracked(gaps: Gaps, each: Expected) -> Iterator[PairId]:
    return (gaps.id_of(each, row, column) for row, column in gaps.records_of(each))


def _proposals(gaps: Gaps) -> Iterator[Topic]:
    """A topic for each step of the plan."""
    for step in plan_from(gaps, STEPS).steps:
        edges = tuple(fix.edge for fix in step.edges)
        yield Topic(
            ("proposal",),
            "; ".join(map(_name, step.fixes)),
            tuple(invited(gaps.landscape, edges)),
            record=step.record,
            edges=edges,
            gaps=step.closes,
        )


def _name(fix: WholeFix) -> str:
    """``mlx exports onnx``; of a joint fix ``jax2onnx exports onnx``."""
    return f"{fix.by} {fix.edges[0].relation} {fix.edges[0].target}" if fix.is_joint else str(fix)


def invited(landscape: Landscape, edges: Iterable[Edge]) -> Iterator[Invited]:
    """Whom to ask about edges: who builds each, who owns the format or is at its other end, who maintains it today."""
    roles: dict[str, Role] = {}
    for edge in edges:
        roles.setdefault(edge.source, "builds")
        owner = landscape.entries[edge.target].owner
        roles.setdefault(owner or edge.target, "owns" if owner else "receives")
        there = landscape.by_edge.get(edge)
        keeper = landscape.id_of_name(there.by) if there and there.by else None
        if keeper:
            roles.setdefault(keeper, "maintains")
    for name, role in sorted(roles.items(), key=lambda item: ROLES.index(item[1])):
        if name in landscape.entries and not landscape.is_archived(name):
            yield Invited(landscape.entries[name], role)


def _grouped(things: Iterable[Thing], of: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = {}
    for thing in things:
        found.setdefault(of(thing), []).append(thing)
    return found
