"""Build the site: check, stage, engine, stamp, write."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from interop_landscape.landscape import Landscape
from interop_landscape.site import citation, policy
from interop_landscape.site.api import api_makings, as_bytes
from interop_landscape.site.badges import badge_makings
from interop_landscape.site.calendar import calendar
from interop_landscape.site.croissant import croissant_document
from interop_landscape.site.data import SiteData
from interop_landscape.site.drawings import explore_document
from interop_landscape.site.engine import render, versions
from interop_landscape.site.feed import atom_feed
from interop_landscape.site.frame import frame
from interop_landscape.site.history import History
from interop_landscape.site.making import Making, Site, digest_of, digest_of_files, files
from interop_landscape.site.placeholders import Placeholders
from interop_landscape.site.published import CALENDAR, DOWNLOADS, FEED
from interop_landscape.site.remembered import Remembered
from interop_landscape.site.routing import routing_document
from interop_landscape.site.settings import SiteSettings
from interop_landscape.site.stage import SHELLS, stage
from interop_landscape.site.stamp import stamped
from interop_landscape.site.templates import templates_folder
from interop_landscape.site.write import replacing
from interop_landscape.writing.files import naming

NO_ADDRESS: Final = (
    "the site's address is not known: its sitemap is empty, and where its pages are shared they show no picture; "
    "name it with --site-url, or as site_url in mkdocs.yml"
)

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What was built: pages and files, of how many bytes together, in how many seconds; `told` says what is missing."""

    pages: int
    files: int
    size: int
    seconds: float
    told: str = ""


def build(
    landscape: Landscape,
    history: History,
    output: Path,
    *,
    site_url: str | None = None,
    settings: SiteSettings | None = None,
    engine: str = "mkdocs",
    strict: bool = False,
    tell: Tell = lambda step: None,
    remembered: Remembered | None = None,
) -> Built:
    """Build the site of a landscape into `output`, which is replaced as one step at the end.

    What the engine made of the same input before is `remembered`, and files that are as they were are not written.

    Raises EngineError where the engine fails, BadRequest where `output` is something else than a site.
    """
    before = time.monotonic()
    site_url = site_url or (settings.site_url if settings else None)
    site_data = SiteData(landscape)
    with replacing(output) as made, _standing_still(landscape), tempfile.TemporaryDirectory() as temporary:
        tell("staging pages")
        placeholders = Placeholders()
        with naming(Path(temporary)):
            staged = stage(landscape, site_url, Path(temporary), placeholders, settings)
            tell(f"rendering with {engine}")
            rendered = render(staged, engine=engine, strict=strict, remembered=remembered)
            finish(rendered, placeholders, settings, site_data, site_url)
        tell("stamping pages")
        site = _site(output, made, site_data, history, rendered, site_url, remembered)
        leads = tuple(f"{address}/" for address in SHELLS.values())
        pages = stamped(site_data, history, rendered, site_url)
        for source in rendered.rglob("*"):  # the library's copy goes on where a disk is full, and tells of every file
            name = source.relative_to(rendered).as_posix()
            if source.is_file() and name not in pages and not name.startswith((*leads, "sitemap.xml")):
                site.copy(name, source)
        for path, one in pages.items():
            site.put(path, one)
        tell("writing files")
        for path, one in makings_of(site_data, history, site_url, site.read):
            site.put(path, one)
        tell("putting it in place")
        sizes = [path.stat().st_size for path in made.rglob("*") if path.is_file()]
        count = sum(1 for _ in made.rglob("*.html"))
    if remembered is not None:
        remembered.keep_site(output, site.made)
    return Built(count, len(sizes), sum(sizes), time.monotonic() - before, "" if site_url else NO_ADDRESS)


def finish(
    rendered: Path, placeholders: Placeholders, settings: SiteSettings | None, site_data: SiteData, site_url: str | None
) -> None:
    """Put the texts into the pages that an engine wrote, say on each what it may run, and frame all but the shells.

    Raises BadRequest.
    """
    placeholders.put_into(rendered)
    for address in SHELLS.values():
        shell = rendered / address / "index.html"
        shell.write_text(tightened(shell.read_text(encoding="utf-8")), encoding="utf-8")
    own = settings.own_pages() if settings else frozenset()
    policy.put_into(rendered, rendered / SHELLS["entries"] / "index.html", own)
    frame(rendered, site_data, site_url)


def tightened(shell: str) -> str:
    """A page that holds nothing but the theme, without its indents: it stands around every page of the data."""
    return re.sub(r"\s*\n\s*", "\n", shell)


def _site(
    old: Path,
    new: Path,
    site_data: SiteData,
    history: History,
    rendered: Path,
    site_url: str | None,
    remembered: Remembered | None,
) -> Site:
    """The site to be written, with what is remembered of the old one."""
    if remembered is None or remembered.folder is None:
        return Site(old, new, site_data.words)
    grounds = [
        remembered.program,
        *versions(),
        digest_of_files(templates_folder() / "html"),
        digest_of_files(rendered),
        site_url,
        history,
        site_data.day,
        site_data.landscape,
    ]
    return Site(old, new, site_data.words, digest_of(grounds), remembered.site(old))


def files_of(site_data: SiteData, history: History, site_url: str | None) -> Iterator[tuple[str, bytes]]:
    """Every file for programs: (path, bytes)."""
    return files(makings_of(site_data, history, site_url))


def makings_of(
    site_data: SiteData, history: History, site_url: str | None, read: Callable[[str], bytes] | None = None
) -> Iterator[tuple[str, Making]]:
    """Every file for programs: (path, what makes it); `read` gives one of them that was written already."""
    downloads = {}
    for path, one in api_makings(site_data, history.periods, read):
        if path.startswith(f"{DOWNLOADS}/"):
            downloads[path.removeprefix(f"{DOWNLOADS}/")] = partial(read, path) if read else one
        yield path, one
    yield f"{DOWNLOADS}/croissant.json", partial(_croissant, site_data, downloads, site_url)
    yield f"{DOWNLOADS}/CITATION.cff", lambda: citation.cff(site_data, site_url).encode()
    yield f"{DOWNLOADS}/citation.bib", lambda: citation.bibtex(site_data, site_url).encode()
    yield "api/v1/routing.json", lambda: as_bytes(routing_document(site_data.landscape))
    yield "api/v1/explore.json", lambda: as_bytes(explore_document(site_data))
    yield from badge_makings(site_data)
    landscape = site_data.landscape
    yield FEED, partial(atom_feed, site_url or "", landscape.vocabulary.title, history.changes)
    yield CALENDAR, partial(calendar, landscape, site_url or "")


def _croissant(site_data: SiteData, downloads: Mapping[str, Callable[[], bytes]], site_url: str | None) -> bytes:
    digests = {name: sha256(read()).hexdigest() for name, read in downloads.items()}
    return as_bytes(croissant_document(site_data, digests, site_url))


@contextmanager
def _standing_still(landscape: Landscape) -> Iterator[None]:
    """Set the engine's clock to today's noon, so that it writes the same twice on one day."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        yield
        return
    noon = datetime.combine(landscape.today, datetime.min.time(), UTC) + timedelta(hours=12)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
