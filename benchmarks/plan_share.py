"""How good greedy plans are: their share of what the best plan of the same length closes.

    python -m benchmarks.plan_share [--landscapes 60] [--edges 2 3]

On small random landscapes every set of so many edges is tried, which is the best of all plans of that length.
Compared is the weight that is closed; landscapes where nothing can be closed do not count.
"""

from __future__ import annotations

import argparse
import statistics
from itertools import combinations
from math import comb

from hypothesis import HealthCheck, Phase, given, settings

from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.plan import plan
from interop_landscape.landscape import Landscape
from tests.analysis.test_gaps_properties import buildable_edges
from tests.strategies import landscapes

MOST_SETS = 5000
"""Landscapes with more sets of edges to try take too long."""


def closed(landscape: Landscape, edges: list[tuple[str, str, str]], gaps: Gaps) -> float:
    """The weight that some edges close together."""
    return sum(each.expectation.weight * int(mask.sum()) for each, mask in gaps.closed_by(edges))


def share(landscape: Landscape, count: int) -> float | None:
    """What the plan of at most so many edges closes, as a share of the best; None where nothing can be closed."""
    gaps = Gaps(landscape)
    taken: list[tuple[str, str, str]] = []
    for step in plan(landscape, count).steps:
        if len(taken) + len(step.edges) <= count:
            taken += [(edge.source, edge.relation, edge.target) for edge in step.edges]
    best = max(closed(landscape, list(edges), gaps) for edges in combinations(buildable_edges(landscape), count))
    return closed(landscape, taken, gaps) / best if best else None


def measure(count: int, wanted: int) -> list[float]:
    """The shares of `wanted` random landscapes."""
    found: list[float] = []

    @settings(
        max_examples=wanted * 20,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(landscapes())
    def collect(landscape: Landscape) -> None:
        if len(found) < wanted and 0 < comb(len(buildable_edges(landscape)), count) <= MOST_SETS:
            one = share(landscape, count)
            if one is not None:
                found.append(one)

    collect()
    return found


def main() -> None:
    """Measure and print rows of a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--landscapes", type=int, default=60)
    parser.add_argument("--edges", type=int, nargs="*", default=[2, 3])
    options = parser.parse_args()
    print("| edges | landscapes | median share of the best | lowest | as good as the best |\n|--:|--:|--:|--:|--:|")
    for count in options.edges:
        shares = measure(count, options.landscapes)
        exact = sum(one >= 1 - 1e-9 for one in shares)
        print(f"| {count} | {len(shares)} | {statistics.median(shares):.0%} | {min(shares):.0%} | "
              f"{exact} of {len(shares)} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
