"""What changed between two landscapes: for people, as `diff/v1`, and as a pull-request comment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.changes import Changed, Changes, Difference, FieldChange, GapChange
from interop_landscape.analysis.tally import Tally
from interop_landscape.documents.diff import DiffDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reports.formats import escape_markdown
from interop_landscape.reports.report import Cell
from interop_landscape.reports.terminal import shift
from interop_landscape.revisions import Revision
from interop_landscape.text import counted, percent

if TYPE_CHECKING:
    from rich.console import Console

LONGEST_COMMENT: Final = 60_000
"""Characters of a pull-request comment: GitHub takes 65,536, and some room is left for what is put around it."""

_NOTHING: Final = "Nothing on the map has changed."
_LIST_LENGTHS: Final = (100_000, 1_000, 300, 100, 30, 10, 3)
_OPEN_UP_TO: Final = 12
_LONGEST_VALUE: Final = 120


@dataclass(frozen=True)
class Section:
    """A title that counts, and a line for each thing counted."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class DiffReport:
    """The changes from one revision to another."""

    base: Revision
    head: Revision
    changes: Changes

    @property
    def no(self) -> bool:
        """A difference never says no."""
        return False

    @property
    def _between(self) -> str:
        return f"{_dated(self.base)} → {_dated(self.head)}"

    def document(self) -> dict[str, Any]:
        """``diff/v1``."""
        scores = tallies_by_side(self.changes)
        return json_of(DiffDocument, self.changes, base=self.base, head=self.head, scores=scores)

    def header(self) -> Sequence[str]:
        """One row a change."""
        return "what", "name", "change", "key", "before", "after", "cause"

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Every change, sort by sort."""
        c = self.changes
        for what, difference in self._differences:
            yield from ((what, name, "added", None, None, None, None) for name in difference.added)
            yield from ((what, name, "removed", None, None, None, None) for name in difference.removed)
            for one in difference.changed:
                for f in one.fields:
                    yield what, one.name, "changed", f.key, _text(f.before), _text(f.after), None
        yield from (("vocabulary", section, "changed", None, None, None, None) for section in c.vocabulary)
        yield from (("probe", p.key, "changed", "outcome", p.before, p.after, None) for p in c.verifications)
        for word, changes in (("closed", c.closed), ("opened", c.opened), ("turned", c.turned)):
            yield from (("gap", g.id, word, "status", g.before, g.after, g.cause) for g in changes)

    @property
    def _differences(self) -> list[tuple[str, Difference]]:
        c = self.changes
        return [
            ("entry", c.entries),
            ("statement", c.statements),
            ("expectation", c.expectations),
            ("record", c.records),
            ("milestone", c.milestones),
            ("requirement", c.requirements),
        ]

    @cached_property
    def _sections(self) -> list[Section]:
        """What there is to say, the most important first; empty where nothing changed."""
        c = self.changes
        sections = [
            *(Section(title, list(pairs_in_words(pairs, c.after))) for title, pairs in gaps_by_cause(c)),
            Section(
                f"{counted(len(c.moved), 'record')} moved", [f"{name}: {old} → {new}" for name, old, new in c.moved]
            ),
            Section(
                f"{counted(len(c.renamed), 'entry', 'entries')} renamed",
                [f"{old} is now {new}" for old, new in sorted(c.renamed.items())],
            ),
        ]
        plurals = {"entry": "entries"}
        for what, difference in self._differences:
            for word, names in (("added", difference.added), ("removed", difference.removed)):
                title = f"{counted(len(names), what, plurals.get(what, ''))} {word}"
                sections.append(Section(title, [self._named(what, name, word == "added") for name in names]))
            title = f"{counted(len(difference.changed), what, plurals.get(what, ''))} changed"
            sections.append(Section(title, [_said(one) for one in difference.changed]))
        verifications = [f"{p.key}: {p.before or 'not run'} → {p.after or 'not run'}" for p in c.verifications]
        sections.append(Section(f"{counted(len(verifications), 'probe')} with another outcome", verifications))
        if c.vocabulary:
            sections.append(Section("the vocabulary changed", [", ".join(c.vocabulary)]))
        return [section for section in sections if section.lines]

    def _named(self, what: str, name: str, added: bool) -> str:
        landscape = self.changes.after if added else self.changes.before
        if what == "statement":
            statement = landscape.by_edge.get(Edge(*name.split()))
            return f"{name} ({statement.support})" if statement else name
        if what == "entry" and name in landscape.entries:
            return f"{name} ({landscape.entries[name].kind})"
        if what == "record":
            return f"{name}: {landscape.records[name].title} ({landscape.records[name].stage})"
        if what == "requirement" and landscape.specification is not None:
            return f"{name}: {landscape.specification.requirements[name].says}"
        return name

    @property
    def scores(self) -> Iterator[tuple[str, str, str, str, str]]:
        """(side, before, after, shift in points, pairs met) by side, then of everything."""
        sides = {**self.changes.before.vocabulary.sides, **self.changes.after.vocabulary.sides}
        for side, (old, new) in self.changes.tallies.items():
            name = "All sides" if side is None else sides[side].name
            met = f"{old.met:,} of {old.expected:,} → {new.met:,} of {new.expected:,}"
            if (old.met, old.expected) == (new.met, new.expected):
                met = f"{new.met:,} of {new.expected:,}"
            yield name, percent(old.score), percent(new.score), shift(old.score, new.score), met

    def render(self, console: Console) -> None:
        """The scores, then what changed, sort by sort."""
        console.print(Text(self.changes.after.vocabulary.title, style="bold"), Text(f"· {self._between}", style="dim"))
        console.print()
        if not self.changes:
            console.print(_NOTHING)
            return
        table = Table.grid(padding=(0, 2))
        for justify in ("left", "right", "right", "left"):
            table.add_column(justify=justify, no_wrap=True)
        for name, old, new, moved, met in self.scores:
            style = "bold" if name == "All sides" else ""
            table.add_row(Text(name, style=style), f"{old} → {new}", moved, Text(f"{met} met", style="dim"))
        console.print(table)
        for section in self._sections:
            console.print()
            console.print(Text(section.title, style="bold"))
            for line in section.lines:
                console.print(Padding(Text(line), (0, 0, 0, 2)))

    def markdown(self) -> str:
        """A pull-request comment; long lists are folded, and cut where the comment would grow too long."""
        texts = (self._comment(most) for most in _LIST_LENGTHS)
        return next((text for text in texts if len(text) <= LONGEST_COMMENT), None) or self._comment(0)

    def _comment(self, most: int) -> str:
        title = escape_markdown(self.changes.after.vocabulary.title)
        lines = [f"## {title}: what changed", "", escape_markdown(self._between), ""]
        if not self.changes:
            return "\n".join([*lines, _NOTHING, ""])
        lines += [f"**{gaps_in_short(self.changes)}.**", ""]
        lines += ["| side | score | | connections met |", "|:--|--:|--:|--:|"]
        for name, old, new, moved, met in self.scores:
            lines.append(f"| {escape_markdown(name)} | {old if old == new else f'{old} → {new}'} | {moved} | {met} |")
        lines.append("")
        for section in self._sections:
            lines += _folded(section, most)
        return "\n".join(lines).rstrip("\n") + "\n"


def _folded(section: Section, most: int) -> Iterable[str]:
    shown = [f"- {escape_markdown(line)}" for line in section.lines[:most]]
    if len(section.lines) > most:
        shown.append(f"- … and {len(section.lines) - most:,} more")
    if len(section.lines) <= _OPEN_UP_TO:
        return [f"**{section.title}**", "", *shown, ""]
    return ["<details>", f"<summary>{section.title}</summary>", "", *shown, "", "</details>", ""]


def gaps_by_cause(changes: Changes) -> Iterator[tuple[str, list[GapChange]]]:
    """(title, gaps) of those that opened, closed and turned: by a route, or with what is expected; never empty."""
    for moved, by_route, with_others in (
        (changes.closed, "closed", "that went with {}"),
        (changes.opened, "opened by a loss", "that came with {}"),
        (changes.turned, "with another status", ""),
    ):
        for cause, name in (("route", by_route), ("entry", "entries"), ("expectation", "expectations")):
            found = [change for change in moved if change.cause == cause]
            title = name if cause == "route" else with_others.format(name)
            if found:
                yield f"{counted(len(found), 'gap')} {title}", found


def gaps_in_short(changes: Changes) -> str:
    """``1 gap closed, 0 opened by a loss; newly expected: 95 gaps and 8 connections that are met``."""
    closed = [change for change in changes.closed if change.cause == "route"]
    gone = len(changes.closed) - len(closed)
    said = f"{counted(len(closed), 'gap')} closed, {len(changes.lost):,} opened by a loss"
    if changes.grown or changes.met_anew:
        met = counted(len(changes.met_anew), "connection that is met", "connections that are met")
        said += f"; newly expected: {counted(len(changes.grown), 'gap')} and {met}"
    return f"{said}; no longer expected: {counted(gone, 'gap')}" if gone else said


def pairs_in_words(
    changes: list[GapChange],
    landscape: Landscape,
    name: Callable[[str], str] = str,
    rule: Callable[[str], str] = str,
) -> Iterator[str]:
    """Pairs that changed alike, joined: ``jax, flax → ascend (compute: weak → met)``; the functions give names."""
    alike: dict[tuple[str | None, str | None], list[PairId]] = {}
    for change in changes:
        alike.setdefault((change.before, change.after), []).append(change.pair)
    for (before, after), pairs in alike.items():
        for expectation, pair in phrases.joined(pairs, landscape, name):
            yield f"{pair} ({rule(expectation)}: {before or 'not expected'} → {after or 'not expected'})"


def _said(changed: Changed) -> str:
    return f"{changed.name}: {fields_in_words(changed)}"


def fields_in_words(changed: Changed) -> str:
    """``support: partial → full; limits removed (was …)``."""
    return "; ".join(_field(f) for f in changed.fields)


def _field(change: FieldChange) -> str:
    """``support: partial → full``, ``tags: +a −b``, ``limits added: …``."""
    before, after = change.before, change.after
    if isinstance(before, list) and isinstance(after, list):
        old, new = ([_item(one) for one in side] for side in (before, after))
        marks = [f"+{one}" for one in new if one not in old] + [f"−{one}" for one in old if one not in new]
        return f"{change.key}: {_short(' '.join(marks))}" if marks else f"{change.key} reworded"
    if before in (None, "", {}):
        return f"{change.key} added: {_short(_text(after))}"
    if after in (None, "", {}):
        return f"{change.key} removed (was {_short(_text(before))})"
    return f"{change.key}: {_short(_text(before))} → {_short(_text(after))}"


def _item(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("url") or " ".join(_text(v) for v in value.values() if v is not None))
    return str(value)


def _text(value: Any) -> str:
    """A value on one line."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{k} {_text(v)}" for k, v in value.items() if v not in (None, [], {}, ""))
    if isinstance(value, list):
        return ", ".join(_item(one) for one in value)
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _dated(revision: Revision) -> str:
    return revision.name if revision.commit is None else f"{revision.name} of {revision.commit.when.date()}"


def tallies_by_side(changes: Changes) -> dict[str, tuple[Tally, Tally]]:
    """The tallies before and after by side, and of ``all``."""
    return {"all" if side is None else side: tallies for side, tallies in changes.tallies.items()}
