"""The canonical form of the files: one order of keys, one indentation, one way to quote; comments stay in place.

A file is composed as the reader composes it, and written anew from its nodes by the declarations of the models. What is
written must read the same and hold the same comments, or the file is refused as it is.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

import yaml
from yaml.emitter import Emitter
from yaml.resolver import Resolver

from interop_landscape.errors import BadRequest
from interop_landscape.reading import bounds
from interop_landscape.reading.collecting import uncollected
from interop_landscape.reading.compose import compose
from interop_landscape.reading.containers import ListOf, MapOf, Struct
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import BY_ID, Entry, Record, StageEntry
from interop_landscape.reading.statements import Evidence, Interop, Statement
from interop_landscape.reading.values import (
    Date,
    Defined,
    Figure,
    Flag,
    Number,
    OneOf,
    RequirementId,
    Slug,
    Value,
    Whole,
)
from interop_landscape.writing.comments import Comments, comments_of
from interop_landscape.writing.line_ends import ended_like, unix

WIDTH: Final = 120
POINTER: Final = "# yaml-language-server: $schema="

_MOST_LOOKS: Final = 4
_ALWAYS_BLOCK: Final = (Entry, Record, StageEntry, Statement, Evidence)
_WORDS: Final = (Slug, RequirementId, Defined, OneOf)
_TYPED: Final = (Date, Flag, Number, Figure, Whole)

# What YAML 1.2 and its parsers take for a number and PyYAML, which knows 1.1, does not.
_OTHER_NUMBER: Final = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+")
# Words that need no closer look, of which PyYAML takes some for true, false or nothing.
_PLAINLY_TEXT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*")
_NO_TEXT: Final = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_HAS_COMMENT: Final = re.compile(r"(?m)(^|[ \t])#|^[ \t]*$")
# A colon within an address is no indicator, even in brackets; PyYAML's emitter quotes it all the same.
_IN_BRACKETS: Final = re.compile(r"[,?\[\]{}]|:(?=\s|$)")
_composed: Final = lru_cache(maxsize=1)(compose)  # what was written is looked at again
_resolve: Final[Any] = Resolver().resolve
_analyse: Final[Any] = Emitter(io.StringIO(), allow_unicode=True).analyze_scalar


@uncollected()
def canonical(data: bytes, model: type[Any], schema: str | None = None) -> bytes:
    """The canonical form of a file that holds `model`, or, of those in `BY_ID`, one by each id; its line ends stay.

    `schema` is the address of its schema for the first line. Raises BadRequest, with line and column, where the file
    cannot be composed, and where it cannot be written without a loss.
    """
    text = unix(data)
    # Where comments are oddly placed, what they belong to is only settled by the second look.
    for _ in range(_MOST_LOOKS):
        made = _once(text, model, schema)
        if made == text:
            break
        text = made
    return ended_like(text, data)


def _once(data: bytes, model: type[Any], schema: str | None) -> bytes:
    root, faults = _composed(data)
    if root is None:
        fault = faults[0]
        raise BadRequest(f"{fault.line}:{fault.column}: {fault.code}: {fault.message}")
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    comments = comments_of(text, root) if _HAS_COMMENT.search(text.rstrip("\n")) else Comments()
    _drop_pointer(comments)
    lines = [POINTER + schema] if schema else []
    lines += comments.top + ([""] if comments.top else [])
    lines += _Writer(comments).whole(root, MapOf(Slug(), Struct(model)) if model in BY_ID else Struct(model))
    made = ("\n".join(lines) + "\n").encode()
    if made != data:
        _refuse_loss(root, comments, made)
    return made


def written(values: Mapping[str, Any], model: type[Any], schema: str | None = None) -> str:
    """A new file from plain mappings, lists, texts, dates and numbers by key, as `canonical` writes it."""
    return canonical(json.dumps(values, default=_plain, ensure_ascii=False).encode(), model, schema).decode()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no YAML for {type(value).__name__}")


def _drop_pointer(comments: Comments) -> None:
    for lines in (comments.top, *comments.above.values(), *comments.last.values(), comments.every):
        lines[:] = [line for line in lines if not line.startswith(POINTER)]


def _refuse_loss(root: yaml.Node, comments: Comments, made: bytes) -> None:
    if len(made) > bounds.FILE:
        most = f"{bounds.FILE // 1024} KiB"
        raise BadRequest(f"1:1: would have more than {most} in canonical form; nothing was changed: split the file")
    again, _ = _composed(made)
    if again is None or _said(again) != _said(root):
        raise BadRequest("1:1: cannot be written in canonical form without changing what it says; nothing was changed")
    text = made.decode()
    kept = comments_of(text, again) if "#" in text.removeprefix(POINTER) else Comments()
    _drop_pointer(kept)
    if sorted(kept.every) != sorted(comments.every):
        raise BadRequest("1:1: a comment would be lost; nothing was changed: put each comment on a line of its own")


def _said(node: yaml.Node) -> tuple[Any, ...]:
    """What a node says, whatever the order of the keys and however nothing is written; such can be sorted."""
    if isinstance(node, yaml.MappingNode):
        return "map", sorted([(_said(key), _said(value)) for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return "list", [_said(item) for item in node.value]
    return ("nothing",) if _is_nothing(node) else ("text", node.value)


class _Writer:
    """Writes nodes in block form, and what is short and holds no comment in brackets."""

    def __init__(self, comments: Comments) -> None:
        self.comments = comments
        self._flows: dict[int, str | None] = {}

    def whole(self, root: yaml.Node, value: Value) -> Iterator[str]:
        """The lines of a file below those at its top; it holds more than comments."""
        if isinstance(root, yaml.CollectionNode) and root.value:
            yield from self.block(root, value, 0)
        else:
            yield _empty(root) if isinstance(root, yaml.CollectionNode) else _scalar(root, value)
            yield from self.comments.last.get(id(root), ())

    def block(self, node: yaml.Node, value: Value | None, indent: int) -> list[str]:
        """The lines of a collection at an indentation."""
        pad = " " * indent
        first = indent == 0
        made: list[str] = []
        for slot, child, kind in _ordered(node, value):
            over = [""] if id(slot) in self.comments.spaced and not first else []
            over += [f"{pad}{line}".rstrip() for line in self.comments.above.get(id(slot), ())]
            first = False
            if isinstance(node, yaml.SequenceNode):
                hoisted, lines = self._item(child, kind, indent)
                over += hoisted
            else:
                first_line, *more = self._entry(f"{pad}{_scalar(slot, None)}:", child, kind, indent)
                lines = [self._with_behind(first_line, slot), *more]
            made += [line for number, line in enumerate(over) if line or not number or over[number - 1]] if over else ()
            made += lines
        made += [f"{pad}{line}".rstrip() for line in self.comments.last.get(id(node), ())]
        return made

    def _entry(self, key: str, child: yaml.Node, kind: Value | None, indent: int) -> list[str]:
        """A key with its value."""
        if isinstance(child, yaml.ScalarNode):
            if "\n" in child.value and (literal := _literal(child.value, indent + 2)) is not None:
                return [f"{key} {literal[0]}", *literal[1:]]
            text = _scalar(child, kind)
            return [f"{key} {text}" if text else key]
        flow = self._flow(child, kind)
        if flow is not None:
            if len(key) + 1 + len(flow) <= WIDTH:
                return [f"{key} {flow}"]
            if isinstance(child, yaml.MappingNode) and indent + 2 + len(flow) <= WIDTH:
                return [key, f"{' ' * (indent + 2)}{flow}"]
        return [key, *self.block(child, kind, indent + 2)] if child.value else [f"{key} {_empty(child)}"]

    def _item(self, child: yaml.Node, kind: Value | None, indent: int) -> tuple[list[str], list[str]]:
        """An item of a list behind its dash, and before it the comments above its first key.

        A comment behind an item that takes several keys or items is put there too: it is not about the first of them.
        """
        pad = " " * indent
        if isinstance(child, yaml.ScalarNode) or not child.value:
            text = _scalar(child, kind) if isinstance(child, yaml.ScalarNode) else _empty(child)
            return [], [self._with_behind(f"{pad}- {text}".rstrip(), child)]
        flow = self._flow(child, kind)
        if flow is not None and indent + 2 + len(flow) <= WIDTH:
            return [], [self._with_behind(f"{pad}- {flow}", child)]
        lines = self.block(child, kind, indent + 2)
        first = next(number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
        behind = self.comments.behind.get(id(child))
        over = [*([behind] if behind else []), *lines[:first]]
        return [f"{pad}{line.strip()}".rstrip() for line in over], [
            f"{pad}- {lines[first].lstrip()}",
            *lines[first + 1 :],
        ]

    def _with_behind(self, line: str, slot: yaml.Node) -> str:
        """The first line of a key or item with the comment behind it."""
        behind = self.comments.behind.get(id(slot))
        return f"{line}  {behind}" if behind else line

    def _flow(self, node: yaml.Node, value: Value | None) -> str | None:
        """A collection in brackets; None where it has to be, or was and may be, in block form, or fits on no line.

        It is asked at every level of a nesting, and looked for once.
        """
        if id(node) not in self._flows:
            self._flows[id(node)] = self._in_brackets(node, value)
        return self._flows[id(node)]

    def _in_brackets(self, node: yaml.Node, value: Value | None) -> str | None:
        if not isinstance(node, yaml.CollectionNode) or not node.value or self.comments.inside(node):
            return None
        if isinstance(value, Interop) or (isinstance(value, Struct) and value.model in _ALWAYS_BLOCK):
            return None
        if isinstance(value, ListOf):
            if not isinstance(value.item, _WORDS):
                return None
        elif not node.flow_style:
            return None
        parts: list[str] = []
        length = 0
        for slot, child, kind in _ordered(node, value):
            if isinstance(child, yaml.ScalarNode):
                text = _scalar(child, kind, flow=True)
                inner: str | None = text
            else:
                inner = self._flow(child, kind) or (None if child.value else _empty(child))
            if inner is None:
                return None
            parts.append(inner if isinstance(node, yaml.SequenceNode) else f"{_scalar(slot, None, flow=True)}: {inner}")
            length += len(parts[-1])
            if length > WIDTH:
                return None
        return f"[{', '.join(parts)}]" if isinstance(node, yaml.SequenceNode) else f"{{{', '.join(parts)}}}"


def _empty(node: yaml.Node) -> str:
    return "[]" if isinstance(node, yaml.SequenceNode) else "{}"


def _ordered(node: yaml.Node, value: Value | None) -> Iterator[tuple[yaml.Node, yaml.Node, Value | None]]:
    """(key or item, value or item, how that is read) in canonical order."""
    if isinstance(node, yaml.SequenceNode):
        item = value.item if isinstance(value, ListOf) else None
        yield from ((child, child, item) for child in node.value)
        return
    pairs = [(key, child) for key, child in node.value]
    if isinstance(value, Struct):
        keys = keys_of(value.model)
        place = {name: number for number, name in enumerate(keys)}
        pairs.sort(key=lambda pair: place.get(_name(pair[0]), len(place)))
        for key, child in pairs:
            known = keys.get(_name(key))
            yield key, child, known.kind if known else None
    elif isinstance(value, Interop):
        for key, child in sorted(pairs, key=lambda pair: _name(pair[0])):
            yield key, child, _TARGETS
    elif value is _TARGETS:
        for key, child in sorted(pairs, key=lambda pair: _name(pair[0])):
            yield key, child, _STATEMENT
    else:
        inner = value.value if isinstance(value, MapOf) else None
        yield from ((key, child, inner) for key, child in pairs)


_STATEMENT: Final = Struct(Statement)
_TARGETS: Final = MapOf(Slug(), _STATEMENT)


def _name(key: yaml.Node) -> str:
    return key.value if isinstance(key, yaml.ScalarNode) else ""


def _scalar(node: yaml.Node, kind: Value | None, *, flow: bool = False) -> str:
    """A scalar, plain where every YAML reader takes that for the same text; empty where there is nothing."""
    if not isinstance(node, yaml.ScalarNode):
        return "? "  # no file of a landscape has such a key; the loss is refused
    text: str = node.value
    if _PLAINLY_TEXT.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    if not text and not node.style:
        return "null" if flow else ""
    if isinstance(kind, ListOf) and kind.single:
        kind = kind.item
    if "\n" in text:
        return _quoted(text)
    analysis = _analyse(text)
    fits = analysis.allow_block_plain and (not flow or analysis.allow_flow_plain or not _IN_BRACKETS.search(text))
    if fits and (_is_text(text) or isinstance(kind, _TYPED) or _is_nothing(node)):
        return text
    return _quoted(text)


def _is_text(text: str) -> bool:
    resolved = _resolve(yaml.ScalarNode, text, (True, False))
    return bool(resolved == "tag:yaml.org,2002:str") and not _OTHER_NUMBER.fullmatch(text)


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null", "Null", "NULL")


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if quoted.isprintable() else "".join(c if c.isprintable() else _escape(c) for c in quoted)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _literal(text: str, indent: int) -> list[str] | None:
    """A text of several lines in block form; None where that would not read the same."""
    body, end = text.removesuffix("\n"), "|" if text.endswith("\n") else "|-"
    lines = body.split("\n")
    if body.endswith("\n") or not lines[0] or any(line[:1].isspace() or line != line.rstrip() for line in lines):
        return None
    if not all(line.isprintable() for line in lines):
        return None
    return [end, *(f"{' ' * indent}{line}" if line else "" for line in lines)]
