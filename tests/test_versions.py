"""The files of versions say what pyproject.toml says, and every package that the program imports is declared."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterable
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


def pinned(name: str, more: str = "") -> dict[str, str]:
    """The versions that a file in requirements/ names; everything in it is one, followed by what `more` matches."""
    lines = (PROJECT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    form = re.compile(rf"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+){more}")
    pins = [form.fullmatch(line) for line in lines if not line.startswith("#")]
    assert pins
    assert None not in pins, f"a line of {name} is no `name==version`"
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


def needed(asked_for: Iterable[Requirement], python: str) -> set[str]:
    """All that has to be installed for these on Linux with this Python, by what the packages here say of themselves."""
    there = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    there |= {"platform_system": "Linux", "os_name": "posix", "implementation_name": "cpython"}
    found: set[str] = set()
    waiting = [(one, frozenset[str]()) for one in asked_for]
    while waiting:
        requirement, extras = waiting.pop()
        if requirement.marker and not any(requirement.marker.evaluate(there | {"extra": e}) for e in {"", *extras}):
            continue
        if (name := canonicalize_name(requirement.name)) not in found:
            found.add(name)
            own = metadata.requires(requirement.name) or []
            waiting += [(Requirement(one), frozenset(requirement.extras)) for one in own]
    return found


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


def installed(name: str) -> str | None:
    """The version of a package that is installed here; None where it is not."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def test_what_the_runners_install_is_locked_and_whole() -> None:
    pytest.importorskip("hatchling")
    module = versions()
    hashes = pinned("hashed.txt", more=r"(?: --hash=sha256:[0-9a-f]{64})+")
    assert hashes.items() <= pinned("locked.txt").items(), "run `make lock`"
    if any(installed(name) not in (None, version) for name, version in hashes.items()):
        pytest.skip("what other versions need says nothing of what the locked ones do")
    asked_for = [*declared(), *map(Requirement, module.build_requirements())]
    assert needed(asked_for, module.RUNNER_PYTHON) <= hashes.keys(), "run `make lock`"


def test_the_runners_have_the_python_that_hashes_are_for() -> None:
    files = [PROJECT / "action.yml", PROJECT / ".github" / "workflows" / "release.yml"]
    said = [re.findall(r"python-version: (.*)", path.read_text(encoding="utf-8")) for path in files]
    assert said == [[f'"{versions().RUNNER_PYTHON}"']] * 2


def test_the_tests_build_with_what_builds() -> None:
    assert {*versions().build_requirements()} <= {*versions().requirements("test")}


def test_a_requirement_without_a_floor_is_refused() -> None:
    module = versions()
    assert module.floor("mkdocs>=1.6,<2") == "mkdocs==1.6"
    for requirement in ("numpy", "numpy<3", "numpy>=1,>=2", "numpy[extra]>=1"):
        with pytest.raises(ValueError, match="no single"):
            module.floor(requirement)


@pytest.mark.parametrize(("folder", "extras"), [("src", ("onnx",)), ("tests", ("test",)), ("benchmarks", ("test",))])
def test_what_is_imported_is_declared(folder: str, extras: tuple[str, ...]) -> None:
    asked_for = {canonicalize_name(requirement.name) for requirement in declared(*extras)}
    providers = metadata.packages_distributions()
    missing = {
        name
        for name in imported(PROJECT / folder)
        if asked_for.isdisjoint(canonicalize_name(provider) for provider in providers.get(name, [name]))
    }
    assert missing == set()
