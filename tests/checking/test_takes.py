"""`check` asks what a statement takes where several things come in and several lead on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interop_landscape.checking import check
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Selector
from tests.strategies import VOCABULARY, small

DELEGATES = replace(VOCABULARY.relations["delegates-to"], asks_takes=True)
IMPORTS = replace(VOCABULARY.relations["imports"], asks_carries=True)
KINDS = {"f0": "framework", "s0": "standard", "onnx": "standard", "r0": "runtime", "r1": "runtime", "r2": "runtime"}
IN = (("r0", "imports", "s0"), ("r0", "imports", "onnx"))
ON = (("r0", "delegates-to", "r1"), ("r0", "delegates-to", "r2"))


def host(edges: tuple[tuple[str, str, str], ...], takes: dict[str, tuple[str, ...]]) -> Landscape:
    """A runtime with these edges, of which those that lead to some entries take some."""
    made = small(KINDS, edges, ("imports delegates-to",), Selector(kind=("standard",)), Selector(kind=("runtime",)))
    relations = {**VOCABULARY.relations, "delegates-to": DELEGATES, "imports": IMPORTS}
    statements = tuple(replace(s, takes=takes.get(s.target, ())) for s in made.statements)
    return made.replacing(vocabulary=replace(VOCABULARY, relations=relations), statements=statements)


def said(landscape: Landscape) -> list[tuple[str, str, str]]:
    return [(found.code, found.message, found.hint or "") for found in check(landscape) if "take" in found.code]


def test_each_of_several_that_lead_on_says_what_it_takes() -> None:
    asked = said(host(IN + ON, {"r1": ("s0",)}))
    assert asked == [
        (
            "missing-takes",
            "`r0` has several edges in and out; `takes` must say what `r0 delegates-to r2` takes",
            "add `takes:` with some of onnx, s0",
        )
    ]
    assert said(host(IN + ON, {"r1": ("s0",), "r2": ("s0", "onnx")})) == []


@pytest.mark.parametrize("edges", [IN[:1] + ON, IN + ON[:1]])
def test_where_one_comes_in_or_one_leads_on_nothing_is_asked(edges: tuple[tuple[str, str, str], ...]) -> None:
    assert said(host(edges, {})) == []


def test_what_does_not_come_in_is_not_taken() -> None:
    ((code, message, hint),) = said(host(IN + ON[:1], {"r1": ("onxn",)}))
    assert (code, message) == ("not-taken", "no entry is called `onxn`")
    assert "did you mean" in hint
    ((code, message, hint),) = said(host(IN + ON[:1], {"r1": ("f0",)}))
    assert (code, message) == ("not-taken", "nothing comes into `r0` out of `f0`")
    assert "s0" in hint


def test_a_relation_that_flows_both_ways_takes_nothing() -> None:
    edges = (*IN, ("r0", "implements", "s0"))
    landscape = host(edges, {"s0": ("onnx",)})
    kept = tuple(s if s.relation == "implements" else replace(s, takes=()) for s in landscape.statements)
    assert [code for code, _, _ in said(landscape.replacing(statements=kept))] == ["takes-both-ways"]
