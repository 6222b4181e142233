"""How each expected pair is met: by which of the named routes, and whether all of it is verified."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.network import Bools, Network

NOWHERE = -1


@dataclass(frozen=True)
class Connections:
    """How the pairs of one expectation are met, as tables of sources by columns.

    ``routes`` are the names of its routes. ``how`` has the number of the first that joins a pair in full, else of
    the first that joins it at all, else `NOWHERE`. ``verified`` says that a route of verified edges in full joins it.
    """

    each: Expected
    routes: tuple[str, ...]
    how: NDArray[np.int64]
    verified: Bools

    def name_of(self, cell: tuple[int, int]) -> str | None:
        """The name of the route that joins the pair in a cell, None where none does."""
        number = int(self.how[cell])
        return None if number == NOWHERE else self.routes[number]

    def is_verified(self, cell: tuple[int, int]) -> bool:
        """Whether a route of verified edges in full joins the pair in a cell."""
        return bool(self.verified[cell])


def connections(gaps: Gaps) -> list[Connections]:
    """The routes of every expectation, in the order of `Gaps.expected`."""
    by_verification = Network(gaps.landscape.verified())
    return [_connections(gaps.network, by_verification, each) for each in gaps.expected]


def _connections(network: Network, by_verification: Network, each: Expected) -> Connections:
    how = np.full(each.pairs.shape, NOWHERE, dtype=np.int64)
    names = tuple(each.expectation.routes)
    single = [
        Expected(network, replace(each.expectation, routes={name: each.expectation.routes[name]})) for name in names
    ]
    for joined in ("strong", "live"):
        for number, one in enumerate(single):
            how[(how == NOWHERE) & getattr(one, joined)] = number
    return Connections(each, names, how, Expected(by_verification, each.expectation).strong)
