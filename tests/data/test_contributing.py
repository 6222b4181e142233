"""CONTRIBUTING.md explains a real file; its lines are those of the file."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def without_remark(line: str) -> str:
    return line if line.startswith("#") else re.sub(r"\s+# .*$", "", line)


def test_the_file_that_is_explained_is_the_shipped_one() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    name = re.search(r"This is \[`(landscape/[^`]+)`\]", text)
    assert name is not None
    shown = text[name.end() :].partition("```yaml\n")[2].partition("```")[0]
    lines = [without_remark(line) for line in shown.splitlines()]
    lines[0] = re.sub(r"\s+# for editors.*", "", lines[0])
    assert lines == (ROOT / name[1]).read_text().splitlines()
