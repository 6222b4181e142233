"""How each expected pair is met: by which of the named routes, and whether all of it is proven."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.network import Bools, Network

NOWHERE = -1


@dataclass(frozen=True)
class Ways:
    """How the pairs of one expectation are met, as tables of sources by columns.

    ``routes`` are the names of its routes. ``how`` has the number of the first that joins a pair in full, else of
    the first that joins it at all, else `NOWHERE`. ``proven`` says that a way of proven edges in full joins it.
    """

    each: Expected
    routes: tuple[str, ...]
    how: NDArray[np.int64]
    proven: Bools

    def name_of(self, cell: tuple[int, int]) -> str | None:
        """The name of the route that joins the pair in a cell, None where none does."""
        number = int(self.how[cell])
        return None if number == NOWHERE else self.routes[number]

    def is_proven(self, cell: tuple[int, int]) -> bool:
        """Whether a way of proven edges in full joins the pair in a cell."""
        return bool(self.proven[cell])


def ways(gaps: Gaps) -> list[Ways]:
    """The ways of every expectation, in the order of `Gaps.expected`."""
    by_proof = Network(gaps.landscape.proven())
    return [_ways(gaps.network, by_proof, each) for each in gaps.expected]


def _ways(network: Network, by_proof: Network, each: Expected) -> Ways:
    how = np.full(each.pairs.shape, NOWHERE, dtype=np.int64)
    names = tuple(each.expectation.routes)
    single = [
        Expected(network, replace(each.expectation, routes={name: each.expectation.routes[name]})) for name in names
    ]
    for joined in ("strong", "live"):
        for number, one in enumerate(single):
            how[(how == NOWHERE) & getattr(one, joined)] = number
    return Ways(each, names, how, Expected(by_proof, each.expectation).strong)
