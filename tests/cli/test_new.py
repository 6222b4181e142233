"""`landscape new`: a file to begin with that checks but for what only its author knows."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.landscapes import SNAPSHOT, empty, fixture_with

GIVEN = [
    "--summary",
    "A new one: it is good.",
    "--homepage",
    "https://new.example.org",
    "--repo",
    "https://new.example.org/git",
]


def problems(run: Run, root: Path) -> list[tuple[str, str]]:
    """(path below the landscape, message) of each problem."""
    found = json.loads(run("check", "-f", "json", "-d", root).stdout)["problems"]
    return [(problem["path"].removeprefix(f"{root}/"), problem["message"]) for problem in found]


def test_what_is_given_makes_a_file_without_problems_in_canonical_form(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    needs = ["--aspect", "ir", "--carries", "weights", "--tag", "file"]
    done = run("new", "standard", "fresh", "--name", "Fresh", *GIVEN, *needs, "-d", root)
    assert (done.returncode, done.stdout) == (0, f"{root}/standards/fresh.yml\n"), done.stderr
    assert f"landscape check {root}/standards/fresh.yml" in done.stderr
    assert problems(run, root) == []
    assert run("fmt", "--check", "-d", root, root / "standards").returncode == 0
    shown = json.loads(run("show", "fresh", "-f", "json", "-d", root).stdout)
    assert (shown["name"], shown["summary"], shown["tags"]) == ("Fresh", "A new one: it is good.", ["file"])


def test_what_only_the_author_knows_is_left_empty_and_named(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    done = run("new", "backend", "fresh", "-d", root)
    assert "fill in name, summary, homepage, resource; state" in done.stderr
    assert {path for path, _ in problems(run, root)} == {"backends/fresh.yml"}
    assert len(problems(run, root)) == 4
    assert all("found nothing" in message for _, message in problems(run, root))


def test_the_statement_in_its_comments_only_wants_an_address(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    run("new", "framework", "fresh", "--name", "Fresh", *GIVEN, "-d", root)
    path = root / "frameworks" / "fresh.yml"
    head, _, example = path.read_text().partition("# interop:")
    head = head.partition("# You may add")[0]  # which an author removes
    path.write_text(head + re.sub(r"(?m)^# ", "", "# interop:" + example))
    [(where, message)] = problems(run, root)
    assert where == "frameworks/fresh.yml"
    assert "the host `…`" in message
    path.write_text(path.read_text().replace("https://…", "https://fresh.example.org"))
    assert problems(run, root) == []


def test_a_record_is_begun_at_the_first_stage(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    done = run("new", "record", "fresh", "--name", "A gap", "--closes", "beta implements tens", "-d", root)
    assert done.returncode == 0, done.stderr
    text = (root / "gaps" / "fresh.yml").read_text()
    (root / "gaps" / "fresh.yml").write_text(text.replace("note:  #", "note: found #"))
    assert problems(run, root) == []
    assert "Identified since 2026-11-22" in run("show", "fresh", "-d", root).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["framwork", "fresh"], "did you mean `framework`?"),
        (["framework", "Fresh One"], "take `fresh-one`"),
        (["framework", "alpha"], "`alpha` is on the map already"),
        (["framework", "alfa"], "`alpha` is on the map already"),
        (["framework", "Ørsted-Straße"], "take `orsted-strasse`"),
        (["record", "fresh", "--name", "x", "--closes", "jitor exports onx"], "no entry is called `jitor`"),
        (["record", "fresh", "--name", "x", "--closes", "beta exports"], "is not an edge"),
        (["framework", "gpu"], "`gpu` is on the map already"),
        (["framework", "fresh", "--homepage", "javascript:alert(1)"], "--homepage: `javascript:alert(1)` is not http"),
        (["framework", "fresh", "--status", "alive"], "--status: `alive` is not an id under `statuses`"),
        (["framework", "fresh", "--name", "\x1b[31m"], "--name: the text holds the control character U+001B"),
        (["framework", "fresh", "--closes", "a b c"], "--closes belongs to a record"),
        (["framework", "../../etc/passwd"], "is not an id"),
        (["record", "fresh", "--summary", "x"], "a record has no summary"),
        (["record", "fresh", "--from-github", "me/it"], "a record has no repository"),
        (["probe", "fresh"], "a probe verifies a statement"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_a_wrong_request_writes_nothing(arguments: list[str], says: str, run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    before = sorted(root.rglob("*"))
    done = run("new", *arguments, "-d", root)
    assert done.returncode == 2
    assert says in done.stderr
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize(
    ("more", "doubled"),
    [
        (["--name", "ALPHA"], True),
        (["--name", "Fresh", "--homepage", "http://www.alpha.example.org/"], True),
        (["--name", "Fresh", "--homepage", "https://fresh.example.org"], False),
    ],
)
def test_what_may_be_there_already_is_told(more: list[str], doubled: bool, run: Run, tmp_path: Path) -> None:
    done = run("new", "framework", "fresh", *more, "--summary", "A.", "-d", fixture_with(tmp_path, {}))
    assert done.returncode == 0, done.stderr
    assert ("`alpha` may be the same" in done.stderr) is doubled


def test_a_file_that_is_there_is_never_written_over(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"frameworks/fresh.yml": "name: ["})
    done = run("new", "framework", "fresh", "-d", root)
    assert done.returncode == 2
    assert (root / "frameworks" / "fresh.yml").read_text() == "name: ["


def test_every_kind_of_any_landscape(run: Run, tmp_path: Path) -> None:
    root = empty(tmp_path)
    assert run("new", "thing", "fresh", "--name", "Fresh", *GIVEN, "-d", root).returncode == 0
    assert problems(run, root) == []
    (tmp_path / "other").symlink_to(SNAPSHOT)  # which is only read
    assert "did you mean `runtime`?" in run("new", "runtim", "fresh", "-d", tmp_path / "other").stderr


def test_on_a_terminal_it_asks_until_the_answer_can_stand(tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "interop_landscape", "new", "standard", "fresh", "-d", str(root)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    os.write(ours, b"Fresh\nA new one.\nnowhere\nhttps://new.example.org\nirr\nir\nweights, tensors\n")
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    assert process.wait(timeout=30) == 0, shown.decode()
    assert b"`nowhere` is not http or https" in shown
    assert b"did you mean `ir`?" in shown
    text = (root / "standards" / "fresh.yml").read_text()
    assert "name: Fresh\nsummary: A new one.\nhomepage: https://new.example.org\n" in text
    assert "aspect: ir\ncarries: [weights, tensors]\n" in text
