"""The JSON Schemas agree with the check wherever a schema can see the mistake, and are kept up to date."""

from __future__ import annotations

import copy
import dataclasses
import difflib
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from check_jsonschema import main as check_jsonschema  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from interop_landscape import loading
from interop_landscape.codes import CODES
from interop_landscape.landscape import Landscape
from interop_landscape.reading import models, statements
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.read import Kept
from interop_landscape.reading.source import FolderSource, SourceFile
from interop_landscape.reading.values import Value
from interop_landscape.writing.json_schema import (
    FOLDER,
    NAMES,
    _schema,
    file_name,
    schema_files,
    schema_text,
)
from tests.conftest import Run
from tests.landscapes import FIXTURE, SNAPSHOT, empty, fixture_with
from tests.strategies import examples

UNSEEN: Final = {
    "bad-result": "there is no schema of a probe's result",
    "stray-file": "a schema is not told the file's name",
    "renamed-entry": "a warning, and a schema has none",
    "impossible-sample": "a schema adds no numbers",
    "doubled-entry": "what other files state",
    "doubled-record": "what other files state",
    "wrong-folder": "a comment",
    "bad-licence": "there are hundreds, and expressions of them",
    "version-of-nothing": "a schema is asked little of several keys together",
    "versions-turned": "a schema compares no values",
    "searched-and-found": "a schema is asked little of several keys together",
    "missing-until": "a warning, and a schema has none",
    "future-date": "a schema does not know today",
    "stage-order": "a schema compares no values",
    "repeated-stage": "a schema compares no values",
    "clashing-names": "a schema compares no values",
    "stated-twice": "what other files state",
    "alias-collision": "what other files state",
    "missing-carries": "what other files state",
    "not-carried": "what other files state",
    "not-taken": "what other files state",
    "takes-both-ways": "what the vocabulary says of the relation",
    "unknown-closes": "a sentence that may hold names and aliases",
    "selects-nobody": "needs the entries",
    "missing-keyword": "a text is not read",
    "missing-test": "a schema is asked little of several keys together",
    "mixed-requirement": "a schema is asked little of several keys together",
    "skipped-id": "a schema adds no numbers",
    "unknown-requirement": "what another file defines",
    "missing-chapter": "a schema is not told of other files",
    "record-ahead": "needs the graph",
    "record-behind": "needs the graph",
    "anchor": "gone when a parser has read the file",
    "merge-key": "gone when a parser has read the file",
    "tag": "gone when a parser has read the file",
}
"""The codes whose examples a schema lets pass, and why it cannot do otherwise."""


def landscape_in(root: Path) -> Landscape:
    landscape, _ = loading.read(root)
    assert landscape is not None
    return landscape


KIND_OF_FOLDER: Final = {kind.folder: name for name, kind in landscape_in(SNAPSHOT).vocabulary.kinds.items()}


def write_schemas(root: Path, into: Path) -> Path:
    """The schemas of the landscape in `root` that know its ids, written to the folder `into`."""
    into.mkdir()
    landscape = landscape_in(root)
    for name in NAMES:
        (into / f"{name}.json").write_text(schema_text(landscape, name))
    for kind in landscape.vocabulary.kinds:
        (into / file_name(kind)).write_text(schema_text(landscape, "entry", kind))
    return into


def schema_of(path: str) -> str | None:
    """The schema's file for a file of the fixture or of the snapshot, None where there is none."""
    folder, _, name = path.rpartition("/")
    if folder in KIND_OF_FOLDER:
        return file_name(KIND_OF_FOLDER[folder])
    if folder == "gaps":
        return "record.json"
    if path == "specification/specification.yml":
        return "specification.json"
    stem = name.removesuffix(".yml")
    return f"{stem}.json" if not folder and stem in NAMES else None


def refused(schemas: Path, files: dict[Path, str]) -> dict[Path, str]:
    """What check-jsonschema says of those `files` (the schema's name by file) that it refuses."""
    told: dict[Path, str] = {}
    for schema in sorted(set(files.values())):
        mine = [str(path) for path, its_schema in files.items() if its_schema == schema]
        with redirect_stdout(io.StringIO()) as printed, pytest.raises(SystemExit) as ended:
            check_jsonschema(["-o", "json", "--schemafile", str(schemas / schema), *mine])
        assert ended.value.code in (0, 1), printed.getvalue()
        said = json.loads(printed.getvalue())
        told |= {Path(e["filename"]): f"{e['path']}: {e['message']}" for e in said.get("errors", [])}
        told |= {Path(e["filename"]): e["message"] for e in said.get("parse_errors", [])}
    return told


