"""Reading whole landscapes: everything wrong is told at once, in a stable order, whatever the order of files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interop_landscape import loading
from interop_landscape.errors import InvalidLandscape, NoLandscape
from interop_landscape.graph import build_graph
from interop_landscape.ids import Edge
from interop_landscape.reading.source import FolderSource, SourceFile, find_landscape
from tests.landscapes import FIXTURE, empty, fixture_with
from tests.strategies import examples

TODAY = date(2026, 11, 22)


@dataclass
class Shuffled:
    """The fixture's files in another order, and the keys of its entries too."""

    seed: int
    label: str = "landscape"

    def files(self) -> Iterator[SourceFile]:
        chance = random.Random(self.seed)
        files = list(FolderSource(FIXTURE, "").files())
        chance.shuffle(files)
        for file in files:
            yield SourceFile(file.path, self._turned(file, chance))

    @staticmethod
    def _turned(file: SourceFile, chance: random.Random) -> bytes:
        blocks: list[str] = []
        for line in file.data.decode().splitlines(keepends=True):
            if line[0] in " #" and blocks:
                blocks[-1] += line
            else:
                blocks.append(line)
        if "/" in file.path:  # the order of the vocabulary and of the rules has a meaning
            chance.shuffle(blocks)
        return "".join(blocks).encode()


@examples(20)
@given(st.integers(0, 10_000))
def test_order_of_files_and_keys_changes_nothing(seed: int) -> None:
    plain, none = loading.from_source(FolderSource(FIXTURE, "landscape"), today=TODAY)
    turned, none_either = loading.from_source(Shuffled(seed), today=TODAY)
    assert none == none_either == []
    assert plain is not None
    assert turned is not None
    assert [str(s) for s in plain.statements] == [str(s) for s in turned.statements]
    assert list(plain.entries) == list(turned.entries)
    from interop_landscape.analysis.gaps import Gaps

    assert [g.id for g in Gaps(plain).top(None)] == [g.id for g in Gaps(turned).top(None)]


def test_all_problems_of_all_files_come_at_once_and_in_order(tmp_path: Path) -> None:
    root = fixture_with(
        tmp_path,
        {
            "frameworks/new.yml": "nam: x\nstatus: alive\nhomepage: ftp://x\n"
            "interop:\n  runs-on:\n    gpuu: {support: ful}\n",
            "backends/zed.yml": "name: [x]\nsummary: ''\nhomepage: https://zed.example.org\nstatus: active\n",
            "expectations.yml": "x:\n  routes: {a: 'runs-on ?'}\n",
        },
    )
    _, problems = loading.read(root, label="landscape", today=TODAY)
    places = [(p.path, p.line, p.column) for p in problems]
    assert places == sorted(places)
    assert {p.path for p in problems} == {
        "landscape/backends/zed.yml", "landscape/expectations.yml", "landscape/frameworks/new.yml"
    }  # fmt: skip
    assert [(p.path.rpartition("/")[2], p.line, p.code) for p in problems] == [
        ("zed.yml", 1, "missing-key"),  # resource
        ("zed.yml", 1, "wrong-type"),  # a list for a name
        ("zed.yml", 2, "wrong-type"),  # an empty summary
        *[("expectations.yml", 2, "missing-key")] * 4,  # side, why, from, to
        ("expectations.yml", 2, "bad-pattern"),
        ("new.yml", 1, "missing-key"),  # summary
        ("new.yml", 1, "unknown-key"),
        ("new.yml", 2, "unknown-value"),
        ("new.yml", 3, "bad-url"),
        ("new.yml", 6, "unknown-entry"),
        ("new.yml", 6, "missing-evidence"),
        ("new.yml", 6, "missing-key"),  # checked
        ("new.yml", 6, "unknown-value"),
    ]


