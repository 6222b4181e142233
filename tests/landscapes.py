"""Landscapes in folders for the tests: the fixture, copies of it with changes, and empty ones."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from interop_landscape.analysis.routes import Route, RouteFinder
from interop_landscape.landscape import Landscape
from interop_landscape.reading.probes import Probe, Proved, Result

FIXTURE = Path(__file__).parent / "fixture" / "landscape"
SNAPSHOT = Path(__file__).parent / "snapshot" / "landscape"
"""A frozen landscape of real size; the shipped one is read by `tests/data/` alone."""

EMPTY = """\
title: Empty
kinds:
  thing: {folder: things, plural: things, summary: Anything.}
"""


def fixture_with(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A copy of the fixture in `folder` with some files written over or added; returns its folder."""
    root = folder / "landscape"
    shutil.copytree(FIXTURE, root)
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def beta_that_exports() -> str:
    """The file of Beta, where it exports Exch in full, which nobody has searched for then."""
    text = (FIXTURE / "frameworks" / "beta.yml").read_text().partition("      searched:")[0]
    return text.replace("support: none", "support: full\n      carries: [neural-graph, weights]")


def empty(folder: Path) -> Path:
    """A landscape with a vocabulary and nothing else."""
    root = folder / "landscape"
    root.mkdir()
    (root / "landscape.yml").write_text(EMPTY)
    return root


def routes_of(landscape: Landscape, source: str, targets: Collection[str], *, top: int) -> list[Route]:
    """Up to `top` routes that some expectation would count if it were about these entries."""
    finder = RouteFinder(landscape)
    return finder.find([offer.rule for offer in finder.offers], source, targets, top=top)


def with_results(landscape: Landscape, outcomes: dict[str, str]) -> Landscape:
    """The landscape with probes that were just run for all the statements that name them."""
    probes, results = {}, {}
    for name, outcome in outcomes.items():
        path = f"probes/{name}.py"
        probes[name] = Probe(id=name, path=path, shows="", about="", dependencies=(), python="", digest="0")
        results[name] = Result(
            path=f"probes/results/{name}.json",
            schema="result/v1",
            probe=name,
            outcome=outcome,
            day=landscape.today,
            seconds=1.0,
            network="closed",
            program="0",
            proves=tuple(Proved(edge=str(s), support=s.support) for s in landscape.verified_by(name)),
        )
    return landscape.replacing(probes=probes, results=results)
