"""The committee's desk: what a meeting reads, prints and sends."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.landscapes import FIXTURE, fixture_with

LONG = "a-format-with-quite-a-long-name"
STANDARD = f"""\
name: A format with quite a long name
summary: A format.
homepage: https://example.org/{LONG}
license: MIT
status: active
aspect: ir
carries: [neural-graph]
"""


def names_in(text: str) -> set[str]:
    """What stands between spaces, commas and brackets."""
    return set(re.split(r"[\s,()]+", text))


@pytest.mark.parametrize("columns", range(60, 121, 6))
def test_gaps_and_entries_are_named_whole_at_every_width(columns: int, run: Run, tmp_path: Path) -> None:
    record = (FIXTURE / "gaps" / "beta-exch.yml").read_bytes()
    at = fixture_with(tmp_path, {f"standards/{LONG}.yml": STANDARD, f"gaps/{LONG}-of-beta.yml": record})
    (at / "gaps" / "beta-exch.yml").unlink()
    gaps = run("gaps", "--top", "0", "-d", at, columns=columns).stdout
    assert {"compute", "fields", "exchange", f"{LONG}-of-beta"} <= names_in(gaps)
    pairs = [line for line in gaps.splitlines() if "→" in line]
    assert pairs
    assert all({"compute", "fields", "exchange"} & names_in(line) for line in pairs)
    assert {LONG, "alpha", "omega"} <= names_in(run("list", "-d", at, columns=columns).stdout)
    assert all(len(line) <= columns for line in gaps.splitlines())


def test_records_say_who_carries_them_and_which_stand_still(run: Run, tmp_path: Path) -> None:
    text = (FIXTURE / "gaps" / "beta-exch.yml").read_text()
    old = text.replace("2026-10-01", "2025-10-01").replace("2026-10-20", "2025-11-22")
    closed = (FIXTURE / "gaps" / "alpha-exch.yml").read_text()
    long_ago = closed.replace("2026-05-01", "2024-05-01").replace("2026-09-01", "2024-09-01")
    for name, files, stuck in (("new", {}, False), ("old", {"gaps/beta-exch.yml": old}, True)):
        at = fixture_with(tmp_path / name, {"gaps/alpha-exch.yml": long_ago, **files})
        shown = run("list", "records", "-d", at, columns=80).stdout
        for said in ("Beta should export Exch", "owner Alpha's makers", "no owner", "milestone first-gaps"):
            assert said in shown
        assert ("discussion for 365 days" in shown) == stuck
        assert shown.count("has not moved for a year") == stuck
        assert "closed for 812 days" in shown
        records = json.loads(run("list", "records", "-d", at, "-f", "json").stdout)["records"]
        assert {one["id"]: one["stuck"] for one in records} == {"alpha-exch": False, "beta-exch": stuck}
        rows = csv.DictReader(io.StringIO(run("list", "records", "-d", at, "-f", "csv").stdout))
        assert {row["id"]: (row["idle"], row["stuck"]) for row in rows} == {
            "alpha-exch": ("812", ""),
            "beta-exch": ("365", "yes") if stuck else ("33", ""),
        }