def written(folder: Path, cases: dict[str, tuple[str, str]]) -> dict[str, Path]:
    """Each case's (path, text) as a file in a folder of its own, by the case's name."""
    files = {}
    for name, (path, text) in cases.items():
        files[name] = folder / name / path
        files[name].parent.mkdir(parents=True)
        files[name].write_text(text)
    return files


def errors_of(root: Path, path: str, text: str, kept: Kept | None = None) -> set[str]:
    """The codes of the errors that the check finds in a file of `root` that would hold `text`."""
    _, problems = loading.from_source(Edited(root, path, text.encode()), kept=kept)
    return {problem.code for problem in problems if problem.path == path and problem.severity == "error"}


@dataclasses.dataclass(frozen=True)
class Edited:
    """A landscape's folder with one file changed or added."""

    root: Path
    path: str
    data: bytes
    label: str = ""

    def files(self) -> Iterator[SourceFile]:
        yield from (file for file in FolderSource(self.root, "").files() if file.path != self.path)
        yield SourceFile(self.path, self.data)


def test_every_file_that_the_check_accepts_is_accepted(tmp_path: Path) -> None:
    paths = {path: schema_of(path.relative_to(FIXTURE).as_posix()) for path in FIXTURE.rglob("*.yml")}
    schemas = write_schemas(FIXTURE, tmp_path / FOLDER)
    assert refused(schemas, {path: name for path, name in paths.items() if name}) == {}
    assert None not in paths.values()


def test_every_file_of_a_landscape_of_real_size_is_accepted() -> None:
    landscape = landscape_in(SNAPSHOT)
    paths = [path.relative_to(SNAPSHOT).as_posix() for path in SNAPSHOT.rglob("*.yml")]
    of_each_schema = {schema_of(path): path for path in paths}
    assert len(of_each_schema) > 10
    validators = {name: validator_of(path, landscape) for name, path in of_each_schema.items()}
    wrong = {
        path: [error.message for error in validators[schema_of(path)].iter_errors(load(SNAPSHOT / path))]
        for path in paths
    }
    assert {path: messages for path, messages in wrong.items() if messages} == {}


def test_the_examples_of_all_codes_are_refused_but_for_those_that_a_schema_cannot_see(tmp_path: Path) -> None:
    schemas = write_schemas(FIXTURE, tmp_path / FOLDER)
    shown = {code.name: code for code in CODES if code.bad and schema_of(code.path.replace(".yaml", ".yml"))}
    bad = written(tmp_path / "bad", {name: (code.path, code.bad) for name, code in shown.items()})
    good = written(tmp_path / "good", {name: (code.path, code.good) for name, code in shown.items() if code.good})
    names = {file: schema_of(shown[name].path.replace(".yaml", ".yml")) or "" for name, file in bad.items()}
    names |= {file: names[bad[name]] for name, file in good.items()}
    told = refused(schemas, names)
    assert {name: told.get(file) for name, file in good.items() if file in told} == {}
    assert {name for name, file in bad.items() if file not in told} == UNSEEN.keys() & shown.keys()
    assert UNSEEN.keys() <= {code.name for code in CODES}


HEAD: Final = "name: New\nsummary: A new one.\nhomepage: https://new.example.org\nstatus: active\n"
FACTS: Final = "support: full, checked: 2026-11-01, evidence: [{url: https://new.example.org, shows: a guide}]"
RULE: Final = "new:\n  side: south\n  why: An example.\n  from: {kind: framework}\n  to: {kind: backend}\n"
STAGE: Final = "stage: identified, date: 2026-10-01, note: found"


def new(more: str) -> tuple[str, str]:
    return "frameworks/new.yml", HEAD + more


def runs_on(facts: str) -> tuple[str, str]:
    return new(f"interop: {{runs-on: {{gpu: {{{facts}}}}}}}\n")


def rule(more: str) -> tuple[str, str]:
    return "expectations.yml", RULE + more


ROUTES: Final = "  routes: {a: runs-on}\n"
RECORD: Final = "title: New\ncloses: [beta exports exch]\n"

