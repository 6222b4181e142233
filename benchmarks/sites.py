"""What `landscape build` costs beside engines that render the same pages as Markdown, in one run.

    python -m benchmarks.sites [--entries 100 500 2500] [--eleventy FOLDER]

The same pages are the bodies that the program stamps, each as one Markdown file, with the same theme and settings.
Eleventy is measured where `npm install @11ty/eleventy` has been run in the folder that is named. Peak memory is that
of the largest process.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks.generate import generate
from interop_landscape import loading

_BODY = re.compile(r'<article class="md-content__inner md-typeset">(.*?)</article>', re.DOTALL)


class Cost(NamedTuple):
    """What a command takes: seconds, those of the processor, and its peak memory in GiB."""

    seconds: float
    processor: float
    peak: float


def measured(command: list[str], folder: Path) -> Cost:
    """What a command takes, with a user's cache folder of its own."""
    before = time.perf_counter()
    timed = ["/usr/bin/env", "python3", "-c", _CHILD, *command]
    with_cache = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    said = subprocess.run(timed, cwd=folder, check=True, capture_output=True, text=True, env=with_cache).stdout
    processor, peak = map(float, said.strip().splitlines()[-1].split())
    return Cost(time.perf_counter() - before, processor, peak / 1024**2)


_CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def again(build: list[str], folder: Path) -> str:
    """What the build takes after an edit of nothing, of a summary, and of a statement, in seconds of the processor."""
    entry = next(path for path in sorted((folder / "data").rglob("*.yml")) if "interop:" in path.read_text())
    said = [f"{measured(build, folder).processor:.1f} s"]
    for old, new in (("summary: ", "summary: Edited. "), ("shows: ", "shows: edited, ")):
        entry.write_text(entry.read_text().replace(old, new, 1))
        said.append(f"{measured(build, folder).processor:.1f} s")
    return ", ".join(said)


def as_markdown(site: Path, settings: Path, folder: Path) -> int:
    """Write the pages of a site as Markdown beside a copy of its settings; returns how many."""
    docs = folder / "docs"
    shutil.copytree(settings.parent / "theme", folder / "theme")
    shutil.copytree(settings.parent / "docs" / "assets", docs / "assets")
    count = 0
    for page in sorted(site.rglob("index.html")):
        body = _BODY.search(page.read_text())
        if body is None:
            continue  # a redirect
        target = docs / page.parent.relative_to(site) / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = re.sub(r"\n\s*\n+", "\n", body[1])
        target.write_text(f"---\ntitle: a page\nlayout: page.html\n---\n\n{text}\n")
        count += 1
    config = {name: value for name, value in yaml.safe_load(settings.read_text()).items() if name != "nav"}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    return count


def only_stamping(site: Path, settings: Path, output: Path) -> float:
    """Seconds that the engine and the stamping take when every body is there already, as the others have it."""
    from interop_landscape.site.engine import render

    bodies = {page.relative_to(site): _BODY.search(page.read_text()) for page in site.rglob("index.html")}
    before = time.perf_counter()
    rendered = render(settings, engine="mkdocs", strict=False)
    shell = (rendered / "entries" / "shell" / "index.html").read_text()
    place = '<div id="stamp" data-page="shell"></div>'
    for path, body in bodies.items():
        page = shell.replace("SHELL-TITLE", str(path.parent)).replace(place, body[1] if body else "")
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(page)
    return time.perf_counter() - before


def main() -> None:
    """Measure and print rows of a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="*", default=[100, 500, 2500])
    parser.add_argument("--quick", action="store_true", help="leave MkDocs and Zensical out")
    parser.add_argument("--eleventy", type=Path, help="a folder with Eleventy in its node_modules")
    options = parser.parse_args()
    print(
        "| entries | pages | `landscape build` | again, after an edit of a summary, of a statement "
        "| of which engine and stamping | `mkdocs build` | Zensical | Eleventy |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for entries in options.entries:
        with tempfile.TemporaryDirectory() as temporary:
            row(entries, Path(temporary), options.eleventy, quick=options.quick)


def row(entries: int, folder: Path, eleventy: Path | None, *, quick: bool) -> None:
    """Print one row."""
    from interop_landscape.site.placeholders import Placeholders
    from interop_landscape.site.stage import stage

    generate(folder / "data", entries=entries, per_entry=4.0, seed=1)
    python = sys.executable
    build = [python, "-m", "interop_landscape", "build", "-d", str(folder / "data"), "-o", str(folder / "out")]
    own = measured(build, folder)
    size = sum(path.stat().st_size for path in (folder / "out").rglob("*") if path.is_file()) / 1e6
    rebuilt = again(build, folder)
    (folder / "staged").mkdir()
    settings = stage(loading.load(folder / "data"), None, folder / "staged", Placeholders())
    (folder / "plain").mkdir()
    pages = as_markdown(folder / "out", settings, folder / "plain")
    stamping = only_stamping(folder / "out", settings, folder / "stamped")
    whole = f"{own.seconds:.1f} s ({own.processor:.1f} s of the processor), {own.peak:.2f} GiB, {size:.0f} MB"
    cells = [whole, rebuilt, f"{stamping:.1f} s", *(["not measured"] * 2 if quick else [])]
    rivals = [] if quick else [[python, "-m", "mkdocs", "build", "-q"], [python, "-m", "zensical", "build"]]
    if eleventy is not None:
        shutil.copytree(eleventy / "node_modules", folder / "plain" / "node_modules", symlinks=True)
        includes = folder / "plain" / "docs" / "_includes"
        includes.mkdir()
        (includes / "page.html").write_text(
            "<!doctype html><html><head><title>{{ title }}</title></head><body>{{ content }}</body></html>"
        )
        command = ["node", "node_modules/@11ty/eleventy/cmd.cjs", "--input=docs", "--output=eleventy", "--formats=md"]
        rivals.append(command)
    for rival in rivals:
        try:
            cost = measured(rival, folder / "plain")
            cells.append(f"{cost.seconds:.1f} s ({cost.seconds / own.seconds:.1f} ×), {cost.peak:.2f} GiB")
        except subprocess.CalledProcessError:
            cells.append("failed")
    if eleventy is None:
        cells.append("not measured")
    print(f"| {entries:,} | {pages:,} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
