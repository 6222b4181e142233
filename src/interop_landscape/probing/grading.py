"""Graded results: from the lines that a suite wrote while it ran to the file that is kept.

Nothing that a suite says of itself is believed but its lines: they are counted here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from interop_landscape.analysis.coverage import earlier_of
from interop_landscape.documents.suite import SuiteFileDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.probing.outcome import without_places
from interop_landscape.reading.clock import latest_day
from interop_landscape.reading.probes import Probe, Result
from interop_landscape.reading.suites import (
    CASES,
    EARLIER,
    GRADES,
    LEFT_OUT,
    SUITE,
    SUITE_SCHEMA,
    Others,
    Same,
    SuiteResult,
    read_suite,
)
from interop_landscape.writing.files import replace as replace_file

FORMAT: Final = "1"
JOURNAL: Final = "suite.jsonl"
"""What the lines of a suite are called in the folder in which it works."""

JOURNAL_BYTES: Final = 16 * 2**20
_NAME, _SAID = 160, 200


class BadJournalError(Exception):
    """Lines of a suite that cannot be believed, and why."""


def graded(
    probe: Probe, result: Result, journal: bytes, before: SuiteResult | None, words: Mapping[str, str]
) -> SuiteResult:
    """The graded result of a run from the lines of its journal; `words` replace paths of this machine.

    `before` is what the run before counted, which is kept as one of the earlier versions. Raises BadJournalError.
    """
    lines = list(_lines(journal))
    if len(lines) < 2:
        raise BadJournalError("it wrote no lines")
    head, *cases, end = lines
    same, others = _rows(cases, words)
    try:
        if head["suite"] != FORMAT or end != {"end": len(cases)} or head["cases"] != len(cases):
            raise BadJournalError(f"it says {head.get('cases')} cases, and wrote {len(cases):,}")
        return SuiteResult(
            path="",
            schema=SUITE_SCHEMA,
            probe=result.probe,
            subject=head["subject"],
            day=result.day,
            platform=result.platform,
            versions=result.versions,
            program=result.program,
            kit=probe.kit,
            control=head["control"],
            keys=tuple(head["keys"]),
            own=head["own"],
            cases=len(cases),
            notes=result.notes,
            same=same,
            others=others,
            earlier=_earlier(before, result.versions.get(head["subject"], "")),
        )
    except (KeyError, TypeError, AttributeError):
        raise BadJournalError("its first or last line cannot be read") from None


def known_cases(journal: bytes) -> int:
    """How many cases an unfinished journal tells of."""
    return max(0, journal.count(b'\n{"case":'))


def suite_text(suite: SuiteResult) -> str:
    """The text of a graded result's file: sorted, and a line a row, so that a new run changes few lines."""
    document = json_of(SuiteFileDocument, suite)
    lines = []
    for name in sorted(document):
        value = document[name]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join(f"    {_compact(row)}" for row in value)
            lines.append(f"  {_compact(name)}: [\n{rows}\n  ]")
        else:
            lines.append(f"  {_compact(name)}: {_compact(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_suite_back(probe: str, text: str) -> SuiteResult:
    """The graded result in the text of a file that is about to be written. Raises BadJournalError."""
    try:
        suite, (_, _, wrong) = read_suite(probe, "", text.encode("utf-8"), latest_day())
    except UnicodeEncodeError:
        raise BadJournalError("it is not text") from None
    if suite is None:
        raise BadJournalError(wrong)
    return suite


def write_suite(folder: Path, probe: str, text: str) -> None:
    """Write the file of a graded result into `folder` as one step. Raises OSError, and BadRequest for a link."""
    replace_file(folder / f"{probe}{SUITE}.json", text.encode(), folder.parents[1])


def _lines(journal: bytes) -> Iterable[dict[str, Any]]:
    if len(journal) > JOURNAL_BYTES or journal.count(b"\n") > CASES + 2:
        raise BadJournalError(f"it wrote more than {CASES:,} lines, or {JOURNAL_BYTES >> 20} MiB")
    for line in journal.splitlines():
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise BadJournalError("one of its lines cannot be read")
        yield said


def _rows(cases: Iterable[Mapping[str, Any]], words: Mapping[str, str]) -> tuple[tuple[Same, ...], tuple[Others, ...]]:
    """The cases by group, outcome and message, all in a stable order."""
    same: dict[tuple[str, ...], int] = defaultdict(int)
    others: dict[tuple[tuple[str, ...], str, str], set[str]] = defaultdict(set)
    for case in cases:
        try:
            group = tuple(_clean(word, words, _NAME) for word in case["group"])
            name, outcome, said = case["case"], case["outcome"], _clean(case["said"], words, _SAID)
        except (KeyError, TypeError):
            raise BadJournalError("one of its lines cannot be read") from None
        if outcome == "same":
            same[group] += 1
        elif outcome in (*GRADES, *LEFT_OUT):
            others[group, outcome, said].add(_clean(name, words, _NAME))
        else:
            raise BadJournalError(f"there is no outcome `{_clean(outcome, words, 40)}`")
    order = [*GRADES, *LEFT_OUT].index
    listed = sorted(others.items(), key=lambda one: (one[0][0], order(one[0][1]), one[0][2]))
    return (
        tuple(Same(group=group, count=count) for group, count in sorted(same.items())),
        tuple(
            Others(group=group, outcome=outcome, said=said or None, cases=tuple(sorted(names)))
            for (group, outcome, said), names in listed
        ),
    )


def _earlier(before: SuiteResult | None, version: str) -> Any:
    """What other versions came to, the newest first, with the one that ran just before this run."""
    if before is None:
        return ()
    rest = tuple(one for one in before.earlier if one.version not in (version, before.version))
    return (*([earlier_of(before)] if before.version != version else []), *rest)[:EARLIER]


def _clean(text: Any, words: Mapping[str, str], most: int) -> str:
    return " ".join(without_places(str(text), words).split())[:most]


def _compact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
