"""The landscape as a networkx graph: the public graph type, and the oracle that the tests count with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape


def build_graph(landscape: Landscape) -> nx.MultiDiGraph[str]:
    """Lay every statement in the direction in which a model flows.

    Nodes are entry ids with the attributes ``entry``, ``kind``, ``name`` and ``status``. Edges have the
    statement in words as key, such as ``iree imports onnx``, and the attributes ``relation``, ``support``,
    ``carries`` (a sorted tuple of cargo), ``takes`` (the entries out of which a route must have come in, empty where
    any will do), ``halts`` (whether a route that comes by it ends there), ``live`` and ``statement``.
    A relation that flows in both directions gives an edge in each. Statements whose support is ``none`` or ``removed``
    are edges too, with ``live`` false.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=landscape.vocabulary.title)
    for entry in landscape.entries.values():
        graph.add_node(entry.id, entry=entry, kind=entry.kind, name=entry.name, status=entry.status)
    for statement in landscape.statements:
        carries = tuple(sorted(landscape.carried(statement)))
        for start, end in landscape.flows(statement):
            graph.add_edge(
                start,
                end,
                key=str(statement),
                relation=statement.relation,
                support=statement.support,
                carries=carries,
                takes=statement.takes,
                halts=landscape.halts(statement, end),
                live=statement.live,
                statement=statement,
            )
    return graph
