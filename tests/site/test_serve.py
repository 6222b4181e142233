"""The live preview: edits show within a second, mistakes show as a banner, the last good site stays up."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.conftest import Run
from tests.landscapes import FIXTURE

if TYPE_CHECKING:
    from playwright.sync_api import Page

Served = tuple[str, Path, Path]
"""A preview: its address, the folder that it shows, and the file with what it said."""


@pytest.fixture
def processes() -> list[subprocess.Popen[str]]:
    """The running previews of a test."""
    return []


@contextmanager
def preview(folder: Path, processes: list[subprocess.Popen[str]]) -> Iterator[Served]:
    """A preview of a copy of the fixture in a folder, which ends without a word and leaves nothing."""
    root = folder / "landscape"
    shutil.copytree(FIXTURE, root)
    said = folder / "said"
    command = [sys.executable, "-m", "interop_landscape", "serve", "--port", "0", "-d", str(root)]
    (folder / "tmp").mkdir()
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "TMPDIR": str(folder / "tmp")}
    with (
        said.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment) as process,
    ):
        assert process.stdout is not None
        match = re.match(r"(http://127\.0\.0\.1:\d+/)", process.stdout.readline())
        assert match, said.read_text()
        time.sleep(0.5)  # until the files are watched
        processes.append(process)
        yield match[1], root, said
        process.terminate()
    assert "Traceback" not in said.read_text()
    assert list((folder / "tmp").iterdir()) == []


@pytest.fixture
def served(tmp_path: Path, processes: list[subprocess.Popen[str]]) -> Iterator[Served]:
    """A preview of its own, for a test that edits what it shows or ends it."""
    with preview(tmp_path, processes) as found:
        yield found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One preview for all tests that only ask it."""
    with preview(tmp_path_factory.mktemp("shared"), []) as found:
        yield found


def test_an_edit_shows_and_a_mistake_is_a_banner(served: Served, tab: Page) -> None:
    address, root, said = served
    tab.goto(f"{address}entries/alpha/")
    assert tab.locator("h1").inner_text() == "Alpha"
    path = root / "frameworks" / "alpha.yml"
    good = path.read_text()
    path.write_text(good.replace("name: Alpha", "name: Alpha Prime"))
    tab.locator("h1", has_text="Alpha Prime").wait_for(timeout=5000)
    path.write_text(good.replace("status: active", "status: alive"))
    tab.locator(".ls-banner", has_text="unknown-value").wait_for(timeout=5000)
    line = good.splitlines().index("status: active") + 1
    assert f"alpha.yml:{line}:9" in tab.locator(".ls-banner").inner_text()
    assert f"alpha.yml:{line}:9" in said.read_text()
    assert tab.locator("h1").inner_text() == "Alpha Prime"
    tab.reload()
    tab.locator(".ls-banner", has_text="unknown-value").wait_for(timeout=5000)
    path.write_text(good)
    tab.locator("h1", has_text=re.compile("^Alpha$")).wait_for(timeout=5000)
    assert tab.locator(".ls-banner").count() == 0


def test_an_edit_of_the_settings_or_of_an_own_page_shows(served: Served, tab: Page) -> None:
    address, root, said = served
    tab.goto(address)
    settings, own = root.parent / "mkdocs.yml", root.parent / "pages"
    own.mkdir()
    (own / "ours.md").write_text("# Ours\n")
    settings.write_text("site_name: Named anew\ndocs_dir: pages\n")
    tab.locator(".md-header__title", has_text="Named anew").wait_for(timeout=20000)
    tab.goto(f"{address}ours/")
    (own / "ours.md").write_text("# Ours as well\n")
    tab.locator("h1", has_text="Ours as well").wait_for(timeout=20000)
    settings.write_text("site_name: Named anew\nhooks: [evil.py]\n")
    tab.locator(".ls-banner", has_text="`hooks` is refused").wait_for(timeout=20000)
    assert "mkdocs.yml:2" in said.read_text()


def test_it_serves_files_and_nothing_outside(shared: Served, tab: Page) -> None:
    address, _, _ = shared
    for path, status in (
        ("", 200),
        ("gaps", 200),
        ("api/v1/gaps.json", 200),
        ("badges/alpha.svg", 200),
        ("entries/shell/", 404),
        ("nowhere/", 404),
        ("..%2f..%2f..%2fetc/passwd", 404),
    ):
        answer = tab.request.get(f"{address}{path}")
        assert answer.status == status, path
    assert "not on the map" in tab.request.get(f"{address}nowhere/").text()


def test_what_cannot_be_served_is_told(tmp_path: Path, run: Run) -> None:
    root = tmp_path / "landscape"
    shutil.copytree(FIXTURE, root)
    (root / "frameworks" / "new.yml").write_text("name: x\n")
    done = run("serve", "--port", "0", "-d", root)
    assert (done.returncode, done.stdout) == (2, "")
    assert "new.yml:1:1" in done.stderr
    assert "Traceback" not in done.stderr


