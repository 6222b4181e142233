"""The options of `gaps` and `fixes`: which gaps are wanted, and what a fix is worth."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from interop_landscape.cli.completing import (
    complete_expectation,
    complete_id,
    complete_side,
    complete_stage,
    complete_tag,
)
from interop_landscape.cli.shared import SinceOption, note
from interop_landscape.landscape import Landscape
from interop_landscape.revisions import Revisions

if TYPE_CHECKING:
    from interop_landscape.analysis.gaps import GapFilter
    from interop_landscape.ids import PairId
    from interop_landscape.reports.report import Report


class Status(StrEnum):
    """The status of a gap."""

    missing = "missing"
    weak = "weak"
    regressed = "regressed"


class Certainty(StrEnum):
    """Whether somebody has looked."""

    confirmed = "confirmed"
    presumed = "presumed"


class Rank(StrEnum):
    """What a fix is worth."""

    value = "value"
    unlocks = "unlocks"


RankOption = Annotated[Rank, typer.Option("--rank", help="Rank fixes by value, or by what they unlock.")]


def _names(option: str, metavar: str, says: str, completed: Callable[[str], list[str]] | None = None) -> Any:
    return typer.Option(option, metavar=metavar, help=f"Only gaps {says}; repeatable.", autocompletion=completed)


def wanted_gaps(
    landscape: Landscape,
    revisions: Revisions,
    *,
    side: Annotated[list[str] | None, _names("--side", "SIDE", "of this side", complete_side)] = None,
    from_: Annotated[list[str] | None, _names("--from", "ID", "from this entry", complete_id)] = None,
    to: Annotated[list[str] | None, _names("--to", "ID", "to this entry", complete_id)] = None,
    expectation: Annotated[
        list[str] | None, _names("--expectation", "ID", "of this expectation", complete_expectation)
    ] = None,
    status: Annotated[
        list[Status] | None, typer.Option("--status", help="Only gaps of this status; repeatable.")
    ] = None,
    certainty: Annotated[
        list[Certainty] | None, typer.Option("--certainty", help="Only gaps of this certainty.")
    ] = None,
    stage: Annotated[
        list[str] | None, _names("--stage", "STAGE", "whose record is at this stage", complete_stage)
    ] = None,
    tag: Annotated[list[str] | None, _names("--tag", "TAG", "at an entry with this tag", complete_tag)] = None,
    since: SinceOption = None,
) -> GapFilter:
    """Which gaps these options want. Raises UnknownName where one names what there is not."""
    from interop_landscape.analysis.gaps import filter_of

    wanted = filter_of(
        landscape,
        side=side or (),
        from_=from_ or (),
        to=to or (),
        expectation=expectation or (),
        status=status or (),
        certainty=certainty or (),
        stage=stage or (),
        tag=tag or (),
    )
    return wanted if since is None else replace(wanted, exclude=_gaps_at(revisions, since))


def filtered(function: Callable[..., Report]) -> Callable[..., Report]:
    """Give an analysis, a function of a landscape and of the `wanted` gaps, the options of `wanted_gaps`."""
    shared = inspect.signature(wanted_gaps).parameters
    options = [name for name in shared if name not in ("landscape", "revisions")]
    own = [p for name, p in inspect.signature(function).parameters.items() if name not in ("landscape", "wanted")]
    hints: dict[str, Any] = {}
    for one in (wanted_gaps, function):
        # The filter's own module is imported when it is needed: a command that is only listed stays light.
        hints |= get_type_hints(one, localns={"GapFilter": object}, include_extras=True)

    @functools.wraps(function)
    def command(landscape: Landscape, revisions: Revisions, **given: Any) -> Report:
        wanted = wanted_gaps(landscape, revisions, **{name: given.pop(name) for name in options})
        return function(landscape, wanted, **given)

    parameters = [*shared.values(), *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own)]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: hints[p.name] for p in parameters}
    return command


def _gaps_at(revisions: Revisions, since: str) -> frozenset[PairId]:
    """The gaps that there were at a revision or date."""
    from interop_landscape.analysis.gaps import Gaps

    revision, told = revisions.since(since)
    note(told)
    standing = Gaps(revision.landscape).standing()
    return frozenset(gap for gap, status in standing.items() if status != "met")
