"""Importing landscape2 data files: what becomes of items, and that running it again undoes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interop_landscape import loading
from interop_landscape.errors import BadRequest
from interop_landscape.exchange.landscape2.editing import edited
from interop_landscape.exchange.landscape2.importing import Plan, carry_out, plan_import
from interop_landscape.exchange.landscape2.mapping import read_mapping
from interop_landscape.exchange.landscape2.source import read_data
from interop_landscape.exchange.landscape2.state import State
from interop_landscape.reading.compose import compose
from interop_landscape.reports.importing import ImportReport
from interop_landscape.writing.files import replace
from tests.landscapes import empty, fixture_with
from tests.strategies import examples

Fields = dict[str, object]


def data_file(*items: tuple[str, str, Fields]) -> bytes:
    """A data file with these items, by category and subcategory."""
    categories: dict[str, dict[str, list[Fields]]] = {}
    for category, subcategory, fields in items:
        categories.setdefault(category, {}).setdefault(subcategory, []).append({"item": None, **fields})
    document = {
        "landscape": [
            {
                "category": None,
                "name": name,
                "subcategories": [{"subcategory": None, "name": n, "items": i} for n, i in inner.items()],
            }
            for name, inner in categories.items()
        ]
    }
    return yaml.safe_dump(document, sort_keys=False, width=1000).encode()


def item(name: str, **more: object) -> Fields:
    """An item with a homepage of its own, unless `more` says otherwise."""
    host = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "x"
    return {"name": name, "homepage_url": f"https://{host}.example.org", "logo": "a.svg", **more}


def bring_in(folder: Path, data: bytes, mapping: str | None = None, source: str = "test") -> Plan:
    """Import into `folder`; the landscape then has no problems but namesakes, and the figures of the report add up."""
    landscape = loading.load(folder) if (folder / "landscape.yml").exists() else None
    words = landscape.vocabulary if landscape else None
    mapped = read_mapping(mapping.encode() if mapping else None, "mapping.yml", words)
    plan = plan_import(read_data(data, "data.yml"), mapped, landscape, State.read(folder, source), source)
    assert {problem.code for problem in carry_out(plan, folder, str(folder))} <= {"doubled-entry"}
    loading.load(folder)
    read, *parts = ImportReport(plan, "data.yml", "", False).counts.values()
    assert read == sum(parts)
    return plan


def notes(plan: Plan, what: str) -> list[tuple[str, str]]:
    return [(note.name, note.message) for note in plan.notes if note.what == what]


def test_items_become_entries_of_a_new_landscape(tmp_path: Path) -> None:
    plan = bring_in(
        tmp_path / "new",
        data_file(
            (
                "App & Build",
                "CI / CD",
                item("Alpha", repo_url="https://github.com/a/alpha", license="MIT", project="sandbox"),
            ),
            (
                "App & Build",
                "CI / CD",
                item("Café 中文", description="Two\n  lines. ", second_path=["Data / Stores", "bad"]),
            ),
            (
                "Data",
                "Stores",
                item("Old", project="archived", extra={"summary_use_case": "Stores.", "accepted": "2020-01-01"}),
            ),
            ("CNCF Members", "Gold", item("Alpha", twitter="https://twitter.com/a")),
        ),
    )
    landscape = loading.load(tmp_path / "new")
    assert {(e.kind, e.id, e.name, e.summary, e.status, e.tags) for e in landscape.entries.values()} == {
        ("project", "alpha", "Alpha", "Alpha, listed under App & Build / CI / CD (no description in the source).",
         "active", ("app-build", "ci-cd", "sandbox")),
        ("project", "cafe-zhongwen", "Café 中文", "Two lines.", "active", ("app-build", "ci-cd", "data", "stores")),
        ("project", "old", "Old", "Stores.", "archived", ("data", "stores")),
        ("organization", "alpha-gold", "Alpha",
         "Alpha, listed under CNCF Members / Gold (no description in the source).", "active", ("cncf-members", "gold")),
    }  # fmt: skip
    alpha = landscape.entries["alpha"]
    assert (alpha.repo, alpha.license, alpha.homepage) == (
        "https://github.com/a/alpha", "MIT", "https://alpha.example.org"
    )  # fmt: skip
    assert plan.without_place == {"logo": 4, "extra.accepted": 1, "twitter": 1}
    assert [name for name, _ in notes(plan, "corrected")] == ["Café 中文"]  # the second path that is none
    first, *_ = (tmp_path / "new/projects/alpha.yml").read_text().splitlines()
    assert first == "# yaml-language-server: $schema=../.schema/project.json"
    assert (tmp_path / "new/.schema/organization.json").is_file()


def test_what_is_written_wrongly_is_fixed_or_left_out_with_a_reason(tmp_path: Path) -> None:
    plan = bring_in(
        tmp_path / "new",
        data_file(
            ("C", "S", item("spaces", homepage_url="https://x.example.org/a b\u00a0")),
            ("C", "S", item("bare", homepage_url="bare.example.org/x")),
            ("C", "S", item("script", homepage_url="javascript:alert(1)", repo_url="http://r.example.org/<b>")),
            ("C", "S", item("nowhere", homepage_url="javascript:alert(1)")),
            ("C", "S", item("<img src=x>\u001b[31m", description=["a"], license={"a": 1}, project=["x"], extra="text")),
            ("C", "S", {"homepage_url": "https://nameless.example.org"}),
            ("C", "S", item("中文")),
            ("C", "S", item("long", description="x" * 5000)),
            ("C", "S", item("null")),
        ),
    )
    entries = loading.load(tmp_path / "new").entries
    assert {e.id: (e.name, e.homepage) for e in entries.values()} == {
        "spaces": ("spaces", "https://x.example.org/a%20b"),
        "bare": ("bare", "https://bare.example.org/x"),
        "script": ("script", "http://r.example.org/%3Cb%3E"),
        "img-src-x-31m": ("<img src=x>[31m", "https://img-src-x-31m.example.org"),
        "zhongwen": ("中文", "https://x.example.org"),
        "long": ("long", "https://long.example.org"),
        "null": ("null", "https://null.example.org"),
    }
    assert len(entries["long"].summary) == 500
    assert notes(plan, "left out") == [
        ("nowhere", "it has no homepage that can be used"),
        ("an item", "it has no name that can be used"),
    ]
    assert {name for name, _ in notes(plan, "corrected")} == {
        "spaces", "bare", "script", "nowhere", "<img src=x>[31m", "long",
    }  # fmt: skip


def test_one_project_listed_twice_is_one_entry_and_namesakes_are_two(tmp_path: Path) -> None:
    plan = bring_in(
        tmp_path / "new",
        data_file(
            ("A", "B", item("Gate", repo_url="https://github.com/g/gate")),
            ("C", "D", item("gate", repo_url="http://www.github.com/G/Gate.git/", homepage_url="https://other.example.org")),
            ("C", "D", item("Flux", repo_url="https://github.com/fluxcd/flux", homepage_url="https://a.example.org")),
            ("E", "F", item("Flux", repo_url="https://github.com/fluxml/flux", homepage_url="https://b.example.org")),
            ("E", "F", item("Flux", repo_url="https://github.com/third/flux", homepage_url="https://c.example.org")),
        ),
    )  # fmt: skip
    entries = loading.load(tmp_path / "new").entries
    assert list(entries) == ["flux", "flux-e-f", "flux-f", "gate"]
    assert entries["gate"].tags == ("a", "b", "c", "d")
    assert notes(plan, "listed twice") == [
        ("gate", "the same as at line 8; not taken from here: homepage `https://other.example.org`, "
         "repo `http://www.github.com/G/Gate.git/`"),
    ]  # fmt: skip


def test_categories_in_any_script_are_tags_and_what_cannot_be_one_is_told_once(tmp_path: Path) -> None:
    data = data_file(
        ("数据库", "Ørsted & Straße", item("Alpha")),
        ("***", "—", item("Beta", project="!!!")),
        ("***", "Plain", item("Gamma", project="!!!")),
    )
    plan = bring_in(tmp_path / "new", data)
    entries = loading.load(tmp_path / "new").entries
    assert [entries[name].tags for name in ("alpha", "beta", "gamma")] == [
        ("shujuku", "orsted-strasse"), (), ("plain",)
    ]  # fmt: skip
    none = "has no letter that a tag could have, so it is none; a mapping can name one"
    assert notes(plan, "corrected") == [
        ("Beta", f"the {what} {none}") for what in ("maturity `!!!`", "category `***`", "subcategory `—`")
    ]  # fmt: skip
    mapping = "categories: [{category: '***', subcategory: '—', tags: [starred]}]\n"
    mapped = bring_in(tmp_path / "mapped", data, mapping)
    assert loading.load(tmp_path / "mapped").entries["beta"].tags == ("starred",)
    assert [name for name, _ in notes(mapped, "corrected")] == ["Beta", "Gamma"]  # the maturity, and Gamma's category


def test_members_are_organizations_in_the_singular_too(tmp_path: Path) -> None:
    data = data_file(("LF Member", "Gold", item("Acme")), ("Membership", "Tools", item("Ledger")))
    bring_in(tmp_path / "new", data)
    assert {e.id: e.kind for e in loading.load(tmp_path / "new").entries.values()} == {
        "acme": "organization", "ledger": "project",
    }  # fmt: skip


def test_two_items_of_one_name_are_two_entries_and_a_line_says_so(tmp_path: Path) -> None:
    data = data_file(("C", "S", item("Acme")), ("C", "S", item("ACME", homepage_url="https://b.example.org")),
                     ("C", "S", item("Other")))  # fmt: skip
    plan = bring_in(tmp_path / "new", data)
    assert {e.id: e.name for e in loading.load(tmp_path / "new").entries.values()} == {
        "acme": "Acme", "acme-s": "ACME", "other": "Other",
    }  # fmt: skip
    assert notes(plan, "named alike") == [("ACME", "entered as `acme-s`, as the item at line 8 is called so too")]
    assert notes(bring_in(tmp_path / "new", data), "named alike") == []


def test_keys_that_nothing_is_made_of_are_told_wherever_they_stand(tmp_path: Path) -> None:
    data = data_file(("C", "S", item("Alpha"))).replace(b"  name: C\n", b"  name: C\n  owner: us\n")
    data = re.sub(rb"- item: null(\n *)", rb"- item: null\1license: MIT\1license: BSD\1", data)
    plan = bring_in(tmp_path / "new", data)
    assert notes(plan, "not read") == [
        ("owner", "nothing here reads this key"), ("license", "it stands here twice; the first counts"),
    ]  # fmt: skip
    assert loading.load(tmp_path / "new").entries["alpha"].license == "MIT"


def test_what_is_imported_again_keeps_the_line_ends_of_windows(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    bring_in(folder, data_file(("C", "S", item("Alpha"))))
    for path in (path for path in folder.rglob("*") if path.is_file()):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = _times(folder)
    bring_in(folder, data_file(("C", "S", item("Alpha"))))
    assert _times(folder) == before
    bring_in(folder, data_file(("C", "S", item("Alpha", description="New.")), ("C", "S", item("Beta"))))
    for name in ("alpha", "beta"):
        data = (folder / f"projects/{name}.yml").read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n") > 3
    assert b"summary: New.\r\n" in (folder / "projects/alpha.yml").read_bytes()


def _times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_running_it_again_writes_no_file(tmp_path: Path) -> None:
    data = data_file(
        ("A", "B", item("Gate", repo_url="https://github.com/g/gate", project="graduated")),
        ("C", "D", item("Gate", repo_url="https://github.com/g/gate")),
        ("C Members", "D", item("Gate")),
    )
    bring_in(tmp_path / "new", data)
    before = _times(tmp_path)
    plan = bring_in(tmp_path / "new", data)
    assert _times(tmp_path) == before
    assert (plan.new, plan.changed, len(plan.unchanged)) == ({}, {}, 2)


def test_what_the_source_changes_is_brought_in_and_what_people_edited_stays(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    fields = {"description": "Old.", "repo_url": "https://github.com/a/a", "license": "MIT", "project": "sandbox"}
    bring_in(folder, data_file(("C", "S", item("Alpha", **fields)), ("C", "S", item("Beta")), ("C", "S", item("Gone"))))
    path = folder / "projects/alpha.yml"
    text = path.read_text()
    text = text.replace("license: MIT", "license: Apache-2.0 # asked upstream")
    text = text.replace("tags: [c, s, sandbox]", "tags:\n  - c\n  # theirs\n  - own # ours\n  - sandbox # for now")
    text += (
        "interop:\n  works-with:\n    beta: # a pair\n      support: full\n      checked: 2026-11-01\n"
        "      evidence:\n        - url: https://x.example.org\n          shows: it\n"
    )
    path.write_text(text)
    (folder / "projects/beta.yml").rename(folder / "projects/beta-two.yml")
    with (folder / "projects/beta-two.yml").open("a") as stream:
        stream.write("aliases: [beta]\n")
    text = path.read_text().replace("    beta:", "    beta-two:")
    path.write_text(text)

    now = {"description": "New.", "license": "BSD-3-Clause", "project": "graduated"}
    plan = bring_in(
        folder,
        data_file(("C", "S", item("Alpha", **now)), ("C", "S", item("Beta", repo_url="https://github.com/b/b"))),
    )
    assert path.read_text() == (
        "# yaml-language-server: $schema=../.schema/project.json\n"
        "name: Alpha\nsummary: New.\nhomepage: https://alpha.example.org\nlicense: Apache-2.0  # asked upstream\n"
        "status: active\ntags:\n  - c\n  # theirs\n  - own  # ours\n  # for now\n  - graduated\n"
        "interop:\n  works-with:\n    beta-two: # a pair\n      support: full\n      checked: 2026-11-01\n"
        "      evidence:\n        - url: https://x.example.org\n          shows: it\n"
    ).replace("beta-two: # a pair", "beta-two:  # a pair")
    assert plan.changed == {
        "alpha": {"summary": "New.", "repo": None, "tags": ("c", "own", "graduated")},
        "beta-two": {"repo": "https://github.com/b/b"},
    }
    assert notes(plan, "kept") == [
        ("Alpha", "`alpha` stays as it was edited here: license: the source says `BSD-3-Clause`")
    ]
    assert notes(plan, "gone") == [("Gone", "`gone` is in the source no more and stays here")]
    assert (folder / "projects/gone.yml").exists()


def test_an_entry_that_was_removed_here_does_not_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    data = data_file(("C", "S", item("Alpha")), ("C", "S", item("Beta")))
    bring_in(folder, data)
    (folder / "projects/beta.yml").unlink()
    for _ in range(2):
        plan = bring_in(folder, data)
        assert notes(plan, "left out") == [("Beta", "its entry `beta` was removed here")]
        assert not (folder / "projects/beta.yml").exists()


def test_an_interrupted_import_is_simply_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from interop_landscape.exchange.landscape2 import importing

    folder = tmp_path / "new"
    data = data_file(*(("C", "S", item(f"P{n}", repo_url=f"https://github.com/p/p{n}")) for n in range(9)))
    written: list[Path] = []

    def stop_after_five(path: Path, data: bytes, root: Path) -> None:
        if len(written) == 5:
            raise KeyboardInterrupt
        written.append(path)
        replace(path, data, root)

    monkeypatch.setattr(importing, "replace", stop_after_five)
    with pytest.raises(KeyboardInterrupt):
        bring_in(folder, data)
    monkeypatch.undo()
    plan = bring_in(folder, data)
    assert (len(plan.new), len(plan.unchanged)) == (5, 4)
    assert list(loading.load(folder).entries) == [f"p{n}" for n in range(9)]
    assert bring_in(folder, data).unchanged == [f"p{n}" for n in range(9)]


def test_entries_that_are_there_are_met_and_only_filled_in(tmp_path: Path) -> None:
    about = {"summary": "S.", "status": "active", "homepage": "https://one.example.org"}
    text = "".join(f"{key}: {value}\n" for key, value in about.items())
    folder = fixture_with(
        tmp_path,
        {
            "frameworks/one.yml": f"name: One\n{text}repo: https://github.com/o/one\n",
            "frameworks/two.yml": f"name: Two\n{text}aliases: [zwei]\n".replace("one.", "two."),
            "frameworks/flux.yml": f"name: Flux\n{text}repo: https://github.com/ml/flux\n".replace("one.", "fl."),
        },
    )
    before = len(loading.load(folder).entries)
    plan = bring_in(
        folder,
        data_file(
            ("C", "S", item("Uno", repo_url="https://github.com/O/One.git", license="MIT", description="Else.")),
            ("C", "S", item("Zwei", homepage_url="https://two.example.org/", repo_url="https://github.com/t/two")),
            ("C", "S", item("Flux", repo_url="https://github.com/cd/flux")),
            ("X Members", "Gold", item("Company")),
        ),
        mapping="kind: framework\n",
    )
    entries = loading.load(folder).entries
    assert len(entries) == before + 1
    assert (entries["one"].name, entries["one"].summary, entries["one"].license) == ("One", "S.", "MIT")
    assert (entries["two"].name, entries["two"].repo) == ("Two", "https://github.com/t/two")
    assert entries["flux-s"].repo == "https://github.com/cd/flux"
    assert {name: message.partition(":")[0] for name, message in notes(plan, "kept")} == {
        "Uno": "`one` stays as it was edited here",
        "Zwei": "`two` stays as it was edited here",
    }
    assert notes(plan, "named alike") == [("Flux", "entered as `flux-s`, as `flux` has other addresses")]
    [(name, reason)] = notes(plan, "left out")
    assert (name, reason) == ("Company", "this landscape has no kind `organization`; a mapping can give it another")


def test_a_landscape_of_one_kind_needs_no_mapping(tmp_path: Path) -> None:
    folder = empty(tmp_path)
    bring_in(folder, data_file(("C", "S", item("Alpha"))))
    assert loading.load(folder).entries["alpha"].kind == "thing"
    assert not (folder / ".schema").exists()


MAPPING = """\
kind: tool
categories:
  - {category: Deep*, subcategory: Framework, kind: engine, tags: [deep], steward: us}
  - {category: Ads, skip: advertisements}
