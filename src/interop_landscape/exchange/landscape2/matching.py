"""Which entry of a landscape an item already is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from interop_landscape.exchange.landscape2.items import Project, comparable, host
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.text import slug

_LONGEST_ID = 80


@dataclass(slots=True)
class Matching:
    """Finds the entries that items already are, each at most once.

    An item is an entry with its repository, or its homepage, or its name and its homepage's host; where the
    repository or homepage is that of several items or entries, the name decides. Kinds need not be the same, as
    curators know better what something is; but two kinds that the import itself tells apart are never the same thing.
    """

    landscape: Landscape
    wanted: list[Project]
    claimed: set[str]
    _at: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _named_at: dict[tuple[str, str], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _named: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _items_at: Counter[str] = field(default_factory=Counter)
    _kinds: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for entry in self.landscape.entries.values():
            repo, homepage = comparable(entry.repo), comparable(entry.homepage)
            for address in _different(repo, homepage):
                self._at[address].append(entry)
            for name in _different(entry.id, slug(entry.name), *entry.aliases):
                self._named[name].append(entry)
                for address in _different(repo, host(homepage)):
                    self._named_at[name, address].append(entry)
        for project in self.wanted:
            self._items_at.update(_different(project.repo, project.homepage))
            self._kinds.add(project.kind)

    def find(self, project: Project) -> Entry | None:
        """The entry that an item already is, and that no other item was found to be; it is then claimed."""
        found = self._of_that_name(project) or self._only_one_there(project)
        if found is not None:
            self.claimed.add(found.id)
        return found

    def namesake(self, project: Project) -> Entry | None:
        """An entry of the same name, whatever its addresses."""
        named = self._named[slug(project.name)]
        while named and named[-1].id in self.claimed:
            named.pop()
        return next(self._free(project, named), None)

    def _of_that_name(self, project: Project) -> Entry | None:
        """The one entry of the same name with its repository, or with a homepage on the same host."""
        name = slug(project.name)
        for address in _different(project.repo, host(project.homepage)):
            found = list(self._free(project, self._named_at[name, address]))
            if len(found) == 1:
                return found[0]
        return None

    def _only_one_there(self, project: Project) -> Entry | None:
        """The one entry at an address that only this item has, unless their repositories tell them apart."""
        for address in _different(project.repo, project.homepage):
            if self._items_at[address] > 1:
                continue
            found = list(self._free(project, self._at[address]))
            if len(found) == 1:
                theirs = comparable(found[0].repo)
                if address == project.repo or None in (theirs, project.repo):
                    return found[0]
        return None

    def _free(self, project: Project, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            told_apart = entry.kind != project.kind and entry.kind in self._kinds
            if entry.id not in self.claimed and not told_apart:
                yield entry


@dataclass(slots=True)
class NewIds:
    """Gives out ids that are not taken yet."""

    taken: set[str]
    _last: dict[str, int] = field(default_factory=dict)

    def of(self, project: Project) -> str:
        """An id of the name; where that is taken, with the subcategory, the category too, or a number."""
        name = slug(project.name) or slug(host(project.homepage)) or "entry"
        subcategory = slug(project.item.subcategory)
        both = slug(f"{project.item.category} {project.item.subcategory}")
        tried = (_shortened("-".join(filter(None, words))) for words in ((name,), (name, subcategory), (name, both)))
        found = next((one for one in tried if one not in self.taken), None) or self._numbered(_shortened(name))
        self.taken.add(found)
        return found

    def _numbered(self, name: str) -> str:
        count = self._last.get(name, 1) + 1
        while f"{name}-{count}" in self.taken:
            count += 1
        self._last[name] = count
        return f"{name}-{count}"


def _shortened(name: str) -> str:
    return name[:_LONGEST_ID].rstrip("-")


def _different(*texts: str | None) -> list[str]:
    """The different texts that are there."""
    return list(dict.fromkeys(text for text in texts if text))
