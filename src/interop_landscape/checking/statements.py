"""Checks of statements against the entries they join."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interop_landscape.ids import Edge
from interop_landscape.problems import Autofix, Problem
from interop_landscape.text import Suggestions, one_of, shown, slug

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.problems import Severity
    from interop_landscape.reading.statements import Statement


def _at(
    statement: Statement,
    code: str,
    message: str,
    hint: str,
    severity: Severity = "error",
    autofix: Autofix | None = None,
) -> Problem:
    place = statement.path, statement.line, statement.column
    return Problem(*place, code, shown(message), hint, severity, autofix=autofix)


class _Guess:
    """Who may be meant where no entry is called so; each list of candidates is made once."""

    def __init__(self, landscape: Landscape) -> None:
        self._landscape = landscape
        self._near = Suggestions()
        self._ids: dict[tuple[str, ...], str] = {}

    def hint(self, other: str, statement: Statement) -> str:
        """A near id, or those that are allowed there and how to add another."""
        near = self._near.did_you_mean(other, self._landscape.kind_of, "entries")
        if near:
            return near
        relation = self._landscape.vocabulary.relations.get(statement.relation)
        kinds = () if relation is None else relation.from_ if statement.inverted else relation.to
        kind = kinds[0] if len(kinds) == 1 else "KIND"
        return f"{self._ids_of(kinds)}; or `landscape new {kind} {slug(other)}`"

    def certain(self, other: str, statement: Statement) -> str | None:
        """The one id that it must be, mistyped: no other is near, and the relation may lead there."""
        meant = self._near.meant(other, self._landscape.kind_of, "entries")
        if meant is None:
            return None
        source, target = (meant, statement.target) if statement.inverted else (statement.source, meant)
        return meant if self._allows(source, statement.relation, target) else None

    def _allows(self, source: str, relation: str, target: str) -> bool:
        known = self._landscape.entries
        defined = relation in self._landscape.vocabulary.relations
        return source in known and target in known and defined and self._landscape.allows(source, relation, target)

    def _ids_of(self, kinds: tuple[str, ...]) -> str:
        if kinds not in self._ids:
            ids = sorted(name for name, kind in self._landscape.kind_of.items() if kind in kinds)
            self._ids[kinds] = one_of(ids)
        return self._ids[kinds]


def _other(statement: Statement) -> str:
    return statement.source if statement.inverted else statement.target


def unknown_ends(landscape: Landscape) -> Iterator[Problem]:
    """A statement about an entry that is not there, or that has another id by now."""
    guess = _Guess(landscape)
    for statement in landscape.statements:
        other = _other(statement)
        if statement.alias is not None:
            message = f"`{statement.alias}` was renamed to `{other}`"
            new_id = Autofix(statement.alias, other)
            yield _at(statement, "renamed-entry", message, f"write `{other}`", "warning", new_id)
        elif other not in landscape.kind_of:
            named = landscape.id_of_name(other) or landscape.id_of_name(slug(other))
            hint = f"write `{named}`" if named else guess.hint(other, statement)
            certain = named or guess.certain(other, statement)
            autofix = Autofix(other, certain) if certain else None
            yield _at(statement, "unknown-entry", f"no entry is called `{other}`", hint, autofix=autofix)


def self_edges(landscape: Landscape) -> Iterator[Problem]:
    """A statement that joins an entry to itself."""
    for statement in landscape.statements:
        if statement.source == statement.target:
            yield _at(statement, "self-edge", f"`{statement.source}` names itself", "name another entry")


def disallowed_relations(landscape: Landscape) -> Iterator[Problem]:
    """A relation between kinds that it does not join."""
    for statement in landscape.statements:
        kinds = landscape.kind_of.get(statement.source), landscape.kind_of.get(statement.target)
        relation = landscape.vocabulary.relations.get(statement.relation)
        if None in kinds or relation is None or statement.source == statement.target:
            continue
        if kinds[0] not in relation.from_ or kinds[1] not in relation.to:
            fitting = [
                name
                for name, other in landscape.vocabulary.relations.items()
                if kinds[0] in other.from_ and kinds[1] in other.to
            ]
            turned = kinds[1] in relation.from_ and kinds[0] in relation.to
            other = _other(statement)
            verb = statement.relation if statement.inverted else relation.inverse
            hint = (
                f"did you mean the other way round? Then write `{verb}: {other}`"
                if turned
                else f"allowed from a {kinds[0]} to a {kinds[1]}: {one_of(fitting)}"
                if fitting
                else f"nothing leads from a {kinds[0]} to a {kinds[1]}"
            )
            written = (
                f"`{relation.inverse}` (`{statement.relation}` from the other end)"
                if statement.inverted
                else f"`{statement.relation}`"
            )
            ends = kinds[::-1] if statement.inverted else kinds
            message = f"{written} cannot link a {ends[0]} to a {ends[1]} (`{statement}`)"
            yield _at(statement, "relation-not-allowed", message, hint)


def stated_twice(landscape: Landscape) -> Iterator[Problem]:
    """The same edge stated at both of its ends, or twice at one under two names."""
    first: dict[Edge, Statement] = {}
    for statement in landscape.statements:
        there = first.setdefault(statement.edge, statement)
        if there is not statement:
            # The statement at the target's end is the one to go: an edge is normally stated at its source.
            doubled, kept = (there, statement) if there.inverted and not statement.inverted else (statement, there)
            message = f"`{statement}` is also stated at {kept.path}:{kept.line}"
            yield _at(doubled, "stated-twice", message, "keep one of the two")


def cargo(landscape: Landscape) -> Iterator[Problem]:
    """A statement that carries what one of its ends does not, or that must say which of several graphs it means."""
    graphs = {name for name, cargo in landscape.vocabulary.cargo.items() if cargo.graph}
    for statement in landscape.statements:
        relation = landscape.vocabulary.relations.get(statement.relation)
        ends = [end for end in (statement.source, statement.target) if end in landscape.entries]
        crossing = graphs.intersection(*map(landscape.cargo_of, ends))
        for end in ends:
            carries = landscape.entries[end].carries
            if not carries or relation is None:
                continue
            extra = [name for name in statement.carries if name not in carries]
            if extra:
                message = f"`{end}` does not carry {', '.join(extra)}"
                yield _at(statement, "not-carried", message, f"it carries {', '.join(carries)}")
            elif relation.asks_carries and statement.live and not statement.carries and len(crossing) > 1:
                message = f"`{end}` carries several graphs; `carries` must say which of them `{statement}` means"
                hint = f"add `carries:` with some of {', '.join(carries)}"
                yield _at(statement, "missing-carries", message, hint)


def _flowing(landscape: Landscape) -> Iterator[tuple[str, str, Statement]]:
    """(start, end, statement) of every live edge between entries that are there, by a relation that is known."""
    for statement in landscape.statements:
        ends = {statement.source, statement.target}
        if statement.live and statement.relation in landscape.vocabulary.relations and ends <= landscape.kind_of.keys():
            yield from ((start, end, statement) for start, end in landscape.flows(statement))


def takes(landscape: Landscape) -> Iterator[Problem]:
    """A statement that takes what does not come in, or that leads on nowhere."""
    some = [statement for statement in landscape.statements if statement.takes]
    coming: dict[str, set[str]] = {}
    for start, end, _ in _flowing(landscape) if some else ():
        coming.setdefault(end, set()).add(start)
    for statement in some:
        relation = landscape.vocabulary.relations.get(statement.relation)
        if relation is None:
            continue
        if relation.flows == "both":
            message = f"`{statement.relation}` flows both ways, so `takes` means nothing there"
            yield _at(statement, "takes-both-ways", message, "remove `takes`")
            continue
        host = landscape.flows(statement)[0][0]
        yield from _not_taken(landscape, statement, host, coming.get(host, set()))


def _not_taken(landscape: Landscape, statement: Statement, host: str, coming: set[str]) -> Iterator[Problem]:
    near = Suggestions()
    for name in statement.takes:
        if name not in coming:
            known = name in landscape.kind_of
            message = f"nothing comes into `{host}` out of `{name}`" if known else f"no entry is called `{name}`"
            listed = f"what comes in: {one_of(sorted(coming))}" if coming else f"state what comes into `{host}`"
            guess = near.did_you_mean(name, sorted(coming) if known else landscape.kind_of, "entries")
            yield _at(statement, "not-taken", message, guess or listed)


def _is_expected_to_reach(landscape: Landscape, name: str) -> bool:
    entry = landscape.entries.get(name)
    return entry is not None and any(rule.from_.selects(entry) for rule in landscape.expectations.values())


def missing_takes(landscape: Landscape) -> Iterator[Problem]:
    """A statement that leads on, with others, from an entry into which several things come, and takes them all.

    Entries from which something is expected are not asked: what they hand on is their own, which comes in by no edge.
    """
    coming: dict[str, set[str]] = {}
    leading: dict[str, list[Statement]] = {}
    for start, end, statement in _flowing(landscape):
        relation = landscape.vocabulary.relations[statement.relation]
        if relation.asks_carries:
            coming.setdefault(end, set()).add(start)
        if relation.asks_takes:
            leading.setdefault(start, []).append(statement)
    for host, some in leading.items():
        several = set() if _is_expected_to_reach(landscape, host) else coming.get(host, set())
        for statement in some if len(some) > 1 and len(several) > 1 else ():
            if not statement.takes:
                message = f"`{host}` has several edges in and out; `takes` must say what `{statement}` takes"
                hint = f"add `takes:` with some of {', '.join(sorted(several))}"
                yield _at(statement, "missing-takes", message, hint, "warning")


def removed_without_until(landscape: Landscape) -> Iterator[Problem]:
    """A removed edge without the version or date that still had it."""
    for statement in landscape.statements:
        if statement.support == "removed" and statement.until is None:
            yield _at(
                statement,
                "missing-until",
                "`removed` without `until`",
                "say which version or date had it last",
                "warning",
            )
