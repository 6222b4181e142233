"""The reference pages are current, and say something of every key."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from interop_landscape.reading import models, statements
from interop_landscape.reading.keys import keys_of
from interop_landscape.reference import PAGES

FOLDER = Path(__file__).parent.parent / "site_templates" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text() == PAGES[name](), "run `make docs`"


def models_of(module: ModuleType) -> list[type]:
    return [
        one
        for one in vars(module).values()
        if inspect.isclass(one) and one.__module__ == module.__name__ and dataclasses.is_dataclass(one) and keys_of(one)
    ]


def test_every_key_of_every_model_is_documented() -> None:
    page = PAGES["data.md"]()
    found = [model for module in (models, statements) for model in models_of(module)]
    assert len(found) > 10
    tables = [set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)) for section in page.split("\n## ")]
    missing = [model.__name__ for model in found if {key.name for key in keys_of(model).values()} not in tables]
    assert missing == []
