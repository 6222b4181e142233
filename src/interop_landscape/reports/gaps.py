"""The gaps: for people, as `gaps/v1`, and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interop_landscape import phrases
from interop_landscape.analysis.fixes import Fixes, Group
from interop_landscape.analysis.gaps import ExpectedPair, Fix, Gap, GapFilter, Gaps
from interop_landscape.analysis.score import side_tallies
from interop_landscape.analysis.tally import Tally
from interop_landscape.documents.gap import GAP_TABLE, GapsDocument
from interop_landscape.documents.to_json import json_of
from interop_landscape.landscape import Landscape
from interop_landscape.reports.fixes import render_fix, render_legend
from interop_landscape.reports.report import Cell
from interop_landscape.reports.terminal import bar, styled
from interop_landscape.text import counted, number

if TYPE_CHECKING:
    from rich.console import Console

GROUPS_IN_TABLE: Final = 20
LISTED_FOR_PROGRAMS: Final = 5000
_LEAST_FOR_PAIRS: Final = 32

_Line = tuple[str, ExpectedPair, str]
"""Pairs in words, one of them, and the record that tracks them."""


@dataclass(frozen=True)
class GapsReport:
    """The wanted gaps of a landscape; `top` None lists a screenful for people, thousands for programs."""

    gaps: Gaps
    wanted: GapFilter
    top: int | None
    most_fixes: int | None
    fail_on: frozenset[str]
    count: int

    @classmethod
    def of(
        cls,
        gaps: Gaps,
        wanted: GapFilter,
        *,
        top: int | None,
        most_fixes: int | None,
        fail_on: frozenset[str],
    ) -> GapsReport:
        """Count what is wanted; nothing is listed yet."""
        return cls(gaps, wanted, top, most_fixes, fail_on, gaps.count(wanted))

    @property
    def no(self) -> bool:
        """Whether there is a wanted gap of a status or certainty that was to fail on."""
        return any(self._fails(word) for word in self.fail_on)

    def _fails(self, word: str) -> bool:
        wanted = self.wanted
        if word in ("missing", "weak", "regressed"):
            if wanted.statuses and word not in wanted.statuses:
                return False
            return self.gaps.count(replace(wanted, statuses=frozenset({word}))) > 0
        if word in ("confirmed", "presumed"):
            if wanted.certainties and word not in wanted.certainties:
                return False
            return self.gaps.count(replace(wanted, certainties=frozenset({word}))) > 0
        return self.count > 0

    def _listed(self, default: int | None = None) -> list[Gap]:
        top = default if self.top is None else self.top or None
        return self.gaps.top(top, self.wanted, most_fixes=self.most_fixes)

    def document(self) -> dict[str, Any]:
        """``gaps/v1``; the summary counts all gaps, whatever the filters."""
        return self.document_of(self._listed(LISTED_FOR_PROGRAMS))

    def document_of(self, listed: Sequence[Gap]) -> dict[str, Any]:
        """``gaps/v1`` with these gaps listed."""
        summary = self.gaps.tally(), side_tallies(self.gaps)
        return json_of(GapsDocument, self, self.gaps.landscape, summary=summary, gaps=listed)

    def header(self) -> Sequence[str]:
        """One row a gap, with its best fix."""
        return GAP_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The gaps in order."""
        for gap in self._listed(LISTED_FOR_PROGRAMS):
            yield GAP_TABLE.row(gap, self.gaps.landscape)

    def render(self, console: Console) -> None:
        """Sides with scores as bars, then the gaps under the fixes that would close them; `top` counts fixes."""
        render_sides(console, self.gaps.landscape, self.gaps.tally(), side_tallies(self.gaps))
        most = GROUPS_IN_TABLE if self.top is None else self.top or None
        groups = Fixes(self.gaps, self.wanted).groups(most)
        console.print()
        if not groups:
            console.print(self._nothing())
            return
        for place, group in enumerate(groups, start=1):
            self._render_group(console, place, group)
        more = self.count - sum(len(group.gaps) for group in groups)
        if more:
            console.print()
            console.print(f"… {counted(more, 'more gap')}; --top 0 shows all")
        console.print()
        render_legend(console)

    def _nothing(self) -> str:
        landscape = self.gaps.landscape
        if not landscape.entries:
            return "This landscape has no entries yet."
        if not landscape.expectations:
            return "Nothing is expected yet: write expectations.yml."
        return "No gaps: whatever is expected here is there." if not len(self.gaps) else "No gaps of this sort."

    def _render_group(self, console: Console, place: int, group: Group) -> None:
        """The fix in words, and below it the gaps that it would close, those alike on one line."""
        landscape = self.gaps.landscape
        if place > 1:
            console.print()
        if group.listed:
            render_fix(console, place, group.listed, landscape)
        else:
            console.print(Text(f"{place:>3} no single fix would close these:"))
        lines = [(pair, gap, self._tracked(self._record(gap))) for pair, gap in self._joined(group.gaps)]
        console.print(Padding(self._columns(lines, console.width - 4) or _items(lines), (0, 0, 0, 4)))

    def _columns(self, lines: list[_Line], width: int) -> Table | None:
        """The gaps in columns; None where the pairs would be left too little room."""
        landscape = self.gaps.landscape
        widths = [max(map(len, landscape.expectations)), 9, 9, max([24, *map(len, landscape.records)])]
        width = min(width, 130)
        needed = max([_LEAST_FOR_PAIRS, *(len(name) + 2 for name in landscape.entries)])
        if width - sum(widths) - 2 * len(widths) < needed:
            return None
        table = Table.grid(padding=(0, 2), expand=True)
        table.width = width
        table.add_column(ratio=1, overflow="fold")
        for style, room in zip(("dim", "", "", ""), widths, strict=True):
            table.add_column(width=room, style=style, overflow="fold")
        for pair, gap, tracked in lines:
            table.add_row(pair, gap.id.expectation, styled(gap.status), styled(gap.certainty or ""), tracked)
        return table

    def _record(self, gap: ExpectedPair) -> str | None:
        return self.gaps.records_of(gap.expected).get(gap.cell)

    def _joined(self, gaps: Iterable[ExpectedPair]) -> Iterator[tuple[str, ExpectedPair]]:
        """Gaps alike on one line: ``jax, flax → ascend, tpu`` with one of them, in the order of the first of each."""
        alike: dict[tuple[str | None, ...], list[ExpectedPair]] = {}
        for gap in gaps:
            key = gap.id.expectation, gap.status, gap.certainty, self._record(gap)
            alike.setdefault(key, []).append(gap)
        for same in alike.values():
            for _, pairs in phrases.joined((gap.id for gap in same), self.gaps.landscape):
                yield pairs, same[0]

    def _tracked(self, record: str | None) -> str:
        return f"{record} ({self.gaps.landscape.records[record].stage})" if record else ""


