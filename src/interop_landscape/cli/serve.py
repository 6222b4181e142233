"""`landscape serve`."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from interop_landscape.cli.shared import DirOption, landscape_folder, note, say
from interop_landscape.errors import BadRequest

EXAMPLES = """\
Examples:

landscape serve

landscape serve --port 8080 -d landscape
"""


def serve(
    context: typer.Context,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8000,
    dir: DirOption = None,  # noqa: A002 - the option's name
) -> None:
    """Show the site live on this machine: a page loads again within a second of an edit.

    A mistake in the data shows as a banner in the page and here, with its file and line; the last good site stays up.
    Ctrl-C ends it.
    """
    from interop_landscape.revisions import Revisions
    from interop_landscape.site.history import history_of
    from interop_landscape.site.preview import Preview
    from interop_landscape.site.remembered import Remembered
    from interop_landscape.site.serve import serving
    from interop_landscape.site.watching import watch

    folder, label = landscape_folder(context, dir)
    with _ending_in_order(), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        history = history_of(Revisions(folder, label), Remembered.of_user())
        note(history.told)
        preview = Preview(folder, label, Path(temporary) / "work", history, note)
        if not preview.load(engine=True):
            raise BadRequest("fix these first; there is no site to show yet")
        with serving(preview, port) as (taken, server):
            stop = threading.Event()
            watcher = threading.Thread(target=watch, args=(preview, stop), daemon=True)
            watcher.start()
            say(f"http://127.0.0.1:{taken}/  (Ctrl-C ends it)")
            try:
                while server.is_alive():
                    stop.wait(1)
            finally:
                stop.set()
                watcher.join(2)


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let the signals that end a program do so as Ctrl-C does, so that what it made is removed."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
