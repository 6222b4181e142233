"""The fixture with a specification of its own: a file of requirements, two chapters, a claim."""

from __future__ import annotations

from pathlib import Path

from tests.landscapes import FIXTURE, fixture_with

REQUIREMENTS = """\
title: Fixture specification
summary: What the fixture asks of its entries.
version: "0.3"
date: 2026-11-01
chapters: [terms, south]
requirements:
  FIX-GN-01:
    says: A framework SHOULD name its licence.
    why: Others have to know.
    of: {kind: framework}
    keys: [license]
  FIX-GN-02:
    says: Whoever states something in part MUST say what does not work.
    why: In part tells nobody what.
    of: {kind: framework}
    rules: [missing-limits]
  FIX-SO-01:
    says: A framework MUST run on at least one compute backend.
    why: Or it is a notation.
    side: south
    of: {kind: framework, tags: [deep]}
    expectations: [compute]
    tests: [alpha-gpu]
  FIX-SO-02:
    says: A framework SHOULD run on each compute backend.
    why: Hardware is what one can get.
    side: south
    of: {kind: framework, tags: [deep]}
    expectations: [compute, fields, exchange]
    need: each
    untested: Nobody has all of them.
  FIX-SO-03:
    says: A runtime MUST import a standard in full.
    why: It opens it to all who write that.
    of: {kind: runtime}
    relations: [imports]
    to: {kind: standard}
    untested: No probe does it.
  FIX-SO-04:
    says: A backend MUST hum.
    why: It was thought so once.
    of: {kind: backend}
    untested: It is withdrawn.
    withdrawn: {date: 2026-10-30, why: nobody hums}
"""
TERMS = """\
# Terms

What is **asked**, and of whom; see [South](south.md) and FIX-SO-01, but not `FIX-SO-02` in code.

[FIX-GN-01]

[FIX-GN-02]

| level | takes |
|:--|:--|
| stated | a statement |
"""
SOUTH = """\
# South

## Frameworks

[FIX-SO-01]

[FIX-SO-02]

## Runtimes

[FIX-SO-03]

And FIX-SO-04 is gone.
"""
PROBE = '# /// script\n# dependencies = []\n# ///\n"""Alpha runs on a GPU."""\n'

FILES: dict[str, str] = {
    "specification/specification.yml": REQUIREMENTS,
    "specification/terms.md": TERMS,
    "specification/south.md": SOUTH,
    "probes/alpha-gpu.py": PROBE,
    "frameworks/alpha.yml": (FIXTURE / "frameworks" / "alpha.yml").read_text().replace(
        "interop:\n",
        "claims:\n  - {level: verified, url: https://alpha.example.org/claim, date: 2026-11-02}\n"
        "  - {level: covered, requirements: [FIX-SO-01], url: https://alpha.example.org/old, date: 2024-01-02}\n"
        "interop:\n",
        1,
    ),
}  # fmt: skip


def specified(folder: Path, **changed: str) -> Path:
    """A copy of the fixture in `folder` with the specification; `changed` has texts in the place of `FILES`."""
    places = {"requirements": "specification/specification.yml", "terms": "specification/terms.md"}
    files: dict[str, str | bytes] = {**FILES, **{places[name]: text for name, text in changed.items()}}
    return fixture_with(folder, files)
