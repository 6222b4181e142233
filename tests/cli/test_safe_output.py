"""What others wrote is shown and never obeyed: by terminals, and by the places where Markdown is posted."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from interop_landscape.reports.formats import escape_markdown, markdown_code, markdown_link
from interop_landscape.text import visible
from tests.conftest import Run
from tests.landscapes import FIXTURE, fixture_with
from tests.repositories import Repository, git

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
PAYLOADS = ["\x1b[31mred\x1b[0m", "\x1b]8;;https://evil.example.org\x07x", "a\rb", "a\bb", "\x9b31m", "\u202egpj.exe",
            "\u2067a\u2069", "\u200f", "\u061c", "a\u2028b", "a\x85b", "\x7f", "\x00", "\udcff", "\ufeff"]  # fmt: skip
FINE = ["می‌خواهم", "שלום", "👩‍💻 🏳️‍🌈", "語 中文 한국어", "Zoë → naïve", "tab\tand\nline", "C# & D"]


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_what_a_terminal_obeys_is_shown(text: str) -> None:
    assert OBEYED.search(visible(text)) is None
    assert visible(text).encode("utf-8")
    for character in OBEYED.findall(text):
        assert (f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}") in visible(text)


@pytest.mark.parametrize("text", FINE, ids=ascii)
def test_words_of_any_script_are_left_alone(text: str) -> None:
    assert visible(text) == text


HOSTILE: dict[str, str | bytes] = {
    "frameworks/odd\x1b[31m.yml": "name: x\n",
    "frameworks/\u202eodd.yml": "name: x\n",
    "frameworks/odd\nname.yml": "name: x\n",
    "frameworks/keys.yml": '"\\e[31mkey": 1\n"\\u202ekey": 2\nname: "a\\u2028b"\nstatus: "\\e]0;title\\a"\n'
    'homepage: "https://a\\x9b.example.org"\nrepo: "\\u2067x"\ninterop:\n  "\\e[2J": {}\n  exports:\n    "\\ra": {}\n',
    "probes/odd.py": '# /// script\n# dependencies = []\n# ///\n"""A \x1b[31m\u202edocstring.\x9b"""\n',
    "gaps/odd.yml": 'title: "\\e[8mhidden"\ncloses: ["\\e[8m x y"]\n',
}


def test_no_command_prints_what_a_terminal_obeys(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = fixture_with(tmp_path, HOSTILE)
    fine = fixture_with(tmp_path / "fine", {"frameworks/line.yml": 'name: "a\\u2028b"\nsummary: "A\\u2029B."\n'
                                            "homepage: https://a.example.org\nstatus: active\n"})  # fmt: skip
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "\x1b[31mcache"))
    asked: list[tuple[str | Path, ...]] = [
        ("check", "-d", root), ("check", "-f", "json", "-d", root), ("check", "-f", "github", "-d", root),
        ("fmt", "--check", "-d", root), ("show", "\x1b[31mx", "-d", fine), ("--\x1b[31mx",), ("show", "\u202ex"),
        ("gaps", "--from", "\x1b[2J", "-d", fine), ("diff", "\x1b[2J", "-d", fine), ("check", "no\x1b[2J", "-d", fine),
        ("gaps", "-d", "no\x1b[2Jfolder"), ("brief", "\u2066x", "-d", fine), ("verify", "\x1b[2J", "-d", fine),
        ("gaps", "--assume", "\x1b[2J x y", "-d", fine), ("new", "framework", "\x1b[2J", "-d", fine),
        ("import", "landscape2", "no\x1b[2J.yml", "-d", fine), ("\x1b[2J",), ("gaps", "\x1b[2J", "-d", fine),
        *((*command, "-f", form, "-d", fine) for form in ("table", "json", "csv", "markdown")
          for command in (("list",), ("show", "line"), ("gaps",), ("list", "probes"))),
    ]  # fmt: skip
    shown = ""
    for arguments in asked:
        done = run(*arguments)
        assert "Traceback" not in done.stderr, arguments
        assert OBEYED.search(done.stdout + done.stderr) is None, (arguments, done.stdout + done.stderr)
        shown += done.stdout + done.stderr
    for written in ("\\x1b[31m", "\\u202e"):
        assert written in shown


def on_a_terminal(*arguments: str) -> str:
    """What a command prints on a terminal with colours."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100", "SOURCE_DATE_EPOCH": "1795305600"}
    for name in ("NO_COLOR", "FORCE_COLOR"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "interop_landscape", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 65536):
                parts.append(part)
        except OSError:  # the other end is closed
            pass
        process.wait(60)
    os.close(ours)
    return b"".join(parts).decode()