maturity:
  retired: {status: archived}
  "*": {tags: [hosted], steward: us}
landscape:
  title: Mine
  kinds:
    tool: {folder: tools, plural: tools, summary: A tool.}
    engine: {folder: engines, plural: engines, summary: An engine.}
  stewards:
    us: {name: Us}
"""


def test_a_mapping_gives_kinds_tags_stewards_and_leaves_out(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    data = data_file(
        ("Deep Learning", "Framework", item("Alpha")),
        ("Deep Learning", "Tool", item("Beta", project="incubating", second_path=["Deep Learning / Framework"])),
        ("Ads", "Banner", item("Gamma")),
        ("Deep Learning", "Tool", item("Delta", project="retired")),
    )
    plan = bring_in(folder, data, mapping=MAPPING)
    landscape = loading.load(folder)
    assert landscape.vocabulary.title == "Mine"
    assert {e.id: (e.kind, e.tags, e.steward, e.status) for e in landscape.entries.values()} == {
        "alpha": ("engine", ("deep",), "us", "active"),
        "beta": ("tool", ("deep-learning", "tool", "deep", "hosted"), "us", "active"),
        "delta": ("tool", ("deep-learning", "tool"), None, "archived"),
    }
    assert notes(plan, "left out") == [("Gamma", "advertisements")]
    assert bring_in(folder, data, mapping=MAPPING).changed == {}


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("kinds: tool\n", r"mapping.yml:1:1: unknown-key: unknown key `kinds`; did you mean `kind`"),
        ("kind: projekt\n", r"mapping.yml:1:7: unknown-value: .*did you mean `project`"),
        ("categories: [{categry: A, kind: x}]\n", r"mapping.yml:1:15: .*\(and 1 more problem\)"),
        ("maturity: {a: {status: dead}}\n", r"mapping.yml:1:24: unknown-value"),
        ("landscape: {title: X}\n", r"mapping.yml:1:12: missing-key: the key `kinds` is missing"),
        ("- a\n", r"mapping.yml:1:1: wrong-type"),
        ("kind: [\n", r"mapping.yml:\d+:\d+: syntax"),
    ],
)
def test_a_mistake_in_a_mapping_is_told_with_its_place(mapping: str, says: str) -> None:
    with pytest.raises(BadRequest, match=says):
        read_mapping(mapping.encode(), "mapping.yml")


EVIL = '{"schema": "import-landscape2/v1", "entries": {"../x": {"place": "a", "name": "b"}}}'


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "x", "entries": {}}', EVIL, "[" * 100_000])
def test_a_broken_state_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / ".import").mkdir()
    (tmp_path / ".import/landscape2-test.json").write_text(text)
    with pytest.raises(BadRequest, match="is not what an import wrote"):
        State.read(tmp_path, "test")


def test_a_state_behind_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".import").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadRequest, match="is a link"):
        State.read(tmp_path, "test")


WORDS = st.lists(st.sampled_from(["a", "b", "c", "null", "12"]), min_size=1, unique=True)
FORMS = (
    "tags: [{flow}]",
    "tags:\n{block}",
    "tags: # of all\n  [{flow}] # behind",
    "tags:\n  # above\n{block}\n  # below",
)


@given(old=WORDS, new=WORDS, form=st.sampled_from(FORMS), license=st.sampled_from([None, "MIT", "no", "1.0"]))
def test_editing_changes_what_it_is_asked_to_and_keeps_comments(
    old: list[str], new: list[str], form: str, license: str | None
) -> None:
    tags = form.format(
        flow=", ".join(f'"{word}"' for word in old), block="\n".join(f'  - "{word}" # {word}' for word in old)
    )
    text = (
        f"# top\n\nname: X # x\nlicense: GPL # why\nsummary: >\n  Two\n  lines.\n{tags}\nstatus: active # yes\n# end\n"
    )
    made = edited(
        text.encode(), {"tags": tuple(new), "license": license, "summary": "Ünë: #1", "repo": "https://x.org"}
    )
    node, faults = compose(made)
    assert node is not None, faults
    values = {key.value: value for key, value in node.value}
    assert {item.value for item in values["tags"].value} == set(new)
    assert values["license"].value == license if license else "license" not in values
    assert values["summary"].value == "Ünë: #1"
    assert values["repo"].value == "https://x.org"
    assert sorted(re.findall(r"# .*", text)) == sorted(re.findall(r"(?<!: )(?<!\")# .*", made.decode()))
    assert edited(made, {}) == made


ITEMS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B & b", "M Members"]),
        st.sampled_from(["S", "T"]),
        st.fixed_dictionaries(
            {
                "name": st.one_of(
                    st.sampled_from(["Same", "same", "Other"]), st.text(max_size=6), st.none(), st.integers()
                )
            },
            optional={
                "homepage_url": st.one_of(
                    st.sampled_from(["https://a.org", "http://a.org/", "https://b.org/x y", "b.org", "ftp://x"]),
                    st.text(),
                ),
                "repo_url": st.sampled_from(["https://github.com/a/b", "https://github.com/A/b.git", "x", 3, ["l"]]),
                "description": st.one_of(st.text(max_size=20), st.just({"a": "b"})),
                "project": st.sampled_from(["archived", "sandbox", "", None, "Ünï", ["x"]]),
                "second_path": st.sampled_from([[], ["A / S"], "B & b / T", [["x"]], 5]),
                "extra": st.sampled_from([None, "x", {"summary_use_case": "Use."}, {"summary_use_case": [1]}]),
            },
        ),
    ),
    max_size=8,
)


@examples(25)
@given(first=ITEMS, second=ITEMS)
def test_whatever_the_source_says_the_landscape_stays_right_and_settles(
    first: list[tuple[str, str, Fields]],
    second: list[tuple[str, str, Fields]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("any") / "new"
    bring_in(folder, data_file(*first))
    ids = set(loading.load(folder).entries)
    bring_in(folder, data_file(*second))
    assert set(loading.load(folder).entries) >= ids
    settled = bring_in(folder, data_file(*second))
    assert (settled.new, settled.changed) == ({}, {})
