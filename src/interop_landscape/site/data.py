"""Everything that the site shows, computed once and shared by all of its pages and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from interop_landscape.analysis.best_fixes import fixes_by_entry
from interop_landscape.analysis.conformance import Conformance, Conforming
from interop_landscape.analysis.curation import Curation, curation
from interop_landscape.analysis.fixes import Fixes, ListedFix
from interop_landscape.analysis.gaps import Fix, Gap, Gaps
from interop_landscape.analysis.milestones import Progress, progress
from interop_landscape.analysis.plan import Plan, plan_from
from interop_landscape.analysis.score import entry_tallies, side_tallies
from interop_landscape.analysis.tally import Tally
from interop_landscape.analysis.verdict import Verdicts
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.statements import Statement
from interop_landscape.site.pairs import Pair, pairs_of
from interop_landscape.site.words import Words, without_words

PLAN_STEPS = 12


@dataclass(frozen=True)
class SiteData:
    """A landscape with what the analyses say of it; they know it without the words of entries and statements."""

    whole: Landscape

    @cached_property
    def landscape(self) -> Landscape:
        """The landscape without the words of its entries and statements."""
        return without_words(self.whole)

    @cached_property
    def words(self) -> Words:
        """These words, for whoever shows them."""
        return Words(self.whole)

    @cached_property
    def day(self) -> date | None:
        """The day of the data: the newest on which a statement was checked, a probe run or a record moved."""
        landscape = self.whole
        return max(
            (
                *(statement.checked for statement in landscape.statements),
                *(result.day for result in landscape.results.values()),
                *(step.day for record in landscape.records.values() for step in record.stages),
            ),
            default=None,
        )

    @cached_property
    def gaps(self) -> Gaps:
        """Its gaps."""
        return Gaps(self.landscape)

    @cached_property
    def total(self) -> Tally:
        """The tally of everything."""
        return self.gaps.tally()

    @cached_property
    def sides(self) -> Mapping[str, Tally]:
        """The tally of each side, in the vocabulary's order."""
        return side_tallies(self.gaps)

    @cached_property
    def entry_sides(self) -> Mapping[str, Mapping[str, Tally]]:
        """By entry that is expected, its tally on each side where it has one."""
        return entry_tallies(self.gaps)

    def entry_total(self, entry: str) -> Tally:
        """The tally of the pairs that an entry is an end of."""
        return sum(self.entry_sides.get(entry, {}).values(), Tally())

    @cached_property
    def standing(self) -> Mapping[PairId, str]:
        """``met`` or a gap's status of every expected pair."""
        return self.gaps.standing()

    @cached_property
    def standing_of(self) -> Mapping[str, Sequence[tuple[PairId, str]]]:
        """By entry: (pair, status) of the expected pairs that it is an end of, in the order of ids."""
        found: dict[str, list[tuple[PairId, str]]] = {}
        for pair, status in self.standing.items():
            found.setdefault(pair.source, []).append((pair, status))
            if pair.target is not None:
                found.setdefault(pair.target, []).append((pair, status))
        return found

    @cached_property
    def confirmed_of(self) -> Mapping[str, Sequence[PairId]]:
        """By entry: the gaps that it is an end of and that are confirmed, in the order of expectations."""
        found: dict[str, list[PairId]] = {}
        for each in self.gaps.expected:
            confirmed = self.gaps.confirmed(each)
            for pair in self.gaps.pairs_of(each):
                if not pair.met and confirmed[pair.cell]:
                    for end in {pair.id.source, pair.id.target or pair.id.source}:
                        found.setdefault(end, []).append(pair.id)
        return found

    @cached_property
    def statements_of(self) -> Mapping[str, Sequence[Statement]]:
        """By entry: the statements from and to it, its own direction first, by relation."""
        order = list(self.landscape.vocabulary.relations)
        found: dict[str, list[Statement]] = {}
        for statement in self.landscape.statements:
            found.setdefault(statement.source, []).append(statement)
            found.setdefault(statement.target, []).append(statement)
        for entry, statements in found.items():
            statements.sort(key=lambda s: (s.source != entry, order.index(s.relation), str(s)))
        return found

    @cached_property
    def peers(self) -> Mapping[str, Sequence[str]]:
        """By entry: those of its kind with which it has most tags in common, the most stated of first."""
        ranked: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        found = {}
        for entry in self.landscape.entries.values():
            alike = (entry.kind, entry.tags)
            if alike not in ranked:
                ranked[alike] = self._ranked(*alike)
            found[entry.id] = [other for other in ranked[alike] if other != entry.id][:_PEERS]
        return found

    def _ranked(self, kind: str, tags: tuple[str, ...]) -> list[str]:
        """The entries of a kind that have some of these tags, or of the kind where there are none."""
        wanted = frozenset(tags)
        others = [entry for entry in self.landscape.entries.values() if entry.kind == kind]
        common = {entry.id: len(wanted & set(entry.tags)) for entry in others}
        some = [entry for entry in others if common[entry.id] or not wanted]
        some.sort(key=lambda one: (-common[one.id], -len(self.statements_of.get(one.id, ())), one.name.casefold()))
        return [entry.id for entry in some[: _PEERS + 1]]

    @cached_property
    def ends(self) -> tuple[frozenset[str], frozenset[str]]:
        """(entries that something leads on from, entries that something leads to), by what is live."""
        flows = [flow for one in self.landscape.statements if one.live for flow in self.landscape.flows(one)]
        return frozenset(start for start, _ in flows), frozenset(end for _, end in flows)

    @cached_property
    def pairs(self) -> Mapping[str, Sequence[Pair]]:
        """The expected pairs by expectation."""
        return pairs_of(self.gaps)

    @cached_property
    def pairs_from(self) -> Mapping[str, Sequence[Pair]]:
        """The expected pairs by their source, in the order of expectations."""
        found: dict[str, list[Pair]] = {}
        for pairs in self.pairs.values():
            for pair in pairs:
                found.setdefault(pair.source, []).append(pair)
        return found

    @cached_property
    def pairs_to(self) -> Mapping[str, Sequence[Pair]]:
        """The expected pairs by their target, those aside for which any would do."""
        found: dict[str, list[Pair]] = {}
        for pairs in self.pairs.values():
            for pair in pairs:
                if pair.target is not None:
                    found.setdefault(pair.target, []).append(pair)
        return found

    @cached_property
    def plan(self) -> Plan:
        """The plan of the next steps."""
        return plan_from(self.gaps, PLAN_STEPS)

    @cached_property
    def top_gaps(self) -> Sequence[Gap]:
        """The gaps, most valuable first, each with its three best fixes: all of them where there are not too many."""
        return self.gaps.top(MOST_GAPS, most_fixes=3)

    @cached_property
    def fixes(self) -> Fixes:
        """What would close gaps."""
        return Fixes(self.gaps)

    @cached_property
    def best_fixes(self) -> Sequence[ListedFix]:
        """The fixes of the most value, the best first."""
        return self.fixes.top(_BEST)

    @cached_property
    def curation(self) -> Curation:
        """How well the map is curated."""
        return curation(self.landscape)

    @cached_property
    def verdicts(self) -> Verdicts:
        """The verdicts on pairs, which remember what they walked."""
        return Verdicts(self.landscape)

    @cached_property
    def conformance(self) -> Mapping[str, Conformance]:
        """How every entry meets the specification."""
        conforming = Conforming(self.landscape)
        return {name: conforming.of(entry) for name, entry in self.landscape.entries.items()}

    @cached_property
    def milestones(self) -> Sequence[Progress]:
        """The milestones with their progress."""
        return progress(self.landscape)

    @cached_property
    def fixes_of(self) -> Mapping[str, Sequence[Fix]]:
        """By entry: the best fixes that it would state, or that lead to it, most value first; at most six each."""
        return fixes_by_entry(self.gaps, _FIXES)


_FIXES = 6
_PEERS: Final = 6
_BEST = 60
MOST_GAPS: Final = 5_000
"""So many gaps are listed one by one; the document of an entry has the ids of all of its gaps."""
