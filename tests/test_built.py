"""What is passed on: wheel and source distribution hold what git tracks, and know the commit they were built from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.repositories import git

pytest.importorskip("hatchling")

ROOT = Path(__file__).parent.parent
TAKEN = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore", ".ci", "src", "site_templates")


def built(folder: Path, target: str, output: Path) -> Path:
    """The one file that hatchling makes of a project."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(output)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [made] = output.iterdir()
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what the program is made of, and files that are neither tracked nor ignored."""
    folder = tmp_path_factory.mktemp("project")
    for name in TAKEN:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "all")
    for name in ("src/interop_landscape/secret.py", "src/interop_landscape/commit", "site_templates/secret.js", "key"):
        (folder / name).write_text("secret\n")
    return folder


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(project, "wheel", tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_what_is_tracked_and_the_commit(project: Path, wheel: Path) -> None:
    tracked = git(project, "ls-files", "src", "site_templates").splitlines()
    expected = {path.replace("site_templates/", "src/interop_landscape/site_templates/", 1) for path in tracked}
    with zipfile.ZipFile(wheel) as opened:
        held = {f"src/{name}" for name in opened.namelist() if ".dist-info/" not in name}
        assert opened.read("interop_landscape/commit").decode().strip() == git(project, "rev-parse", "HEAD")
    assert len(expected) > 200
    assert held == expected | {"src/interop_landscape/commit"}


def test_a_wheel_of_the_source_distribution_is_the_same_wheel(project: Path, wheel: Path, tmp_path: Path) -> None:
    source = built(project, "sdist", tmp_path / "source")
    with tarfile.open(source) as opened:
        opened.extractall(tmp_path, filter="data")
    unpacked = tmp_path / source.name.removesuffix(".tar.gz")
    held = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    tracked = {name for name in git(project, "ls-files").splitlines() if not name.startswith(".ci/")}
    assert held == tracked | {"PKG-INFO", "src/interop_landscape/commit"}
    assert built(unpacked, "wheel", tmp_path / "wheel").read_bytes() == wheel.read_bytes()


def test_an_installed_wheel_knows_its_commit_wherever_it_is(project: Path, wheel: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "another repository")
    shutil.unpack_archive(wheel, tmp_path / "src", "zip")
    asked = "from interop_landscape.writing.pinning import own_commit; print(own_commit())"
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "src")}
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == git(project, "rev-parse", "HEAD")


def test_nothing_is_built_where_git_cannot_say_what_is_tracked(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns(".git"))
    (folder / ".git").write_text("gitdir: nowhere\n")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "git says which files are built, and it cannot be asked: fatal: not a git repository" in done.stderr
    assert list(tmp_path.glob("out/*")) == []
