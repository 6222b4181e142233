"""Where comments stand, however the file was written: each says itself what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interop_landscape import loading
from interop_landscape.reading.models import Entry
from interop_landscape.writing.canonical import canonical
from interop_landscape.writing.formatting import formatted
from tests.landscapes import fixture_with

STATEMENT = {
    "limits": "some text",
    "checked": "2026-11-01",
    "support": "partial",
    "requires": {"driver": ">=18", "onnx": "<2"},
    "evidence": [{"url": "https://new.example.org", "shows": "a: b"}, {"url": "https://new.example.org/#L1"}],
}
ENTRY = {
    "interop": {"runs-on": {"npu": STATEMENT, "gpu": {"support": "full"}}, "exports": {"exch": STATEMENT}},
    "tags": ["deep", "trees"],
    "unheard-of": [["a", "b"], [{"x": "y"}]],
    "name": "New",
}


@st.composite
def commented_entries(draw: st.DrawFn) -> str:
    """The entry above with keys in any order, in block form or brackets, and comments that name what they are at."""

    def said(path: str, *, sign: str = "#") -> list[str]:
        return [f"{sign} {path}"] if draw(st.integers(0, 5)) == 0 else []

    def ordered(value: Any) -> list[tuple[Any, Any]]:
        return draw(st.permutations(list(value.items()))) if isinstance(value, dict) else list(enumerate(value))

    def lead(value: Any, key: Any) -> str:
        return f"{key}: " if isinstance(value, dict) else ""

    def block(value: Any, path: str, indent: int) -> Iterator[str]:
        pad = " " * indent
        for key, child in ordered(value):
            own = f"{path}/{key}"
            yield from (f"{pad}{comment}" for comment in said(own))
            start = f"{pad}{key}:" if isinstance(value, dict) else f"{pad}-"
            form = draw(st.sampled_from(["block", "block", "flow", "below"]))
            behind = "".join(f"  {comment}" for comment in said(own, sign="#="))
            if not isinstance(child, str) and form == "flow":
                yield from brackets(child, own, f"{start} ", indent + 2, behind)
            elif not isinstance(child, str):
                # What stands behind a dash alone stands above its item.
                yield start + (behind if isinstance(value, dict) else "")
                yield from block(child, own, indent + draw(st.integers(1, 4)))
            elif form == "below":
                yield start
                yield from (f"{pad}  {comment}" for comment in said(own))
                yield f"{pad}  {quoted(child)}{behind}"
            else:
                yield f"{start} {quoted(child)}{behind}"

    def brackets(value: Any, path: str, start: str, indent: int, behind: str) -> Iterator[str]:
        pad = " " * indent
        yield start + ("{" if isinstance(value, dict) else "[")
        for key, child in ordered(value):
            own = f"{path}/{key}"
            yield from (f"{pad}{comment}" for comment in said(own))
            if isinstance(child, str):
                yield f"{pad}{lead(value, key)}{quoted(child)},{''.join(f' {c}' for c in said(own, sign='#='))}"
            else:
                yield from brackets(child, own, f"{pad}{lead(value, key)}", indent + 2, ",")
        yield f"{pad}{'}' if isinstance(value, dict) else ']'}{behind}"

    def quoted(text: str) -> str:
        return draw(st.sampled_from([f"'{text}'", f'"{text}"']))

    return "\n".join(block(ENTRY, "", 0)) + "\n"


def paths_by_line(text: str) -> dict[int, list[str]]:
    """Which keys and items start in which line."""
    found: dict[int, list[str]] = {}

    def walk(node: yaml.Node, path: str) -> None:
        if isinstance(node, yaml.CollectionNode):
            for number, child in enumerate(node.value):
                key, value = child if isinstance(node, yaml.MappingNode) else (child, child)
                own = f"{path}/{number if key is value else key.value}"
                found.setdefault(key.start_mark.line, []).append(own)
                walk(value, own)

    root = yaml.CBaseLoader(text).get_single_node()
    assert root is not None
    walk(root, "")
    return found


def misplaced(text: str) -> list[str]:
    """The comments that do not stand at what they name: on lines of their own above it, or behind it."""
    lines = text.split("\n")
    paths = paths_by_line(text)
    wrong = []
    for number, line in enumerate(lines):
        before, mark, comment = line.partition("# ") if "#= " not in line else line.partition("#= ")
        if mark:
            below = next((n for n in range(number, len(lines)) if n in paths), -1)
            wrong += [comment] * (comment not in paths.get(number if before.strip() else below, ()))
    return wrong


@given(commented_entries())
def test_a_comment_stays_with_what_it_is_about(text: str) -> None:
    made = canonical(text.encode(), Entry).decode()
    assert sorted(made.count(mark) for mark in ("# /", "#= /")) == sorted(text.count(m) for m in ("# /", "#= /"))
    assert [comment for comment in misplaced(made) if not moved_with_its_item(comment)] == []
    assert canonical(made.encode(), Entry).decode() == made
    assert yaml.load(made, yaml.CBaseLoader) == yaml.load(text, yaml.CBaseLoader)


def moved_with_its_item(comment: str) -> bool:
    """Whether a comment was at a key of evidence; alone below its dash it may as well be about the whole."""
    return "/evidence/" in comment


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("summary: a\nname:\n  # the name\n  New\n", "# the name\nname: New\nsummary: a\n"),
        ("tags: [\n  a,\n  b\n  # the end\n]\nname: x\n", "name: x\ntags:\n  - a\n  - b\n  # the end\n"),
        ("tags:\n  # some\n  [a, b]\nname: x\n", "name: x\n# some\ntags: [a, b]\n"),
        ("x:\n  -   a: b\n  # one\n  -  # two\n    a: b\n", "x:\n  - a: b\n  # one\n  # two\n  - a: b\n"),
        ("x:\n  -   a: b\n  # one\n  -\n    # two\n    a: b\n", "x:\n  - a: b\n  # one\n  # two\n  - a: b\n"),
        ("tags: []  # none yet\nname: x\n", "name: x\ntags: []  # none yet\n"),
        ("tags: [\n  # none yet\n]\nname: x\n", "name: x\n# none yet\ntags: []\n"),
    ],
)
def test_comments_within_a_value_stay_with_it(text: str, made: str) -> None:
    assert canonical(text.encode(), Entry).decode() == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("hello # there\n", "hello\n# there\n"),
        ('"hello"\n', "hello\n"),
        ("{}\n# nothing yet\n", "{}\n# nothing yet\n"),
        ("[ ]\n", "[]\n"),
        ("- b\n- a\n", "- b\n- a\n"),
        ("name:\ntags:\n- \n-   b\n", "name:\ntags: [null, b]\n"),
        ("odd:\n-\n- ''\n- 'null'\n", 'odd:\n  -\n  - ""\n  - "null"\n'),
        ("odd: {a, b: ~}\n", "odd: {a: null, b: ~}\n"),
    ],
)
def test_what_no_schema_allows_has_a_form_too(text: str, made: str) -> None:
    assert canonical(text.encode(), Entry).decode() == made
    assert canonical(made.encode(), Entry).decode() == made


def test_a_link_is_left_to_the_file_that_it_leads_to(tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": "status: active\nname: New\n"})
    (root / "frameworks" / "a.yml").symlink_to("new.yml")
    landscape, _ = loading.read(root)
    assert landscape is not None
    found = {file.path: file.changed for file in formatted(landscape, root, lambda path: path.startswith("frameworks"))}
    assert found["frameworks/new.yml"]
    assert "frameworks/a.yml" not in found
