"""Which operators a model in an ONNX file uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from interop_landscape.errors import BadRequest
from interop_landscape.text import shown

MODEL: Final = 2**31
"""Bytes of a model's file; no more can be in one message."""

NODES: Final = 1_000_000
_DEPTH: Final = 50


def operators_of(path: Path) -> Counter[str]:
    """How often a model uses each operator: its name, with its domain before it unless that is ONNX's own.

    What the file defines itself stands for what it is made of. Nothing is loaded but the file itself. Raises BadRequest
    where there is no such model, or not the package that reads it.
    """
    try:
        import onnx  # type: ignore[import-not-found]
    except ImportError:
        raise BadRequest("reading a model needs the package onnx: pip install 'interop-landscape[onnx]'") from None
    try:
        if not path.is_file() or path.stat().st_size > MODEL:
            raise BadRequest(f"{shown(str(path))} is no file of a model of at most {MODEL >> 30} GiB")
        model = onnx.load(str(path), load_external_data=False)
    except OSError as error:
        raise BadRequest(f"{shown(str(path))} cannot be read: {error.strerror}") from None
    except BadRequest:
        raise
    except Exception as error:  # whatever the parser of messages raises
        raise BadRequest(f"{shown(str(path))} is no ONNX model: {shown(str(error), 100)}") from None
    found = _counted(model)
    if not found:
        raise BadRequest(f"{shown(str(path))} is no ONNX model: it has no operator")
    return found


def _counted(model: Any) -> Counter[str]:
    own = {(function.domain, function.name) for function in model.functions}
    counts: Counter[str] = Counter()
    for place, node in enumerate(_nodes(model)):
        if place >= NODES:
            raise BadRequest(f"the model has more than {NODES:,} nodes")
        if (node.domain, node.op_type) not in own and node.op_type:
            counts[operator(node.domain, node.op_type)] += 1
    return counts


def operator(domain: str, name: str) -> str:
    """What an operator is called here, as the suites of ONNX call it."""
    return name if domain in ("", "ai.onnx") else f"{domain}.{name}"


def _nodes(model: Any) -> Iterator[Any]:
    """All nodes, those of graphs within nodes too."""
    waiting = [(model.graph.node, 0), *((function.node, 0) for function in model.functions)]
    while waiting:
        nodes, depth = waiting.pop()
        for node in nodes:
            yield node
            if depth < _DEPTH:
                inner = [graph for a in node.attribute for graph in ((a.g, *a.graphs) if a.HasField("g") else a.graphs)]
                waiting += [(graph.node, depth + 1) for graph in inner]
