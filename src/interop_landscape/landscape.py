"""The Landscape: vocabulary, entries, statements, expectations and records as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from interop_landscape.checking import check
from interop_landscape.errors import BadRequest, InvalidLandscape, NoLandscape, UnknownName
from interop_landscape.ids import Edge, PairId
from interop_landscape.problems import Problem
from interop_landscape.reading.models import Entry, Expectation, Milestone, Record, Relation, Vocabulary
from interop_landscape.reading.probes import Probe, Result
from interop_landscape.reading.read import Contents, Kept, read, with_excerpts
from interop_landscape.reading.source import MANIFEST, FolderSource, Source
from interop_landscape.reading.statements import LIVE, Statement
from interop_landscape.words import did_you_mean, one_of

if TYPE_CHECKING:
    import networkx as nx


_STATE_BY_OUTCOME: Final = {"pass": "proven", "fail": "failed", "unsupported": "unsupported", "error": "error"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What a probe says of a statement, and the result that it says so by.

    ``state`` is ``proven``, ``failed``, ``unsupported``, ``error``, ``stale`` or ``never run``; a stale result says
    nothing of the statement as it stands.
    """

    state: str
    result: Result | None


@dataclass(frozen=True)
class Landscape:
    """Everything that was read, in a stable order: entries by id, statements by edge, the rest by id.

    A landscape that was loaded has no problems. ``kind_of`` gives the kind of every entry's id, ``results`` what
    each probe saw when it ran last.
    """

    vocabulary: Vocabulary
    today: date
    entries: Mapping[str, Entry] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    expectations: Mapping[str, Expectation] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    milestones: Mapping[str, Milestone] = field(default_factory=dict)
    kind_of: Mapping[str, str] = field(default_factory=dict)
    probes: Mapping[str, Probe] = field(default_factory=dict)
    results: Mapping[str, Result] = field(default_factory=dict)
    vocabulary_path: str = MANIFEST

    @classmethod
    def load(cls, folder: str | Path, *, today: date | None = None) -> Landscape:
        """Read the landscape in `folder`, the one that holds ``landscape.yml``.

        Raises NoLandscape where there is none, and InvalidLandscape where its data has errors.
        """
        landscape, problems = cls.read(folder, today=today)
        if landscape is None or any(problem.severity == "error" for problem in problems):
            raise InvalidLandscape(problems)
        return landscape

    @classmethod
    def read(
        cls, folder: str | Path, *, label: str | None = None, today: date | None = None
    ) -> tuple[Landscape | None, list[Problem]]:
        """Read `folder` and list every problem in a stable order, each with the text of its line.

        The landscape is None where ``landscape.yml`` itself cannot be used. With problems it may hold
        references that lead nowhere, so nothing should be computed from it. `label` goes before the
        paths of problems; it is `folder` as given unless named. Raises NoLandscape where there is none.
        """
        root = Path(folder)
        if not (root / MANIFEST).is_file():
            raise NoLandscape(f"{root} holds no {MANIFEST}; name the folder that does with --dir")
        return cls.from_source(FolderSource(root, str(folder) if label is None else label), today=today)

    @classmethod
    def from_source(
        cls, source: Source, *, today: date | None = None, kept: Kept | None = None
    ) -> tuple[Landscape | None, list[Problem]]:
        """As `read`, from any source of files; `kept` spares files that were read before (see `reading.read`)."""
        contents = read(source, today=today, kept=kept)
        landscape = _assemble(contents)
        problems = contents.problems
        if landscape is not None:
            problems = [*problems, *check(landscape)]
        return landscape, with_excerpts(problems, contents.texts)

    def graph(self) -> nx.MultiDiGraph[str]:
        """The landscape as a networkx graph: see `interop_landscape.graph.build_graph`."""
        from interop_landscape.graph import build_graph

        return build_graph(self)

    @cached_property
    def by_edge(self) -> Mapping[Edge, Statement]:
        """The statements by their edges."""
        return MappingProxyType({statement.edge: statement for statement in self.statements})

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by every spelling that stands for them: id, alias and name, without regard to case."""
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

    def assuming(self, edges: Iterable[Edge]) -> Landscape:
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
        return self.replacing(statements=_sorted(statements.values()))

    def replacing(self, **changes: Any) -> Landscape:
        """A copy with some fields changed."""
        return replace(self, **changes)

    def carried(self, statement: Statement) -> frozenset[str]:
        """What crosses an edge: what its ends carry, narrowed by what the statement says."""
        cargo = set(statement.carries or self.vocabulary.cargo)
        for end in (statement.source, statement.target):
            if self.entries[end].carries:
                cargo &= set(self.entries[end].carries)
        return frozenset(cargo)

    def is_stale(self, statement: Statement) -> bool:
        """Whether it was last checked longer ago than the entry that states it stays fresh."""
        return self.today - statement.checked > self.entries[statement.stated_by].fresh_for

    def is_proven(self, statement: Statement) -> bool:
        """Whether running its probe has shown just what it says."""
        proof = self.proof(statement)
        return proof is not None and proof.state == "proven"

    def proof(self, statement: Statement) -> Proof | None:
        """How its probe bears a statement out; None where it names no probe.

        A result is stale where the program or the statement has changed since, or where it is older than the entry
        that states it stays fresh.
        """
        if statement.probe is None:
            return None
        probe, result = self.probes.get(statement.probe), self.results.get(statement.probe)
        if probe is None or result is None:
            return Proof("never run", None)
        as_proved = (str(statement), statement.support) in {(each.edge, each.support) for each in result.proves}
        old = self.today - result.day > self.entries[statement.stated_by].fresh_for
        if old or not as_proved or result.program != probe.digest:
            return Proof("stale", result)
        return Proof(_STATE_BY_OUTCOME[result.outcome], result)

    def proven(self) -> Landscape:
        """The same landscape with the proven statements alone."""
        return self.replacing(statements=tuple(s for s in self.statements if self.is_proven(s)))

    def proved_by(self, probe: str) -> tuple[Statement, ...]:
        """The statements that name this probe."""
        return tuple(statement for statement in self.statements if statement.probe == probe)

    def is_archived(self, entry_id: str) -> bool:
        """Whether nobody works on this entry any more."""
        return self.entries[entry_id].status == "archived"

    def flows(self, statement: Statement) -> tuple[tuple[str, str], ...]:
        """The (from, to) pairs of entries between which a model moves along this statement."""
        return flow_pairs(self.vocabulary.relations[statement.relation], statement.source, statement.target)


def flow_pairs(relation: Relation, source: str, target: str) -> tuple[tuple[str, str], ...]:
    """The (from, to) pairs between which a model moves along ``source relation target``."""
    forward, backward = (source, target), (target, source)
    return {"forward": (forward,), "backward": (backward,), "both": (forward, backward)}[relation.flows]


def is_live(statement: Statement | None) -> bool:
    """Whether there is a statement and something crosses it today."""
    return statement is not None and statement.support in LIVE


def _sorted(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=lambda s: (s.edge, s.path, s.line)))


def _assemble(contents: Contents) -> Landscape | None:
    """One Landscape from what was read; references by alias are led to the entry they stand for."""
    if contents.vocabulary is None:
        return None
    entries = dict(sorted(contents.entries.items()))
    id_of_alias: dict[str, str] = {}
    for entry in entries.values():
        for alias in entry.aliases:
            id_of_alias.setdefault(alias, entry.id)
    statements = contents.statements
    if id_of_alias:
        statements = [_unaliased(s, id_of_alias, contents.ids) for s in statements]
    return Landscape(
        vocabulary=contents.vocabulary,
        today=contents.today,
        entries=MappingProxyType(entries),
        statements=_sorted(statements),
        expectations=MappingProxyType(dict(sorted(contents.expectations.items()))),
        records=MappingProxyType(dict(sorted(contents.records.items()))),
        milestones=MappingProxyType(dict(sorted(contents.milestones.items()))),
        kind_of=MappingProxyType(dict(sorted(contents.ids.items()))),
        probes=MappingProxyType(dict(sorted(contents.probes.items()))),
        results=MappingProxyType(dict(sorted(contents.results.items()))),
        vocabulary_path=contents.shown(MANIFEST),
    )


def _unaliased(statement: Statement, id_of_alias: Mapping[str, str], ids: Mapping[str, str]) -> Statement:
    written = statement.source if statement.inverted else statement.target
    if written in ids or written not in id_of_alias:
        return statement
    if statement.inverted:
        return replace(statement, source=id_of_alias[written], alias=written)
    return replace(statement, target=id_of_alias[written], alias=written)
