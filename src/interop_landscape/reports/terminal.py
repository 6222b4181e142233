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


def percent(share: float | None, digits: int = 0) -> str:
    """``48 %``; a dash where there is nothing to take a share of. Never rounds up to 100 or down to 0."""
    if share is None:
        return "–"
    least = 10.0**-digits
    rounded = round(share * 100, digits)
    if rounded == 100 and share < 1:
        rounded = 100 - least
    if rounded == 0 and share > 0:
        rounded = least
    return f"{rounded:.{digits}f} %"


def bar(share: float | None, width: int) -> Text:
    """A bar of `width` characters, filled to `share`."""
    filled = 0 if share is None else round(share * width)
    return Text("█" * filled, style="cyan") + Text("░" * (width - filled), style="dim")


def number(value: float) -> str:
    """A figure without needless decimals: 11, 2.5, 0.31."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def shift(before: float | None, after: float | None) -> str:
    """By how many points of a hundred a share moved: ``+1.2``, ``−0.4``, ``±0``; nothing where one is unknown."""
    if before is None or after is None:
        return ""
    points = round((after - before) * 100, 1)
    return f"{'+' if points > 0 else '−'}{abs(points):.1f}" if points else "±0"
