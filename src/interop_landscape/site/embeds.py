"""Pages that other pages show in a frame: one table, or the answer to one question, without the site around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from markupsafe import Markup

from interop_landscape import phrases
from interop_landscape.reading.models import Expectation
from interop_landscape.site import pages
from interop_landscape.site.data import SiteData
from interop_landscape.site.history import History
from interop_landscape.site.making import Making
from interop_landscape.site.matrices import matrix
from interop_landscape.site.policy import with_policy
from interop_landscape.site.stage import SHELLS, side_page
from interop_landscape.site.templates import rendered
from interop_landscape.site.view import View

PATH: Final = "embed/path/"
"""Where the answer to a question is: the question is in its query, as on the page of the path finder."""

_STYLE: Final = re.compile(r'<link[^>]*rel="?stylesheet[^>]*href="?([^" >]+)')


def embeds(
    site_data: SiteData, history: History, rendered_by_engine: Path, site_url: str | None
) -> Iterator[tuple[str, Making]]:
    """(path below the site, what makes the page) of every page to be shown in a frame."""
    shell = rendered_by_engine / SHELLS["entries"] / "index.html"
    for rule in site_data.landscape.expectations.values():
        view = View(site_data, "../../..", history, site_url)
        yield f"{view.embed_path(rule)}index.html", partial(_table, view, rule, shell)
    yield f"{PATH}index.html", partial(_answer, View(site_data, "../..", history, site_url), shell)


def _table(view: View, rule: Expectation, shell: Path) -> bytes:
    title = phrases.capital(rule.id.replace("-", " "))
    said = Markup("<p>{}</p>").format(rule.why) + matrix(view, rule)
    return _page(view, shell, title, said, f"{side_page(rule.side)}/#{rule.id}")


def _answer(view: View, shell: Path) -> bytes:
    return _page(view, shell, "Find a path", Markup(pages.paths(view)), "paths/")  # noqa: S704 - escaped there


def _page(view: View, shell: Path, title: str, body: Markup, whole: str) -> bytes:
    """A page with the site's styles and scripts, and nothing else of the site."""
    styles = _STYLE.findall(shell.read_text(encoding="utf-8"))
    made = rendered(
        "html/embed.html",
        view=view,
        title=title,
        body=body,
        whole=whole,
        styles=[re.sub(r"^(\.\./)+", f"{view.root}/", address) for address in styles],
    )
    return with_policy(made, set()).encode()
