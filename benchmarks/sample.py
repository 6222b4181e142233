"""Draw statements blindly, for somebody who has not written them to read against their sources.

    python -m benchmarks.sample --seed 1 [--count 60] [--kind KIND] [LANDSCAPE]

The same seed draws the same statements of the same map. What the reading found goes into the landscape's `samples.yml`
(docs/reference/data.md), and from there to the page Verified and to `landscape score --data`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from interop_landscape import loading
from interop_landscape.reading.source import find_landscape
from interop_landscape.reading.statements import SUPPORT, Statement


def drawn(statements: Sequence[Statement], seed: int, count: int) -> list[Statement]:
    """So many different statements, each as likely as any other; all of them where there are no more."""
    return random.Random(seed).sample(list(statements), min(count, len(statements)))


def main() -> None:
    """Print the statements, a block each: what is said, and on what evidence."""
    parser = argparse.ArgumentParser(description="Draw statements blindly, to be read against their sources.")
    parser.add_argument("folder", nargs="?", type=Path, help="the folder of the landscape; the nearest if not given")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--support", choices=SUPPORT, help="only statements of this support")
    options = parser.parse_args()
    landscape = loading.load(options.folder or find_landscape(Path.cwd()))
    statements = [s for s in landscape.statements if options.support in (None, s.support)]
    for number, statement in enumerate(drawn(statements, options.seed, options.count), 1):
        print(f"{number}. {statement}: {statement.support}   ({statement.path}:{statement.line})")
        for name in ("api", "by", "since", "until", "limits", "note"):
            if getattr(statement, name):
                print(f"     {name}: {getattr(statement, name)}")
        for evidence in statement.evidence:
            print(f"     {evidence.shows}: {evidence.url}")
        for searched in statement.searched:
            print(f"     searched for {', '.join(searched.for_)}: {searched.in_}")


if __name__ == "__main__":
    main()
