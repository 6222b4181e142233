"""`landscape serve`."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import Annotated

import typer

from interop_landscape.cli.shared import DirOption, landscape_folder
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
    from interop_landscape.site.serve import Preview, server, watch

    folder, label = landscape_folder(context, dir)

    def tell(text: str) -> None:
        typer.echo(f"landscape: {text}", err=True)

    with tempfile.TemporaryDirectory() as temporary:
        preview = Preview(folder, label, Path(temporary) / "work", history_of(Revisions(folder, label)), tell)
        if not preview.load(engine=True):
            raise BadRequest("fix these first; there is no site to show yet")
        try:
            serving = server(preview, port)
        except OSError as error:
            raise BadRequest(f"port {port} cannot be used ({error.strerror}); name another with --port") from None
        stop = threading.Event()
        threading.Thread(target=watch, args=(preview, stop), daemon=True).start()
        typer.echo(f"http://127.0.0.1:{serving.server_address[1]}/  (Ctrl-C ends it)")
        try:
            serving.serve_forever()
        finally:
            stop.set()
            serving.server_close()
