"""The shipped data. Only the tests in this folder may read `landscape/`, and `tests/shipped.py` sees to it: a pull
request that edits data needs no others.

They hold what is true of any correct edit: never a count, an id or a name that the next pull request may change. The
answers in `answers.yml` are the one exception: they are changed where the world has.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.landscape import Landscape
from interop_landscape.site.build import build
from interop_landscape.site.history import History
from tests.shipped import SHIPPED


@pytest.fixture(scope="session")
def shipped() -> Landscape:
    """The shipped landscape as of today; a problem in it fails every test that asks for it."""
    return loading.load(SHIPPED)


@pytest.fixture(scope="session")
def built(shipped: Landscape, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site, without a past."""
    folder = tmp_path_factory.mktemp("shipped") / "site"
    build(shipped, History(), folder, strict=True)
    return folder
