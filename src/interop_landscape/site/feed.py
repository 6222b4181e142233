"""The feed of changes: what each of the last revisions did to the map, in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from itertools import islice, zip_longest
from typing import Final
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

from interop_landscape.analysis.changes import Changes
from interop_landscape.errors import NoHistory
from interop_landscape.landscape import Landscape
from interop_landscape.reading.git import Commit
from interop_landscape.site.badges import xml_text
from interop_landscape.site.changed import Names, Part, fields_in_short, names_of, parts_of, plain
from interop_landscape.site.past import Past
from interop_landscape.site.published import FEED
from interop_landscape.text import counted

_MOST_LINES: Final = 12
_MOST_IN_TITLE: Final = 4
_TRIED: Final = 3  # revisions looked at for each one asked for, where some do not load
_CONCERNED: Final = 6


@dataclass(frozen=True)
class Change:
    """What one revision did to the map; `id` is its name for good, `link` where to look at it, all texts are plain.

    ``who`` are the names of the entries that it is about, the most concerned first; not of all.
    """

    id: str
    when: datetime
    title: str
    parts: tuple[Part, ...] = ()
    link: str | None = None
    who: tuple[str, ...] = ()

    def html(self) -> str:
        """The parts as HTML, with everything escaped."""
        return "".join(
            f"<p>{escape(part.title)}</p><ul>{''.join(f'<li>{escape(line)}</li>' for line in part.lines)}</ul>"
            if part.lines
            else f"<p>{escape(part.title)}</p>"
            for part in self.parts
        )


def atom_feed(site_url: str, title: str, changes: Sequence[Change]) -> bytes:
    """An Atom 1.0 feed (RFC 4287) of changes, the newest first; `site_url` may be empty where it is not known."""
    base = site_url if not site_url or site_url.endswith("/") else f"{site_url}/"
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _put(feed, "title", title)
    _put(feed, "id", _urn(f"{base}{FEED}"))
    _put(
        feed,
        "updated",
        _moment(max((change.when for change in changes), key=_utc, default=datetime.fromtimestamp(0, UTC))),
    )
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": urljoin(base, FEED)})
    if _is_web(base):
        ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": xml_text(base)})
    _put(ET.SubElement(feed, "author"), "name", title)
    for change in changes:
        entry = ET.SubElement(feed, "entry")
        _put(entry, "title", change.title)
        _put(entry, "id", _urn(change.id))
        _put(entry, "updated", _moment(change.when))
        _put(entry, "published", _moment(change.when))
        link = change.link if change.link and _is_web(change.link) else base
        if _is_web(link):
            ET.SubElement(entry, "link", {"rel": "alternate", "href": xml_text(link)})
        _put(entry, "content", change.html() or escape(change.title), type="html")
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def recent_changes(past: Past, most: int = 20) -> list[Change]:
    """What the last `most` revisions of the main line that load did to the map, the newest first.

    Those that changed nothing that the map is made of are left out. Empty where there is no history.
    """
    try:
        repository = past.repository
        loaded = _last_loaded(past, repository.history().commits, most + 1)
    except NoHistory:
        return []
    if not loaded:
        return []
    web = past.ask("repository", loaded[:1], lambda: past.state(loaded[0]).landscape.vocabulary.repository)
    found = []
    for commit, before in zip_longest(loaded[:most], loaded[1:]):
        if before is None and repository.shallowness():
            continue  # the clone starts here, not the map
        title, parts, who = _remembered(past, before, commit)
        if title:
            link = f"{web.rstrip('/')}/commit/{commit.sha}" if web else None
            found.append(Change(f"{commit.sha}:{repository.prefix}", commit.when, title, parts, link, who))
    return found


def _remembered(past: Past, before: Commit | None, after: Commit) -> tuple[str, tuple[Part, ...], tuple[str, ...]]:
    """(title, parts, who) of what a commit changed; of what the map started with where there is none before it."""
    if before is None:
        return past.ask("start", [after], lambda: _start_in_words(past.state(after).landscape)), (), ()
    title, parts, who = past.ask("change", [before, after], lambda: _plain(past.changes(before, after)))
    return title, tuple(Part(name, tuple(lines)) for name, lines in parts), tuple(who)


def _plain(changes: Changes) -> tuple[str, list[tuple[str, tuple[str, ...]]], tuple[str, ...]]:
    title, parts, who = _difference_in_words(changes)
    return title, [(part.title, part.lines) for part in parts], who


def _last_loaded(past: Past, commits: list[Commit], count: int) -> list[Commit]:
    """The last revisions that load, the newest first, without looking for them for ever."""
    tried = commits[: -_TRIED * count - 1 : -1]
    return list(islice((commit for commit in tried if past.loads(commit)), count))


def _start_in_words(landscape: Landscape) -> str:
    entries = counted(len(landscape.entries), "entry", "entries")
    return f"The map starts with {entries} and {counted(len(landscape.statements), 'statement')}"


def _difference_in_words(changes: Changes) -> tuple[str, tuple[Part, ...], tuple[str, ...]]:
    """(title, parts, who) of what changed; an empty title where nothing did."""
    if not changes:
        return "", (), ()
    names = names_of(changes)
    parts = tuple(_cut(part, names) for part in parts_of(changes, fields_in_short))
    titles = [part.title for part in parts]
    more = ["and more"] if len(titles) > _MOST_IN_TITLE else []
    return ", ".join(titles[:_MOST_IN_TITLE] + more), parts, _concerned(changes, names)


def _cut(part: Part, names: Names) -> Part:
    """A part with names, and with its first lines alone."""
    listed = [plain(line, names) for line in part.lines]
    more = len(listed) - _MOST_LINES
    return Part(part.title, (*listed[:_MOST_LINES], f"… and {more:,} more") if more > 1 else tuple(listed))


def _concerned(changes: Changes, names: Names) -> tuple[str, ...]:
    """The names of the entries that a change is about: those whose gaps and statements it changed, the most first."""
    moved = [pair.pair.source for pair in changes.pairs if pair.cause == "route"]
    stated = changes.statements
    edges = [*stated.added, *stated.removed, *(one.name for one in stated.changed)]
    of_edges = [edge.partition(" ")[0] for edge in edges]
    found = Counter([*moved, *of_edges, *changes.entries.added, *(one.name for one in changes.entries.changed)])
    return tuple(names[entry] for entry, _ in found.most_common(_CONCERNED) if entry in names)


def _put(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = xml_text(text)


def _urn(text: str) -> str:
    """A name for good that is an IRI whatever the text."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, text.encode(errors='backslashreplace').decode())}"


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _utc(when: datetime) -> datetime:
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def _moment(when: datetime) -> str:
    return _utc(when).strftime("%Y-%m-%dT%H:%M:%SZ")
