"""Texts of issues: Markdown with title and labels in front, as GitHub's and GitLab's tools for issues take it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from interop_landscape.analysis.brief import brief
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.movement import is_open, is_stuck
from interop_landscape.errors import BadRequest
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record
from interop_landscape.reports.brief import BriefReport
from interop_landscape.text import visible_line
from interop_landscape.writing.files import guard_output, replace


def issue(title: str, labels: Iterable[str], body: Iterable[str], milestone: str | None = None) -> str:
    """The text of an issue; JSON's way to write texts is YAML's too."""
    front = {"title": visible_line(title), "labels": list(dict.fromkeys(labels))}
    if milestone is not None:
        front["milestone"] = visible_line(milestone)
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", *body]) + "\n"


def issues_of_records(landscape: Landscape) -> Mapping[str, str]:
    """The brief of each record as the text of an issue, by the name of its file."""
    gaps = Gaps(landscape)
    return {f"{record.id}.md": _of_record(gaps, record) for record in landscape.records.values()}


def _of_record(gaps: Gaps, record: Record) -> str:
    """Labelled with its stage, and with the sides and the gaps' statuses that it is about; closed ones say so."""
    landscape = gaps.landscape
    found = brief(landscape, record.id, gaps=gaps)
    labels = ["gap", f"stage: {record.stage}"]
    labels += [f"side: {side}" for side in landscape.vocabulary.sides if any(gap.side == side for gap in found.gaps)]
    labels += ["stuck"] if is_stuck(record, landscape) else [] if is_open(record, landscape) else ["closed"]
    _, *sections, _ = BriefReport(found).markdown().split("\n\n")  # without the title, and without the day
    milestone = landscape.milestones[record.milestone].title if record.milestone else None
    return issue(record.title, labels, ["\n\n".join(sections)], milestone)


def write_issues(texts: Mapping[str, str], folder: Path, *, force: bool) -> None:
    """Put texts into a folder, by the names of their files.

    Raises BadRequest, before anything is written, where a file is there that says something else, unless `force`d.
    """
    guard_output(folder)
    if folder.exists() and not folder.is_dir():
        raise BadRequest(f"{folder} is a file; name a folder")
    changed = [name for name, text in texts.items() if _differs(folder / name, text)]
    if changed and not force:
        others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise BadRequest(f"{folder / changed[0]}{others} would be written over; name another folder, or add --force")
    for name, text in texts.items():
        replace(folder / name, text.encode(), folder)


def _differs(path: Path, text: str) -> bool:
    return path.is_symlink() or (path.exists() and (not path.is_file() or path.read_bytes() != text.encode()))
