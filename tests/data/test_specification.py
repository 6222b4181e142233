"""The shipped specification: what tests it has really run, and it can be read in half an hour."""

from __future__ import annotations

import re

from interop_landscape.analysis.conformance import VERIFIED, Conforming
from interop_landscape.landscape import Landscape
from interop_landscape.reports.specification import specification_markdown

WORDS_IN_HALF_AN_HOUR = 7_500


def test_every_probe_that_tests_a_requirement_passed_and_shows_what_works(shipped: Landscape) -> None:
    assert shipped.specification is not None
    named = {test for one in shipped.specification.in_force.values() for test in one.tests}
    assert named
    for name in sorted(named):
        stated = shipped.verified_by(name)
        assert not stated or any(statement.live for statement in stated), name
        result = shipped.results.get(name)
        # What needs a device that the machine lacks is a test all the same, for whoever has it.
        assert result is None or result.outcome in ("pass", "unsupported"), name


def test_nothing_that_is_said_to_be_untested_is_verified(shipped: Landscape) -> None:
    conforming = Conforming(shipped)
    standings = [one for entry in shipped.entries.values() for one in conforming.of(entry).standings]
    assert standings
    tested = {one.id for one in standings if one.requirement.untested and one.level >= VERIFIED}
    assert tested == set(), "name under `tests` the probe that shows it, instead of `untested`"


def test_it_can_be_read_in_half_an_hour(shipped: Landscape) -> None:
    text = re.sub(r"^> \*(?:Asks|Measured by|Tested by).*$", "", specification_markdown(shipped), flags=re.MULTILINE)
    assert 2_000 < len(text.split()) < WORDS_IN_HALF_AN_HOUR
