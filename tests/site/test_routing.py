"""The browser's search and counts, run in Node, held against the command line's."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interop_landscape import loading, phrases
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.routes import Route
from interop_landscape.analysis.tally import Tally
from interop_landscape.analysis.verdict import Verdicts
from interop_landscape.documents.route import RouteDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Cargo, Expectation, Selector
from interop_landscape.reading.patterns import parse_pattern
from interop_landscape.site.routing import routing_document
from tests.landscapes import FIXTURE, SNAPSHOT, empty, with_results
from tests.strategies import PATTERNS, VOCABULARY, examples, landscapes, small, statement

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")

SCRIPT = Path(__file__).parents[2] / "site_templates" / "assets" / "js" / "routes.js"
# Answers each line of its input, {document, questions: [[from, to, top]], assumed: [[edge]]}, with a line.
DRIVER = """
import { createInterface } from "node:readline";
const { createRoutes } = await import(process.argv[1]);
for await (const line of createInterface({ input: process.stdin })) {
  const { document, stated, questions, assumed } = JSON.parse(line);
  const routes = createRoutes(document);
  const counts = assumed.map((edges) => ({
    tallies: routes.tallies(edges), closed: routes.closed(edges), met: [...routes.standing(edges).met],
  }));
  const found = questions.map((question) => routes.between(...question, (edge) => stated[edge]));
  const misses = questions.map(([from, to, top]) => routes.misses(from, to, top));
  console.log(JSON.stringify({ found, counts, misses }));
}
"""

Question = tuple[str, str, int]


class Browser:
    """One Node process that answers for many landscapes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, landscape: Landscape, questions: list[Question], assumed: list[list[Edge]]) -> dict[str, Any]:
        document = routing_document(landscape)
        edges = [[" ".join(edge) for edge in some] for some in assumed]
        stated = {
            str(s): {"limits": s.limits, "evidence": [{"url": evidence.url} for evidence in s.evidence]}
            for s in landscape.statements
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(
            json.dumps({"document": document, "stated": stated, "questions": questions, "assumed": edges}),
            file=self.process.stdin,
            flush=True,
        )
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


def running() -> subprocess.Popen[str]:
    """A Node process that answers."""
    command = ["node", "--input-type=module", "--eval", DRIVER, SCRIPT.as_uri()]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running() as process:
        yield Browser(process)


def found_by(verdicts: Verdicts, question: Question) -> dict[str, Any]:
    """What the browser should find."""
    verdict, routes, apart, _ = verdicts.between(question[0], question[1], top=question[2])
    says = phrases.verdict(verdict, [], verdicts.landscape)
    return {
        "answer": verdict.answer,
        "record": verdict.record,
        "says": phrases.VERDICT["ask"] if verdict.answer == "unknown" else says,
        "denied": str(verdict.denied) if verdict.denied else None,
        "inShort": phrases.verdict_in_short(verdict, verdicts.landscape),
        "routes": [shown_route(route, verdicts.landscape) for route in routes],
        "apart": [shown_route(route, verdicts.landscape) for route in apart],
    }


def shown_route(route: Route, landscape: Landscape) -> dict[str, Any]:
    document = json_of(RouteDocument, route, landscape)
    hops = [
        {key: hop[key] for key in ("from", "to", "relation", "statement", "support")}
        | {"verified": bool(hop["verified"])}
        for hop in document["hops"]
    ]
    return {**document, "hops": hops}


def counts_of(landscape: Landscape, assumed: list[Edge]) -> dict[str, Any]:
    """What the browser should count."""
    before, after = Gaps(landscape), Gaps(landscape.assuming(assumed))
    was, now = before.standing(), after.standing()
    return {
        "tallies": {
            "all": shown(after.tally()),
            "sides": {side: shown(after.tally(side)) for side in landscape.vocabulary.sides},
        },
        "closed": [str(pair) for pair, status in now.items() if status == "met" and was[pair] != "met"],
        "met": [str(pair) for pair, status in now.items() if status == "met"],
    }


def shown(tally: Tally) -> dict[str, Any]:
    score = None if tally.score is None else pytest.approx(tally.score, rel=1e-12)  # sums are taken in other orders
    return {"expected": tally.expected, "met": tally.met, "score": score}


def agree(browser: Browser, landscape: Landscape, questions: list[Question], assumed: list[list[Edge]]) -> list[Any]:
    """Both find the same routes and verdicts and count the same pairs; returns the routes."""
    answer = browser.ask(landscape, questions, assumed)
    verdicts = Verdicts(landscape)
    for question, found in zip(questions, answer["found"], strict=True):
        assert found == found_by(verdicts, question), question
    for some, counted in zip(assumed, answer["counts"], strict=True):
        assert counted == counts_of(landscape, some), some
    return [found["routes"] for found in answer["found"]]


def all_pairs(landscape: Landscape, top: int) -> list[Question]:
    return [(a, b, top) for a in landscape.entries for b in landscape.entries if a != b]


def allowed_edges(landscape: Landscape) -> list[Edge]:
    """Every edge that may be assumed."""
    return [
        Edge(source, relation, target)
        for relation in landscape.vocabulary.relations
        for source in landscape.entries
        for target in landscape.entries
        if landscape.allows(source, relation, target)
    ]


def test_the_real_landscape_has_the_same_routes_and_counts(browser: Browser) -> None:
    landscape = loading.load(SNAPSHOT)
    ids = list(landscape.entries)
    sources = [entry.id for entry in landscape.entries.values() if entry.kind == "framework"]
    questions: list[Question] = [(a, b, 5) for a in (*sources[::18], *ids[::40]) for b in ids[::5] if a != b]
    edges = allowed_edges(landscape)
    stated = {
        support: [s.edge for s in landscape.statements if s.support == support] for support in ("none", "partial")
    }
    closing = [fix for gap in Gaps(landscape).top(3) for fix in gap.fixes[:1]]
    fixes = [fix.edge for fix in closing]
    assumed = [[], *([edge] for edge in edges[:: len(edges) // 8]), fixes, fixes[:1], edges[:: len(edges) // 40]]
    found = agree(browser, landscape, questions, [*assumed, stated["none"][:1], stated["partial"], stated["none"]])
    assert sum(len(some) > 1 for some in found) > 25
    assert any(route["windows"] for some in found for route in some)


def partly_proven(landscape: Landscape) -> Landscape:
    """The landscape with every third statement verified."""
    statements = tuple(replace(s, probe=None if i % 3 else "probe") for i, s in enumerate(landscape.statements))
    return with_results(landscape.replacing(statements=statements), {"probe": "pass"})


def test_the_fixture_has_the_same_routes_between_all_its_entries(browser: Browser) -> None:
    landscape = partly_proven(loading.load(FIXTURE))
    found = agree(browser, landscape, all_pairs(landscape, 50), [[]])
    assert len({hop["verified"] for some in found for route in some for hop in route["hops"]}) == 2


def test_verification_orders_routes_alike_among_many(browser: Browser) -> None:
    landscape = partly_proven(loading.load(SNAPSHOT))
    ids = list(landscape.entries)
    found = agree(
        browser, landscape, [(a, b, top) for a in ids[3::70] for b in ids[::18] if a != b for top in (1, 9)], []
    )
    shares = [[sum(hop["verified"] for hop in route["hops"]) / len(route["hops"]) for route in some] for some in found]
    assert any(len(set(some)) > 1 for some in shares), "no two routes differ in how much of them is verified"


specifiers = st.sampled_from([">=2", "<2", ">=1,<3", "!=2.*", "==2.1", "~=2.1", "<=2", ">2"])


@st.composite
def demanding(draw: st.DrawFn) -> Landscape:
    """A random landscape with windows of versions and verified statements."""
    landscape = draw(landscapes(PATTERNS))
    requires = st.dictionaries(st.sampled_from(["opset", "cuda"]), specifiers, max_size=2)
    statements = tuple(
        replace(s, requires=draw(requires), probe=draw(st.sampled_from([None, "passes", "fails"])))
        for s in landscape.statements
    )
    return with_results(landscape.replacing(statements=statements), {"passes": "pass", "fails": "fail"})


@examples(40)
@given(demanding(), st.data())
def test_random_landscapes_have_the_same_routes_and_counts(
    browser: Browser, landscape: Landscape, data: st.DataObject
) -> None:
    some = st.lists(st.sampled_from(allowed_edges(landscape)), max_size=4)
    assumed = [[], data.draw(some), [s.edge for s in landscape.statements], data.draw(some)]
    agree(browser, landscape, all_pairs(landscape, data.draw(st.sampled_from([1, 2, 5]))), assumed)


numbers = st.integers(1, 4).map(str) | st.builds("{}.{}".format, st.integers(1, 3), st.integers(1, 3))
clauses = (
    st.builds("{}{}".format, st.sampled_from([">=", "<=", ">", "<", "==", "!="]), numbers)
    | st.builds("~={}.{}".format, st.integers(1, 3), st.integers(1, 3))
    | st.builds("{}{}.*".format, st.sampled_from(["==", "!="]), numbers)
    | st.sampled_from(["===2.1", "===a", "===b", ">=2.1.post1", "<2.1rc1", "==2.1+local", ">1!1", "==2.0", "<2.0.1"])
)


@examples(60)
@given(st.lists(st.lists(clauses, min_size=1, max_size=3).map(",".join), min_size=4, max_size=7))
@example([">2", "<2.0.1", "==2.0"])  # what the last one has tried is not tried for the others
def test_any_windows_are_joined_alike(browser: Browser, texts: list[str]) -> None:
    # A chain: each route along a part of it joins other specifiers, while the document knows them all.
    chain = [f"f{i}" for i in range(len(texts) + 1)]
    landscape = small(
        dict.fromkeys(chain, "framework"), (), ("built-on+",), Selector(kind=("framework",)), Selector()
    ).replacing(
        statements=tuple(
            statement(a, "built-on", b, requires={"x": text})
            for (a, b), text in zip(pairwise(chain), texts, strict=True)
        )
    )
    agree(browser, landscape, all_pairs(landscape, 5), [])


def crowd(size: int, routes: tuple[str, ...], more: dict[str, str], edges: tuple[Edge, ...]) -> Landscape:
    """Frameworks that are all built on each other, with some more entries and edges."""
    names = [f"f{i}" for i in range(size)]
    built = tuple((a, "built-on", b) for a in names for b in names if a != b)
    kinds = dict.fromkeys(names, "framework") | more
    return small(
        kinds, (*built, *edges), routes, Selector(kind=("framework",)), Selector(kind=("framework", "backend"))
    )


def test_conflicting_routes_come_last_and_are_not_looked_for_without_end(browser: Browser) -> None:
    # Only the route through all in turn has no conflict, and some two hundred shorter routes come before it.
    landscape = crowd(7, ("built-on+",), {}, ())
    in_turn: dict[tuple[str, str], dict[str, str]]
    in_turn = {edge: {} for edge in pairwise(f"f{i}" for i in range(1, 7))} | {("f0", "f1"): {"x": ">=2"}}
    statements = tuple(
        replace(s, requires=in_turn.get((s.source, s.target), {"x": "<2,>3" if s.source == "f0" else "<2"}))
        for s in landscape.statements
        if (s.source, s.target) != ("f0", "f6")
    )
    landscape = landscape.replacing(statements=statements)
    one, five = agree(browser, landscape, [("f0", "f6", 1), ("f0", "f6", 5)], [])
    assert [len(route["hops"]) for route in one] == [2]
    assert [len(route["hops"]) for route in five] == [6, 2, 2, 2, 2]


def test_both_give_up_after_looking_at_as_many_partial_routes(browser: Browser) -> None:
    # The short route would lead back to where it began, and there are more partial routes to try it than are tried.
    five = "built-on built-on built-on built-on built-on"
    edges = (Edge("f0", "runs-on", "b0"), Edge("f1", "delegates-to", "r0"), Edge("r0", "runs-on", "b0"))
    routes = (f"{five} runs-on", f"{five} delegates-to runs-on")
    for size, known in ((10, 0), (6, 2)):
        landscape = crowd(size, routes, {"r0": "runtime", "b0": "backend"}, edges)
        (found,) = agree(browser, landscape, [("f0", "b0", 2)], [[]])
        assert len(found) == known


def test_equal_routes_come_in_the_order_of_names_by_code_point(browser: Browser) -> None:
    names = ["f\uff5e", "f\U0001f600", "fz", "f-z", "f"]
    kinds = dict.fromkeys(names, "framework") | {"a": "framework", "b": "backend"}
    edges = tuple(edge for name in names for edge in (("a", "built-on", name), (name, "runs-on", "b")))
    landscape = small(kinds, edges, ("built-on runs-on",), Selector(kind=("framework",)), Selector(kind=("backend",)))
    (found,) = agree(browser, landscape, [("a", "b", 5)], [])
    assert [route["hops"][0]["to"] for route in found] == ["f", "f-z", "fz", "f\uff5e", "f\U0001f600"]


def test_there_may_be_more_cargo_than_a_number_has_bits(browser: Browser) -> None:
    cargo = {f"c{i}": Cargo(name=f"c{i}") for i in range(62)}
    landscape = small(
        {"f0": "framework", "s0": "standard", "r0": "runtime"},
        (),
        ("exports imports",),
        Selector(kind=("framework",)),
        Selector(kind=("runtime",)),
    )
    carries = ("c0", "c1", "c60", "c61")
    rule: Expectation = replace(
        landscape.expectations["rule"], carrying=("c61",), routes={"r": parse_pattern("exports imports")}
    )
    landscape = landscape.replacing(
        vocabulary=replace(VOCABULARY, cargo=cargo),
        entries={**landscape.entries, "s0": replace(landscape.entries["s0"], carries=carries)},
        statements=(
            statement("f0", "exports", "s0", carries=("c1", "c60", "c61")),
            statement("r0", "imports", "s0", "none", carries=("c0", "c61")),
        ),
        expectations={"rule": rule},
    )
    agree(browser, landscape, all_pairs(landscape, 5), [[], [Edge("r0", "imports", "s0")]])
    built = landscape.assuming([Edge("r0", "imports", "s0")])
    found = agree(browser, built, [("f0", "r0", 5)], [[]])
    assert [route["carries"] for route in found[0]] == [["c61"]]


def test_an_empty_landscape_has_no_routes_and_no_score(browser: Browser, tmp_path: Path) -> None:
    landscape = loading.load(empty(tmp_path))
    answer = browser.ask(landscape, [], [[]])
    tallies = {"all": {"expected": 0, "met": 0, "score": None}, "sides": {}}
    assert answer["counts"] == [{"tallies": tallies, "closed": [], "met": []}]


def test_the_document_is_the_same_each_time_and_small() -> None:
    documents = [json.dumps(routing_document(loading.load(SNAPSHOT))) for _ in range(2)]
    assert documents[0] == documents[1]
    assert len(documents[0]) < 40 * (len(loading.load(SNAPSHOT).statements) + 1000)


def test_each_edge_named_as_a_miss_would_open_a_route(browser: Browser) -> None:
    landscape = loading.load(SNAPSHOT)
    verdicts = Verdicts(landscape)
    ids = list(landscape.entries)
    pairs = [(a, b, 2) for a in ids[::27] for b in ids[::9] if a != b]
    unmet = [one for one in pairs if verdicts.between(*one[:2], top=1).verdict.route is None]
    misses = browser.ask(landscape, unmet, [])["misses"]
    named = [(one, edge) for one, edges in zip(unmet, misses, strict=True) for edge in edges]
    assert named
    for (source, target, _), edge in named:
        assumed = landscape.assuming([landscape.parse_edge(edge)])
        assert Verdicts(assumed).between(source, target, top=1).verdict.route, (source, target, edge)
