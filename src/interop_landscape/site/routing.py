"""What the browser needs to search routes and to count pairs by itself, as one document of small integers.

Entries, relations, cargo, sets of cargo and version specifiers are written once and meant by their place after
that. Patterns come as automata and versions as bits, so that nothing is parsed twice in two languages;
``assets/js/routes.js`` reads it all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from packaging.specifiers import SpecifierSet

from interop_landscape import phrases
from interop_landscape.analysis.automata import Automaton
from interop_landscape.analysis.expected import Expected, expected_pairs
from interop_landscape.analysis.network import Network
from interop_landscape.analysis.routes import Offer, RouteFinder
from interop_landscape.analysis.verdict import tracked
from interop_landscape.analysis.windows import around
from interop_landscape.analysis.windows import named as named_version
from interop_landscape.documents.drawing import (
    AutomatonDocument,
    OfferDocument,
    RoutingDocument,
    RuleDocument,
    SpecifierDocument,
    StatementColumnsDocument,
    named,
)
from interop_landscape.documents.to_json import document_of, json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import LIVE, SUPPORT

_NOUGHT: Final = "0"

Document = dict[str, Any]
_Key = tuple[str, str]  # what is versioned, and a specifier


def routing_document(landscape: Landscape) -> Document:
    """``routing/v1`` of a landscape.

    ``entries`` are [id, name, kind, expected, sort of cargo, reach]; ``masks`` are sets of cargo, as lists of
    places in ``cargo``, and a sort of cargo is a place in it. ``statements`` is a table by column, in the order of
    statements; ``requires`` has pairs [statement, specifier], ``takes`` pairs [statement, entry]. A specifier's
    ``tries`` and ``admits`` are bits, in hexadecimal: which versions it puts forward, and which it lets through;
    specifiers of one thing can be met together when some version that one of them tries is admitted by all. Bit 0
    is version 0, which is always tried.
    """
    return _Routing(landscape).document()


class _Routing:
    """Collects sets of cargo as the document is made."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.network = Network(landscape)
        self.cargo = list(landscape.vocabulary.cargo)
        self.relations = {name: i for i, name in enumerate(landscape.vocabulary.relations)}
        self.masks: dict[tuple[int, ...], int] = {}

    def document(self) -> Document:
        vocabulary = self.landscape.vocabulary
        found = {
            "entries": self.entries(),
            "known": [[list(e.aliases), list(e.tags)] for e in self.landscape.entries.values()],
            "owners": [
                [self.network.index[e.id], self.network.index[e.owner]]
                for e in self.landscape.entries.values()
                if e.owner in self.network.index
            ],
            "statements": self.statements(),
            "specifiers": tuple(_specifiers(self.specifiers)),
            "routes": self.routes(),
            "records": tracked(self.landscape),
            "titles": {record.id: record.title for record in self.landscape.records.values()},
            "graphs": [place for place, cargo in enumerate(vocabulary.cargo.values()) if cargo.graph],
            "stated": [place for place, entry in enumerate(self.landscape.entries.values()) if entry.carries],
            "phrases": dict(phrases.FOR_SCRIPTS),
            "expectations": tuple(self.expectation(each) for each in expected_pairs(self.network)),
        }
        return json_of(
            RoutingDocument,
            None,
            support=SUPPORT,
            live=len(LIVE),
            cargo=named({name: cargo.name for name, cargo in vocabulary.cargo.items()}),
            kinds=list(vocabulary.kinds),
            sides=named({name: side.name for name, side in vocabulary.sides.items()}),
            relations=vocabulary.relations.items(),
            masks=list(self.masks),  # all that the others needed
            **found,
        )

    def mask(self, cargo: Iterable[str]) -> int:
        """The place of a set of cargo among the masks."""
        mask = tuple(sorted(self.cargo.index(name) for name in set(cargo)))
        return self.masks.setdefault(mask, len(self.masks))

    def entries(self) -> list[list[Any]]:
        kinds = self.network.kinds
        return [
            [e.id, e.name, kinds.index(e.kind), int(expected), self.mask(e.carries or self.cargo), reach]
            for e, expected, reach in zip(
                self.landscape.entries.values(),
                self.network.active.tolist(),
                self.network.reach.tolist(),
                strict=True,
            )
        ]

    @cached_property
    def specifiers(self) -> dict[_Key, int]:
        """The place of each specifier that some statement requires."""
        keys = {key for statement in self.landscape.statements for key in statement.requires.items()}
        return {key: i for i, key in enumerate(sorted(keys))}

    def statements(self) -> StatementColumnsDocument:
        place, statements = self.network.index, self.landscape.statements
        return document_of(
            StatementColumnsDocument,
            None,
            source=[place[s.source] for s in statements],
            relation=[self.relations[s.relation] for s in statements],
            target=[place[s.target] for s in statements],
            support=[SUPPORT.index(s.support) for s in statements],
            cargo=[self.mask(self.landscape.carried(s)) for s in statements],
            verified=[int(self.landscape.is_verified(s)) for s in statements],
            requires=[
                [i, self.specifiers[key]] for i, s in enumerate(statements) for key in sorted(s.requires.items())
            ],
            takes=[[i, place[name]] for i, s in enumerate(statements) for name in s.takes if name in place],
        )

    def routes(self) -> tuple[OfferDocument, ...]:
        # What counts as a route between any two entries is the finder's to say, here as in the browser.
        return tuple(map(self.offer, RouteFinder(self.landscape).offers))

    def offer(self, offer: Offer) -> OfferDocument:
        return document_of(
            OfferDocument,
            None,
            automaton=self.automaton(offer.rule.carrying, offer.rule.automaton),
            sources=self.places(offer.sources),
            targets=self.places(offer.targets),
        )

    def places(self, entries: Iterable[str] | None) -> list[int] | None:
        return None if entries is None else sorted(self.network.index[entry] for entry in entries)

    def automaton(self, cargo: Iterable[str], automaton: Automaton) -> AutomatonDocument:
        return document_of(
            AutomatonDocument,
            OfferDocument,
            None,
            cargo=self.mask(cargo),
            moves=[[[self.relations[r], after] for r, after in moves.items()] for moves in automaton.moves],
            accepting=sorted(automaton.accepting),
        )

    def expectation(self, each: Expected) -> RuleDocument:
        return document_of(
            RuleDocument,
            each.expectation,
            side=list(self.landscape.vocabulary.sides).index(each.expectation.side),
            automaton=self.automaton(each.expectation.carrying, each.automaton),
            sources=each.sources.tolist(),
            targets=each.targets.tolist(),
        )


