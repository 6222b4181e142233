"""What a run shows: from how it ended, and the one line that its probe printed, to an outcome in words."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from interop_landscape.probing.runs import End

FORMAT: Final = "1"
"""The shape of the line that is understood here, as the helper of probes writes it."""

LOG_LINES: Final = 40
_LONGEST_LINE: Final = 300
_LONGEST_TEXT: Final = 600

_RESULT: Final = '{"probe":'
_COLOURS: Final = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_EXCEPTION: Final = re.compile(r"[A-Za-z_][\w.]*(?:: .*)?")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run saw: the outcome, why where it is not ``pass``, and what else the probe said."""

    outcome: str
    reason: str | None = None
    compared: tuple[Mapping[str, Any], ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def judge(end: End, words: Mapping[str, str]) -> Seen:
    """What a run that ended so shows; `words` replace the paths of this machine (see `without_places`).

    Anything but one whole result of a probe that ended well is an error: it says nothing about the edge.
    """
    if end.reason is not None:
        return Seen("error", without_places(end.reason, words))
    if end.status != 0:
        return Seen("error", _ended(end, words))
    results = _results(end.printed)
    if not results:
        return Seen("error", "printed no result")
    if len(results) > 1:
        return Seen("error", f"printed {len(results)} results")
    said = _clean(results[0], words)
    fault = _fault(said)
    if fault:
        return Seen("error", f"printed a result that {fault}")
    compared = tuple(said.get("compared", ()))
    return Seen(said["outcome"], _why(said, compared), compared, said.get("versions", {}), tuple(said.get("notes", ())))


def without_places(text: str, words: Mapping[str, str]) -> str:
    """The text with words for this machine's paths, the longest first, and nothing that cannot be shown."""
    for path in sorted(words, key=len, reverse=True):
        text = text.replace(path, words[path])
    text = _COLOURS.sub("", text)
    return "".join(c if c == "\n" or c.isprintable() or unicodedata.category(c) == "Zs" else " " for c in text)


def end_of_log(log: str, words: Mapping[str, str]) -> str | None:
    """The last lines of a log, for people and without the result itself; None where there are none."""
    lines = [without_places(line.rpartition("\r")[2], words).rstrip() for line in log.replace("\r\n", "\n").split("\n")]
    kept = [line[:_LONGEST_LINE] for line in lines if line and not line.startswith(_RESULT)][-LOG_LINES:]
    return "\n".join(kept) or None


def _ended(end: End, words: Mapping[str, str]) -> str:
    if end.status is None:
        return "did not end by itself"
    if end.status < 0:
        return f"ended by signal {-end.status}"
    lines = (end_of_log(end.log, words) or "").splitlines()
    raised = lines and any(line.startswith("Traceback ") for line in lines) and _EXCEPTION.fullmatch(lines[-1])
    return f"ended with status {end.status}" + (f": {lines[-1]}" if raised else "")


def _results(printed: str) -> list[dict[str, Any]]:
    """Every line that gives itself out as a result."""
    found = []
    for line in printed.splitlines():
        if not line.startswith(_RESULT):
            continue
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = {}
        found.append(said)
    return found


def _fault(said: Mapping[str, Any]) -> str:
    """What keeps a result from being believed; empty where nothing does. Its shape is checked when it is read back."""
    compared = said.get("compared", [])
    if said.get("probe") != FORMAT or said.get("outcome") not in ("pass", "fail", "unsupported"):
        return "cannot be read"
    if not isinstance(compared, list) or not all(isinstance(one, dict) and "holds" in one for one in compared):
        return "cannot be read"
    if not isinstance(said.get("notes", []), list) or not isinstance(said.get("versions", {}), dict):
        return "cannot be read"
    if said["outcome"] != "unsupported":
        held = bool(compared) and all(one["holds"] is True for one in compared)
        if held != (said["outcome"] == "pass") or not compared:
            return "contradicts itself"
    return ""


def _why(said: Mapping[str, Any], compared: tuple[Mapping[str, Any], ...]) -> str | None:
    if said["outcome"] == "pass":
        return None
    if said["outcome"] == "unsupported":
        return str(said.get("reason") or "it cannot run on this machine")
    broken = [str(one.get("what")) for one in compared if not one["holds"]]
    return f"{len(broken)} of {len(compared)} comparisons did not hold: {'; '.join(broken[:3])}"


def _clean(value: Any, words: Mapping[str, str]) -> Any:
    """The same with every text in it fit for a file that all may read."""
    if isinstance(value, str):
        return " ".join(without_places(value, words).split())[:_LONGEST_TEXT]
    if isinstance(value, dict):
        return {_clean(str(name), words): _clean(item, words) for name, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, words) for item in value]
    return value
