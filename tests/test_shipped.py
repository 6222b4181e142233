"""The guard of the shipped landscape: reading it fails a test, reading others does not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from interop_landscape import loading
from tests.conftest import Run
from tests.landscapes import FIXTURE, fixture_with
from tests.shipped import SHIPPED, readable


def test_whatever_reads_the_shipped_landscape_fails(run: Run, run_alone: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHIPPED.parent)
    for reads in (
        lambda: loading.load(SHIPPED),
        lambda: (SHIPPED / "landscape.yml").read_text(),
        lambda: Path("landscape/landscape.yml").read_text(),
        lambda: os.listdir(SHIPPED),
        lambda: run("check", "-d", SHIPPED),
        lambda: run_alone("check", "-d", SHIPPED),
        lambda: subprocess.run([sys.executable, "-c", ""], cwd=SHIPPED, check=True),
    ):
        with pytest.raises(pytest.fail.Exception, match="tests/data/"):
            reads()


def test_other_landscapes_are_read_and_the_shipped_one_where_it_may_be(
    run: Run, run_alone: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHIPPED.parent)
    shutil.rmtree(fixture_with(tmp_path, {}).parent)  # opens `landscape` from another folder than the current
    tmp_path.mkdir()
    assert run("check", "-d", FIXTURE).returncode == run_alone("check", "-d", FIXTURE).returncode == 0
    with readable(True):
        assert (SHIPPED / "landscape.yml").is_file()
        assert "title:" in (SHIPPED / "landscape.yml").read_text()
