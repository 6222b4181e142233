"""A stand-in for the part of GitHub's API that the action speaks to, on this machine."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "org/map"
TOKEN = "secret-token"
BOT = "github-actions[bot]"
PAGE = 100


@dataclass
class Hub:
    """What GitHub holds. `asked` lists the requests that change something."""

    address: str = ""
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    artifact: bytes | None = None
    site: str | None = None
    asked: list[str] = field(default_factory=list)

    def pull(self, number: int, sha: str, repository: str = "fork/map", state: str = "open") -> None:
        """A pull request from a repository, whose head is at a commit."""
        self.pulls[number] = {"state": state, "head": {"sha": sha, "repo": {"full_name": repository}}}

    def write(self, items: list[dict[str, Any]], values: dict[str, Any], author: str = BOT) -> dict[str, Any]:
        """Add a comment or an issue."""
        item = {"id": 500 + len(items), "number": 40 + len(items), "state": "open", "user": {"login": author}} | values
        items.append(item)
        return item

    def answer(self, method: str, path: str, query: dict[str, str], values: dict[str, Any]) -> Any:
        """The JSON that answers a request; None where there is no such thing."""
        if method != "GET":
            self.asked.append(f"{method} {path}")
        match method, path.removeprefix(f"/repos/{REPOSITORY}/").split("/"):
            case "GET", ["pages"]:
                return {"html_url": self.site} if self.site else None
            case "GET", ["pulls", number]:
                return self.pulls.get(int(number))
            case "GET", ["actions", "runs", _, "artifacts"]:
                return {"artifacts": [{"id": 1}] if self.artifact is not None else []}
            case "GET", ["issues", number, "comments"]:
                return _page([c for c in self.comments if c.get("on", int(number)) == int(number)], query)
            case "POST", ["issues", number, "comments"]:
                return self.write(self.comments, values | {"on": int(number)})
            case "PATCH", ["issues", "comments", number]:
                return _changed(self.comments, "id", number, values)
            case "GET", ["issues"]:
                wanted = [i for i in self.issues if i["state"] == query["state"]]
                return _page([i for i in wanted if i["user"]["login"] == query["creator"]], query)
            case "POST", ["issues"]:
                return self.write(self.issues, values)
            case "PATCH", ["issues", number]:
                return _changed(self.issues, "number", number, values)
        return None


def _page(items: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    start = (int(query["page"]) - 1) * PAGE
    return items[start : start + PAGE]


def _changed(items: list[dict[str, Any]], key: str, value: str, values: dict[str, Any]) -> dict[str, Any] | None:
    item = next((item for item in items if item[key] == int(value)), None)
    if item is not None:
        item.update(values)
    return item


@contextmanager
def running(hub: Hub) -> Iterator[None]:
    """Serve the API, with the artifact at another address, to which no token may be sent."""

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            address = urlsplit(self.path)
            sent = self.headers.get("Authorization")
            if address.path == "/blob":
                return self._send(400 if sent else 200, hub.artifact or b"")
            if sent != f"Bearer {TOKEN}":
                return self._send(401, b"{}")
            if re.search(r"/artifacts/\d+/zip$", address.path):
                return self._send(302, b"", f"{hub.address}/blob")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            answer = hub.answer(self.command, address.path, query, json.loads(body or b"{}"))
            return self._send(404 if answer is None else 200, json.dumps(answer).encode())

        do_GET = do_POST = do_PATCH = _serve  # noqa: N815 - the names that http.server looks for

        def _send(self, status: int, body: bytes, location: str = "") -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
