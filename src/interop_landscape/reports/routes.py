"""Routes and statements as short lines, shared by several reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from interop_landscape import phrases
from interop_landscape.documents.details import statement_details
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.terminal import styled

_VERIFICATION_STYLES: Final = {"verified": "bold cyan", "failed": "bold red"}


def verification_in_words(statement: Statement, landscape: Landscape) -> Text | None:
    """``verified 2026-11-23 with torch 2.13.0, onnx 1.23.2``; None where the statement names no probe."""
    found = landscape.verification(statement)
    if found is None:
        return None
    verified = found.state == "verified" and found.result is not None
    versions = phrases.versions(found.result.versions) if verified and found.result else ""
    return Text(
        f"{phrases.verification(found, statement)} {versions}".rstrip(),
        style=_VERIFICATION_STYLES.get(found.state, "dim"),
    )


def statement_title(statement: Statement, landscape: Landscape) -> Text:
    """``OpenVINO imports ONNX · full · openvino.convert_model · verified 2026-11-23 with openvino 2026.4.1``."""
    reads = landscape.vocabulary.relations[statement.relation].reads
    names = landscape.entries[statement.source].name, landscape.entries[statement.target].name
    parts = [Text(f"{names[0]} {reads} {names[1]}"), styled(statement.support)]
    parts += [Text(part) for part in (statement.api, statement.by and phrases.maintained_by(statement.by)) if part]
    verification = verification_in_words(statement, landscape)
    if verification is not None:
        parts.append(verification)
    if landscape.is_stale(statement):
        parts.append(Text(phrases.checked(statement, landscape), style="dim"))
    return Text(" · ").join(parts)


_NOT_IN_THE_TERMINAL = frozenset({"carries", "note"})  # titles tell what crosses; notes are for the page and JSON


def hop_details(statement: Statement, landscape: Landscape) -> Iterator[Text]:
    """Limits, version windows and the first evidence of a statement, a line each."""
    for detail in statement_details(statement, landscape):
        if detail.name == "limits":
            yield Text(f"limits: {detail.text}", style="yellow")
        elif detail.name in ("requires", "takes"):
            yield Text(f"{detail.label} {detail.text}")
        elif detail.name not in _NOT_IN_THE_TERMINAL:
            yield Text(f"{detail.label}: {detail.text}")
    for evidence in statement.evidence[:1]:
        more = f" (and {len(statement.evidence) - 1} more)" if len(statement.evidence) > 1 else ""
        yield Text(f"{evidence.shows}: {evidence.url}{more}", style="dim")
