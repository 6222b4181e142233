"""The drawings: what is drawn is what is stated, nothing overlaps, and hostile names stay text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given

from interop_landscape import loading
from interop_landscape.analysis.layout import layout
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry, Selector
from interop_landscape.site.data import SiteData
from interop_landscape.site.drawings import (
    MOST_NEIGHBOURS,
    _width,
    explore_document,
    neighbourhood_svg,
)
from tests.landscapes import FIXTURE, SNAPSHOT, empty
from tests.strategies import VOCABULARY, landscapes, small, statement

SVG = "{http://www.w3.org/2000/svg}"
SCRIPTS = Path(__file__).parents[2] / "site_templates/assets/js"


@cache
def site_data(folder: Path) -> SiteData:
    return SiteData(loading.load(folder))


def link(entry: str) -> str:
    return f"../{entry}/?a=1&b=2"


def drawn(svg: str) -> Mapping[str, ElementTree.Element]:
    """The neighbours' groups by id."""
    root = ElementTree.fromstring(svg)
    return {row.attrib["href"].split("/")[1]: row for row in root.iter(f"{SVG}a")}


def more(svg: str) -> int:
    root = ElementTree.fromstring(svg)
    texts = [t.text or "" for t in root.iter(f"{SVG}text") if t.get("class") == "ls-more"]
    return sum(int(text.split()[1].replace(",", "")) for text in texts)


def hub(entries: int) -> Landscape:
    """One framework and that many runtimes that import it."""
    kinds = {"hub": "framework"} | {f"r{i:02}": "runtime" for i in range(entries)}
    edges = tuple((f"r{i:02}", "imports", "hub") for i in range(entries))
    return small(kinds, edges, ("imports",), Selector(kind=("framework",)), Selector(kind=("runtime",)))


def renamed(landscape: Landscape, entry: str, name: str) -> Landscape:
    entries: dict[str, Entry] = dict(landscape.entries)
    entries[entry] = replace(entries[entry], name=name)
    return landscape.replacing(entries=entries)


@given(landscapes())
def test_exactly_the_live_neighbours_are_drawn(landscape: Landscape) -> None:
    these = SiteData(landscape)
    for entry in landscape.entries:
        live = [s for s in landscape.statements if s.live and entry in (s.source, s.target)]
        expected = {end for s in live for end in (s.source, s.target)} - {entry}
        svg = neighbourhood_svg(these, entry, link=link)
        assert bool(svg) == bool(expected)
        if svg:
            assert set(drawn(svg)) == expected
            for other, row in drawn(svg).items():
                best = min(
                    (s.support for s in live if other in (s.source, s.target)),
                    key=("full", "partial", "experimental").index,
                )
                assert f"support-{best}" in row.attrib["class"].split()


def test_models_come_from_the_left_and_go_to_the_right_whoever_states_it() -> None:
    kinds = {"f": "framework", "s": "standard", "r": "runtime", "b": "backend", "both": "standard"}
    edges = (
        ("f", "exports", "s"), ("r", "imports", "f"), ("f", "runs-on", "b"), ("f", "implements", "both"),
    )  # fmt: skip
    these = SiteData(small(kinds, edges, ("runs-on",), Selector(kind=("framework",)), Selector(kind=("backend",))))

    def side(of: str, other: str) -> tuple[bool, int]:
        """(whether it stands on the right, number of arrow heads)."""
        row = drawn(neighbourhood_svg(these, of, link=link))[other]
        head = next(p for p in row.iter(f"{SVG}path") if p.get("class") == "ls-head")
        return float(next(iter(row.iter(f"{SVG}tspan"))).attrib["x"]) > 220, head.attrib["d"].count("M")

    assert side("f", "s") == (True, 1)
    assert side("f", "r") == (True, 1)  # the runtime states it, and yet the model moves towards the runtime
    assert side("r", "f") == (False, 1)
    assert side("b", "f") == (False, 1)
    assert side("f", "both")[1] == 2


def test_the_rest_is_counted() -> None:
    svg = neighbourhood_svg(SiteData(hub(40)), "hub", link=link)
    assert len(drawn(svg)) == MOST_NEIGHBOURS
    assert more(svg) == 40 - MOST_NEIGHBOURS
    exact = neighbourhood_svg(SiteData(hub(MOST_NEIGHBOURS)), "hub", link=link)
    assert "ls-more" not in exact
    for entry in site_data(SNAPSHOT).landscape.entries:
        svg = neighbourhood_svg(site_data(SNAPSHOT), entry, link=link)
        live = {
            end for s in site_data(SNAPSHOT).statements_of.get(entry, ()) if s.live for end in (s.source, s.target)
        } - {entry}  # fmt: skip
        if svg:
            assert len(drawn(svg)) == min(len(live), MOST_NEIGHBOURS)
            assert len(drawn(svg)) + more(svg) == len(live)


def test_no_kind_crowds_out_another() -> None:
    svg = neighbourhood_svg(site_data(SNAPSHOT), "pytorch", link=link)
    landscape = site_data(SNAPSHOT).landscape
    statements = site_data(SNAPSHOT).statements_of["pytorch"]
    live = {end for s in statements if s.live for end in (s.source, s.target)} - {"pytorch"}
    assert {landscape.entries[e].kind for e in drawn(svg)} == {landscape.entries[e].kind for e in live}


@pytest.mark.parametrize("folder", [SNAPSHOT, FIXTURE])
def test_text_never_overlaps(folder: Path) -> None:
    these = site_data(folder)
    for entry in these.landscape.entries:
        svg = neighbourhood_svg(these, entry, link=link)
        if svg:
            assert_apart(svg)


