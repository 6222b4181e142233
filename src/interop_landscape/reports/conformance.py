"""How entries meet the specification: one entry requirement by requirement, or all in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.conformance import Conformance, Conforming, Standing, level_word, ranked
from interop_landscape.documents.conformance import (
    CONFORMANCE_TABLE,
    STANDING_TABLE,
    ConformancesDocument,
    ShownConformanceDocument,
    SpecificationDocument,
)
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import LEVELS, Entry
from interop_landscape.reading.specification import Requirement
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted

if TYPE_CHECKING:
    from rich.console import Console

NO_SPECIFICATION: Final = "This landscape has no specification; write specification/specification.yml."
_STYLES: Final = {"covered": "bold cyan", "verified": "cyan", "evidenced": "green", "stated": "yellow"}
_NARROW: Final = 80


def in_one_line(landscape: Landscape) -> str:
    """``Interop specification 0.1 of 2026-12-01``; what to do where there is none."""
    one = landscape.specification
    return NO_SPECIFICATION if one is None else f"{one.title} {one.version} of {one.date}"


def level_in_words(one: Conformance) -> str:
    """``verified, 14 of 19``."""
    return phrases.interop_level(level_word(one.level), one.reached, len(one.standings))


def _level(level: int) -> Text:
    word = level_word(level)
    return Text(word or "not met", style=_STYLES.get(word or "", "red"))


@dataclass(frozen=True)
class ShownConformance:
    """How one entry stands on each requirement that applies to it."""

    landscape: Landscape
    found: Conformance

    @classmethod
    def of(cls, landscape: Landscape, entry: Entry) -> ShownConformance:
        """Look at what the entry states, and at what was seen."""
        return cls(landscape, Conforming(landscape).of(entry))

    @property
    def no(self) -> bool:
        """Showing an entry never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``show-conformance/v1``."""
        return json_of(ShownConformanceDocument, self.found, self.landscape)

    def header(self) -> Sequence[str]:
        """One row a requirement."""
        return STANDING_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The requirements in order."""
        for standing in self.found.standings:
            yield STANDING_TABLE.row(standing, self.landscape)

    def render(self, console: Console) -> None:
        """The level, what is claimed, and each requirement with the reason for its level."""
        found = self.found
        about = Text(f"  {found.entry.id} · {found.entry.kind}", style="not bold dim")
        console.print(Text(found.entry.name, style="bold") + about)
        console.print(Text(f"Interop level: {level_in_words(found)}"))
        console.print(Text(in_one_line(self.landscape), style="dim"))
        for claim, holds in found.claims:
            console.print(Text(f"Not counted: {phrases.claimed(claim, holds)}, {claim.url}", style="dim"))
        for standing in found.standings:
            self._render(standing, console)

    def _render(self, standing: Standing, console: Console) -> None:
        console.print()
        parts = [Text(standing.id, style="bold"), Text(standing.requirement.keyword or ""), _level(standing.level)]
        if standing.level < standing.ceiling or not standing.level:
            parts.append(Text(f"can be {level_word(standing.ceiling)}", style="dim"))
        console.print(Text(" · ").join(parts))
        console.print(Padding(Text(standing.requirement.says), (0, 0, 0, 2)))
        console.print(Padding(Text(phrases.standing_on(standing, self.landscape), style="dim"), (0, 0, 0, 2)))


