"""A landscape2 data file: bytes to items, each with its place.

Such files are larger than those of a landscape and may use anchors, so they have a reading of their own. It builds
light nodes straight from the parser's events: nothing nests deep, an alias shares what it stands for, and how many
items they may add up to is bounded.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import yaml

from interop_landscape.errors import BadRequest

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_DEPTH: Final = 20
MAX_ITEMS: Final = 250_000
LONGEST_NAME: Final = 400
_NULL: Final = ("", "~", "null", "Null", "NULL")
_ROOTS: Final = ("landscape", "categories")

_LOOKS: Final[Mapping[frozenset[str], str]] = {
    frozenset({"foundation", "url"}): "the settings of landscape2; the items are in its data file",
    frozenset({"title", "kinds"}): "the vocabulary of a landscape of this program",
    frozenset({"items", "groups"}): "a dataset that landscape2 has built; take the data file that it was built from",
    frozenset({"memory"}): "the games of landscape2; the items are in its data file",
}


@dataclass(slots=True)
class Node:
    """A value of the file: text, a list, a mapping, or None where there is nothing; its place counts from 1."""

    value: str | list[Node] | dict[str, Node] | None
    line: int
    column: int

    @property
    def text(self) -> str | None:
        """The text, or None where it is something else."""
        return self.value if isinstance(self.value, str) else None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the file, and where it is listed."""

    category: str
    subcategory: str
    node: Node

    @property
    def line(self) -> int:
        """The line that it starts in."""
        return self.node.line

    @property
    def fields(self) -> dict[str, Node]:
        """Its values by key; nothing where it is no mapping."""
        return self.node.value if isinstance(self.node.value, dict) else {}

    @property
    def name(self) -> str:
        """Its name, empty where it has none."""
        return plain(self.fields["name"].text or "") if "name" in self.fields else ""


@dataclass(frozen=True, slots=True)
class Data:
    """What a data file holds.

    ``unread`` are the places and names of keys at its top, of categories and of subcategories that nothing is made
    of, ``doubled`` those of keys that stand twice in one mapping.
    """

    path: str
    items: tuple[Item, ...]
    unread: tuple[tuple[int, str], ...]
    doubled: tuple[tuple[int, str], ...] = ()


def read_data(data: bytes, path: str) -> Data:
    """The items of a data file; `path` is how it is shown.

    Raises BadRequest, with the line, where it is not a landscape2 data file or larger than is read.
    """
    return _Reading(path).read(data)


