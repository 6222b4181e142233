"""Follow edits of a landscape, its settings and pages, and of the templates, also where a folder was gone."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from interop_landscape.site.preview import Preview
from interop_landscape.site.settings import SETTINGS
from interop_landscape.site.templates import templates_folder

_SECONDS_UNTIL_BACK: Final = 0.1
_LOOK_AGAIN: Final = 300  # milliseconds until it is looked whether folder and settings are still the same

_Settings = tuple[int, int, bool] | None


def watch(preview: Preview, stop: threading.Event) -> None:
    """Load the preview again after each edit, until told to stop."""
    again = False
    while not stop.is_set():
        if _identity(preview.folder) is None:
            stop.wait(_SECONDS_UNTIL_BACK)
            continue
        try:
            again = _follow(preview, stop, again=again)
            if again and not stop.is_set():
                preview.load(engine=False)  # tells open pages that the folder is gone
        except Exception as error:
            # Whatever was in the files must not end the preview: the next edit is looked at as if nothing had been.
            preview.tell(f"{type(error).__name__}: {error}")
            stop.wait(_SECONDS_UNTIL_BACK)
            again = True


def _follow(preview: Preview, stop: threading.Event, *, again: bool) -> bool:
    """Follow edits while the folders are the same; whether the landscape's became another, so that edits were missed.

    `again` says that some may have been missed before.
    """
    from watchfiles import watch as changes

    folder, settings, pages = _identity(preview.folder), _settings_stamp(preview), preview.pages_folder()
    folders = [preview.folder, templates_folder(), *([pages] if pages and pages.is_dir() else [])]
    waiting = {"stop_event": stop, "debounce": 60, "step": 30, "rust_timeout": _LOOK_AGAIN}
    for changed in changes(*folders, **waiting, yield_on_timeout=True, raise_interrupt=False):  # type: ignore[arg-type]
        if _identity(preview.folder) != folder:
            return True
        after = _settings_stamp(preview)
        if changed or again or after != settings:
            _shown_anew(preview, [Path(path) for _, path in changed], settings=after != settings)
            again = False
        if after != settings:
            break  # the folder of the user's pages may be another by now
    return False


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of the same name; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _settings_stamp(preview: Preview) -> _Settings:
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
        preview.tell(f"changed: {', '.join(sorted(names)[:4])}" if names else "read again")
        preview.reload()
