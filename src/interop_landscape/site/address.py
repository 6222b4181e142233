"""The address at which a site is published: plain enough that pages, feed and sitemap may hold it as it is."""

from __future__ import annotations

import re
from typing import Final

_HOST: Final = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,5})?"
_PATH: Final = r"(?:/(?:[A-Za-z0-9._~!$()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
_FAULTS: Final = (
    (r"(?!https?://)", "it is no http or https address", "write https://host/path/"),
    (r"\w+://[^/?#]*@", "it holds a user name", "write it without"),
    (r"[^?#]*[?#]", "it holds a query or a fragment", "end it before the `?` or `#`"),
    (rf"\w+://(?!{_HOST}(?:/|\Z))", "its host is not plain", "write letters, digits, `-` and dots; others as xn--…"),
    (r"", "its path is not plain", "write quotes, spaces and the like as %22, %20 and so on"),
)


def fault(address: str) -> tuple[str, str] | None:
    """What is wrong with an address of a site, and how to correct it; None where nothing is."""
    if re.fullmatch(rf"https?://{_HOST}{_PATH}", address):
        return None
    return next((message, hint) for found, message, hint in _FAULTS if re.match(found, address))
