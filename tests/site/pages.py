"""The pages of a built site, and the addresses on them that lead nowhere."""

from __future__ import annotations

import os
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Links(HTMLParser):
    """The addresses that a page refers to, and the ids that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.addresses.append(value)
            if name == "id" and value is not None:
                self.ids.add(value)


def pages_of(site: Path) -> dict[str, Links]:
    """What each page of a built site links to, by the page's path."""
    pages = {}
    for path in site.rglob("*.html"):
        pages[str(path.relative_to(site))] = links = Links()
        links.feed(path.read_text())
    return pages


def dead_addresses(pages: dict[str, Links], site: Path) -> list[tuple[str, str]]:
    """(page, address) of every address within the site at which there is nothing."""
    return [
        (page, address)
        for page, links in pages.items()
        if page != "404.html"  # its addresses start at the server's root, since it is shown at any address
        for address in links.addresses
        if not _leads_somewhere(page, address, pages, site)
    ]


def _leads_somewhere(page: str, address: str, pages: dict[str, Links], site: Path) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    target = _file_at(site, (site / page).parent, unquote(parts.path)) if parts.path else page
    if target is None:
        return False
    there = pages.get(target)
    return not parts.fragment or there is None or unquote(parts.fragment) in there.ids


@cache
def _file_at(site: Path, folder: Path, path: str) -> str | None:
    """Where from `site` the file is that a path leads to from a folder of it, None where there is none."""
    target = (folder / path).resolve()
    target = target / "index.html" if target.is_dir() else target
    return os.path.relpath(target, site.resolve()) if target.is_file() else None