@dataclass(slots=True)
class _Reading:
    path: str
    seen: int = 0
    unread: list[tuple[int, str]] = field(default_factory=list)

    def fail(self, line: int, column: int, message: str) -> BadRequest:
        return BadRequest(f"{self.path}:{line}:{column}: {message}")

    def read(self, data: bytes) -> Data:
        if len(data) > MAX_BYTES:
            raise BadRequest(f"{self.path} has {len(data) >> 20} MiB; no more than {MAX_BYTES >> 20} MiB are read")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self.fail(line, 1, "the file is not UTF-8 text; save it as UTF-8") from None
        root, doubled = self._compose(text)
        top = self._known_root(root)
        name = next(name for name in _ROOTS if name in top)
        items = tuple(self._items(top[name]))
        self.unread += [(node.line, short(key)) for key, node in top.items() if key != name]
        return Data(self.path, items, tuple(self.unread), tuple((line, short(key)) for line, key in doubled))

    def _compose(self, text: str) -> tuple[Node, list[tuple[int, str]]]:
        """(the root of the only document, the places and names of duplicate keys)."""
        loader = yaml.CBaseLoader(text)
        building = _Building(self)
        try:
            while (event := loader.get_event()) is not None:
                building.take(event)
        except yaml.YAMLError as error:
            raise self._syntax(error, text) from None
        finally:
            loader.dispose()
        return (building.into[0] if building.into else Node(None, 1, 1)), building.doubled

    def _syntax(self, error: yaml.YAMLError, text: str) -> BadRequest:
        if isinstance(error, yaml.reader.ReaderError):
            position = min(int(error.position), len(text))
            line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
            return self.fail(line, column, f"{error.reason}; remove the character")
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return self.fail(line, column, f"not valid YAML: {getattr(error, 'problem', None) or error}")

    def _known_root(self, root: Node) -> dict[str, Node]:
        """The mapping at the top, once it is sure that it is that of a data file."""
        top = root.value
        if isinstance(top, dict):
            looks = next((f"it looks like {what}" for keys, what in _LOOKS.items() if keys <= top.keys()), "")
            if not looks and any(name in top for name in _ROOTS):
                return top
            looks = looks or f"it has {', '.join(map(short, list(top)[:6])) or 'nothing'}"
        elif isinstance(top, list):
            looks = "it is a list"
        else:
            looks = "it is empty" if not top else "it is a web page" if top.startswith("<") else "it is plain text"
        expected = " or ".join(f"`{name}:`" for name in _ROOTS)
        message = f"not a landscape2 data file, which has {expected} at its top; {looks}"
        raise self.fail(root.line, root.column, message)

    def _items(self, categories: Node) -> Iterator[Item]:
        for category in self._list(categories, "the categories"):
            fields, name = self._named(category, "a category")
            for subcategory in self._list(fields.get("subcategories"), f"the subcategories of `{name}`"):
                inner, inner_name = self._named(subcategory, "a subcategory")
                for node in self._list(inner.get("items"), f"the items of `{name} / {inner_name}`"):
                    yield Item(name, inner_name, node)

    def _list(self, node: Node | None, what: str) -> list[Node]:
        """The items of a list; none where there is nothing."""
        if node is None:
            return []
        if not isinstance(node.value, list):
            raise self.fail(node.line, node.column, f"{what} should be a list; this is no known format of landscape2")
        self.seen += len(node.value)
        if self.seen > MAX_ITEMS:
            raise self.fail(node.line, node.column, f"no more than {MAX_ITEMS:,} items are read, aliases included")
        return node.value

    def _named(self, node: Node, what: str) -> tuple[dict[str, Node], str]:
        """(its keys, its name) of a category or subcategory."""
        if not isinstance(node.value, dict):
            raise self.fail(node.line, node.column, f"{what} should have a `name` and what is in it")
        name = plain(node.value["name"].text or "") if "name" in node.value else ""
        if not name:
            looks = "; it looks like the guide of landscape2" if "content" in node.value else ""
            raise self.fail(node.line, node.column, f"{what} has no `name`{looks}")
        if len(name) > LONGEST_NAME:
            raise self.fail(node.line, node.column, f"{what} has a name of {len(name):,} characters")
        known = ("name", "category", "subcategories", "subcategory", "items")
        self.unread += [(inner.line, short(key)) for key, inner in node.value.items() if key not in known]
        return node.value, name


@dataclass(slots=True)
class _Building:
    """Nodes from the parser's events: ``into`` takes those of the innermost list or mapping that is open."""

    reading: _Reading
    into: list[Node] = field(default_factory=list)
    around: list[tuple[Node, list[Node], str | None]] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    doubled: list[tuple[int, str]] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if isinstance(event, yaml.ScalarEvent):
            null = event.style in (None, "") and event.value in _NULL
            self._put(Node(None if null else event.value, line, column), event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.around) >= MAX_DEPTH:
                raise self.reading.fail(line, column, f"nested more than {MAX_DEPTH} levels deep")
            self.around.append((Node(None, line, column), self.into, event.anchor))
            self.into = []
        elif isinstance(event, yaml.CollectionEndEvent):
            node, outer, anchor = self.around.pop()
            node.value = self._mapping(self.into) if isinstance(event, yaml.MappingEndEvent) else self.into
            self.into = outer
            self._put(node, anchor)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise self.reading.fail(
                    line, column, f"`*{event.anchor}` stands for nothing that is complete before it"
                )
            self.into.append(self.anchors[event.anchor])
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.reading.fail(line, column, "a second YAML document starts here; split the file")

    def _put(self, node: Node, anchor: str | None) -> None:
        self.into.append(node)
        if anchor is not None:
            self.anchors[anchor] = node

    def _mapping(self, nodes: list[Node]) -> dict[str, Node]:
        """The pairs of a mapping that hold something; of two with the same key the first counts."""
        pairs: dict[str, Node] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            name = key.text or "?"
            if name in pairs:
                self.doubled.append((key.line, name))
            elif value.value is not None:
                pairs[name] = value
        return pairs


def plain(text: str) -> str:
    """The text on one line, without control characters."""
    if has_controls(text):
        text = "".join(c for c in text if not _is_control(c))
    return " ".join(text.split())


def short(text: str, most: int = 100) -> str:
    """As `plain`, and cut where it has more characters than a message should hold."""
    text = plain(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def has_controls(text: str) -> bool:
    """Whether there are control characters in the text, beside those that are space."""
    return not text.isprintable() and any(_is_control(c) for c in text)


def _is_control(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cf", "Cs")
        and not character.isspace()
        and character != "\u200d"  # joins emoji
    )