@dataclass(frozen=True)
class ConformancesReport:
    """The first entries, the highest level first, and how many there are in all."""

    landscape: Landscape
    entries: Sequence[Conformance]
    all: Sequence[Conformance]

    @classmethod
    def of(cls, landscape: Landscape, entries: Sequence[Entry], *, top: int | None) -> ConformancesReport:
        """How these entries meet the specification."""
        conforming = Conforming(landscape)
        return cls.sorted(landscape, map(conforming.of, entries), top=top)

    @classmethod
    def sorted(
        cls, landscape: Landscape, entries: Iterable[Conformance], *, top: int | None = None
    ) -> ConformancesReport:
        """The highest level and the largest share first; entries to which nothing applies are left out."""
        found = ranked(entries)
        return cls(landscape, found[:top], found)

    @property
    def no(self) -> bool:
        """A list never says no."""
        return False

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.all)

    def document(self) -> dict[str, Any]:
        """``conformance/v1``."""
        return json_of(ConformancesDocument, self, self.landscape)

    def _asked(self) -> list[str]:
        """The requirements that apply to any of the entries, in order."""
        specification = self.landscape.specification
        there = {standing.id for one in self.entries for standing in one.standings}
        return [name for name in (specification.requirements if specification else ()) if name in there]

    def header(self) -> Sequence[str]:
        """One row an entry, with a column each requirement that applies to any."""
        return (*CONFORMANCE_TABLE.header, *self._asked())

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The entries in order; a cell has the level, ``not met``, or nothing where a requirement does not apply."""
        asked = self._asked()
        for one in self.entries:
            levels = {standing.id: level_word(standing.level) or "not met" for standing in one.standings}
            yield (*CONFORMANCE_TABLE.row(one, self.landscape), *(levels.get(name) for name in asked))

    def render(self, console: Console) -> None:
        """Each entry with its level, how many requirements reach it, and which are not met."""
        console.print(Text(in_one_line(self.landscape), style="dim"))
        if not self.all:
            console.print("No requirement applies to any of these entries.")
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("entry", overflow="fold")
        table.add_column("level", no_wrap=True)
        table.add_column("reached", justify="right", no_wrap=True)
        if console.width >= _NARROW:
            table.add_column("not met", overflow="fold", ratio=1)
        for one in self.entries:
            left = ", ".join(s.id + ("" if s.requirement.binding else "*") for s in one.standings if not s.level)
            cells = [Text(one.entry.id), _level(one.level) if one.level else Text("none yet", style="dim")]
            cells.append(Text(f"{one.reached} of {len(one.standings)}"))
            table.add_row(*cells, *([Text(left, style="dim")] if console.width >= _NARROW else []))
        console.print(table)
        levels = Counter(level_word(one.level) for one in self.all)
        told = ", ".join(f"{levels[word]:,} {word or 'none yet'}" for word in (*reversed(LEVELS), None) if levels[word])
        more = self.count - len(self.entries)
        tail = f"; {more:,} more, --top 0 shows all" if more else ""
        starred = "; * is not a MUST" if console.width >= _NARROW else ""
        entries = counted(self.count, "entry", "entries")
        console.print(Text(f"\n{entries}: {told}{tail}{starred}", style="dim"))


@dataclass(frozen=True)
class RequirementsReport:
    """The requirements in force, with how many entries are at which level on each."""

    landscape: Landscape
    requirements: Mapping[str, Requirement]
    counts: Mapping[str, Counter[int]]

    @classmethod
    def of(cls, landscape: Landscape, *, top: int | None) -> RequirementsReport:
        """The first requirements, and how all entries stand on them."""
        conforming = Conforming(landscape)
        in_force = landscape.specification.in_force if landscape.specification else {}
        counts: dict[str, Counter[int]] = {}
        for entry in landscape.entries.values():
            for standing in conforming.of(entry).standings:
                counts.setdefault(standing.id, Counter())[standing.level] += 1
        return cls(landscape, dict([*in_force.items()][:top]), counts)

    @property
    def no(self) -> bool:
        """A list never says no."""
        return False

    def document(self) -> dict[str, Any]:
        """``specification/v1`` with the requirements that are listed."""
        return json_of(SpecificationDocument, None, self.landscape, requirements=tuple(self.requirements.items()))

    def header(self) -> Sequence[str]:
        """One row a requirement."""
        return ("id", "keyword", "side", *reversed(LEVELS), "not met", "tested by", "says")

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The requirements in order; without figures where the map measures nobody."""
        for name, one in self.requirements.items():
            levels = [self.counts.get(name, Counter())[level] if one.measured else None for level in (4, 3, 2, 1, 0)]
            yield (name, one.keyword, one.side, *levels, phrases.tested_by(one), one.says)

    def render(self, console: Console) -> None:
        """Each requirement, how entries stand on it, and what tests it."""
        console.print(Text(in_one_line(self.landscape), style="dim"))
        for name, one in self.requirements.items():
            found = self.counts.get(name, Counter())
            told = ", ".join(
                f"{found[level]:,} {level_word(level) or 'not met'}" for level in (4, 3, 2, 1, 0) if found[level]
            )
            console.print()
            console.print(Text(" · ").join([Text(name, style="bold"), Text(told or "measures nobody", style="dim")]))
            for line, style in ((one.says, ""), (phrases.tested_by(one), "dim")):
                console.print(Padding(Text(line, style=style), (0, 0, 0, 2)))
        untested = sum(one.untested is not None for one in self.requirements.values())
        listed = counted(len(self.requirements), "requirement")
        console.print(Text(f"\n{listed}, {untested:,} not testable yet", style="dim"))
