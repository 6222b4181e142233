"""Stamp bodies into rendered pages, and a page an entry and a record out of the shells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any, Final

from interop_landscape.reading.models import Entry, Record
from interop_landscape.reading.source import RECORDS_FOLDER
from interop_landscape.site import changes, entry_page, pages
from interop_landscape.site.data import SiteData
from interop_landscape.site.embeds import embeds
from interop_landscape.site.frame import Page
from interop_landscape.site.history import History
from interop_landscape.site.home import home
from interop_landscape.site.making import Making
from interop_landscape.site.periods import Period
from interop_landscape.site.placeholders import SEARCH_INDICES
from interop_landscape.site.stage import SHELLS, side_page
from interop_landscape.site.view import View

_MOST_BOOST: Final = 200
"""An entry that much is stated of comes first of those that are found by the same word, up to so many statements."""

_PLACE: Final = re.compile('<div id="?stamp"? data-page="?[a-z]+"?></div>')


def stamped(site_data: SiteData, history: History, rendered: Path, site_url: str | None) -> dict[str, Making]:
    """By path below the site, what makes each page with its body, the search index and the sitemap.

    `rendered` is the folder that the engine wrote. Nothing is made before it is asked for.
    """
    made: dict[str, Making] = {}
    for page, body in _OVERVIEW.items():
        root = "." if page == "index" else ".."
        path = "index.html" if page == "index" else f"{page}/index.html"
        view = View(site_data, root, history, site_url)
        made[path] = partial(_page, rendered / path, view, body)
    for side in site_data.landscape.vocabulary.sides:
        path = f"{side_page(side)}/index.html"
        view = View(site_data, "..", history, site_url)
        made[path] = partial(_page, rendered / path, view, partial(_side, side))
    deep = View(site_data, "../..", history, site_url)
    shell_of = cache(lambda kind: (rendered / SHELLS[kind] / "index.html").read_text(encoding="utf-8"))
    for entry in site_data.landscape.entries.values():
        made[f"entries/{entry.id}/index.html"] = partial(_entry, shell_of, deep, entry.id)
        for alias in entry.aliases:
            made[f"entries/{alias}/index.html"] = partial(_redirect, entry)
    for record in site_data.landscape.records.values():
        made[f"gaps/{record.id}/index.html"] = partial(_record, shell_of, deep, record)
    for period in history.periods:
        made[f"changes/{period.name}/index.html"] = partial(_period, shell_of, deep, period)
    made |= embeds(site_data, history, rendered, site_url)
    for index in SEARCH_INDICES:
        if (rendered / index).is_file():
            made[index] = partial(_searchable, site_data, rendered / index)
    made["sitemap.xml"] = partial(_sitemap, site_data, history, rendered, site_url)
    return made


_OVERVIEW: Final[dict[str, Callable[[View], str]]] = {
    "index": home,
    "gaps": pages.gaps,
    "plan": pages.plan,
    "changes": changes.overview,
    "paths": pages.paths,
    "explore": pages.explore,
    "entries": pages.entries,
    "compare": pages.compare,
    "process": pages.process,
    "specification": pages.specification,
    "verified": pages.verified,
    "coverage": pages.coverage,
    "stewards": pages.stewards,
    "data": pages.data,
    "cite": pages.cite,
}


def _page(path: Path, view: View, body: Callable[[View], str]) -> bytes:
    return _PLACE.sub(lambda place: body(view), path.read_text(encoding="utf-8"), count=1).encode()


def _side(side: str, view: View) -> str:
    return pages.side(view, side)


def _entry(shell_of: Callable[[str], str], view: View, entry_id: str) -> bytes:
    entry, at = view.site_data.words.entry(entry_id), f"entries/{entry_id}"
    html = _named(shell_of("entries"), SHELLS["entries"], at, entry.name, entry.summary)
    file = f"{view.vocabulary.kinds[entry.kind].folder}/{entry.id}.yml"
    page = Page(view, f"{at}/", entry.name, entry.id, file)
    return page.framed(_PLACE.sub(lambda place: entry_page.entry(view, entry, page.report_url), html, count=1)).encode()


def _record(shell_of: Callable[[str], str], view: View, record: Record) -> bytes:
    said, at = f"A gap that is tracked: {record.title}", f"gaps/{record.id}"
    html = _named(shell_of("gaps"), SHELLS["gaps"], at, record.title, said)
    page = Page(view, f"{at}/", record.title, file=f"{RECORDS_FOLDER}/{record.id}.yml")
    return page.framed(_PLACE.sub(lambda place: pages.record(view, record), html, count=1)).encode()


def _period(shell_of: Callable[[str], str], view: View, period: Period) -> bytes:
    title, at = f"What changed: {period.title}", f"changes/{period.name}"
    html = _named(shell_of("changes"), SHELLS["changes"], at, title, period.told.short)
    page = Page(view, f"{at}/", title)
    return page.framed(_PLACE.sub(lambda place: changes.period(view, period), html, count=1)).encode()


def _redirect(entry: Entry) -> bytes:
    return pages.redirect(f"../{entry.id}/", entry.name).encode()


def _named(shell: str, address: str, own: str, title: str, description: str) -> str:
    """The shell with a title, a description and an address of its own."""
    put = {"SHELL-TITLE": escape(title), "SHELL-DESCRIPTION": escape(description), f"{address}/": f"{own}/"}
    return re.sub("|".join(map(re.escape, put)), lambda found: put[found[0]], shell)


def _searchable(site_data: SiteData, path: Path) -> bytes:
    """An engine's search index with the entries and records, and without the shells."""
    index: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    key = "docs" if "docs" in index else "items"
    more = {} if key == "docs" else {"level": 1, "path": [], "tags": []}
    shells = tuple(f"{address}/" for address in SHELLS.values())
    found = [page for page in index[key] if not page["location"].startswith(shells)]
    for entry in site_data.words.everything().entries.values():
        words = [entry.id, *entry.aliases, *entry.tags, entry.kind]
        stated = _stated(site_data, entry)
        text = f"{escape(entry.summary)} <p>{escape(' '.join(words))}</p> <p>{escape(stated)}</p>"
        boost = 1 + min(len(site_data.statements_of.get(entry.id, ())), _MOST_BOOST) / 50
        page = {"location": f"entries/{entry.id}/", "title": escape(entry.name), "text": text}
        found.append({**page, "boost": round(boost, 2), **more})
    found += [
        {"location": f"gaps/{record.id}/", "title": escape(record.title), "text": escape(record.stage), **more}
        for record in site_data.landscape.records.values()
    ]
    found += [{**page, **more} for page in _requirements(site_data)]
    return (json.dumps({**index, key: found}, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def _requirements(site_data: SiteData) -> Iterator[dict[str, str]]:
    """What the search knows of the requirements of the specification."""
    specification = site_data.landscape.specification
    for name, one in (specification.in_force if specification else {}).items():
        text = f"{escape(one.says)} <p>{escape(one.why)}</p>"
        yield {"location": f"specification/#{name}", "title": name, "text": text}


def _stated(site_data: SiteData, entry: Entry) -> str:
    """What an entry itself states, in words: ``exports ONNX by jax2onnx, StableHLO; runs on CUDA``."""
    entries, relations = site_data.landscape.entries, site_data.landscape.vocabulary.relations
    found: dict[str, list[str]] = {}
    for one in site_data.statements_of.get(entry.id, ()):
        if one.source == entry.id and one.live:
            name = entries[one.target].name
            found.setdefault(relations[one.relation].reads, []).append(f"{name} by {one.by}" if one.by else name)
    return "; ".join(f"{reads} {', '.join(names)}" for reads, names in found.items())


def _sitemap(site_data: SiteData, history: History, rendered: Path, site_url: str | None) -> bytes:
    """Every page but the shells, the engine's first; an empty map where the site's address is not known.

    The theme's script asks for this file on every page.
    """
    pages = sorted(str(path.parent.relative_to(rendered)) for path in rendered.rglob("index.html"))
    own = [page for page in pages if page not in SHELLS.values()]
    own += [f"entries/{entry}" for entry in site_data.landscape.entries] + [
        f"gaps/{r}" for r in site_data.landscape.records
    ]
    own += [f"changes/{period.name}" for period in history.periods]
    base = (site_url or "").rstrip("/")
    addresses = [f"{base}/" if page == "." else f"{base}/{page}/" for page in own if site_url]
    lines = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{lines}</urlset>\n".encode()
