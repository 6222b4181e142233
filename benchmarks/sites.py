"""What `landscape build` costs beside engines that render the same pages as Markdown, in one run.

    python -m benchmarks.sites [--entries 100 500 2500] [--eleventy FOLDER]

The same pages are the bodies that the program stamps, each as one Markdown file, with the same theme and settings.
Eleventy is measured where `npm install @11ty/eleventy` has been run in the folder that is named. Peak memory is that
of the largest process.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from benchmarks.generate import generate
from interop_landscape import loading

_BODY = re.compile(r'<article class="md-content__inner md-typeset">(.*?)</article>', re.DOTALL)


def measured(command: list[str], folder: Path) -> tuple[float, float]:
    """(seconds, peak memory in GiB) of a command."""
    before = time.perf_counter()
    timed = ["/usr/bin/env", "python3", "-c", _CHILD, *command]
    said = subprocess.run(timed, cwd=folder, check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - before, float(said.strip().splitlines()[-1]) / 1024**2


_CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


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
        "| entries | pages | `landscape build` | of which engine and stamping | `mkdocs build` | Zensical | Eleventy |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for entries in options.entries:
        with tempfile.TemporaryDirectory() as temporary:
            row(entries, Path(temporary), options.eleventy, quick=options.quick)


def row(entries: int, folder: Path, eleventy: Path | None, *, quick: bool) -> None:
    """Print one row."""
    from interop_landscape.site.placeholders import Placeholders
    from interop_landscape.site.stage import stage

    generate(folder / "data", entries=entries, per_entry=4.0, seed=1)
    python = sys.executable
    own, own_peak = measured(
        [python, "-m", "interop_landscape", "build", "-d", str(folder / "data"), "-o", str(folder / "out")], folder
    )
    (folder / "staged").mkdir()
    settings = stage(loading.load(folder / "data"), None, folder / "staged", Placeholders())
    (folder / "plain").mkdir()
    pages = as_markdown(folder / "out", settings, folder / "plain")
    stamping = only_stamping(folder / "out", settings, folder / "stamped")
    cells = [f"{own:.1f} s, {own_peak:.2f} GiB", f"{stamping:.1f} s", *(["not measured"] * 2 if quick else [])]
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
            seconds, peak = measured(rival, folder / "plain")
            cells.append(f"{seconds:.1f} s ({seconds / own:.1f} ×), {peak:.2f} GiB")
        except subprocess.CalledProcessError:
            cells.append("failed")
    if eleventy is None:
        cells.append("not measured")
    print(f"| {entries:,} | {pages:,} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