SPECIFICATION: Final = "specification/specification.yml"
REQUIREMENT: Final = (
    "title: T\nversion: '1'\ndate: 2026-11-01\nrequirements:\n  NEW-GN-01: {says: It MUST be., why: It is., "
    "of: {kind: framework}, expectations: [compute, exchange, fields], untested: No.}\n"
)
ACCEPTED: Final = {
    "a version that looks like a number": runs_on(FACTS + ", since: 1.10"),
    "words that were booleans once": new("tags: [no, on]\n"),
    "a tag of digits": new("tags: [2024]\n"),
    "a day in quotes": runs_on(FACTS.replace("2026-11-01", '"2026-11-01"')),
    "a day as a version": runs_on(FACTS + ", until: 2026-01-01"),
    "folded text": new("license: >-\n  Apache-2.0\n  OR MIT\n"),
    "emoji and joiners": runs_on(FACTS + ', note: "\\U0001F469\\u200d\\U0001F4BB"'),
    "a strange address": new("repo: https://xn--bcher-kva.example/@me?q=a@b#ü\n"),
    "several specifiers": runs_on(FACTS + ', requires: {a: ">= 1.2rc1, != 2.*,", b: ===foo}'),
    "no statements": new("interop: {}\n"),
    "a relation without statements": new("interop: {runs-on: {}}\n"),
    "an alias": new(f"interop: {{built-on: {{alfa: {{{FACTS}}}}}}}\n"),
    "partial with limits": runs_on(FACTS.replace("full", "partial") + ", limits: slow"),
    "an inverse": ("backends/new.yml", HEAD + f"resource: compute\ninterop: {{hosts: {{beta: {{{FACTS}}}}}}}\n"),
    "a route with everything": rule("  routes: {a: ' built-on* runs-on+  runs-on? '}\n"),
    "a weight": rule(ROUTES + "  weight: 0.5\n"),
    "no expectations": ("expectations.yml", "{}\n"),
    "a sample": ("samples.yml", "a: {date: 2026-11-01, seed: 0, drawn: 60, wrong: 1, faulty: 3, note: read}\n"),
    "a specification without requirements": (SPECIFICATION, "title: T\nversion: '1'\ndate: 2026-11-01\n"),
    "a requirement": (SPECIFICATION, REQUIREMENT),
    "a claim": new("claims: [{level: stated, url: https://new.example.org, date: 2026-11-01}]\n"),
    "a milestone ahead": ("milestones.yml", "far: {title: Far, due: 2999-01-01}\n"),
    "a kind defined beside its use": (
        "landscape.yml",
        "title: T\nkinds: {a: {folder: as, plural: as, summary: An a.}}\n"
        "relations: {x: {inverse: y, from: [a], to: [a], flows: both, reads: x}}\n",
    ),
}
REFUSED: Final = {
    "one stage twice": ("gaps/new.yml", RECORD + f"stages: [{{{STAGE}}}, {{{STAGE}}}]\n"),
    "nothing": new("license:\n"),
    "a tilde": new("license: ~\n"),
    "blank text": new('license: "  "\n'),
    "a mark of direction": new('license: "a\\u202eb"\n'),
    "a mapping for text": new("license: {MIT: yes}\n"),
    "one tag without brackets": new("tags: deep\n"),
    "no tags": new("tags: []\n"),
    "a tag with two hyphens": new("tags: [deep--learning]\n"),
    "a tag with a line break": new('tags: ["deep\\n"]\n'),
    "an address without host": new("repo: https:///x\n"),
    "an address with a space": new("repo: https://x.org/a b\n"),
    "another protocol": new("repo: git://x.org/a\n"),
    "an unknown steward": new("steward: gild\n"),
    "an unknown step": new("workflow: [trainning]\n"),
    "days in weeks": new("fresh-for: 3 weeks\n"),
    "no days": new("fresh-for: 0 days\n"),
    "a key of another kind": new("resource: compute\n"),
    "an unknown support": runs_on(FACTS.replace("full", "good")),
    "partial without limits": runs_on(FACTS.replace("full", "partial")),
    "no evidence": runs_on("support: none, checked: 2026-11-01, evidence: []"),
    "evidence without words": runs_on(FACTS.replace(", shows: a guide", "")),
    "evidence twice": runs_on(FACTS.replace("}]", "}, {url: https://new.example.org, shows: a guide}]")),
    "a day that is none": runs_on(FACTS.replace("2026-11-01", "2026-02-30")),
    "a day the other way round": runs_on(FACTS.replace("2026-11-01", "01.11.2026")),
    "a moment": runs_on(FACTS.replace("2026-11-01", "2026-11-01T12:00:00")),
    "a bare version": runs_on(FACTS + ", requires: {a: 18}"),
    "an empty window": runs_on(FACTS + ', requires: {a: ","}'),
    "no windows": runs_on(FACTS + ", requires: {}"),
    "an unknown probe": runs_on(FACTS + ", probe: new-gpu"),
    "an unknown cargo": runs_on(FACTS + ", carries: [wights]"),
    "a statement without facts": new("interop: {runs-on: {gpu: }}\n"),
    "a list of entries": new("interop: {runs-on: [gpu]}\n"),
    "an entry that is not there": new(f"interop: {{runs-on: {{gpus: {{{FACTS}}}}}}}\n"),
    "an entry of another kind": new(f"interop: {{runs-on: {{exch: {{{FACTS}}}}}}}\n"),
    "a relation of another kind": new(f"interop: {{works-with: {{alpha: {{{FACTS}}}}}}}\n"),
    "a relation turned round": new(f"interop: {{hosts: {{alpha: {{{FACTS}}}}}}}\n"),
    "a kind's key missing": ("backends/new.yml", HEAD),
    "a list": ("frameworks/new.yml", "- name: New\n"),
    "a route of an unknown relation": rule("  routes: {a: run-on}\n"),
    "a route of an inverse": rule("  routes: {a: hosts}\n"),
    "a route that may be skipped": rule("  routes: {a: runs-on? built-on*}\n"),
    "a route of too many steps": rule(f"  routes: {{a: {'runs-on ' * 13}}}\n"),
    "no routes": rule("  routes: {}\n"),
    "no weight": rule(ROUTES + "  weight: 0\n"),
    "an unknown end": ("expectations.yml", RULE.replace("kind: backend", "entries: [gpus]") + ROUTES),
    "an unknown tag": ("expectations.yml", RULE.replace("kind: backend", "without: tpu") + ROUTES),
    "a rule with a bad id": ("expectations.yml", (RULE + ROUTES).replace("new:", "New:")),
    "a record of nothing": ("gaps/new.yml", f"title: New\ncloses: []\nstages: [{{{STAGE}}}]\n"),
    "a stage without trace": ("gaps/new.yml", RECORD + "stages: [{stage: identified, date: 2026-10-01}]\n"),
    "an unknown milestone": ("gaps/new.yml", RECORD + f"milestone: last\nstages: [{{{STAGE}}}]\n"),
    "a sample of half a statement": (
        "samples.yml",
        "a: {date: 2026-11-01, seed: 0, drawn: 1.5, wrong: 1, faulty: 0}\n",
    ),
    "a requirement with an id in small letters": (SPECIFICATION, REQUIREMENT.replace("NEW", "new")),
    "a requirement that asks nobody": (SPECIFICATION, REQUIREMENT.replace("of: {kind: framework}, ", "")),
    "a level that is none": new("claims: [{level: best, url: https://new.example.org, date: 2026-11-01}]\n"),
    "a milestone without a day": ("milestones.yml", "far: {title: Far}\n"),
    "a vocabulary without kinds": ("landscape.yml", "title: T\nkinds: {}\n"),
    "a kind without a folder": ("landscape.yml", "title: T\nkinds: {a: {plural: as, summary: An a.}}\n"),
}
STRICTER: Final = {
    "text that YAML takes for a boolean, which editors would then offer": runs_on(FACTS + ", note: true"),
    "a number in quotes": rule(ROUTES + '  weight: "2"\n'),
    "a relation that the kind may not state, without a statement": new("interop: {hosts: {}}\n"),
}
"""What the check accepts and a schema does not."""
LOOSER: Final = {
    "a specifier of the right shape": runs_on(FACTS + ', requires: {a: "~=1"}'),
    "an entry joined to itself": ("frameworks/alpha.yml", HEAD + f"interop: {{built-on: {{alpha: {{{FACTS}}}}}}}\n"),
    "a number that reads as an integer": new("tags: [1.0]\n"),
    "a number without a leading digit": rule(ROUTES + "  weight: .5\n"),
    "a kind that its own file does not define": (
        "landscape.yml",
        "title: T\nkinds: {a: {folder: as, plural: as, summary: An a.}}\n"
        "relations: {x: {inverse: y, from: [a], to: [b], flows: both, reads: x}}\n",
    ),
    "a capital boolean": (
        "landscape.yml",
        "title: T\nkinds: {a: {folder: as, plural: as, summary: A.}}\nstages: {s: {name: S, final: True}}\n",
    ),
}
"""What a schema accepts and the check does not, besides the codes in `UNSEEN`."""


