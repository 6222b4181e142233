"""Bytes to YAML nodes with positions, refusing whatever could surprise or stall the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import yaml

from interop_landscape.reading import bounds

MAX_DEPTH = 20

# Cheap tests decide whether a file needs the slow look. All may cry wolf, none may miss: whatever nests deeper than
# MAX_DEPTH, or uses an anchor, alias, tag, merge key or directive, fails one of them. Patterns that begin with a
# character, and not with what may stand before it, are found many times faster.
_MARK = re.compile(r"[&*!](?<![^\s\[\]{},:?-].)")  # an anchor, alias or tag could start here
_LINE = re.compile(r"(?:%|\.\.\.|---)")  # directives and document marks
_BEFORE = re.compile(r"[ \t\-?:]*")  # what may stand before the first word of a line
_FLAT_FLOW = re.compile(r"\[[^\[\]{}\"'#\n]*\]|\{[^\[\]{}\"'#\n]*\}")

_VALUES = (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)

_REFUSED = {
    "anchor": ("anchors are not allowed: `&{}`", "write the value out where it is used"),
    "alias": ("aliases are not allowed: `*{}`", "write the value out instead of referring to it"),
    "tag": ("tags are not allowed: `{}`", "remove the tag; the schema says what each value is"),
    "merge-key": ("merge keys are not allowed: `{}`", "write the keys out where they belong"),
}


class _Loader(yaml.CBaseLoader):
    """Asks for the tag of no node: nothing is guessed from how a scalar looks, and asking takes a third of the time."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """The same for every node."""
        return ""

    def descend_resolver(self, node: object, index: object) -> None:
        """Nothing depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node stands."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file could not be composed; line and column count from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str


def compose(data: bytes) -> tuple[yaml.Node | None, list[Fault]]:
    """Compose one YAML document from `data`.

    Returns the root node, whose marks count from 0, and no fault; or None and at least one fault.
    Every scalar is a string: nothing is guessed from how it looks.
    """
    if len(data) > bounds.FILE:
        return None, [too_large()]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = place_after(data[: error.start].decode("utf-8-sig"))
        return None, [Fault(line, column, "not-utf-8", "the file is not UTF-8 text", "save it as UTF-8")]
    if _needs_a_look(text):
        faults = _look_closely(text)
        if faults:
            return None, faults
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, [_syntax_fault(error, text)]
    finally:
        loader.dispose()
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.style and not node.value):
        return None, [Fault(1, 1, "empty-file", "the file is empty", "fill it in or delete it")]
    return node, []


def place_after(text: str) -> tuple[int, int]:
    """The line and column of what follows a text, which are counted as YAML counts lines."""
    lines = f"{text}.".splitlines()
    return len(lines), len(lines[-1])


def too_large() -> Fault:
    """What is wrong with a file that has more bytes than are read."""
    return Fault(1, 1, "too-large", f"the file has more than {bounds.FILE // 1024} KiB", "split the file")


def _needs_a_look(text: str) -> bool:
    if len(text) > bounds.VALUES or "<<" in text or _MARK.search(text) is not None:
        return True
    lines = text.splitlines()
    return any(map(_LINE.match, lines)) or _most_levels(text, lines) > MAX_DEPTH


def _most_levels(text: str, lines: list[str]) -> int:
    """At most how many collections are within each other.

    Two at a column: a mapping, and a list that stands at the column of its keys. Two at a bracket: a list, and the
    mapping that `[a: b]` holds; of the brackets that hold no others only one is open at a time.
    """
    columns = {0}
    for before in {_BEFORE.match(line)[0] for line in lines}:  # type: ignore[index] # it fits any line
        columns.add(len(before))
        columns.update(place for place, character in enumerate(before) if character != " ")
    left = _FLAT_FLOW.sub("", text)
    return 2 * (len(columns) + left.count("[") + left.count("{") + 1)


def _look_closely(text: str) -> list[Fault]:
    """Walk the parser's events one by one, so that a deep file is left before it costs anything.

    libyaml reads up to 1,024 characters ahead of the event that it gives, and some versions stop there at a nesting
    of their own. Whatever stops it, what comes before that place is looked at too: every version says the same.
    """
    faults: list[Fault] = []
    try:
        _walk(text, faults)
    except yaml.YAMLError as error:
        deep = _too_deep_before(error, text)
        faults.append(deep or _syntax_fault(error, text))
    return faults


