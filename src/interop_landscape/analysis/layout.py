"""A layout in which entries that are joined are near each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from interop_landscape.landscape import Landscape

_COLUMN: Final = 150.0
_DEPTH: Final = 46.0
_BAND_GAP: Final = 60.0
_ASPECT: Final = 1.5
_PASSES: Final = 40


def layout(landscape: Landscape) -> dict[str, tuple[float, float]]:
    """The place of every entry on the Explore page: bands by kind, the vocabulary's first on top.

    Inside its band an entry is near what it is joined to, in several rows, and no two names overlap.
    """
    ids = list(landscape.entries)
    if not ids:
        return {}
    index = {entry: place for place, entry in enumerate(ids)}
    kinds = list(landscape.vocabulary.kinds)
    band = np.array([kinds.index(entry.kind) for entry in landscape.entries.values()])
    members = [found for kind in range(len(kinds)) if len(found := np.flatnonzero(band == kind))]
    ends = sorted({(s.source, s.target) for s in landscape.statements if s.live})
    edges = np.array([(index[a], index[b]) for a, b in ends], dtype=np.intp).reshape(-1, 2)
    across = _ordered(len(ids), members, edges)
    room = len(ids) * _COLUMN * _DEPTH + len(members) * _BAND_GAP * _COLUMN
    columns = max(1, round((_ASPECT * room) ** 0.5 / _COLUMN))
    width = columns * _COLUMN
    placed: dict[str, tuple[float, float]] = {}
    y = 0.0
    for found in members:
        rows = -(-len(found) // columns)
        for place, node in enumerate(found[np.argsort(across[found], kind="stable")].tolist()):
            # Stepping through the rows by a stride breaks up the diagonals that plain order would draw.
            row = _row(place, rows)
            placed[ids[node]] = round((place + 0.5) / len(found) * width, 1), round(y + row * _DEPTH, 1)
        y += (rows - 1) * _DEPTH + _DEPTH / 2 + _BAND_GAP
    return {entry: placed[entry] for entry in ids}


def _row(place: int, rows: int) -> int:
    """The row of the place-th in order: every row once in each round, neighbours in order far apart."""
    stride = next((s for s in range(max(2, round(rows * 0.382)), rows) if np.gcd(s, rows) == 1), 1)
    return place * stride % rows


def _ordered(count: int, members: Sequence[NDArray[np.intp]], edges: NDArray[np.intp]) -> NDArray[np.float64]:
    """A place from 0 to 1 for each entry, evenly spaced in its band, near the mean of those it is joined to."""
    across = np.zeros(count)
    for found in members:
        across[found] = (np.arange(len(found)) + 0.5) / len(found)
    one, other = np.concatenate([edges, edges[:, ::-1]]).T
    degree = np.bincount(one, minlength=count)
    # What everything is joined to says little about where one of them belongs.
    pull = 1.0 / np.sqrt(np.maximum(degree, 1))[other]
    total = np.bincount(one, weights=pull, minlength=count)
    for turn in range(_PASSES):
        sweep = members if turn % 2 == 0 else members[::-1]
        for found in sweep:
            mean = np.bincount(one, weights=pull * across[other], minlength=count) / np.maximum(total, 1e-12)
            wish = np.where(total[found] > 0, mean[found], across[found])
            best = found[np.argsort(np.round(wish, 9), kind="stable")]
            across[best] = (np.arange(len(found)) + 0.5) / len(found)
    return across
