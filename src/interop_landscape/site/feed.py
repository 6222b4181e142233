"""The feed of changes: what each of the last revisions did to the map, in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Final
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

from interop_landscape.analysis.changes import Changed, Changes, Difference
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.errors import NoHistory
from interop_landscape.landscape import Landscape
from interop_landscape.phrases import sentence
from interop_landscape.reading.git import Commit
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.diff import gaps_by_cause, pairs_in_words
from interop_landscape.revisions import Revisions
from interop_landscape.site.badges import xml_text
from interop_landscape.site.published import FEED
from interop_landscape.text import counted

_MOST_LINES: Final = 12
_MOST_IN_TITLE: Final = 4
_TRIED: Final = 3  # revisions looked at for each one asked for, where some do not load
_PLURALS: Final = {"entry": "entries"}


@dataclass(frozen=True)
class Part:
    """What changed of one sort: a title that counts, and the first of the things counted, a line each."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What one revision did to the map; `id` is its name for good, `link` where to look at it, all texts are plain."""

    id: str
    when: datetime
    title: str
    parts: tuple[Part, ...] = ()
    link: str | None = None

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


def recent_changes(revisions: Revisions, most: int = 20) -> list[Change]:
    """What the last `most` revisions of the main line that load did to the map, the newest first.

    Those that changed nothing that the map is made of are left out. Empty where there is no history.
    """
    try:
        repository = revisions.repository
        loaded = _last_loaded(revisions, repository.history().commits, most + 1)
    except NoHistory:
        return []
    if not loaded:
        return []
    web = loaded[0][1].vocabulary.repository
    states = [(commit, Gaps(landscape)) for commit, landscape in loaded]  # each is in two differences
    found = []
    for place, (commit, after) in enumerate(states[:most]):
        if place + 1 < len(states):
            before = states[place + 1][1]
            title, parts = _difference_in_words(Changes(before.landscape, after.landscape, gaps=(before, after)))
        elif repository.shallowness():
            continue  # the clone starts here, not the map
        else:
            title, parts = _start_in_words(after.landscape), ()
        if title:
            link = f"{web.rstrip('/')}/commit/{commit.sha}" if web else None
            found.append(Change(f"{commit.sha}:{repository.prefix}", commit.when, title, parts, link))
    return found


def _last_loaded(revisions: Revisions, commits: list[Commit], count: int) -> list[tuple[Commit, Landscape]]:
    """The last revisions that load, the newest first, without looking for them for ever."""
    loaded: list[tuple[Commit, Landscape]] = []
    for commit, landscape in revisions.history(commits[: -_TRIED * count - 1 : -1]):
        if isinstance(landscape, Landscape):
            loaded.append((commit, landscape))
            if len(loaded) == count:
                break
    return loaded


def _start_in_words(landscape: Landscape) -> str:
    entries = counted(len(landscape.entries), "entry", "entries")
    return f"The map starts with {entries} and {counted(len(landscape.statements), 'statement')}"


def _difference_in_words(changes: Changes) -> tuple[str, tuple[Part, ...]]:
    """(title, parts) of what changed; an empty title where nothing did."""
    if not changes:
        return "", ()
    parts = tuple(_parts(changes))
    titles = [part.title for part in parts]
    more = ["and more"] if len(titles) > _MOST_IN_TITLE else []
    return ", ".join(titles[:_MOST_IN_TITLE] + more), parts


