"""The page and the notebook "From Python": every example does what it says."""

from __future__ import annotations

import ast
import doctest
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.landscapes import SNAPSHOT

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "from-python.md"


def failures(text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the examples of a page do otherwise than it says."""
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append, clear_globs=False)
    return said


def without_frames(text: str) -> str:
    return re.sub(r"^>>> .*to_frame.*\n(?:(?!>>>|```).+\n)*", "", text, flags=re.MULTILINE)


def test_the_examples_of_the_page_do_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    text = without_frames(PAGE.read_text())
    assert len(re.findall(r"^>>> ", text, re.MULTILINE)) > 20
    assert ">>> landscape.fixes()" not in text
    assert failures(text, monkeypatch) == []


def test_an_example_that_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    [said] = failures(without_frames(PAGE.read_text()).replace("<4 gaps>", "<5 gaps>"), monkeypatch)
    assert "<5 gaps>" in said


def test_the_example_with_a_frame_does_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="pandas is no requirement; without it the error is tested")
    assert ".to_frame()" in PAGE.read_text()
    assert failures(PAGE.read_text(), monkeypatch) == []


def notebook() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs" / "notebook.ipynb").read_text())
    return found


def test_the_notebook_is_one() -> None:
    held = notebook()
    assert (held["nbformat"], held["nbformat_minor"]) == (4, 5)
    assert held["metadata"]["kernelspec"].keys() == {"display_name", "language", "name"}
    ids = [cell["id"] for cell in held["cells"]]
    assert len(set(ids)) == len(ids) > 5
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", one) for one in ids)
    for cell in held["cells"]:
        code = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert cell.keys() == {"id", "cell_type", "metadata", "source"} | code
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_each_cell_of_the_notebook_shows_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    shutil.copytree(SNAPSHOT, tmp_path / "landscape")
    monkeypatch.chdir(tmp_path / "docs")
    names: dict[str, Any] = {}
    shown = {
        cell["id"]: ran("".join(cell["source"]), names) for cell in notebook()["cells"] if cell["cell_type"] == "code"
    }
    assert len(shown.pop("graph")) == 10
    tables = {name: value._repr_html_() for name, value in shown.items()}
    assert len(tables) > 5
    assert all(table.count("<tr>") > 1 for table in tables.values())
    assert "PyTorch" in tables["routes"]


def ran(source: str, names: dict[str, Any]) -> Any:
    """What a cell shows: the value of its last line, an expression."""
    tree = ast.parse(source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)
