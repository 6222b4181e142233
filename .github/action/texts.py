"""Markdown for comments, issues and summaries, out of text that others wrote."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 60_000
"""Characters of a text that is posted: GitHub takes 65,536, and a marker and a note are put around it."""

_ACTIVE: Final = re.compile(
    r"@(?=\w)|#(?=\d)|\b(?i:gh-)(?=\d)"  # a person, a team, an issue
    r"|!(?=\[)"  # an image
    r"|<(?!/?(?:details|summary)>)(?=[A-Za-z/!?])"  # HTML other than folds
    r"|&(?=#|\w+;)"  # an entity, which is read before GitHub looks for names
)
_APART: Final = "\\g<0>\u200b"
"""A space of no width behind it, so that it is no more than the characters that are seen."""

_CUT: Final = "*The rest is cut: GitHub takes no longer text. `landscape` shows all of it on your machine.*"


def fenced(text: str, language: str = "") -> str:
    """A text as a block of code that nothing in it can end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"


def code(text: str) -> str:
    """A text as code within a sentence, on one line."""
    flat = " ".join(text.split()).replace("`", "'")
    return f"`{flat}`" if flat else ""


def posted(text: str, marker: str) -> str:
    """A text ready to be posted under a marker: it calls nobody, shows no image, holds no HTML and is not too long.

    Folds (``<details>``) stay. Control characters are taken out; the joiners of Persian and of emoji are none.
    """
    printable = "".join(c for c in text if c in "\n\t\u200c\u200d" or c.isprintable())
    return f"{marker}\n{_cut(_ACTIVE.sub(_APART, printable))}"


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST]
    kept = kept[: kept.rfind("\n") + 1] or kept
    unfinished = max(0, kept.count("<details>") - kept.count("</details>"))
    return "\n".join([kept, *["</details>\n"] * unfinished, _CUT, ""])