@pytest.mark.parametrize("name", ["W" * 300, "長い名前" * 30, "a-" * 90, "x " * 100, "😀" * 40, "Ünïcödé Nämé Öf"])
def test_long_names_are_broken_and_cut(name: str) -> None:
    landscape = renamed(renamed(hub(3), "r01", name), "hub", name)
    assert_apart(neighbourhood_svg(SiteData(landscape), "hub", link=link))
    assert_apart(neighbourhood_svg(SiteData(landscape), "r01", link=link))


def assert_apart(svg: str) -> None:
    """No two lines of text share a place, and all are inside the picture."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    boxes: list[tuple[float, float, float, float, str]] = []
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size", root.attrib["font-size"]))
        for line in list(text) or [text]:
            words = line.text or ""
            wide = _width(words, size, bold="font-weight" in text.attrib)
            anchor = text.get("text-anchor", "start")
            left = float(line.attrib["x"]) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            base = float(line.attrib["y"])
            boxes.append((left, left + wide, base - 0.8 * size, base + 0.2 * size, words))
    for left, right, top, bottom, words in boxes:
        assert left >= -0.01, words
        assert right <= width + 0.01, words
        assert top >= -1, words
        assert bottom <= height, words
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            apart = a[0] >= b[1] or b[0] >= a[1] or a[2] >= b[3] or b[2] >= a[3]
            assert apart, (a, b)


def test_hostile_names_stay_text() -> None:
    name = "</svg><script>alert(1)</script>\"'&"
    landscape = renamed(renamed(hub(1), "r00", name), "hub", name)
    for entry in ("hub", "r00"):
        svg = neighbourhood_svg(SiteData(landscape), entry, link=lambda _: "\"><script>'")
        root = ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert [a.attrib["href"] for a in root.iter(f"{SVG}a")] == ["\"><script>'"]


def test_links_stand_outside_the_image() -> None:
    root = ElementTree.fromstring(neighbourhood_svg(site_data(SNAPSHOT), "onnx", link=link))
    image = next(g for g in root.iter(f"{SVG}g") if g.get("role") == "img")
    assert image.findtext(f"{SVG}title")
    assert image.findtext(f"{SVG}desc")
    assert not list(image.iter(f"{SVG}a"))


def test_layers_follow_the_vocabulary_from_north_to_south() -> None:
    landscape = site_data(SNAPSHOT).landscape
    places = layout(landscape)
    assert list(places) == list(landscape.entries)
    bands = [
        [y for entry, (_, y) in places.items() if landscape.entries[entry].kind == kind]
        for kind in landscape.vocabulary.kinds
    ]
    for upper, lower in pairwise(bands):
        assert max(upper) < min(lower)


def test_no_two_entries_of_a_row_stand_close() -> None:
    rows: dict[float, list[float]] = {}
    for x, y in layout(site_data(SNAPSHOT).landscape).values():
        rows.setdefault(y, []).append(x)
    assert all(right - left >= 149 for row in rows.values() for left, right in pairwise(sorted(row)))


def test_joined_entries_stand_nearer_than_others() -> None:
    landscape = site_data(SNAPSHOT).landscape
    places = layout(landscape)
    live = [s for s in landscape.statements if s.live]
    joined = sum(abs(places[s.source][0] - places[s.target][0]) for s in live) / len(live)
    xs = [x for x, _ in places.values()]
    anyhow = sum(abs(a - b) for a, b in product(xs, xs)) / len(xs) ** 2
    assert joined < 0.75 * anyhow


@given(landscapes())
def test_the_layout_hangs_on_nothing_but_the_landscape(landscape: Landscape) -> None:
    turned = landscape.replacing(statements=tuple(reversed(landscape.statements)))
    assert layout(landscape) == layout(turned)
    assert len(set(layout(landscape).values())) == len(landscape.entries)


@pytest.mark.parametrize("folder", [SNAPSHOT, FIXTURE])
def test_the_document_says_what_the_statements_say(folder: Path) -> None:
    landscape = site_data(folder).landscape
    document = json.loads(json.dumps(explore_document(site_data(folder))))
    assert document["schema"] == "explore/v1"
    ids = [node[0] for node in document["nodes"]]
    relations = [relation["id"] for relation in document["relations"]]
    edges = [
        (ids[source], relations[relation], ids[target], document["supports"][support])
        for source, target, relation, support in document["edges"]
    ]
    assert edges == [(*s.edge, s.support) for s in landscape.statements if s.live]
    for entry_id, name, kind, _, _, steward, tags, status in document["nodes"]:
        entry = landscape.entries[entry_id]
        assert (name, status) == (entry.name, entry.status)
        assert document["kinds"][kind]["id"] == entry.kind
        assert (document["stewards"][steward]["id"] if steward >= 0 else None) == entry.steward
        assert tuple(document["tags"][tag] for tag in tags) == entry.tags


def test_nothing_is_no_problem(tmp_path: Path) -> None:
    document = explore_document(SiteData(loading.load(empty(tmp_path))))
    assert document["nodes"] == document["edges"] == []
    alone = Landscape(vocabulary=VOCABULARY, today=hub(1).today, entries={"hub": hub(1).entries["hub"]})
    assert neighbourhood_svg(SiteData(alone), "hub", link=link) == ""
    dead = hub(1).replacing(statements=(statement("r00", "imports", "hub", "removed"),))
    assert neighbourhood_svg(SiteData(dead), "hub", link=link) == ""
    assert explore_document(SiteData(dead))["edges"] == []


def test_no_script_writes_data_as_markup() -> None:
    scripts = sorted(SCRIPTS.rglob("*.js"))
    assert len(scripts) > 10
    for script in scripts:
        text = script.read_text()
        for call in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert call not in text, script.name
