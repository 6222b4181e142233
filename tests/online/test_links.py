"""`check --network` against a real server that does all that servers do."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from interop_landscape import loading
from interop_landscape.errors import BadRequest, Unreachable
from interop_landscape.online import github
from interop_landscape.online.link_client import AT_ONCE, AT_ONCE_OF_A_HOST, Answer, Asker, Cache, ask_all
from interop_landscape.online.links import check_links, links_of
from interop_landscape.online.network import Names
from interop_landscape.online.network import client as new_client
from tests.landscapes import FIXTURE, SNAPSHOT, fixture_with

TODAY = date(2026, 11, 22)
REPOSITORY = {
    "full_name": "new/name", "name": "name", "description": "A\n thing.", "html_url": "https://github.com/new/name",
    "homepage": "", "license": {"spdx_id": "NOASSERTION"}, "archived": True,
}  # fmt: skip


class Server(ThreadingHTTPServer):
    """Answers by path; counts what it was asked and how much at once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.now = self.most = 0
        self.cookies: list[str | None] = []
        self.lock = threading.Lock()
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        server, path = self.server, self.path
        with server.lock:
            server.asked[f"{self.command} {path}"] += 1
            tries = server.asked[f"{self.command} {path}"]
        self.answer(path, tries)

    do_GET = do_HEAD  # noqa: N815 - the name that the server asks for

    def answer(self, path: str, tries: int) -> None:
        if path.startswith("/slow"):
            with self.server.lock:
                self.server.now += 1
                self.server.most = max(self.server.most, self.server.now)
            time.sleep(0.03)
            with self.server.lock:
                self.server.now -= 1
        kind = path.split("?")[0].strip("/").split("/")[0]
        status = {"gone": 410, "missing": 404, "robots": 403, "nohead": 405, "broken": 500, "busy": 429}.get(kind, 200)
        headers = {}
        if kind == "nohead" and self.command == "GET":
            status = 200
        elif kind == "headlies":
            status = 404 if self.command == "HEAD" else 200
        elif kind == "flaky":
            status = 503 if (self.command == "GET" and tries < 2) or (self.command == "HEAD" and tries < 3) else 200
        elif kind == "busy":
            after = unquote(path.partition("?")[2]) or "7"
            headers["Retry-After"] = (
                format_datetime(datetime.now(UTC) + timedelta(seconds=30)) if after == "date" else after
            )
        elif kind in ("moved", "temporary", "loop", "tosignin", "intogone", "inwards"):
            to = {"loop": "/loop", "tosignin": "/login", "intogone": "/gone", "inwards": "http://169.254.169.254/x"}
            status, headers["Location"] = 302 if kind == "temporary" else 301, to.get(kind, "/there")
        elif kind == "cookie":
            headers["Set-Cookie"] = "who=me; Path=/"
            self.server.cookies.append(self.headers.get("Cookie"))
        elif kind == "hangup":
            self.connection.close()
            return
        elif kind == "repos":
            name = path.split("/")[3]
            status = {"lost": 404, "private": 401}.get(name, 200)
            if name == "limited":
                status = 403
                headers |= {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795305600"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(json.dumps(REPOSITORY).encode() if kind == "repos" else b"x" * 1000)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def asker(waits: list[float] | None = None, *, private: bool = True, seconds: float = 20.0) -> Asker:
    wait = (waits if waits is not None else []).append
    return Asker(Names(private=private), wait=wait, seconds=seconds)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/fine", Answer("ok")),
        ("/nohead", Answer("ok")),
        ("/headlies", Answer("ok")),
        ("/flaky", Answer("ok")),
        ("/temporary", Answer("ok")),
        ("/tosignin", Answer("ok")),
        ("/missing", Answer("dead", "HTTP 404")),
        ("/gone", Answer("dead", "HTTP 410")),
        ("/moved#L3", Answer("moved", "it has moved for good", "{}/there#L3")),
        ("/intogone", Answer("dead", "HTTP 410 at {}/gone")),
        ("/robots", Answer("unchecked", "HTTP 403")),
        ("/broken", Answer("unchecked", "HTTP 500")),
        ("/busy", Answer("unchecked", "HTTP 429")),
        ("/loop", Answer("unchecked", "more than 10 redirects")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_becomes_of_an_address(path: str, answer: Answer, server: Server) -> None:
    expected = Answer(answer.verdict, answer.why.format(server.address), answer.to.format(server.address))
    assert asker().ask(server.address + path) == expected


def test_a_server_that_hangs_up_is_asked_again_and_then_left(server: Server) -> None:
    found = asker().ask(f"{server.address}/hangup")
    assert (found.verdict, found.why.partition(":")[0]) == ("unchecked", "RemoteProtocolError")


def test_it_waits_as_long_as_it_is_told_to(server: Server) -> None:
    waits: list[float] = []
    asker(waits).ask(f"{server.address}/busy")
    assert waits.count(7.0) == 2
    for asked, least, most in (
        ("date", 20, 30),
        ("9" * 400, 60, 60),
        ("0", 0, 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0, 0),
        ("soon", 1, 2),
        ("-5", 1, 2),
        ("Thu, 99 Foo 99999 00:00:00 GMT", 1, 2),
    ):
        waits.clear()
        asker(waits).ask(f"{server.address}/busy?{quote(asked)}")
        told = [wait for wait in waits if wait != 0.2]
        assert len(told) == 2, asked
        assert all(least <= wait <= most for wait in told), (asked, told)


def test_nothing_inside_ones_own_network_is_asked(server: Server) -> None:
    guarded = asker(private=False)
    for address in (
        f"{server.address}/fine",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::7f00:1]/",
        "http://224.0.0.1/",
        "http://169.254.169.254/latest",
    ):
        assert guarded.ask(address) == Answer("unchecked", "it leads into a private network")
    assert not server.asked


def test_few_are_asked_at_once_and_each_address_once(server: Server, tmp_path: Path) -> None:
    addresses = [f"{server.address}/slow/{n % 20}" for n in range(60)]
    answers = ask_all(addresses, asker(), Cache(tmp_path / "links.json", TODAY)).of
    assert len(answers) == 20
    assert set(server.asked.values()) == {1}
    assert server.most <= AT_ONCE_OF_A_HOST < AT_ONCE


def test_answers_are_kept_for_a_while_and_failures_are_not(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "links.json"
    addresses = [f"{server.address}/{name}" for name in ("fine", "missing", "robots")]
    ask_all(addresses, asker(), Cache(path, TODAY))
    server.asked.clear()
    ask_all(addresses, asker(), Cache(path, TODAY))
    assert set(server.asked) == {"HEAD /robots", "GET /robots"}
    server.asked.clear()
    ask_all(addresses, asker(), Cache(path, TODAY + timedelta(days=8)))
    assert {"HEAD /fine", "HEAD /missing"} <= set(server.asked)
    server.asked.clear()
    ask_all(addresses, asker(), Cache(path, TODAY, refresh=True))
    assert "HEAD /fine" in server.asked
    for damaged in ('{"a": [', '{"b": {"day": 5, "verdict": []}}', "[" * 100_000):
        path.write_text(damaged)
        assert Cache(path, TODAY).kept == {}


def test_a_host_that_is_nowhere_is_dead_where_there_is_a_network(server: Server, tmp_path: Path) -> None:
    guarded = asker(private=False)
    nowhere = "http://nowhere.invalid/"
    assert guarded.ask(nowhere).why.startswith("its host is not found")
    guarded.ask = {nowhere: guarded.ask(nowhere), "http://there.example.org/": Answer("ok")}.__getitem__  # type: ignore[method-assign, assignment]
    found = ask_all([nowhere, "http://there.example.org/"], guarded, Cache(tmp_path / "links.json", TODAY)).of
    assert [answer.verdict for answer in found.values()] == ["dead", "ok"]


def test_what_was_found_before_an_interruption_is_kept(server: Server, tmp_path: Path) -> None:
    def interrupt(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    cache = Cache(tmp_path / "links.json", TODAY)
    found = ask_all([f"{server.address}/{n}" for n in range(9)], asker(), cache, interrupt)
    assert (len(found.of), found.stopped) == (2, "interrupted")
    assert len(Cache(tmp_path / "links.json", TODAY).kept) == 2


def test_without_a_network_it_says_so_once(tmp_path: Path) -> None:
    addresses = [f"http://127.0.0.{n}:9/" for n in range(1, 40)]
    with pytest.raises(Unreachable, match="there seems to be no network"):
        ask_all(addresses, asker(), Cache(tmp_path / "links.json", TODAY))


def test_problems_stand_where_the_address_stands(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file names no address of this machine, so the name in it is made to lead there.
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **named: real("127.0.0.1", *more, **named))
    named = server.address.replace("127.0.0.1", "local.example.org")
    gone, moved = f"{named}/missing", f"{named}/moved"
    text = f"""\
name: New
summary: A new framework.
homepage: {moved}
repo: https://github.com/old/name
status: active
interop:
  runs-on:
    gpu:
      support: full
      checked: 2026-11-01
      evidence: [{{url: {gone}, shows: a guide}}]
"""
    root = fixture_with(tmp_path, {"frameworks/new.yml": text})
    landscape = loading.load(root)
    mine = landscape.replacing(
        entries={"new": landscape.entries["new"], "gpu": landscape.entries["gpu"]},
        statements=tuple(s for s in landscape.statements if s.source == "new"),
        records={},
        vocabulary=landscape.vocabulary,
    )
    cache = Cache(tmp_path / "links.json", TODAY)
    for link in links_of(mine):  # the rest of the fixture leads nowhere
        if named not in link.address:
            cache.put(link.address, Answer("ok"))
    checked = check_links(mine, asker(), cache, api=server.address)
    found = {(p.code, p.line, p.column, p.severity, p.hint.partition("`")[2].rstrip("`")) for p in checked.problems}
    assert ("moved-link", 3, 11, "warning", f"{named}/there") in found
    assert ("dead-link", 11, 24, "error", "") in found
    assert ("archived-repo", 5, 1, "warning", "status: archived") in found
    assert ("moved-repo", 4, 1, "warning", "https://github.com/new/name") in found
    assert {p.path for p in checked.problems} == {str(root / "frameworks/new.yml")}


def test_every_address_is_found_in_its_file() -> None:
    links = list(links_of(loading.load(SNAPSHOT)))
    assert len(links) > 2000
    for link in links:
        line = Path(link.path).read_text().splitlines()[link.line - 1]
        assert line[link.column - 1 :].startswith(link.address), link
    assert list(links_of(loading.load(FIXTURE)))


def test_what_github_knows(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    client = new_client(Names(private=True))
    found = github.repository("old/name", client, api=server.address)
    assert found is not None
    assert (found.full_name, found.summary, found.license, found.archived) == ("new/name", "A thing.", "", True)
    assert found.homepage == found.repo == "https://github.com/new/name"
    assert github.repository("old/lost", client, api=server.address) is None
    with pytest.raises(Unreachable, match=r"no more questions until \d\d:\d\d UTC; set GITHUB_TOKEN"):
        github.repository("old/limited", client, api=server.address)
    with pytest.raises(Unreachable, match="answered 401"):
        github.repository("old/private", client, api=server.address)
    with pytest.raises(Unreachable, match="cannot be asked"):
        github.repository("old/name", client, api="http://127.0.0.1:9")


@pytest.mark.parametrize(
    "text",
    [
        "me/it",
        "https://github.com/me/it",
        "https://github.com/me/it.git",
        "git@github.com:me/it.git",
        "github.com/me/it/",
    ],
)
def test_a_repository_is_found_in_what_people_paste(text: str) -> None:
    assert github.repository_name(text) == "me/it"


@pytest.mark.parametrize("text", ["", "it", "https://gitlab.com/me/it", "me/it/tree/main", "me it"])
def test_what_is_no_repository_is_refused(text: str) -> None:
    with pytest.raises(BadRequest, match="OWNER/NAME"):
        github.repository_name(text)
