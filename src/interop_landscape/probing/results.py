"""Results as files: built, held against the schema that reads them, and written as one step."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from interop_landscape.probing.outcome import Seen
from interop_landscape.reading.clock import latest_day, this_day
from interop_landscape.reading.probes import RESULT_SCHEMA, Probe, Result, read_result
from interop_landscape.reading.statements import Statement
from interop_landscape.writing.files import replace


def result_document(
    probe: Probe,
    seen: Seen,
    proves: Iterable[Statement],
    *,
    seconds: float = 0.0,
    network: str = "open",
    python: str | None = None,
    log: str | None = None,
) -> dict[str, Any]:
    """``result/v1`` of a run today on this machine; what is empty is left out.

    `proves` are the statements that name the probe now, `python` is the version that it ran on.
    """
    document: dict[str, Any] = {
        "schema": RESULT_SCHEMA,
        "probe": probe.id,
        "outcome": seen.outcome,
        "reason": seen.reason,
        "date": this_day().isoformat(),
        "seconds": round(seconds, 1),
        "platform": _platform(python),
        "network": network,
        "versions": dict(seen.versions),
        "compared": _without_doubles(seen.compared),
        "notes": list(dict.fromkeys(seen.notes)),
        "program": probe.digest,
        "proves": [{"edge": str(s), "support": s.support} for s in sorted(proves, key=str)],
        "log": None if seen.outcome == "pass" else log,
    }
    return {name: value for name, value in document.items() if value not in (None, [], {}, "")}


def result_text(document: Mapping[str, Any]) -> str:
    """The text of a result's file: sorted and indented, so that a new run changes few lines."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def read_back(probe: str, text: str) -> Result:
    """The result in the text of a file that is about to be written. Raises ValueError where it could not be read."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("the result is not text") from None
    result, (_, _, wrong) = read_result(probe, "", data, latest_day())
    if result is None:
        raise ValueError(wrong)
    return result


def write_result(folder: Path, probe: str, text: str) -> None:
    """Write the file of a probe's result into `folder` as one step. Raises OSError, and BadRequest for a link."""
    replace(folder / f"{probe}.json", text.encode(), folder.parents[1])


def _platform(python: str | None) -> dict[str, str]:
    library, version = platform.libc_ver()
    said = {"system": platform.system(), "machine": platform.machine(), "python": python or platform.python_version()}
    return {**said, "libc": f"{library} {version}"} if library else said


def _without_doubles(compared: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in compared:
        present = {name: value for name, value in one.items() if value not in (None, "")}
        if present not in found:
            found.append(present)
    return found
