"""What `check` tells of a specification: each with its place, and a hint where a name is nearly one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.problems import Problem
from tests.landscapes import FIXTURE, fixture_with
from tests.specification import FILES, REQUIREMENTS, SOUTH, TERMS, specified


def problems(folder: Path, files: dict[str, str | bytes]) -> list[Problem]:
    return loading.read(fixture_with(folder, {**FILES, **files}), label="landscape")[1]


def told(found: list[Problem]) -> list[tuple[str, int, str, str]]:
    return [(one.path.removeprefix("landscape/"), one.line, one.code, one.hint) for one in found]


def test_a_specification_with_chapters_claims_and_a_withdrawn_requirement_is_right(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) == []
    landscape = loading.load(tmp_path / "landscape")
    assert landscape.specification is not None
    assert "FIX-SO-04" in landscape.specification.requirements
    assert "FIX-SO-04" not in landscape.specification.in_force
    assert [m.requirement for m in landscape.chapters["south"].mentions if m.placed] == [
        "FIX-SO-01",
        "FIX-SO-02",
        "FIX-SO-03",
    ]


FILE, TERMS_FILE, SOUTH_FILE = (f"specification/{name}" for name in ("specification.yml", "terms.md", "south.md"))
REMOVED = "keep what was withdrawn, with `withdrawn: {date: …, why: …}`: its number is never used again"
CASES: dict[str, tuple[str, str, tuple[str, str, str, str]]] = {
    "an expectation that is nearly there": (
        FILE,
        REQUIREMENTS.replace("[compute]", "[computes]"),
        (FILE, "[computes]", "unknown-expectation", "did you mean `compute`?"),
    ),
    "a probe that is nearly there": (
        FILE,
        REQUIREMENTS.replace("[alpha-gpu]", "[alpha-gpus]"),
        (FILE, "[alpha-gpus]", "unknown-probe", "did you mean `alpha-gpu`?"),
    ),
    "a key that no statement has": (
        FILE,
        REQUIREMENTS.replace("    to: {kind: standard}\n", "    to: {kind: standard}\n    keys: [apis]\n").replace(
            "    untested: No probe does it.\n", ""
        ),
        (FILE, "[apis]", "unknown-key", "did you mean `api`?"),
    ),
    "a relation that is nearly an inverse": (
        FILE,
        REQUIREMENTS.replace("[imports]", "[imported-bye]"),
        (FILE, "[imported-bye]", "unknown-relation", "did you mean `imported-by`?"),
    ),
    "a tag that is nearly there": (
        FILE,
        REQUIREMENTS.replace("tags: [deep]", "tags: [deeep]", 1),
        (FILE, "[deeep]", "unknown-tag", "did you mean `deep`?"),
    ),
    "a number that was removed": (
        FILE,
        REQUIREMENTS.replace("  FIX-SO-04", "  FIX-SO-05"),
        (FILE, "says: A framework MUST run", "skipped-id", REMOVED),
    ),
    "a mistyped id within a sentence": (
        TERMS_FILE,
        TERMS.replace("and FIX-SO-01", "and FIX-SO-11"),
        (TERMS_FILE, "FIX-SO-11", "unknown-requirement", "did you mean `FIX-SO-01`?"),
    ),
    "a requirement that stands twice": (
        TERMS_FILE,
        f"{TERMS}\n[FIX-SO-03]\n",
        (
            SOUTH_FILE,
            "[FIX-SO-03]",
            "misplaced-requirement",
            "keep one of the two; elsewhere refer to it within a sentence",
        ),
    ),
    "a requirement that stands nowhere": (
        SOUTH_FILE,
        SOUTH.replace("[FIX-SO-02]\n", ""),
        (
            FILE,
            "says: A framework SHOULD run on each",
            "misplaced-requirement",
            "write `[FIX-SO-02]` on a line of its own where it belongs",
        ),
    ),
    "a chapter that is not there": (
        FILE,
        REQUIREMENTS.replace("[terms, south]", "[terms, south, souths]"),
        (FILE, "souths]", "missing-chapter", "did you mean `south`?"),
    ),
    "a chapter that nobody names": (
        "specification/more.md",
        "# More\n",
        ("specification/more.md", "# More", "stray-file", "add `more` to `chapters` in specification.yml"),
    ),
    "a chapter with what a terminal obeys": (
        TERMS_FILE,
        TERMS.replace("What is", "What\x1b[2J is"),
        (TERMS_FILE, "What", "bad-text", "write it without"),
    ),
    "another file": (
        "specification/notes.txt",
        "x",
        ("specification/notes.txt", "x", "stray-file", "a chapter is called ID.md"),
    ),
}
_FOLLOWS = {
    "a number that was removed": {"unknown-requirement"},
    "a chapter with what a terminal obeys": {"missing-chapter"},
}
"""What else is told since it follows: an id that chapters still name, a chapter that could not be read."""


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_told_where_it_is(case: str, tmp_path: Path) -> None:
    path, text, (file, words, code, hint) = CASES[case]
    found = told(problems(tmp_path, {path: text}))
    lines = {**FILES, path: text}[file].splitlines()
    line = next(number for number, one in enumerate(lines, 1) if words in one)
    assert (file, line, code, hint) in found
    assert {one[2] for one in found} <= {code} | _FOLLOWS.get(case, set())


def test_an_expectation_of_no_requirement_is_told_only_where_there_are_requirements(tmp_path: Path) -> None:
    root = specified(tmp_path, requirements=REQUIREMENTS.replace("[compute, fields, exchange]", "[compute, fields]"))
    found = loading.read(root, label="landscape")[1]
    assert [(one.path, one.code) for one in found] == [("landscape/expectations.yml", "unrequired-expectation")]
    head = REQUIREMENTS.partition("chapters:")[0]
    (root / "specification" / "specification.yml").write_text(f"{head}requirements: {{}}\n")
    for name in ("terms.md", "south.md"):
        (root / "specification" / name).unlink()
    (root / "frameworks" / "alpha.yml").write_bytes((FIXTURE / "frameworks" / "alpha.yml").read_bytes())
    assert loading.read(root, label="landscape")[1] == []


def test_a_withdrawn_requirement_may_not_be_claimed_and_its_id_not_used_again(tmp_path: Path) -> None:
    claimed = FILES["frameworks/alpha.yml"].replace("[FIX-SO-01]", "[FIX-SO-04]")
    again = f"{REQUIREMENTS}  FIX-SO-04:\n    says: A backend MUST sing.\n    why: Again.\n    of: {{kind: backend}}\n"
    (tmp_path / "again").mkdir()
    assert [one.code for one in problems(tmp_path, {"frameworks/alpha.yml": claimed})] == ["unknown-requirement"]
    found = problems(tmp_path / "again", {"specification/specification.yml": again})
    assert "duplicate-key" in [one.code for one in found]


def test_chapters_without_a_specification_are_told(tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {"specification/terms.md": TERMS})
    found = loading.read(root, label="landscape")[1]
    assert [(one.path, one.code) for one in found] == [("landscape/specification/terms.md", "stray-file")]


@pytest.mark.parametrize("data", [b"# caf\xe9\n", b"#" * (257 * 1024)], ids=["not-utf-8", "too-large"])
def test_a_chapter_is_bounded_text(data: bytes, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = problems(tmp_path, {"specification/terms.md": data})
    assert [one.code for one in found if one.path.endswith("terms.md")] == [request.node.callspec.id]
