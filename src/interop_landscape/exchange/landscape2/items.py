"""Items of a landscape2 data file as the entries that they are to become, and what could not be taken over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import quote

import yaml

from interop_landscape.exchange.landscape2.mapping import ImportMapping, Maturity, Rule
from interop_landscape.exchange.landscape2.source import LONGEST_NAME, Data, Item, Node, has_controls, plain, short
from interop_landscape.reading import bounds
from interop_landscape.reading.clock import latest_day
from interop_landscape.reading.models import STATUSES, Vocabulary
from interop_landscape.reading.reader import INVALID, Reader
from interop_landscape.reading.values import Url
from interop_landscape.text import same_address, slug

What = Literal["left out", "listed twice", "kept", "corrected", "gone", "named alike", "not read"]
Values = dict[str, str | tuple[str, ...]]

_SHORT: Final = ("name", "license")
"""No text is taken over that has more characters; what describes something is cut there."""

_MOST_PATHS: Final = 50
_UNSAFE: Final = re.compile(r"[\s<>\"\\^`{|}]+")
_HOST: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/|$)", re.IGNORECASE)
_SUMMARIES: Final = ("summary_use_case", "summary_business_use_case")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that somebody ought to know about an item, or about an entry that was one."""

    what: What
    line: int | None
    name: str
    message: str


@dataclass(slots=True)
class Project:
    """What an item says of the entry that it is to become.

    ``assumed`` are the keys of ``values`` that the source does not state: a new entry needs them, and an entry that
    is there has something better.
    """

    item: Item
    kind: str
    values: Values
    assumed: frozenset[str]

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.values["name"])

    @property
    def place(self) -> str:
        """Where the source lists it, by names."""
        return f"{self.item.category} / {self.item.subcategory} / {self.name}"

    @property
    def repo(self) -> str | None:
        """Its repository in the form in which addresses are compared."""
        return comparable(self.values.get("repo"))

    @property
    def homepage(self) -> str | None:
        """Its homepage in the form in which addresses are compared."""
        return comparable(self.values["homepage"])


@dataclass(slots=True)
class Projects:
    """All that was read: what becomes an entry, notes, and how often each field found no place."""

    wanted: list[Project] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    without_place: Counter[str] = field(default_factory=Counter)


def read_projects(data: Data, mapping: ImportMapping, vocabulary: Vocabulary) -> Projects:
    """What the items of a data file become in a landscape with this vocabulary; items listed twice are joined."""
    projects = Projects()
    reading = _Reading(mapping, vocabulary, projects)
    for item in data.items:
        project = reading.project(item)
        if project is not None:
            reading.add(project)
    return projects


def comparable(address: object) -> str | None:
    """An address in a form that is equal for addresses of the same page; None where there is none."""
    return same_address(address) if isinstance(address, str) else None


def host(address: str | None) -> str:
    """The host of a comparable address."""
    return (address or "").partition("/")[0]


