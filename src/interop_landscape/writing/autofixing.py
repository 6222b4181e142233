"""Fix what needs no judgement, in the text itself, so that comments and layout stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from interop_landscape import loading
from interop_landscape.problems import Autofix, Problem
from interop_landscape.reading.bounds import read_at_most
from interop_landscape.writing.files import replace

_MOST_PASSES: Final = 5  # a fixed relation shows the problems of the statements below it, and these others


def autofix_files(folder: Path, label: str, wanted: Callable[[Problem], bool]) -> list[Problem]:
    """Fix the problems of the landscape in `folder` that are `wanted` and carry an autofix; returns those fixed.

    A file that would not have fewer problems afterwards stays as it was. Raises OSError where one cannot be written.
    """
    _, problems = loading.read(folder, label=label)
    at_first = _counted(problems)
    originals: dict[str, bytes] = {}
    gone: dict[str, list[Problem]] = {}
    for _ in range(_MOST_PASSES):
        todo: dict[str, list[Problem]] = {}
        for problem in problems:
            if problem.autofix is not None and wanted(problem):
                todo.setdefault(problem.path, []).append(problem)
        if not todo:
            break
        for path, mine in todo.items():
            before = read_at_most(path)
            originals.setdefault(path, before)
            data, applied = autofixed(before, mine)
            replace(Path(path), data, folder)
            gone.setdefault(path, []).extend(applied)
        _, problems = loading.read(folder, label=label)
    left = _counted(problems)
    for path, original in originals.items():
        if left[path] >= at_first[path]:
            replace(Path(path), original, folder)
            del gone[path]
    return [problem for mine in gone.values() for problem in mine]


def _counted(problems: Iterable[Problem]) -> Counter[str]:
    """How many problems each file has, those included that are not listed."""
    count: Counter[str] = Counter()
    for problem in problems:
        count[problem.path] += problem.stands_for
    return count


def autofixed(data: bytes, problems: Iterable[Problem]) -> tuple[bytes, list[Problem]]:
    """(the bytes of a file with `problems` fixed, those that could be); all of them must be of this file."""
    lines = data.decode("utf-8").splitlines(keepends=True)
    applied = []
    for problem in sorted(problems, key=lambda p: (p.line, p.column), reverse=True):
        assert problem.autofix is not None
        changed = _with_autofix(lines[problem.line - 1], problem.column - 1, problem.autofix)
        if changed is not None:
            lines[problem.line - 1] = changed
            applied.append(problem)
    return "".join(lines).encode(), applied[::-1]


def _with_autofix(line: str, column: int, autofix: Autofix) -> str | None:
    """The line with the scalar at `column` fixed; None where it is not written there in a way that is understood."""
    found = re.compile(rf"(['\"]?){re.escape(autofix.old)}\1(?=[\s,:\]}}]|$)").match(line, column)
    if found is None:
        return None
    if autofix.new:
        return line[:column] + autofix.new + line[found.end() :]
    before, after = line[:column], line[found.end() :]
    if before.strip() == "-":
        return "" if not after.strip() else None
    before = before.rstrip()
    return before[:-1] + after if before.endswith(",") else None
