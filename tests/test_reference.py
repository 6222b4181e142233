"""The reference pages are current, and say something of every key."""

from __future__ import annotations

from pathlib import Path

import pytest

from interop_landscape.reference import PAGES

FOLDER = Path(__file__).parent.parent / "site_templates" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text() == PAGES[name](), "run `make docs`"


def test_every_key_that_the_fixture_uses_is_documented() -> None:
    page = PAGES["data.md"]()
    for key in ("carries", "evidence", "shows", "requires", "fresh-for", "from", "except", "asks-carries", "date"):
        assert f"| `{key}` |" in page
