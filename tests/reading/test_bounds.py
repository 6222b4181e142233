"""What a stranger wrote costs nobody minutes or gigabytes, and is told in one line."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from benchmarks.worst import CASES
from interop_landscape import loading
from interop_landscape.errors import BadRequest
from interop_landscape.problems import Problem
from interop_landscape.reading import bounds
from interop_landscape.reading.clock import latest_day, this_day
from interop_landscape.reading.compose import compose
from interop_landscape.reading.reader import Reader
from interop_landscape.reading.values import Specifier, Text, Url, Value
from interop_landscape.text import nearest
from tests.conftest import Run
from tests.landscapes import fixture_with

ENTRY = "name: New\nsummary: A new framework.\nhomepage: https://new.example.org\nstatus: active\n"
TODAY = latest_day()


def problems(folder: Path, path: str, text: str) -> list[Problem]:
    return loading.read(fixture_with(folder, {path: text}), label="landscape")[1]


def read(value: Value, text: str) -> list[str]:
    """The codes of what is wrong with a value."""
    mark = yaml.Mark("", 0, 0, 0, None, 0)
    reader = Reader("", {}, TODAY)
    value.read(yaml.ScalarNode("", text, mark, mark, style='"'), reader)
    return [problem.code for problem in reader.problems]


@pytest.mark.parametrize(
    ("value", "unit"),
    [(Text(), "x"), (Text(bounds.NAME), "x"), (Specifier(), "1"), (Url(), "x")],
    ids=["text", "name", "versions", "address"],
)
def test_each_kind_of_value_may_be_so_long_and_no_longer(value: Value, unit: str) -> None:
    start = {Specifier: ">=", Url: "https://a.example/"}.get(type(value), "")
    fitting = start + unit * (value.most - len(start))
    assert read(value, fitting) == []
    assert read(value, fitting + unit) == ["too-long"]


@pytest.mark.parametrize("digits", [201, 5_000, 200_000])
def test_a_version_of_many_digits_is_told_by_check_and_build_does_not_die_of_it(
    tmp_path: Path, digits: int, run: Run
) -> None:
    text = f"interop:\n  runs-on:\n    gpu:\n      support: full\n      requires: {{driver: '>={'9' * digits}'}}\n"
    text += "      checked: 2026-11-01\n      evidence: [{url: https://new.example.org, shows: a guide}]\n"
    root = fixture_with(tmp_path, {"frameworks/new.yml": ENTRY + text})
    assert [problem.code for problem in loading.read(root)[1]] == ["too-long"]
    built = run("build", "-d", root, "-o", tmp_path / "site")
    assert (built.returncode, built.stderr) == (2, "landscape: the landscape has 1 problem; run `landscape check`\n")


GOOD = (
    "https://example.org", "http://example.org", "https://a-b.example.org:8080/x?y=z#t", "https://xn--bcher-kva.example/",
    "https://de.wikipedia.org/wiki/Köln", "https://EXAMPLE.org/(x)", "https://1.example.org", "https://example.org/a@b",
)  # fmt: skip
BAD = (
    "https://good@evil.org", "https://good:secret@evil.org/", "https://good.org\\@evil.org", "https://good%2eorg/",
    "https://gіthub.com/", "https://ｅxample.org", "https://example。org", "https://xn--a.org", "https://xn--zzzzzz-.org",
    "HTTPS://example.org", "https:/example.org", "https:example.org", "//example.org", "https:///example.org",
    "https://example.org:0/", "https://example.org:99999/", "https://example.org:x/", "https://example.org:/",
    "https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://localhost/",
    "https://exa mple.org", "https://example.org/a b", "https://-a.org", "https://a-.org", "https://a..org",
    "https://.org", "https://example.org/\u202e", "https://example.org/\x1b", "javascript://example.org/%0a",
    f"https://{'a' * 64}.org", f"https://{'a.' * 127}org", " https://example.org", "https://example.org\n",
)  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_a_host_by_name_is_taken(address: str) -> None:
    assert read(Url(), address) == []


@pytest.mark.parametrize("address", BAD)
def test_an_address_that_may_lead_elsewhere_than_it_looks_is_refused(address: str) -> None:
    assert read(Url(), address) == ["bad-url"]


@pytest.mark.parametrize("epoch", ["-1", "1e9", "soon", "9" * 20, "9" * 5_000, "32503680000", "١٢٣"])
def test_an_absurd_clock_is_told(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    for day in (this_day, latest_day):
        with pytest.raises(BadRequest, match="SOURCE_DATE_EPOCH"):
            day()


@pytest.mark.parametrize(("epoch", "year"), [("0", 1970), ("32503679999", 2999)])
def test_a_clock_that_stands_still_may_stand_anywhere_else(
    epoch: str, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert this_day().year == year


@pytest.mark.parametrize("name", CASES)
def test_twice_the_file_costs_no_more_than_twice_the_work(name: str, tmp_path: Path) -> None:
    half, whole = (calls_of(tmp_path / f"{size}", name, size) for size in (16 * 1024, 32 * 1024))
    assert whole < 2.5 * half + 5_000


def calls_of(folder: Path, name: str, size: int) -> int:
    """How many functions are called to read a landscape with this worst file, and to list its problems."""
    folder.mkdir()
    path, text = CASES[name](size)
    root = fixture_with(folder, {path: text})
    found: list[list[Problem]] = []
    count = counted(lambda: found.append(loading.read(root, label="landscape")[1]))
    mine = [problem for problem in found[0] if problem.path == f"landscape/{path}"]
    assert len(mine) <= bounds.PROBLEMS + 1
    return count


def counted(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("form", ["- {}\n", "[{}]\n"])
def test_a_file_may_hold_so_many_values_and_no_more(form: str) -> None:
    def listed(count: int) -> bytes:
        return (form.format("x") * count if form[0] == "-" else form.format("xx, " * count)).encode()

    node, faults = compose(listed(bounds.VALUES - 1))  # the list is one itself
    assert node is not None
    assert not faults
    node, faults = compose(listed(bounds.VALUES))
    assert node is None
    place = (bounds.VALUES, 3) if form[0] == "-" else (1, 4 * bounds.VALUES - 2)
    assert [(f.code, f.line, f.column) for f in faults] == [("too-many", *place)]


def test_of_many_problems_the_last_says_how_many_more_there_are(tmp_path: Path) -> None:
    found = problems(tmp_path, "frameworks/new.yml", ENTRY + "".join(f"k{i}: x\n" for i in range(350)))
    assert [problem.code for problem in found] == ["unknown-key"] * 100 + ["more-problems"]
    assert (found[-1].message, found[-1].stands_for) == ("250 more problems in this file", 250)


def test_a_near_word_is_looked_for_only_where_somebody_may_have_mistyped_it() -> None:
    assert nearest("pytorhc", ["pytorch", "jax"]) == "pytorch"
    assert nearest("pytorch" * 100, ["pytorch" * 100]) is None


def test_a_file_of_two_gibibytes_is_told_in_little_memory(tmp_path: Path) -> None:
    """Its size is a hole, so that it takes no room."""
    root = fixture_with(tmp_path, {})
    for path in ("frameworks/new.yml", "probes/new.py", "probes/results/new.json"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("wb") as stream:
            stream.truncate(2 * 1024**3)
    (root / "README.md").write_bytes(b"x" * 1024 * 1024)
    checked = subprocess.run(
        [sys.executable, "-m", "interop_landscape", "check", "-d", str(root)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1024**3, 1024**3)),
    )
    assert checked.returncode == 1
    assert checked.stdout.count("more than 256 KiB") == 3


@pytest.mark.parametrize("deep", [9, 1_500])
def test_folders_in_each_other_are_one_problem(tmp_path: Path, deep: int) -> None:
    root = fixture_with(tmp_path, {})
    here = os.open(root, os.O_RDONLY)
    for _ in range(deep):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    found = loading.read(root, label="landscape")[1]
    subprocess.run(["rm", "-rf", str(root / "d")], check=True)  # too deep for what sweeps behind the tests
    assert [problem.code for problem in found] == ["unreadable"]
    assert found[0].path == "landscape/" + "/".join("d" * 9)


def test_a_pipe_is_not_waited_for_even_where_it_came_after_the_look(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        bounds.read_at_most(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"12345")
    assert bounds.read_at_most(tmp_path / "file", 3) == b"1234"
