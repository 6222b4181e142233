"""How things look on a terminal: the console, bars, and the marks of support and status."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from interop_landscape.text import visible

# Told apart by lightness and by word, not by hue alone.
STYLES: Final = {
    "full": "bold cyan",
    "partial": "yellow",
    "experimental": "magenta",
    "removed": "red",
    "none": "red",
    "missing": "bold red",
    "weak": "yellow",
    "regressed": "magenta",
    "confirmed": "bold",
    "presumed": "dim",
    "met": "cyan",
}


class _Console(Console):
    """A console whose own colours are the only thing that a terminal obeys."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of something to print, with text made visible."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))


def console(stream: IO[str]) -> Console:
    """A console that prints text as it is: no markup, no emoji, colour only on a terminal."""
    return _Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=False)


def styled(word: str) -> Text:
    """A word of support, status or certainty in its colour."""
    return Text(word, style=STYLES.get(word, ""))


def bar(share: float | None, width: int) -> Text:
    """A bar of `width` characters, filled to `share`."""
    filled = 0 if share is None else round(share * width)
    return Text("█" * filled, style="cyan") + Text("░" * (width - filled), style="dim")


def shift(before: float | None, after: float | None) -> str:
    """By how many points of a hundred a share moved: ``+1.2``, ``−0.4``, ``±0``; nothing where one is unknown."""
    if before is None or after is None:
        return ""
    points = round((after - before) * 100, 1)
    return f"{'+' if points > 0 else '−'}{abs(points):.1f}" if points else "±0"
