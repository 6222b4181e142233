"""A live preview: pages are made when they are asked for, and again after each edit of what they are made of.

The engine runs once, and again only where a template that it reads has changed. An edit of the data is read with
what was read before, so a page is there again within a second. A mistake leaves the last good site up.
"""

from __future__ import annotations

import json
import mimetypes
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from jinja2 import TemplateError, TemplateSyntaxError
from yaml import YAMLError

from interop_landscape import loading
from interop_landscape.errors import LandscapeError
from interop_landscape.landscape import Landscape
from interop_landscape.problems import Problem
from interop_landscape.reading.read import Kept
from interop_landscape.reading.source import FolderSource
from interop_landscape.site.build import files_of, finish
from interop_landscape.site.data import SiteData
from interop_landscape.site.engine import render
from interop_landscape.site.history import History
from interop_landscape.site.placeholders import Placeholders
from interop_landscape.site.settings import SETTINGS, read_settings
from interop_landscape.site.stage import SHELLS, stage
from interop_landscape.site.stamp import stamped
from interop_landscape.site.templates import templates_folder

EVENTS: Final = "/__events"
_CLIENT: Final = """
<script>
(() => {
  const banner = document.createElement("pre");
  banner.className = "ls-banner";
  const events = new EventSource(%s);
  events.onmessage = (event) => {
    const said = JSON.parse(event.data);
    if (said.reload) location.reload();
    banner.textContent = said.problems || "";
    if (said.problems) document.body.append(banner); else banner.remove();
  };
})();
</script>
"""
Tell = Callable[[str], None]


class Preview:
    """The site of a landscape's folder as it stands; `work` is an empty folder to work in."""

    def __init__(self, folder: Path, label: str, work: Path, history: History, tell: Tell) -> None:
        self.folder, self.label, self.work, self.history, self.tell = folder, label, work, history, tell
        self._kept: Kept = {}
        self._lock = threading.Lock()
        self._listeners: list[queue.Queue[dict[str, Any]]] = []
        self.problems = ""
        self.site_data: SiteData | None = None
        self._rendered = work / "none"
        self._renderings = 0
        self._pages: dict[str, Callable[[], bytes]] = {}
        self._files: dict[str, bytes] | None = None

    def load(self, *, engine: bool) -> bool:
        """Read the landscape again, with `engine` also render the templates again; whether it can be shown."""
        landscape, problems = loading.from_source(FolderSource(self.folder, self.label), kept=self._kept)
        errors = [problem for problem in problems if problem.severity == "error"]
        if landscape is None or errors:
            self._say("\n".join(_said(problem) for problem in errors))
            return False
        with self._lock:
            changed = self.site_data is not None and self.site_data.landscape.vocabulary != landscape.vocabulary
            if engine or changed or self.site_data is None:
                try:
                    self._rendered = self._render(landscape)
                except (LandscapeError, TemplateError, YAMLError, OSError) as error:
                    self._say(_template_said(error))
                    return False
            self.site_data = SiteData(landscape)
            self._pages = stamped(self.site_data, self.history, self._rendered, None)
            self._files = None
        self._say("")
        return True

    def _render(self, landscape: Landscape) -> Path:
        """The engine's pages in a folder of their own, so that those of before stay where this fails."""
        self._renderings += 1
        work = self.work / str(self._renderings)
        work.mkdir(parents=True)
        settings, placeholders = read_settings(self.folder), Placeholders()
        rendered = render(stage(landscape, None, work, placeholders, settings), engine="mkdocs", strict=False)
        finish(rendered, placeholders, settings)
        if self._rendered.is_relative_to(self.work / str(self._renderings - 1)):
            shutil.rmtree(self.work / str(self._renderings - 1))
        return rendered

    def pages_folder(self) -> Path | None:
        """The folder of the user's own pages; None where no settings can be read that name it."""
        try:
            return read_settings(self.folder).pages
        except LandscapeError:
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
            if path.startswith(("api/", "badges/", "downloads/", "changes.")) and self.site_data is not None:
                if self._files is None:
                    self._files = dict(files_of(self.site_data, self.history, None))
                return self._files.get(path)
            if path.startswith(tuple(SHELLS.values())):
                return None
            file = (self._rendered / path).resolve()
            inside = file.is_relative_to(self._rendered.resolve()) and file.is_file()
            return file.read_bytes() if inside else None

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
        for listener in list(self._listeners):
            listener.put(said)

    def listen(self) -> queue.Queue[dict[str, Any]]:
        """A queue of what open pages are told, with the problems that there are now."""
        listener: queue.Queue[dict[str, Any]] = queue.Queue()
        listener.put({"problems": self.problems})
        self._listeners.append(listener)
        return listener

    def leave(self, listener: queue.Queue[dict[str, Any]]) -> None:
        """Stop listening."""
        self._listeners.remove(listener)


