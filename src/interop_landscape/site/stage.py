"""Stage what the engine needs: its settings, the pages as Markdown, the theme and the assets."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from interop_landscape.landscape import Landscape
from interop_landscape.site.navigation import navigation
from interop_landscape.site.placeholders import Placeholders
from interop_landscape.site.settings import SiteSettings
from interop_landscape.site.templates import templates_folder

SHELLS = {"entries": "entries/shell", "gaps": "gaps/shell", "changes": "changes/shell"}
"""The pages that stand for all entries, all records and all periods: by folder, their address."""


def side_page(side: str) -> str:
    """The name of a side's page; no side takes the name of another page."""
    taken = {path.stem for path in (templates_folder() / "pages").glob("*.md")}
    return (
        f"side-{side}"
        if side in taken or side in ("reference", "assets", "api", "badges", "downloads", "embed")
        else side
    )


def stage(
    landscape: Landscape,
    site_url: str | None,
    folder: Path,
    placeholders: Placeholders,
    user: SiteSettings | None = None,
) -> Path:
    """Write the engine's input, with the user's pages and settings, into an empty folder; return its settings file.

    The texts of the landscape and of the settings get placeholders.
    """
    user = user or SiteSettings()
    templates = templates_folder()
    pages = folder / "docs"
    shutil.copytree(templates / "reference", pages / "reference")
    shutil.copytree(templates / "assets", pages / "assets")
    shutil.copytree(templates / "theme", folder / "theme")
    own = _pages(landscape, placeholders)
    for name, text in own.items():
        path = pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    user.copy_pages(pages)
    merged = user.applied_to(_settings(landscape, site_url, own, placeholders), placeholders.of)
    settings = folder / "mkdocs.yml"
    settings.write_text(yaml.safe_dump(merged, sort_keys=False, allow_unicode=True))
    return settings


def _pages(landscape: Landscape, placeholders: Placeholders) -> dict[str, str]:
    """The Markdown of every page by its path."""
    # What the templates put in are placeholders and names of files, which have nothing to escape.
    plain = Environment(  # noqa: S701
        loader=FileSystemLoader(templates_folder() / "pages"), undefined=StrictUndefined, keep_trailing_newline=True
    )
    plain.filters["text"] = placeholders.of
    vocabulary = landscape.vocabulary
    context: dict[str, Any] = {
        "title": vocabulary.title,
        "summary": vocabulary.summary or vocabulary.title,
        "repository": vocabulary.repository,
        "relation": next(iter(vocabulary.relations), "relation"),
        "probe": next(iter(landscape.probes), "PROBE"),
    }
    pages = {}
    for template in sorted(path.name for path in (templates_folder() / "pages").glob("*.md")):
        if template not in ("side.md", "shell.md"):
            pages[template] = plain.get_template(template).render(**context)
    for name, side in vocabulary.sides.items():
        pages[f"{side_page(name)}.md"] = plain.get_template("side.md").render(**context, name=name, side=side)
    for address in SHELLS.values():
        pages[f"{address}.md"] = plain.get_template("shell.md").render(**context)
    return pages


def _settings(
    landscape: Landscape, site_url: str | None, pages: Collection[str], placeholders: Placeholders
) -> dict[str, Any]:
    vocabulary = landscape.vocabulary
    settings: dict[str, Any] = {
        "site_name": placeholders.of(vocabulary.title),
        "site_description": placeholders.of(vocabulary.summary or vocabulary.title),
        "docs_dir": "docs",
        "site_dir": "site",
    }
    if site_url:
        settings["site_url"] = f"{site_url.rstrip('/')}/"
    settings |= yaml.safe_load((templates_folder() / "mkdocs.yml").read_text())
    sides = {name: side_page(name) for name in vocabulary.sides}
    settings["nav"] = navigation(vocabulary, sides, pages, placeholders.of)
    return settings
