"""The graph as one JSON document, for networkx and what reads its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from interop_landscape.documents.declare import told
from interop_landscape.documents.kinds import Shown
from interop_landscape.reading.values import Flag

_OBJECTS: Final = Shown({"type": "array", "items": {"type": "object"}})


@dataclass(frozen=True, kw_only=True)
class NodeLinkDocument:
    """The graph as networkx writes and reads it."""

    SHAPE: ClassVar = "node-link/v1"

    directed: bool = told(Flag(), "true")
    multigraph: bool = told(Flag(), "true")
    graph: Mapping[str, Any] = told(Shown({"type": "object"}), "the landscape's `title`")
    nodes: list[Any] = told(
        _OBJECTS, "the entries: `id`, `kind`, and the keys of their files but `interop`, where they say anything"
    )
    edges: list[Any] = told(
        _OBJECTS,
        "the statements as a model flows: `source`, `target`, `key` and `statement`: the statement in words; `from`, "
        "`relation` and `to` as it says them; the keys of its file where they say anything; `live`; `halts`: whether a "
        "route that comes by it ends there; `stale`, `verified`. A relation that flows in both directions makes two",
    )
