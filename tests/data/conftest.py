"""The shipped data. Only the tests in this folder read `landscape/`; a pull request that edits data needs no others.

They hold what is true of any correct edit: never a count, an id or a name that the next pull request may change.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.landscape import Landscape

REAL = Path(__file__).parents[2] / "landscape"


@pytest.fixture(scope="session")
def shipped() -> Landscape:
    """The shipped landscape as of today; a problem in it fails every test that asks for it."""
    return loading.load(REAL)
