"""Post what `landscape diff` found on a pull request, in one comment that is kept up to date.

This runs with a token that may write, beside a run of a pull request that anybody may have opened. So what that run
left is only read, never run or unpacked: a number, which must be that of a pull request whose head is what was run,
and a text, which is posted as text of theirs: behind a line that says so, calling nobody, without images and HTML.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from typing import Any, Final

from api import BOT, Api, Refused
from program import annotate
from texts import posted

MARKER: Final = "<!-- interop-landscape: diff -->"
SOURCE: Final = "*This text is made from the pull request: whoever opened it wrote what it says, not the maintainers.*"
_ARTIFACT: Final = "landscape-diff"
_MOST_BYTES: Final = 1_000_000


def comment() -> int:
    """Create or update the comment; 0, also where there is nothing to post. Raises Refused."""
    api = Api()
    found = _artifact(api, os.environ["RUN_ID"])
    if found is None:
        annotate("notice", "that run left no result; nothing is posted")
        return 0
    number, text = found
    if not _is_head(api, number):
        annotate("notice", f"pull request #{number} is closed, or at another commit by now; nothing is posted")
        return 0
    body = {"body": posted(f"{SOURCE}\n\n{text}", MARKER)}
    earlier = next((c for c in api.pages(f"issues/{number}/comments") if _is_ours(c)), None)
    if earlier is None:
        api.post(f"issues/{number}/comments", body)
    else:
        api.patch(f"issues/comments/{earlier['id']}", body)
    annotate("notice", f"the comment on #{number} is {'updated' if earlier else 'written'}")
    return 0


def _artifact(api: Api, run: str) -> tuple[int, str] | None:
    """(number, text) that a run left, or None if it left nothing. Raises Refused where they are not that."""
    listed = api.get(f"actions/runs/{run}/artifacts", name=_ARTIFACT)["artifacts"]
    if not listed:
        return None
    data = api.download(f"actions/artifacts/{listed[0]['id']}/zip", _MOST_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            number, text = (_member(archive, name) for name in ("number", "diff.md"))
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Refused(f"the artifact is not what `landscape diff` leaves: {error}") from error
    if not re.fullmatch(r"[1-9][0-9]{0,9}", number):
        raise Refused("the artifact names no pull request by its number")
    return int(number), text


def _member(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise Refused(f"the artifact's file {name} is larger than {_MOST_BYTES:,} bytes")
    return data.decode(errors="replace").removesuffix("\n") if name == "number" else data.decode(errors="replace")


def _is_head(api: Api, number: int) -> bool:
    """Whether the run was of this pull request as it stands. Raises Refused where it was of another repository's."""
    pull = api.get(f"pulls/{number}")
    source = (pull["head"]["repo"] or {}).get("full_name")
    if source != os.environ["HEAD_REPOSITORY"]:
        raise Refused(f"the run was not of pull request #{number}, which the artifact names")
    return bool(pull["state"] == "open" and pull["head"]["sha"] == os.environ["HEAD_SHA"])


def _is_ours(comment: dict[str, Any]) -> bool:
    return (comment["user"] or {}).get("login") == BOT and str(comment["body"] or "").startswith(MARKER)
