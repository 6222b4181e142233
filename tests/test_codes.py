"""Each documented code has a case that is rejected for just that, and a fixed one that is accepted."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from interop_landscape import loading
from interop_landscape.analysis.contradictions import contradictions
from interop_landscape.codes import CODES, Code
from interop_landscape.problems import Problem
from interop_landscape.writing.autofixing import autofix_files
from tests.landscapes import FIXTURE, fixture_with

SOURCE = Path(__file__).parent.parent / "src" / "interop_landscape"
shown_in_yaml = [code for code in CODES if code.bad]
ENTRY = "name: New\nsummary: A new framework.\nhomepage: https://new.example.org\nstatus: active\n"
deep = "tags: " + "[" * 30 + "]" * 30 + "\n"


def problems(folder: Path, files: dict[str, str | bytes]) -> list[Problem]:
    landscape, found = loading.read(fixture_with(folder, files), label="landscape")
    return found or list(contradictions(landscape) if landscape else ())


@pytest.mark.parametrize("code", shown_in_yaml, ids=lambda code: code.name)
def test_the_wrong_example_is_rejected_for_just_that(code: Code, tmp_path: Path) -> None:
    found = problems(tmp_path, {code.path: code.bad})
    mine = [problem for problem in found if problem.path == f"landscape/{code.path}"]
    assert [problem.code for problem in mine] == [code.name]
    assert mine == found
    assert mine[0].hint
    lines = code.bad.splitlines()
    assert 1 <= mine[0].line <= len(lines) + 1


@pytest.mark.parametrize("code", [code for code in CODES if code.good], ids=lambda code: code.name)
def test_the_fixed_example_is_accepted(code: Code, tmp_path: Path) -> None:
    assert problems(tmp_path, {code.path: code.good}) == []


RULE = (
    "new-rule:\n  side: south\n  why: An example.\n  from: {kind: framework, tags: [deep, trees]}\n"
    "  to: {kind: backend}\n  routes: {native: runs-on}\n"
)
EVIDENCE = "evidence: [{url: https://new.example.org, shows: a guide}]"
AT_MAIN = "{url: https://github.com/a/b/blob/main/README.md, shows: a guide}"
AT_COMMIT = "{url: https://github.com/a/b/blob/0123abc/README.md, shows: a guide}"


def stating(said: str) -> dict[str, str | bytes]:
    """An entry with a statement."""
    return {
        "frameworks/new.yml": f"{ENTRY}tags: [deep]\ninterop: {{exports: {{exch: {{{said}, checked: 2026-11-01}}}}}}\n"
    }


def shown_by(*evidence: str) -> dict[str, str | bytes]:
    return stating(f"support: full, carries: [weights], evidence: [{', '.join(evidence)}]")


STATING = shown_by(AT_COMMIT)
SPECIAL: dict[str, tuple[dict[str, str | bytes], dict[str, str | bytes]]] = {
    "too-large": (
        {"frameworks/alpha.yml": "#" * (257 * 1024)},
        {"README.md": "#" * (257 * 1024)},
    ),
    "near-tag": (
        {"frameworks/new.yml": ENTRY + "tags: [deepp]\n"},
        {"frameworks/new.yml": ENTRY + "tags: [shallow]\n"},
    ),
    "never-selected": (
        {"expectations.yml": RULE, "frameworks/new.yml": ENTRY + "tags: [odd]\n"},
        {"expectations.yml": RULE, "frameworks/new.yml": ENTRY + "tags: [deep]\n"},
    ),
    "cut-text": (
        {"frameworks/new.yml": ENTRY.replace("A new framework.", "The one of #12")},
        {"frameworks/new.yml": ENTRY.replace("A new framework.", "The one of C#12  # a comment")},
    ),
    "guide-left": (
        {"frameworks/new.yml": f"{STATING['frameworks/new.yml']!s}# You may add:\n#   tags: words\n"},
        {"frameworks/new.yml": ENTRY + "# You may add:\n#   tags: words\n"},
    ),
    "moving-evidence": (shown_by(AT_MAIN), shown_by(AT_COMMIT)),
    "doubled-evidence": (
        shown_by(AT_COMMIT, AT_COMMIT.replace("guide", "list")),
        shown_by(AT_COMMIT, AT_COMMIT.replace("README", "MORE")),
    ),
    "not-searched": (
        stating(f"support: none, carries: [weights], {EVIDENCE}"),
        stating(
            f"support: none, carries: [weights], {EVIDENCE}, searched: [{{in: https://new.example.org, for: [exch]}}]"
        ),
    ),
    "too-deep": ({"README.md": "", "frameworks/new.yml": deep}, {}),
    "not-utf-8": ({"frameworks/new.yml": b"name: caf\xe9\n"}, {}),
    "too-many": (
        {"frameworks/new.yml": ENTRY + f"tags: [{', '.join(f't{i}' for i in range(501))}]\n"},
        {"frameworks/new.yml": ENTRY + f"tags: [{', '.join(f't{i}' for i in range(500))}]\n"},
    ),
    "more-problems": (
        {"frameworks/new.yml": ENTRY + "".join(f"k{i}: x\n" for i in range(101))},
        {"frameworks/new.yml": ENTRY + "".join(f"k{i}: x\n" for i in range(100))},
    ),
    "clashing-names": (
        {"landscape.yml": "title: T\nkinds:\n  a: {folder: gaps, plural: x, summary: x}\n"},
        {},
    ),
}


@pytest.mark.parametrize("code", SPECIAL)
def test_what_yaml_cannot_show_is_rejected_too(code: str, tmp_path: Path) -> None:
    bad, good = SPECIAL[code]
    (tmp_path / "bad").mkdir()
    (tmp_path / "good").mkdir()
    assert code in {problem.code for problem in problems(tmp_path / "bad", bad)}
    assert code not in {problem.code for problem in problems(tmp_path / "good", good)}


PROMISED = [(code.name, {code.path: code.bad}) for code in shown_in_yaml] + [
    *((code, bad) for code, (bad, _) in SPECIAL.items()),
    ("near-tag", {"frameworks/new.yml": ENTRY + "tags:\n  - odd\n  - deepp\n"}),
]


@pytest.mark.parametrize(("code", "files"), PROMISED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_fix_that_is_promised_is_made(code: str, files: dict[str, str | bytes], tmp_path: Path) -> None:
    promised = [problem for problem in problems(tmp_path, files) if problem.autofix]
    root = tmp_path / "landscape"
    fixed = autofix_files(root, str(root), lambda problem: True)
    assert {problem.code for problem in promised} <= {problem.code for problem in fixed}
    assert not [problem for problem in loading.read(root, label=str(root))[1] if problem.autofix]
    assert fixed or code != "near-tag"


@pytest.mark.parametrize(
    ("code", "bad", "good"),
    [
        ("near-tag", ENTRY + "tags: [odd, deepp]\n", ENTRY + "tags: [odd, deep]\n"),
        ("doubled-entry", ENTRY.replace("New", "Al\u200cpha"), ENTRY.replace("New", "Al pha")),
        ("doubled-entry", ENTRY.replace("New", " alpha "), ENTRY.replace("New", "Alph\u0101")),
        ("unknown-key", ENTRY.replace("status", "\u00a0status"), ENTRY.replace("A new", "A\u00a0new")),
    ],
)
def test_a_variant_of_an_example_is_told_apart_too(code: str, bad: str, good: str, tmp_path: Path) -> None:
    for said, name in ((True, "bad"), (False, "good")):
        (tmp_path / name).mkdir()
        found = problems(tmp_path / name, {"frameworks/new.yml": bad if said else good})
        assert (code in {problem.code for problem in found}) == said, found


@pytest.mark.parametrize(
    ("since", "until", "turned"),
    [
        ("2026-05-01", "2025-01-01", True),
        ("2025-01-01", "2026-05-01", False),
        ("2026-05-01", "1.0", False),
        ("1.10", "1.9", True),
    ],
)
def test_versions_and_days_are_held_against_each_other(since: str, until: str, turned: bool, tmp_path: Path) -> None:
    said = f"support: removed, carries: [weights], since: '{since}', until: '{until}', {EVIDENCE}"
    assert ("versions-turned" in {problem.code for problem in problems(tmp_path, stating(said))}) == turned


@pytest.mark.parametrize(
    ("revision", "moves"),
    [("release-2.x", True), ("stable", True), ("HEAD", True), ("v2.3", False), ("release-2.3.1", False)],
)
def test_a_branch_is_told_from_a_tag(revision: str, moves: bool, tmp_path: Path) -> None:
    found = problems(tmp_path, shown_by(AT_COMMIT.replace("0123abc", revision)))
    assert ("moving-evidence" in {problem.code for problem in found}) == moves


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_read(tmp_path: Path) -> None:
    root = fixture_with(tmp_path, {})
    (tmp_path / "secret.yml").write_text("name: secret\n")
    (root / "frameworks" / "new.yml").symlink_to(tmp_path / "secret.yml")
    (root / "frameworks" / "twin.yml").symlink_to(root / "frameworks" / "omega.yml")
    found = loading.read(root, label="landscape")[1]
    assert [(p.path.rpartition("/")[2], p.code) for p in found if p.path.endswith(("new.yml", "twin.yml"))][:2] == [
        ("new.yml", "outside-symlink"),
        ("twin.yml", "doubled-entry"),
    ]
    assert "secret" not in str(found)


def test_a_linked_folder_a_pipe_and_a_broken_link_are_told_and_do_not_block(tmp_path: Path) -> None:
    import os

    root = fixture_with(tmp_path, {})
    (root / "frameworks" / "loop").symlink_to(root)
    (root / "frameworks" / "gone.yml").symlink_to(root / "nowhere.yml")
    os.mkfifo(root / "frameworks" / "pipe.yml")
    found = loading.read(root, label="landscape")[1]
    assert [p.path.rpartition("/")[2] for p in found] == ["gone.yml", "loop", "pipe.yml"]
    assert {p.code for p in found} == {"unreadable"}


CODE_PLACES = {"note": 1, "_note": 2, "Problem": 3, "Fault": 2, "_at": 1, "refuse": 0}
"""Which argument of the functions that make problems is the code."""
CODE_NAMES = {"code", "fault", "when_empty", "missing_codes", "_REFUSED"}
"""What holds codes on their way to such a function: parameters, and names that are assigned to."""


def codes_emitted(source: str) -> set[str]:
    """The codes that stand in a module's text where a problem is made or its code is chosen."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            spread = next((i for i, one in enumerate(node.args) if isinstance(one, ast.Starred)), None)
            if called in CODE_PLACES:
                place = CODE_PLACES[called] if spread is None else spread + 1
                found |= set().union(*map(texts, node.args[place : place + 1]))
            found |= set().union(*(texts(one.value) for one in node.keywords if one.arg in CODE_NAMES))
            if called == "SourceFile":
                found |= set().union(*(first_text(one) for one in node.args[2:]))
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if node.value is not None and any(getattr(one, "id", None) in CODE_NAMES for one in targets):
                found |= texts(node.value)
        elif isinstance(node, ast.FunctionDef):
            keywords = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            found |= set().union(*(texts(value) for one, value in keywords if value and one.arg in CODE_NAMES))
    return found