def _parts(changes: Changes) -> Iterator[Part]:
    """What there is to say, the most important first."""
    before, after = changes.before, changes.after
    names = {entry.id: entry.name for landscape in (before, after) for entry in landscape.entries.values()}
    for title, pairs in gaps_by_cause(changes):
        yield from _part(title, pairs_in_words(pairs, after, names.__getitem__))
    stages = {**before.vocabulary.stages, **after.vocabulary.stages}
    yield from _part(
        f"{counted(len(changes.moved), 'record')} moved",
        (f"{after.records[name].title}: {stages[old].name} → {stages[new].name}" for name, old, new in changes.moved),
    )
    yield from _part(
        f"{counted(len(changes.renamed), 'entry', 'entries')} renamed",
        (f"{old} is now {names.get(new, new)}" for old, new in sorted(changes.renamed.items())),
    )
    yield from _of_sort("entry", changes.entries, _entries(before), _entries(after))
    yield from _of_sort("statement", changes.statements, _statements(before), _statements(after))
    yield from _of_sort(
        "record",
        changes.records,
        {name: record.title for name, record in before.records.items()},
        {name: record.title for name, record in after.records.items()},
        aside={name for name, _, _ in changes.moved},
    )
    yield from _of_sort("expectation", changes.expectations, {}, {})
    yield from _of_sort(
        "milestone",
        changes.milestones,
        {name: milestone.title for name, milestone in before.milestones.items()},
        {name: milestone.title for name, milestone in after.milestones.items()},
    )
    yield from _part(
        f"{counted(len(changes.verifications), 'probe')} with another outcome",
        (
            f"{_shown_by(verification.key, changes)}: {verification.before or 'not run'} → "
            f"{verification.after or 'not run'}"
            for verification in changes.verifications
        ),
    )
    if changes.vocabulary:
        yield Part("the vocabulary changed", (", ".join(changes.vocabulary),))


def _shown_by(probe: str, changes: Changes) -> str:
    """The statements that a probe is about, in words; its own id where there is none."""
    for landscape in (changes.after, changes.before):
        stated = [one for one in landscape.statements if probe in (one.probe, one.suite)]
        if stated:
            more = f" and {len(stated) - 2} more" if len(stated) > 2 else ""
            return ", ".join(sentence(one.edge, landscape) for one in stated[:2]) + more
    return probe


def _part(title: str, lines: Iterable[str]) -> Iterator[Part]:
    """A part with its first lines; none where there is nothing to list."""
    listed = list(lines)
    if listed:
        more = len(listed) - _MOST_LINES
        yield Part(title, (*listed[:_MOST_LINES], f"… and {more:,} more") if more > 1 else tuple(listed))


def _of_sort(
    what: str, difference: Difference, before: dict[str, str], after: dict[str, str], aside: Iterable[str] = ()
) -> Iterator[Part]:
    """What came, went and changed of one sort; `before` and `after` are names for people by id or edge."""
    plural = _PLURALS.get(what)
    for word, ids, names in (("added", difference.added, after), ("removed", difference.removed, before)):
        yield from _part(f"{counted(len(ids), what, plural)} {word}", (names.get(name, name) for name in ids))
    told = set(aside)
    changed = [one for one in difference.changed if one.name not in told]
    lines = (f"{after.get(one.name, one.name)}: {_fields(one)}" for one in changed)
    yield from _part(f"{counted(len(changed), what, plural)} changed", lines)


def _fields(changed: Changed) -> str:
    """``support partial → full; limits, evidence``: words whose values are short, and the names of other keys."""
    told = [f"{f.key} {f.before} → {f.after}" for f in changed.fields if f.key in ("support", "status", "name")]
    others = ", ".join(f.key for f in changed.fields if f.key not in ("support", "status", "name"))
    return "; ".join([*told, others] if others else told)


def _entries(landscape: Landscape) -> dict[str, str]:
    return {entry.id: f"{entry.name} ({entry.kind})" for entry in landscape.entries.values()}


def _statements(landscape: Landscape) -> dict[str, str]:
    return {str(statement): _in_words(statement, landscape) for statement in landscape.statements}


def _in_words(statement: Statement, landscape: Landscape) -> str:
    reads = landscape.vocabulary.relations[statement.relation].reads
    ends = (landscape.entries[end].name for end in (statement.source, statement.target))
    return f"{f' {reads} '.join(ends)} ({statement.support})"


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