def _specifiers(keys: Iterable[_Key]) -> Iterable[SpecifierDocument]:
    """The specifiers with their clauses and bits, in the order given: by what is versioned."""
    tried = {key: _tried(key[1]) for key in keys}
    versions: dict[str, set[str]] = {}
    for (subject, _), some in tried.items():
        versions.setdefault(subject, {_NOUGHT}).update(some)
    bits = {
        subject: {version: 1 << i for i, version in enumerate(_in_order(some))} for subject, some in versions.items()
    }
    for (subject, text), some in tried.items():
        wanted, bit = SpecifierSet(text), bits[subject]
        exact = [clause for clause in wanted if clause.operator == "==="]
        yield document_of(
            SpecifierDocument,
            None,
            of=subject,
            clauses=sorted({str(clause) for clause in wanted}),
            tries=f"{sum(bit[version] for version in some):x}",
            admits=f"{sum(bit[version] for version in bit if wanted.contains(version, prereleases=True)):x}",
            exact=sorted({clause.version for clause in exact}) if exact else None,
            odd=any(named_version(clause) is None for clause in exact) if exact else None,
        )


def _in_order(versions: Iterable[str]) -> list[str]:
    """The versions, 0 first."""
    return sorted(versions, key=lambda version: (version != _NOUGHT, version))


def _tried(specifier: str) -> set[str]:
    """The versions that `analysis.windows.satisfiable` tries for the clauses of a specifier, besides 0."""
    return {version for clause in SpecifierSet(specifier) for version in around(clause)}
