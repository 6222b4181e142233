"""The few calls to GitHub's REST API that the action makes, with the standard library alone."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import IO, Any, Final

_TIMEOUT: Final = 30
_PAGE: Final = 100
_MOST_PAGES: Final = 50

BOT: Final = "github-actions[bot]"
"""Who writes what a workflow posts. Nothing of anybody else's is ever edited."""


class Refused(Exception):  # noqa: N818 - named as what it is
    """What was asked for cannot be had, or what was found is not to be trusted; the text says why."""


class NotFound(Refused):
    """GitHub does not know it, or does not show it to this token."""


class _StaysHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirection, since the token would go along with it."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Api:
    """GitHub's API for the repository that the workflow runs in, all from the environment of the workflow."""

    def __init__(self) -> None:
        self.repository = os.environ["GITHUB_REPOSITORY"]
        self._address = f"{os.environ.get('GITHUB_API_URL', 'https://api.github.com')}/repos/{self.repository}/"
        self._token = os.environ["TOKEN"]
        self._opener = urllib.request.build_opener(_StaysHere)

    def get(self, path: str, **query: str | int) -> Any:
        """The answer to a path below the repository. Raises Refused."""
        return self._ask("GET", f"{path}?{urllib.parse.urlencode(query)}" if query else path)

    def post(self, path: str, values: dict[str, Any]) -> Any:
        """The answer to what is sent. Raises Refused."""
        return self._ask("POST", path, values)

    def patch(self, path: str, values: dict[str, Any]) -> Any:
        """The answer to what is changed. Raises Refused."""
        return self._ask("PATCH", path, values)

    def pages(self, path: str, **query: str | int) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page. Raises Refused."""
        for number in range(1, _MOST_PAGES + 1):
            page = self.get(path, per_page=_PAGE, page=number, **query)
            yield from page
            if len(page) < _PAGE:
                return

    def download(self, path: str, most: int) -> bytes:
        """What a path leads to, of at most so many bytes. Raises Refused."""
        try:
            with self._open("GET", path) as answer:
                address = answer.headers["Location"] or ""
            with urllib.request.urlopen(_checked(address), timeout=_TIMEOUT) as answer:  # noqa: S310
                return _bounded(answer, most)
        except OSError as error:
            raise Refused(f"{path} could not be downloaded: {error}") from error

    def _ask(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        try:
            with self._open(method, path, values) as answer:
                return json.load(answer)
        except (OSError, ValueError) as error:
            raise Refused(f"GitHub gave no answer to {method} {path}: {error}") from error

    def _open(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        """The open answer, a redirection included."""
        request = urllib.request.Request(  # noqa: S310
            _checked(self._address + path),
            method=method,
            data=None if values is None else json.dumps(values).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
                "User-Agent": "interop-landscape",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            return self._opener.open(request, timeout=_TIMEOUT)
        except urllib.error.HTTPError as error:
            if error.code in (301, 302, 307, 308):
                return error
            with error:
                said = error.read(500).decode(errors="replace")
            kind = NotFound if error.code == 404 else Refused
            raise kind(f"GitHub answered {error.code} to {method} {path}: {said}") from None


def _checked(address: str) -> str:
    if not address.startswith(("https://", "http://")):  # urllib would open files, too
        raise Refused(f"not an address to ask: {address!r}")
    return address


def _bounded(stream: IO[bytes], most: int) -> bytes:
    data = stream.read(most + 1)
    if len(data) > most:
        raise Refused(f"more than {most:,} bytes")
    return data
