"""A newcomer adds an entry with three statements and a mistake in each, following only what the tool prints."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import Run
from tests.landscapes import fixture_with

STATEMENTS = """\
interop:
  build-on:
    Alpha:
      support: partial
      checked: 2026-11-01
      evidence:
        - url: https://ivy.example.org
          shows: a backend
  covers:
    vision:
      suport: none
      checked: 1.11.2026
      evidence: https://ivy.example.org
  runs-on:
    nvidia:
      support: full
      checked: 2026-11-01
"""


def test_each_hint_leads_on_until_nothing_is_wrong(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    bare = run("new", "framework", "ivy", "--name", "Ivy", "--homepage", "ivy.example.org", "-d", root)
    assert "write `https://ivy.example.org`" in bare.stderr
    given = ["--name", "Ivy", "--summary", "One for all.", "--homepage", "https://ivy.example.org"]
    assert run("new", "framework", "ivy", *given, "-d", root).returncode == 0
    path = root / "frameworks" / "ivy.yml"
    path.write_text(path.read_text() + STATEMENTS)

    told = run("check", "--fix", "-d", root)
    for fixed in ("`build-on` is now `built-on`", "`Alpha` is now `alpha`", "`suport` is now `support`"):
        assert fixed in told.stderr
    hints = re.findall(r"hint: (.*)", told.stdout)
    assert "say what does not work: `limits: …`" in hints
    assert "for example `[{url: …, shows: …}]`" in hints
    assert "one of cpu, disk, gpu, npu; or `landscape new backend nvidia`" in hints
    assert "add `evidence: [{url: …, shows: …}]`" in hints

    evidence = "[{url: https://ivy.example.org, shows: a guide}]"
    path.write_text(
        path.read_text()
        .replace("support: partial", "support: partial\n      limits: no training")
        .replace("evidence: https://ivy.example.org", f"evidence: {evidence}")
        .replace("nvidia:\n      support: full", f"gpu:\n      support: full\n      evidence: {evidence}")
    )
    assert run("check", "-d", root).returncode == 0
    assert run("fmt", "-d", root).returncode == 0
    assert run("fmt", "--check", "-d", root).returncode == 0
