"""What the package raises, and when.

::

    LandscapeError            every error below; the commands print it and exit 2
    ├── NoLandscape           there is no landscape.yml where one was looked for
    ├── InvalidLandscape      the data has problems; `.problems` lists them
    ├── UnknownName           an id, kind, side … that is not in the landscape
    └── BadRequest            an argument that cannot be understood
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interop_landscape.problems import Problem


class LandscapeError(Exception):
    """Base of every error this package raises on purpose."""


class NoLandscape(LandscapeError):  # noqa: N818 - reads better where it is caught
    """There is no ``landscape.yml`` where one was looked for."""


class InvalidLandscape(LandscapeError):  # noqa: N818
    """The data has problems, so nothing can be computed from it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = sum(problem.severity == "error" for problem in problems)
        super().__init__(f"the landscape has {count} problem{'s' * (count != 1)}; run `landscape check`")


class UnknownName(LandscapeError):  # noqa: N818
    """A name that the landscape does not know; the message suggests near ones."""


class BadRequest(LandscapeError):  # noqa: N818
    """An argument that cannot be understood."""
