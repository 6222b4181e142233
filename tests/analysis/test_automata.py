"""Automata accept what their patterns say, and no more."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interop_landscape.analysis.automata import automaton_of
from interop_landscape.reading.patterns import PatternError, parse_pattern
from tests.analysis.test_routes import fits

steps = st.builds("{}{}".format, st.sampled_from("abc"), st.sampled_from(["", "?", "*", "+"]))
patterns = st.lists(steps, min_size=1, max_size=4).filter(lambda s: any(x[-1] not in "?*" for x in s)).map(" ".join)


@given(st.lists(patterns, min_size=1, max_size=3))
def test_an_automaton_accepts_what_one_of_its_patterns_fits(texts: list[str]) -> None:
    parsed = [parse_pattern(text) for text in texts]
    automaton = automaton_of(parsed)
    for length in range(6):
        for word in product("abc", repeat=length):
            assert automaton.accepts(word) == any(fits(pattern, word) for pattern in parsed)


@given(st.lists(patterns, min_size=1, max_size=3))
def test_states_are_few_ordered_and_loop_only_on_themselves(texts: list[str]) -> None:
    automaton = automaton_of([parse_pattern(text) for text in texts])
    signatures = {
        (state in automaton.accepting, tuple(sorted(moves.items()))) for state, moves in enumerate(automaton.moves)
    }
    assert len(signatures) == len(automaton.moves)
    assert all(after >= state for state, moves in enumerate(automaton.moves) for after in moves.values())
    assert all(sum(after == state for after in moves.values()) <= 1 for state, moves in enumerate(automaton.moves))


@pytest.mark.parametrize(
    ("text", "offset"), [("", 0), ("runs-on ?", 8), ("a b++", 2), ("A", 0), ("a? b*", 0), ("a " * 13, 24)]
)
def test_a_pattern_that_cannot_be_parsed_says_where(text: str, offset: int) -> None:
    with pytest.raises(PatternError) as caught:
        parse_pattern(text)
    assert caught.value.offset == offset