def test_on_a_terminal_only_the_program_s_own_colours_are_obeyed(tmp_path: Path) -> None:
    root = fixture_with(tmp_path, HOSTILE)
    fine = str(FIXTURE)
    own = re.compile(r"\x1b\[[0-9;]*m|\r\n|\x1b\[K|\r")
    for arguments in (
        ("show", "alpha", "-d", fine),
        ("check", "-d", str(root)),
        ("show", "\x1b[8mx", "-d", fine),
        ("--\x1b[8mx",),
        ("--help",),
    ):
        text = on_a_terminal(*arguments)
        assert OBEYED.search(own.sub("", text)) is None, arguments
        assert "\x1b[8m" not in text
        assert "\x1b[31mkey" not in text
    assert "\x1b[" in on_a_terminal("show", "alpha", "-d", fine)


def test_names_of_any_script_are_taken_and_shown(tmp_path: Path, run: Run) -> None:
    text = "name: می‌خواهم 👩‍💻 語\nsummary: שלום.\nhomepage: https://a.example.org\nstatus: active\n"
    root = fixture_with(tmp_path, {"frameworks/words.yml": text})
    assert run("check", "-d", root).returncode == 0
    for form in ("table", "json", "csv", "markdown"):
        assert "می‌خواهم 👩‍💻 語" in run("list", "-f", form, "-d", root).stdout


CALLS = "x`` ` ![a](https://evil.example.org/a.png) <img src=x onerror=y> <b>c</b> "
CALLS += "@someone #12 GH-12 &#64;else **d** [e](f) |"
KEYS = "name|plural|summary|limits|note|api|until|shows|title|owner|why|reads"


def parsed(markdown: str) -> list[Token]:
    """The tokens of a text as CommonMark, with tables."""
    blocks = MarkdownIt("commonmark").enable("table").parse(markdown)
    return [one for block in blocks for one in (block, *(block.children or ()))]


def calls_nobody(markdown: str) -> None:
    for token in parsed(markdown):
        assert token.type != "image", token
        if token.type.startswith("html"):
            assert re.sub(r"</?(?:details|summary)>|[^<>]", "", token.content) == "", token
        if token.type == "text":
            assert re.search(r"@\w|#\d|(?i:gh-)\d", token.content) is None, token
        assert not token.tag.startswith("h") or token.type != "text"
        assert "evil.example.org" not in str(token.attrs.get("href", ""))


@pytest.fixture
def calling(tmp_path: Path) -> Repository:
    """A repository in whose second commit every text calls somebody, as far as the check lets it."""
    repository = Repository(tmp_path / "repo")
    for path in repository.landscape.rglob("*.yml"):
        text = re.sub(rf"(?m)\b({KEYS}): ([^>|\[{{\"'\s][^,}}\n]*)",
                      lambda found: f"{found[1]}: {json.dumps(found[2] + CALLS)}", path.read_text())  # fmt: skip
        path.write_text(text.replace('until: "0.9"', f"until: {json.dumps('0.9' + CALLS)}"))
    git(repository.folder, "commit", "-q", "-a", "-m", "calls", when="2026-11-10T12:00:00Z")
    return repository


def test_no_text_of_data_calls_anybody_in_markdown(calling: Repository, run: Run) -> None:
    checked = run("check", "-d", calling.landscape)
    assert checked.returncode == 0, checked.stdout
    shown = ""
    for arguments in (
        *(("brief", name) for name in ("alpha-exch", "beta-exch", "compute:beta:npu", "runner runs-on npu")),
        ("brief", "alpha exports exch"),
        ("brief", "alpha runs-on npu"),
        ("report", "--since", "2026-11-05"),
        *((*name, "-f", "markdown") for name in (("gaps",), ("plan",), ("risks",), ("list",), ("show", "beta"))),
        ("list", "records", "-f", "markdown"),
        ("diff", "HEAD~1", "HEAD", "-f", "markdown"),
    ):  # fmt: skip
        done = run(*arguments, "-d", calling.landscape)
        assert done.returncode in (0, 1), (arguments, done.stderr)
        calls_nobody(done.stdout)
        shown += done.stdout
    assert f"through {markdown_code('alpha.export' + CALLS)}" in shown
    assert f"removed after {escape_markdown('0.9' + CALLS)}" in shown


def test_escaped_text_reads_as_it_was_written() -> None:
    for text in (*PAYLOADS, *FINE, CALLS, "```", "` a", "C#", "a@b", "#1", "\\"):
        for written in (
            escape_markdown(text),
            markdown_code(text),
            markdown_link(text, "https://a.example.org/<>\\ \n"),
        ):
            tokens = parsed(written)
            assert [t.type for t in tokens if t.type.startswith(("html", "image", "softbreak"))] == []
            read = "".join(t.content for t in tokens if t.type in ("text", "code_inline", "text_special"))
            assert read.replace("\u200b", "").split() == visible(" ".join(text.split())).split(), text
    assert escape_markdown("می‌خواهم C# 語 👩‍💻") == "می‌خواهم C\\# 語 👩‍💻"
    calls_nobody(f"{escape_markdown(CALLS)} {markdown_link(CALLS, 'https://a.example.org')}")
