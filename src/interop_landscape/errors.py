"""What the package raises, and when.

::

    LandscapeError            every error below; the commands print it and exit 2
    ├── NoLandscape           there is no landscape.yml where one was looked for
    ├── InvalidLandscape      the data has problems; `.problems` lists them
    ├── UnknownName           an id, kind, side … that is not in the landscape
    ├── NoHistory             git, or what was asked of its history, is not there
    ├── Unreachable           another host, or the whole network
    ├── NotInstalled          a package that only some need
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
    """The data has problems, so nothing can be computed from it.

    ``where`` names the revision or folder that was read, where that is not the landscape at hand.
    """

    def __init__(self, problems: Sequence[Problem], where: str | None = None) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        self.problems = tuple(problems)
        said = f"{len(errors)} problem{'s' * (len(errors) != 1)}"
        if where is None:
            super().__init__(f"the landscape has {said}; run `landscape check`")
        else:
            first = f", the first at {errors[0]}" if errors else ""
            super().__init__(f"{where} does not load: {said}{first}")


class UnknownName(LandscapeError):  # noqa: N818
    """A name that the landscape does not know; the message suggests near ones."""


class NoHistory(LandscapeError):  # noqa: N818
    """Git, a repository, or the revision asked for is not there."""


class Unreachable(LandscapeError):  # noqa: N818
    """Another host cannot be asked, or there is no network."""


class NotInstalled(LandscapeError):  # noqa: N818
    """A package that only some need is not there; the message says how to install it."""


class BadRequest(LandscapeError):  # noqa: N818
    """An argument that cannot be understood."""
