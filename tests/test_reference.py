"""The reference pages are current, and say something of every key."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
import yaml

import interop_landscape
from interop_landscape.cli.app import app
from interop_landscape.reading import models, statements
from interop_landscape.reading.keys import keys_of
from interop_landscape.reference import PAGES
from interop_landscape.site.published import API
from tests.landscapes import FIXTURE

FOLDER = Path(__file__).parent.parent / "site_templates" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text() == PAGES[name](), "run `make docs`"


def shapes_named(package: Path) -> set[str]:
    """What looks like the name of a shape in a text of the program."""
    texts = (
        node.value
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {name for text in texts for name in re.findall(r"\b[a-z0-9]+(?:-[a-z0-9]+)*/v[0-9]+\b", text)} - {API}


def test_every_shape_that_the_program_names_is_described(tmp_path: Path) -> None:
    described = set(re.findall(r"^\| `schema` \| `(.+?)` \|", PAGES["json.md"](), re.MULTILINE))
    named = shapes_named(Path(interop_landscape.__file__).parent)
    assert len(named) > 20
    assert sorted(named - described) == []
    (tmp_path / "new.py").write_text('def document():\n    return {"schema": "slipped-in/v1"}\n')
    assert shapes_named(tmp_path) - described == {"slipped-in/v1"}


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


def tables_of(page: str) -> dict[str, set[str]]:
    """The keys in each table of the page of files, by its title."""
    found = {}
    for section in page.split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        found[title] = set(re.findall(r"^\| `([^`]+)` \|", body, re.MULTILINE))
    return found


TERM = "An aspect, resource or workflow step"
INNER = {
    ("An entry", "interop"): "[][]A statement",
    ("A statement", "evidence"): "[]Evidence",
    ("An expectation", "from"): "A selector",
    ("An expectation", "to"): "A selector",
    ("A record", "stages"): "[]A stage of a record",
    ("The vocabulary", "sides"): "[]A side",
    ("The vocabulary", "kinds"): "[]A kind",
    ("The vocabulary", "relations"): "[]A relation",
    ("The vocabulary", "aspects"): f"[]{TERM}",
    ("The vocabulary", "resources"): f"[]{TERM}",
    ("The vocabulary", "workflow"): f"[]{TERM}",
    ("The vocabulary", "cargo"): "[]Cargo",
    ("The vocabulary", "stages"): "[]A stage",
    ("The vocabulary", "stewards"): "[]A steward",
}
"""The table of what stands under a key, as the page tells it; `[]` for each item of a list, or by id."""

TOP = {
    "landscape.yml": "The vocabulary",
    "expectations.yml": "[]An expectation",
    "milestones.yml": "[]A milestone",
    "samples.yml": "[]A sample",
}


def undocumented(value: Any, table: str, tables: dict[str, set[str]]) -> set[str]:
    """The keys in the data of a file, and of what stands in it, that their table does not have."""
    if table.startswith("[]"):
        items = value.values() if isinstance(value, dict) else value
        return {name for one in items for name in undocumented(one, table[2:], tables)}
    missing = {f"{table}: {name}" for name in value if name not in tables[table]}
    inner = [(one, INNER[table, name]) for name, one in value.items() if (table, name) in INNER]
    return missing | {name for one, within in inner for name in undocumented(one, within, tables)}


def loaded(text: str) -> Any:
    """The plain values of a file, as libyaml reads it: the parser in Python takes no `?` before a `}`."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def test_every_key_that_the_fixture_uses_is_documented() -> None:
    tables = tables_of(PAGES["data.md"]())
    files = sorted(FIXTURE.rglob("*.yml"))
    assert len(files) > 15
    found = set()
    for path in files:
        table = TOP.get(path.name) or ("A record" if path.parent.name == "gaps" else "An entry")
        found |= undocumented(loaded(path.read_text()), table, tables)
    assert found == set()
    evidence = {"interop": {"covers": {"vision": {"evidence": [{"url": "x", "sows": "y"}], "supprt": "full"}}}}
    assert undocumented(evidence, "An entry", tables) == {"Evidence: sows", "A statement: supprt"}


def test_every_command_lists_all_of_its_options_with_a_sentence() -> None:
    page = (FOLDER / "commands.md").read_text()
    parts = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert parts.keys() == commands.keys()
    for name, command in commands.items():
        lines = [line for line in parts[name].splitlines() if line.startswith("| `-")]
        rows = [re.split(r"(?<!\\) ?\| ?", line)[1:3] for line in lines]
        options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
        assert len(rows) == len(options) > 0, name
        for option in options:
            said = [told for spelt, told in rows if all(f"`{opt}`" in spelt for opt in option.opts)]
            assert said == [option.help.replace("|", "\\|")], (name, option.opts)
            assert re.fullmatch(r"[\w`].* .*[.…]\)?", said[0]), (name, said)