def test_a_statement_survives_the_mistakes_around_it(tmp_path: Path) -> None:
    """A mistake in one key of an entry does not hide what is wrong with its statements."""
    text = (FIXTURE / "frameworks" / "alpha.yml").read_text().replace("name: Alpha", "nam: Alpha")
    root = fixture_with(tmp_path, {"frameworks/alpha.yml": text.replace("    gpu:", "    gpuu:")})
    _, problems = loading.read(root)
    assert {p.code for p in problems} == {"unknown-key", "unknown-entry"}


def test_problems_refuse_the_analysis_with_their_count(tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": "name: x\n"})
    with pytest.raises(InvalidLandscape, match="3 problems; run `landscape check`"):
        loading.load(root)


def test_an_empty_landscape_loads(tmp_path: Path) -> None:
    landscape = loading.load(empty(tmp_path))
    assert build_graph(landscape).number_of_nodes() == 0


def test_a_folder_without_a_landscape_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoLandscape, match=r"landscape\.yml"):
        loading.load(tmp_path)
    with pytest.raises(NoLandscape):
        find_landscape(tmp_path)


def test_the_nearest_landscape_is_found_from_below(tmp_path: Path) -> None:
    root = empty(tmp_path)
    below = root / "things"
    below.mkdir()
    assert find_landscape(below) == find_landscape(tmp_path) == root


def test_a_statement_may_stand_at_either_end(tmp_path: Path) -> None:
    text = (FIXTURE / "backends" / "gpu.yml").read_text() + (
        "interop:\n  hosts:\n    beta:\n      support: full\n      checked: 2026-11-01\n"
        "      evidence: [{url: https://gpu.example.org/beta, shows: a build}]\n"
    )
    landscape = loading.load(fixture_with(tmp_path, {"backends/gpu.yml": text}))
    statement = landscape.by_edge[Edge("beta", "runs-on", "gpu")]
    assert statement.inverted
    assert statement.stated_by == "gpu"


def test_a_statement_by_alias_leads_to_the_entry(tmp_path: Path) -> None:
    text = (FIXTURE / "frameworks" / "beta.yml").read_text().replace("    alpha:", "    alfa:")
    landscape, problems = loading.read(fixture_with(tmp_path, {"frameworks/beta.yml": text}))
    assert [(p.code, p.severity) for p in problems] == [("renamed-entry", "warning")]
    assert landscape is not None
    assert Edge("beta", "built-on", "alpha") in landscape.by_edge


def test_stale_is_a_year_or_what_the_entry_says() -> None:
    landscape = loading.load(FIXTURE, today=TODAY)
    stale = {str(s) for s in landscape.statements if landscape.is_stale(s)}
    assert stale == {"gamma exports exch"}
    later = loading.load(FIXTURE, today=TODAY + timedelta(days=360))
    assert all(later.is_stale(s) for s in later.statements)


def test_the_graph_flows_the_way_a_model_does() -> None:
    graph = build_graph(loading.load(FIXTURE, today=TODAY))
    assert graph.has_edge("exch", "runner", key="runner imports exch")
    assert graph.has_edge("alpha", "tens", key="alpha implements tens")
    assert graph.has_edge("tens", "alpha", key="alpha implements tens")
    assert not graph["alpha"]["npu"]["alpha runs-on npu"]["live"]
    assert graph["alpha"]["exch"]["alpha exports exch"]["carries"] == ("neural-graph", "weights")


def test_a_key_that_a_kind_needs_is_asked_for_with_the_words_to_choose_from(tmp_path: Path) -> None:
    text = (FIXTURE / "standards" / "tens.yml").read_text()
    _, problems = loading.read(fixture_with(tmp_path, {"standards/new.yml": text.replace("carries: [tensors]\n", "")}))
    ((code, message, hint),) = [
        (found.code, found.message, found.hint) for found in problems if found.severity == "error"
    ]
    assert code == "missing-key"
    assert message.startswith("a standard needs the key `carries`: its cargo: what crosses with a standard")
    assert hint == "add `carries:` with some of neural-graph, classical-graph, weights, tensors"