def test_schema_and_check_agree_on_good_and_bad_files(tmp_path: Path) -> None:
    schemas = write_schemas(FIXTURE, tmp_path / FOLDER)
    cases = ACCEPTED | REFUSED | STRICTER | LOOSER
    files = written(tmp_path / "cases", cases)
    told = refused(schemas, {files[name]: schema_of(path) or "" for name, (path, _) in cases.items()})
    refused_by_check = {name for name, (path, text) in cases.items() if errors_of(FIXTURE, path, text)}
    assert refused_by_check == REFUSED.keys() | LOOSER.keys()
    assert {name for name in cases if files[name] in told} == REFUSED.keys() | STRICTER.keys(), told


LANDSCAPE: Final = landscape_in(FIXTURE)
KEPT: Final[Kept] = {}


def load(path: Path) -> Any:
    """What a YAML file holds, as JSON would."""
    return json.loads(json.dumps(yaml.load(path.read_bytes(), yaml.CSafeLoader), default=str))


GOOD_FILES: Final = {
    path: load(FIXTURE / path)
    for path in (
        "frameworks/alpha.yml",
        "standards/exch.yml",
        "backends/gpu.yml",
        "gaps/alpha-exch.yml",
        "expectations.yml",
        "milestones.yml",
        "samples.yml",
        "landscape.yml",
    )
}
MODELS: Final[list[Any]] = [
    one for module in (models, statements) for one in vars(module).values() if dataclasses.is_dataclass(one)
]
KEYS: Final = sorted({"unknown"}.union(*(keys_of(model) for model in MODELS)))
VALUES: Final = [None, 0, 7, 1.5, -1, "", " ", "text", "Bad Id", "2026-02-30", "2026-01-01", "https://x.org", "partial"]
OTHERS: Final[list[Any]] = [*VALUES, [], ["a"], ["a", "a"], ["deep"], [None], {}, {"x": 1}, {"a": {}}]


