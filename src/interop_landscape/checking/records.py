"""Checks of the committee's records."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from interop_landscape.errors import LandscapeError
from interop_landscape.ids import PairId
from interop_landscape.problems import Problem
from interop_landscape.reading.read import SAMPLES
from interop_landscape.reading.source import MANIFEST
from interop_landscape.text import did_you_mean, one_of, shown

_TOLD: Final = 10

if TYPE_CHECKING:
    from datetime import date

    from interop_landscape.landscape import Landscape


def unknown_closes(landscape: Landscape) -> Iterator[Problem]:
    """A record that closes something which is neither a gap's id nor an edge between entries."""
    unreadable = landscape.kind_of.keys() - landscape.entries.keys()  # their own problems are told
    for record in landscape.records.values():
        line, column = record.place("closes")
        told = 0
        for text in record.closes:
            if told == _TOLD:
                message = f"after {told} that are unknown, no more of them are looked at"
                yield Problem(record.path, line, column, "unknown-closes", message, "correct those first")
                break
            if unreadable.intersection(text.replace(":", " ").split()):
                continue
            try:
                landscape.parse_gap_id(text) if PairId.looks_like(text) else landscape.parse_edge(text)
            except LandscapeError as error:
                message, _, hint = shown(str(error)).partition("; ")
                told += 1
                yield Problem(record.path, line, column, "unknown-closes", message, hint)


def stages_out_of_order(landscape: Landscape) -> Iterator[Problem]:
    """Stages whose dates do not ascend."""
    for record in landscape.records.values():
        for before, after in pairwise(record.stages):
            if after.day < before.day:
                line, column = after.place("date")
                message = f"{after.day} comes after {before.day} in the list"
                yield Problem(record.path, line, column, "stage-order", message, "stages are appended in order of date")


def repeated_stages(landscape: Landscape) -> Iterator[Problem]:
    """A stage that is listed twice for one day; on another day it may have been reached again, or gone on."""
    for record in landscape.records.values():
        seen: set[tuple[str, date]] = set()
        for one in record.stages:
            if (one.stage, one.day) in seen:
                message = f"`{one.stage}` is listed twice for {one.day}"
                hint = "keep one of the two, with all that happened in its `note`"
                yield Problem(record.path, *one.place("stage"), "repeated-stage", message, hint)
            seen.add((one.stage, one.day))


def stages_without_trace(landscape: Landscape) -> Iterator[Problem]:
    """A stage with neither a link nor a note."""
    for record in landscape.records.values():
        for stage in record.stages:
            if stage.url is None and stage.note is None:
                line, column = stage.place("stage")
                message = f"the stage `{stage.stage}` has neither `url` nor `note`"
                yield Problem(record.path, line, column, "missing-note", message, "say what happened, or link to it")


def taken_ids(landscape: Landscape) -> Iterator[Problem]:
    """A record or milestone called like something else that `show` knows."""
    taken = {alias: f"an alias of `{e.id}`" for e in landscape.entries.values() for alias in e.aliases}
    taken |= {name: f"a {kind}" for name, kind in landscape.kind_of.items()}
    for record in landscape.records.values():
        what = taken.get(record.id) or ("a milestone" if record.id in landscape.milestones else None)
        if what is not None:
            hint = "call the record after the gap, such as `beta-exch`"
            yield Problem(record.path, 1, 1, "bad-id", f"`{record.id}` is {what} already", hint)


def impossible_samples(landscape: Landscape) -> Iterator[Problem]:
    """A sample of which more were wrong or faulty than were drawn."""
    for name, sample in landscape.samples.items():
        if sample.wrong + sample.faulty > sample.drawn:
            message = f"`{name}`: {sample.wrong} wrong and {sample.faulty} faulty are more than {sample.drawn} drawn"
            line, column = sample.place("drawn")
            path = landscape.vocabulary_path.replace(MANIFEST, SAMPLES)
            yield Problem(path, line, column, "impossible-sample", message, "count each statement once")


def unknown_milestones(landscape: Landscape) -> Iterator[Problem]:
    """A record held by a milestone that is not on the timeline."""
    for record in landscape.records.values():
        if record.milestone is not None and record.milestone not in landscape.milestones:
            line, column = record.place("milestone")
            hint = did_you_mean(record.milestone, landscape.milestones, otherwise=one_of(landscape.milestones))
            message = f"no milestone is called `{record.milestone}`"
            yield Problem(record.path, line, column, "unknown-milestone", message, hint)
