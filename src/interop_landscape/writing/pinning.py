"""The program's own action in the workflows of a new landscape: pinned to the commit of the program that makes it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from interop_landscape.errors import NoHistory
from interop_landscape.reading.git import Repository

ACTION: Final = "interop-landscape/interop-landscape"
_OPEN: Final = f"uses: {ACTION}@COMMIT"
_PLACE: Final = "src/interop_landscape/"
"""Where the package lies in the program's own repository."""


def pinned(workflow: bytes) -> bytes:
    """A workflow of the starter with the commit for the program's action, and whose it is.

    Where the commit is not known, a tag is written, which its owners could move, and a comment that says so.
    The version ends the line, where programs that renew pins look for it.
    """
    from interop_landscape import __version__

    commit = own_commit()
    pin = f"{commit} # the program's own action, as of v{__version__}"
    open_pin = f"v{__version__} # pin this to a commit: it is the program's own action, v{__version__}"
    return workflow.replace(_OPEN.encode(), f"uses: {ACTION}@{pin if commit else open_pin}".encode())


@cache
def own_commit() -> str | None:
    """The commit that the running program was built from, or that is checked out; None where neither is known."""
    noted = files("interop_landscape") / "commit"  # hatch_build.py puts it into wheels
    if noted.is_file():
        return noted.read_text(encoding="ascii").strip()
    return checked_out(Path(str(files("interop_landscape"))))


def checked_out(package: Path) -> str | None:
    """The commit that is checked out around the package, where that is the program's own repository."""
    try:
        repository = Repository.around(package)
        return repository.commit("HEAD").sha if repository.prefix == _PLACE else None
    except NoHistory:
        return None
