"""What `check`, `gaps` and start-up cost, side by side in one run.

    python -m benchmarks.measure [--entries 2500 10000] [--huge 100000] > benchmarks/RESULTS.md

Machines are noisy, so what is compared runs in turn (A B A B …), and medians of times and of the ratios of
pairs are printed.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

from benchmarks.generate import REAL, generate
from interop_landscape import loading
from interop_landscape.analysis.gaps import Gaps
from interop_landscape.analysis.plan import plan
from interop_landscape.analysis.risks import risks
from interop_landscape.landscape import Landscape
from interop_landscape.reading.source import FolderSource

SHOWN = 40


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    before = time.perf_counter()
    call()
    return time.perf_counter() - before


def in_turn(first: Callable[[], object], second: Callable[[], object], runs: int) -> tuple[float, float, float]:
    """Medians of both calls in seconds, and the median of the ratio first / second, pair by pair."""
    first(), second()
    pairs = [(timed(first), timed(second)) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def compose_all(folder: Path) -> None:
    """Read every YAML file and compose it with libyaml, and nothing else."""
    for file in FolderSource(folder, "").files():
        yaml.CBaseLoader(file.data).get_single_node()


def walk_with_networkx(landscape: Landscape) -> int:
    """How many pairs are met, by walking the networkx graph from every source: the plain way to count."""
    from tests import oracle

    return len(oracle.met(landscape))


def analyse(landscape: Landscape) -> None:
    """What `gaps` computes and shows, but for reading and printing."""
    gaps = Gaps(landscape)
    gaps.tally()
    gaps.top(SHOWN, most_fixes=25)


def process(*arguments: str) -> Callable[[], object]:
    """A call that runs Python with these arguments."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def measure_size(entries: int, folder: Path, runs: int) -> None:
    """Print a row for check and one for gaps on a generated landscape."""
    size, statements = generate(folder, entries=entries, per_entry=4.0, seed=1)
    what = f"{size:,} entries, {statements:,} statements"
    check, compose, ratio = in_turn(lambda: loading.read(folder), lambda: compose_all(folder), runs)
    print(f"| `check`, {what} | {check:.2f} s | composing the files with libyaml: {compose:.2f} s | {ratio:.2f} |")
    landscape = loading.load(folder)
    if entries <= 2500:
        walk = timed(lambda: walk_with_networkx(landscape))
        gaps = statistics.median(timed(lambda: analyse(landscape)) for _ in range(runs))
        beside = f"only counting the met pairs with networkx: {walk:.1f} s"
        print(f"| analysis of `gaps`, {what} | {gaps:.2f} s | {beside} | 1/{walk / gaps:.0f} |", flush=True)
        measure_desk(landscape, what, runs)
    else:
        gaps = statistics.median(timed(lambda: analyse(landscape)) for _ in range(min(runs, 3)))
        print(f"| analysis of `gaps`, {what} | {gaps:.2f} s | | |", flush=True)


def measure_desk(landscape: Landscape, what: str, runs: int) -> None:
    """Print rows for a plan of 20 steps beside 20 analyses of `gaps`, and for the risks."""

    def twenty() -> None:
        for _ in range(20):
            analyse(landscape)

    steps, gaps, ratio = in_turn(lambda: plan(landscape, 20), twenty, min(runs, 3))
    print(f"| `plan` of 20 steps, {what} | {steps:.1f} s | 20 analyses of `gaps`: {gaps:.1f} s | {ratio:.2f} |")
    seconds = statistics.median(timed(lambda: risks(landscape)) for _ in range(min(runs, 3)))
    print(f"| `risks`, {what} | {seconds:.1f} s | | |", flush=True)


def measure_history(revisions: int, folder: Path) -> None:
    """Print a row for the scores of so many revisions of the shipped data, each with one more note somewhere."""
    shutil.copytree(REAL, folder / "landscape")
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    entries = sorted((folder / "landscape").glob("*/*.yml"))
    for number in range(revisions):
        with entries[number * 7 % len(entries)].open("a") as stream:
            stream.write(f"# revision {number}\n")
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", str(number)], check=True)
    command = process("-m", "interop_landscape", "-d", str(folder / "landscape"), "score", "--history", "-f", "csv")
    print(f"| `landscape score --history`, {revisions} revisions of the shipped data | {timed(command):.1f} s | | |")


def measure_huge(entries: int, folder: Path) -> None:
    """Print a row for one whole run of `landscape gaps`, with its peak memory."""
    size, statements = generate(folder, entries=entries, per_entry=4.0, seed=1)
    seconds = timed(process("-m", "interop_landscape", "-d", str(folder), "gaps"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    print(f"| `landscape gaps`, whole process, {size:,} entries, {statements:,} statements | {seconds:.0f} s | "
          f"peak memory {peak:.1f} GiB | |", flush=True)  # fmt: skip


def measure_start(runs: int) -> None:
    """Print rows for how long commands take to start."""
    for command in ("--version", "--help"):
        start, bare, ratio = in_turn(process("-m", "interop_landscape", command), process("-c", "pass"), runs)
        print(
            f"| `landscape {command}` | {start * 1000:.0f} ms | `python -c pass`: {bare * 1000:.0f} ms | {ratio:.1f} |"
        )


def main() -> None:
    """Measure and print a Markdown page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="*", default=[2500, 10_000])
    parser.add_argument("--huge", type=int, help="also run `gaps` once on a landscape of this size")
    parser.add_argument("--revisions", type=int, default=300)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    print("# Results\n")
    print(f"{date.today()}, {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}. ")
    print("Medians of runs in turn; ratios are medians of pairs. `make bench` measures anew.\n")
    print("| what | median | beside | ratio |\n|:--|--:|:--|--:|")
    measure_start(options.runs)
    with tempfile.TemporaryDirectory() as temporary:
        if options.huge:  # first, so that its peak is not that of another child
            measure_huge(options.huge, Path(temporary) / "huge")
        measure_history(options.revisions, Path(temporary) / "history")
        for entries in options.entries:
            measure_size(entries, Path(temporary) / str(entries), options.runs)


if __name__ == "__main__":
    main()
