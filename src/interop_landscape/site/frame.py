"""What stands around the body of every page: its footer, and what programs read of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup

from interop_landscape.site.data import SiteData
from interop_landscape.site.policy import hash_of
from interop_landscape.site.published import API, CALENDAR, DOWNLOADS, FEED
from interop_landscape.site.stage import SHELLS, side_page
from interop_landscape.site.structured import described, in_script
from interop_landscape.site.templates import rendered, templates_folder
from interop_landscape.site.view import View

NOT_FOUND: Final = "404.html"
_PLACE: Final = re.compile('<div id="?ls-footer"?></div>')

_SHOWS: Final[dict[str, tuple[str, ...]]] = {
    "": (f"{API}/index.json", f"{API}/scores.json"),
    "gaps/": (f"{API}/gaps.json",),
    "plan/": (f"{API}/plan.json", f"{API}/fixes.json"),
    "changes/": (FEED, CALENDAR),
    "paths/": (f"{DOWNLOADS}/statements.csv", f"{API}/statements.json"),
    "explore/": (f"{DOWNLOADS}/landscape.graphml", f"{API}/explore.json"),
    "entries/": (f"{DOWNLOADS}/entries.csv", f"{API}/entries.json"),
    "compare/": (f"{API}/entries.json",),
    "process/": (f"{API}/milestones.json", f"{API}/records.json"),
    "specification/": (f"{DOWNLOADS}/specification.md", f"{API}/expectations.json"),
    "verified/": (f"{API}/probes.json",),
    "stewards/": (f"{API}/vocabulary.json", f"{API}/entries.json"),
    "data/": (f"{API}/index.json", f"{DOWNLOADS}/landscape.json"),
    "cite/": (f"{DOWNLOADS}/citation.bib", f"{DOWNLOADS}/CITATION.cff"),
}
_OF_A_SIDE: Final = (f"{API}/expectations.json", f"{API}/scores.json")
_ELSEWHERE: Final = (f"{DOWNLOADS}/landscape.json",)


def frame(rendered: Path, site_data: SiteData, site_url: str | None) -> None:
    """Frame every page below the folder that an engine wrote, but the shells: what is made of them is framed too."""
    for path in rendered.rglob("*.html"):
        at = path.relative_to(rendered).as_posix().removesuffix("index.html")
        if at == NOT_FOUND and site_url is None:
            path.write_text(_not_found(site_data), encoding="utf-8")
        elif at.rstrip("/") not in SHELLS.values():
            html = path.read_text(encoding="utf-8")
            page = Page(View(site_data, _root(at, site_url), site_url=site_url), at, title=_title(html))
            path.write_text(page.framed(html), encoding="utf-8")


def _not_found(site_data: SiteData) -> str:
    """The page for what is not found, where nobody knows the site's address: it holds all and looks for the site."""
    script = (templates_folder() / "html" / "not_found.js").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {hash_of(script)}; style-src 'unsafe-inline'; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )
    title = site_data.landscape.vocabulary.title
    return rendered("html/not_found.html", title=title, policy=policy, script=Markup(script))  # noqa: S704 - ours


def _root(at: str, site_url: str | None) -> str:
    """How an address on a page begins; that of the page for what is not found may be shown anywhere."""
    if at == NOT_FOUND:
        return urlsplit(site_url or "").path.rstrip("/")
    return "/".join([".."] * at.count("/")) or "."


def _title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return unescape(found[1]).strip() if found else ""


@dataclass(frozen=True)
class Page:
    """A page of the site: its address below the site's start, what it is about, and the file of that in the landscape.

    ``view`` has the addresses as they are on this page.
    """

    view: View
    at: str
    title: str = ""
    entry: str | None = None
    file: str | None = None

    def framed(self, html: str) -> str:
        """The page with its footer, and with what programs read of it."""
        return _PLACE.sub(lambda place: self._footer + self._for_programs, html, count=1)

    @property
    def _footer(self) -> str:
        view = self.view
        return rendered(
            "html/footer.html",
            view=view,
            publisher=view.vocabulary.publisher,
            license=view.vocabulary.license,
            files=[(path, path.rpartition("/")[2]) for path in self._files],
            report=self.report_url,
        )

    @property
    def _for_programs(self) -> str:
        found = described(self.view, self.at, self.entry)
        return in_script(found) if found else ""

    @cached_property
    def _files(self) -> Sequence[str]:
        """The files that hold what the page shows."""
        if self.entry is not None:
            return (f"{API}/entries/{self.entry}.json",)
        if self.at.startswith("gaps/") and self.at != "gaps/":
            return (f"{API}/records.json",)
        if self.at.startswith("changes/") and self.at != "changes/":
            return (f"{API}/{self.at.rstrip('/')}.json",)
        if self.at in {f"{side_page(side)}/" for side in self.view.vocabulary.sides}:
            return _OF_A_SIDE
        return _SHOWS.get(self.at, _ELSEWHERE)

    @property
    def report_url(self) -> str | None:
        """Where a mistake on the page is reported, with what is known filled in; None where no repository is known."""
        repository = self.view.vocabulary.repository
        if repository is None:
            return None
        about = self.title or self.view.vocabulary.title
        lines = [
            f"Page: {(self.view.site_url or '').rstrip('/')}/{self.at}",
            *([f"File: landscape/{self.file}"] if self.file else []),
            "",
            "What is wrong:",
            "",
            "What shows it (a public address):",
            "",
        ]
        return new_issue(repository, f"Mistake: {about}", "\n".join(lines))


def new_issue(repository: str, title: str, body: str) -> str:
    """The address of a new issue with its title and text filled in, as GitHub and Forgejo take it, or GitLab."""
    address = repository.rstrip("/")
    if "gitlab" in (urlsplit(address).hostname or ""):
        return f"{address}/-/issues/new?{urlencode({'issue[title]': title, 'issue[description]': body})}"
    return f"{address}/issues/new?{urlencode({'title': title, 'body': body})}"