def ask(address: str, request: str, *, host: str = "") -> tuple[str, dict[str, str], bytes]:
    """(status line, headers, body) of the answer to a raw request line and the Host of the address, or another."""
    at = urlsplit(address)
    with socket.create_connection(("127.0.0.1", at.port or 0), timeout=20) as connection:
        text = f"{request} HTTP/1.1\r\nHost: {host or at.netloc}\r\nConnection: close\r\n\r\n"
        connection.sendall(text.encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    return status, {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}, body


def test_no_request_gets_a_header_or_a_file_of_its_own(shared: Served) -> None:
    address, root, _ = shared
    assert ask(address, "GET /gaps")[1]["location"] == "/gaps/"
    for path in ("/gaps%0d%0aX-Own:%20yes", "//evil.example.org/gaps", "/%5cevil.example.org/gaps", "/gaps%0a"):
        status, headers, _ = ask(address, f"GET {path}")
        assert " 404 " in status, path
        assert "x-own" not in headers
    assert ask(address, "GET //gaps")[1]["location"] == "/gaps/"
    assert ask(address, "GET /%2fevil.example.org/..%2fgaps")[1]["location"] == "/evil.example.org/../gaps/"
    secret = root.parent / "tmp" / "secret"
    secret.write_text("secret")
    up = "/".join([".."] * 8)
    for path in (
        f"/{up}{secret}",
        f"/{up.replace('/', '%2f')}{secret}",
        f"/assets/{up}{secret}",
        f"/%2e%2e/%2e%2e{secret}",
        f"/..%5c..%5c{secret}",
        f"/%252e%252e/%252e%252e{secret}",
        f"/{secret}",
        "/gaps%00.html",
        f"/{'a' * 5000}",
    ):
        status, _, body = ask(address, f"GET {path}")
        assert " 404 " in status, path
        assert body != b"secret"
    secret.unlink()


def test_only_its_own_names_are_answered(shared: Served) -> None:
    address, _, _ = shared
    port = urlsplit(address).port
    for name in ("localhost", "127.0.0.1", "[::1]", "LOCALHOST"):
        assert " 200 " in ask(address, "GET /api/v1/gaps.json", host=f"{name}:{port}")[0]
    elsewhere = (f"evil.example.org:{port}", f"127.0.0.1.evil.example.org:{port}", "localhost", "localhost:1")
    for host in (*elsewhere, f"localhost.:{port}", f"127.0.0.1:{port}@evil.example.org"):
        for path in ("/", "/api/v1/gaps.json", "/__events", "/gaps"):
            status, _, body = ask(address, f"GET {path}", host=host)
            assert " 421 " in status, (host, path)
            assert body == f"This preview answers only at http://127.0.0.1:{port}/\n".encode()


def test_head_says_what_get_would(shared: Served) -> None:
    address, _, _ = shared
    for path in ("/", "/gaps/", "/gaps", "/badges/alpha.svg", "/nowhere"):
        got, asked = ask(address, f"GET {path}"), ask(address, f"HEAD {path}")
        assert (asked[0], asked[1] | {"date": ""}, asked[2]) == (got[0], got[1] | {"date": ""}, b"")
    assert " 200 " in ask(address, "HEAD /__events")[0]
    assert " 405 " in ask(address, "DELETE /")[0]


def test_readers_may_leave_whenever_they_like(shared: Served) -> None:
    address, _, said = shared
    port = urlsplit(address).port or 0
    for request in ("GET /__events", "GET /", "GET /nonsense", "\0\xff"):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # ends with a reset
                text = f"{request} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
                connection.sendall(text.encode("latin-1"))
    crowd = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(100)]
    assert " 200 " in ask(address, "GET /gaps/")[0]
    for connection in crowd:
        connection.close()
    [line] = said.read_text().splitlines()
    assert line.startswith("landscape: the site shows no history: ")


def until(address: str, path: str, text: str, *, seconds: float) -> None:
    """Wait until a page holds a text. Fails where that takes longer."""
    end = time.monotonic() + seconds
    while text.encode() not in ask(address, f"GET {path}")[2]:
        assert time.monotonic() < end, text
        time.sleep(0.05)


def test_it_survives_that_the_folder_is_gone_for_a_moment(served: Served) -> None:
    address, root, said = served
    path = root / "frameworks" / "alpha.yml"
    for place, gone in enumerate((0.0, 1.5, 0.0)):
        text = path.read_text()
        root.rename(root.with_name("aside"))
        time.sleep(gone)
        assert " 200 " in ask(address, "GET /entries/alpha/")[0]  # the last good site stays up
        if place == 2:
            shutil.copytree(root.with_name("aside"), root)
            shutil.rmtree(root.with_name("aside"))
        else:
            root.with_name("aside").rename(root)
        path.write_text(re.sub("name: .*", f"name: Back {place}", text, count=1))
        until(address, "/entries/alpha/", f"Back {place}", seconds=10)
    shutil.rmtree(root / "frameworks")
    time.sleep(0.5)
    shutil.copytree(FIXTURE / "frameworks", root / "frameworks")
    path.write_text(path.read_text().replace("name: Alpha", "name: Again"))
    until(address, "/entries/alpha/", "Again", seconds=10)
    path.write_text(path.read_text().replace("name: Again", "name: Soon"))
    until(address, "/entries/alpha/", "Soon", seconds=4)
    assert "no such file" in said.read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
def test_it_ends_at_once_and_leaves_nothing(
    number: signal.Signals, served: Served, processes: list[subprocess.Popen[str]]
) -> None:
    address, _, _ = served
    with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0)) as open_page:
        open_page.sendall(f"GET /__events HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\n\r\n".encode())
        assert b"200" in open_page.recv(65536)
        processes[0].send_signal(number)
        assert processes[0].wait(timeout=8) == 128 + number
