"""The public Python API."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import interop_landscape
from interop_landscape import loading
from interop_landscape.answers import html_table
from interop_landscape.errors import BadRequest, NoLandscape, NotInstalled, UnknownName
from interop_landscape.graph import build_graph
from interop_landscape.landscape import Landscape
from tests.conftest import Run
from tests.exchange.test_graphs import odd
from tests.landscapes import FIXTURE, SNAPSHOT
from tests.site.test_hostile import HOSTILE, hostile_landscape

TODAY = date(2026, 11, 30)
Ask = Callable[[interop_landscape.Landscape], Any]
ANSWERS: dict[tuple[str, ...], Ask] = {
    ("gaps", "--top", "0"): lambda landscape: landscape.gaps(),
    ("gaps", "--side", "south", "--from", "beta", "--from", "gamma"): lambda landscape: landscape.gaps(
        side="south", from_=["Beta", "gamma"]
    ),
    (
        "gaps",
        "--status",
        "missing",
        "--certainty",
        "confirmed",
        "--tag",
        "deep",
        "--rank",
        "unlocks",
    ): lambda landscape: landscape.gaps(status="missing", certainty="confirmed", tag="deep", rank="unlocks"),
    ("gaps", "--to", "npu", "--expectation", "compute", "--top", "2"): lambda landscape: landscape.gaps(
        to="npu", expectation="compute", top=2
    ),
    ("fixes", "--top", "0"): lambda landscape: landscape.fixes(),
    ("fixes", "--side", "middle", "--top", "1"): lambda landscape: landscape.fixes(side={"middle"}, top=1),
    ("path", "beta", "gpu"): lambda landscape: landscape.routes("Beta", "gpu"),
    ("path", "gamma", "gpu"): lambda landscape: landscape.routes("gamma", "gpu"),
    ("path", "gamma", "exch"): lambda landscape: landscape.routes("gamma", "exch"),
    ("score",): lambda landscape: landscape.score(),
    ("score", "--side", "south"): lambda landscape: landscape.score(side="south"),
    ("score", "--verified"): lambda landscape: landscape.score(verified=True),
    ("plan", "--steps", "3"): lambda landscape: landscape.plan(3),
    ("plan", "--side", "south", "--from", "beta", "--confirmed-only"): lambda landscape: landscape.plan(
        side="south", from_="beta", confirmed_only=True
    ),
}
"""What is asked of the command, and the same in Python."""


@pytest.fixture(scope="module")
def landscape() -> interop_landscape.Landscape:
    return interop_landscape.Landscape.load(FIXTURE, today=TODAY)


def public(value: Landscape) -> interop_landscape.Landscape:
    return interop_landscape.Landscape(**vars(value))


def test_a_public_landscape_loads_itself_from_its_folder_or_the_one_above(tmp_path: Path) -> None:
    value = loading.load(FIXTURE, today=TODAY)
    for folder in (FIXTURE, str(FIXTURE), FIXTURE.parent):
        loaded = interop_landscape.Landscape.load(folder, today=TODAY)
        assert isinstance(loaded, Landscape)
        assert [vars(loaded)[name] for name in ("entries", "records", "today")] == [
            value.entries, value.records, value.today
        ]  # fmt: skip
        assert len(loaded.statements) == len(value.statements)
    with pytest.raises(NoLandscape, match=r"holds no landscape\.yml"):
        interop_landscape.Landscape.load(tmp_path)


def test_what_is_derived_from_a_public_landscape_is_public_too(landscape: interop_landscape.Landscape) -> None:
    assert isinstance(landscape.replacing(statements=()), interop_landscape.Landscape)
    assert landscape.replacing(statements=()).graph().number_of_edges() == 0
    edge = landscape.parse_edge("beta exports exch")
    assert landscape.assuming([edge]).score().total.met > landscape.score().total.met


def test_it_is_shown_in_a_line(landscape: interop_landscape.Landscape) -> None:
    assert repr(landscape) == "<Landscape 'Fixture landscape': 14 entries, 13 statements>"
    hostile = repr(hostile_landscape())
    assert len(hostile) < 200
    assert hostile.isprintable()


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_an_answer_is_that_of_the_command(
    arguments: tuple[str, ...], landscape: interop_landscape.Landscape, run: Run
) -> None:
    answer = ANSWERS[arguments](landscape)
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([answer.columns, *answer.rows()])
    assert buffer.getvalue() == run(*arguments, "-d", FIXTURE, "-f", "csv").stdout
    assert len(repr(answer)) < 200


def test_a_slice_is_an_answer_too(landscape: interop_landscape.Landscape) -> None:
    gaps = landscape.gaps()
    assert list(gaps[1:3].rows()) == list(gaps.rows())[1:3]
    assert [gap.id for gap in gaps[1:3]] == [gaps[1].id, gaps[2].id]
    assert repr(gaps[:1]) == "<1 gap>"
    assert landscape.routes("beta", "gpu")[:0].verdict.answer == "yes"


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda landscape: landscape.gaps(side="sout"), UnknownName, "did you mean `south`"),
        (lambda landscape: landscape.gaps(status="mising"), UnknownName, "did you mean `missing`"),
        (lambda landscape: landscape.fixes(certainty=["presumed", "sure"]), UnknownName, "no certainty"),
        (lambda landscape: landscape.routes("alpha", "gpus"), UnknownName, "did you mean `gpu`"),
        (lambda landscape: landscape.routes("alpha", "Alpha"), BadRequest, "to itself"),
        (lambda landscape: landscape.score(side="nord"), UnknownName, "did you mean `north`"),
        (lambda landscape: landscape.plan(from_="alfab"), UnknownName, "did you mean"),
        (lambda landscape: landscape.gaps(sides="south"), TypeError, "sides"),
    ],
)
def test_what_is_not_there_is_told(
    ask: Ask, error: type[Exception], says: str, landscape: interop_landscape.Landscape
) -> None:
    with pytest.raises(error, match=says):
        ask(landscape)


def test_without_pandas_a_frame_says_what_to_install(
    landscape: interop_landscape.Landscape, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(NotInstalled, match="pip install pandas"):
        landscape.gaps().to_frame()


def test_frames_have_the_rows_of_answers(landscape: interop_landscape.Landscape) -> None:
    pytest.importorskip("pandas", reason="pandas is no requirement; without it the error is tested")
    for ask in ANSWERS.values():
        answer = ask(landscape)
        frame = answer.to_frame()
        assert list(frame.columns) == list(answer.columns)
        held = frame.astype(object).where(frame.notna(), None)
        assert list(held.itertuples(index=False, name=None)) == list(answer.rows())


class Reader(HTMLParser):
    """The tags of a table with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[tuple[str, tuple[tuple[str, str | None], ...]]] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


