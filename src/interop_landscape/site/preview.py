"""The site of a folder as it is: pages are made when they are asked for, and again after each edit.

The engine runs once, and again only where a template that it reads has changed. An edit of the data is read with
what was read before, so a page is there again within a second. A mistake leaves the last good site up.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from yaml import YAMLError

from interop_landscape import loading
from interop_landscape.errors import LandscapeError
from interop_landscape.problems import Problem
from interop_landscape.reading.read import Kept
from interop_landscape.reading.source import FolderSource
from interop_landscape.site.build import finish, makings_of
from interop_landscape.site.data import SiteData
from interop_landscape.site.engine import render
from interop_landscape.site.history import History
from interop_landscape.site.making import Making
from interop_landscape.site.placeholders import Placeholders
from interop_landscape.site.published import CALENDAR, FEED
from interop_landscape.site.settings import read_settings
from interop_landscape.site.stage import SHELLS, stage
from interop_landscape.site.stamp import stamped
from interop_landscape.site.templates import templates_folder

Tell = Callable[[str], None]
Hear = Callable[[dict[str, Any]], None]


class Preview:
    """The site of a landscape's folder as it is; `work` is an empty folder to work in."""

    def __init__(self, folder: Path, label: str, work: Path, history: History, tell: Tell) -> None:
        self.folder, self.label, self.work, self.history, self.tell = folder, label, work, history, tell
        self._kept: Kept = {}
        self._lock = threading.Lock()
        self._listeners: list[Hear] = []
        self.problems = ""
        self.site_data: SiteData | None = None
        self._rendered = work / "none"
        self._renderings = 0
        self._pages: Mapping[str, Making] = {}
        self._files: Mapping[str, Making] | None = None

    def load(self, *, engine: bool) -> bool:
        """Read the landscape again, with `engine` also render the templates again; whether it can be shown."""
        try:
            return self._load(engine=engine)
        except (LandscapeError, TemplateError, YAMLError) as error:
            self._say(_template_said(error))
        except OSError as error:
            self._say(f"{error.filename or self.folder}: {(error.strerror or str(error)).lower()}")
        return False

    def _load(self, *, engine: bool) -> bool:
        landscape, problems = loading.from_source(FolderSource(self.folder, self.label), kept=self._kept)
        errors = [problem for problem in problems if problem.severity == "error"]
        if landscape is None or errors:
            self._say("\n".join(_said(problem) for problem in errors))
            return False
        with self._lock:
            changed = self.site_data is not None and self.site_data.landscape.vocabulary != landscape.vocabulary
            site_data = SiteData(landscape)
            if engine or changed or self.site_data is None:
                self._rendered = self._render(site_data)
            self.site_data = site_data
            self._pages = stamped(self.site_data, self.history, self._rendered, None)
            self._files = None
        self._say("")
        return True

    def _render(self, site_data: SiteData) -> Path:
        """The engine's pages in a folder of their own, so that those of before stay where this fails."""
        self._renderings += 1
        work = self.work / str(self._renderings)
        work.mkdir(parents=True)
        settings, placeholders = read_settings(self.folder), Placeholders()
        rendered = render(stage(site_data.landscape, None, work, placeholders, settings), engine="mkdocs", strict=False)
        finish(rendered, placeholders, settings, site_data, None)
        if self._rendered.is_relative_to(self.work / str(self._renderings - 1)):
            shutil.rmtree(self.work / str(self._renderings - 1))
        return rendered

    def pages_folder(self) -> Path | None:
        """The folder of the user's own pages; None where no settings can be read that name it."""
        try:
            return read_settings(self.folder).pages
        except (LandscapeError, OSError):
            return None

    def copy_asset(self, path: Path) -> None:
        """Put one changed asset where it is served from."""
        target = self._rendered / path.relative_to(templates_folder())
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)

    def read(self, path: str) -> bytes | None:
        """The bytes at a path below the site, made now where the program makes them; None where there is nothing."""
        with self._lock:
            if path in self._pages:
                try:
                    return self._pages[path]()
                except TemplateError as error:
                    self._say(_template_said(error))
                    return f"<pre>{escape(str(error))}</pre>".encode()
            if path.startswith(("api/", "badges/", "downloads/", FEED, CALENDAR)) and self.site_data is not None:
                if self._files is None:
                    self._files = dict(makings_of(self.site_data, self.history, None))
                return self._files[path]() if path in self._files else None
            if path.startswith(tuple(SHELLS.values())):
                return None
            return _read_below(self._rendered, path)

    def reload(self) -> None:
        """Let every open page load again."""
        self._send({"reload": True})

    def _say(self, problems: str) -> None:
        if problems:
            self.tell(problems)
        if problems or self.problems:
            self.problems = problems
            self._send({"problems": problems})

    def _send(self, said: dict[str, Any]) -> None:
        for hear in list(self._listeners):
            hear(said)

    @contextmanager
    def heard_by(self, hear: Hear) -> Iterator[None]:
        """Call a function, from any thread, with the problems that there are now and all that pages are told later."""
        hear({"problems": self.problems})
        self._listeners.append(hear)
        try:
            yield
        finally:
            self._listeners.remove(hear)


def _read_below(folder: Path, path: str) -> bytes | None:
    """The bytes of a file below a folder; None where there is none, or where it is not below."""
    try:
        file = (folder / path).resolve()
        return file.read_bytes() if file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return None


def _template_said(error: Exception) -> str:
    """What is wrong with a template or the settings, with its file and line where they are known."""
    if isinstance(error, LandscapeError):
        return str(error)
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or 'a template'}:{error.lineno}: {error.message}"
    return f"a template: {error}"


def _said(problem: Problem) -> str:
    return f"{problem}\n    {problem.source.strip()}\n    {problem.hint}".rstrip()
