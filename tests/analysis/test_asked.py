"""Who may be asked for what, and who their peers are: each rule with what it lets through and what it stops."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interop_landscape.analysis.fixes import Fixes
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.network import Network
from interop_landscape.analysis.peers import Peers
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record, Selector, StageEntry, Steward
from tests.strategies import PRECEDENTED, TODAY, small, statement

ASKED = "mine imports saved"


def reading(stewards: dict[str, str | None], support: str | None = None) -> Landscape:
    """Four frameworks, of which three read a format; whether `mine` is asked to read it depends on whose they are."""
    frameworks = ("his", "hers", "its", "mine")
    landscape = small(
        dict.fromkeys(frameworks, "framework") | {"saved": "standard"},
        tuple((name, "imports", "saved") for name in frameworks[:3]),
        ("imports",),
        Selector(kind=("standard",)),
        Selector(kind=("framework",)),
    )
    entries = {name: replace(one, steward=stewards.get(name)) for name, one in landscape.entries.items()}
    mine = (statement("mine", "imports", "saved", support),) if support else ()
    return landscape.replacing(
        entries=entries,
        statements=(*landscape.statements, *mine),
        vocabulary=replace(PRECEDENTED, stewards={"a": Steward(name="A"), "b": Steward(name="B")}),
    )


def asked(landscape: Landscape) -> list[str]:
    return [str(one.fix) for one in Fixes(Gaps(landscape)).top(None)]


def tracked(landscape: Landscape, stage: str = "open") -> Landscape:
    """The landscape with a record of what is asked."""
    step = StageEntry(stage=stage, day=TODAY, url="https://x.org/1", note=None)
    record = Record(id="talk", path="", title="Talk", closes=(ASKED,), stages=(step,))
    return landscape.replacing(records={"talk": record})


@pytest.mark.parametrize(
    ("stewards", "expected"),
    [
        ({"saved": "a"}, [ASKED]),
        ({"saved": "a", "his": "a"}, [ASKED]),
        ({"saved": "a", "his": "a", "hers": "a"}, []),
        ({"saved": "a", "his": "b", "hers": "b", "its": "a"}, [ASKED]),
    ],
    ids=["strangers", "one of the house", "two of the house", "two of another house"],
)
def test_what_only_the_own_house_reads_is_asked_of_nobody(stewards: dict[str, str | None], expected: list[str]) -> None:
    assert asked(reading(stewards)) == expected


@pytest.mark.parametrize(("readers", "is_asked"), [(2, False), (3, True)])
def test_what_fewer_than_one_in_ten_peers_read_is_asked_of_nobody(readers: int, is_asked: bool) -> None:
    names = [f"f{number}" for number in range(28)]  # each with 27 peers
    landscape = small(
        dict.fromkeys(names, "framework") | {"saved": "standard"},
        tuple((name, "imports", "saved") for name in names[:readers]),
        ("imports",),
        Selector(kind=("standard",)),
        Selector(kind=("framework",)),
    )
    assert bool(asked(landscape.replacing(vocabulary=PRECEDENTED))) is is_asked


def test_what_is_there_in_part_or_discussed_may_be_asked_for_whoever_else_has_it() -> None:
    house: dict[str, str | None] = {"saved": "a", "his": "a", "hers": "a"}
    assert asked(reading(house, "partial")) == [ASKED]
    assert asked(tracked(reading(house))) == [ASKED]


def test_what_was_removed_is_less_likely_to_be_built_again_unless_somebody_discusses_it() -> None:
    found = {
        (support, where): [one.fix.builds for one in Fixes(Gaps(landscape)).top(None)]
        for support in ("none", "removed")
        for where, landscape in (("map", reading({}, support)), ("record", tracked(reading({}, support))))
    }
    assert found.pop(("removed", "map")) == [0.25]
    assert {*map(tuple, found.values())} == {(1.0,)}


def test_who_has_declined_one_standard_is_less_likely_to_build_another_of_its_aspect() -> None:
    landscape = tracked(reading({}), "declined")
    kinds = {"like": "standard", "other": "standard"}
    more = small(kinds, (), ("imports",), Selector(), Selector()).entries
    aspects = {"saved": "ir", "like": "ir", "other": "types"}
    entries = {name: replace(one, aspect=aspects.get(name)) for name, one in {**landscape.entries, **more}.items()}
    readers = [statement(name, "imports", to) for name in ("his", "hers") for to in kinds]
    found = Fixes(
        Gaps(
            landscape.replacing(
                entries=entries, statements=(*landscape.statements, *readers), kind_of={**landscape.kind_of, **kinds}
            )
        )
    ).top(None)
    builds = {str(one.fix): one.fix.builds for one in found if not one.fix.declined}
    its = {"its imports like": 1.0, "its imports other": 1.0}
    assert builds == {"mine imports other": 1.0, "mine imports like": 0.25, **its}


def peers(tags: dict[str, tuple[str, ...]], of: str) -> set[str]:
    landscape = small(dict.fromkeys(tags, "framework"), (), ("imports",), Selector(), Selector())
    entries = {name: replace(one, tags=tags[name]) for name, one in landscape.entries.items()}
    network = Network(landscape.replacing(entries=entries))
    return {network.ids[i] for i in Peers.of_network(network).group_of(network.index[of]).tolist()} - {of}


def test_a_tag_that_few_have_makes_no_peers_beside_one_that_many_have() -> None:
    deep = {f"d{i}": ("deep",) for i in range(5)}
    other = {f"o{i}": ("tables",) for i in range(5)}
    assert peers({**deep, **other, "flux": ("deep", "julia"), "turing": ("bayes", "julia")}, "flux") == {*deep}
    # Where no tag is usual, any counts; and where too few share one, all of the kind are peers.
    four = {f"f{i}": ("julia", f"x{i}") for i in range(4)}
    assert peers({**other, **four, "flux": ("julia", "y"), "y": ("y",)}, "flux") == {*four, "y"}
    assert peers({**other, "flux": ("julia",), "turing": ("julia",)}, "flux") == {*other, "turing"}


@pytest.mark.parametrize(
    ("support", "expected"),
    [(None, ["base imports saved"]), ("partial", ["base imports saved"]), ("full", [ASKED])],
    ids=["the base lacks it", "the base has it in part", "the base has it"],
)
def test_what_the_base_lacks_is_asked_of_the_base_alone(support: str | None, expected: list[str]) -> None:
    frameworks = ("base", "hers", "his", "its", "mine")
    landscape = small(
        dict.fromkeys(frameworks, "framework") | {"saved": "standard"},
        (*((name, "imports", "saved") for name in frameworks[1:4]), ("mine", "built-on", "base")),
        ("imports",),
        Selector(kind=("standard",)),
        Selector(kind=("framework",)),
    )
    there = (statement("base", "imports", "saved", support),) if support else ()
    assert asked(landscape.replacing(statements=(*landscape.statements, *there), vocabulary=PRECEDENTED)) == expected
    without_rule = replace(PRECEDENTED.relations["imports"], left_to=None)
    lax = replace(PRECEDENTED, relations={**PRECEDENTED.relations, "imports": without_rule})
    assert ASKED in asked(landscape.replacing(statements=(*landscape.statements, *there), vocabulary=lax))
