"""The comments and blank lines of a YAML file, by what they belong to.

The parser that reads the files drops comments, so they are found here: a ``#`` after a space or at the start of a
line, outside every scalar. A comment on lines of its own belongs to the key or item below it, or, where it is indented
deeper than that, to the end of the mapping or list that holds it; one between a key and its value belongs to the
key, one before a closing bracket to the end of what that closes. One behind a value belongs to that value's line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Final

import yaml

Position = tuple[int, int]
_Line = tuple[Position, str]
_Span = tuple[Position, Position]

_COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))#")
_BLOCK: Final = ("|", ">")


@dataclass(slots=True)
class Comments:
    """Comments by the `id` of a node: that of a mapping's key or of a list's item, or of a whole collection.

    ``top`` are the lines at the start of the file that a blank line parts from the rest, ``above`` those over a key or
    item, with an empty one for a blank line between two, ``behind`` what is at the end of its line, ``last`` the
    lines at the end of a collection, and ``spaced`` the keys and items that have a blank line above all that.
    ``every`` is every comment as it was found, wherever it was put, and ``holding`` are all collections that hold one.
    """

    top: list[str] = field(default_factory=list)
    above: dict[int, list[str]] = field(default_factory=dict)
    behind: dict[int, str] = field(default_factory=dict)
    last: dict[int, list[str]] = field(default_factory=dict)
    spaced: set[int] = field(default_factory=set)
    every: list[str] = field(default_factory=list)
    holding: set[int] = field(default_factory=set)

    def inside(self, node: yaml.Node) -> bool:
        """Whether a comment belongs to anything in a collection."""
        return id(node) in self.holding


@dataclass(slots=True, eq=False)
class _Slot:
    """A key or an item, in `container`, with its value and the column of the key or the dash.

    `parent` is the slot around it; the value of an item is the item.
    """

    node: yaml.Node
    value: yaml.Node
    column: int
    container: yaml.CollectionNode
    parent: _Slot | None

    @property
    def at(self) -> Position:
        return _start(self.node)


def comments_of(text: str, root: yaml.Node) -> Comments:
    """The comments of a file's `text`, of which `root` was composed."""
    found = Comments()
    slots: list[_Slot] = []
    scalars: list[_Span] = []
    _collect(root, None, slots, scalars)
    scalars.sort()
    starts = [slot.at for slot in slots]
    opened = [start for start, _ in scalars]

    def is_text(at: Position) -> bool:
        place = bisect_right(opened, at) - 1
        return place >= 0 and at < scalars[place][1]

    waiting: list[_Line] = []
    for number, line in enumerate(text.splitlines()):
        if not line.strip():
            if not is_text((number, 0)):
                waiting.append(((number, 0), ""))
            continue
        hashes = _COMMENT.finditer(line) if "#" in line else ()
        match = next((m for m in hashes if not is_text((number, m.start()))), None)
        at, comment = (number, match.start() if match else 0), line[match.start() :].rstrip() if match else ""
        if comment:
            found.every.append(comment)
        place = bisect_left(starts, (number, 0))
        below = slots[place] if place < len(slots) else None
        # A dash may be alone in front of a comment, its item below.
        if comment and (below is None or below.at > at) and not line[: at[1]].strip(" \t-"):
            waiting.append(((number, len(line) - len(line.lstrip())), comment))
            continue
        if place == 0:
            waiting = _without_top(waiting, found)
        if waiting:
            _place(waiting, slots[place - 1] if place else None, below, root, found)
            waiting = []
        if comment and slots:
            _place_behind(comment, at, slots[max(bisect_right(starts, at) - 1, 0)], found)
        elif comment:
            waiting.append((at, comment))
    _place(waiting, slots[-1] if slots else None, None, root, found)
    _mark_holding(slots, found)
    return found


def _mark_holding(slots: list[_Slot], found: Comments) -> None:
    for slot in slots:
        if id(slot.node) in found.above or id(slot.node) in found.behind or id(slot.container) in found.last:
            around: _Slot | None = slot
            while around is not None and id(around.container) not in found.holding:
                found.holding.add(id(around.container))
                around = around.parent


