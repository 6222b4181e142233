"""What every report can do, so that one place can write it in any format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from rich.console import Console

Cell = str | int | float | None


class Report(Protocol):
    """The result of one command.

    ``no`` says that the answer is no, which ends the command with status 1.
    """

    @property
    def no(self) -> bool:
        """Whether the answer is no."""
        ...

    def document(self) -> dict[str, Any]:
        """The JSON document, with its ``schema``."""
        ...

    def header(self) -> Sequence[str]:
        """The names of the columns of `rows`."""
        ...

    def rows(self) -> Iterable[Sequence[Cell]]:
        """The rows for CSV and Markdown, as long as the header."""
        ...

    def render(self, console: Console) -> None:
        """Print the report for people."""
        ...


@runtime_checkable
class Prose(Protocol):
    """A report that is written in Markdown as a text of its own, rather than as a table."""

    def markdown(self) -> str:
        """The text."""
        ...
