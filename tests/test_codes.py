"""Each documented code has a case that is rejected for just that, and a mended one that is accepted."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.analysis.contradictions import contradictions
from interop_landscape.codes import CODES, Code
from interop_landscape.problems import Problem
from tests.landscapes import fixture_with

SOURCE = Path(__file__).parent.parent / "src" / "interop_landscape"
shown_in_yaml = [code for code in CODES if code.bad]
deep = "tags: " + "[" * 30 + "]" * 30 + "\n"


def problems(folder: Path, files: dict[str, str | bytes]) -> list[Problem]:
    landscape, found = loading.read(fixture_with(folder, files), label="landscape")
    return found or list(contradictions(landscape) if landscape else ())


@pytest.mark.parametrize("code", shown_in_yaml, ids=lambda code: code.name)
def test_the_wrong_example_is_rejected_for_just_that(code: Code, tmp_path: Path) -> None:
    found = problems(tmp_path, {code.path: code.bad})
    mine = [problem for problem in found if problem.path == f"landscape/{code.path}"]
    assert [problem.code for problem in mine] == [code.name]
    assert mine == found
    assert mine[0].hint
    lines = code.bad.splitlines()
    assert 1 <= mine[0].line <= len(lines) + 1


@pytest.mark.parametrize("code", [code for code in CODES if code.good], ids=lambda code: code.name)
def test_the_mended_example_is_accepted(code: Code, tmp_path: Path) -> None:
    assert problems(tmp_path, {code.path: code.good}) == []


SPECIAL: dict[str, tuple[dict[str, str | bytes], dict[str, str | bytes]]] = {
    "too-large": (
        {"frameworks/alpha.yml": "#" * (257 * 1024)},
        {"README.md": "#" * (257 * 1024)},
    ),
    "too-deep": ({"README.md": "", "frameworks/new.yml": deep}, {}),
    "not-utf-8": ({"frameworks/new.yml": b"name: caf\xe9\n"}, {}),
    "clashing-names": (
        {"landscape.yml": "title: T\nkinds:\n  a: {folder: gaps, plural: x, summary: x}\n"},
        {},
    ),
}


@pytest.mark.parametrize("code", SPECIAL)
def test_what_yaml_cannot_show_is_rejected_too(code: str, tmp_path: Path) -> None:
    bad, good = SPECIAL[code]
    (tmp_path / "bad").mkdir()
    (tmp_path / "good").mkdir()
    assert code in {problem.code for problem in problems(tmp_path / "bad", bad)}
    assert code not in {problem.code for problem in problems(tmp_path / "good", good)}


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_read(tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    (tmp_path / "secret.yml").write_text("name: secret\n")
    (root / "frameworks" / "new.yml").symlink_to(tmp_path / "secret.yml")
    (root / "frameworks" / "twin.yml").symlink_to(root / "frameworks" / "omega.yml")
    found = loading.read(root, label="landscape")[1]
    assert [(p.path, p.code) for p in found] == [("landscape/frameworks/new.yml", "outside-symlink")]
    assert "secret" not in str(found)


def test_a_linked_folder_a_pipe_and_a_broken_link_are_told_and_do_not_block(tmp_path: Path) -> None:
    import os

    root = fixture_with(tmp_path, {})
    (root / "frameworks" / "loop").symlink_to(root)
    (root / "frameworks" / "gone.yml").symlink_to(root / "nowhere.yml")
    os.mkfifo(root / "frameworks" / "pipe.yml")
    found = loading.read(root, label="landscape")[1]
    assert [p.path.rpartition("/")[2] for p in found] == ["gone.yml", "loop", "pipe.yml"]
    assert {p.code for p in found} == {"unreadable"}


def test_every_code_that_the_program_can_emit_is_documented_and_no_other() -> None:
    """Codes are string literals passed to the functions that make problems."""
    documented = {code.name for code in CODES}
    literals = set()
    for path in SOURCE.rglob("*.py"):
        if path.name != "codes.py":
            literals |= {n.value for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Constant)}
    assert documented <= literals
