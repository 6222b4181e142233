"""What the repository asks of itself: its hooks, its citation, its releases, and what a pull request runs."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
import yaml

import interop_landscape
from tests.repositories import git

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / ".github" / "release" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Releases


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository at version 1.2.0, and a stand-in for `landscape`."""
    for name, text in {
        "src/interop_landscape/__init__.py": '__version__ = "1.2.0"\n',
        "CHANGELOG.md": "## Unreleased\n\n- later\n\n## 1.2.0 (2026-11-30)\n\n- now\n\n## 1.2.0rc1\n\n- then\n",
        "landscape/LICENSE": "licence\n",
        "landscape/a/b.yml": "committed\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "all")
    (tmp_path / "landscape" / "a" / "b.yml").write_text("edited\n")
    (tmp_path / "landscape" / "untracked").write_text("secret\n")
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\necho "{\\"said\\": \\"$*\\"}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("LANDSCAPE", str(program))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_release_holds_what_was_committed_and_says_what_is_new(release: ModuleType, repository: Path) -> None:
    release.main("v1.2.0", repository / "dist")
    archive = repository / "dist" / "interop-landscape-data-1.2.0.zip"
    with zipfile.ZipFile(archive) as opened:
        held = {name.removeprefix(f"{archive.stem}/"): opened.read(name) for name in opened.namelist()}
    assert held == {
        "landscape/LICENSE": b"licence\n",
        "landscape/a/b.yml": b"committed\n",
        "landscape.json": b'{"said": "export node-link"}\n',
    }
    assert (repository / "dist-notes.md").read_text() == "- now\n"
    before = archive.read_bytes()
    release.main("v1.2.0", repository / "dist")
    assert archive.read_bytes() == before


@pytest.mark.parametrize(("tag", "said"), [("v1.2.1", "name the tag v1.2.0"), ("1.2.0", "name the tag v1.2.0")])
def test_a_tag_of_another_version_is_refused(release: ModuleType, repository: Path, tag: str, said: str) -> None:
    with pytest.raises(release.Refused, match=said):
        release.main(tag, repository / "dist")
    assert not (repository / "dist").exists()


def test_a_version_without_a_section_or_data_without_a_licence_is_refused(
    release: ModuleType, repository: Path
) -> None:
    (repository / "CHANGELOG.md").write_text("## 1.2.0\n\n## 1.1.0\n\n- then\n")
    with pytest.raises(release.Refused, match=r"no section `## 1\.2\.0`"):
        release.main("v1.2.0", repository / "dist")
    (repository / "CHANGELOG.md").write_text("## 1.2.0\n\n- now\n")
    git(repository, "rm", "-q", "landscape/LICENSE")
    git(repository, "commit", "-q", "-m", "no licence")
    with pytest.raises(release.Refused, match="without it"):
        release.main("v1.2.0", repository / "dist")


# What a pull request runs


@pytest.mark.parametrize(
    ("changed", "event", "program"),
    [
        (["landscape/a.yml", "landscape/probes/b.py"], "pull_request", "false"),
        (["landscape/a.yml", "src/a.py"], "pull_request", "true"),
        (["landscape.yml"], "pull_request", "true"),
        (["src/landscape/a.yml"], "pull_request", "true"),
        ([], "pull_request", "true"),
        (["landscape/a.yml"], "push", "true"),
    ],
)
def test_a_pull_request_of_data_alone_runs_the_tests_of_the_data(
    tmp_path: Path, changed: list[str], event: str, program: str
) -> None:
    assert decided(tmp_path, event, dict.fromkeys(changed, "new\n")) == f"program={program}\n"


def test_what_moves_out_of_the_program_is_more_than_data(tmp_path: Path) -> None:
    assert decided(tmp_path, "pull_request", {"landscape/old.py": "old\n"}, removed="old.py") == "program=true\n"


def decided(folder: Path, event: str, written: dict[str, str], removed: str | None = None) -> str:
    """What the first job of `ci.yml` says of a commit, run by a real shell."""
    git(folder, "init", "-q")
    (folder / "old.py").write_text("old\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    if removed:
        (folder / removed).unlink()
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "two")
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    [script] = [step["run"] for step in workflow["jobs"]["changes"]["steps"] if step.get("id") == "changes"]
    output = folder / ".git" / "output"
    environment = {"PATH": "/usr/bin:/bin", "GITHUB_EVENT_NAME": event, "GITHUB_OUTPUT": str(output)}
    subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=folder, env=environment, check=True)
    return output.read_text()


# Files that others read


def test_the_citation_is_valid_and_names_this_version() -> None:
    pytest.importorskip("check_jsonschema")
    path = ROOT / "CITATION.cff"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert yaml.safe_load(path.read_text())["version"] == interop_landscape.__version__


def test_the_hooks_are_valid_and_call_programs_that_make_test_installs() -> None:
    pytest.importorskip("pre_commit")
    path = ROOT / ".pre-commit-config.yaml"
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    called = {hook["entry"].split()[0] for repo in yaml.safe_load(path.read_text())["repos"] for hook in repo["hooks"]}
    assert called == {f".venv/bin/{name}" for name in ("landscape", "ruff", "mypy")}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "HACKING.md", "GOVERNANCE.md", "SECURITY.md"])
def test_what_a_page_points_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text()
    pointed = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [target for target in pointed if not (ROOT / target).exists()] == []


# What is printed


def test_text_leaves_the_program_where_it_is_made_safe_to_show() -> None:
    """Whoever prints elsewhere prints what others wrote as it is; `say`, reports and problems do not."""
    package = ROOT / "src" / "interop_landscape"
    printing = re.compile(
        r"typer\.s?echo\(|(?<![.\w])print\(|sys\.std(?:out|err)\.write\(|\bstream\.write\(|\.file\.write\("
    )
    found = {str(path.relative_to(package)) for path in package.rglob("*.py") if printing.search(path.read_text())}
    theirs = {
        "probing/kit/landscape_probe.py",
        "probing/supervise.py",
        "probing/environments.py",
    }  # read by the program
    assert found - theirs == {
        "cli/shared.py",  # say, and reports in the formats that escape by themselves
        "cli/faults.py",  # a log, in a file
        "cli/export.py",  # for programs, and where it is no terminal
        "cli/check.py",  # counts, and JSON
        "reports/check.py",
        "reports/brief.py",  # Markdown, escaped
        "reports/toc.py",
        "reports/agenda.py",
        "reports/slides.py",
    }