@dataclass(slots=True)
class _Reading:
    mapping: ImportMapping
    vocabulary: Vocabulary
    projects: Projects
    listed: dict[tuple[str, ...], Project] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def note(self, what: What, item: Item, message: str) -> None:
        self.projects.notes.append(Note(what, item.line, item.name or "an item", message))

    def add(self, project: Project) -> None:
        """Take a project in, or join it to itself where it was listed before."""
        name = project.name.casefold(), project.kind
        addresses = [(*name, address) for address in (project.repo, project.homepage) if address]
        first = next((self.listed[key] for key in addresses if key in self.listed), None)
        if first is not None:
            self.join(first, project)
        else:
            self.projects.wanted.append(project)
        for key in addresses:
            self.listed.setdefault(key, first or project)

    def join(self, first: Project, again: Project) -> None:
        stated = {key: value for key, value in again.values.items() if key not in again.assumed}
        gained = {key: value for key, value in stated.items() if key not in first.values or key in first.assumed}
        differs = [
            f"{key} `{stated[key]}`"
            for key in ("homepage", "repo", "license", "status")
            if key in stated.keys() - gained.keys() and stated[key] != first.values[key]
        ]
        also = f"; not taken from here: {', '.join(differs)}" if differs else ""
        self.note("listed twice", again.item, f"the same as at line {first.item.line}{also}")
        tags = tuple(dict.fromkeys((*first.values.get("tags", ()), *again.values.get("tags", ()))))
        first.values |= gained | ({"tags": tags} if tags else {})
        first.assumed -= gained.keys()

    def project(self, item: Item) -> Project | None:
        """What an item becomes, or None after noting why it is left out."""
        rule = self.mapping.rule(item.category, item.subcategory)
        kind = self._kind(rule)
        reason = rule.skip or self._cannot_be(kind) or (None if item.fields else "it is not a mapping of keys")
        if reason is None:
            taken = _Taken(item, self)
            values, assumed = self._values(item, rule, taken)
            reason = _missing(values)
            if reason is None:
                self.projects.without_place.update(taken.left())
                return Project(item, kind, values, assumed)
        self.note("left out", item, reason)
        return None

    def _kind(self, rule: Rule) -> str:
        """The kind that a rule gives; where it gives none, the only one there is, or the mapping's own."""
        kinds = self.vocabulary.kinds
        if rule.kind is None and self.mapping.kind not in kinds and len(kinds) == 1:
            return next(iter(kinds))
        return rule.kind or self.mapping.kind or ""

    def _cannot_be(self, kind: str) -> str | None:
        if kind not in self.vocabulary.kinds:
            return f"this landscape has no kind `{kind}`; a mapping can give it another"
        needs = self.vocabulary.kinds[kind].needs
        return f"a {kind} needs {' and '.join(needs)}, which landscape2 does not have" if needs else None

    def _values(self, item: Item, rule: Rule, taken: _Taken) -> tuple[Values, frozenset[str]]:
        word = taken.text("project")
        maturity = self.mapping.maturity_of(word) if word else None
        if word and not slug(word) and maturity == Maturity():
            self._tell_of_no_tag(item, "the maturity", word)
        paths = [(item.category, item.subcategory), *taken.second_paths()]
        tags = dict.fromkeys(tag for path in paths for tag in self._tags(item, *path))
        steward = (maturity and maturity.steward) or rule.steward
        if steward is not None and steward not in self.vocabulary.stewards:
            self.note("corrected", item, f"this landscape has no steward `{steward}`, so it has none")
            steward = None
        found: dict[str, Any] = {
            "name": taken.text("name"),
            "summary": taken.summary(),
            "homepage": taken.url("homepage_url"),
            "repo": taken.url("repo_url"),
            "license": taken.text("license"),
            "steward": steward,
            "status": maturity and maturity.status,
            "tags": tuple(dict.fromkeys((*tags, *(maturity.tags if maturity else ())))),
        }
        values = {key: value for key, value in found.items() if value}
        assumed = {"status": STATUSES[0]}
        if "name" in values:
            listed = f"{item.category} / {item.subcategory}"
            summary = f"{values['name']}, listed under {listed} (no description in the source)."
            assumed["summary"] = short(summary, bounds.SUMMARY)
        if "homepage" not in values and "repo" in values:
            self.note("corrected", item, "it has no homepage that can be used, so its repository stands in")
            assumed["homepage"] = values["repo"]
        return assumed | values, frozenset(assumed.keys() - values.keys())

    def _tags(self, item: Item, category: str, subcategory: str) -> tuple[str, ...]:
        rule = self.mapping.rule(category, subcategory)
        if rule.tags:
            return rule.tags
        for what, name in (("the category", category), ("the subcategory", subcategory)):
            if not slug(name):
                self._tell_of_no_tag(item, what, name)
        return tuple(filter(None, (slug(category), slug(subcategory))))

    def _tell_of_no_tag(self, item: Item, what: str, name: str) -> None:
        """Say, once for all items, that a name holds no letter or digit of a tag."""
        if f"{what} {name}" not in self.told:
            self.told.add(f"{what} {name}")
            message = (
                f"{what} `{short(name)}` has no letter that a tag could have, so it is none; a mapping can name one"
            )
            self.note("corrected", item, message)


