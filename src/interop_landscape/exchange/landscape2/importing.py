"""Bring the items of a landscape2 data file into a landscape, again and again, without undoing what people did.

`plan_import` says what is to be done and touches nothing; `carry_out` does it. Every file is written whole, and the
state of the import last, so that an import that was interrupted is simply run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interop_landscape import loading
from interop_landscape.errors import BadRequest
from interop_landscape.exchange.landscape2.editing import edited
from interop_landscape.exchange.landscape2.items import Note, Project, What, read_projects
from interop_landscape.exchange.landscape2.mapping import Mapped
from interop_landscape.exchange.landscape2.matching import Matching, NewIds
from interop_landscape.exchange.landscape2.merging import Value, merge
from interop_landscape.exchange.landscape2.source import Data, short
from interop_landscape.exchange.landscape2.state import Last, State
from interop_landscape.landscape import Landscape
from interop_landscape.problems import Problem
from interop_landscape.reading.bounds import read_at_most
from interop_landscape.reading.clock import this_day
from interop_landscape.reading.models import Entry, Vocabulary
from interop_landscape.reading.source import MANIFEST
from interop_landscape.text import slug
from interop_landscape.writing.canonical import written
from interop_landscape.writing.files import replace
from interop_landscape.writing.json_schema import FOLDER as SCHEMAS
from interop_landscape.writing.json_schema import file_name, write_schema_files
from interop_landscape.writing.line_ends import ended_like


@dataclass(slots=True)
class Plan:
    """What an import is going to do, and everything that somebody ought to know about it.

    ``new`` and ``changed`` hold values by id; in ``changed``, None removes a key. ``vocabulary`` holds the plain
    values of the vocabulary of a landscape that is yet to be made, None where there is one.
    """

    source: str
    landscape: Landscape
    vocabulary: Mapping[str, Any] | None
    read: int
    new: dict[str, tuple[str, Mapping[str, Value]]] = field(default_factory=dict)
    changed: dict[str, Mapping[str, Value | None]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    without_place: Mapping[str, int] = field(default_factory=dict)
    state: State = field(default_factory=State)

    @property
    def takes_nothing(self) -> bool:
        """Whether there are items, and none of them is an entry of the landscape."""
        return bool(self.read) and self.read == self.count("left out")

    @property
    def writes(self) -> bool:
        """Whether any file of the landscape is to be written."""
        return bool(self.new or self.changed or self.vocabulary is not None)

    def count(self, what: str) -> int:
        """How many notes there are of a sort."""
        return sum(note.what == what for note in self.notes)


def plan_import(data: Data, mapped: Mapped, landscape: Landscape | None, last: State, source: str) -> Plan:
    """What importing a data file means for a landscape, or for a new one where that is None.

    `last` is the state that the last import of the same `source` left.
    """
    target = landscape or Landscape(vocabulary=mapped.vocabulary, today=this_day())
    projects = read_projects(data, mapped.mapping, target.vocabulary)
    plan = Plan(
        source,
        target,
        mapped.vocabulary_values if landscape is None else None,
        len(data.items),
        notes=projects.notes,
        without_place=dict(projects.without_place.most_common()),
    )
    _Planning(plan, last).run(projects.wanted)
    plan.notes += [Note("not read", line, name, "nothing here reads this key") for line, name in data.unread]
    plan.notes += [
        Note("not read", line, name, "it stands here twice; the first counts") for line, name in data.doubled
    ]
    return plan


def carry_out(plan: Plan, folder: Path, label: str) -> list[Problem]:
    """Do what a plan says in the landscape's `folder`; returns the problems of the landscape as it then is.

    Raises BadRequest, before anything is written, where a file cannot be edited without a loss; OSError where one
    cannot be written.
    """
    has_schemas = plan.vocabulary is not None or (folder / SCHEMAS).is_dir()
    for path, data in list(_files(plan, folder, has_schemas=has_schemas)):
        replace(path, data, folder)
    plan.state.write(folder, plan.source)
    if not plan.writes:
        return []
    landscape, problems = loading.read(folder, label=label)
    if has_schemas and landscape is not None:
        write_schema_files(landscape, folder)
    return problems


def _files(plan: Plan, folder: Path, *, has_schemas: bool) -> Iterator[tuple[Path, bytes]]:
    """The files to be written, the vocabulary first, as without it the others are no landscape."""
    if plan.vocabulary is not None:
        yield folder / MANIFEST, written(plan.vocabulary, Vocabulary, f"{SCHEMAS}/landscape.json").encode()

    def place(entry_id: str, kind: str) -> tuple[Path, str | None]:
        path = folder / plan.landscape.vocabulary.kinds[kind].folder / f"{entry_id}.yml"
        return path, f"../{SCHEMAS}/{file_name(kind)}" if has_schemas else None

    like = read_at_most(folder / MANIFEST) if plan.vocabulary is None else b""
    for entry_id, (kind, values) in plan.new.items():
        path, schema = place(entry_id, kind)
        yield path, ended_like(written(values, Entry, schema).encode(), like)
    for entry_id, changes in plan.changed.items():
        path, schema = place(entry_id, plan.landscape.entries[entry_id].kind)
        try:
            yield path, edited(read_at_most(path), changes, schema)
        except BadRequest as error:
            raise BadRequest(f"{path}:{error}") from None


@dataclass(slots=True)
class _Planning:
    plan: Plan
    last: State
    state: dict[str, Last] = field(default_factory=dict)

    def run(self, wanted: list[Project]) -> None:
        entries = self.plan.landscape.entries
        known = self._ids_by_place()
        places = Counter(project.place for project in wanted)
        rest = []
        for project in wanted:
            entry_id = known.get(project.place)
            if entry_id is None or places[project.place] > 1:
                rest.append(project)
            elif entry_id in entries:
                self._meet(entries[entry_id], project)
            else:
                self.state[entry_id] = self.last.entries[entry_id]
                self._note("left out", project, f"its entry `{entry_id}` was removed here")
        matching = Matching(self.plan.landscape, wanted, set(self.state))
        ids = NewIds({*self.plan.landscape.kind_of, *self._aliases(), *self.last.entries})
        first: dict[str, Project] = {}
        for project in wanted:
            first.setdefault(slug(project.name), project)
        for project in rest:
            entry = matching.find(project)
            if entry is not None:
                self._meet(entry, project)
                continue
            entry_id = ids.of(project)
            alike = matching.namesake(project)
            if alike is not None:
                self._note("named alike", project, f"entered as `{entry_id}`, as `{alike.id}` has other addresses")
            elif (other := first[slug(project.name)]) is not project:
                message = f"entered as `{entry_id}`, as the item at line {other.item.line} is called so too"
                self._note("named alike", project, message)
            self.plan.new[entry_id] = (project.kind, project.values)
            self.state[entry_id] = Last(project.place, project.values)
        self._keep_what_is_gone()
        self.plan.state = State(self.state)

    def _aliases(self) -> dict[str, str]:
        return {alias: entry.id for entry in self.plan.landscape.entries.values() for alias in entry.aliases}

    def _ids_by_place(self) -> dict[str, str]:
        """The ids that entries have now by the place where the source listed them, if it listed no two there."""
        entries, now = self.plan.landscape.entries, self._aliases()
        renamed = {old: now[old] for old in self.last.entries if old not in entries and old in now}
        self.last = State({renamed.get(old, old): one for old, one in self.last.entries.items()})
        places = Counter(one.place for one in self.last.entries.values())
        return {one.place: entry_id for entry_id, one in self.last.entries.items() if places[one.place] == 1}

    def _meet(self, entry: Entry, project: Project) -> None:
        """Say what the source changes in an entry that is there."""
        last = self.last.entries.get(entry.id)
        merged = merge(entry, last.values if last else None, project)
        if merged.changes:
            self.plan.changed[entry.id] = merged.changes
        else:
            self.plan.unchanged.append(entry.id)
        if merged.kept:
            says = "; ".join(f"{name}: the source says `{short(str(project.values[name]))}`" for name in merged.kept)
            self._note("kept", project, f"`{entry.id}` stays as it was edited here: {says}")
        self.state[entry.id] = Last(project.place, project.values)

    def _keep_what_is_gone(self) -> None:
        """Entries whose items are in the source no more stay; only the state of those that are gone here too goes."""
        for entry_id, one in self.last.entries.items():
            if entry_id not in self.state and entry_id in self.plan.landscape.entries:
                self.state[entry_id] = one
                message = f"`{entry_id}` is in the source no more and stays here"
                self.plan.notes.append(Note("gone", None, self.plan.landscape.entries[entry_id].name, message))

    def _note(self, what: What, project: Project, message: str) -> None:
        self.plan.notes.append(Note(what, project.item.line, project.name, message))
