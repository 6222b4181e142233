"""Ask addresses whether they are still there: politely, a few at once, and never a host of one's own network."""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit

import httpx

from interop_landscape import __version__
from interop_landscape.errors import Unreachable
from interop_landscape.writing.files import replace

Verdict = Literal["ok", "dead", "moved", "unchecked"]

USER_AGENT: Final = f"interop-landscape/{__version__} (checks links of its entries once a week)"
AT_ONCE: Final = 8
AT_ONCE_OF_A_HOST: Final = 2

_TRIES: Final = 3
_HOPS: Final = 10
_SECONDS: Final = 15.0
_LONGEST_WAIT: Final = 60.0
_HOSTS_TO_GIVE_UP: Final = 6
_DEAD: Final = (404, 410)
_ASK_LATER: Final = (429, 500, 502, 503, 504)
_PERMANENT: Final = (301, 308)
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_NO_HOST: Final = "its host is not found"
_SIGN_IN: Final = ("login", "signin", "sign-in", "consent", "captcha")
_FRESH_DAYS: Final[Mapping[Verdict, int]] = {"ok": 7, "moved": 7, "dead": 1, "unchecked": 0}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an address: ``to`` is where it has moved, ``why`` says what is not ok about it."""

    verdict: Verdict
    why: str = ""
    to: str = ""


@dataclass
class Asker:
    """Asks addresses over one client; ``wait`` is how it waits, ``private`` lets it ask hosts of its own network."""

    client: httpx.Client
    wait: Callable[[float], None] = time.sleep
    private: bool = False
    pause: float = 0.2
    _hosts: dict[str, threading.Semaphore] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, address: str) -> Answer:
        """What becomes of an address; never raises."""
        last = Answer("unchecked", "no answer")
        for attempt in range(_TRIES):
            try:
                last = self._follow(address)
            except _LaterError as later:
                last = Answer("unchecked", later.why)
                if attempt + 1 < _TRIES:
                    self.wait(min(later.seconds or 2.0**attempt, _LONGEST_WAIT))
                continue
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError, OSError) as error:
                return Answer("unchecked", f"{type(error).__name__}: {error}".rstrip(": "))
            return last
        return last

    def _follow(self, address: str) -> Answer:
        at, lasting = address, True
        for _ in range(_HOPS):
            if not self._is_public(at):
                return Answer("unchecked", "it leads into a private network")
            status, to = self._once(at)
            if status in _DEAD:
                return Answer("dead", f"HTTP {status}" + (f" at {at}" if at != address else ""))
            if to is None:
                break
            lasting = lasting and status in _PERMANENT
            at = urljoin(at, to)
        else:
            return Answer("unchecked", f"more than {_HOPS} redirects")
        if not 200 <= status < 300:
            return Answer("unchecked", f"HTTP {status}")
        if at != address and lasting and not any(word in at.lower() for word in _SIGN_IN):
            return Answer("moved", "it has moved for good", _with_fragment(at, address))
        return Answer("ok")

    def _once(self, address: str) -> tuple[int, str | None]:
        """(status, where it redirects to); by HEAD, and by GET where that is not clearly answered."""
        with self._turn(urlsplit(address).hostname or ""):
            for method in ("HEAD", "GET"):
                try:
                    with self.client.stream(method, address) as answer:
                        status, to = answer.status_code, answer.headers.get("location")
                        after = answer.headers.get("retry-after", "")
                except (httpx.ConnectError, httpx.TimeoutException, httpx.RemoteProtocolError) as error:
                    if method == "GET" or isinstance(error, httpx.ConnectError):
                        raise _LaterError(f"{type(error).__name__}: {error}".rstrip(": ")) from error
                    continue
                if status in (301, 302, 303, 307, 308) and to:
                    return status, to
                if 200 <= status < 300:
                    return status, None
            if status in _ASK_LATER:
                raise _LaterError(f"HTTP {status}", float(after) if after.isdecimal() else None)
            return status, None

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        with self._lock:
            turn = self._hosts.setdefault(host, threading.Semaphore(AT_ONCE_OF_A_HOST))
        with turn:
            yield
            self.wait(self.pause)

    def _is_public(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return False
        if self.private:
            return True
        try:
            found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _LaterError(f"{_NO_HOST}: {parts.hostname}") from error
        return all(_is_public(str(item[4][0])) for item in found)


class _LaterError(Exception):
    """No answer that can be believed; asking again, after so many seconds, may help."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.seconds = seconds