def texts(node: ast.expr) -> set[str]:
    """The codes that an expression may be: a literal, either end of a condition, the first of a tuple, of a mapping."""
    match node:
        case ast.Constant(value=str(value)):
            return {value}
        case ast.IfExp(body=one, orelse=other):
            return texts(one) | texts(other)
        case ast.Tuple(elts=[first, *_]):
            return texts(first)
        case ast.Call(func=func, args=[only]) if isinstance(func, ast.Name):
            return texts(only)
        case ast.Subscript(value=value) | ast.Call(func=ast.Attribute(value=value)):
            return texts(value)
        case ast.Dict(keys=keys, values=values):
            said = values if all(isinstance(value, ast.Constant) for value in values) else keys
            return set().union(*(texts(one) for one in said if one is not None))
    return set()


def first_text(node: ast.expr) -> set[str]:
    return texts(node) if isinstance(node, ast.Tuple) else set()


def test_every_code_that_the_program_emits_is_documented_and_no_other() -> None:
    apart = (SOURCE / "exchange" / "landscape2", SOURCE / "probing" / "kit")  # their notes are no problems
    modules = [p for p in SOURCE.rglob("*.py") if p.name != "codes.py" and not any(p.is_relative_to(a) for a in apart)]
    emitted = set().union(*(codes_emitted(path.read_text()) for path in modules))
    assert emitted - {""} == {code.name for code in CODES}


@pytest.mark.parametrize(
    ("example", "codes"),
    [
        ("{from: alpha, to: gpu}", []),
        ("{from: alpha, to: gpuu}", ["unknown-entry"]),
        ("{from: gama, to: gpu}", ["unknown-entry"]),
        ("{from: alpha, to: alpha}", ["self-edge"]),
        ("{from: ALIAS, to: gpu}", ["renamed-entry"]),
        ("{from: alpha}", ["missing-key"]),
    ],
)
def test_an_example_asks_about_two_entries(example: str, codes: list[str], tmp_path: Path) -> None:
    landscape = loading.load(FIXTURE)
    alias = next(alias for entry in landscape.entries.values() for alias in entry.aliases)
    text = (FIXTURE / "landscape.yml").read_text() + f"examples:\n  - {example.replace('ALIAS', alias)}\n"
    found = problems(tmp_path, {"landscape.yml": text})
    assert [problem.code for problem in found] == codes
    assert all(problem.line == text.count("\n") and problem.hint for problem in found)
