"""The Landscape: vocabulary, entries, statements, expectations and records as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Self

from interop_landscape.errors import BadRequest, UnknownName
from interop_landscape.ids import Edge, PairId
from interop_landscape.reading.models import Entry, Expectation, Milestone, Record, Relation, Sample, Vocabulary
from interop_landscape.reading.probes import Probe, Result
from interop_landscape.reading.source import MANIFEST
from interop_landscape.reading.specification import Chapter, Specification
from interop_landscape.reading.statements import LIVE, Statement
from interop_landscape.reading.suites import SuiteResult
from interop_landscape.text import counted, did_you_mean, one_of, shown

_STATE_BY_OUTCOME: Final = {"pass": "verified", "fail": "failed", "unsupported": "unsupported", "error": "error"}


@dataclass(frozen=True, slots=True)
class Verification:
    """What a probe says of a statement, and the result that it says so by.

    ``state`` is ``verified``, ``failed``, ``unsupported``, ``error``, ``stale`` or ``never run``; a stale result says
    nothing of the statement as it is.
    """

    state: str
    result: Result | None


@dataclass(frozen=True)
class Landscape:
    """Everything that was read, in a stable order: entries by id, statements by edge, the rest by id.

    A landscape that was loaded has no problems.

    ``entries`` are what is on the map, by id: each an `Entry` with its ``kind``, ``name``, ``summary``, ``status``,
    ``tags`` and the other keys of its file. ``statements`` say how they connect: each a `Statement` with ``source``,
    ``relation``, ``target``, ``support``, ``evidence``, the day on which it was ``checked``, and the other keys that
    it has in the file of the entry that states it. ``kind_of`` gives the kind of every entry's id, ``results`` what
    each probe saw when it ran last, ``suites`` what each suite counted.
    ``specification`` holds the requirements, None where there is no such file, and
    ``chapters`` its texts by name.
    """

    vocabulary: Vocabulary
    today: date
    entries: Mapping[str, Entry] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    expectations: Mapping[str, Expectation] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    milestones: Mapping[str, Milestone] = field(default_factory=dict)
    samples: Mapping[str, Sample] = field(default_factory=dict)
    kind_of: Mapping[str, str] = field(default_factory=dict)
    probes: Mapping[str, Probe] = field(default_factory=dict)
    results: Mapping[str, Result] = field(default_factory=dict)
    suites: Mapping[str, SuiteResult] = field(default_factory=dict)
    specification: Specification | None = None
    chapters: Mapping[str, Chapter] = field(default_factory=dict)
    vocabulary_path: str = MANIFEST

    def __repr__(self) -> str:
        sizes = counted(len(self.entries), "entry", "entries"), counted(len(self.statements), "statement")
        return f"<Landscape {shown(self.vocabulary.title, 80)!r}: {', '.join(sizes)}>"

    @cached_property
    def by_edge(self) -> Mapping[Edge, Statement]:
        """The statements by their edges."""
        return MappingProxyType({statement.edge: statement for statement in self.statements})

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by every spelling of them: id, alias and name, without regard to case."""
        names: dict[str, set[str]] = {}
        for entry in self.entries.values():
            for name in (entry.id, entry.name, *entry.aliases):
                names.setdefault(name.casefold(), set()).add(entry.id)
        return {name: tuple(sorted(ids)) for name, ids in names.items()}

    def id_of_name(self, name: str) -> str | None:
        """The id of the one entry with this id, alias or name, without regard to case; None where that is nobody's."""
        ids = self._by_name.get(name.strip().casefold(), ())
        return ids[0] if len(ids) == 1 else None

    def entry(self, name: str) -> Entry:
        """The entry with this id, alias or name; case does not matter.

        Raises UnknownName, with a suggestion, where there is none or where several are called so.
        """
        if name in self.entries:
            return self.entries[name]
        for entry in self.entries.values():
            if name in entry.aliases:
                return entry
        ids = self._by_name.get(name.strip().casefold(), ())
        if len(ids) == 1:
            return self.entries[ids[0]]
        if ids:
            raise UnknownName(f"several entries are called `{name}`: {', '.join(ids)}; use the id")
        known = [*self.entries, *self._by_name]
        hint = did_you_mean(name, known, otherwise="`landscape list` shows all")
        raise UnknownName(f"no entry is called `{name}`; {hint}")

    def find(self, name: str) -> Entry | Record | tuple[str, Milestone]:
        """The entry with this id, alias or name, or the record, or (id, milestone), with this id.

        Raises UnknownName, with a suggestion, where there is none.
        """
        if name in self.records:
            return self.records[name]
        if name in self.milestones:
            return name, self.milestones[name]
        try:
            return self.entry(name)
        except UnknownName:
            if name.strip().casefold() in self._by_name:
                raise  # several entries are called so
            known = [*self.entries, *self._by_name, *self.records, *self.milestones]
            hint = did_you_mean(name, known, otherwise="`landscape list` shows all")
            raise UnknownName(f"no entry is called `{name}`; {hint}") from None

    def relation(self, name: str) -> tuple[str, bool]:
        """(relation, inverted) for the name of a relation or of an inverse. Raises UnknownName."""
        relations = self.vocabulary.relations
        if name in relations:
            return name, False
        for relation, defined in relations.items():
            if defined.inverse == name:
                return relation, True
        hint = did_you_mean(name, relations, otherwise=one_of(relations, most=20))
        raise UnknownName(f"no relation is called `{name}`; {hint}")

    def allows(self, source: str, relation: str, target: str) -> bool:
        """Whether the vocabulary lets these two entries meet by this relation."""
        defined = self.vocabulary.relations[relation]
        return (
            source != target and self.entries[source].kind in defined.from_ and self.entries[target].kind in defined.to
        )

    def parse_edge(self, text: str) -> Edge:
        """The edge written ``A relation B``; an inverse turns it round.

        Raises BadRequest where it is not written so or not allowed, UnknownName where a name is not known.
        """
        words = text.split()
        middle = next((i for i, word in enumerate(words) if 0 < i < len(words) - 1 and self._is_relation(word)), None)
        if middle is None:
            if len(words) == 3:
                self.relation(words[1])
            raise BadRequest(f"`{text}` is not an edge; write it as `A relation B`")
        relation, inverted = self.relation(words[middle])
        ends = self.entry(" ".join(words[:middle])).id, self.entry(" ".join(words[middle + 1 :])).id
        source, target = reversed(ends) if inverted else ends
        edge = Edge(source, relation, target)
        if not self.allows(source, relation, target):
            defined = self.vocabulary.relations[relation]
            raise BadRequest(
                f"`{edge}` is not allowed: `{relation}` leads from "
                f"{' or '.join(defined.from_)} to {' or '.join(defined.to)}"
            )
        return edge

    def parse_gap_id(self, text: str) -> PairId:
        """The pair that a gap's id names, with the ids of its entries.

        Raises UnknownName where a part of it is not known, BadRequest where it is not a gap's id.
        """
        try:
            expectation, source, target = PairId.parse(text)
        except ValueError:
            raise BadRequest(f"`{text}` is not a gap's id; write it as `expectation:from:to`") from None
        if expectation not in self.expectations:
            hint = did_you_mean(expectation, self.expectations, otherwise=one_of(self.expectations))
            raise UnknownName(f"no expectation is called `{expectation}`; {hint}")
        return PairId(expectation, self.entry(source).id, None if target is None else self.entry(target).id)

    def _is_relation(self, word: str) -> bool:
        relations = self.vocabulary.relations
        return word in relations or any(word == defined.inverse for defined in relations.values())

    def assuming(self, edges: Iterable[Edge]) -> Self:
        """The same landscape with these edges in full; a statement that is there keeps what it carries."""
        statements = dict(self.by_edge)
        for edge in edges:
            there = statements.get(edge)
            if there is not None:
                statements[edge] = replace(there, support="full")
                continue
            statements[edge] = Statement(
                source=edge.source,
                relation=edge.relation,
                target=edge.target,
                inverted=False,
                path="",
                line=1,
                column=1,
                support="full",
                checked=self.today,
                evidence=(),
                note="assumed",
            )
        return self.replacing(statements=in_order(statements.values()))

    @cached_property
    def tracked(self) -> Mapping[Edge, tuple[Record, ...]]:
        """The records that name an edge, whichever way they write it, in the order of their ids."""
        records: dict[Edge, list[Record]] = {}
        for record in self.records.values():
            for edge in dict.fromkeys(self.parse_edge(text) for text in record.closes if not PairId.looks_like(text)):
                records.setdefault(edge, []).append(record)
        return {edge: tuple(some) for edge, some in records.items()}

    @cached_property
    def _by_tool(self) -> Mapping[tuple[str, str, str], tuple[Edge, ...]]:
        """The edges below full that one tool would bring, by the tool, the relation and the target.

        A steward is no tool, unless an entry is called so: what a vendor made for one does nothing for another.
        """
        edges: dict[tuple[str, str, str], tuple[Edge, ...]] = {}
        for one in self.statements:
            is_tool = one.by and (one.by not in self.vocabulary.stewards or self.id_of_name(one.by))
            if one.by and is_tool and one.support not in LIVE[:1]:
                key = one.by, one.relation, one.target
                edges[key] = (*edges.get(key, ()), one.edge)
        return edges

    def brought_together(self) -> Iterator[tuple[str, tuple[Edge, ...]]]:
        """Each tool with the edges below full that it would bring to one target."""
        return ((tool, edges) for (tool, _, _), edges in self._by_tool.items())

    def brought_with(self, edge: Edge) -> tuple[Edge, ...]:
        """The other edges that the tool would bring which the statement of an edge names, where that is not full."""
        stated = self.by_edge.get(edge)
        some = self._by_tool.get((stated.by or "", edge.relation, edge.target), ()) if stated else ()
        return tuple(other for other in some if other != edge) if edge in some else ()

    def replacing(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return replace(self, **changes)

    def cargo_of(self, entry_id: str) -> frozenset[str]:
        """What an entry carries; everything where it does not say."""
        return frozenset(self.entries[entry_id].carries or self.vocabulary.cargo)

    def carried(self, statement: Statement) -> frozenset[str]:
        """What crosses an edge: what its ends carry, narrowed by what the statement says."""
        narrowed = frozenset(statement.carries or self.vocabulary.cargo)
        return narrowed & self.cargo_of(statement.source) & self.cargo_of(statement.target)

    def is_stale(self, statement: Statement) -> bool:
        """Whether it was last checked longer ago than the entry that states it stays fresh."""
        return self.today - statement.checked > self.entries[statement.stated_by].fresh_for

    def is_verified(self, statement: Statement) -> bool:
        """Whether running its probe has shown just what it says."""
        verification = self.verification(statement)
        return verification is not None and verification.state == "verified"

    def verification(self, statement: Statement) -> Verification | None:
        """How its probe verifies a statement; None where it names no probe. docs/decisions/0007-what-verified-means.md.

        A result is stale where the program or the statement has changed since, or where it is older than the entry
        that states it stays fresh.
        """
        if statement.proof is None:
            return None
        probe, result = self.probes.get(statement.proof), self.results.get(statement.proof)
        if probe is None or result is None:
            return Verification("never run", None)
        as_verified = (str(statement), statement.support) in {(each.edge, each.support) for each in result.proves}
        old = self.today - result.day > self.entries[statement.stated_by].fresh_for
        if old or not as_verified or result.program != probe.digest:
            return Verification("stale", result)
        return Verification(_STATE_BY_OUTCOME[result.outcome], result)

    def verified(self) -> Self:
        """The same landscape with the verified statements alone."""
        return self.replacing(statements=tuple(s for s in self.statements if self.is_verified(s)))

    def verified_by(self, probe: str) -> tuple[Statement, ...]:
        """The statements that name this probe, or suite."""
        return tuple(statement for statement in self.statements if probe in (statement.probe, statement.suite))

    def is_archived(self, entry_id: str) -> bool:
        """Whether nobody works on this entry any more."""
        return not self.vocabulary.statuses[self.entries[entry_id].status].expected

    def halts(self, statement: Statement, end: str) -> bool:
        """Whether a route that comes to an end of a statement by it ends there: in part, at such a kind of entry."""
        in_part = statement.live and statement.support not in LIVE[:1]
        return in_part and self.kind_of[end] in self.vocabulary.relations[statement.relation].halts_at

    def flows(self, statement: Statement) -> tuple[tuple[str, str], ...]:
        """The (from, to) pairs of entries between which a model moves along this statement."""
        return flow_pairs(self.vocabulary.relations[statement.relation], statement.source, statement.target)


def flow_pairs(relation: Relation, source: str, target: str) -> tuple[tuple[str, str], ...]:
    """The (from, to) pairs between which a model moves along ``source relation target``."""
    forward, backward = (source, target), (target, source)
    if relation.flows == "both":
        return forward, backward
    return (forward,) if relation.flows == "forward" else (backward,)


def is_live(statement: Statement | None) -> bool:
    """Whether there is a statement and something crosses it today."""
    return statement is not None and statement.support in LIVE


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements by edge, the stable order of a landscape."""
    return tuple(sorted(statements, key=lambda s: (s.edge, s.path, s.line)))


def known_names(what: str, given: Iterable[str] | None, known: Iterable[str]) -> frozenset[str]:
    """The names given, each of which must be known. Raises UnknownName, with a suggestion, where one is not."""
    wanted, names = frozenset(given or ()), sorted(known)
    for name in sorted(wanted.difference(names)):
        raise UnknownName(f"no {what} is called `{name}`; {did_you_mean(name, names, otherwise=one_of(names))}")
    return wanted
