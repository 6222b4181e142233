"""The files for programs, held against their own description, against the analyses, and against hostile names."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import networkx as nx
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker

from interop_landscape import loading
from interop_landscape.analysis.fixes import Fixes
from interop_landscape.analysis.gaps import GapFilter, Gaps
from interop_landscape.graph import build_graph
from interop_landscape.landscape import Landscape
from interop_landscape.site.badges import VERIFIED_BADGE, badge, badge_files, badge_path, level_badge_path, xml_text
from interop_landscape.site.build import files_of as files_for_programs
from interop_landscape.site.data import SiteData
from interop_landscape.site.history import History
from interop_landscape.site.openapi import PATHS
from tests.landscapes import FIXTURE, SNAPSHOT, empty, fixture_with, with_results
from tests.strategies import examples, landscapes

Files = dict[str, bytes]

TODAY = date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "A\"><script>alert('x')</script> & ]]> <!-- \uffff é 漢字"
HOSTILE_YAML = json.dumps(HOSTILE)


def files_of(landscape: Landscape) -> Files:
    listed = list(files_for_programs(SiteData(landscape), History(), None))
    files = dict(listed)
    assert len(files) == len(listed), "a path stands twice"
    return files


@pytest.fixture(scope="module", params=["fixture", "snapshot", "empty", "hostile"])
def landscape(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    folder = {"fixture": FIXTURE, "snapshot": SNAPSHOT}.get(request.param)
    if request.param == "empty":
        folder = empty(tmp_path_factory.mktemp("empty"))
    elif folder is None:
        folder = hostile(tmp_path_factory.mktemp("hostile"))
    return loading.load(folder, today=None if request.param == "snapshot" else TODAY)


@pytest.fixture(scope="module")
def files(landscape: Landscape) -> Files:
    return files_of(landscape)


def hostile(folder: Path) -> Path:
    """The fixture with an entry whose texts are hostile, and one that is called like the landscape's own badge."""
    alpha = (FIXTURE / "frameworks" / "alpha.yml").read_text().replace("name: Alpha", f"name: {HOSTILE_YAML}", 1)
    assert HOSTILE_YAML in alpha
    gamma = (FIXTURE / "frameworks" / "gamma.yml").read_text().replace("name: Gamma", "name: Landscape")
    return fixture_with(folder, {"frameworks/alpha.yml": alpha, "frameworks/landscape.yml": gamma})


def load(files: Files, path: str) -> Any:
    return json.loads(files[path])


def described(path: str) -> str:
    """The path of the description that fits a file."""
    if f"/{path}" in PATHS:
        return f"/{path}"
    shapes = (known for known in PATHS if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(known)), f"/{path}"))
    return max(shapes, key=len, default=f"/{path}")  # the badge of a level is no badge of an entry called so


def validate(files: Files) -> None:
    """Every file is described, everything described is there, and every document has just the keys described."""
    openapi = load(files, "api/v1/openapi.json")
    assert list(openapi["paths"]) == list(PATHS)
    validators = {}
    for path, operation in openapi["paths"].items():
        (held,) = operation["get"]["responses"]["200"]["content"].values()
        schema = {**held["schema"], "components": openapi["components"]}
        Draft202012Validator.check_schema(schema)
        validators[path] = Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
    index = load(files, "api/v1/index.json")
    several = {
        "id": index["entries"],
        "about": index["entries"],
        "expectation": index["matrices"],
        "period": index["changes"],
    }
    expected = {path for path in PATHS if all(several[name] for name in re.findall(r"\{(\w+)\}", path))}
    if not any(path.startswith("badges/") and path.count("/") == 2 for path in files):
        expected -= {"/badges/{id}/{about}.svg"}
    assert {described(path) for path in files} == expected
    for path, content in files.items():
        if path.endswith(".json"):
            errors = list(validators[described(path)].iter_errors(json.loads(content)))
            assert not errors, f"{path}: {errors[0].json_path}: {errors[0].message}"


def test_every_file_is_as_described(files: Files) -> None:
    validate(files)


@examples(15)
@given(landscapes())
def test_any_landscape_is_as_described(landscape: Landscape) -> None:
    files = files_of(landscape)
    validate(files)
    check_pairs(landscape, files)


