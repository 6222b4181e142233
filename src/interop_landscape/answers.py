"""What a landscape answers in Python: what the commands use, which also gives data frames and stands in notebooks.

The columns of a frame are those of ``-f csv``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, ClassVar, Final, Self, TypeVar, overload

from markupsafe import Markup

from interop_landscape import phrases
from interop_landscape.analysis import plan, score
from interop_landscape.analysis.conformance import Conformance
from interop_landscape.analysis.fixes import ListedFix
from interop_landscape.analysis.gaps import Gap
from interop_landscape.analysis.nearest import Miss
from interop_landscape.analysis.routes import Route
from interop_landscape.analysis.verdict import Found, Verdict
from interop_landscape.documents.conformance import CONFORMANCE_TABLE
from interop_landscape.documents.fix import FIX_TABLE
from interop_landscape.documents.gap import GAP_TABLE
from interop_landscape.documents.plan import STEP_TABLE, step_rows
from interop_landscape.documents.route import HOP_TABLE, hop_rows
from interop_landscape.documents.tables import Cell, Table
from interop_landscape.documents.tally import SCORE_TABLE, score_rows
from interop_landscape.errors import NotInstalled
from interop_landscape.landscape import Landscape
from interop_landscape.text import counted, percent, visible

T = TypeVar("T")
Rows = Iterable[tuple[Cell, ...]]

_ROWS_SHOWN: Final = 20
_LONGEST_CELL: Final = 120
_ROW: Final = Markup("<tr>{}</tr>")
_TABLE: Final = Markup('<div class="tex2jax_ignore mathjax_ignore"><p>{}</p><table>{}</table><p>{}</p></div>')


class Tabular:
    """What has rows."""

    TABLE: ClassVar[Table]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.TABLE.header

    def rows(self) -> Rows:
        """The rows, as long as the columns."""
        raise NotImplementedError

    def to_frame(self) -> Any:
        """The rows as a `pandas.DataFrame`. Raises NotInstalled where there is no pandas."""
        try:
            pandas = importlib.import_module("pandas")
        except ImportError as error:
            raise NotInstalled("to_frame() needs pandas, which is not installed: pip install pandas") from error
        return pandas.DataFrame.from_records(list(self.rows()), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """The first rows as a table, for notebooks."""
        return html_table(repr(self), self.columns, self.rows())


@dataclass(frozen=True, repr=False)
class Listed(Tabular, Sequence[T]):
    """Some gaps, fixes or routes in order; a slice is one too."""

    CALLED: ClassVar[tuple[str, str]]

    items: tuple[T, ...]
    landscape: Landscape = field(compare=False)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Self: ...
    def __getitem__(self, place: int | slice) -> T | Self:
        return replace(self, items=self.items[place]) if isinstance(place, slice) else self.items[place]

    def __repr__(self) -> str:
        return f"<{counted(len(self), *self.CALLED)}>"

    def rows(self) -> Rows:
        """A row for each."""
        return (self.TABLE.row(one, self.landscape) for one in self.items)


class Gaps(Listed[Gap]):
    """Gaps, best fix first."""

    TABLE = GAP_TABLE
    CALLED = "gap", "gaps"


class Fixes(Listed[ListedFix]):
    """Fixes, best first."""

    TABLE = FIX_TABLE
    CALLED = "fix", "fixes"


class Conformances(Listed[Conformance]):
    """How entries meet the specification, the highest level and the largest share first."""

    TABLE = CONFORMANCE_TABLE
    CALLED = "entry", "entries"


@dataclass(frozen=True, repr=False)
class Routes(Listed[Route]):
    """The routes from one entry to another, best first, and the verdict on the pair.

    ``verdict`` says whether one reaches the other: its ``answer`` is `yes`, `in part`, `no` or `unknown`. ``apart``
    are, where a model was asked for, the routes that bring none. ``misses`` are, where there is no route, edges that
    would each open one: (edge in words, precedent, the route that it would open); and ``back`` is then what is stated
    of the two and leads the other way round.
    """

    TABLE = HOP_TABLE
    CALLED = "route", "routes"

    verdict: Verdict
    apart: tuple[Route, ...]
    misses: tuple[Miss, ...]
    back: tuple[Route, ...]

    @property
    def says(self) -> str:
        """The verdict with its reason, in a sentence."""
        return phrases.verdict(self.verdict, [edge for edge, _, _ in self.misses], self.landscape)

    def __repr__(self) -> str:
        return f"<{counted(len(self), *self.CALLED)}: {visible(self.says)}>"

    def rows(self) -> Rows:
        """A row for each hop."""
        rows: Rows = hop_rows(Found(self.verdict, list(self.items), list(self.apart), list(self.back)), self.landscape)
        return rows


@dataclass(frozen=True, repr=False)
class Scores(Tabular, score.Scores):
    """The scores of everything, of each side and of each entry."""

    TABLE = SCORE_TABLE

    landscape: Landscape = field(compare=False)

    def __repr__(self) -> str:
        return f"<score: {phrases.met(self.total)}>"

    def rows(self) -> Rows:
        """A row for all, each side and each entry."""
        return score_rows(self, self.landscape)


@dataclass(frozen=True, repr=False)
class Plan(Tabular, plan.Plan):
    """The steps of a plan in order."""

    TABLE = STEP_TABLE

    landscape: Landscape = field(compare=False)

    def __repr__(self) -> str:
        scores = percent(self.before.score, 1), percent(self.after.score, 1)
        return f"<plan of {counted(len(self.steps), 'step')}: {' → '.join(scores)}>"

    def rows(self) -> Rows:
        """A row for each edge."""
        return step_rows(self, self.landscape)


def html_table(title: str, header: Iterable[str], rows: Rows) -> str:
    """The first rows as an HTML table below a title: every text is escaped, and long ones are cut.

    By its classes no notebook looks for formulas in it, which could hold links that run.
    """
    found = iter(rows)
    head = _joined(Markup("<th>{}</th>"), header)
    lines = [_joined(Markup("<td>{}</td>"), map(_shown, row)) for row in islice(found, _ROWS_SHOWN)]
    left = sum(1 for _ in found)
    return str(_TABLE.format(visible(title), _joined(_ROW, (head, *lines)), f"… {left:,} more" if left else ""))


def _joined(each: Markup, texts: Iterable[str]) -> Markup:
    return Markup("").join(map(each.format, texts))


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    text = f"{cell:g}" if isinstance(cell, float) else visible(str(cell))
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"