def mappings_in(data: Any) -> Iterator[dict[str, Any]]:
    """The mappings in a file's data, the outermost first."""
    if isinstance(data, dict):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from mappings_in(inner)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, Any]:
    """A file of the fixture with a key dropped, added or given another value, up to twice: (path, data)."""
    path = draw(st.sampled_from(sorted(GOOD_FILES)))
    data = copy.deepcopy(GOOD_FILES[path])
    for _ in range(draw(st.integers(1, 2))):
        mapping = draw(st.sampled_from([one for one in mappings_in(data) if one] or [data]))
        keys = sorted(mapping)
        change = draw(st.sampled_from(["drop", "add", "replace"])) if keys else "add"
        key = draw(st.sampled_from(KEYS if change == "add" else keys))
        if change == "drop":
            del mapping[key]
        else:
            mapping[key] = copy.deepcopy(draw(st.sampled_from(OTHERS)))
    return path, data


def validator_of(path: str, landscape: Landscape) -> Draft202012Validator:
    """The validator of a file of a landscape, from the schema that refers to no other file."""
    folder, _, name = path.rpartition("/")
    kind = KIND_OF_FOLDER.get(folder)
    of = "entry" if kind else "record" if folder else name.removesuffix(".yml")
    schema = json.loads(schema_text(landscape, of, kind))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


VALIDATORS: Final = {path: validator_of(path, LANDSCAPE) for path in GOOD_FILES}


@examples(250)
@given(mutated())
def test_schema_and_check_agree_on_whatever_becomes_of_a_good_file(case: tuple[str, Any]) -> None:
    path, data = case
    seen = errors_of(FIXTURE, path, json.dumps(data), KEPT) - UNSEEN.keys()
    told = [f"{error.json_path}: {error.message}" for error in VALIDATORS[path].iter_errors(data)]
    if (path, seen) != ("landscape.yml", {"unknown-value"}):  # it may define the word itself
        assert bool(seen) == bool(told), (seen, told)


def kinds_of_values(of: type[Value] = Value) -> Iterable[type[Value]]:
    for one in of.__subclasses__():
        yield one
        yield from kinds_of_values(one)


def test_each_kind_of_value_has_its_schema() -> None:
    """Of those that people's files are read by; documents declare how values leave the program, with schemas of their
    own, and results of suites are written by the program alone."""
    others = ("interop_landscape.documents", "interop_landscape.reading.suites")
    read = [one for one in kinds_of_values() if not one.__module__.startswith(others)]
    assert len(read) > 10
    assert [one for one in read if _schema.dispatch(one) is _schema.dispatch(Value)] == []


