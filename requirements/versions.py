"""Write a version file beside this one: `python requirements/versions.py locked`, `hashed` or `lowest`.

`make lock` writes all three. Only the standard library and pip: this runs before anything is installed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROJECT = HERE.parent
EXTRAS = ("test", "lint", "zensical")
RUNNER_PYTHON = "3.13"
"""The Python that action.yml and release.yml set up."""

RUNNER_MACHINES = ("x86_64", "aarch64")
RUNNER_LIBRARIES = ("manylinux_2_28", "manylinux_2_17", "manylinux2014")
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?P<specifier>[^;\[]*)$")


def requirements(*extras: str) -> Iterator[str]:
    """All that pyproject.toml asks for: what the program needs, then these extras."""
    project = _declared()["project"]
    yield from project["dependencies"]
    for extra in extras:
        yield from project["optional-dependencies"][extra]


def build_requirements() -> list[str]:
    """What pyproject.toml asks for to build the wheel."""
    return list(_declared()["build-system"]["requires"])


def _declared() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def floor(requirement: str) -> str:
    """A requirement at the lowest version that it allows. Raises ValueError where it has no floor."""
    match = _REQUIREMENT.fullmatch(requirement)
    clauses = [clause.strip() for clause in match["specifier"].split(",")] if match else []
    floors = [clause.removeprefix(">=").strip() for clause in clauses if clause.startswith(">=")]
    if match is None or len(floors) != 1:
        raise ValueError(f"`{requirement}` in pyproject.toml has no single `>=`")
    return f"{match['name']}=={floors[0]}"


def lowest() -> str:
    """The text of lowest.txt. Linters are left out: they run with the locked versions only."""
    lines = [floor(requirement) for requirement in requirements("test", "zensical")]
    return _text("The lowest versions that pyproject.toml allows", lines)


def locked() -> str:
    """The text of locked.txt: what pip would install today into an empty environment."""
    chosen = _chosen("--editable", f".[{','.join(EXTRAS)}]")
    found = [one["metadata"] for one in chosen if not one["download_info"].get("dir_info")]
    return _text("What `make run` and `make test` install", [f"{one['name']}=={one['version']}" for one in found])


def hashed() -> str:
    """The text of hashed.txt: the wheels with which GitHub's runners build and run the program, as locked.txt says."""
    wheels: dict[str, set[str]] = {}
    for machine in RUNNER_MACHINES:
        for one in _chosen(*_for_the_runner(machine), *requirements(), *build_requirements()):
            name = f"{one['metadata']['name']}=={one['metadata']['version']}"
            wheels.setdefault(name, set()).add(one["download_info"]["archive_info"]["hashes"]["sha256"])
    lines = [f"{name} {' '.join(f'--hash=sha256:{one}' for one in sorted(found))}" for name, found in wheels.items()]
    return _text(f"What the action and releases install, on Python {RUNNER_PYTHON} and Linux", lines)


def _for_the_runner(machine: str) -> list[str]:
    platforms = [f"--platform={library}_{machine}" for library in RUNNER_LIBRARIES]
    # pip wants a target with these, though a dry run writes nothing into it.
    more = ["--only-binary=:all:", "--target=unused", "--constraint=requirements/locked.txt"]
    return [f"--python-version={RUNNER_PYTHON}", *platforms, *more]


def _chosen(*arguments: str) -> list[dict[str, Any]]:
    """What pip would install into an empty environment, as its report says it."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    done = subprocess.run([*command, *arguments], cwd=PROJECT, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return list(json.loads(done.stdout)["install"])


def _text(title: str, lines: list[str]) -> str:
    return "\n".join([f"# {title}; `make lock` writes this file anew.", *sorted(lines, key=str.lower)]) + "\n"


FILES = {"locked": locked, "hashed": hashed, "lowest": lowest}


def main() -> None:
    """Write the file that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", choices=FILES)
    file = parser.parse_args().file
    (HERE / f"{file}.txt").write_text(FILES[file](), encoding="utf-8")


if __name__ == "__main__":
    main()
