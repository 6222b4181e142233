"""Small random landscapes for hypothesis: every kind of edge, odd patterns, cargo, archived entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import (
    Cargo,
    Entry,
    Expectation,
    Kind,
    Level,
    Reach,
    Relation,
    Selector,
    Side,
    Stage,
    Steward,
    Vocabulary,
)
from interop_landscape.reading.patterns import parse_pattern
from interop_landscape.reading.statements import Statement

TODAY = date(2026, 11, 22)
PREFIX = {"framework": "f", "standard": "s", "runtime": "r", "backend": "b"}


def _relation(*args: Any, flows: str = "forward", buildable: bool = True, **more: Any) -> Relation:
    name, from_, to = args
    return Relation(inverse=f"{name}-by", from_=from_, to=to, flows=flows, buildable=buildable, reads=name, **more)


VOCABULARY = Vocabulary(
    title="random",
    sides={"north": Side(name="North", question="?"), "south": Side(name="South", question="?")},
    kinds={kind: Kind(folder=f"{kind}s", plural=f"{kind}s", summary=kind) for kind in PREFIX},
    relations={
        "exports": _relation("exports", ("framework", "runtime"), ("standard",), writes=True),
        "imports": _relation(
            "imports", ("framework", "runtime"), ("standard", "framework"), flows="backward", halts_at=("framework",)
        ),
        "implements": _relation("implements", ("framework", "runtime"), ("standard",), flows="both", kindred=True),
        "built-on": _relation("built-on", ("framework",), ("framework",), buildable=False),
        "delegates-to": _relation("delegates-to", ("framework", "runtime"), ("runtime",), buildable=False),
        "runs-on": _relation("runs-on", ("framework", "runtime"), ("backend",), vendor_bound=True),
    },
    stewards={"a": Steward(name="A"), "b": Steward(name="B")},
    reach={"wide": Level(name="wide", weight=2.0), "narrow": Level(name="narrow", weight=1.0)},
    stages={
        "open": Stage(name="open"),
        "closed": Stage(name="closed", final=True, closes=True),
        "declined": Stage(name="declined", final=True),
    },
    cargo={"graph": Cargo(name="graph", graph=True), "weights": Cargo(name="weights")},
)
_PRECEDENTED_IMPORTS = replace(VOCABULARY.relations["imports"], precedented=True, left_to="built-on")
_LEFT_EXPORTS = replace(VOCABULARY.relations["exports"], left_to="built-on")
PRECEDENTED = replace(
    VOCABULARY, relations={**VOCABULARY.relations, "imports": _PRECEDENTED_IMPORTS, "exports": _LEFT_EXPORTS}
)
PATTERNS = (
    "runs-on",
    "built-on+ runs-on",
    "built-on* delegates-to+ runs-on",
    "imports delegates-to* runs-on",
    "exports imports delegates-to* runs-on",
    "exports imports",
    "exports imports? imports",
    "imports+ imports? runs-on?",
    "imports* exports",
    "implements implements",
    "implements+",
    "implements implements? runs-on",
    "implements* imports* implements",
    "exports imports exports imports",
)


def examples(count: int) -> settings:
    """So many examples in `make test`, which draws the same ones each time, and ten times as many in `make fuzz`."""
    return settings(max_examples=count * settings().max_examples // 100)


@st.composite
def landscapes(draw: st.DrawFn, patterns: tuple[str, ...] = PATTERNS) -> Landscape:
    """A landscape of up to a dozen entries with statements of every support between them."""
    entries: dict[str, Entry] = {}
    for kind, prefix in PREFIX.items():
        for i in range(draw(st.integers(1, 3))):
            carries: tuple[str, ...] = ()
            if kind == "standard":
                carries = draw(st.sampled_from([("graph", "weights"), ("graph",), ("weights",)]))
            elif kind in ("framework", "runtime"):
                carries = draw(st.sampled_from([(), (), ("graph", "weights"), ("weights",)]))
            status = draw(st.sampled_from(["active"] * 5 + ["maintenance", "archived"]))
            wide = Reach(level="wide", checked=TODAY, evidence=())
            entries[f"{prefix}{i}"] = Entry(
                id=f"{prefix}{i}",
                kind=kind,
                path="",
                name=f"{prefix}{i}",
                summary="x",
                homepage="https://x.org",
                status=status,
                carries=carries,
                tags=draw(st.sampled_from([(), ("t",), ("t", "u")])),
                steward=draw(st.sampled_from([None, "a", "b"])),
                owner=draw(st.sampled_from([None, None, "f0", "r0"])) if kind == "standard" else None,
                bound_to=draw(st.sampled_from([None, None, "a"])) if kind == "runtime" else None,
                reach=draw(st.sampled_from([None, wide])),
            )
    allowed = [
        (source, relation, target)
        for relation, defined in VOCABULARY.relations.items()
        for source in entries
        for target in entries
        if source != target and entries[source].kind in defined.from_ and entries[target].kind in defined.to
    ]
    chosen = draw(st.lists(st.sampled_from(allowed), unique=True, max_size=16))
    supports = st.sampled_from(["full", "full", "full", "partial", "experimental", "removed", "none"])
    some = st.sampled_from([False, False, True])
    narrowing = st.sampled_from([(), (), ("graph",), ("weights",)])
    statements = []
    for source, relation, target in sorted(chosen):
        carries = draw(narrowing)
        ends = [set(entries[end].carries or VOCABULARY.cargo) for end in (source, target)]
        if not set(carries) <= ends[0] & ends[1]:
            carries = ()
        through = draw(st.lists(st.sampled_from(sorted(entries)), unique=True, max_size=2)) if draw(some) else []
        takes = tuple(name for name in through if relation != "implements" and name not in (source, target))
        statements.append(statement(source, relation, target, draw(supports), carries, takes=takes))
    kinds = st.lists(st.sampled_from(list(PREFIX)), unique=True, min_size=1, max_size=2)
    expectations = {}
    for i in range(draw(st.integers(1, 3))):
        routes = draw(st.lists(st.sampled_from(patterns), unique=True, min_size=1, max_size=3))
        expectations[f"e{i}"] = Expectation(
            id=f"e{i}",
            path="",
            line=1,
            column=1,
            side=draw(st.sampled_from(["north", "south"])),
            why="because",
            from_=Selector(kind=tuple(draw(kinds))),
            to=Selector(kind=tuple(draw(kinds))),
            need=draw(st.sampled_from(["each", "each", "any"])),
            carrying=draw(st.sampled_from([(), (), ("graph",), ("graph", "weights")])),
            routes={f"r{j}": parse_pattern(text) for j, text in enumerate(routes)},
            weight=draw(st.sampled_from([1.0, 1.0, 2.0, 0.5])),
        )
    return Landscape(
        vocabulary=draw(st.sampled_from([VOCABULARY, PRECEDENTED])),
        today=TODAY,
        entries=MappingProxyType(dict(sorted(entries.items()))),
        statements=tuple(statements),
        expectations=expectations,
        kind_of={entry.id: entry.kind for entry in entries.values()},
    )


def statement(
    source: str, relation: str, target: str, support: str = "full", carries: tuple[str, ...] = (), **more: Any
) -> Statement:
    """A statement without a file."""
    return Statement(
        source=source,
        relation=relation,
        target=target,
        inverted=False,
        path="",
        line=1,
        column=1,
        support=support,
        checked=TODAY,
        evidence=(),
        carries=carries,
        **more,
    )


def small(
    kinds: dict[str, str],
    edges: tuple[tuple[str, str, str], ...],
    routes: tuple[str, ...],
    from_: Selector,
    to: Selector,
) -> Landscape:
    """A landscape of a few entries (kind by id) and full edges, with one expectation called `rule`."""
    entries = {
        name: Entry(id=name, kind=kind, path="", name=name, summary="x", homepage="https://x.org", status="active")
        for name, kind in kinds.items()
    }
    rule = Expectation(
        id="rule",
        path="",
        line=1,
        column=1,
        side="north",
        why="because",
        from_=from_,
        to=to,
        routes={f"r{i}": parse_pattern(text) for i, text in enumerate(routes)},
    )
    return Landscape(
        vocabulary=VOCABULARY,
        today=TODAY,
        entries=dict(sorted(entries.items())),
        statements=tuple(statement(*edge) for edge in edges),
        expectations={"rule": rule},
        kind_of=kinds,
    )
