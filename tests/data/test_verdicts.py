"""What `path` says of a pair is what `gaps` counts, over the shipped data."""

from __future__ import annotations

from interop_landscape.landscape import Landscape
from tests.analysis.test_verdict import agree


def test_path_and_gaps_agree_on_every_pair(shipped: Landscape) -> None:
    assert [*agree(shipped)]  # which holds each of them; a landscape that expects no pair shows nothing
