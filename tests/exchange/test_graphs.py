"""The graph in other formats, read back by networkx and held against `Landscape.graph`."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from interop_landscape import loading
from interop_landscape.exchange.graphs import graphml, node_link
from interop_landscape.exchange.marks import GRAPHML_MARK
from interop_landscape.graph import build_graph
from interop_landscape.landscape import Landscape
from tests.landscapes import FIXTURE, SNAPSHOT, empty, fixture_with
from tests.strategies import examples, landscapes

ODD = '"><b>&amp; ]]> <!-- --> 🧑\u200d🔬 e\u0301 ﷽ עברית\n漢字 =1+1'
Graph = Any


def from_graphml(landscape: Landscape) -> Graph:
    return nx.read_graphml(io.BytesIO(graphml(landscape)), force_multigraph=True)


def from_node_link(landscape: Landscape) -> Graph:
    return nx.node_link_graph(json.loads(node_link(landscape)), edges="edges")


def odd(folder: Path) -> Landscape:
    """The fixture with an entry and a statement whose texts are odd."""
    alpha = (FIXTURE / "frameworks" / "alpha.yml").read_text()
    alpha = alpha.replace("name: Alpha", f"name: {json.dumps(ODD, ensure_ascii=False)}", 1)
    alpha = alpha.replace("support: full", f"support: full\n      note: {json.dumps(ODD, ensure_ascii=False)}", 1)
    return loading.load(fixture_with(folder, {"frameworks/alpha.yml": alpha}))


def agree(landscape: Landscape) -> None:
    """Both formats hold the nodes, the edges and what `Landscape.graph` says of them."""
    graph = build_graph(landscape)
    xml, linked = from_graphml(landscape), from_node_link(landscape)
    assert linked.is_multigraph()
    assert linked.is_directed()
    assert list(linked.edges(keys=True)) == list(graph.edges(keys=True))
    assert sorted((a, b, held["statement"]) for a, b, held in xml.edges(data=True)) == sorted(graph.edges(keys=True))
    for read in (xml, linked):
        assert list(read) == list(graph)
        for name in ("kind", "name", "status"):
            assert list(read.nodes(data=name)) == list(graph.nodes(data=name))
        for start, end, held in read.edges(data=True):
            there = graph.edges[start, end, held["statement"]]
            statement = there["statement"]
            carries = held.get("carries", [])
            assert tuple(carries if isinstance(carries, list) else carries.split()) == there["carries"]
            assert (held["relation"], held["support"], held["live"]) == (
                there["relation"], there["support"], there["live"]
            )  # fmt: skip
            assert (held["from"], held["to"]) == (statement.source, statement.target)
            assert held["checked"] == statement.checked.isoformat()
            assert held["stale"] == landscape.is_stale(statement)
            for name in ("since", "by", "limits", "note", "api"):
                assert held.get(name) == getattr(statement, name)


@pytest.mark.parametrize("folder", [FIXTURE, SNAPSHOT])
def test_both_hold_the_graph(folder: Path) -> None:
    agree(loading.load(folder))


@given(landscapes())
@examples(40)
def test_both_hold_any_graph(landscape: Landscape) -> None:
    agree(landscape)


def test_nothing_gives_an_empty_graph(tmp_path: Path) -> None:
    agree(loading.load(empty(tmp_path)))


def test_odd_text_reads_back_the_same(tmp_path: Path) -> None:
    landscape = odd(tmp_path)
    assert sum(statement.note == ODD for statement in landscape.statements) == 1
    assert landscape.entries["alpha"].name == ODD
    agree(landscape)


def test_what_no_xml_may_hold_is_marked_and_json_keeps_it(tmp_path: Path) -> None:
    alpha = (FIXTURE / "frameworks" / "alpha.yml").read_text().replace("name: Alpha", r'name: "A\uFFFF"', 1)
    landscape = loading.load(fixture_with(tmp_path, {"frameworks/alpha.yml": alpha}))
    assert from_graphml(landscape).nodes["alpha"]["name"] == "A\ufffd"
    assert from_node_link(landscape).nodes["alpha"]["name"] == "A\uffff"


@examples(20)
@given(landscapes())
def test_graphml_is_what_networkx_writes(landscape: Landscape) -> None:
    mine = graphml(landscape)
    graph = nx.read_graphml(io.BytesIO(mine), force_multigraph=True)
    buffer = io.BytesIO()
    nx.write_graphml_xml(graph, buffer)
    assert buffer.getvalue() + b"\n" == mine.replace(f"{GRAPHML_MARK}\n".encode(), b"")


@pytest.mark.parametrize("folder", [FIXTURE, SNAPSHOT])
def test_ids_of_graphml_edges_are_unique_and_name_tokens(folder: Path) -> None:
    landscape = loading.load(folder)
    edges = ET.fromstring(graphml(landscape)).findall(".//{*}edge")
    ids = [edge.attrib["id"] for edge in edges]
    assert len(set(ids)) == len(ids) == build_graph(landscape).number_of_edges()
    assert all(re.fullmatch(r"[\w.:-]+", one, re.ASCII) for one in ids)
    turned = {edge.attrib["target"] for edge in edges if edge.attrib["id"].endswith(":turned")}
    both = {s.source for s in landscape.statements if landscape.vocabulary.relations[s.relation].flows == "both"}
    assert both
    assert turned == both


def test_lists_and_versions_in_both() -> None:
    landscape = loading.load(SNAPSHOT)
    statement = next(s for s in landscape.statements if s.requires and len(s.evidence) > 1)
    start, end = landscape.flows(statement)[0]
    node_linked, in_xml = from_node_link(landscape), from_graphml(landscape)
    linked = node_linked.edges[start, end, str(statement)]
    assert linked["requires"] == dict(statement.requires)
    assert linked["evidence"] == [{"url": e.url, "shows": e.shows} for e in statement.evidence]
    xml = in_xml.edges[start, end, ":".join(statement.edge)]
    assert xml["requires"] == "; ".join(f"{subject} {versions}" for subject, versions in statement.requires.items())
    assert xml["evidence"].split() == [e.url for e in statement.evidence]
    tagged = next(entry for entry in landscape.entries.values() if len(entry.tags) > 1)
    assert node_linked.nodes[tagged.id]["tags"] == list(tagged.tags)
    assert in_xml.nodes[tagged.id]["tags"].split() == list(tagged.tags)


def test_node_link_says_what_it_is() -> None:
    document = json.loads(node_link(loading.load(FIXTURE)))
    assert document["schema"] == "node-link/v1"
    assert document["graph"] == {"title": loading.load(FIXTURE).vocabulary.title}


def test_both_say_how_far_an_entry_reaches(tmp_path: Path) -> None:
    reach = "reach: {level: wide, checked: 2026-11-22, evidence: [{url: 'https://a.example', shows: '30,000 stars'}]}\n"
    alpha = (FIXTURE / "frameworks" / "alpha.yml").read_text().replace("interop:", f"{reach}interop:", 1)
    words = (FIXTURE / "landscape.yml").read_text() + "reach: {wide: {name: Wide, weight: '2', summary: Many.}}\n"
    landscape = loading.load(fixture_with(tmp_path, {"frameworks/alpha.yml": alpha, "landscape.yml": words}))
    flat = "level wide; checked 2026-11-22; evidence https://a.example"
    assert from_graphml(landscape).nodes["alpha"]["reach"] == flat
    assert from_node_link(landscape).nodes["alpha"]["reach"] == {
        "level": "wide",
        "checked": "2026-11-22",
        "evidence": [{"url": "https://a.example", "shows": "30,000 stars"}],
    }
