"""Placeholders for texts of the data while the engine renders.

An engine reads Markdown, attribute lists and raw HTML; its theme puts titles into pages, and tooltips in as HTML. So no
text that a contributor writes reaches the engine: it sees a placeholder, and the text is put in afterwards, escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Final

SEARCH_INDICES: Final = ("search/search_index.json", "search.json")
"""Where the engines keep what their search reads: MkDocs', Zensical's."""

_PLACEHOLDER: Final = re.compile(r"LSTEXT(\d+)X")
_IN_TITLE: Final = re.compile(r"""\stitle=("[^"]*LSTEXT\d+X[^"]*"|'[^']*LSTEXT\d+X[^']*'|LSTEXT\d+X)""")


@dataclass(frozen=True)
class Placeholders:
    """The texts that were given a placeholder, each by its number."""

    texts: list[str] = field(default_factory=list)

    def of(self, text: str) -> str:
        """The placeholder of a text, one word of letters and digits."""
        if text not in self.texts:
            self.texts.append(text)
        return f"LSTEXT{self.texts.index(text)}X"

    def put_into(self, rendered: Path) -> None:
        """Put the texts into every page and search index below the folder that an engine wrote."""
        for page in rendered.rglob("*.html"):
            page.write_text(self.in_html(page.read_text(encoding="utf-8")), encoding="utf-8")
        for index in (rendered / name for name in SEARCH_INDICES):
            if index.is_file():
                found = json.loads(index.read_text(encoding="utf-8"))
                index.write_text(json.dumps(_mapped(found, self._escaped), ensure_ascii=False), encoding="utf-8")

    def in_html(self, page: str) -> str:
        """A page with the texts, escaped, and without the tooltips that would hold one."""
        return self._escaped(_IN_TITLE.sub("", page))

    def _escaped(self, text: str) -> str:
        return _PLACEHOLDER.sub(self._one, text)

    def _one(self, found: re.Match[str]) -> str:
        number = int(found[1])
        return escape(self.texts[number]) if number < len(self.texts) else found[0]


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A value of JSON with every text in it changed; its keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    return {key: _mapped(item, change) for key, item in value.items()} if isinstance(value, dict) else value
