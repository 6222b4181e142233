"""How far the records of a milestone have come."""

from __future__ import annotations

from dataclasses import dataclass

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Milestone, Record


@dataclass(frozen=True)
class Progress:
    """A milestone with the records that it holds, by id, and those of them that have reached its stage."""

    id: str
    milestone: Milestone
    held: tuple[Record, ...]
    there: tuple[Record, ...]

    @property
    def share(self) -> float | None:
        """The share of its records that have reached its stage, None where it holds none."""
        return len(self.there) / len(self.held) if self.held else None


def progress(landscape: Landscape) -> list[Progress]:
    """Every milestone, the earliest due first.

    A record has reached a stage when it is or has been there, or at a later one; a final stage that does not
    close it, such as *declined*, leads nowhere. A milestone without a stage asks for closed records.
    """
    ordered = sorted(landscape.milestones.items(), key=lambda item: (item[1].due, item[0]))
    return [_progress(landscape, name, milestone) for name, milestone in ordered]


def _progress(landscape: Landscape, name: str, milestone: Milestone) -> Progress:
    stages = landscape.vocabulary.stages
    place = {stage: number for number, stage in enumerate(stages)}
    closing = [place[stage] for stage, defined in stages.items() if defined.closes]
    goal = place[milestone.stage] if milestone.stage else min(closing, default=len(stages))
    held = tuple(record for record in landscape.records.values() if record.milestone == name)
    there = tuple(
        record
        for record in held
        if any(
            place[step.stage] >= goal and (stages[step.stage].closes or not stages[step.stage].final)
            for step in record.stages
        )
    )
    return Progress(name, milestone, held, there)
