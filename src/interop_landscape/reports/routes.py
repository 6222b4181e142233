"""Routes and statements as short lines, shared by several reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from interop_landscape.analysis.routes import Hop, Route
from interop_landscape.documents.statement import statement_details
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.terminal import styled


def verification_in_words(statement: Statement, landscape: Landscape) -> Text | None:
    """``verified 2026-11-23 with torch 2.13.0, onnx 1.23.2``; None where the statement names no probe."""
    verification = landscape.verification(statement)
    if verification is None:
        return None
    state, result = verification.state, verification.result
    if state == "verified" and result is not None:
        return Text(f"verified {result.day} {versions_in_words(result.versions)}".rstrip(), style="bold cyan")
    if state == "failed" and result is not None:
        return Text(f"its probe failed on {result.day}", style="bold red")
    said = {"unsupported": "its probe could not run there", "error": "its probe ended in an error"}.get(state)
    return Text(said or f"its probe: {state}", style="dim")


def versions_in_words(versions: Mapping[str, str], most: int = 3) -> str:
    """``with torch 2.13.0, onnx 1.23.2 …``, without that of the language; empty where there are none."""
    named = [f"{name} {version}" for name, version in versions.items() if name != "python"]
    return f"with {', '.join(named[:most])}{' …' if len(named) > most else ''}" if named else ""


def route_in_words(route: Route, landscape: Landscape) -> str:
    """``PyTorch → ONNX → OpenVINO``."""
    entries = [route.hops[0].source, *(hop.target for hop in route.hops)]
    return " → ".join(landscape.entries[entry].name for entry in entries)


def hop_title(hop: Hop, landscape: Landscape) -> Text:
    """``OpenVINO imports ONNX · full · openvino.convert_model · verified 2026-11-23 with openvino 2026.4.1``."""
    statement = hop.statement
    reads = landscape.vocabulary.relations[statement.relation].reads
    names = landscape.entries[statement.source].name, landscape.entries[statement.target].name
    parts = [Text(f"{names[0]} {reads} {names[1]}"), styled(statement.support)]
    parts += [Text(part) for part in (statement.api, statement.by and f"by {statement.by}") if part]
    verification = verification_in_words(statement, landscape)
    if verification is not None:
        parts.append(verification)
    if landscape.is_stale(statement):
        parts.append(Text(f"stale, last checked {statement.checked}", style="dim"))
    return Text(" · ").join(parts)


_NOT_IN_THE_TERMINAL = frozenset({"carries", "note"})  # titles tell what crosses; notes are for the page and JSON


def hop_details(statement: Statement, landscape: Landscape) -> Iterator[Text]:
    """Limits, version windows and the first evidence of a statement, a line each."""
    for detail in statement_details(statement, landscape):
        if detail.name == "limits":
            yield Text(f"limits: {detail.text}", style="yellow")
        elif detail.name == "requires":
            yield Text(f"{detail.label} {detail.text}")
        elif detail.name not in _NOT_IN_THE_TERMINAL:
            yield Text(f"{detail.label}: {detail.text}")
    for evidence in statement.evidence[:1]:
        more = f" (and {len(statement.evidence) - 1} more)" if len(statement.evidence) > 1 else ""
        yield Text(f"{evidence.shows}: {evidence.url}{more}", style="dim")
