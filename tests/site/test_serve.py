"""The live preview: edits show within a second, mistakes show as a banner, the last good site stays up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Run
from tests.landscapes import FIXTURE

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path, Path]]:
    """(address, folder, file with what it said) of a preview of a copy of the fixture."""
    root = tmp_path / "landscape"
    shutil.copytree(FIXTURE, root)
    said = tmp_path / "said"
    command = [sys.executable, "-m", "interop_landscape", "serve", "--port", "0", "-d", str(root)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with (
        said.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment) as process,
    ):
        assert process.stdout is not None
        match = re.match(r"(http://127\.0\.0\.1:\d+/)", process.stdout.readline())
        assert match, said.read_text()
        time.sleep(0.5)  # until the files are watched
        yield match[1], root, said
        process.terminate()


def test_an_edit_shows_and_a_mistake_is_a_banner(served: tuple[str, Path, Path], browser: Browser) -> None:
    address, root, said = served
    page = browser.new_page()
    page.goto(f"{address}entries/alpha/")
    assert page.locator("h1").inner_text() == "Alpha"
    path = root / "frameworks" / "alpha.yml"
    good = path.read_text()
    path.write_text(good.replace("name: Alpha", "name: Alpha Prime"))
    page.locator("h1", has_text="Alpha Prime").wait_for(timeout=5000)
    path.write_text(good.replace("status: active", "status: alive"))
    page.locator(".ls-banner", has_text="unknown-value").wait_for(timeout=5000)
    line = good.splitlines().index("status: active") + 1
    assert f"alpha.yml:{line}:9" in page.locator(".ls-banner").inner_text()
    assert f"alpha.yml:{line}:9" in said.read_text()
    assert page.locator("h1").inner_text() == "Alpha Prime"
    page.reload()
    page.locator(".ls-banner", has_text="unknown-value").wait_for(timeout=5000)
    path.write_text(good)
    page.locator("h1", has_text=re.compile("^Alpha$")).wait_for(timeout=5000)
    assert page.locator(".ls-banner").count() == 0
    page.close()


def test_an_edit_of_the_settings_or_of_an_own_page_shows(served: tuple[str, Path, Path], browser: Browser) -> None:
    address, root, said = served
    page = browser.new_page()
    page.goto(address)
    settings, own = root.parent / "mkdocs.yml", root.parent / "pages"
    own.mkdir()
    (own / "ours.md").write_text("# Ours\n")
    settings.write_text("site_name: Named anew\ndocs_dir: pages\n")
    page.locator(".md-header__title", has_text="Named anew").wait_for(timeout=20000)
    page.goto(f"{address}ours/")
    (own / "ours.md").write_text("# Ours as well\n")
    page.locator("h1", has_text="Ours as well").wait_for(timeout=20000)
    settings.write_text("site_name: Named anew\nhooks: [evil.py]\n")
    page.locator(".ls-banner", has_text="`hooks` is refused").wait_for(timeout=20000)
    assert "mkdocs.yml:2" in said.read_text()
    page.close()


def test_it_serves_files_and_nothing_outside(served: tuple[str, Path, Path], browser: Browser) -> None:
    address, _, _ = served
    page = browser.new_page()
    for path, status in (
        ("", 200),
        ("gaps", 200),
        ("api/v1/gaps.json", 200),
        ("badges/alpha.svg", 200),
        ("entries/shell/", 404),
        ("nowhere/", 404),
        ("..%2f..%2f..%2fetc/passwd", 404),
    ):
        answer = page.request.get(f"{address}{path}")
        assert answer.status == status, path
    assert "not on the map" in page.request.get(f"{address}nowhere/").text()
    page.close()


def test_what_cannot_be_served_is_told(tmp_path: Path, run: Run) -> None:
    root = tmp_path / "landscape"
    shutil.copytree(FIXTURE, root)
    (root / "frameworks" / "new.yml").write_text("name: x\n")
    done = run("serve", "--port", "0", "-d", root)
    assert (done.returncode, done.stdout) == (2, "")
    assert "new.yml:1:1" in done.stderr
    assert "Traceback" not in done.stderr
