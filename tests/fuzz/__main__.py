"""Make files that nobody would write, for some minutes, and keep those by which a promise is broken.

`python -m tests.fuzz --minutes 5 --seed 1` makes the same files each time. What it finds is put into `corpus/`, where
`test_corpus.py` tries it again, as `make test` does.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.trials import TRIALS, attempt
from tests.landscapes import FIXTURE
from tests.specification import REQUIREMENTS, TERMS

CORPUS = Path(__file__).parent / "corpus"
MOST_BYTES = 300 * 1024
MOST_FOUND = 20

SEEDS = {
    "entry": ("frameworks/*.yml", "standards/*.yml", "backends/*.yml"),
    "record": ("gaps/*.yml",),
    "expectations": ("expectations.yml",),
    "milestones": ("milestones.yml",),
    "samples": ("samples.yml",),
    "vocabulary": ("landscape.yml",),
}
WRITTEN = {
    "specification": REQUIREMENTS.replace("[terms, south]", "[]").encode(),
    "chapter": TERMS.encode(),
    "result": b'{"schema": "result/v1", "probe": "new", "outcome": "pass", "date": "2026-11-01", "seconds": 1.5,\n'
    b' "network": "closed", "program": "0", "compared": [{"what": "a", "kind": "close", "holds": true}]}\n',
    "probe": b'# /// script\n# dependencies = ["numpy>=1"]\n# requires-python = ">=3.10"\n# [tool.landscape]\n'
    b'# timeout = 600\n# ///\n"""Shows something.\n\nAt length.\n"""\n\nimport numpy\n',
    "landscape2": b"categories:\n- name: C\n  subcategories:\n  - name: S\n    items:\n    - name: N\n"
    b"      homepage_url: https://n.example.org\n      repo_url: https://n.example.org/r\n",
    "history": b"Add an entry\n\nAt length.\n",
}
ODD = (
    *("\x00", "\x1b[31m", "\x07", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\u202e", "\ufeff"),
    *("\u200d", "\ud800", "\U0001f600", "caf\xe9", "'", '"', ":", "-", "?", "|", ">", "&", "*", "!", "%", "@", "`"),
    *("#", "{", "}", "[", "]", ",", "~", "<<", "---", "...", "\t", "null", "true", "1e999", "0x10", "1.10"),
    *("&a", "*a", "!!str ", "<<: x", "\n", "\n\n", "\r\n", ": ", "- ", "  ", " #", "# x\n", '"\\ud800"', '"\\u001b"'),
    *("9" * 5_000, "[" * 30, "{a: " * 30, "x" * 6_000, "a, " * 600, "https://good@evil.org", "https://xn--a.org"),
)


def mutated(chance: random.Random, seeds: list[bytes]) -> bytes:
    """One seed with a few things done to it."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        place = chance.randrange(len(data) + 1)
        end = min(len(data), place + chance.choice((1, 2, 8, 40, 400)))
        other = chance.choice(seeds)
        start = chance.randrange(len(other) + 1)
        done = chance.randrange(7)
        if done == 0:
            del data[place:end]
        elif done == 1:
            data[place:place] = chance.choice(ODD).encode("utf-8", "surrogatepass")
        elif done == 2:
            data[place:end] = chance.choice(ODD).encode("utf-8", "surrogatepass")
        elif done == 3:
            data[place:place] = data[place:end] * chance.choice((1, 2, 50, 2_000))
        elif done == 4:
            data[place:end] = other[start : start + 200]
        elif done == 5 and data:
            data[min(place, len(data) - 1)] = chance.randrange(256)
        else:
            lines = bytes(data).split(b"\n")
            chance.shuffle(lines)
            data = bytearray(b"\n".join(lines))
        del data[MOST_BYTES:]
    return bytes(data)


def seeds_of(name: str) -> list[bytes]:
    """What the files of one trial are made from: good ones, and those that were found before."""
    good = [path.read_bytes() for glob in SEEDS.get(name, ()) for path in sorted(FIXTURE.glob(glob))]
    return [
        *good,
        *([WRITTEN[name]] if name in WRITTEN else []),
        *(p.read_bytes() for p in sorted(CORPUS.glob(f"{name}-*"))),
    ]


def main() -> int:
    """Run; the status is 1 where anything was found."""
    parser = argparse.ArgumentParser(description="Look for files by which a promise is broken.")
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", choices=TRIALS, action="append", help="of these trials alone; repeatable")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(2**32) if arguments.seed is None else arguments.seed
    chance, end = random.Random(seed), time.monotonic() + 60 * arguments.minutes
    names = [name for name in TRIALS if not arguments.only or name in arguments.only]
    # A repository costs a hundred times what a file does.
    weights = [1 if name == "history" else 20 for name in names]
    seeds = {name: seeds_of(name) for name in names}
    tried, found = dict.fromkeys(names, 0), set[tuple[object, ...]]()
    print(f"seed {seed}", flush=True)
    while time.monotonic() < end and len(found) < MOST_FOUND:
        [name] = chance.choices(names, weights)
        data = mutated(chance, seeds[name])
        tried[name] += 1
        try:
            attempt(name, data)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            kind = name, type(error).__name__, where.filename, where.lineno
            if kind not in found:
                found.add(kind)
                path = CORPUS / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
                path.write_bytes(data)
                print(
                    f"{path}: {type(error).__name__}: {str(error)[:300]!r} ({where.filename}:{where.lineno})",
                    flush=True,
                )
    print(", ".join(f"{name} {count:,}" for name, count in tried.items()), f"; found {len(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
