"""A landscape's graph for other programs: GraphML and networkx's node-link JSON.

Both hold `build_graph` with everything that is said of entries and statements in place of its Python objects.
What is not said is left out.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import networkx as nx

from interop_landscape.documents.graph import NodeLinkDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.exchange.graphml import written
from interop_landscape.exchange.marks import GRAPHML_MARK
from interop_landscape.graph import build_graph
from interop_landscape.landscape import Landscape
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.statements import Statement

Attributes = dict[str, Any]

_not_xml = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node_link(landscape: Landscape) -> bytes:
    """JSON that `networkx.node_link_graph(…, edges="edges")` reads; keys are the statements in words."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=landscape.vocabulary.title)
    for entry, attributes in _nodes(landscape):
        graph.add_node(entry, **attributes)
    for start, end, statement, attributes in _edges(landscape):
        graph.add_edge(start, end, str(statement), **attributes)
    document = json_of(NodeLinkDocument, None, landscape, **nx.node_link_data(graph, edges="edges"))
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def graphml(landscape: Landscape) -> bytes:
    """GraphML with text and booleans only.

    Lists are joined by spaces. An edge's id is its statement, `source:relation:target`; where a relation flows in
    both directions, that of the edge against the statement's direction ends in `:turned`.
    """
    nodes = ((entry, _flat(attributes)) for entry, attributes in _nodes(landscape))
    edges = (
        (start, end, _token(statement, turned=_is_turned(landscape, statement, start, end)), _flat(attributes))
        for start, end, statement, attributes in _edges(landscape)
    )
    return written({"title": _xml_text(landscape.vocabulary.title)}, nodes, edges, GRAPHML_MARK)


def flat_graph(landscape: Landscape) -> nx.MultiDiGraph[str]:
    """The graph with text and booleans only, so that GraphML holds all of it; keys are the statements in words.

    Nodes and edges have the attributes of `node_link`, with lists joined by spaces.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=_xml_text(landscape.vocabulary.title))
    for entry, attributes in _nodes(landscape):
        graph.add_node(entry, **_flat(attributes))
    for start, end, statement, attributes in _edges(landscape):
        graph.add_edge(start, end, str(statement), **_flat(attributes))
    return graph


def _is_turned(landscape: Landscape, statement: Statement, start: str, end: str) -> bool:
    return landscape.flows(statement)[0] != (start, end)


def _token(statement: Statement, *, turned: bool) -> str:
    return ":".join((*statement.edge, *["turned"] * turned))


def _nodes(landscape: Landscape) -> Iterator[tuple[str, Attributes]]:
    for entry in landscape.entries.values():
        yield entry.id, {"kind": entry.kind, **_keys(entry, exclude="interop")}


def _edges(landscape: Landscape) -> Iterator[tuple[str, str, Statement, Attributes]]:
    """(start, end, statement, attributes) as a model flows; the attributes `from` and `to` are the statement's own."""
    for start, end, held in build_graph(landscape).edges(data=True):
        statement: Statement = held["statement"]
        attributes = {
            "statement": str(statement),
            "from": statement.source,
            "relation": statement.relation,
            "to": statement.target,
            **_keys(statement),
            "carries": list(held["carries"]),
            "live": held["live"],
            "halts": held["halts"],
            "stale": landscape.is_stale(statement),
            "verified": landscape.is_verified(statement),
        }
        yield start, end, statement, attributes


def _keys(model: Any, exclude: str = "") -> Attributes:
    """What a model holds, by the keys of its file."""
    kind: Any = type(model)
    values = {name: _plain(getattr(model, key.attribute)) for name, key in keys_of(kind).items() if name != exclude}
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def _plain(value: object) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return dict(value)
    if dataclasses.is_dataclass(value):
        return _keys(value)
    if isinstance(value, timedelta):
        return f"{value.days} days"
    return value.isoformat() if isinstance(value, date) else value


def _flat(attributes: Attributes) -> dict[str, str | bool]:
    """Attributes as GraphML knows them."""
    return {
        name: value if isinstance(value, bool) else _xml_text(_in_words(value)) for name, value in attributes.items()
    }


def _in_words(value: Any) -> str:
    """A value as text: of evidence the address, of what else has names `name value; …`, of a list all, by spaces."""
    if isinstance(value, dict):
        return value.get("url") or "; ".join(f"{name} {_in_words(one)}" for name, one in value.items())
    return " ".join(map(_in_words, value)) if isinstance(value, list) else value


def _xml_text(text: str) -> str:
    """The text with U+FFFD for every character that no XML document may hold, however it is escaped."""
    return _not_xml.sub("\ufffd", text)