def test_the_description_allows_nothing_else(files: Files) -> None:
    """All objects with keys of their own are closed, and ask for all but what is left out where it is null or empty."""

    def objects(schema: Any) -> Any:
        if isinstance(schema, dict) and isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
            yield schema
        inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        for one in inner:
            yield from objects(one)

    schemas = load(files, "api/v1/openapi.json")["components"]["schemas"]
    found = list(objects(schemas))
    assert len(found) > 60
    assert all(one["additionalProperties"] is False for one in found)
    lax = {
        name
        for name, one in schemas.items()
        if "properties" in one and set(one["properties"]) - set(one["required"]) - {"assumed"}
    }
    assert lax == {
        "Comparison",
        "ImportedEntry",
        "ListedEntry",
        "MatrixCell",
        "OtherCases",
        "ResultFile",
        "Specifier",
        "SuiteFile",
    }


def test_the_index_leads_to_every_document(landscape: Landscape, files: Files) -> None:
    index = load(files, "api/v1/index.json")
    base = "https://example.org/below/"
    led = {
        urljoin(f"{base}api/v1/index.json", address).removeprefix(base)
        for group in ("files", "entries", "matrices", "tables", "changes", "downloads", "feeds")
        for address in index[group].values()
    }
    under_old_ids = {f"api/v1/entries/{alias}.json" for one in landscape.entries.values() for alias in one.aliases}
    assert led == {path for path in files if not path.startswith("badges/")} - {"api/v1/index.json"} - under_old_ids


def check_pairs(landscape: Landscape, files: Files) -> None:
    """The pairs of each entry are the gaps that it is an end of and the met ones that its tally counts."""
    gaps = Gaps(landscape)
    assert load(files, "api/v1/gaps.json")["count"] == len(gaps) == load(files, "api/v1/index.json")["counts"]["gaps"]
    everything = gaps.top(None, most_fixes=0)
    for entry in landscape.entries:
        document = load(files, f"api/v1/entries/{entry}.json")
        mine = [gap for gap in everything if entry in (gap.source, gap.target)]
        for status in ("missing", "weak", "regressed"):
            assert sorted(document["pairs"][status]) == sorted(gap.id for gap in mine if gap.status == status)
            assert len(document["pairs"][status]) == document["tally"][status]
        assert len(document["pairs"]["met"]) == document["tally"]["met"]
        assert sum(side["expected"] for side in document["sides"].values()) == document["tally"]["expected"]
        told = {(s["from"], s["relation"], s["to"]) for s in document["statements"]}
        assert told == {s.edge for s in landscape.statements if entry in (s.source, s.target)}
        assert all(entry in (fix["from"], fix["to"]) for fix in document["fixes"])


def test_an_entry_has_its_pairs_and_statements(landscape: Landscape, files: Files) -> None:
    check_pairs(landscape, files)
    listed = {entry["id"]: entry for entry in load(files, "api/v1/entries.json")["entries"]}
    for name, row in listed.items():
        document = load(files, f"api/v1/entries/{name}.json")
        assert (row["score"], row["statements"]) == (document["tally"]["score"], len(document["statements"]))
    assert list(listed) == list(landscape.entries)


def test_what_several_files_hold_is_the_same(landscape: Landscape, files: Files) -> None:
    whole = load(files, "downloads/landscape.json")
    for name in ("entries", "statements", "expectations", "records", "milestones", "gaps"):
        assert whole[name] == load(files, f"api/v1/{name}.json")[name]
    for name in ("plan", "scores", "vocabulary"):
        assert whole[name] == load(files, f"api/v1/{name}.json")
    scores = whole["scores"]
    assert {status: len(ids) for status, ids in whole["pairs"].items()} == {s: scores[s] for s in whole["pairs"]}
    counts = load(files, "api/v1/index.json")["counts"]
    assert counts["statements"] == len(whole["statements"]) == len(landscape.statements)
    for name in ("entries", "expectations", "records", "milestones"):
        assert counts[name] == len(whole[name]) == len(getattr(landscape, name))


def test_gaps_are_the_most_valuable_with_three_fixes(landscape: Landscape, files: Files) -> None:
    listed = load(files, "api/v1/gaps.json")["gaps"]
    best = Gaps(landscape).top(None, GapFilter(), most_fixes=4)
    assert len(best) == load(files, "api/v1/gaps.json")["count"]
    assert [gap["id"] for gap in listed] == [gap.id for gap in best]
    assert [[(f["from"], f["to"]) for f in gap["fixes"]] for gap in listed] == [
        [(f.source, f.target) for f in gap.fixes[:3]] for gap in best
    ]


