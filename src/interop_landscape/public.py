"""The public Python API: a Landscape that can load itself and answer.

It is a floor above loading and graph, so that the value (`interop_landscape.landscape`) knows neither.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from interop_landscape import landscape, loading

if TYPE_CHECKING:
    import networkx as nx


class Landscape(landscape.Landscape):
    """Everything that a folder says, as one immutable value: see `interop_landscape.landscape.Landscape`."""

    @classmethod
    def load(cls, folder: str | Path, *, today: date | None = None) -> Self:
        """Read the landscape in `folder`, the one that holds ``landscape.yml``.

        Raises NoLandscape where there is none, and InvalidLandscape where its data has errors.
        """
        value = loading.load(folder, today=today)
        return cls(**{field.name: getattr(value, field.name) for field in fields(value)})

    def graph(self) -> nx.MultiDiGraph[str]:
        """The landscape as a networkx graph: see `interop_landscape.graph.build_graph`."""
        from interop_landscape.graph import build_graph  # here, since networkx takes long to import

        return build_graph(self)
