"""GraphML as text: what networkx would write of the same graph, to the byte, in half its time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

Flat = Mapping[str, str | bool]
Node = tuple[str, Flat]
Edge = tuple[str, str, str, Flat]

_HEAD: Final = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)
_OF_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_OF_ATTRIBUTES: Final = _OF_TEXT | str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})


def written(graph: Flat, nodes: Iterable[Node], edges: Iterable[Edge], mark: str) -> bytes:
    """A directed graph of text and booleans: nodes with their ids, edges as (start, end, id, attributes).

    ``mark`` is a comment that stands before it.
    """
    keys = _Keys()
    about = keys.data("graph", graph, "    ")
    inner = [
        *(f'    <node id="{_quoted(name)}">\n{keys.data("node", flat)}    </node>\n' for name, flat in nodes),
        *(
            f'    <edge source="{_quoted(start)}" target="{_quoted(end)}" id="{_quoted(name)}">\n'
            f"{keys.data('edge', flat)}    </edge>\n"
            for start, end, name, flat in edges
        ),
    ]
    head = ["<?xml version='1.0' encoding='utf-8'?>", mark, _HEAD, *keys.declared(), '  <graph edgedefault="directed">']
    return ("\n".join(head) + "\n" + "".join(inner) + f"{about}  </graph>\n</graphml>\n\n").encode()


class _Keys:
    """The keys of a document, declared when they are first used."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, bool, str], str] = {}

    def data(self, scope: str, flat: Flat, indent: str = "      ") -> str:
        """The attributes of a graph, a node or an edge, a line each."""
        return "".join(f"{indent}{self._one(scope, name, value)}\n" for name, value in flat.items())

    def _one(self, scope: str, name: str, value: str | bool) -> str:
        key = self._ids.setdefault((name, isinstance(value, bool), scope), f"d{len(self._ids)}")
        text = str(value).translate(_OF_TEXT)
        return f'<data key="{key}">{text}</data>' if text else f'<data key="{key}" />'

    def declared(self) -> list[str]:
        """The declarations, the last first."""
        return [
            f'  <key id="{key}" for="{scope}" attr.name="{_quoted(name)}" '
            f'attr.type="{"boolean" if is_boolean else "string"}" />'
            for (name, is_boolean, scope), key in reversed(self._ids.items())
        ]


def _quoted(text: str) -> str:
    return text.translate(_OF_ATTRIBUTES)
