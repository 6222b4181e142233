"""The files of up to 256 KiB that cost most to read and to format: seconds and memory, beside those of a plain one.

`python -m benchmarks.worst` measures each in a process of its own, as large as it may be without being refused;
`tests/reading/test_bounds.py` counts what reading them does, which no machine makes faster.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from interop_landscape.reading import bounds
from interop_landscape.reading.compose import compose
from tests.landscapes import fixture_with

Case = Callable[[int], tuple[str, str]]

_ENTRY: Final = "name: New\nsummary: A new framework.\nhomepage: https://new.example.org\nstatus: active\n"
_STATEMENT: Final = (
    "      support: full\n      checked: 2026-11-01\n      evidence: [{url: https://new.example.org, shows: a guide}]\n"
)
_GPU: Final = f"{_ENTRY}interop:\n  runs-on:\n    gpu:\n{_STATEMENT}"
_RECORD: Final = "title: New\ncloses: [beta exports exch]\nstages:\n"
_RULE: Final = "side: south, why: x, to: {kind: backend}, routes: {a: runs-on}"
_RULE_TO: Final = "side: south\n  why: x\n  from: {kind: framework}\n  to: {kind: backend}"
_LONG_PATTERN: Final = " ".join(f"{relation}{times}" for times in "*+?" for relation in ("delegates-to", "runs-on") * 2)
_VOCABULARY: Final = "title: x\nkinds:\n  a: {folder: as, plural: x, summary: x}\n"
_RESULT: Final = '"schema": "result/v1", "probe": "new", "outcome": "pass", "date": "2026-11-01", "network": "closed"'
_PROBE: Final = '# /// script\n# dependencies = []\n# ///\n"""It."""\n'


def _made(path: str, head: str, part: Callable[[int], str], foot: str = "") -> Case:
    """A file of a given size: a head, as many numbered parts as fit, a foot."""

    def make(size: int) -> tuple[str, str]:
        parts, left = [head], size - len((head + foot).encode())
        while (left := left - len((text := part(len(parts) - 1)).encode())) >= 0:
            parts.append(text)
        return path, "".join(parts) + foot

    return make


def _entry(head: str, part: Callable[[int], str], foot: str = "") -> Case:
    return _made("frameworks/new.yml", head, part, foot)


def _many(make: Callable[[int], str], count: int = 50) -> str:
    return ", ".join(map(make, range(count)))


CASES: Final[dict[str, Case]] = {
    "plain": _entry(_GPU, lambda i: "# A comment on this line, as long as comments are.\n"),
    "keys": _entry("", lambda i: f"k{i}:\n"),
    "keys on one line": _entry("{", lambda i: f"k{i}: x, ", "}"),
    "keys in many mappings": _entry(_GPU, lambda i: f"x{i}: {{{_many(lambda j: f'k{j}: x', 400)}}}\n"),
    "relations": _entry(f"{_ENTRY}interop:\n", lambda i: f"  r{i}: {{}}\n"),
    "targets": _entry(f"{_ENTRY}interop:\n  runs-on:\n", lambda i: f"    t{i}: {{}}\n"),
    "statements": _entry(f"{_ENTRY}interop:\n  runs-on:\n", lambda i: f"    t{i}:\n{_STATEMENT}"),
    "misspelt statements": _entry(f"{_ENTRY}interop:\n  runs-on:\n", lambda i: f"    gpu{i}: {{suport{i}: full}}\n"),
    "evidence": _entry(
        _GPU.replace(", shows: a guide}]\n", ", shows: x}, "), lambda i: f"{{url: x{i}, shows: x}}, ", "]\n"
    ),
    "tags": _entry(f"{_ENTRY}tags: [", lambda i: f"t{i}, ", "]\n"),
    "doubled tags": _entry(f"{_ENTRY}x: x\ntags: [", lambda i: "t, ", "]\n"),
    "many lists": _entry(
        f"{_ENTRY}interop:\n  runs-on:\n", lambda i: f"    t{i}: {{carries: [{_many(lambda _: 'x', 400)}]}}\n"
    ),
    "aliases": _entry(f"{_ENTRY}aliases:\n", lambda i: f"  - a{i}\n"),
    "comments": _entry(_ENTRY, lambda i: "#\n"),
    "comments between items": _entry(f"{_ENTRY}tags:\n", lambda i: f"  # c{i}\n  - t{i}\n"),
    "blank lines and comments": _entry(f"{_ENTRY}tags:\n  - a\n", lambda i: "\n" * 500 + "    # x\n"),
    "spaces": _entry("", lambda i: " " * 1000 + "\n"),
    "one line": _entry("", lambda i: "x" * 1000),
    "one text": _entry(f"{_ENTRY}x: ", lambda i: "x" * 1000),
    "one escaped text": _entry(f'{_ENTRY}x: "', lambda i: "\\u00e9", '"\n'),
    "folded text": _entry(f"{_ENTRY}x: >\n", lambda i: "  x\n\n"),
    "colons": _entry(f"{_ENTRY}x: ", lambda i: "a: "),
    "lists in lists": _entry(_ENTRY, lambda i: f"x{i}: {'[ ' * 18}{']' * 18}\n"),
    "mappings in mappings": _entry(_ENTRY, lambda i: f"x{i}: {'{a: ' * 18}'\"'{'}' * 18}\n"),
    "a wide list in deep ones": _entry(f"{_ENTRY}x: {'[' * 18}", lambda i: "a, ", "]" * 18),
    "blocks in blocks": _entry(_ENTRY, lambda i: "".join(f"{' ' * j}k{i}:\n" for j in range(18))),
    "deep and wide": _entry(
        _ENTRY, lambda i: f"x{i}: {{a: {'[' * 17}{_many(str, 200)}{']' * 17}, b: [{_many(str)}]}}\n"
    ),
    "comments in lists in lists": _entry(f"{_ENTRY}x:\n", lambda i: "- " + "[ # c\n   " * 15 + f"{i}{' ]' * 15}\n"),
    "comments behind items": _entry(f"{_ENTRY}tags: [\n", lambda i: f"  t{i}, # c{i}\n", "]\n"),
    "long comments": _entry(_ENTRY, lambda i: f"k{i}: # {'c' * 80}\n  # {'d ' * 60}\n  - x\n    # e\n\n\n"),
    "hashes in a text": _entry(f'{_ENTRY}x: "', lambda i: "# " * 50, '"\n'),
    "hashes in texts": _entry(f"{_ENTRY}x:\n", lambda i: "- 'a # b # c'\n"),
    "folded texts": _entry(f"{_ENTRY}x:\n", lambda i: f"  k{i}: >\n    {'folded ' * 10}\n    {'more ' * 10}\n\n"),
    "literal texts": _entry(f"{_ENTRY}x:\n", lambda i: f"  k{i}: |\n    a\n    b\n"),
    "texts of several lines": _entry(f"{_ENTRY}x:\n", lambda i: f"  k{i}: 'a\n\n    b\n\n    c'\n"),
    "letters beyond ASCII": _entry(f"{_ENTRY}x:\n", lambda i: f"  é{i}: ünïcödé ✓ 😀\n"),
    "escapes": _entry(f"{_ENTRY}x:\n", lambda i: f'  "\\u2028{i}": "\\x07\\U0001F600\\u202e"\n'),
    "odd ends of lines": _entry(f"{_ENTRY}x:\n", lambda i: f"  k{i}: x # \u2028c\x85 # d\r\n"),
    "small mappings": _entry(f"{_ENTRY}x:\n", lambda i: f"- {{a: b, {i}: d}}\n"),
    "brackets": _entry("", lambda i: "["),
    "dashes": _entry("", lambda i: "- "),
    "anchors": _entry("", lambda i: f"k{i}: &a{i} x\n"),
    "YAML aliases": _entry("a: &a x\n", lambda i: f"k{i}: *a\n"),
    "YAML tags": _entry("", lambda i: f"k{i}: !!str x\n"),
    "closes": _made("gaps/new.yml", "title: x\ncloses:\n", lambda i: f"  - new{i} exports exch{i}\n", "stages: []\n"),
    "stages": _made("gaps/new.yml", _RECORD, lambda i: f"  - {{stage: identified, date: 2026-10-01, note: x{i}}}\n"),
    "unknown stages": _made("gaps/new.yml", _RECORD, lambda i: f"  - {{stage: s{i}, date: 2026-10-01, note: x}}\n"),
    "patterns": _made(
        "expectations.yml",
        "",
        lambda i: f"r{i}:\n  {_RULE_TO}\n  routes: {{{_many(lambda j: f'a{j}: {_LONG_PATTERN}', 4)}}}\n",
    ),
    "unknown ids": _made(
        "expectations.yml", "", lambda i: f"r{i}: {{{_RULE}, from: {{entries: [{_many(lambda j: f'n{i}-{j}')}]}}}}\n"
    ),
    "unknown tags": _made(
        "expectations.yml", "", lambda i: f"r{i}: {{{_RULE}, from: {{tags: [{_many(lambda j: f'n{i}-{j}')}]}}}}\n"
    ),
    "routes": _made("expectations.yml", "", lambda i: f"r{i}: {{routes: {{{_many(lambda j: f'a{j}: x{j} y z')}}}}}\n"),
    "kinds": _made("landscape.yml", _VOCABULARY, lambda i: f"  k{i}: {{folder: f{i}, plural: x, summary: x}}\n"),
    "stages of records": _made("landscape.yml", f"{_VOCABULARY}stages:\n", lambda i: f"  s{i}: {{name: x}}\n"),
    "comparisons": _made(
        "probes/results/new.json",
        f'{{{_RESULT}, "compared": [\n',
        lambda i: f'{{"what": "x{i}", "kind": "close", "holds": true, "difference": 0.0, "count": {i}}},\n',
        '{"what": "x"}]}',
    ),
    "versions": _made(
        "probes/results/new.json", f'{{{_RESULT}, "versions": {{\n', lambda i: f'"a{i}": "1",\n', '"b": "1"}}'
    ),
    "a probe of sums": _made("probes/new.py", f"{_PROBE}x = 0", lambda i: " + 1"),
    "a probe of lists": _made("probes/new.py", f"{_PROBE}x = [", lambda i: "[],", "]"),
    "a long docstring": _made("probes/new.py", f"{_PROBE[:-4]}\n\n", lambda i: "é ", '"""\n'),
    "relations of unknown kinds": _made(
        "landscape.yml", f"{_VOCABULARY}relations:\n", lambda i: f"  r{i}: {{inverse: i{i}, from: [b{i}], to: [a]}}\n"
    ),
}

