"""What nobody expected is told in one line, with a log to attach; never as a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.cli.run import run
from interop_landscape.text import shown
from tests.landscapes import FIXTURE, fixture_with


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[BaseException]:
    """What the next command raises: the first item."""
    raised: list[BaseException] = []

    def fail(*_: object, **__: object) -> None:
        raise raised[0]

    monkeypatch.setattr(loading, "read", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return raised


@pytest.mark.parametrize("error", [ValueError("\x1b[31mred"), RecursionError(), KeyError("x"), MemoryError()])
def test_a_fault_of_the_program_is_told_in_a_line_and_written_to_a_log(
    error: Exception,
    failing: list[BaseException],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "secret-of-the-environment")
    failing.append(error)
    assert run(["check", "-d", str(FIXTURE)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"landscape: this is a fault of the program, not of yours: .*attach it to a report\n", err)
    assert type(error).__name__ in err
    [log] = tmp_path.glob("landscape-fault-*.log")
    assert str(log) in err
    text = log.read_text()
    assert "Traceback (most recent call last)" in text
    assert f"'{FIXTURE}'" in text
    assert "PyYAML" in text
    assert "secret-of-the-environment" not in text


def test_an_interruption_and_a_reader_that_leaves_are_no_faults(
    failing: list[BaseException], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failing.append(KeyboardInterrupt())
    assert run(["check", "-d", str(FIXTURE)]) == 130
    assert capsys.readouterr().err == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["a\x1b[31m.yml", "a\u202eb.yml", "a\x07.yml", "a\u0085.yml"])
def test_a_files_name_moves_nothing_on_the_terminal(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = fixture_with(tmp_path, {f"frameworks/{path}": "name: x\n", "frameworks/new.yml": f'"a{path}": "{path}"\n'})
    assert run(["check", "-d", str(root)]) == 1
    out = capsys.readouterr().out
    assert all(line.isprintable() for line in out.split("\n"))
    assert shown(path) in out