def _template_said(error: Exception) -> str:
    """What is wrong with a template or the settings, with its file and line where they are known."""
    if isinstance(error, LandscapeError):
        return str(error)
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or 'a template'}:{error.lineno}: {error.message}"
    return f"a template: {error}"


def _said(problem: Problem) -> str:
    return f"{problem}\n    {problem.source.strip()}\n    {problem.hint}".rstrip()


def server(preview: Preview, port: int) -> ThreadingHTTPServer:
    """A server of the preview on loopback; port 0 takes any that is free. Raises OSError where it is taken."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if path == EVENTS:
                self._events()
                return
            below = path.lstrip("/")
            content = preview.read(f"{below}index.html" if not below or below.endswith("/") else below)
            if content is None and preview.read(f"{below}/index.html") is not None:
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", f"{path}/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            status = HTTPStatus.OK if content is not None else HTTPStatus.NOT_FOUND
            if content is None:
                content, below = preview.read("404.html") or b"not found", "404.html"
            kind = mimetypes.guess_type(below or "index.html")[0] or "text/html"
            if below.endswith("/") or not below:
                kind = "text/html"
            if kind == "text/html":
                content += (_CLIENT % json.dumps(EVENTS)).encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def _events(self) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            listener = preview.listen()
            try:
                while True:
                    try:
                        said = json.dumps(listener.get(timeout=15))
                        self.wfile.write(f"data: {said}\n\n".encode())
                    except queue.Empty:
                        self.wfile.write(b": still here\n\n")
                    self.wfile.flush()
            except OSError:
                preview.leave(listener)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the base class's name
            """Say nothing of single requests."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    return Server(("127.0.0.1", port), Handler)


def watch(preview: Preview, stop: threading.Event) -> None:
    """Follow edits of the landscape, of the user's settings and pages, and of the templates until told to stop."""
    before = _settings_stamp(preview)
    while not stop.is_set():
        for paths in _edits(preview, stop):
            after = _settings_stamp(preview)
            if paths or after != before:
                _shown_anew(preview, paths, settings=after != before)
            if after != before:
                before = after
                break  # the folder of the user's pages may be another by now


def _edits(preview: Preview, stop: threading.Event) -> Iterator[list[Path]]:
    """The files of each edit, and no files a few times a second, for what is not watched as a folder."""
    from watchfiles import watch as changes

    pages = preview.pages_folder()
    folders = [preview.folder, templates_folder(), *([pages] if pages and pages.is_dir() else [])]
    waiting = {"stop_event": stop, "debounce": 60, "step": 30, "rust_timeout": 300}
    for changed in changes(*folders, **waiting, yield_on_timeout=True, raise_interrupt=False):  # type: ignore[arg-type]
        yield [Path(path) for _, path in changed]


def _settings_stamp(preview: Preview) -> tuple[int, int, bool] | None:
    """What differs when the settings were edited, or the folder of own pages made or removed; None without settings."""
    # Editors put a new file in the old one's place, which watchers of single files lose sight of.
    pages = preview.pages_folder()
    try:
        stat = (preview.folder.resolve().parent / SETTINGS).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, bool(pages and pages.is_dir())


def _shown_anew(preview: Preview, paths: list[Path], *, settings: bool) -> None:
    templates, pages = templates_folder(), preview.pages_folder()
    for path in paths:
        if path.is_relative_to(templates / "assets") and path.is_file():
            preview.copy_asset(path)
    rendered = [templates / part for part in ("pages", "theme", "reference", "mkdocs.yml")]
    rendered += [pages] if pages else []
    engine = settings or any(path.is_relative_to(part) for path in paths for part in rendered)
    if preview.load(engine=engine):
        names = {path.name for path in paths} | ({SETTINGS} if settings else set())
        preview.tell(f"changed: {', '.join(sorted(names)[:4])}")
        preview.reload()
