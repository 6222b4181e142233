"""The options of `gaps` and `fixes`: which gaps are wanted, and what a fix is worth."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from interop_landscape.cli.shared import complete_id, note
from interop_landscape.landscape import Landscape
from interop_landscape.revisions import Revisions

if TYPE_CHECKING:
    from interop_landscape.analysis.gaps import GapFilter
    from interop_landscape.ids import PairId


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


SideOption = Annotated[
    list[str] | None, typer.Option("--side", metavar="SIDE", help="Only gaps of this side; repeatable.")
]
FromOption = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="ID", help="Only gaps from this entry; repeatable.", autocompletion=complete_id),
]
ToOption = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="ID", help="Only gaps to this entry; repeatable.", autocompletion=complete_id),
]
ExpectationOption = Annotated[
    list[str] | None, typer.Option("--expectation", metavar="ID", help="Only gaps of this expectation; repeatable.")
]
StatusOption = Annotated[list[Status] | None, typer.Option("--status", help="Only gaps of this status; repeatable.")]
CertaintyOption = Annotated[list[Certainty] | None, typer.Option("--certainty", help="Only gaps of this certainty.")]
StageOption = Annotated[
    list[str] | None,
    typer.Option("--stage", metavar="STAGE", help="Only gaps whose record is at this stage; repeatable."),
]
TagOption = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="Only gaps at an entry with this tag; repeatable.")
]
RankOption = Annotated[Rank, typer.Option("--rank", help="Rank fixes by value, or by what they unlock.")]


def wanted_gaps(
    landscape: Landscape,
    revisions: Revisions,
    *,
    side: list[str] | None,
    from_: list[str] | None,
    to: list[str] | None,
    expectation: list[str] | None,
    status: list[Status] | None,
    certainty: list[Certainty] | None,
    stage: list[str] | None,
    tag: list[str] | None,
    since: str | None,
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


def _gaps_at(revisions: Revisions, since: str) -> frozenset[PairId]:
    """The gaps that there were at a revision or date."""
    from interop_landscape.analysis.gaps import Gaps

    revision, told = revisions.since(since)
    note(told)
    standing = Gaps(revision.landscape).standing()
    return frozenset(gap for gap, status in standing.items() if status != "met")
