"""What SECURITY.md says of pull requests: nothing that one brings is run by `verify`."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUN_BY_GITHUB = [
    path
    for folder in (".github", "src/interop_landscape/starter/github")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and path.suffix != ".pyc"
]


def test_no_workflow_and_no_action_runs_probes() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (*RUN_BY_GITHUB, ROOT / "action.yml")}
    assert len(texts) > 20
    assert [path for path, text in texts.items() if re.search(r"(?<!--)\bverify\b", text)] == []


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of a repository with two probes, on a branch that changes one, drops the other and adds one."""
    there, clone = tmp_path / "there", tmp_path / "clone"
    probes = there / "landscape" / "probes"
    probes.mkdir(parents=True)
    (there / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "probes-of-base", there / ".ci")
    for name in ("old", "gone"):
        (probes / f"{name}.py").write_text("of the base\n")
    git(there, "init", "-q", "-b", "main")
    git(there, "add", ".")
    git(there, "commit", "-q", "-m", "Begin")
    git(tmp_path, "clone", "-q", str(there), str(clone))
    git(clone, "switch", "-q", "-c", "change")
    for name in ("old", "new"):
        (clone / "landscape" / "probes" / f"{name}.py").write_text("of the change\n")
    git(clone, "rm", "-q", "landscape/probes/gone.py")
    git(clone, "add", ".")
    git(clone, "commit", "-q", "-m", "Change")
    return clone


def laid(clone: Path, environment: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """(names printed, texts of the probes) of a copy of the clone's landscape."""
    copy = clone.parent / "copy"
    shutil.copytree(clone / "landscape", copy)
    command = [str(clone / ".ci" / "probes-of-base"), str(copy), "old", "gone", "new"]
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(clone), **environment}
    done = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True)
    return done.stdout.split(), {path.stem: path.read_text() for path in (copy / "probes").iterdir()}


@pytest.mark.parametrize("remote", ["known", "to fetch", "of the clone"])
def test_the_probes_that_a_change_is_checked_with_are_those_of_its_base(remote: str, clone: Path) -> None:
    if remote == "to fetch":
        git(clone, "update-ref", "-d", "refs/remotes/origin/main")
        git(clone, "remote", "set-head", "origin", "-d")
    environment = {} if remote == "of the clone" else {"GITHUB_BASE_REF": "main"}
    names, texts = laid(clone, environment)
    assert names == ["old", "gone"]
    assert texts == {"old": "of the base\n", "gone": "of the base\n", "new": "of the change\n"}


def test_without_a_remote_the_checkout_is_what_is_trusted(clone: Path) -> None:
    git(clone, "remote", "remove", "origin")
    names, texts = laid(clone, {})
    assert names == ["old", "new"]
    assert texts == {"old": "of the change\n", "new": "of the change\n"}
