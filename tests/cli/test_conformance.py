"""`show --conformance`, `conformance` and `export specification`, as their users see them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from interop_landscape import Landscape
from interop_landscape.errors import UnknownName
from interop_landscape.exchange.database import filled
from tests.conftest import Run
from tests.landscapes import FIXTURE, empty
from tests.specification import REQUIREMENTS, TERMS, specified

CASES = {"show-conformance": ["show", "alpha", "--conformance"], "conformance": ["conformance"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return specified(tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_levels_are_told_with_their_reasons(
    name: str, folder: Path, run: Run, golden: Callable[[str, str], None]
) -> None:
    for columns in (60, 200):
        done = run(*CASES[name], "-d", folder, columns=columns)
        assert (done.returncode, done.stderr) == (0, "")
        assert max(map(len, done.stdout.splitlines())) <= columns
        golden(f"{name}-{columns}.txt", "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n")
    for output in ("json", "csv", "markdown"):
        golden(f"{name}.{output}", run(*CASES[name], "-d", folder, "-f", output).stdout)


def test_every_format_says_the_same_of_an_entry(folder: Path, run: Run) -> None:
    document = json.loads(run("conformance", "framework", "-d", folder, "-f", "json").stdout)
    rows = list(
        csv.DictReader(io.StringIO(run("conformance", "framework", "-d", folder, "-f", "csv").stdout, newline=""))
    )
    assert [one["id"] for one in document["entries"]] == [row["id"] for row in rows] == ["alpha", "beta", "gamma"]
    for one, row in zip(document["entries"], rows, strict=True):
        shown = json.loads(run("show", one["id"], "--conformance", "-d", folder, "-f", "json").stdout)
        levels = {standing["id"]: standing["level"] for standing in shown["standings"]}
        assert one["levels"] == levels
        assert {name: row[name] for name in levels} == {name: level or "not met" for name, level in levels.items()}
        assert (shown["level"], shown["reached"]) == (one["level"], one["reached"])


def test_python_and_the_database_say_the_same(folder: Path, run: Run) -> None:
    document = json.loads(run("conformance", "-d", folder, "-f", "json").stdout)
    landscape = Landscape.load(folder)
    found = landscape.conformance()
    assert list(found.rows()) == [tuple(one[key] for key in found.columns) for one in document["entries"]]
    assert [one.entry.id for one in landscape.conformance(kind="framework", tag="deep", top=1)] == ["alpha"]
    with pytest.raises(UnknownName, match="frame"):
        landscape.conformance(kind="frame")
    with closing(filled(landscape)) as connection:
        for one in document["entries"]:
            told = connection.execute("SELECT requirement, level FROM standings WHERE entry = ?", (one["id"],))
            assert dict(told.fetchall()) == one["levels"]
            told = connection.execute("SELECT level, reached FROM levels WHERE entry = ?", (one["id"],))
            assert told.fetchall() == [(one["level"], one["reached"])]
        tests = connection.execute("SELECT requirement, shows FROM requirement_tests JOIN probes ON probe = id")
        assert tests.fetchall() == [("FIX-SO-01", "Alpha runs on a GPU.")]
        gone = connection.execute("SELECT id, withdrawn FROM requirements WHERE withdrawn IS NOT NULL")
        assert gone.fetchall() == [("FIX-SO-04", "2026-10-30")]


def test_a_probe_may_belong_to_a_requirement_alone(folder: Path, run: Run) -> None:
    def is_told() -> bool:
        return "nothing names this probe" in run("check", "--stale", "-d", folder).stdout

    assert not is_told()
    path = folder / "specification" / "specification.yml"
    path.write_text(path.read_text().replace("tests: [alpha-gpu]", "untested: Nobody tried."))
    assert is_told()


def test_a_diff_tells_what_is_asked_otherwise(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "after").mkdir()
    more = REQUIREMENTS.replace("SHOULD name its licence", "MUST name its licence")
    more += REQUIREMENTS[REQUIREMENTS.index("  FIX-SO-04:") :].replace("SO-04", "SO-05")
    after = specified(tmp_path / "after", requirements=more)
    document = json.loads(run("diff", folder, after, "-d", folder, "-f", "json").stdout)
    (changed,) = document["requirements"]["changed"]
    assert (document["changed"], document["requirements"]["added"]) == (True, ["FIX-SO-05"])
    assert changed["name"] == "FIX-GN-01"
    assert [one["after"] for one in changed["fields"]] == ["A framework MUST name its licence."]
    said = run("diff", folder, after, "-d", folder).stdout
    assert "1 requirement added" in said
    assert "FIX-SO-05: A backend MUST hum." in said


def test_kinds_tags_and_top_narrow_the_list(folder: Path, run: Run) -> None:
    def ids(*arguments: str) -> list[str]:
        done = run("conformance", *arguments, "-d", folder, "-f", "json")
        return [one["id"] for one in json.loads(done.stdout)["entries"]]

    assert ids("runtimes") == ["runner"]
    assert ids("--tag", "deep") == ["alpha", "beta"]
    assert ids("--top", "1") == ["runner"]
    wrong = run("conformance", "frameworks-", "-d", folder)
    assert (wrong.returncode, "did you mean `frameworks`" in wrong.stderr) == (2, True)
    both = run("show", "alpha", "--conformance", "--to", "gpu", "-d", folder)
    assert (both.returncode, "do not go together" in both.stderr) == (2, True)


def test_without_a_specification_it_says_so(tmp_path: Path, run: Run) -> None:
    bare = empty(tmp_path)
    done = run("conformance", "-d", bare)
    assert done.returncode == 0
    assert "no specification" in " ".join(done.stdout.split())
    assert json.loads(run("conformance", "-d", bare, "-f", "json").stdout)["edition"]["version"] is None
    assert "nothing is asked of it" in run("show", "alpha", "--conformance", "-d", FIXTURE).stdout
    exported = run("export", "specification", "-d", bare)
    assert exported.returncode == 0
    assert "no specification" in exported.stdout


def test_the_specification_is_one_text_in_which_each_requirement_stands_once(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "specification.md"
    assert run("export", "specification", "-d", folder, "-o", target).returncode == 0
    text = target.read_text()
    assert "Version 0.3 of 2026-11-01." in text
    assert re.findall(r"^> \*\*(FIX-[A-Z]+-\d+)\*\*", text, re.MULTILINE) == [
        "FIX-GN-01",
        "FIX-GN-02",
        "FIX-SO-01",
        "FIX-SO-02",
        "FIX-SO-03",
        "FIX-SO-04",
    ]
    assert "[South](#south)" in text
    assert "*Tested by:* probe `alpha-gpu`." in text
    assert "not testable yet: No probe does it." in text
    assert text == run("export", "specification", "-d", folder).stdout
    again = run("export", "specification", "-d", folder, "-o", target)
    assert again.returncode == 0, "what an earlier run wrote is replaced"
    target.write_text("# My own\n")
    assert run("export", "specification", "-d", folder, "-o", target).returncode == 2
    assert target.read_text() == "# My own\n"


def test_hostile_words_of_requirements_stay_text_in_markdown_and_on_terminals(tmp_path: Path, run: Run) -> None:
    hostile = "A framework SHOULD ![x](javascript:alert(1)) <script>alert(2)</script> `code` **b** @name"
    root = specified(
        tmp_path, requirements=REQUIREMENTS.replace("A framework SHOULD name its licence.", f"'{hostile}'")
    )
    text = run("export", "specification", "-d", root).stdout
    assert "\\<script\\>" in text
    assert "<script>" not in text
    assert "!\\[x\\]" in text
    assert "<script>" in run("show", "alpha", "--conformance", "-d", root).stdout


def test_fmt_leaves_the_fixture_as_it_is_and_puts_keys_in_order(tmp_path: Path, run: Run) -> None:
    turned = REQUIREMENTS.replace(
        "    says: A framework SHOULD name its licence.\n    why: Others have to know.\n",
        "    why: Others have to know.\n    says: A framework SHOULD name its licence.\n",
    )
    assert turned != REQUIREMENTS
    root = specified(tmp_path, requirements=turned)
    assert run("fmt", "-d", root).returncode == 0
    assert (root / "specification" / "specification.yml").read_text() == REQUIREMENTS
    assert (root / "specification" / "terms.md").read_text() == TERMS
