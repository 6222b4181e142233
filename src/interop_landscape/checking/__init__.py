"""What only the whole landscape can show to be wrong.

A checker is a plain function from a landscape to problems; `CHECKERS` is run to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from interop_landscape.checking import (
    doubles,
    entries,
    evidence,
    expectations,
    probes,
    records,
    selection,
    specification,
    statements,
    vocabulary,
)

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.problems import Problem

CHECKERS: Final[tuple[Callable[[Landscape], Iterator[Problem]], ...]] = (
    vocabulary.clashing_names,
    vocabulary.unknown_examples,
    entries.colliding_aliases,
    doubles.doubled_entries,
    doubles.doubled_records,
    selection.misspelt_tags,
    selection.unselected_entries,
    statements.unknown_ends,
    statements.self_edges,
    statements.disallowed_relations,
    statements.stated_twice,
    statements.cargo,
    statements.takes,
    statements.missing_takes,
    statements.removed_without_until,
    evidence.moving_evidence,
    evidence.doubled_evidence,
    evidence.versions_in_order,
    evidence.searches,
    probes.unknown_probes,
    expectations.unknown_names,
    expectations.selecting_nobody,
    records.unknown_closes,
    records.stages_out_of_order,
    records.repeated_stages,
    records.stages_without_trace,
    records.unknown_milestones,
    records.impossible_samples,
    records.taken_ids,
    specification.unclear_requirements,
    specification.unknown_names,
    specification.skipped_ids,
    specification.unrequired_expectations,
    specification.chapters_in_order,
    specification.mentions,
)


def check(landscape: Landscape) -> list[Problem]:
    """Every problem that the checkers find, in their order."""
    return [problem for checker in CHECKERS for problem in checker(landscape)]
