"""Run the engine that renders the staged pages."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import warnings
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from interop_landscape.errors import LandscapeError
from interop_landscape.site.remembered import Files, Remembered


class EngineError(LandscapeError):
    """The engine is not installed, or it failed; the message has its last words."""


def render(settings: Path, *, engine: str, strict: bool, remembered: Remembered | None = None) -> Path:
    """Render what a settings file describes and return the folder with the pages. Raises EngineError.

    An engine gives the same for the same input on the same day, so what it gave is `remembered`.
    """
    rendered = settings.parent / "site"
    made_from = (engine, str(strict), os.environ.get("SOURCE_DATE_EPOCH", ""), *versions(), *_given(settings.parent))
    run = partial(_run, settings, rendered, engine, strict)
    for name, data in (remembered or Remembered()).ask_files(("rendered", *made_from), run).items():
        path = rendered / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return rendered


def _run(settings: Path, rendered: Path, engine: str, strict: bool) -> Files:
    """What the engine makes, by path."""
    if engine == "zensical":
        _zensical(settings)
    else:
        _mkdocs(settings, strict=strict)
    for page in rendered.rglob("*.html"):
        page.write_text(_corrected(page.read_text(encoding="utf-8")), encoding="utf-8")
    return {path.relative_to(rendered).as_posix(): path.read_bytes() for path in _files_below(rendered)}


@cache
def versions() -> list[str]:
    """What engines are made of, in the versions that are installed: every package, since any may be a part of one."""
    return sorted(f"{one.name} {one.version}" for one in distributions())


def _given(staged: Path) -> list[str]:
    """What an engine is given: the names and digests of all files."""
    return [f"{path.relative_to(staged)} {sha256(path.read_bytes()).hexdigest()}" for path in _files_below(staged)]


def _files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _corrected(html: str) -> str:
    """A page with what the theme leaves to be wished for: its search dialog has no name for those who hear the page."""
    dialog = 'data-md-component="search" role="dialog"'
    return html.replace(dialog, f'{dialog} aria-label="Search"')


def _mkdocs(settings: Path, *, strict: bool) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecations inside the engine and its theme
            from mkdocs.commands import build
            from mkdocs.config import load_config
            from mkdocs.exceptions import MkDocsException
    except ImportError as error:
        raise EngineError("the engine `mkdocs` is not installed; `pip install mkdocs-material`") from error
    log = logging.getLogger("mkdocs")
    level = log.level  # `mkdocs build` runs this with a log of its own
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            config = load_config(str(settings), strict=strict)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build.build(config)
            finally:
                config.plugins.on_shutdown()
    except MkDocsException as error:
        raise EngineError(f"the engine failed: {error}") from error
    finally:
        log.setLevel(level)


def _zensical(settings: Path) -> None:
    command = [sys.executable, "-m", "zensical", "build", "-f", str(settings), "--clean"]
    done = subprocess.run(command, cwd=settings.parent, capture_output=True, text=True, env=os.environ, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        missing = any("No module named" in line for line in said)
        raise EngineError(
            "the engine `zensical` is not installed; `pip install zensical`"
            if missing
            else f"the engine failed: {said[-1] if said else done.returncode}"
        )
