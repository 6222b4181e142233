"""The chapters of the specification as HTML.

A chapter is Markdown that somebody else may have written: it is cleaned of all that is not plain text with headings,
lists, tables and links, and no text of a requirement goes through Markdown at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from interop_landscape.phrases import capital
from interop_landscape.reading.specification import Chapter, Specification, mentions_in, place_in
from interop_landscape.text import slug

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Block = Callable[[str], str]

_TABLES: Final = ("table", "tbody", "td", "th", "thead", "tr")
_LISTS: Final = ("dd", "dl", "dt", "li", "ol", "ul")
_TEXT: Final = ("a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "strong")
_TAGS: Final = frozenset((*_TEXT, *_LISTS, *_TABLES))
_HEADING: Final = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG: Final = re.compile(r"(<[^>]*>)")
_TABLE: Final = '<div class="ls-scroll" tabindex="0" role="region" aria-label="Table"><table class="ls-table">'
_CHAPTER_LINK: Final = re.compile(r"([a-z0-9-]+)\.md")


def anchor(chapter: str, heading: str = "") -> str:
    """The id of a chapter on the page, or of a heading in it; no expectation's id can be the same."""
    return f"chapter-{chapter}" + (f"-{slug(heading)}" if heading else "")


def chapter_html(chapter: Chapter, specification: Specification, block: Block, used: set[str]) -> Markup:
    """A chapter as HTML; `block` makes the HTML of a requirement, which is escaped already.

    `used` are the ids that the page has, to which those of the chapter's headings are added.
    """
    parts = []
    if not any(line.startswith("# ") for line in chapter.text.splitlines()):
        used.add(anchor(chapter.name))
        parts.append(f'<h2 id="{anchor(chapter.name)}">{escape(capital(chapter.name.replace("-", " ")))}</h2>')
    for name, lines in groupby(chapter.text.splitlines(), key=place_in):
        if name in specification.requirements:
            assert name is not None
            parts.append(block(name))
        else:
            parts.append(_converted("\n".join(lines), chapter, specification, used))
    return Markup("\n").join(Markup(part) for part in parts)  # noqa: S704 - cleaned, or escaped by its template


def _converted(text: str, chapter: Chapter, specification: Specification, used: set[str]) -> str:
    """Markdown as clean HTML, its headings below those of the page, with anchors, and with ids as links."""
    import nh3

    html = nh3.clean(
        _reader().render(text),
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        attribute_filter=partial(_attribute, specification),
        link_rel="noopener",
        url_schemes={"http", "https"},
    )
    html = _HEADING.sub(lambda found: _heading(found, chapter, used), html)
    html = html.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return "".join(_linked(html, specification))


@cache
def _reader() -> MarkdownIt:
    """Reads CommonMark and tables in time that grows with the text, whoever wrote it; HTML in it is text."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")


def _attribute(specification: Specification, tag: str, name: str, value: str) -> str | None:
    """Where a link leads: to another chapter, within the page, or to a public address; nowhere else."""
    found = _CHAPTER_LINK.fullmatch(value)
    if found is not None and found[1] in specification.chapters:
        return f"#{anchor(found[1])}"
    is_public = urlsplit(value).scheme in ("http", "https")
    return value if is_public or re.fullmatch(r"#[\w-]+", value) else None


def _heading(found: re.Match[str], chapter: Chapter, used: set[str]) -> str:
    level, inner = int(found[1]), found[2]
    heading = unescape(_TAG.sub("", inner))
    first = anchor(chapter.name)
    name = first if level == 1 and first not in used else anchor(chapter.name, heading or "heading")
    number = 2
    own = name
    while own in used:
        own, number = f"{name}-{number}", number + 1
    used.add(own)
    deeper = min(level + 1, 6)
    return f'<h{deeper} id="{escape(own)}">{inner}</h{deeper}>'


def _linked(html: str, specification: Specification) -> Iterator[str]:
    """HTML in which the ids of requirements lead to them, but within links, code and headings."""
    within = 0
    for piece in _TAG.split(html):
        if re.match(r"<(?:a|code|pre|h[1-6])\b", piece):
            within += 1
        elif re.match(r"</(?:a|code|pre|h[1-6])>", piece):
            within -= 1
        yield piece if within or piece.startswith("<") else _with_links(piece, specification)


def _with_links(text: str, specification: Specification) -> str:
    made, end = [], 0
    for found in mentions_in(text):
        if found[0] in specification.requirements:
            made += [text[end : found.start()], f'<a href="#{found[0]}">{found[0]}</a>']
            end = found.end()
    return "".join([*made, text[end:]])


def coded(text: str) -> Markup:
    """A phrase in which names stand in backticks, with these as code."""
    pieces = re.split(r"`([^`]+)`", text)
    made = (
        Markup("<code>{}</code>").format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces)
    )
    return Markup("").join(made)


def pieces_of(text: str) -> list[tuple[str, bool]]:
    """A phrase as pieces, each with whether it is a name that stood in backticks."""
    return [(piece, bool(place % 2)) for place, piece in enumerate(re.split(r"`([^`]+)`", text)) if piece]


def with_keyword(says: str, keyword: str | None) -> list[tuple[str, bool]]:
    """What a requirement says as pieces, each with whether it is the word of RFC 2119 in it."""
    before, word, after = says.partition(keyword) if keyword else (says, "", "")
    return [(piece, bold) for piece, bold in ((before, False), (word, True), (after, False)) if piece]