_RUN: Final = """\
import resource, sys, time
from interop_landscape.cli.run import run
status = run(sys.argv[1:])
print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)
"""


def largest(case: Case) -> int:
    """The largest size of a file of a kind of which all is read, for which it must not hold too many values."""
    least, most = 0, bounds.FILE
    while most - least > 500 and not _is_read(case, most):
        size = (least + most) // 2
        least, most = (size, most) if _is_read(case, size) else (least, size)
    return most if _is_read(case, most) else least


def _is_read(case: Case, size: int) -> bool:
    return "too-many" not in {fault.code for fault in compose(case(size)[1].encode())[1]}


def cost(case: Case, *command: str, size: int = bounds.FILE) -> tuple[float, float]:
    """(seconds of the processor, MiB at most) of a command on a landscape with this file."""
    with tempfile.TemporaryDirectory() as temporary:
        path, text = case(size)
        root = fixture_with(Path(temporary), {path: text})
        done = subprocess.run(
            [sys.executable, "-c", _RUN, *command, "-d", str(root)], capture_output=True, text=True, check=True
        )
    seconds, mebibytes = done.stderr.splitlines()[-1].split()
    return float(seconds), float(mebibytes)


def main() -> None:
    """Print a table: each case, and by how much it is slower than a plain file of 256 KiB."""
    plain: dict[str, float] = {}
    for name, case in CASES.items():
        size, cells = largest(case), []
        for command in (("check",), ("fmt",), ("check", "--fix")):
            said = " ".join(command)
            seconds, mebibytes = cost(case, *command, size=size)
            plain.setdefault(said, seconds)
            cells.append(f"{said} {seconds:.2f} s ({seconds / plain[said]:.1f} ×), {mebibytes:.0f} MiB")
        print(f"{name:28} {size // 1024:3} KiB", " | ".join(cells), flush=True)


if __name__ == "__main__":
    main()
