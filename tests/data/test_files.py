"""The files in `landscape/` are valid, canonical, and described by schemas that are current."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from interop_landscape import loading
from interop_landscape.landscape import Landscape
from interop_landscape.online.links import links_of
from interop_landscape.probing.grading import read_suite_back, suite_text
from interop_landscape.probing.results import read_back, result_text
from interop_landscape.writing.json_schema import FOLDER, file_name, outdated
from tests.conftest import Run
from tests.shipped import SHIPPED
from tests.writing.test_json_schema import schema_of


def test_nothing_is_wrong_and_everything_stated_has_evidence() -> None:
    landscape, problems = loading.read(SHIPPED)
    assert [str(p) for p in problems if p.severity == "error"] == []
    assert landscape is not None
    assert landscape.statements
    assert [str(s) for s in landscape.statements if not s.evidence] == []
    assert [str(s) for s in landscape.statements if s.support == "partial" and not s.limits] == []


@pytest.mark.parametrize("command", [["check"], ["fmt", "--check"]], ids=" ".join)
def test_the_commands_find_nothing_to_do(command: list[str], run: Run) -> None:
    done = run(*command, "-d", SHIPPED, clock=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_committed_schemas_are_current(shipped: Landscape) -> None:
    """`landscape schema --write` brings them up to date."""
    assert outdated(shipped, SHIPPED) == ([], [])


class Plain(yaml.CSafeLoader):
    """As editors read YAML: a date is a text."""


Plain.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for letter, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def test_the_committed_schemas_accept_every_file(shipped: Landscape) -> None:
    """With check-jsonschema's own validator; its reading of YAML would take most of a minute."""
    kinds = {kind.folder: name for name, kind in shipped.vocabulary.kinds.items()}
    schemas = {path.name: json.loads(path.read_text()) for path in (SHIPPED / FOLDER).glob("*.json")}
    registry = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in schemas.items())
    validators = {
        name: Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
        for name, schema in schemas.items()
    }
    told: list[tuple[Path, str]] = []
    used: set[str] = set()
    for path in SHIPPED.rglob("*.yml"):
        kind = kinds.get(path.parent.name)
        name = file_name(kind) if kind else schema_of(path.relative_to(SHIPPED).as_posix())
        assert name is not None, path
        content = yaml.load(path.read_text(), Plain)
        told += [(path, error.message) for error in validators[name].iter_errors(content)]
        used.add(name)
    assert used >= {file_name(kind) for kind in kinds.values()}
    assert told == []


def test_every_result_is_as_verify_writes_it() -> None:
    """Whoever edits one by hand says what no run has seen."""
    found = {path.name: path.read_text() for path in (SHIPPED / "probes" / "results").glob("*.json")}
    suites = {name for name in found if name.endswith(".suite.json")}
    assert suites < found.keys()
    edited = [name for name in suites if suite_text(read_suite_back(name.split(".")[0], found[name])) != found[name]]
    results = found.keys() - suites
    edited += [name for name in results if result_text(read_back(name.split(".")[0], found[name])) != found[name]]
    assert edited == []


def test_every_address_is_found_where_it_is_said_to_stand(shipped: Landscape) -> None:
    links = list(links_of(shipped))
    assert links
    for link in links:
        line = Path(link.path).read_text().splitlines()[link.line - 1]
        assert line[link.column - 1 :].startswith(link.address), link
