"""Shared fixtures: running the command, and golden files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import shipped
from tests.chromium import browser, context, page, scriptless, tab

__all__ = ["browser", "context", "page", "scriptless", "tab"]  # fixtures
GOLDEN = Path(__file__).parent / "golden"
DATA = Path(__file__).parent / "data"
STANDING_STILL = "1795305600"  # 2026-11-22
PRESENTATION = ("FORCE_COLOR", "NO_COLOR", "TERM")
Run = Callable[..., "subprocess.CompletedProcess[str]"]

# `make test` draws the same examples every time, so that it is red only where something was changed; `make fuzz` draws
# new ones. How long an example takes is not what these tests are about, and machines are noisy.
_always = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", _always, derandomize=True)
settings.register_profile("fuzz", _always, derandomize=False, max_examples=1_000, print_blob=True)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what the commands print as the golden files")
    parser.addoption("--without-browser", action="store_true", help="leave out what needs a Chromium, or Node")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need a Chromium where that is asked for."""
    if config.getoption("--without-browser"):
        left_out = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


shipped.watch()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """The shipped landscape is for the tests in `tests/data/`, and for their fixtures."""
    with shipped.readable(item.path.is_relative_to(DATA)):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where NO_SKIPS is set, as on CI, a skipped test counts as failed."""
    report = yield
    if report.skipped and os.environ.get("NO_SKIPS"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session", autouse=True)
def nothing_is_remembered() -> Generator[None]:
    """No build within this process reads or writes the user's own cache."""
    from interop_landscape.site.remembered import Remembered

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Remembered, "of_user", classmethod(lambda cls: cls()))
        yield


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `landscape` within this process, away from any landscape; returns what it printed and its status.

    That is the whole program but for the half second that a start takes. Its clock stands still, unless `clock` is set.
    """
    from interop_landscape.cli.run import run as run_command

    def call(
        *arguments: str | Path, columns: int = 100, cwd: Path | None = None, clock: bool = False
    ) -> subprocess.CompletedProcess[str]:
        command = [*map(str, arguments)]
        with monkeypatch.context() as patched:
            for name in PRESENTATION:
                patched.delenv(name, raising=False)
            for name, value in settled(columns, clock).items():
                patched.setenv(name, value)
            patched.chdir(cwd or tmp_path)
            capsys.readouterr()
            status = run_command(command)
            printed = capsys.readouterr()
        out, err = (text.replace("\r\n", "\n") for text in printed)  # as `run_alone` reads its pipes
        return subprocess.CompletedProcess(command, status, out, err)

    return call


@pytest.fixture
def run_alone(tmp_path: Path) -> Run:
    """As `run`, in a process of its own: for what only a process shows, and to see that it shows the same."""

    def call(
        *arguments: str | Path, columns: int = 100, cwd: Path | None = None, clock: bool = False
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "interop_landscape", *map(str, arguments)]
        environment = {k: v for k, v in os.environ.items() if k not in PRESENTATION}
        environment |= settled(columns, clock) | {"PYTHONUTF8": "1"}
        return subprocess.run(
            command, capture_output=True, text=True, cwd=cwd or tmp_path, env=environment, timeout=120, check=False
        )

    return call


def settled(columns: int, clock: bool) -> dict[str, str]:
    """What of the environment a command is given: its width, and the day unless its clock runs."""
    return {"COLUMNS": str(columns)} | ({} if clock else {"SOURCE_DATE_EPOCH": STANDING_STILL})


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against its golden file; `make golden` writes the files anew."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            GOLDEN.mkdir(exist_ok=True)
            path.write_text(text)
        assert path.exists(), f"no golden file {name}; run `make golden`"
        assert text == path.read_text(), f"{name} differs; if that is meant, run `make golden`"

    return check
