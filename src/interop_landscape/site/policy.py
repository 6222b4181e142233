"""What a page may run: the theme's scripts and the site's own files, and nothing that came with a text.

Every page says so itself, in a content security policy; and a page of the user's own that holds something else is
refused, since nobody would see why it does not work.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from interop_landscape.errors import BadRequest

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SCOPE: Final = re.compile(r'new URL\("[./]*",')  # how far a page lies below the site's start: its only difference
_HEAD: Final = re.compile(r"<head[^>]*>")

_ASSET: Final = re.compile(r"(/|\./|(\.\./)+)?assets/[\w./-]+\.js$")  # no page of the user's is below assets/

_REFUSED: Final = frozenset({"applet", "base", "embed", "frame", "frameset", "iframe", "object", "portal"})
_ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "data", "poster", "xlink:href"})


def put_into(rendered: Path, shell: Path, own: frozenset[str]) -> None:
    """Give each page below `rendered` its policy; `shell` is a page that holds nothing but the theme.

    ``own`` names the user's pages by their paths. Raises BadRequest where one of them holds what would not run.
    """
    allowed = {_alike(script) for script in _SCRIPT.findall(shell.read_text(encoding="utf-8"))}
    for path in rendered.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        name = path.relative_to(rendered).as_posix()
        if name in own and (found := next(_foreign(page, allowed), None)):
            raise BadRequest(f"{name} would hold {found}, from your page of that name; remove it there")
        path.write_text(with_policy(page, allowed), encoding="utf-8")


def with_policy(page: str, allowed: set[str]) -> str:
    """A page with a policy that allows, of the scripts within it, those that are `allowed`."""
    hashes = dict.fromkeys(hash_of(script) for script in _SCRIPT.findall(page) if _alike(script) in allowed)
    policy = "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",  # drawings have their colours and places in attributes
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _HEAD.sub(lambda head: f"{head[0]}{meta}", page, count=1)


def _alike(script: str) -> str:
    return _SCOPE.sub("new URL(,", script)


def hash_of(script: str) -> str:
    """How a policy names a script that stands within a page."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _foreign(page: str, allowed: set[str]) -> Iterator[str]:
    """What a page holds that no text should bring, in words."""
    scripts = _SCRIPT.findall(page)
    if any(_alike(script) not in allowed for script in scripts):
        yield "a script"
    reader = _Reader()
    reader.feed(page)
    yield from reader.found


class _Reader(HTMLParser):
    """Looks for elements and attributes that run something or bring in another page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag in _REFUSED or (tag == "meta" and held.get("http-equiv", "").lower() == "refresh"):
            self.found.append(f"<{tag}>")
        if tag == "script" and held and not _is_of_the_site(held):
            self.found.append("a script")
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(f"the attribute {name}")
            if name in _ADDRESSES and _runs(value or ""):
                self.found.append(f"an address that runs a script, in {name}")


def _is_of_the_site(script: dict[str, str]) -> bool:
    """Whether a script is one of the theme's or the program's files, or data for them."""
    return script.get("type") == "application/json" or bool(_ASSET.match(script.get("src", "")))


def _runs(address: str) -> bool:
    """Whether a browser would run an address; it passes over white space and control characters."""
    scheme = re.sub(r"[\x00-\x20]", "", address).partition(":")[0].lower()
    return scheme in ("javascript", "vbscript") or (scheme == "data" and "html" in address.lower())