def test_tables_hold_every_value(landscape: Landscape, files: Files) -> None:
    tables = {
        name: list(csv.DictReader(io.StringIO(files[f"downloads/{name}.csv"].decode(), newline="")))
        for name in ("statements", "entries")
    }
    assert [(row["from"], row["relation"], row["to"]) for row in tables["statements"]] == [
        s.edge for s in landscape.statements
    ]
    for row, statement in zip(tables["statements"], landscape.statements, strict=True):
        assert row["limits"] == (statement.limits or "")
        assert row["evidence"].split() == [evidence.url for evidence in statement.evidence]
    named = [(row["id"], row["name"], row["summary"]) for row in tables["entries"]]
    assert named == [(e.id, e.name, e.summary) for e in landscape.entries.values()]


def test_the_graph_reads_back(landscape: Landscape, files: Files) -> None:
    graph = build_graph(landscape)
    read = nx.read_graphml(io.BytesIO(files["downloads/landscape.graphml"]), force_multigraph=True)
    assert read.number_of_nodes() == graph.number_of_nodes()
    assert sorted((a, b, held["relation"], held["live"]) for a, b, held in read.edges(data=True)) == sorted(
        (a, b, held["relation"], held["live"]) for a, b, held in graph.edges(data=True)
    )
    for node, held in graph.nodes(data=True):
        assert read.nodes[node]["name"] == held["name"].replace("\uffff", "\ufffd")
    names = [
        edge.get("id") for edge in ET.fromstring(files["downloads/landscape.graphml"]).iter() if "edge" in edge.tag
    ]
    assert len(names) == len(set(names)) == graph.number_of_edges()


def test_hostile_names_arrive_whole(tmp_path: Path) -> None:
    files = files_of(loading.load(hostile(tmp_path), today=TODAY))
    assert load(files, "api/v1/entries/alpha.json")["name"] == HOSTILE
    drawing = ET.fromstring(files["badges/alpha.svg"])
    assert drawing.find(f"{SVG}title") is not None
    assert drawing.findtext(f"{SVG}title", "").startswith(HOSTILE.replace("\uffff", "\ufffd") + " · interop: ")
    assert drawing.get("aria-label") == drawing.findtext(f"{SVG}title")
    assert {element.tag for element in drawing.iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "title", "path", "g", "text")
    }


