"""`landscape fmt`: canonical, idempotent, and nothing of what people wrote is lost."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from interop_landscape.errors import BadRequest
from interop_landscape.reading.models import Entry, Expectation
from interop_landscape.writing.canonical import POINTER, canonical, written
from tests.conftest import Run
from tests.landscapes import FIXTURE, SNAPSHOT, empty, fixture_with

WILD = """\
# Kept by the guild.

# who
status:   "active"   # for now
name: 'New'


summary: >-
  A framework
  in two lines.
homepage: https://new.example.org  # its home
tags: [ deep,   # the first
  trees ]
unheard-of: {b: 1, a: 2}
interop:
  runs-on:
    npu: {support: full, checked: 2026-11-01, evidence: [{shows: "a guide", url: https://new.example.org/#L1}]}
    # ends runs-on

  # about exchange
  exports:
    exch:
      evidence:
      - shows: "says: yes"
        url: https://new.example.org
        # ends this evidence
      # about the version
      since: "1.0"
      support: partial
      limits: 'no'
      carries: [neural-graph]
      requires: {driver: '>=18'}
      checked: 2026-11-01
  # ends interop
# ends the file
"""
TAME = """\
# Kept by the guild.

name: New

summary: A framework in two lines.
homepage: https://new.example.org  # its home
# who
status: active  # for now
tags:
  - deep  # the first
  - trees
interop:

  # about exchange
  exports:
    exch:
      support: partial
      carries: [neural-graph]
      # about the version
      since: "1.0"
      requires: {driver: ">=18"}
      limits: "no"
      checked: 2026-11-01
      evidence:
        - url: https://new.example.org
          shows: "says: yes"
          # ends this evidence
  runs-on:
    npu:
      support: full
      checked: 2026-11-01
      evidence:
        - url: https://new.example.org/#L1
          shows: a guide
    # ends runs-on
  # ends interop
unheard-of: {b: "1", a: "2"}
# ends the file
"""


def test_a_wild_file_is_tamed_with_every_comment_in_its_place() -> None:
    assert canonical(WILD.encode(), Entry).decode() == TAME
    assert canonical(TAME.encode(), Entry).decode() == TAME


def test_the_schema_of_the_first_line_is_set_once() -> None:
    pointed = f"{POINTER}../.schema/framework.json\n{TAME}"
    assert canonical(WILD.encode(), Entry, "../.schema/framework.json").decode() == pointed
    assert canonical(pointed.encode(), Entry, "../.schema/framework.json").decode() == pointed
    assert canonical(pointed.encode(), Entry).decode() == TAME


def test_sections_and_their_order_stay_where_they_order_something() -> None:
    rules = (SNAPSHOT / "expectations.yml").read_bytes()
    again = canonical(rules, Expectation, ".schema/expectations.json")
    assert again == rules


ODD = """deep|no|1.10|12:30|2026-11-01|~|é #x|a: b|#c|- d||it's|"q"| lead|tail |0x1F|1e3|{}|[a]|!t|&a|@|%|😀|y|=|<<"""
words = st.sampled_from(
    [*ODD.split("|"), "|", "null", ">", "?", "? a", "a:", ",", "x\ny", "x\n\ny\n", "x\n", " \nx", "x\n\n"]
)
comment = st.sampled_from(["", "", "", "# one", "# two: three", "#", '# "quoted', "# [1, 2"])


@st.composite
def wild_entries(draw: st.DrawFn) -> str:
    """An entry file with keys in any order, texts quoted in any way that works, comments and blank lines anywhere."""

    def text(value: str) -> str:
        style = draw(st.sampled_from(["'", '"']))
        return yaml.dump(value, default_style=style, allow_unicode=True, width=1000).strip()

    def noise(indent: int) -> str:
        lines = draw(st.lists(st.sampled_from(["", "# above", "  # deeper", "# [odd"]), max_size=2))
        return "".join(f"{' ' * indent if line else ''}{line}\n" for line in lines)

    def behind() -> str:
        found = draw(comment)
        return f"  {found}" if found else ""

    keys = draw(st.permutations(["name", "summary", "status", "tags", "interop", "unknown"]))
    out = noise(0)
    for key in keys[: draw(st.integers(1, 6))]:
        out += noise(0)
        if key == "tags":
            out += f"tags: [{', '.join(draw(st.lists(st.sampled_from(['a', 'b-c', 'd1']), max_size=3)))}]{behind()}\n"
        elif key == "interop":
            out += f"interop:{behind()}\n"
            for relation in draw(st.permutations(["runs-on", "exports"])):
                out += f"{noise(2)}  {relation}:{behind()}\n"
                for other in draw(st.permutations(["gpu", "npu"])):
                    out += f"{noise(4)}    {other}:{behind()}\n"
                    for name in draw(st.permutations(["support", "limits", "since", "evidence"])):
                        out += noise(6)
                        if name == "evidence":
                            out += f"      evidence:{behind()}\n"
                            for _ in range(draw(st.integers(1, 2))):
                                out += f"{noise(8)}        - shows: {text(draw(words))}{behind()}\n"
                                out += f"{noise(10)}          url: {text(draw(words))}{behind()}\n"
                        else:
                            out += f"      {name}: {text(draw(words))}{behind()}\n"
        else:
            out += f"{key}: {text(draw(words))}{behind()}\n"
    return out + noise(0)


def comments_in(text: str) -> Counter[str]:
    """Every comment as ruamel.yaml, another parser, finds them."""
    found: Counter[str] = Counter()

    def collect(value: object) -> None:
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, list | tuple):
                collect(one)
            elif one is not None and hasattr(one, "value"):
                found.update(line.strip() for line in str(one.value).split("\n") if line.strip().startswith("#"))
            elif isinstance(one, str):
                found.update([one.strip()] if one.strip() else [])

    for token in YAML().scan(text):
        collect(getattr(token, "_comment", None))
    return found


@given(wild_entries())
def test_what_it_means_stays_and_once_is_enough(text: str) -> None:
    made = canonical(text.encode(), Entry).decode()
    assert canonical(made.encode(), Entry).decode() == made
    for loader in (yaml.CBaseLoader, yaml.CSafeLoader):
        try:
            before = yaml.load(text, loader)
        except (ValueError, yaml.YAMLError):
            continue
        assert yaml.load(made, loader) == before
    assert YAML(typ="safe").load(made) == YAML(typ="safe").load(text)
    assert comments_in(made) == comments_in(text)
    assert all(len(line) == len(line.rstrip()) for line in made.splitlines())
    assert "\n\n\n" not in made


@given(
    st.dictionaries(st.sampled_from(["name", "summary", "homepage", "license"]), words.filter(str.strip), min_size=1)
)
def test_a_new_file_says_what_it_was_given_to_any_parser(values: dict[str, str]) -> None:
    text = written(values, Entry)
    assert yaml.load(text, yaml.CSafeLoader) == values
    assert YAML(typ="safe").load(io.StringIO(text)) == values


@pytest.mark.parametrize("text", ["a: [", "a: &x 1\n", "- 1\n--- \n", ""])
def test_what_cannot_be_composed_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(BadRequest, match=r"^\d+:\d+: "):
        canonical(text.encode(), Entry)


def test_the_command_changes_what_must_change_and_nothing_else(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": WILD, "frameworks/bad.yml": "name: ["})
    (root / "frameworks" / "bad.yml").unlink()
    run("fmt", "-d", root)
    (root / "frameworks" / "new.yml").write_text(WILD)
    (root / "frameworks" / "new.yml").chmod(0o640)
    times = {path: path.stat().st_mtime_ns for path in root.rglob("*.yml")}
    looked = run("fmt", "--check", "-d", root)
    assert (looked.returncode, looked.stdout.splitlines()[0]) == (1, f"--- {root}/frameworks/new.yml")
    assert '-status:   "active"   # for now' in looked.stdout
    assert "1 file would change" in looked.stderr
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*.yml")} == times
    done = run("fmt", "-d", root)
    assert (done.returncode, done.stdout) == (0, f"{root}/frameworks/new.yml\n")
    assert (root / "frameworks" / "new.yml").read_text() == TAME
    assert stat.S_IMODE((root / "frameworks" / "new.yml").stat().st_mode) == 0o640
    changed = [path for path in root.rglob("*.yml") if path.stat().st_mtime_ns != times[path]]
    assert [path.name for path in changed] == ["new.yml"]
    assert run("fmt", "--check", "-d", root).returncode == 0


def test_a_broken_file_is_told_and_the_others_are_formatted(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": WILD, "frameworks/bad.yml": "name: [\n"})
    done = run("fmt", "-d", root)
    assert done.returncode == 2
    assert f"{root}/frameworks/bad.yml:2:1: syntax" in done.stderr
    assert (root / "frameworks" / "new.yml").read_text() == TAME
    assert (root / "frameworks" / "bad.yml").read_text() == "name: [\n"


def test_it_keeps_the_schemas_of_editors_current(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    assert run("schema", "--write", "-d", root).returncode == 0
    assert run("fmt", "-d", root).returncode == 0
    assert (root / "gaps").glob("*.yml").__next__().read_text().startswith(f"{POINTER}../.schema/record.json\n")
    more = (root / "frameworks" / "omega.yml").read_text().replace("name: Omega", "name: Omega 2")
    (root / "frameworks" / "omega2.yml").write_text(more)
    assert run("fmt", "--check", "-d", root).returncode == 0  # a new entry is one file and nothing else
    manifest = root / "landscape.yml"
    manifest.write_text(manifest.read_text().replace("  weights: {name: weights}", "  weights: {name: Weights}"))
    looked = run("fmt", "--check", "-d", root)
    assert looked.returncode == 1
    assert f"{root}/.schema/entry.json: outdated" in looked.stdout
    run("fmt", "-d", root)
    assert run("fmt", "--check", "-d", root).returncode == 0


def test_an_empty_landscape_is_canonical(run: Run, tmp_path: Path) -> None:
    assert run("fmt", "--check", "-d", empty(tmp_path)).returncode == 0


def test_it_starts_without_what_it_does_not_need() -> None:
    code = "import sys; sys.argv = ['landscape', 'fmt', '--check', '-d', sys.argv[1]]\n"
    code += "from interop_landscape.cli import main\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print(sorted({'networkx', 'numpy', 'mkdocs', 'jinja2', 'httpx'} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, str(FIXTURE)], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_an_unwritable_file_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/new.yml": WILD})
    outside = tmp_path / "outside.yml"
    outside.write_text(WILD)
    (root / "frameworks" / "new.yml").unlink()
    os.symlink(outside, root / "frameworks" / "new.yml")
    run("fmt", "-d", root)
    assert outside.read_text() == WILD
