"""The example that docs/design.md works out by hand: every figure there is what the program computes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from interop_landscape import loading, phrases
from interop_landscape.analysis.gaps import Fix, Gaps
from interop_landscape.analysis.plan import plan
from interop_landscape.analysis.risks import risks
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Level, Reach
from tests.landscapes import routes_of

ROOT = Path(__file__).parent.parent
DESIGN = (ROOT / "docs" / "design.md").read_text()


@pytest.fixture(scope="module")
def landscape() -> Landscape:
    return loading.load(ROOT / "tests" / "example" / "landscape")


def section(title: str) -> str:
    """The text of one section, its lines joined."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", DESIGN, re.MULTILINE | re.DOTALL)
    assert found, title
    return found.group(1)


def table(title: str) -> list[list[str]]:
    """The rows of the table in one section, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def said(title: str) -> str:
    return " ".join(section(title).split())


def test_the_statements_are_those_of_the_files(landscape: Landscape) -> None:
    rows = [
        [str(s), s.support, "".join(f"{subject} {window}" for subject, window in s.requires.items())]
        for s in landscape.statements
    ]
    assert [[a, b.partition(":")[0], c] for a, b, c in table("The example")] == rows


def test_gaps_and_score(landscape: Landscape) -> None:
    gaps = Gaps(landscape)
    listed = sorted(gaps.top(None), key=lambda gap: gap.id)
    assert table("Status and certainty") == [[gap.id, gap.status, gap.certainty] for gap in listed]
    tally = gaps.tally()
    assert tally.score is not None
    plain = f"{tally.met} of {tally.expected}"
    assert f"{plain}, a score of {tally.score:.1%}".replace("%", " %") in said("Score").replace(" are met:", "")
    levels = {"wide": Level(name="wide", weight=2.0), "narrow": Level(name="narrow", weight=1.0)}
    wide = replace(landscape.entries["ada"], reach=Reach(level="wide", checked=landscape.today, evidence=()))
    weighed = Gaps(
        landscape.replacing(
            entries={**landscape.entries, "ada": wide}, vocabulary=replace(landscape.vocabulary, reach=levels)
        )
    ).tally()
    assert f"= {weighed.score:.1%}, with still {weighed.met} of {weighed.expected} met".replace("%", " %") in said(
        "Score"
    )
    assert f'"{phrases.met(weighed)}"' in said("Score")


def test_what_fixes_are_worth(landscape: Landscape) -> None:
    found = {fix for gap in Gaps(landscape).top(None) for fix in gap.fixes}
    ranked = sorted(found, key=lambda fix: -fix.value)
    assert table("Value") == [
        [str(fix), f"{fix.unlocks:.0f}", *shares(fix), f"{fix.precedent:.3f}", f"{fix.value:.3f}"] for fix in ranked
    ]
    assert [gap.id for gap in Gaps(landscape).top(None) if not gap.fixes] == ["compute:cyd:npu"]


def shares(fix: Fix) -> tuple[str, str]:
    """The two shares behind a precedent, as they stand before the root is taken."""
    usage = fix.usage
    return f"{1 + usage.sources}/{2 + usage.of_sources}", f"{1 + usage.targets}/{2 + usage.of_targets}"


def test_the_plan_and_a_pair_in_series(landscape: Landscape) -> None:
    steps = plan(landscape, 10).steps
    assert table("Plan") == [
        [str(step.edges[0]), f"{step.unlocks:.0f}", f"{step.value:.3f}", f"{step.score or 0:.1%}".replace("%", " %")]
        for step in steps
    ]
    gaps = Gaps(landscape)
    fixes = {str(fix): fix for gap in gaps.top(None) for fix in gap.fixes}
    pair = fixes["sprint imports onyx"], fixes["cyd exports onyx"]
    closed = len(gaps) - len(Gaps(landscape.assuming(fix.edge for fix in pair)))
    first, second = (fix.precedent for fix in pair)
    value = closed * first * second
    best = steps[0].value
    assert value < 2 * best
    words = f"{closed} × {first:.3f} × {second:.3f} = {value:.3f}, which is less than 2 × {best:.3f}"
    assert words in said("Pairs in series")


def test_what_survives_and_which_versions(landscape: Landscape) -> None:
    for source in ("ada", "bea"):
        [route] = routes_of(landscape, source, ["cpu"], top=5)
        [window] = route.windows
        assert phrases.window(window) in said("Version windows"), source
        assert phrases.survives(route, landscape.vocabulary) == "what survives: graph, weights"
    assert "graph and weights, so that is what survives" in said("Cargo")


def test_what_a_loss_opens(landscape: Landscape) -> None:
    assert table("Risks") == [[risk.name, str(len(risk.opens))] for risk in risks(landscape)]
