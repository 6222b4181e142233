"""Write a file as one step, so that a reader never sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from interop_landscape.errors import BadRequest


def replace(path: Path, data: bytes) -> None:
    """Put `data` into the file at `path`, which keeps its mode where it is there; missing folders are made.

    Raises BadRequest where `path` is a link, which might lead elsewhere; OSError where it cannot be written.
    """
    if path.is_symlink():
        raise BadRequest(f"{path} is a link; write to the file that it leads to")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
