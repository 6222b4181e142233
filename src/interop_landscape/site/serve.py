"""A live preview for this machine alone: it answers to its own names, on loopback, and tells open pages of edits."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from interop_landscape.errors import BadRequest
from interop_landscape.site.preview import Preview

EVENTS: Final = "/__events"
_BACKLOG: Final = 128
_SECONDS_TO_END: Final = 3.0
_SECONDS_OF_SILENCE: Final = 15.0
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
CLIENT: Final = "/__events.js"
_SCRIPT: Final = f"""
(() => {{
  const banner = document.createElement("pre");
  banner.className = "ls-banner";
  const events = new EventSource({json.dumps(EVENTS)});
  events.onmessage = (event) => {{
    const said = JSON.parse(event.data);
    if (said.reload) location.reload();
    banner.textContent = said.problems || "";
    if (said.problems) document.body.append(banner); else banner.remove();
  }};
}})();
"""
_LOADED: Final = f'<script src="{CLIENT}"></script>\n'.encode()  # the policy of the pages runs no script within them


@contextmanager
def serving(preview: Preview, port: int) -> Iterator[tuple[int, threading.Thread]]:
    """(port, thread) of a server of the preview; port 0 takes any that is free. Raises BadRequest where it is taken."""
    try:
        listener = socket.create_server(("127.0.0.1", port), backlog=_BACKLOG)
    except OSError as error:
        raise BadRequest(f"port {port} cannot be used ({error.strerror}); name another with --port") from None
    port = listener.getsockname()[1]
    config = uvicorn.Config(
        application(preview, port), http="h11", loop="asyncio", ws="none", lifespan="off", backlog=_BACKLOG,
        proxy_headers=False, server_header=False, access_log=False, log_config=None, log_level="critical",
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield port, thread
    finally:
        server.should_exit = server.force_exit = True  # open pages keep a connection for ever
        thread.join(_SECONDS_TO_END)
        listener.close()


def application(preview: Preview, port: int) -> ASGIApp:
    """The application that answers with the preview's pages at a port of this machine."""

    def page(request: Request) -> Response:
        return _answer(preview, str(request.scope["path"]))

    async def events(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=_HEADERS)
        return StreamingResponse(_events(preview), media_type="text/event-stream", headers=_HEADERS)

    def client(request: Request) -> Response:
        return Response(_SCRIPT, headers=_HEADERS, media_type="text/javascript")

    routes = [Route(EVENTS, events), Route(CLIENT, client), Route("/{path:path}", page)]
    return _known_by_name(Starlette(routes=routes), port)


def _known_by_name(application: ASGIApp, port: int) -> ASGIApp:
    """Refuse what was not meant for this machine: a page elsewhere whose name was turned to it would read the map."""
    names = ("localhost", "127.0.0.1", "[::1]")
    ours = {f"{name}:{port}" for name in names} | set(names if port == 80 else ())

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and Headers(scope=scope).get("host", "").lower() not in ours:
            refusal = PlainTextResponse(f"This preview answers only at http://127.0.0.1:{port}/\n", 421, _HEADERS)
            await refusal(scope, receive, send)
        else:
            await application(scope, receive, send)

    return guarded


def _answer(preview: Preview, path: str) -> Response:
    """What is at a path, which is decoded already."""
    below = path.lstrip("/")
    content = preview.read(f"{below}index.html" if not below or below.endswith("/") else below)
    if content is None and preview.read(f"{below}/index.html") is not None:
        return RedirectResponse(f"/{below}/", 301, _HEADERS)
    status = 404 if content is None else 200
    if content is None:
        content, below = preview.read("404.html") or b"not found", "404.html"
    kind = "text/html" if not below or below.endswith("/") else mimetypes.guess_type(below)[0] or "text/html"
    if kind == "text/html":
        content += _LOADED
    return Response(content, status, _HEADERS, media_type=kind)


async def _events(preview: Preview) -> AsyncIterator[str]:
    """Server-sent events of what open pages are told, until the reader leaves."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def hear(said: dict[str, Any]) -> None:
        with suppress(RuntimeError):  # the server has ended
            loop.call_soon_threadsafe(told.put_nowait, said)

    with preview.heard_by(hear):
        while True:
            try:
                said = await asyncio.wait_for(told.get(), _SECONDS_OF_SILENCE)
                yield f"data: {json.dumps(said)}\n\n"
            except TimeoutError:
                yield ": still here\n\n"
