"""An HTTP client for addresses that others wrote: no host of one's own network, and no request without an end.

A name is resolved once in a run, and the connection goes to one of the very addresses that were checked then; a name
that is answered otherwise the second time leads nowhere else. A request ends with its deadline, however slowly and
however much the other side sends.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final

import httpcore
import httpx

from interop_landscape import __version__
from interop_landscape.online.addresses import is_public

USER_AGENT: Final = f"interop-landscape/{__version__} (checks links of its entries once a week)"
PRIVATE: Final = "it leads into a private network"
NO_HOST: Final = "its host is not found"

_SECONDS_A_STEP: Final = 15.0
_SECONDS_A_REQUEST: Final = 25.0
_MOST_ADDRESSES: Final = 3  # of a host are tried


class NotAsked(httpx.ConnectError):
    """A host that is not found, or not to be asked; the text says which."""


class Names:
    """Hosts and their addresses, each looked up once; `private` allows those of one's own network, for tests."""

    def __init__(self, *, private: bool = False) -> None:
        self._private = private
        self._found: dict[str, list[str] | Exception] = {}
        self._lock = threading.Lock()

    def addresses(self, host: str, seconds: float = _SECONDS_A_STEP) -> list[str]:
        """The addresses of a host. Raises NotAsked where there are none, or one that is not public."""
        with self._lock:
            known = self._found.get(host)
        if known is None:
            found = _looked_up(host, seconds)
            with self._lock:
                known = self._found.setdefault(host, found)
        if isinstance(known, Exception):
            raise NotAsked(f"{NO_HOST}: {host}") from known
        if not self._private and not all(map(is_public, known)):
            raise NotAsked(PRIVATE)
        return known


def _looked_up(host: str, seconds: float) -> list[str] | Exception:
    """The addresses of a host, or why there are none; the resolver of the system knows no deadline of its own."""
    found: list[list[str] | Exception] = []

    def look() -> None:
        try:
            infos = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found.append(list(dict.fromkeys(str(info[4][0]) for info in infos)))
        except (OSError, ValueError) as error:
            found.append(error)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else TimeoutError("no answer from the resolver")


class _Clock(threading.local):
    """When the request of this thread must be over."""

    end: float | None = None

    def left(self, timeout: float | None) -> float:
        """The seconds that a step may take. Raises ReadTimeout where the time of the whole request is over."""
        left = _SECONDS_A_STEP if self.end is None else self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for the whole request is over")
        return left if timeout is None else min(left, timeout)


_clock = _Clock()


@contextmanager
def deadline(seconds: float = _SECONDS_A_REQUEST) -> Iterator[None]:
    """Whatever this thread asks within must be answered in so many seconds, all steps together; an outer one holds."""
    before = _clock.end
    end = time.monotonic() + seconds
    _clock.end = end if before is None else min(before, end)
    try:
        yield
    finally:
        _clock.end = before


class _Stream(httpcore.NetworkStream):
    """A connection on which every step is held against the deadline of the request."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _clock.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _clock.left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Network(httpcore.NetworkBackend):
    """Connects to the addresses that `names` knows of a host, and to no others."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._names.addresses(host, _clock.left(timeout))[:_MOST_ADDRESSES]
        for place, address in enumerate(addresses, 1):
            try:
                return _Stream(self._system.connect_tcp(address, port, _clock.left(timeout), local_address))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise httpcore.ConnectError(f"{host} has no address")


class Transport(httpx.BaseTransport):
    """What carries the requests of an httpx client over such connections; the name stays in Host and in TLS."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=None,
            keepalive_expiry=5.0,
            network_backend=_Network(names),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request, with its body still to be read."""
        assert isinstance(request.stream, httpx.SyncByteStream)
        url = request.url
        with _as_httpx():
            answer = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        with _as_httpx():
            self._answer.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Raise what goes wrong as httpx calls it; the two give their errors the same names."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol,
            httpcore.ProxyError) as error:  # fmt: skip
        raise getattr(httpx, type(error).__name__, httpx.TransportError)(str(error)) from error


def client(names: Names | None = None) -> httpx.Client:
    """An HTTP client with the program's name, bounded in time; it follows no redirect by itself and keeps no cookie.

    It speaks to hosts directly: a proxy would resolve the names again.
    """
    return httpx.Client(
        transport=Transport(names or Names()),
        headers={"User-Agent": USER_AGENT, "Accept": "*/*"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        timeout=_SECONDS_A_STEP,
        follow_redirects=False,
        trust_env=False,
    )
