"""Write the version files beside this one: `python requirements/versions.py lock` or `lowest`. `make lock` runs both.

Only the standard library and pip: this runs before anything is installed.
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

HERE = Path(__file__).parent
PROJECT = HERE.parent
EXTRAS = ("test", "lint", "zensical")
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?P<specifier>[^;\[]*)$")


def requirements(*extras: str) -> Iterator[str]:
    """All that pyproject.toml asks for: what the program needs, then these extras."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from project["dependencies"]
    for extra in extras:
        yield from project["optional-dependencies"][extra]


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


def resolved() -> str:
    """The text of locked.txt: what pip would install today into an empty environment."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
    command += ["--report", "-", "--editable", f".[{','.join(EXTRAS)}]"]
    report = json.loads(subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603
    found = [one["metadata"] for one in report["install"] if not one["download_info"].get("dir_info")]
    return _text("What `make run` and `make test` install", [f"{one['name']}=={one['version']}" for one in found])


def _text(title: str, lines: list[str]) -> str:
    return "\n".join([f"# {title}; `make lock` writes this file anew.", *sorted(lines, key=str.lower)]) + "\n"


def main() -> None:
    """Write the file that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", choices=("lock", "lowest"))
    if parser.parse_args().file == "lock":
        (HERE / "locked.txt").write_text(resolved(), encoding="utf-8")
    else:
        (HERE / "lowest.txt").write_text(lowest(), encoding="utf-8")


if __name__ == "__main__":
    main()
