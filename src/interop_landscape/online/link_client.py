"""Ask addresses whether they are still there: politely, a few at once, and never a host of one's own network."""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit

import httpx

from interop_landscape.errors import Unreachable
from interop_landscape.online.network import NO_HOST, PRIVATE, Names, NotAsked, client, deadline
from interop_landscape.writing.files import replace

Verdict = Literal["ok", "dead", "moved", "unchecked"]
Stopped = Literal["", "interrupted", "late"]

AT_ONCE: Final = 8
AT_ONCE_OF_A_HOST: Final = 2

_TRIES: Final = 3
_HOPS: Final = 10
_LONGEST_WAIT: Final = 60.0
_LONGEST_ADDRESS: Final = 180.0  # with its redirects, tries and waits
_LONGEST_RUN: Final = 45 * 60.0
_HOSTS_TO_GIVE_UP: Final = 6
_DEAD: Final = (404, 410)
_ASK_LATER: Final = (429, 500, 502, 503, 504)
_PERMANENT: Final = (301, 308)
_SIGN_IN: Final = ("login", "signin", "sign-in", "consent", "captcha")
_FRESH_DAYS: Final[Mapping[Verdict, int]] = {"ok": 7, "moved": 7, "dead": 1, "unchecked": 0}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an address: ``to`` is where it has moved, ``why`` says what is not ok about it."""

    verdict: Verdict
    why: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of addresses, and whether the asking stopped before all of them were asked."""

    of: dict[str, Answer]
    stopped: Stopped = ""


@dataclass
class Asker:
    """Asks addresses; ``wait`` is how it waits, ``names`` what it may connect to."""

    names: Names = field(default_factory=Names)
    wait: Callable[[float], object] = time.sleep
    pause: float = 0.2
    seconds: float = 25.0
    client: httpx.Client = field(init=False)
    _hosts: dict[str, threading.Semaphore] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.client = client(self.names)

    def ask(self, address: str) -> Answer:
        """What becomes of an address; never raises."""
        with deadline(_LONGEST_ADDRESS):
            return self._asked(address)

    def _asked(self, address: str) -> Answer:
        last = Answer("unchecked", "no answer")
        for attempt in range(_TRIES):
            try:
                last = self._follow(address)
            except _LaterError as later:
                last = Answer("unchecked", later.why)
                if attempt + 1 < _TRIES:
                    self.wait(2.0**attempt if later.seconds is None else min(max(later.seconds, 0.0), _LONGEST_WAIT))
                continue
            except _NeverError as never:
                return Answer("unchecked", never.why)
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError, OSError) as error:
                return Answer("unchecked", f"{type(error).__name__}: {error}".rstrip(": "))
            return last
        return last

    def _follow(self, address: str) -> Answer:
        at, lasting = address, True
        for _ in range(_HOPS):
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
        parts = httpx.URL(address)
        if parts.scheme not in ("http", "https") or not parts.host:
            raise _NeverError(PRIVATE)
        with self._turn(parts.host):
            for method in ("HEAD", "GET"):
                try:
                    with deadline(self.seconds), self.client.stream(method, address) as answer:
                        status, to = answer.status_code, answer.headers.get("location")
                        after = answer.headers.get("retry-after", "")
                except NotAsked as error:
                    raise (_NeverError if str(error) == PRIVATE else _LaterError)(str(error)) from error
                except (httpx.ConnectError, httpx.TimeoutException, httpx.RemoteProtocolError) as error:
                    if method == "GET" or isinstance(error, httpx.ConnectError):
                        raise _LaterError(f"{type(error).__name__}: {error}".rstrip(": ")) from error
                    continue
                if status in (301, 302, 303, 307, 308) and to:
                    return status, to
                if 200 <= status < 300:
                    return status, None
            if status in _ASK_LATER:
                raise _LaterError(f"HTTP {status}", seconds_in(after, datetime.now(UTC)))
            return status, None

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        with self._lock:
            turn = self._hosts.setdefault(host, threading.Semaphore(AT_ONCE_OF_A_HOST))
        with turn:
            yield
            self.wait(self.pause)


class _NeverError(Exception):
    """An address that is not to be asked."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class _LaterError(Exception):
    """No answer that can be believed; asking again, after so many seconds, may help."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.seconds = seconds


def seconds_in(retry_after: str, now: datetime) -> float | None:
    """The seconds that a ``Retry-After`` asks for, as a number or as a date (RFC 9110); None where it is neither."""
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after[:9])
    try:
        then = parsedate_to_datetime(retry_after)
        return (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None


def ask_all(
    addresses: Iterable[str],
    asker: Asker,
    cache: Cache,
    tell: Callable[[int, int], None] = lambda done, of: None,
    *,
    seconds: float = _LONGEST_RUN,
) -> Answers:
    """The answer of each address, from the cache where that is fresh; the cache is saved whatever happens.

    Where Ctrl-C or the end of the time stops it, at once, those asked until then are returned. Raises Unreachable
    where none of the first hosts can be reached: there seems to be no network.
    """
    wanted = list(dict.fromkeys(addresses))
    answers = {address: known for address in wanted if (known := cache.get(address)) is not None}
    asking = _Asking(asker, [address for address in wanted if address not in answers])
    stopped: Stopped = ""
    try:
        for address, answer in asking.answers(seconds):
            answers[address] = answer
            cache.put(address, answer)
            tell(len(answers), len(wanted))
    except KeyboardInterrupt:
        stopped = "interrupted"
    except TimeoutError:
        stopped = "late"
    finally:
        asking.stop()
        cache.save()
    if not stopped and asking.no_network:
        raise Unreachable(f"none of {len(asking.failed)} hosts could be reached; there seems to be no network")
    if asking.reached.is_set():
        answers |= {a: Answer("dead", one.why) for a, one in answers.items() if one.why.startswith(NO_HOST)}
    return Answers(answers, stopped)


class _Asking:
    """A few threads that ask addresses. They are daemons: nobody waits for a slow host once it is over."""

    def __init__(self, asker: Asker, todo: list[str]) -> None:
        self.reached = threading.Event()
        self.failed: set[str] = set()
        self._asker = asker
        self._count = len(todo)
        self._todo: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[str, Answer]] = queue.SimpleQueue()
        for address in todo:
            self._todo.put(address)
        for _ in range(min(AT_ONCE, len(todo))):
            threading.Thread(target=self._work, daemon=True).start()

    @property
    def no_network(self) -> bool:
        """Whether so many hosts gave no answer, and none did, that the fault is on this side."""
        return len(self.failed) >= _HOSTS_TO_GIVE_UP and not self.reached.is_set()

    def answers(self, seconds: float) -> Iterator[tuple[str, Answer]]:
        """(address, answer) as they come. Raises TimeoutError where they take longer than so many seconds."""
        end = time.monotonic() + seconds
        for _ in range(self._count):
            try:
                yield self._done.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None

    def stop(self) -> None:
        """Begin with no further address."""
        with suppress(queue.Empty):
            while True:
                self._todo.get_nowait()

    def _work(self) -> None:
        with suppress(queue.Empty):
            while True:
                address = self._todo.get_nowait()
                self._done.put((address, self._one(address)))

    def _one(self, address: str) -> Answer:
        if self.no_network:
            return Answer("unchecked", "no network")
        answer = self._asker.ask(address)
        if answer.verdict != "unchecked" or answer.why.startswith("HTTP"):
            self.reached.set()
        else:
            self.failed.add(urlsplit(address).hostname or "")
        return answer


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
