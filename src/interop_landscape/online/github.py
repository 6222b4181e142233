"""What GitHub's API knows of a repository."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import httpx

from interop_landscape.errors import BadRequest, Unreachable
from interop_landscape.online.network import client as new_client
from interop_landscape.online.network import deadline

API: Final = "https://api.github.com"

_MOST_BYTES: Final = 1_000_000

_MOMENT: Final = re.compile(r"[0-9]{1,11}")
_NAME: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?github\.com/|git@github\.com:)?([A-Za-z0-9-]+)/([A-Za-z0-9._-]+?)(?:\.git)?/?$"
)


class NoMoreQuestions(Unreachable):
    """The host answers, and says that it was asked too much; others would be answered alike."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as its host describes it; empty where it says nothing."""

    full_name: str
    name: str
    summary: str
    homepage: str
    repo: str
    license: str
    archived: bool


def repository_name(text: str) -> str:
    """``owner/name`` in what people paste: that, or an address. Raises BadRequest where it is neither."""
    found = _NAME.match(text.strip())
    if found is None:
        raise BadRequest(f"`{text}` is no repository; write OWNER/NAME, such as `pytorch/pytorch`")
    return f"{found[1]}/{found[2]}"


def is_on_github(address: str) -> bool:
    """Whether an address is that of a repository on GitHub."""
    found = _NAME.match(address)
    return found is not None and "github.com" in address


def repository(name: str, client: httpx.Client | None = None, *, api: str = API) -> Repository | None:
    """What is known of ``owner/name``; None where there is no such repository, or it is not public.

    Asks with the token in GITHUB_TOKEN or GH_TOKEN where there is one. Raises Unreachable where it cannot be asked,
    NoMoreQuestions where it answers none for now.
    """
    token = os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN")
    headers = {"Accept": "application/vnd.github+json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        answer, body = _got(client or new_client(), f"{api}/repos/{name}", headers)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unreachable(f"GitHub cannot be asked: {type(error).__name__}") from error
    if answer.status_code == 404:
        return None
    if answer.status_code in (403, 429) and answer.headers.get("x-ratelimit-remaining") == "0":
        reset = answer.headers.get("x-ratelimit-reset", "")
        when = f" until {datetime.fromtimestamp(int(reset), UTC):%H:%M} UTC" if _MOMENT.fullmatch(reset) else ""
        raise NoMoreQuestions(f"GitHub answers no more questions{when}; set GITHUB_TOKEN")
    if answer.status_code != 200:
        raise Unreachable(f"GitHub answered {answer.status_code}" + ("; is GITHUB_TOKEN right?" if token else ""))
    try:
        found = json.loads(body)
        licence = (found.get("license") or {}).get("spdx_id") or ""
        return Repository(
            full_name=str(found["full_name"]),
            name=str(found["name"]),
            summary=" ".join(str(found.get("description") or "").split()),
            homepage=str(found.get("homepage") or found["html_url"]),
            repo=str(found["html_url"]),
            license="" if licence == "NOASSERTION" else str(licence),
            archived=bool(found.get("archived")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreachable("GitHub's answer is not understood") from error


def _got(client: httpx.Client, address: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
    """(answer, its body) after redirects. Raises ValueError where the body is longer than any answer of GitHub's."""
    body = b""
    with deadline(), client.stream("GET", address, headers=headers, follow_redirects=True) as answer:
        for part in answer.iter_bytes():
            body += part
            if len(body) > _MOST_BYTES:
                raise ValueError("the answer is too long")
    return answer, body
