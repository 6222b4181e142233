"""What a shell offers on Tab, asked as bash asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.landscapes import FIXTURE, fixture_with

SCRIPT = "import sys; sys.argv = ['landscape']; from interop_landscape.cli import main; main()"


def offered(line: str, folder: Path = FIXTURE) -> list[str]:
    """What is offered at the end of a command line; a space at its end begins a word."""
    environment = os.environ | {
        "_LANDSCAPE_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ") if '"' not in line else line[: line.index('"')].count(" ")),
    }
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)
    assert "Traceback" not in done.stderr
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("landscape gaps --side s", ["south"]),
        ("landscape plan --side ", ["north", "south", "middle"]),
        ("landscape gaps --stage c", ["closed"]),
        ("landscape gaps --tag zz", []),
        ("landscape list --tag tre", ["trees"]),
        ("landscape list f", ["framework"]),
        ("landscape list st", ["standard", "statements"]),
        ("landscape list statements --support p", ["partial"]),
        ("landscape list statements --relation ex", ["exports"]),
        ("landscape list statements --of fr", ["framework"]),
        ("landscape new r", ["runtime", "record"]),
        ("landscape score --assume bet", ["beta"]),
        ('landscape score --assume "beta ex', ["beta exports"]),
        ('landscape score --assume "beta exports e', ["beta exports exch"]),
        ('landscape score --assume "beta exports exch ', []),
        ('landscape score --assume "beta runs ', []),
        ("landscape brief be", ["beta-exch"]),
    ],
)
def test_words_and_edges_are_completed(line: str, words: list[str]) -> None:
    assert offered(line) == words


def test_without_a_landscape_that_can_be_read_nothing_is_offered(tmp_path: Path) -> None:
    assert offered("landscape gaps --side s", tmp_path) == []
    root = fixture_with(tmp_path, {"landscape.yml": ": ["})
    assert offered("landscape gaps --side s", root) == []
