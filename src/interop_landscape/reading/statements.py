"""Statements, and how they are written in the files of entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, Final

import yaml

from interop_landscape.ids import Edge
from interop_landscape.reading import bounds
from interop_landscape.reading.containers import ListOf, MapOf, Struct, read_keys, too_many
from interop_landscape.reading.keys import given, key
from interop_landscape.reading.reader import Reader
from interop_landscape.reading.values import Date, Defined, OneOf, Slug, Specifier, Text, Url, Value
from interop_landscape.text import one_of

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

SUPPORT: Final = ("full", "partial", "experimental", "removed", "none")
"""How well an edge works, from best to worst; only the first three carry anything."""

LIVE: Final = SUPPORT[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An address that shows what a statement says."""

    url: str = key(Url(), "the address")
    shows: str = key(Text(bounds.SUMMARY), "what it says, in a few words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A place that was searched, and the words that were looked for in it."""

    in_: str = key(Url(), "the address of what was searched: a tree or a folder at a commit, a list, a page", name="in")
    for_: tuple[str, ...] = key(ListOf(Text(bounds.NAME)), "the words that were looked for there", name="for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A curated claim about one relation between two entries.

    ``source`` is the entry that the relation starts from, ``target`` the one that it leads to, wherever the
    statement stands; ``inverted`` says that it stands at the target. ``line`` and ``column`` give its place.
    ``alias`` is how the other entry is written there, where that is not its id.
    """

    missing_codes: ClassVar[Mapping[str, str]] = {"evidence": "missing-evidence"}

    source: str = given()
    relation: str = given()
    target: str = given()
    inverted: bool = given()
    path: str = given()
    line: int = given()
    column: int = given()
    alias: str | None = None
    support: str = key(OneOf(*SUPPORT), "how well it works")
    carries: tuple[str, ...] = key(
        ListOf(Defined("cargo")), "what crosses, where that is less than the standard carries", ()
    )
    takes: tuple[str, ...] = key(
        ListOf(Slug()), "the entries out of which a model must have come in, where not every one will do", ()
    )
    by: str | None = key(Text(bounds.NAME), "who maintains it, where that is not the entry itself", None)
    api: str | None = key(Text(bounds.SUMMARY), "the function, command or flag to use", None)
    since: str | None = key(Text(bounds.NAME), "the first version that has it", None)
    until: str | None = key(Text(bounds.NAME), "the last version or date that had it", None)
    requires: Mapping[str, str] = key(
        MapOf(Slug(), Specifier()), "windows of versions in which it works, by what is versioned", _NOTHING
    )
    limits: str | None = key(Text(), "what does not work", None)
    note: str | None = key(Text(), "anything else worth knowing", None)
    checked: date = key(Date(), "when somebody last looked at the evidence")
    evidence: tuple[Evidence, ...] = key(
        ListOf(Struct(Evidence), when_empty="missing-evidence"), "addresses that show it"
    )
    searched: tuple[Searched, ...] = key(
        ListOf(Struct(Searched)),
        "what was searched, where nothing was found: the whole tree, and the parts shipped with it",
        (),
    )
    probe: str | None = key(Slug(), "the probe that verifies it", None)
    suite: str | None = key(
        Slug(), "the suite that counts how much of it works, where that is another than `probe`", None
    )

    @property
    def proof(self) -> str | None:
        """The probe whose pass verifies it: its own, or the suite that counts it."""
        return self.probe or self.suite

    @property
    def live(self) -> bool:
        """Whether anything crosses today."""
        return self.support in LIVE

    @property
    def stated_by(self) -> str:
        """The entry in whose file it stands."""
        return self.target if self.inverted else self.source

    @property
    def edge(self) -> Edge:
        """What it is about: at most one statement of a landscape has it."""
        return Edge(self.source, self.relation, self.target)

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target}"


class Interop(Value):
    """Relation, then the other entry's id, then the statement; inverse names turn the relation round."""

    says = "relations with their targets"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The statements that could be read; they are also collected by the reader, whatever else fails."""
        statements = _read_interop(node, reader)
        reader.collected.extend(statements)
        return tuple(statements)


def _read_interop(node: yaml.Node, reader: Reader) -> list[Statement]:
    """The statements of one entry that could be read."""
    statements: list[Statement] = []
    if not isinstance(node, yaml.MappingNode):
        reader.note(node, "wrong-type", "expected relations with their targets", "write `relation:` and below it ids")
        return statements
    if too_many(node, bounds.ITEMS, reader):
        return statements
    relations = reader.vocabulary.get("relations")
    inverse_of = {r.inverse: name for name, r in relations.items()} if isinstance(relations, Mapping) else {}
    there = {key_node.value for key_node, _ in node.value if isinstance(key_node, yaml.ScalarNode)}
    seen: set[str] = set()
    for key_node, targets in node.value:
        verb = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        inverted = verb in inverse_of
        if relations is not None and verb not in relations and not inverted:
            known = [*relations, *inverse_of]
            hint = reader.suggestions.did_you_mean(verb, known, "verbs", otherwise=one_of(relations, most=20))
            certain = reader.suggestions.meant(verb, known, "verbs")
            message = f"no relation is called `{verb}`"
            reader.note(key_node, "unknown-relation", message, hint, write=None if certain in there else certain)
        elif verb in seen:
            reader.note(key_node, "duplicate-key", f"duplicate key `{verb}`", "merge the two")
        elif not isinstance(targets, yaml.MappingNode):
            hint = "below a relation come ids, each with `support`, `checked`, `evidence`"
            reader.note(targets, "wrong-type", "expected entries with their statements", hint)
        else:
            _read_targets(targets, inverse_of.get(verb, verb), inverted, reader, statements)
        seen.add(verb)
    return statements


def _read_targets(node: yaml.MappingNode, relation: str, inverted: bool, reader: Reader, into: list[Statement]) -> None:
    seen: set[str] = set()
    if too_many(node, bounds.STATEMENTS, reader):
        return
    for key_node, value_node in node.value:
        other = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        if len(other) > bounds.NAME:
            message = f"{len(other):,} characters, and an id has at most {bounds.NAME}"
            reader.note(key_node, "too-long", message, "write the id of an entry")
            continue
        if other in seen:
            reader.note(key_node, "duplicate-key", f"duplicate key `{other}`", "merge the two")
            continue
        seen.add(other)
        if not isinstance(value_node, yaml.MappingNode):
            hint = "a statement has `support`, `checked` and `evidence`"
            reader.note(value_node, "wrong-type", f"expected a statement about `{other}`", hint)
            continue
        values = read_keys(Statement, value_node, reader)
        if values is None:
            # Its ends can be checked all the same; nothing is computed from a landscape with problems.
            values = {"support": "none", "checked": reader.today, "evidence": ()}
        if values["support"] == "partial" and "limits" not in values:
            reader.note(
                value_node,
                "missing-limits",
                "`partial` without `limits`",
                "say what does not work: `limits: …`",
            )
        source, target = (other, reader.entry_id) if inverted else (reader.entry_id, other)
        mark = key_node.start_mark
        into.append(
            Statement(
                source=source,
                relation=relation,
                target=target,
                inverted=inverted,
                path=reader.path,
                line=mark.line + 1,
                column=mark.column + 1,
                **values,
            )
        )
