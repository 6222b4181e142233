"""Landscapes and their databases for the tests of what is exported."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.exchange.database import database
from interop_landscape.landscape import Landscape
from tests.exchange.test_graphs import odd
from tests.landscapes import FIXTURE, SNAPSHOT, empty
from tests.shared import once


@pytest.fixture(scope="module", params=["fixture", "snapshot", "empty", "odd"])
def which(request: pytest.FixtureRequest) -> str:
    """Which landscape it is."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def landscape(which: str, tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    folder = tmp_path_factory.mktemp("landscape")
    if which == "odd":
        return odd(folder)
    return loading.load({"fixture": FIXTURE, "snapshot": SNAPSHOT}.get(which) or empty(folder))


@pytest.fixture(scope="module")
def connection(
    which: str, landscape: Landscape, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """Its database, for all to read: whoever changes one fills its own."""

    def make(folder: Path) -> None:
        (folder / "map.db").write_bytes(database(landscape))

    folder = once(tmp_path_factory, f"database-{which}", make)
    with closing(sqlite3.connect(f"{(folder / 'map.db').as_uri()}?mode=ro", uri=True)) as connection:
        yield connection
