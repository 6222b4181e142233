"""Route patterns as small deterministic automata over relations.

Patterns are put side by side as one nondeterministic automaton, made deterministic by the subset
construction, and merged to the fewest states by refining partitions (Moore). Few states matter: edges are
counted once per state that they lead into, see `analysis.unlocks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from interop_landscape.reading.patterns import Pattern

Position = tuple[int, int]  # (pattern, steps done)


@dataclass(frozen=True)
class Automaton:
    """A deterministic automaton; state 0 is the start.

    ``moves[q]`` maps a relation to the next state. States are numbered so that every move leads to the same
    or a higher state: a pattern repeats single relations only, so the only loops are from a state to itself.
    """

    moves: tuple[dict[str, int], ...]
    accepting: frozenset[int]

    @cached_property
    def states_into(self) -> dict[tuple[str, int], tuple[int, ...]]:
        """The states from which a relation leads into a state, by (relation, state)."""
        into: dict[tuple[str, int], list[int]] = {}
        for state, moves in enumerate(self.moves):
            for relation, after in moves.items():
                into.setdefault((relation, after), []).append(state)
        return {key: tuple(states) for key, states in into.items()}

    @cached_property
    def later(self) -> tuple[frozenset[int], ...]:
        """For each state, the states that can follow it, itself included."""
        later: list[frozenset[int]] = [frozenset()] * len(self.moves)
        for state in reversed(range(len(self.moves))):
            after = {state}.union(*(later[q] for q in self.moves[state].values() if q != state))
            later[state] = frozenset(after)
        return tuple(later)

    def relations(self) -> frozenset[str]:
        """Every relation that some route may use."""
        return frozenset(relation for moves in self.moves for relation in moves)

    def accepts(self, relations: Iterable[str]) -> bool:
        """Whether a sequence of relations is a route."""
        state: int | None = 0
        for relation in relations:
            state = self.moves[state].get(relation) if state is not None else None
        return state in self.accepting


def automaton_of(patterns: Sequence[Pattern]) -> Automaton:
    """The smallest automaton that accepts what any of the patterns accepts."""
    moves, accepting = _subsets(patterns)
    block = _refine(moves, accepting)
    merged: dict[int, dict[str, int]] = {}
    for state, after in enumerate(moves):
        merged.setdefault(block[state], {relation: block[q] for relation, q in after.items()})
    order = _topological(merged, block[0])
    number = {state: i for i, state in enumerate(order)}
    return Automaton(
        tuple({relation: number[q] for relation, q in sorted(merged[state].items())} for state in order),
        frozenset(number[block[state]] for state in accepting),
    )


def _closure(patterns: Sequence[Pattern], positions: Iterable[Position]) -> frozenset[Position]:
    """The positions reached by skipping steps that may be skipped."""
    closed = set()
    for pattern, done in positions:
        closed.add((pattern, done))
        steps = patterns[pattern].steps
        while done < len(steps) and steps[done].optional:
            done += 1
            closed.add((pattern, done))
    return frozenset(closed)


def _after(patterns: Sequence[Pattern], positions: Iterable[Position]) -> dict[str, set[Position]]:
    after: dict[str, set[Position]] = {}
    for pattern, done in positions:
        steps = patterns[pattern].steps
        if done < len(steps):
            after.setdefault(steps[done].relation, set()).add((pattern, done + 1))
        if done > 0 and steps[done - 1].repeated:
            after.setdefault(steps[done - 1].relation, set()).add((pattern, done))
    return after


def _subsets(patterns: Sequence[Pattern]) -> tuple[list[dict[str, int]], set[int]]:
    start = _closure(patterns, [(i, 0) for i in range(len(patterns))])
    number = {start: 0}
    queue = [start]
    moves: list[dict[str, int]] = []
    accepting = set()
    for positions in queue:
        if any(done == len(patterns[pattern].steps) for pattern, done in positions):
            accepting.add(number[positions])
        move = {}
        for relation, reached in _after(patterns, positions).items():
            closed = _closure(patterns, reached)
            if closed not in number:
                number[closed] = len(number)
                queue.append(closed)
            move[relation] = number[closed]
        moves.append(move)
    return moves, accepting


def _refine(moves: Sequence[dict[str, int]], accepting: set[int]) -> list[int]:
    """The block of each state in the coarsest partition whose blocks nothing can tell apart."""
    block = [int(state in accepting) for state in range(len(moves))]
    while True:
        number: dict[object, int] = {}
        finer = [
            number.setdefault((block[state], frozenset((r, block[q]) for r, q in move.items())), len(number))
            for state, move in enumerate(moves)
        ]
        if len(number) == len(set(block)):
            return finer
        block = finer


def _topological(moves: dict[int, dict[str, int]], start: int) -> list[int]:
    order: list[int] = []
    seen = set()

    def visit(state: int) -> None:
        seen.add(state)
        for after in sorted(set(moves[state].values())):
            if after not in seen:
                visit(after)
        order.append(state)

    visit(start)
    return order[::-1]
