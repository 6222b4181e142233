"""`landscape verify`."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interop_landscape import loading
from interop_landscape.cli.completing import complete_edge
from interop_landscape.cli.shared import DirOption, Format, landscape_folder, print_report, say
from interop_landscape.errors import BadRequest, InvalidLandscape, NoLandscape
from interop_landscape.reading.source import find_landscape
from interop_landscape.text import visible

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape

EXAMPLES = """\
Examples:

landscape verify pytorch-onnx

landscape verify --edge "pytorch exports onnx"

landscape verify --stale --jobs 2
"""

_STYLES = {"pass": "green", "fail": "red", "error": "red", "unsupported": "yellow", "skipped": "yellow"}


def _complete_probe(incomplete: str) -> list[str]:
    try:
        files = find_landscape(Path.cwd()).glob("probes/*.py")
    except NoLandscape:
        return []
    return sorted(path.stem for path in files if path.stem.startswith(incomplete))


def verify(
    context: typer.Context,
    probes: Annotated[
        list[str] | None, typer.Argument(metavar="PROBE", help="Run these.", autocompletion=_complete_probe)
    ] = None,
    edge: Annotated[
        str | None,
        typer.Option(
            "--edge",
            metavar='"A relation B"',
            help="Run the probe that verifies this edge.",
            autocompletion=complete_edge,
        ),
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Run those not run yet, not lately, or not since they changed.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Run all.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=1, max=64, help="How many to run in parallel.")
    ] = 1,
    timeout: Annotated[
        int | None,
        typer.Option("--timeout", metavar="S", min=1, max=86400, help="Seconds for a run, instead of the probe's own."),
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option("--memory", metavar="MIB", min=16, help="Memory for a run in MiB, instead of the probe's own."),
    ] = None,
    discard: Annotated[
        bool, typer.Option("--discard", help="Remove each environment after its last use, for small disks.")
    ] = False,
    allow_network: Annotated[
        bool,
        typer.Option("--allow-network", help="Let probes that ask for it reach other hosts; else they are skipped."),
    ] = False,
    allow_builds: Annotated[
        bool, typer.Option("--allow-builds", help="Build packages without a wheel; that runs their code as you.")
    ] = False,
    require_closed: Annotated[
        bool, typer.Option("--require-closed", help="Refuse to run where probes cannot be closed off.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
    dir: DirOption = None,  # noqa: A002 - the option's name
) -> None:
    """Run probes, each in an environment of its own, and record what they saw.

    This runs programs of the landscape, and installs what they ask for as wheels, so read those that you do not know
    first, and never run those of a pull request. On Linux, where namespaces are allowed, a probe has no network, sees
    no files of its user, knows no secrets, and leaves nothing behind. Where that cannot be, as on macOS and in most
    containers, it can read and write what you can, and the command says so. Its result is in probes/results/. The
    status is 1 where a probe failed or ended in an error.
    """
    from interop_landscape.probing.environments import Environments, default_root
    from interop_landscape.probing.verify import Bounds, chosen
    from interop_landscape.probing.verify import verify as run
    from interop_landscape.probing.walls import walls
    from interop_landscape.reports.verify import VerifyReport

    folder, label = landscape_folder(context, dir)
    landscape = _load(folder, label)
    wanted = chosen(landscape, probes or [], edge=edge, stale=stale, every=every)
    skipped = [probe.id for probe in wanted if probe.network and not allow_network]
    wanted = [probe for probe in wanted if probe.id not in skipped]
    bounds = Bounds(jobs=jobs, seconds=timeout, mebibytes=memory, discard=discard, network=allow_network)
    stop = threading.Event()
    environments = Environments(default_root(), stop, builds=allow_builds)
    with _ending_on_request():
        for probe in skipped:
            _tell(probe, "skipped, as it asks for the network: read it, and allow that with --allow-network")
        if wanted:
            _tell_what_is_open(walls().missing, refuse=require_closed)
        results = run(landscape, folder, wanted, bounds, environments, stop, _tell)
    report = VerifyReport(tuple(results), tuple(skipped))
    print_report(report, Format.json if json else Format.table)
    if report.no:
        raise typer.Exit(1)


def _load(folder: Path, label: str) -> Landscape:
    """The landscape, though a result of it be damaged: running the probe again is what replaces it."""
    from interop_landscape.reading.probes import RESULTS_FOLDER

    landscape, problems = loading.read(folder, label=label)
    others = [p for p in problems if p.severity == "error" and f"/{RESULTS_FOLDER}/" not in f"/{p.path}"]
    if landscape is None or others:
        raise InvalidLandscape(problems)
    return landscape


def _tell_what_is_open(missing: str, *, refuse: bool) -> None:
    """Say what a probe can reach on this system that it should not. Raises BadRequest where that is to be refused."""
    if not missing:
        return
    said = f"this system cannot close a probe off: {missing} (see SECURITY.md)"
    if refuse:
        raise BadRequest(said)
    say(f": {said}", lead=typer.style("warning", fg="yellow"), err=True)


def _tell(probe: str, said: str) -> None:
    outcome = said.partition(",")[0]
    if outcome in _STYLES:
        say(said[len(outcome) :], lead=f"{visible(probe)}: {typer.style(outcome, fg=_STYLES[outcome])}", err=True)
    else:
        say(f"{probe}: {said}", err=True)


@contextlib.contextmanager
def _ending_on_request() -> Iterator[None]:
    """Let SIGTERM end the command as Ctrl-C does: what finished is kept, and nothing is left running."""

    def end(*_: Any) -> None:
        raise KeyboardInterrupt

    if sys.platform == "win32":
        raise BadRequest("probes run on Linux and macOS only")
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
