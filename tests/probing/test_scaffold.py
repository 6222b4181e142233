"""A scaffolded probe reads and runs at once, and shows nothing until somebody has written it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from interop_landscape import loading
from interop_landscape.errors import BadRequest, UnknownName
from interop_landscape.probing.scaffold import probe_text
from interop_landscape.reading.probes import KIT, read_probe
from tests.landscapes import FIXTURE

landscape = loading.load(FIXTURE)


def outcome(text: str) -> str:
    environment = {"PYTHONPATH": str(KIT), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["outcome"])


@pytest.mark.parametrize(
    ("edge", "said", "call"),
    [
        ("alpha exports exch", "Alpha exports Exch: say", "probe.close("),
        ("beta exports exch", "Beta exports Exch (refused): say", "probe.refused("),
        ("gamma runs-on gpu", "Gamma runs on GPU: say", "probe.close("),
    ],
)
def test_it_runs_at_once_and_shows_nothing_yet(edge: str, said: str, call: str) -> None:
    text = probe_text("new", edge, landscape)
    assert said.lower() in read_probe("new", "", text.encode()).shows.lower()
    assert call in text
    assert outcome(text) == "unsupported"
    written = "\n".join(line for line in text.splitlines() if "probe.unsupported(" not in line)
    assert outcome(written) == "pass"
    assert max(map(len, text.splitlines())) <= 120


def test_an_edge_that_cannot_be_is_told() -> None:
    with pytest.raises(BadRequest):
        probe_text("new", "gpu runs-on alpha", landscape)
    with pytest.raises(UnknownName):
        probe_text("new", "alpha exports nothing", landscape)
