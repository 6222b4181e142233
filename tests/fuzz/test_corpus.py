"""What `python -m tests.fuzz` has found, or somebody by hand, is tried each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.trials import attempt

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_was_found_once_is_not_found_again(path: Path) -> None:
    attempt(path.name.partition("-")[0], path.read_bytes())
