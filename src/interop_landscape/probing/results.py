"""Results as files: built, held against the schema that reads them, and written as one step."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from interop_landscape.documents.probe import ResultFileDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.probing.outcome import Seen
from interop_landscape.reading.clock import latest_day, this_day
from interop_landscape.reading.probes import RESULT_SCHEMA, Comparison, Probe, Proved, Result, read_result
from interop_landscape.reading.statements import Statement
from interop_landscape.writing.files import replace


def result_of(
    probe: Probe,
    seen: Seen,
    proves: Iterable[Statement],
    *,
    seconds: float = 0.0,
    network: str = "open",
    python: str | None = None,
    log: str | None = None,
) -> Result:
    """The result of a run today on this machine; TypeError where what it compared has no such keys.

    `proves` are the statements that name the probe now, `python` is the version that it ran on.
    """
    return Result(
        path="",
        schema=RESULT_SCHEMA,
        probe=probe.id,
        outcome=seen.outcome,
        reason=seen.reason,
        day=this_day(),
        seconds=round(seconds, 1),
        platform=_platform(python),
        network=network,
        versions=seen.versions,
        compared=_without_doubles(seen.compared),
        notes=tuple(dict.fromkeys(seen.notes)),
        program=probe.digest,
        proves=tuple(Proved(edge=str(s), support=s.support) for s in sorted(proves, key=str)),
        log=None if seen.outcome == "pass" else log,
    )


def result_text(result: Result) -> str:
    """The text of a result's file: sorted and indented, so that a new run changes few lines."""
    document = json_of(ResultFileDocument, result)
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


def _without_doubles(compared: Iterable[Mapping[str, Any]]) -> tuple[Comparison, ...]:
    present = ({name: value for name, value in one.items() if value not in (None, "")} for one in compared)
    return tuple(dict.fromkeys(Comparison(**one) for one in present))