def _items(lines: Iterable[_Line]) -> Table:
    """The gaps where there is no room for columns: an item each, all that is said of it in one sentence."""
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(overflow="fold")
    for pair, gap, tracked in lines:
        said = Text(pair).append(f"  {gap.id.expectation}", style="dim")
        words = Text(" ").join([styled(gap.status), styled(gap.certainty or "")])
        table.add_row("·", Text("  ").join([said, words, *([Text(tracked)] if tracked else [])]))
    return table


def render_sides(console: Console, landscape: Landscape, total: Tally, sides: dict[str, Tally]) -> None:
    """The landscape's title and size, and a bar a side."""
    size = f"{counted(len(landscape.entries), 'entry', 'entries')}, {counted(len(landscape.statements), 'statement')}"
    console.print(Text(landscape.vocabulary.title, style="bold"), Text(f"· {size}", style="dim"))
    console.print()
    table = Table.grid(padding=(0, 2))
    width = max(4, min(30, console.width - 72))
    table.add_column(no_wrap=True)
    table.add_column(width=width)
    table.add_column()
    wide = console.width >= 110
    if wide:
        table.add_column(no_wrap=True, style="dim")
    names = {side: landscape.vocabulary.sides[side].name for side in sides}
    for name, tally in [*((names[side], tally) for side, tally in sides.items()), (phrases.ALL_SIDES, total)]:
        row = [
            Text(name, style="bold" if name == phrases.ALL_SIDES else ""),
            bar(tally.score, width),
            Text(phrases.met(tally)),
        ]
        if wide:
            row.append(Text(phrases.unmet(tally)))
        table.add_row(*row)
    console.print(table)
    console.print(Text(phrases.SCORED, style="dim"))


def fix_in_words(fix: Fix, landscape: Landscape) -> Text:
    """``executorch imports onnx (none today; 14 of 25 runtimes like it import ONNX) would close gaps of weight 11``."""
    name = f"{fix} {phrases.in_full(fix, landscape)}".rstrip()
    facts = (phrases.today(fix, landscape), phrases.usage(fix, landscape), phrases.together(fix, landscape))
    known = "; ".join(filter(None, facts))
    said = f" ({known}) would close gaps of weight {number(fix.unlocks)}"
    return Text(name, style="bold").append(said, style="not bold")
