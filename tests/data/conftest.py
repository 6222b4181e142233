"""The shipped data. Only the tests in this folder may read `landscape/`, and `tests/shipped.py` sees to it: a pull
request that edits data needs no others.

They hold what is true of any correct edit: never a count, an id or a name that the next pull request may change.
"""

from __future__ import annotations

import pytest

from interop_landscape import loading
from interop_landscape.landscape import Landscape
from tests.shipped import SHIPPED


@pytest.fixture(scope="session")
def shipped() -> Landscape:
    """The shipped landscape as of today; a problem in it fails every test that asks for it."""
    return loading.load(SHIPPED)
