"""Servers that never finish, names that lead inwards, and a reader who has waited long enough."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import httpx
import pytest

from interop_landscape import loading
from interop_landscape.online.addresses import is_public
from interop_landscape.online.link_client import Answer, Asker, Cache, ask_all
from interop_landscape.online.links import check_links, links_of
from interop_landscape.online.network import Names, client, deadline
from tests.landscapes import fixture_with

TODAY = date(2026, 11, 22)

PRIVATE = """\
0.0.0.0 127.0.0.1 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 198.18.0.1 192.0.2.1 224.0.0.1 240.0.0.1
255.255.255.255 192.88.99.1 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:0:127.0.0.1 fe80::1 fe80::1%lo 2606:4700::1%lo
fec0::1 fc00::1 ff02::1 2002:7f00:1:: 2002:a00:1::1 64:ff9b::a00:1 64:ff9b:1::808:808 2001:db8::1 3fff::1 2001::1
5f00::1 100::1 2606:4700::5efe:a00:1 4000::1 nonsense
"""
PUBLIC = "1.1.1.1 140.82.121.4 2606:4700::1111 2a00:1450:4001::2004 64:ff9b::808:808 2002:808:808::1"


def test_which_addresses_are_public() -> None:
    assert [address for address in PRIVATE.split() if is_public(address)] == []
    assert [address for address in PUBLIC.split() if not is_public(address)] == []


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server that hands each connection to a function, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))

    def one(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            serve(connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def dribble(text: bytes, pause: float = 0.05) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        while True:
            for place in range(len(text)):
                connection.sendall(text[place : place + 1])
                time.sleep(pause)

    return serve


def endless_continue(connection: socket.socket) -> None:
    connection.recv(65536)
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3)
        time.sleep(0.01)


def nothing(connection: socket.socket) -> None:
    time.sleep(30)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "serve",
    [
        dribble(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 4000),
        dribble(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100),
        dribble(b"\x16\x03\x03\x40\x00\x02" + b"\x00" * 1000),
        endless_continue,
        nothing,
    ],
    ids=["a byte at a time", "slow headers", "slow handshake", "endless 1xx", "nothing"],
)
def test_a_request_has_an_end(serve: Callable[[socket.socket], None], scheme: str) -> None:
    with listening(serve) as port:
        asker = Asker(Names(private=True), wait=lambda seconds: None, seconds=0.4)
        started = time.monotonic()
        answer = asker.ask(f"{scheme}://127.0.0.1:{port}/")
        assert answer.verdict == "unchecked"
        assert time.monotonic() - started < 0.4 * 6 + 2  # three tries, HEAD and GET


def test_a_body_has_an_end_too() -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)

    with listening(serve) as port, pytest.raises(httpx.ReadTimeout), deadline(0.4):
        client(Names(private=True)).get(f"http://127.0.0.1:{port}/")


def test_a_run_has_an_end(tmp_path: Path) -> None:
    with listening(nothing) as port:
        addresses = [f"http://127.0.0.1:{port}/{place}" for place in range(40)]
        cache = Cache(tmp_path / "links.json", TODAY)
        cache.put(addresses[0], Answer("ok"))
        started = time.monotonic()
        found = ask_all(addresses, Asker(Names(private=True)), cache, seconds=0.5)
        assert time.monotonic() - started < 5
        assert (found.stopped, found.of) == ("late", {addresses[0]: Answer("ok")})


@pytest.fixture
def asked() -> Iterator[tuple[int, list[bytes]]]:
    """(port, the requests that it got) of a server that says 200 and sets a cookie."""
    got: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        got.append(connection.recv(65536))
        connection.sendall(b"HTTP/1.1 200 OK\r\nSet-Cookie: who=me\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with listening(serve) as port:
        yield port, got


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let names be answered in this order, as the name server of a hostile domain would; returns what was looked up."""
    real, asked, left = socket.getaddrinfo, [], list(answers)

    def getaddrinfo(host: str, *arguments: object, **named: object) -> object:
        if not host.endswith("example.org"):
            return real(host, *arguments, **named)  # type: ignore[arg-type]
        asked.append(host)
        return real(left.pop(0), *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_is_looked_up_once_and_the_connection_goes_there(
    asked: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, got = asked
    looked_up = resolving(monkeypatch, "127.0.0.1", "192.0.2.1", "192.0.2.1")
    asker = Asker(Names(private=True), wait=lambda seconds: None)
    for _ in range(3):
        assert asker.ask(f"http://rebind.example.org:{port}/") == Answer("ok")
    assert looked_up == ["rebind.example.org"]
    assert all(f"Host: rebind.example.org:{port}\r\n".encode() in request for request in got)
    assert len(got) == 3
    assert not any(b"Cookie" in request for request in got)


def test_a_name_that_turns_inwards_is_not_asked(
    asked: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, got = asked
    resolving(monkeypatch, "8.8.8.8", "127.0.0.1")
    names = Names()
    assert names.addresses("rebind.example.org") == ["8.8.8.8"]
    assert names.addresses("rebind.example.org") == ["8.8.8.8"]
    assert (
        Asker(wait=lambda seconds: None).ask(f"http://rebind.example.org:{port}/").why
        == "it leads into a private network"
    )
    assert got == []


@pytest.mark.parametrize(
    "host",
    ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "0x7f000001", "localhost", "localhost.", "LOCALHOST", "127.0.0.1.",
     "①②⑦.⓪.⓪.①", "127。0。0。1", "0", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]"],
)  # fmt: skip
def test_no_spelling_of_this_machine_is_asked(host: str, asked: tuple[int, list[bytes]]) -> None:
    port, got = asked
    asker = Asker(wait=lambda seconds: None)
    for address in (f"http://{host}:{port}/", f"http://public.example.org@{host}:{port}/"):
        assert asker.ask(address).verdict == "unchecked"
    assert got == []


def test_the_name_stays_in_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda connection, name, _: names.append(name)

    def serve(connection: socket.socket) -> None:
        context.wrap_socket(connection, server_side=True)

    resolving(monkeypatch, "127.0.0.1")
    with listening(serve) as port:
        answer = Asker(Names(private=True), wait=lambda seconds: None).ask(f"https://named.example.org:{port}/")
    assert answer.verdict == "unchecked"
    assert set(names) == {"named.example.org"}


ENTRY = """\
name: {name}
summary: A new framework.
homepage: {address}
repo: https://github.com/old/{name}
status: active
"""


def test_one_repository_that_cannot_be_asked_does_not_end_the_look_at_others(tmp_path: Path) -> None:
    def serve(connection: socket.socket) -> None:
        request = connection.recv(65536)
        if b"/old/aa" in request:
            return
        body = b'{"full_name": "new/bb", "name": "bb", "html_url": "https://github.com/new/bb", "archived": true}'
        status = b"500 Oops" if b"/old/ab" in request else b"200 OK"
        connection.sendall(
            b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body
        )

    files: dict[str, str | bytes] = {
        f"frameworks/{name}.yml": ENTRY.format(name=name, address="https://a.example.org")
        for name in ("aa", "ab", "bb")
    }
    landscape = loading.load(fixture_with(tmp_path, files))
    mine = landscape.replacing(
        entries={name: landscape.entries[name] for name in ("aa", "ab", "bb")}, statements=(), records={}
    )
    cache = Cache(tmp_path / "links.json", TODAY)
    for link in links_of(mine):
        cache.put(link.address, Answer("ok"))
    with listening(serve) as port:
        asker = Asker(Names(private=True), wait=lambda seconds: None)
        checked = check_links(mine, asker, cache, api=f"http://127.0.0.1:{port}")
    assert {problem.code for problem in checked.problems} == {"archived-repo", "moved-repo"}
    assert [address.rpartition("/")[2] for address, _ in checked.unchecked] == ["aa", "ab"]


def test_ctrl_c_ends_at_once_and_prints_what_is_known(tmp_path: Path) -> None:
    asked = threading.Event()

    def serve(connection: socket.socket) -> None:
        request = connection.recv(65536)
        if b"/missing" in request:
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        elif b"/slow" in request:
            asked.set()
            time.sleep(30)

    with listening(serve) as port:
        files: dict[str, str | bytes] = {
            f"frameworks/a{place}.yml": ENTRY.format(
                name=f"a{place}", address=f"http://local.example.org:{port}/{path}"
            )
            for place, path in enumerate(["missing", "slow/1", "slow/2", "slow/3"])
        }
        root = fixture_with(tmp_path, files)
        code = """
import socket
from interop_landscape.online import network
real = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: real("127.0.0.1", *more, **named)
network.is_public = lambda address: True
from interop_landscape.cli import main
main()
"""
        command = [sys.executable, "-c", code, "check", "--network", "-d", str(root)]
        environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "SOURCE_DATE_EPOCH": "1795305600"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        ) as process:
            assert asked.wait(30)
            time.sleep(1.5)
            started = time.monotonic()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
            taken = time.monotonic() - started
        assert taken < 3
        assert "Traceback" not in err
        assert f"local.example.org:{port}/missing is gone: HTTP 404" in out
        assert "interrupted: " in err
        assert process.returncode in (1, 130)
        known = (tmp_path / "cache" / "interop-landscape" / "links.json").read_text()
        assert f"local.example.org:{port}/missing" in known
