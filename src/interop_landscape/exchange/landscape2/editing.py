"""Change some keys in the text of an entry's file, so that comments and all else stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from interop_landscape.reading.compose import compose
from interop_landscape.reading.models import Entry
from interop_landscape.writing.canonical import canonical, written
from interop_landscape.writing.line_ends import ended_like, unix

Value = str | tuple[str, ...]


def edited(data: bytes, changes: Mapping[str, Value | None], schema: str | None = None) -> bytes:
    """The bytes of an entry's file with the top keys `changes` set, or removed where None; in canonical form.

    It keeps its line ends. The file must be one that reads without problems. `schema` is the address of its schema for
    the first line. Raises BadRequest, with line and column, where it cannot be written without a loss.
    """
    text = canonical(unix(data), Entry).decode()
    node, _ = compose(text.encode())
    assert isinstance(node, yaml.MappingNode)
    there = {key.value: (key, value) for key, value in node.value}
    added = {name: value for name, value in changes.items() if name not in there and value is not None}
    for name in sorted(changes.keys() & there.keys(), key=lambda name: -there[name][0].start_mark.index):
        text = _with(text, *there[name], name, changes[name])
    if added:
        text = text.rstrip("\n") + "\n" + written(added, Entry)
    return ended_like(canonical(text.encode(), Entry, schema), data)


def _with(text: str, key: yaml.Node, value: yaml.Node, name: str, new: Value | None) -> str:
    """The text with the value of one key replaced, or the key taken out."""
    if isinstance(new, tuple) and isinstance(value, yaml.SequenceNode):
        return _with_words(text, value, new)
    start, end = key.start_mark.index, _end(value)
    if new is None:
        return text[:start] + _without_line(text, end, "")
    tail = "\n" if text[start:end].endswith("\n") else ""  # a block of text ends with its line
    return text[:start] + written({name: new}, Entry).rstrip("\n") + tail + text[end:]


def _end(node: yaml.Node) -> int:
    """Where a value ends; that of a block's last item, as the parser counts what follows to the block."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)


def _without_line(text: str, end: int, indent: str) -> str:
    """What follows a line whose content ends at `end`; a comment behind it gets a line of its own."""
    line = _next_line(text, end)
    comment = text[end:line].strip()
    return (f"{indent}{comment}\n" if comment else "") + text[line:]


def _next_line(text: str, position: int) -> int:
    """Where the next line starts; `position` itself where a line starts there."""
    if position and text[position - 1] == "\n":
        return position
    return text.find("\n", position) + 1 or len(text)


def _with_words(text: str, node: yaml.SequenceNode, words: tuple[str, ...]) -> str:
    """The text with the items of a list that are not among `words` taken out, and those that are missing put last."""
    there = [item.value for item in node.value]
    added = [_as_word(word) for word in words if word not in there]
    last = node.value[-1]
    if node.flow_style:
        end = last.end_mark.index
        text = text[:end] + "".join(f", {word}" for word in added) + text[end:]
    else:
        indent = " " * (last.start_mark.column - 2)
        line = _next_line(text, last.end_mark.index)
        text = text[:line] + "".join(f"{indent}- {word}\n" for word in added) + text[line:]
    for item in reversed([item for item in node.value if item.value not in words]):
        text = _without(text, item, flow=bool(node.flow_style))
    return text


def _without(text: str, item: yaml.Node, *, flow: bool) -> str:
    start, end = item.start_mark.index, item.end_mark.index
    if not flow:
        line = text.rfind("\n", 0, start) + 1
        return text[:line] + _without_line(text, end, text[line : start - 2])
    after = re.compile(r"\s*,[^\S\n]*").match(text, end)
    if after:
        return text[:start] + text[after.end() :]
    return re.sub(r",\s*$", "", text[:start]) + text[end:]


def _as_word(word: str) -> str:
    return f'"{word}"' if word == "null" else word