def _without_top(waiting: list[_Line], found: Comments) -> list[_Line]:
    blanks = [place for place, (_, line) in enumerate(waiting) if not line]
    if not blanks or not any(line for _, line in waiting[: blanks[-1]]):
        return waiting
    found.top = _squeezed([line for _, line in waiting[: blanks[-1]]])
    return waiting[blanks[-1] + 1 :]


def _place(waiting: list[_Line], above: _Slot | None, below: _Slot | None, root: yaml.Node, found: Comments) -> None:
    """Give lines between two slots to `above`, to the ends of what holds it, and from some line on to `below`."""
    ends: dict[int, list[str]] = {}
    start = 0
    for number, (at, comment) in enumerate(waiting):
        if not comment:
            continue  # blank lines go where the next comment goes
        lines = [line for _, line in waiting[start : number + 1]]
        if above is not None and _waits_for_value(above, at):
            found.above.setdefault(id(above.node), []).append(comment)
        elif (end := _ended(above, at, below)) is not None:
            ends.setdefault(id(end), []).extend(lines)
        else:
            break
        start = number + 1
    left = [line for _, line in waiting[start:]]
    if below is None:
        ends.setdefault(id(root), []).extend(left)
    else:
        if left and not left[0]:
            found.spaced.add(id(below.node))
        if any(left):
            apart = [""] if not left[-1] else []
            found.above[id(below.node)] = _squeezed(found.above.get(id(below.node), []) + left) + apart
    for node, some in ends.items():
        if any(some):
            found.last[node] = _squeezed(found.last.get(node, []) + some)


def _waits_for_value(slot: _Slot, at: Position) -> bool:
    """Whether the value of a key, other than keys and items in block form, is still to come."""
    value = slot.value
    if isinstance(value, yaml.CollectionNode) and not value.flow_style:
        return False
    return at < (_start(value) if value.value else _end(value))


def _ended(above: _Slot | None, at: Position, below: _Slot | None) -> yaml.Node | None:
    """The deepest collection around `above` of which a comment in this place is the end; None where it is none."""
    slot = _open(above, at)
    if slot is not None and slot.container.flow_style:
        return slot.container if below is None or below.at >= _end(slot.container) else None
    while slot is not None and slot.column > at[1]:
        slot = slot.parent
    if slot is None or (below is not None and (below.container.flow_style or slot.column <= below.column)):
        return None
    return slot.container


def _open(slot: _Slot | None, at: Position) -> _Slot | None:
    """The slot itself, or the first around it that is in no brackets closed before this place."""
    while slot is not None and slot.container.flow_style and _end(slot.container) <= at:
        slot = slot.parent
    return slot


def _place_behind(line: str, at: Position, before: _Slot, found: Comments) -> None:
    """Give what is at the end of a line to the last slot before it, or to that around it if its brackets end."""
    node = id((_open(before, at) or before).node)
    if node in found.behind:
        found.above.setdefault(node, []).append(line)
    else:
        found.behind[node] = line


def _collect(node: yaml.Node, parent: _Slot | None, slots: list[_Slot], scalars: list[_Span]) -> None:
    """Add the keys and items in a node, those of inner collections too, in the order of the file, and its scalars."""
    if isinstance(node, yaml.ScalarNode):
        span = _span(node)
        if span[0] < span[1]:
            scalars.append(span)
        return
    assert isinstance(node, yaml.CollectionNode)
    is_mapping = isinstance(node, yaml.MappingNode)
    dash = None if is_mapping or node.flow_style else node.start_mark.column
    for child in node.value:
        key, value = child if is_mapping else (child, child)
        slot = _Slot(key, value, key.start_mark.column if dash is None else dash, node, parent)
        slots.append(slot)
        if is_mapping:
            _collect(key, None, [], scalars)  # a key that is a collection has no slots of its own
        _collect(value, slot, slots, scalars)


def _span(node: yaml.ScalarNode) -> _Span:
    """From where to where a scalar goes; one in block form from below the line that opens it."""
    return (node.start_mark.line + 1, 0) if node.style in _BLOCK else _start(node), _end(node)


def _start(node: yaml.Node) -> Position:
    return node.start_mark.line, node.start_mark.column


def _end(node: yaml.Node) -> Position:
    return node.end_mark.line, node.end_mark.column


def _squeezed(lines: list[str]) -> list[str]:
    """The lines without blank ones at their ends, or two in a row."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept
