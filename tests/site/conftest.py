"""Sites built once, served on loopback, and a real Chromium to look at them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from interop_landscape import loading
from interop_landscape.revisions import Revisions
from interop_landscape.site.build import build
from interop_landscape.site.history import History, history_of
from tests.landscapes import FIXTURE, SNAPSHOT
from tests.repositories import git
from tests.shared import once


@dataclass(frozen=True)
class Site:
    """A built site and where it is served, under a sub-path as on many hosts."""

    folder: Path
    address: str


def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of loopback."""

    class Quiet(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-cache")  # another folder may be served on this port later
            super().end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def with_a_past(folder: Path) -> Path:
    """The snapshot in a git repository of its own, in which MindSpore gained support a month ago."""
    landscape = folder / "landscape"
    shutil.copytree(SNAPSHOT, landscape)
    improved = landscape / "frameworks" / "mindspore.yml"
    text = improved.read_text()
    improved.write_text(text.replace("support: full", "support: experimental"))
    git(folder, "init", "-q", "-b", "main")
    for when in ("2026-10-01T12:00:00Z", "2026-11-01T12:00:00Z"):
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "change", when=when)
        improved.write_text(text)
    return landscape


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of a landscape of real size and with a past, under ``/some/path/``."""

    def make(top: Path) -> None:
        landscape = with_a_past(tmp_path_factory.mktemp("repository"))
        history = history_of(Revisions(landscape, "landscape"))
        folder = top / "some" / "path"
        build(loading.load(landscape), history, folder, site_url="https://example.org/some/path/")

    top = once(tmp_path_factory, "real", make)
    for address in serve(top):
        yield Site(top / "some" / "path", f"{address}/some/path/")


@pytest.fixture(scope="session")
def fixture_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fixture, without a past and with an address, for all to read: whoever changes it takes a copy."""

    def make(top: Path) -> None:
        build(loading.load(FIXTURE), History(), top / "site", site_url="https://example.org/x/")

    return once(tmp_path_factory, "fixture", make) / "site"
