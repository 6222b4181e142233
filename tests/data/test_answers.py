"""The answers that an expert gives, row by row in `answers.yml`: what every change of the data must keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from interop_landscape import phrases
from interop_landscape.analysis.verdict import ANSWERS, Found, Verdicts
from interop_landscape.landscape import Landscape

TABLE = Path(__file__).parent / "answers.yml"
ROWS: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text())


@pytest.fixture(scope="module")
def verdicts(shipped: Landscape) -> Verdicts:
    return Verdicts(shipped)


def wrong(row: dict[str, Any], found: Found) -> list[str]:
    """What an answer has that the row does not allow."""
    verdict, shown = found.verdict, [route.stops for route in (*found.routes, *found.apart)]
    said = []
    if verdict.answer != row["answer"]:
        said.append(f"it is {verdict.answer!r} and should be {row['answer']!r}")
    if "through" in row and (verdict.route is None or list(verdict.route.stops[1:-1]) != row["through"]):
        passed = " → ".join(verdict.route.stops) if verdict.route else "no route"
        said.append(f"it rests on {passed} and should pass {row['through'] or 'nothing'} between its ends")
    never = {stop for stops in shown for stop in stops} & {*row.get("never", ())}
    return [*said, *(f"a route passes {stop}" for stop in sorted(never))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['from']} → {row['to']}")
def test_the_map_answers_as_an_expert_would(row: dict[str, Any], verdicts: Verdicts, shipped: Landscape) -> None:
    found = verdicts.between(row["from"], row["to"], top=10)
    says = phrases.verdict(found.verdict, [], shipped)
    assert not wrong(row, found), (
        f"`landscape path {row['from']} {row['to']}` says: {says}\n"
        f"{'; '.join(wrong(row, found))}.\nExpected because: {row['why']}.\n"
        f"If the world has changed, change this row of tests/data/{TABLE.name} with the data; else the data is wrong."
    )


def test_every_row_can_be_asked_and_every_answer_is_among_them() -> None:
    keys = {"from", "to", "answer", "through", "never", "why"}
    assert all(row.keys() <= keys and row["why"] for row in ROWS)
    assert {row["answer"] for row in ROWS} == {*ANSWERS}
    assert len({(row["from"], row["to"]) for row in ROWS}) == len(ROWS) >= 40
