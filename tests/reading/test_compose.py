"""What the reader refuses before it costs anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interop_landscape.reading import bounds
from interop_landscape.reading.compose import MAX_DEPTH, compose


def codes(text: str) -> list[str]:
    node, faults = compose(text.encode())
    assert (node is None) == bool(faults)
    return [fault.code for fault in faults]


def depth(node: yaml.Node) -> int:
    if isinstance(node, yaml.ScalarNode):
        return 0
    children = node.value if isinstance(node, yaml.SequenceNode) else [n for pair in node.value for n in pair]
    return 1 + max(map(depth, children), default=0)


pieces = st.sampled_from(
    [
        "[",
        "]",
        "{",
        "}",
        "[[[[",
        "]]]]",
        "a: ",
        "b]]]: ",
        "- ",
        "? ",
        ": ",
        "'",
        '"',
        "#",
        ",",
        "\n",
        "\n  ",
        "\n" + " " * 11,
        "x",
        "|\n",
        "\t",
        "- - - - ",
    ]
)


@given(st.lists(pieces, max_size=60).map("".join))
def test_nothing_deeper_than_allowed_is_ever_composed(text: str) -> None:
    node, faults = compose(text.encode())
    assert (node is None) == bool(faults)
    if node is not None:
        assert depth(node) <= MAX_DEPTH


@pytest.mark.parametrize(
    "bomb", ["[" * 200_000, "a: " + "{a: " * 60_000, "- " * 100_000, "[" * 100_000 + "]" * 100_000]
)
def test_bombs_are_left_at_once(bomb: str) -> None:
    assert codes(bomb) == ["too-deep"]


def blocks(levels: int) -> str:
    return "".join("  " * i + "a:\n" for i in range(levels - 1)) + "  " * (levels - 1) + "a: b\n"


def lists(levels: int) -> str:
    """Mappings and lists in turn, each list at the column of the key before it."""
    ends = ["a:"] * (levels // 2 - 1) + ["a:" if levels % 2 else "b"]
    return "a:\n" + "".join(f"{'  ' * i}- {end}\n" for i, end in enumerate(ends))


NESTED: dict[str, Callable[[int], str]] = {
    "brackets": lambda levels: "[" * levels + "]" * levels,
    "braces": lambda levels: "{a: " * levels + "b" + "}" * levels,
    "brackets over lines": lambda levels: "[\n" * levels + "]\n" * levels,
    "dashes": lambda levels: "- " * levels + "b",
    "question marks": lambda levels: "? " * levels + "b",
    "block mappings": blocks,
    "line ends of old": lambda levels: blocks(levels).replace("\n", "\r"),
    "pairs in brackets": lambda levels: blocks(levels - 16).replace("  ", " ").replace("b", "[a: " * 8 + "b" + "]" * 8),
    "lists at the columns of their keys": lists,
    "both": lambda levels: blocks(levels - 8).replace("b", "[" * 8 + "]" * 8),
}


@pytest.mark.parametrize("name", NESTED)
def test_twenty_levels_are_read_and_one_more_is_refused(name: str) -> None:
    node, faults = compose(NESTED[name](MAX_DEPTH).encode())
    assert node is not None
    assert not faults
    assert depth(node) == MAX_DEPTH
    for levels in (MAX_DEPTH + 1, MAX_DEPTH + 2, 999, 1_000, 1_001, 1_200):
        text = NESTED[name](levels)
        expected = "too-deep" if len(text) <= bounds.FILE else "too-large"
        assert codes(text) == [expected], levels


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 999, 1_000, 1_001, 5_000])
@pytest.mark.parametrize(
    ("start", "line", "column"), [("", 1, 21), ("a: b\nc: ", 2, 23), ("é: '[[['  # [[[\nü: ", 2, 23)]
)
def test_the_place_told_is_that_of_the_first_level_too_many(start: str, line: int, column: int, levels: int) -> None:
    _, faults = compose((start + "[" * levels).encode())
    assert [(f.code, f.line, f.column) for f in faults] == [("too-deep", line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "a: '" + "[" * 2_000 + "'",
        'a: "' + "{" * 2_000 + '"',
        "a: b  # " + "[" * 2_000,
        "a: |\n  " + "[" * 2_000,
        "a: b" + "[" * 2_000,
        "a: it's " + "[" * 30,
    ],
)
def test_brackets_within_text_and_comments_are_no_nesting(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text", ["[" * 30 + "'open", "[" * 30 + "]" * 30 + " x: @", "{a: " * 30 + "\t@", "[" * 30 + "&x *y @"]
)
def test_too_deep_is_told_even_where_the_text_is_broken_soon_after(text: str) -> None:
    assert codes(text) == ["too-deep"]


@pytest.mark.parametrize("text", ["[" * 20 + "'open", "[" * 20 + "@", "[" * 20])
def test_broken_text_that_is_not_too_deep_is_a_mistake_in_writing(text: str) -> None:
    assert codes(text) == ["syntax"]


def test_a_billion_laughs_is_refused_with_every_anchor_and_alias_named() -> None:
    text = "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert codes(text) == ["anchor", "anchor", "alias", "alias", "alias", "alias"]


@pytest.mark.parametrize(
    "text", ["a: R&D", "a: 5 * 3", "a: wow!", "a: x << y", "a: [b, c]\nd: '*e'", "a: x&y", "--- \na: b", "a: {b: [c]}"]
)
def test_ordinary_text_with_those_characters_is_read(text: str) -> None:
    assert codes(text) == []


def test_scalars_stay_as_written() -> None:
    node, _ = compose(b"a: no\nb: 1.10\nc: 12:30\nd: 0x10\n")
    assert node is not None
    assert [value.value for _, value in node.value] == ["no", "1.10", "12:30", "0x10"]


def test_places_are_right_behind_a_mark_and_wide_characters() -> None:
    node, _ = compose("\ufeffname: Ünïcode\nkey: value\n".encode())
    assert node is not None
    _, value = node.value[1]
    assert (value.start_mark.line, value.start_mark.column) == (1, 5)
    _, faults = compose("a: é\nb: \xff".encode("latin-1"))
    assert [(f.code, f.line, f.column) for f in faults] == [("not-utf-8", 1, 4)]


def test_a_control_character_is_told_with_its_place() -> None:
    _, faults = compose(b"a: b\nc: d\x01e\n")
    assert [(f.code, f.line, f.column) for f in faults] == [("syntax", 2, 5)]


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    node, faults = compose(data)
    assert (node is None) == bool(faults)


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ('name: A\nsummary: "one\nhomepage: x\nstatus: active\n', 2, 10, "the quote that opens here"),
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n", 2, 1, "an unresolved conflict"),
        ("a: 1\nb: 1\n=======\nc: 2\n", 3, 1, "a mark of a conflict"),
        ("a: 1\nb: 1\n>>>>>>> other\nc: 2\n", 3, 1, "a mark of a conflict"),
        ("a: 1\nb:\u00a0active\nc: 2\n", 2, 3, "a space that is none to YAML (U+00A0)"),
    ],
)
def test_a_mistake_is_told_where_it_was_made(text: str, line: int, column: int, said: str) -> None:
    (fault,) = compose(text.encode())[1]
    assert (fault.line, fault.column) == (line, column), fault
    assert fault.message.startswith(said)


@pytest.mark.parametrize("text", ["a: |\n  =======\n  >>>>>>> b\n", "a: one\u00a0two\n", "a: it's\n"])
def test_what_only_looks_like_such_a_mistake_is_read(text: str) -> None:
    assert compose(text.encode())[1] == []