OTHER_FIELD: Final = """\
title: Kitchens
kinds:
  record: {folder: records, plural: records, summary: A recording.}
  entry: {folder: doors, plural: doors, needs: [aspect], summary: A door.}
relations:
  leads-to: {inverse: comes-from, from: [record], to: [entry], flows: forward, reads: leads to}
aspects: {"1": {name: One}}
"""


@pytest.mark.parametrize("text", [None, OTHER_FIELD], ids=["empty", "another field"])
def test_any_vocabulary_gives_valid_schemas_that_accept_it(text: str | None, tmp_path: Path) -> None:
    root = empty(tmp_path)
    names = {f"{name}.json" for name in NAMES}
    if text is None:
        names.add("thing.json")
    else:
        (root / "landscape.yml").write_text(text)
        names |= {"record_.json", "entry_.json"}
    files = schema_files(landscape_in(root))
    assert files.keys() == names
    for schema in files.values():
        Draft202012Validator.check_schema(json.loads(schema))
    vocabulary = load(root / "landscape.yml")
    Draft202012Validator(json.loads(schema_text(landscape_in(root), "landscape"))).validate(vocabulary)


def test_a_new_entry_changes_no_file_of_the_folder_and_the_printed_schema_by_its_id(tmp_path: Path) -> None:
    after = landscape_in(
        fixture_with(
            tmp_path,
            {
                "frameworks/apple.yml": HEAD + "tags: [fresh]\n",
                "milestones.yml": "far: {title: Far, due: 2999-01-01}\nfirst-gaps: {title: First, due: 2999-01-01}\n",
            },
        )
    )
    assert schema_files(LANDSCAPE) == schema_files(after)
    one, other = (schema_text(landscape, "entry", "runtime").splitlines() for landscape in (LANDSCAPE, after))
    assert '+        "apple",' in list(difflib.unified_diff(one, other, n=0, lineterm=""))


def test_the_files_of_the_folder_accept_what_the_landscape_holds(tmp_path: Path) -> None:
    for name, text in schema_files(LANDSCAPE).items():
        (tmp_path / name).write_text(text)
    assert refused(tmp_path, {FIXTURE / path: schema_of(path) or "" for path in GOOD_FILES}) == {}


def test_the_command_lists_prints_and_writes(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {f"{FOLDER}/mine.json": "{}\n"})
    assert "to be written" in run("schema", "-d", root).stdout
    assert not (root / FOLDER / "entry.json").exists()
    first = run("schema", "--write", "-d", root)
    assert (first.returncode, first.stderr, first.stdout.count(": written\n")) == (0, "", 13)
    assert {p.name: p.read_text() for p in (root / FOLDER).iterdir()} == schema_files(LANDSCAPE) | {"mine.json": "{}\n"}
    (root / FOLDER / "record.json").write_text("{}")
    (root / FOLDER / "gone.json").write_text((root / FOLDER / "domain.json").read_text())
    stamps = {path.name: path.stat().st_mtime_ns for path in (root / FOLDER).iterdir()}
    second = run("schema", "--write", "-d", root).stdout.splitlines()
    assert [line.rpartition("/")[2] for line in second if "up to date" not in line] == [
        "gone.json: removed",
        "record.json: written",
    ]
    later = {path.name: path.stat().st_mtime_ns for path in (root / FOLDER).iterdir()}
    assert {name for name in stamps if stamps[name] != later.get(name)} == {"gone.json", "record.json"}
    assert run("check", "-d", root).returncode == 0
    printed = run("schema", "entry", "--kind", "backend", "-d", root)
    assert printed.stdout == schema_text(LANDSCAPE, "entry", "backend")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["record", "--kind", "backend"], "--kind belongs to"),
        (["entry", "--kind", "backends"], "did you mean `backend`?"),
        (["entry", "--write"], "omit `entry`"),
        (["entri"], "entri"),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments: list[str], says: str, run: Run) -> None:
    done = run("schema", *arguments, "-d", FIXTURE)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_schemas_need_none_of_the_heavy_modules() -> None:
    code = "import sys, interop_landscape.writing.json_schema, interop_landscape.cli.schema; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"networkx", "numpy", "mkdocs", "ruamel.yaml", "jinja2"}.isdisjoint(done.stdout.split())
