"""Many expected pairs in few words: those alike are joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interop_landscape.ids import PairId


def joined(pairs: Iterable[PairId]) -> Iterator[tuple[str, str]]:
    """(expectation, ``jax, flax → ascend, tpu``) for some pairs, in the order of the first of each."""
    targets_of: dict[tuple[str, str], list[str]] = {}
    for expectation, source, target in pairs:
        targets_of.setdefault((expectation, source), []).append(target or "any of them")
    sources_of: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (expectation, source), targets in targets_of.items():
        sources_of.setdefault((expectation, tuple(targets)), []).append(source)
    for (expectation, goals), sources in sources_of.items():
        yield expectation, f"{', '.join(sources)} → {', '.join(goals)}"