PLAIN = {
    ("div", (("class", "tex2jax_ignore mathjax_ignore"),)),
    *((tag, ()) for tag in ("p", "table", "tr", "th", "td")),
}


def test_nothing_hostile_runs_in_a_notebook() -> None:
    hostile = public(hostile_landscape())
    said = ""
    for shown in (hostile, *(ask(hostile) for name, ask in ANSWERS.items() if "--tag" not in name)):
        read = Reader(shown._repr_html_())
        assert read.tags <= PLAIN
        said += read.text
    assert said.count(HOSTILE[:60]) > 5


def test_a_table_in_a_notebook_is_short_and_shows_no_formula(landscape: interop_landscape.Landscape) -> None:
    table = html_table("a\u202eb <i>", ("<b>",), [("$x$ <script>",), (None,), (0.25,), ("y" * 5000,)] * 8)
    read = Reader(table)
    assert read.tags == PLAIN
    assert "a\\u202eb <i>" in read.text
    assert "<b>$x$ <script>0.25yyy" in read.text
    assert "… 12 more" in read.text
    assert len(table) < 5000
    assert "more" not in landscape._repr_html_()
    assert "<td>framework</td><td>4</td>" in landscape._repr_html_()


@pytest.mark.parametrize(
    "made",
    [FIXTURE, SNAPSHOT, odd, lambda _: hostile_landscape()],
    ids=["fixture", "snapshot", "odd", "hostile"],
)
def test_all_of_a_graph_survives_graphml(made: Any, tmp_path: Path) -> None:
    value = loading.load(made) if isinstance(made, Path) else made(tmp_path)
    graph = public(value).graph()
    nx.write_graphml(graph, tmp_path / "map.graphml")
    read: Any = nx.read_graphml(tmp_path / "map.graphml", force_multigraph=True)
    assert read.graph["title"] == graph.graph["title"]
    assert list(read.nodes(data=True)) == list(graph.nodes(data=True))
    assert read.edges == graph.edges
    assert all(read.edges[edge] == graph.edges[edge] for edge in graph.edges)
    assert set(graph.edges) == set(build_graph(value).edges)
    assert {edge for edge in graph.edges if graph.edges[edge]["halts"]} == {
        edge for edge, halts in build_graph(value).edges.items() if halts["halts"]
    }


def test_loading_imports_nothing_heavy() -> None:
    script = (
        "import sys, interop_landscape\n"
        f"interop_landscape.Landscape.load({str(FIXTURE)!r})\n"
        "print(*{'numpy', 'networkx', 'pandas', 'rich', 'jinja2', 'typer', 'mkdocs'} & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "\n"


def test_an_option_that_is_none_is_named() -> None:
    landscape = interop_landscape.Landscape.load(FIXTURE)
    with pytest.raises(TypeError, match="no option is called `sides`; one of side, from_"):
        landscape.gaps(sides="south")  # type: ignore[call-arg]
    assert len(landscape.gaps(side="south"))
