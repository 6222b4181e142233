"""Routes and statements as JSON and as short lines, shared by several reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from interop_landscape.analysis.routes import Hop, Route
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.people import styled


def route_document(route: Route, landscape: Landscape) -> dict[str, Any]:
    """A route as in ``path/v1``."""
    return {
        "strength": route.strength,
        "carries": [name for name in landscape.vocabulary.cargo if name in route.carries],
        "windows": [{"of": w.subject, "versions": w.specifier, "empty": w.empty} for w in route.windows],
        "hops": [
            {
                "from": hop.source,
                "to": hop.target,
                **{k: v for k, v in statement_document(hop.statement, landscape).items() if k not in ("from", "to")},
                "statement": str(hop.statement),
            }
            for hop in route.hops
        ],
    }


def statement_document(statement: Statement, landscape: Landscape) -> dict[str, Any]:
    """A statement with all its fields; ``from`` and ``to`` are its own, whichever way it flows."""
    return {
        "from": statement.source,
        "relation": statement.relation,
        "to": statement.target,
        "support": statement.support,
        "carries": list(statement.carries),
        "api": statement.api,
        "by": statement.by,
        "since": statement.since,
        "until": statement.until,
        "requires": dict(statement.requires),
        "limits": statement.limits,
        "note": statement.note,
        "checked": statement.checked.isoformat(),
        "stale": landscape.is_stale(statement),
        "evidence": [{"url": e.url, "shows": e.shows} for e in statement.evidence],
        "verified": {"probe": statement.probe} if landscape.is_proven(statement) else None,
    }


def chain(route: Route, landscape: Landscape) -> str:
    """``PyTorch → ONNX → OpenVINO``."""
    entries = [route.hops[0].source, *(hop.target for hop in route.hops)]
    return " → ".join(landscape.entries[entry].name for entry in entries)


def hop_title(hop: Hop, landscape: Landscape) -> Text:
    """``OpenVINO imports ONNX · full · openvino.convert_model · proven``."""
    statement = hop.statement
    reads = landscape.vocabulary.relations[statement.relation].reads
    names = landscape.entries[statement.source].name, landscape.entries[statement.target].name
    parts = [Text(f"{names[0]} {reads} {names[1]}"), styled(statement.support)]
    parts += [Text(part) for part in (statement.api, statement.by and f"by {statement.by}") if part]
    if hop.proven:
        parts.append(Text("proven", style="bold cyan"))
    if landscape.is_stale(statement):
        parts.append(Text(f"stale, last checked {statement.checked}", style="dim"))
    return Text(" · ").join(parts)


def hop_details(statement: Statement) -> Iterator[Text]:
    """Limits, version windows and the first evidence of a statement, a line each."""
    if statement.limits:
        yield Text(f"limits: {statement.limits}", style="yellow")
    for subject, specifier in statement.requires.items():
        yield Text(f"needs {subject} {specifier}")
    for evidence in statement.evidence[:1]:
        more = f" (and {len(statement.evidence) - 1} more)" if len(statement.evidence) > 1 else ""
        yield Text(f"{evidence.shows}: {evidence.url}{more}", style="dim")