def test_the_same_landscape_gives_the_same_bytes() -> None:
    """In processes that hash differently, so that no order is that of a set."""
    code = (
        "import sys, hashlib; from datetime import date; from interop_landscape import loading;"
        "from interop_landscape.site.data import SiteData; from interop_landscape.site.api import api_files;"
        "from interop_landscape.site.badges import badge_files;"
        "site_data = SiteData(loading.load(sys.argv[1], today=date(2026, 11, 22)));"
        "files = [*api_files(site_data), *badge_files(site_data)];"
        "print([(path, hashlib.sha256(data).hexdigest()) for path, data in files])"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", code, FIXTURE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert "badges/alpha.svg" in printed[0]


def test_a_badge_says_the_score_of_its_entry(landscape: Landscape, files: Files) -> None:
    for name in [None, *landscape.entries]:
        drawing = ET.fromstring(files[badge_path(name)])
        score = load(files, "api/v1/scores.json" if name is None else f"api/v1/entries/{name}.json")
        share = score["score"] if name is None else score["tally"]["score"]
        label, message = [element.text or "" for element in drawing.iter(f"{SVG}text")]
        assert label == "interop"
        if share is None:
            assert re.fullmatch(r"on the map|[\d,]+ (statements?|entr(y|ies))", message)
        else:
            assert abs(int(message.removesuffix(" %")) - share * 100) <= 1
        assert (drawing.get("role"), drawing.get("height")) == ("img", "20")


def test_badges_say_what_is_met_of_a_side_and_what_is_stated_of_a_standard(landscape: Landscape, files: Files) -> None:
    """And nothing else is there, but the same under old ids and for shields.io."""
    wanted: dict[str, str] = {VERIFIED_BADGE: "", badge_path(None): ""}
    for entry in landscape.entries.values():
        document = load(files, f"api/v1/entries/{entry.id}.json")
        for name in (entry.id, *entry.aliases):
            own = badge_path(name).removesuffix(".svg")
            wanted |= dict.fromkeys((f"{own}.svg", f"{own}.json", level_badge_path(name)), "")
            for side, tally in document["sides"].items():
                said = f"{landscape.vocabulary.sides[side].name}: {tally['met']:,} of {tally['expected']:,} met"
                wanted[f"{own}/{side}.svg"] = said
            for statement in document["statements"]:
                standard = landscape.entries[statement["to"]]
                mine = statement["from"] == entry.id and entry.aspect is None
                if mine and standard.aspect is not None and statement["support"] != "none":
                    wanted[f"{own}/{standard.id}.svg"] = statement["support"]
    assert {path for path in files if path.startswith("badges/")} == set(wanted)
    for path, said in wanted.items():
        if said:
            title = ET.fromstring(files[path]).findtext(f"{SVG}title", "")
            assert xml_text(said) in title, path


def test_the_badge_of_a_standard_says_since_when_it_is_verified() -> None:
    landscape = loading.load(FIXTURE, today=TODAY)
    stated = [replace(s, probe="proof") if s.target == "exch" else s for s in landscape.statements]
    verified = with_results(landscape.replacing(statements=tuple(stated)), {"proof": "pass"})
    files = dict(badge_files(SiteData(verified)))
    assert (
        ET.fromstring(files["badges/alpha/exch.svg"]).findtext(f"{SVG}title") == "Alpha · Exch: full, verified 2026-11"
    )
    assert "badges/beta/exch.svg" not in files, "a badge does not say that something is not there"


def test_shields_takes_the_badge_of_an_entry(landscape: Landscape, files: Files) -> None:
    for name in landscape.entries:
        path = badge_path(name)
        label, message = [element.text for element in ET.fromstring(files[path]).iter(f"{SVG}text")]
        endpoint = load(files, path.replace(".svg", ".json"))
        assert re.fullmatch("[0-9a-f]{6}", endpoint.pop("color"))
        assert endpoint == {"schemaVersion": 1, "label": label, "message": message}


def test_the_badge_of_the_landscape_is_not_that_of_an_entry(tmp_path: Path) -> None:
    files = files_of(loading.load(hostile(tmp_path), today=TODAY))
    assert "Fixture landscape" in files["badges/landscape.svg"].decode()
    assert "Landscape" in files[badge_path("landscape")].decode()


@pytest.mark.parametrize("share", [None, 0.0, 0.1, 0.25, 0.49, 0.5, 0.75, 0.99, 1.0])
def test_badges_can_be_read(share: float | None) -> None:
    """White text on every colour has a contrast of 4.5 at least, and texts stay within their halves."""
    drawing = ET.fromstring(badge("interop", "48 %", share))
    colours = [path.get("fill", "") for path in drawing.iter(f"{SVG}path")]
    assert len(set(colours)) == 2
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in colours)


@pytest.mark.parametrize("text", ["", "i", "interop", "W" * 40, "漢字かな交じり", "e\u0301", "<&>\"'", "100 %"])
def test_texts_stay_within_their_halves(text: str) -> None:
    drawing = ET.fromstring(badge("interop", text, 0.5))
    width = float(drawing.get("width", "0"))
    ends = []
    for element in drawing.iter(f"{SVG}text"):
        middle, length = float(element.get("x", "")), float(element.get("textLength", ""))
        ends += [middle - length / 2, middle + length / 2]
    assert ends == sorted(ends)
    assert ends[0] >= 3
    assert ends[-1] <= width - 3
    assert [element.text for element in drawing.iter(f"{SVG}text")] == [one for one in ("interop", text) if one]
    assert drawing.findtext(f"{SVG}title") == f"interop: {text}"


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_fixes_are_the_best_as_the_analysis_counts_them(landscape: Landscape, files: Files) -> None:
    document = load(files, "api/v1/fixes.json")
    fixes = Fixes(Gaps(landscape))
    best = fixes.top(60)
    assert document["count"] == len(fixes)
    assert [(fix["value"], fix["closes"]) for fix in document["fixes"]] == [
        (one.fix.value, [str(pair) for pair in one.closes]) for one in best
    ]
