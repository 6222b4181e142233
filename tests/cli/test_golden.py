"""What the commands print on the fixture, held against golden files (`make golden` writes them anew).

The commands run within the tests' own process; that one of their own shows the same is seen for some of each sort.
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
    "fixes": ["fixes"],
    "fixes-assumed": ["fixes", "--from", "beta", "--top", "2", "--assume", "runner runs-on npu"],
    "path": ["path", "beta", "npu"],
    "path-none": ["path", "gamma", "speech"],
    "show-framework": ["show", "Alpha"],
    "show-standard": ["show", "exch", "--top", "1"],
    "list": ["list"],
    "list-score": ["list", "framework", "--sort", "score"],
    "score": ["score", "--top", "3"],
    "score-data": ["score", "--data"],
    "plan": ["plan", "--steps", "4"],
    "plan-confirmed": ["plan", "--side", "south", "--from", "beta", "--confirmed-only"],
    "risks": ["risks", "--top", "6"],
    "risks-keepers": ["risks", "--keepers"],
    "brief-record": ["brief", "beta-exch"],
    "brief-gap": ["brief", "compute:beta:npu"],
    "list-records": ["list", "records"],
    "list-statements": ["list", "statements", "--of", "standard", "--unverified", "--top", "4"],
    "list-milestones": ["list", "milestones"],
    "show-record": ["show", "beta-exch"],
    "show-milestone": ["show", "first-gaps"],
}


@pytest.mark.parametrize("name", CASES)
def test_tables(name: str, run: Run, golden: Callable[[str, str], None]) -> None:
    for columns in (60, 100, 200):
        done = run(*CASES[name], "-d", FIXTURE, columns=columns)
        assert done.stderr == ""
        assert done.stdout
        if not name.startswith("brief"):  # Markdown, which is not wrapped
            assert max(map(len, done.stdout.splitlines())) <= columns
        golden(f"{name}-{columns}.txt", "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n")


@pytest.mark.parametrize("name", CASES)
def test_formats(name: str, run: Run, golden: Callable[[str, str], None]) -> None:
    for output in ("json", "csv", "markdown"):
        done = run(*CASES[name], "-d", FIXTURE, "-f", output)
        assert done.stderr == ""
        golden(f"{name}.{output}", done.stdout)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("gaps", []),
        ("path-none", []),
        ("show-framework", ["-f", "json"]),
        ("list-records", ["-f", "csv"]),
        ("plan", []),
    ],
)
def test_a_process_of_its_own_prints_and_answers_the_same(
    name: str, arguments: list[str], run: Run, run_alone: Run
) -> None:
    within, alone = (call(*CASES[name], "-d", FIXTURE, *arguments) for call in (run, run_alone))
    assert (alone.returncode, alone.stdout, alone.stderr) == (within.returncode, within.stdout, within.stderr)
    assert alone.stdout


def test_a_process_of_its_own_fails_the_same(run: Run, run_alone: Run) -> None:
    for wrong in (["show", "alpah"], ["gaps", "--status", "gone"], ["nonsense"], ["--help"]):
        within, alone = (call("-d", FIXTURE, *wrong) for call in (run, run_alone))
        assert (alone.returncode, alone.stdout, alone.stderr) == (within.returncode, within.stdout, within.stderr)


def test_orientation(run: Run, golden: Callable[[str, str], None]) -> None:
    done = run()
    assert done.returncode == 0
    golden("orientation.txt", done.stdout)