def _too_deep_before(error: yaml.YAMLError, text: str) -> Fault | None:
    """The place where a text is nested too deep already before an error, or before the token that it is in."""
    for mark in (getattr(error, "problem_mark", None), getattr(error, "context_mark", None)):
        faults: list[Fault] = []
        if mark is not None:
            with suppress(yaml.YAMLError):  # the text is cut off, so it may well end within something
                _walk(text[: mark.index], faults)
        for fault in faults:
            if fault.code == "too-deep":
                return fault
    return None


def _walk(text: str, faults: list[Fault]) -> None:
    """Add to `faults` what is refused in a text, up to the first place where it is too deep or holds too much."""
    loader = yaml.CBaseLoader(text)
    depth = values = documents = 0
    try:
        while (event := loader.get_event()) is not None:
            if isinstance(event, _VALUES):
                values += 1
                faults += _refused(event)
                depth += isinstance(event, yaml.CollectionStartEvent)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            last = _reason_to_stop(event, documents, depth, values)
            if last is not None:
                faults.append(last)
                break
    finally:
        loader.dispose()


def _reason_to_stop(event: yaml.Event, documents: int, depth: int, values: int) -> Fault | None:
    if documents > 1:
        return _several_documents(_place(event)[0])
    if depth > MAX_DEPTH:
        message = f"nested more than {MAX_DEPTH} levels deep"
        return Fault(*_place(event), "too-deep", message, "no file of a landscape needs that; flatten it")
    if values > bounds.VALUES:
        message = f"the file holds more than {bounds.VALUES:,} keys and values, which is more than is read"
        return Fault(*_place(event), "too-many", message, "split the file")
    return None


def _refused(event: Any) -> Sequence[Fault]:
    """The anchor, alias, tag or merge key that an event brings."""
    if event.__class__ is yaml.AliasEvent:
        return (_refuse("alias", event, event.anchor),)
    is_merge_key = event.__class__ is yaml.ScalarEvent and event.value == "<<" and not event.style
    if event.anchor is event.tag is None and not is_merge_key:
        return ()
    brought = {"anchor": event.anchor, "tag": event.tag, "merge-key": "<<" if is_merge_key else None}
    return [_refuse(code, event, what) for code, what in brought.items() if what is not None]


def _refuse(code: str, event: yaml.Event, what: str | None) -> Fault:
    message, hint = _REFUSED[code]
    return Fault(*_place(event), code, message.format(what), hint)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _several_documents(line: int) -> Fault:
    return Fault(
        line,
        1,
        "several-documents",
        "a second YAML document starts here",
        "one file holds one document; split it",
    )


_CONFLICT: Final = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
ODD_SPACE: Final = re.compile("[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]")


def _seen_in(text: str, error: yaml.YAMLError, line: int) -> Fault | None:
    """What somebody who looks at the text sees at once, where YAML stumbles only over what comes of it."""
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        place = place_after(text[: conflict.start()])
        said = "an unresolved conflict of git starts here" if conflict[1][0] == "<" else "a mark of a conflict of git"
        return Fault(*place, "syntax", said, "keep one side, and remove the marks")
    what = getattr(error, "problem", None) or ""
    opened = getattr(error, "context_mark", None)
    if "unexpected end of stream" in what and "quoted" in str(getattr(error, "context", "")) and opened is not None:
        message = "the quote that opens here is never closed"
        return Fault(opened.line + 1, opened.column + 1, "syntax", message, "close it, or quote with the other sort")
    lines = text.splitlines()
    for number in {line, max(line - 1, 1)}:
        odd = ODD_SPACE.search(lines[number - 1]) if number <= len(lines) else None
        if odd is not None:
            message = f"a space that is none to YAML (U+{ord(odd[0]):04X})"
            return Fault(number, odd.start() + 1, "syntax", message, "type it anew, with the space bar")
    return None


def _syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML"
    if isinstance(error, yaml.reader.ReaderError):
        line, column = place_after(text[: int(error.position)])
        return Fault(line, column, "syntax", f"{what}", "remove the character, or write it as text")
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    seen = _seen_in(text, error, line)
    if seen is not None:
        return seen
    if "single document" in str(getattr(error, "context", "")):
        return _several_documents(line)
    return Fault(line, column, "syntax", f"not valid YAML: {what}", _syntax_hint(what, text, line))


def _syntax_hint(what: str, text: str, line: int) -> str:
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "character that cannot start any token" in what:
        return "indent with spaces, not tabs; quote a value that starts with @, ` or %"
    if "mapping values are not allowed" in what:
        return "quote a value that contains `: `, and check the indentation"
    if "could not find expected ':'" in what:
        return "a key needs a colon and a space after it"
    if "did not find expected key" in what or "block end" in what:
        return "check that the keys of one mapping start in the same column"
    return "check quotes, brackets and indentation on this line and the one before"
