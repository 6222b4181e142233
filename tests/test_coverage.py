"""The coverage gate counts what only another process runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from coverage import CoverageData

ROOT = Path(__file__).parent.parent
MAIN = ROOT / "src" / "interop_landscape" / "__main__.py"
STARTS = "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'interop_landscape', '--version'], check=True)"


@pytest.mark.parametrize(("program", "counts"), [(STARTS, True), ("import interop_landscape", False)])
def test_a_line_that_only_another_process_runs_counts(program: str, counts: bool, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(program)
    command = [sys.executable, "-m", "coverage", "run", f"--rcfile={ROOT / 'pyproject.toml'}", "program.py"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment |= {"COVERAGE_FILE": str(tmp_path / "counted"), "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(command, cwd=tmp_path, env=environment, timeout=120, check=True)
    found = list(tmp_path.glob("counted*"))
    assert found
    assert any(lines_of(MAIN, data) for data in found) == counts


def lines_of(module: Path, data: Path) -> list[int]:
    """The lines of a module that a file of coverage says were run."""
    counted = CoverageData(basename=str(data))
    counted.read()
    return counted.lines(str(module)) or []
