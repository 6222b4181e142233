"""What `fmt` costs on a landscape of any size: files that nobody formatted, and files in canonical form.

    python -m benchmarks.fmt [--entries 2500]

Each figure is the median of whole runs of the command, beside composing the same files with libyaml.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

from benchmarks.generate import generate
from benchmarks.measure import compose_all, timed

RUNS = 5


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=2500)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "landscape"
        generate(folder, entries=entries, per_entry=4, seed=1)
        fmt = [sys.executable, "-m", "interop_landscape", "fmt", "-d", str(folder)]
        runs: dict[str, Callable[[], object]] = {
            "composed with libyaml": lambda: compose_all(folder),
            "fmt --check, all canonical": lambda: subprocess.run([*fmt, "--check"], capture_output=True, check=True),
        }
        subprocess.run(fmt, capture_output=True, check=True)
        wild = []
        for _ in range(RUNS):
            unformat(folder)
            wild.append(timed(lambda: subprocess.run(fmt, capture_output=True, check=True)))
        print(f"{entries:,} entries, {date.today()}, Python {sys.version.split()[0]}, medians of {RUNS} runs\n")
        print(f"fmt, none canonical: {statistics.median(wild):.2f} s")
        for name, run in runs.items():
            print(f"{name}: {statistics.median(timed(run) for _ in range(RUNS)):.2f} s")


def unformat(folder: Path) -> None:
    """Write every entry as JSON: other quotes, other indentation, all in brackets."""
    for path in folder.glob("*/*.yml"):
        values = yaml.load(path.read_bytes(), yaml.CBaseLoader)
        path.write_text(json.dumps(values, ensure_ascii=False))


if __name__ == "__main__":
    main()