def _missing(values: Values) -> str | None:
    missing = [key for key in ("name", "homepage") if key not in values]
    return f"it has no {' and no '.join(missing)} that can be used" if missing else None


@dataclass(slots=True)
class _Taken:
    """The values of an item, fixed where they can be, and which of its fields were used."""

    item: Item
    reading: _Reading
    used: set[str] = field(default_factory=lambda: {"item"})

    def left(self) -> Iterator[str]:
        """The fields that nothing was made of; those of `extra` by their full names."""
        for key, node in self.item.fields.items():
            if isinstance(node.value, dict):
                yield from (short(f"{key}.{inner}") for inner in node.value if f"{key}.{inner}" not in self.used)
            elif key not in self.used:
                yield short(key)

    def text(self, key: str) -> str | None:
        """The text of a field on one line."""
        node = self.item.fields.get(key)
        return None if node is None else self._text(node, key)

    def _text(self, node: Node, key: str) -> str | None:
        self.used.add(key)
        if node.text is None:
            self._corrected(f"`{key}` is not text, so it is omitted")
            return None
        text = plain(node.text)
        if has_controls(node.text):
            self._corrected(f"control characters are taken out of `{key}`")
        longest = bounds.NAME if key in _SHORT else bounds.SUMMARY
        if len(text) > longest:
            self._corrected(f"`{key}` has {len(text):,} characters and is cut to {longest:,}")
            text = text[: longest - 1].rstrip() + "…"
        return text or None

    def summary(self) -> str | None:
        """The description, or one of the summaries beside it."""
        described = self.text("description")
        extra = self.item.fields.get("extra")
        if described or extra is None or not isinstance(extra.value, dict):
            return described
        found = (self._text(extra.value[key], f"extra.{key}") for key in _SUMMARIES if key in extra.value)
        return next(filter(None, found), None)

    def second_paths(self) -> Iterator[tuple[str, str]]:
        """The other categories and subcategories that list it."""
        node = self.item.fields.get("second_path")
        if node is None:
            return
        self.used.add("second_path")
        paths = node.value if isinstance(node.value, list) else [node]
        for path in paths[:_MOST_PATHS]:
            category, slash, subcategory = plain(path.text or "").partition(" / ")
            if slash and max(len(category), len(subcategory)) <= LONGEST_NAME:
                yield category, subcategory
            else:
                self._corrected(f"`second_path` at line {path.line} is not `category / subcategory`, so it is omitted")
        if len(paths) > _MOST_PATHS:
            self._corrected(f"of {len(paths):,} places in `second_path`, {_MOST_PATHS} are taken")

    def url(self, key: str) -> str | None:
        """The address of a field, fixed where it can be."""
        node = self.item.fields.get(key)
        if node is None:
            return None
        self.used.add(key)
        written = node.text or ""
        address = _UNSAFE.sub(lambda found: quote(found[0]), plain(written))
        if _HOST.match(address):
            address = f"https://{address}"
        if not _is_address(address):
            self._corrected(f"`{key}` is no http or https address, so it is omitted: `{short(written)}`")
            return None
        if address != written:
            self._corrected(f"`{key}` is written `{address}`")
        return address

    def _corrected(self, message: str) -> None:
        self.reading.note("corrected", self.item, message)


def _is_address(text: str) -> bool:
    mark = yaml.Mark("", 0, 0, 0, None, 0)
    reader = Reader("", {}, latest_day())
    return Url().read(yaml.ScalarNode("", text, mark, mark, style='"'), reader) is not INVALID