def _is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and does not lead back from there."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        nat64 = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
        inner += [one for one in (ip.ipv4_mapped, ip.sixtofour, nat64) if one is not None]
    return all(one.is_global and not one.is_multicast for one in inner)


def client() -> httpx.Client:
    """An HTTP client with the program's name, bounded in time; it follows no redirect by itself."""
    return httpx.Client(headers={"User-Agent": USER_AGENT, "Accept": "*/*"}, timeout=_SECONDS, follow_redirects=False)


def ask_all(
    addresses: Iterable[str], asker: Asker, cache: Cache, tell: Callable[[int, int], None] = lambda done, of: None
) -> dict[str, Answer]:
    """The answer of each address, from the cache where that is fresh; the cache is saved whatever happens.

    Raises Unreachable where none of the first hosts can be reached: there seems to be no network.
    """
    wanted = list(dict.fromkeys(addresses))
    answers = {address: known for address in wanted if (known := cache.get(address)) is not None}
    todo = [address for address in wanted if address not in answers]
    reached = threading.Event()
    failed: set[str] = set()

    def one(address: str) -> tuple[str, Answer]:
        if not reached.is_set() and len(failed) >= _HOSTS_TO_GIVE_UP:
            return address, Answer("unchecked", "no network")
        answer = asker.ask(address)
        if answer.verdict != "unchecked" or answer.why.startswith("HTTP"):
            reached.set()
        else:
            failed.add(urlsplit(address).hostname or "")
        return address, answer

    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        for address, answer in pool.map(one, todo):
            answers[address] = answer
            cache.put(address, answer)
            tell(len(answers), len(wanted))
    finally:
        pool.shutdown(cancel_futures=True)
        cache.save()
    if todo and not reached.is_set() and len(failed) >= _HOSTS_TO_GIVE_UP:
        raise Unreachable(f"none of {len(failed)} hosts could be reached; there seems to be no network")
    if reached.is_set():
        lost = {a: Answer("dead", answer.why) for a, answer in answers.items() if answer.why.startswith(_NO_HOST)}
        answers |= lost
    return answers


class Cache:
    """Answers kept between runs in the user's cache folder; a damaged file is as good as none."""

    def __init__(self, path: Path, today: date, *, refresh: bool = False) -> None:
        self.path = path
        self.today = today
        self.kept: dict[str, dict[str, str]] = {}
        if not refresh:
            try:
                found = json.loads(path.read_bytes())
                self.kept = {a: e for a, e in found.items() if _is_entry(e)}
            except (OSError, ValueError, AttributeError, RecursionError):
                pass

    def get(self, address: str) -> Answer | None:
        """What was answered lately; None where that is not known."""
        entry = self.kept.get(address)
        if entry is None or entry["verdict"] not in _FRESH_DAYS:
            return None
        try:
            age = (self.today - date.fromisoformat(entry["day"])).days
        except ValueError:
            return None
        if not 0 <= age < _FRESH_DAYS[entry["verdict"]]:  # type: ignore[index]
            return None
        return Answer(entry["verdict"], str(entry.get("why", "")), str(entry.get("to", "")))  # type: ignore[arg-type]

    def put(self, address: str, answer: Answer) -> None:
        """Keep an answer until `save`."""
        self.kept[address] = {"day": self.today.isoformat(), **asdict(answer)}

    def save(self) -> None:
        """Write what is kept; a folder that cannot be written to is no reason to fail."""
        with suppress(OSError):
            replace(self.path, (json.dumps(self.kept, indent=0, sort_keys=True) + "\n").encode())


def _is_entry(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(found.get(key), str) for key in ("day", "verdict", "why", "to"))


def cache_path() -> Path:
    """Where answers are kept between runs."""
    folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(folder, "interop-landscape", "links.json")


def _with_fragment(to: str, address: str) -> str:
    fragment = urlsplit(address).fragment
    return f"{to}#{fragment}" if fragment and "#" not in to else to
