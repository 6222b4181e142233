"""The public Python API."""

from datetime import date

import interop_landscape
from interop_landscape import loading
from interop_landscape.graph import build_graph
from interop_landscape.landscape import Landscape
from tests.landscapes import FIXTURE

TODAY = date(2026, 11, 30)


def test_a_public_landscape_loads_itself_and_gives_its_graph() -> None:
    landscape = interop_landscape.Landscape.load(FIXTURE, today=TODAY)
    value = loading.load(FIXTURE, today=TODAY)
    assert isinstance(landscape, Landscape)
    assert vars(landscape) == vars(value)
    assert set(landscape.graph().edges(keys=True)) == set(build_graph(value).edges(keys=True))


def test_what_is_derived_from_a_public_landscape_is_public_too() -> None:
    landscape = interop_landscape.Landscape.load(FIXTURE, today=TODAY)
    assert isinstance(landscape.replacing(statements=()), interop_landscape.Landscape)
    assert landscape.replacing(statements=()).graph().number_of_edges() == 0
