"""What the commands print on the fixture, held against golden files (`make golden` writes them anew).

The commands run within the tests' own process, but for one: starting Python a hundred times takes a minute.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Run
from tests.landscapes import FIXTURE

CASES = {
    "gaps": ["gaps"],
    "gaps-filtered": ["gaps", "--side", "south", "--status", "weak", "--top", "1"],
    "gaps-assumed": ["gaps", "--assume", "runner runs-on npu", "--assume", "Exch exported-by Beta"],
    "gaps-by-unlocks": ["gaps", "--rank", "unlocks", "--top", "3"],
    "path": ["path", "beta", "npu"],
    "path-none": ["path", "gamma", "speech"],
    "show-framework": ["show", "Alpha"],
    "show-standard": ["show", "exch", "--top", "1"],
    "list": ["list"],
    "list-score": ["list", "framework", "--sort", "score"],
    "score": ["score", "--top", "3"],
    "plan": ["plan", "--steps", "4"],
    "plan-confirmed": ["plan", "--side", "south", "--from", "beta", "--confirmed-only"],
    "risks": ["risks", "--top", "6"],
    "brief-record": ["brief", "beta-exch"],
    "brief-gap": ["brief", "compute:beta:npu"],
    "list-records": ["list", "records"],
    "list-milestones": ["list", "milestones"],
    "show-record": ["show", "beta-exch"],
    "show-milestone": ["show", "first-gaps"],
}


@pytest.mark.parametrize("name", CASES)
def test_tables(name: str, run_within: Run, golden: Callable[[str, str], None]) -> None:
    for columns in (60, 100, 200):
        done = run_within(*CASES[name], "-d", FIXTURE, columns=columns)
        assert done.stderr == ""
        assert done.stdout
        if not name.startswith("brief"):  # Markdown, which is not wrapped
            assert max(map(len, done.stdout.splitlines())) <= columns
        golden(f"{name}-{columns}.txt", "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n")


@pytest.mark.parametrize("name", CASES)
def test_formats(name: str, run_within: Run, golden: Callable[[str, str], None]) -> None:
    for output in ("json", "csv", "markdown"):
        done = run_within(*CASES[name], "-d", FIXTURE, "-f", output)
        assert done.stderr == ""
        golden(f"{name}.{output}", done.stdout)


@pytest.mark.parametrize("arguments", [[], ["--format", "json"]], ids=["table", "json"])
@pytest.mark.parametrize("name", ["gaps", "path-none"])
def test_a_process_of_its_own_prints_and_answers_the_same(
    name: str, arguments: list[str], run: Run, run_within: Run
) -> None:
    alone, within = (call(*CASES[name], "-d", FIXTURE, *arguments) for call in (run, run_within))
    assert (alone.returncode, alone.stdout, alone.stderr) == (within.returncode, within.stdout, within.stderr)
    assert alone.stdout


def test_orientation(run: Run, golden: Callable[[str, str], None]) -> None:
    done = run()
    assert done.returncode == 0
    golden("orientation.txt", done.stdout)
