"""What was run shows everywhere: in show, path, list probes, score --verified, check and on the page Verification."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.conftest import Run
from tests.landscapes import fixture_with

PROBE = '# /// script\n# dependencies = []\n# ///\n"""Alpha exports the exchange format <b>."""\n'
STATEMENT = """\
name: New
summary: A new framework.
homepage: https://new.example.org
status: active
tags: [deep]
interop:
  runs-on:
    gpu:
      support: full
      checked: 2026-11-01
      evidence: [{url: https://new.example.org, shows: a guide}]
      probe: new-gpu
"""


def result(outcome: str = "pass", day: str = "2026-11-20", support: str = "full") -> str:
    holds = outcome == "pass"
    compared = {"what": "outputs", "kind": "close", "holds": holds, "difference": 0.5, "tolerance": 0.01, "count": 4}
    document = {
        "schema": "result/v1", "probe": "new-gpu", "outcome": outcome, "date": day, "seconds": 1.5, "network": "closed",
        "platform": {"system": "Linux"}, "versions": {"python": "3.11.7", "new": "1.2"}, "compared": [compared],
        "program": hashlib.sha256(PROBE.encode()).hexdigest(),
        "proves": [{"edge": "new runs-on gpu", "support": support}],
    }  # fmt: skip
    return json.dumps(document, indent=1) + "\n"


def landscape(folder: Path, text: str | None) -> Path:
    files: dict[str, str | bytes] = {"frameworks/new.yml": STATEMENT, "probes/new-gpu.py": PROBE}
    return fixture_with(folder, files | ({"probes/results/new-gpu.json": text} if text else {}))


def state(run: Run, root: Path) -> str:
    document = json.loads(run("show", "new", "-f", "json", "-d", root).stdout)
    [statement] = document["statements"]
    assert (statement["verified"] is not None) == (statement["verification"]["state"] == "verified")
    return str(statement["verification"]["state"])


def test_a_statement_that_was_run_is_proven_with_versions_and_date(run: Run, tmp_path: Path) -> None:
    root = landscape(tmp_path, result())
    assert state(run, root) == "verified"
    assert "verified 2026-11-20 with new 1.2" in run("show", "new", "-d", root).stdout
    assert "verified 2026-11-20 with new 1.2" in run("path", "new", "gpu", "-d", root).stdout
    assert run("check", "-d", root).returncode == 0
    listed = run("list", "probes", "-d", root).stdout
    assert "new-gpu · pass · 2026-11-20" in listed
    assert "new runs-on gpu: verified" in listed


def test_a_probe_that_failed_contradicts_its_statement(run: Run, tmp_path: Path) -> None:
    root = landscape(tmp_path, result("fail"))
    done = run("check", "-d", root)
    assert done.returncode == 1
    assert (
        "failed-probe: `new runs-on gpu` is stated as `full`, but its probe failed on 2026-11-20 (outputs)"
        in done.stdout
    )
    assert run("gaps", "-d", root).returncode == 0  # nothing else is refused for it


def test_a_result_goes_stale_with_time_and_with_every_change(run: Run, tmp_path: Path) -> None:
    for name, text in (("old", result(day="2025-11-20")), ("other", result(support="partial")), ("never", None)):
        (tmp_path / name).mkdir()
        root = landscape(tmp_path / name, text)
        assert state(run, root) == ("stale" if text else "never run")
        assert "stale-result" not in run("check", "-d", root).stdout
        assert "run `landscape verify new-gpu`" in run("check", "--stale", "-d", root).stdout
    (tmp_path / "program").mkdir()
    root = landscape(tmp_path / "program", result())
    (root / "probes" / "new-gpu.py").write_text(PROBE + "print()\n")
    assert state(run, root) == "stale"


def test_the_score_of_what_is_proven_counts_only_that(run: Run, tmp_path: Path) -> None:
    root = landscape(tmp_path, result())

    def met(*more: str) -> int:
        return int(json.loads(run("score", "-f", "json", "-d", root, *more).stdout)["met"])

    assert met() > met("--verified") >= 1
    (root / "probes" / "results" / "new-gpu.json").unlink()
    assert met("--verified") == 0
    assert run("score", "--verified", "--history", "-d", root).returncode == 2


def test_the_page_shows_what_was_run(run: Run, tmp_path: Path) -> None:
    root = landscape(tmp_path, result())
    assert run("build", "-d", root, "-o", tmp_path / "site").returncode == 0
    page = (tmp_path / "site" / "verified" / "index.html").read_text()
    assert "Alpha exports the exchange format &lt;b&gt;." in page
    assert "outputs: 5.0e-01 apart, 1e-02 allowed" in page
    assert 'href="../entries/new/"' in page
    entry = (tmp_path / "site" / "entries" / "new" / "index.html").read_text()
    assert "✓ verified 2026-11-20" in entry
    assert "verified/#d-new-gpu" in entry
    probes = json.loads((tmp_path / "site" / "api" / "v1" / "probes.json").read_text())
    assert probes["probes"][0]["statements"] == [{"edge": "new runs-on gpu", "state": "verified"}]
    assert "1 statements" in (tmp_path / "site" / "badges" / "verified_.svg").read_text()


def test_a_new_probe_is_scaffolded_and_never_written_over(run: Run, tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    done = run("new", "probe", "mine", "--edge", "alpha exports exch", "-d", root)
    assert (done.returncode, done.stdout) == (0, f"{root}/probes/mine.py\n"), done.stderr
    assert "add `probe: mine` to `alpha exports exch`" in done.stderr
    assert run("check", "-d", root).returncode == 0
    assert run("new", "probe", "mine", "--edge", "alpha exports exch", "-d", root).returncode == 2
    assert "--edge" in run("new", "probe", "other", "-d", root).stderr
    assert "take `my-one`" in run("new", "probe", "My One", "--edge", "alpha exports exch", "-d", root).stderr
