from __future__ import annotations

import pytest

from interop_landscape.ids import Edge, PairId


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("compute:jax:tpu", PairId("compute", "jax", "tpu")),
        ("compute:jax:*", PairId("compute", "jax", None)),
        ("r-1:x_2:y.3", PairId("r-1", "x_2", "y.3")),
    ],
)
def test_a_pair_is_read_as_it_is_written(text: str, pair: PairId) -> None:
    assert PairId.parse(text) == pair
    assert str(pair) == f"{pair}" == text


@pytest.mark.parametrize("text", ["", "compute", "compute:jax", "compute:jax:tpu:more"])
def test_what_has_not_three_parts_is_no_pair(text: str) -> None:
    with pytest.raises(ValueError, match="unpack"):
        PairId.parse(text)


def test_edges_are_written_in_words_and_sorted_by_their_parts() -> None:
    edges = [Edge("b", "imports", "a"), Edge("a-b", "exports", "c"), Edge("a", "runs-on", "c")]
    assert [str(edge) for edge in sorted(edges)] == ["a runs-on c", "a-b exports c", "b imports a"]


def test_only_a_pair_has_colons() -> None:
    assert PairId.looks_like(str(PairId("compute", "jax", None)))
    assert not PairId.looks_like(str(Edge("jax", "exports", "onnx")))
