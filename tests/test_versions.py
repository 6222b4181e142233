"""The files of versions say what pyproject.toml says, and every package that the program imports is declared."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent
OWN = {"interop_landscape", "tests", "benchmarks", "landscape_probe"}


def versions() -> ModuleType:
    spec = importlib.util.spec_from_file_location("versions", PROJECT / "requirements" / "versions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def declared(*extras: str) -> list[Requirement]:
    return [Requirement(requirement) for requirement in versions().requirements(*extras)]


def pinned(name: str) -> dict[str, str]:
    """The versions that a file in requirements/ names; everything in it is one."""
    lines = (PROJECT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    pins = [re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)", line) for line in lines if not line.startswith("#")]
    assert pins
    assert None not in pins, "a line is no `name==version`"
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


def imported(folder: Path) -> set[str]:
    """The packages outside of the standard library and this repository that the modules of a folder import."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - OWN


def test_the_lowest_versions_are_those_of_pyproject() -> None:
    assert (PROJECT / "requirements" / "lowest.txt").read_text(encoding="utf-8") == versions().lowest()


def test_the_lock_has_an_allowed_version_of_all_that_pyproject_asks_for() -> None:
    lock = pinned("locked.txt")
    wrong = [
        str(requirement)
        for requirement in declared("test", "lint", "zensical")
        if lock.get(canonicalize_name(requirement.name), "0") not in requirement.specifier
    ]
    assert wrong == [], "run `make lock`"


def test_a_requirement_without_a_floor_is_refused() -> None:
    module = versions()
    assert module.floor("mkdocs>=1.6,<2") == "mkdocs==1.6"
    for requirement in ("numpy", "numpy<3", "numpy>=1,>=2", "numpy[extra]>=1"):
        with pytest.raises(ValueError, match="no single"):
            module.floor(requirement)


@pytest.mark.parametrize(("folder", "extras"), [("src", ()), ("tests", ("test",)), ("benchmarks", ("test",))])
def test_what_is_imported_is_declared(folder: str, extras: tuple[str, ...]) -> None:
    asked_for = {canonicalize_name(requirement.name) for requirement in declared(*extras)}
    providers = metadata.packages_distributions()
    missing = {
        name
        for name in imported(PROJECT / folder)
        if asked_for.isdisjoint(canonicalize_name(provider) for provider in providers.get(name, [name]))
    }
    assert missing == set()
