"""Everything that a discussion of one gap, or of one record, needs at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interop_landscape.analysis.gaps import Fix, Gap, GapFilter, Gaps
from interop_landscape.errors import BadRequest
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry, Record
from interop_landscape.reading.statements import Statement


@dataclass(frozen=True)
class Candidate:
    """A fix, those of the gaps at hand that it would close, and whether the record is about it."""

    fix: Fix
    closes: tuple[PairId, ...]
    asked: bool


@dataclass(frozen=True)
class Brief:
    """A gap, or what a record tracks, with what concerns it.

    ``edges`` are those that are to be built, where they are named; ``candidates`` the fixes, those named first,
    then the rest by what they would close here and by value. ``weak_links`` are the statements below full
    support on today's routes, with the gaps that each holds back; ``concerned`` all statements that the
    brief speaks of; ``invited`` the entries whose projects would do the work or feel it.
    """

    landscape: Landscape
    record: Record | None
    edges: tuple[Edge, ...]
    gaps: tuple[Gap, ...]
    candidates: tuple[Candidate, ...]
    weak_links: tuple[tuple[Statement, tuple[PairId, ...]], ...]
    concerned: tuple[Statement, ...]
    invited: tuple[Entry, ...]


def brief(landscape: Landscape, name: str, *, gaps: Gaps | None = None, most_candidates: int = 6) -> Brief:
    """The brief of a record (its id), a gap (``expectation:from:to``) or an edge (``A relation B``).

    `gaps` are those of the landscape, where they are counted already. Raises UnknownName or BadRequest where it is none
    of these, or where there is no such gap.
    """
    gaps = gaps or Gaps(landscape)
    record = landscape.records.get(name)
    if record is not None:
        closes: tuple[str, ...] = record.closes
    elif PairId.looks_like(name):
        closes = (str(_open_pair(landscape, gaps, name)),)
    elif " " in name.strip():
        closes = (str(landscape.parse_edge(name)),)
    else:
        landscape.find(name)  # says what the name is near to
        raise BadRequest(
            f"`{name}` is no gap or record; `landscape list records` and `landscape gaps -f csv` list them"
        )
    edges = tuple(landscape.parse_edge(text) for text in closes if not PairId.looks_like(text))
    tracked = gaps.top(None, GapFilter(closed_by=frozenset({closes})), most_fixes=None)
    candidates = _candidates(gaps, tracked, edges, most_candidates)
    weak_links = _weak_links(tracked)
    concerned = {s.edge: s for s, _ in weak_links}
    for edge in [*edges, *(c.fix.edge for c in candidates)]:
        if edge in landscape.by_edge:
            concerned.setdefault(edge, landscape.by_edge[edge])
    return Brief(
        landscape,
        record,
        edges,
        tuple(tracked),
        tuple(candidates),
        weak_links,
        tuple(concerned.values()),
        tuple(_invited(landscape, edges, candidates, tracked)),
    )


def _open_pair(landscape: Landscape, gaps: Gaps, name: str) -> PairId:
    """The gap of this id. Raises BadRequest where there is no such gap."""
    found = landscape.parse_gap_id(name)
    expectation, source, target = found
    standing = gaps.standing().get(found)
    if standing is None:
        raise BadRequest(f"`{expectation}` does not expect `{source}` to reach `{target or 'any of its targets'}`")
    if standing == "met":
        raise BadRequest(f"`{found}` is no gap: it is met; see `landscape path {source} {target or '…'}`")
    return found


def _candidates(gaps: Gaps, tracked: list[Gap], edges: tuple[Edge, ...], most: int) -> list[Candidate]:
    closing: dict[Edge, list[PairId]] = {}
    fixes: dict[Edge, Fix] = {}
    for gap in tracked:
        for fix in gap.fixes:
            closing.setdefault(fix.edge, []).append(gap.pair)
            fixes[fix.edge] = fix
    for edge in edges:
        if edge not in fixes and edge not in gaps.landscape.by_edge:
            fixes[edge] = gaps.fix(edge, 0.0)
    ranked = sorted(fixes, key=lambda e: (e not in edges, -len(closing.get(e, ())), -fixes[e].value, e))
    return [Candidate(fixes[e], tuple(closing.get(e, ())), e in edges) for e in ranked[: max(most, len(edges))]]


def _weak_links(tracked: Iterable[Gap]) -> tuple[tuple[Statement, tuple[PairId, ...]], ...]:
    holding_back: dict[Edge, list[PairId]] = {}
    statements: dict[Edge, Statement] = {}
    for gap in tracked:
        for hop in gap.route.hops if gap.route else ():
            if hop.statement.support != "full":
                statements[hop.statement.edge] = hop.statement
                holding_back.setdefault(hop.statement.edge, []).append(gap.pair)
    ranked = sorted(statements, key=lambda e: (-len(holding_back[e]), e))
    return tuple((statements[edge], tuple(holding_back[edge])) for edge in ranked)


def _invited(
    landscape: Landscape, edges: tuple[Edge, ...], candidates: list[Candidate], tracked: list[Gap]
) -> list[Entry]:
    """The ends of the edges asked for, else of the best candidates, then the sources of the gaps."""
    concerned: list[str] = []
    named = edges or tuple(c.fix.edge for c in candidates[:2])
    for edge in named:
        concerned += [edge.source, edge.target]
        by = landscape.by_edge.get(edge)
        if by is not None and by.by in landscape.entries:
            concerned.append(by.by or "")
    if not edges:
        concerned += [gap.source for gap in tracked]
    return [landscape.entries[name] for name in dict.fromkeys(concerned) if name in landscape.entries]
