"""Running the `landscape` program within a workflow, and handing on what it said."""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
from pathlib import Path

from texts import LONGEST

Done = subprocess.CompletedProcess[str]


def landscape(*arguments: str, token: str = "") -> Done:
    """Run the program on the landscape in DIRECTORY; what it printed, and its status.

    It sees the token of the workflow only where one is given.
    """
    environment = {name: value for name, value in os.environ.items() if name not in ("TOKEN", "GITHUB_TOKEN")}
    if token:
        environment["GITHUB_TOKEN"] = token
    command = [os.environ["LANDSCAPE"], "--dir", os.environ.get("DIRECTORY") or ".", *arguments]
    return subprocess.run(command, env=environment, text=True, capture_output=True, check=False)  # noqa: S603


def own_arguments() -> list[str]:
    """The input `arguments`, split into words as a shell would, but never run by one."""
    return shlex.split(os.environ.get("ARGUMENTS", ""))


def show(text: str) -> None:
    """Print to the log at once; GitHub carries out the workflow commands in it."""
    sys.stdout.write(text)
    sys.stdout.flush()


def say(text: str) -> None:
    """Print a text that others wrote to the log, so that no line of it is taken for a workflow command."""
    if text:
        end = secrets.token_hex(16)
        show(f"::stop-commands::{end}\n{text.rstrip()}\n::{end}::\n")


def annotate(level: str, text: str) -> None:
    """Print one annotation: `level` is ``error``, ``warning`` or ``notice``."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    show(f"::{level}::{escaped}\n")


def hand_over(command: str, status: int, markdown: str) -> None:
    """Leave the results for later steps: the outputs, the file with the Markdown, and the summary of the job.

    The number of the pull request goes with them, for the workflow that comments.
    """
    folder = Path(os.environ["RUNNER_TEMP"]) / f"landscape-{command}"
    folder.mkdir(exist_ok=True)
    file = folder / f"{command}.md"
    file.write_text(markdown)
    if number := os.environ.get("PULL_REQUEST"):
        (folder / "number").write_text(number)
    _append("GITHUB_OUTPUT", f"status={status}\nmarkdown={file}\n")
    _append("GITHUB_STEP_SUMMARY", markdown[:LONGEST] + "\n")


def _append(variable: str, text: str) -> None:
    if path := os.environ.get(variable):
        with open(path, "a") as stream:
            stream.write(text)


def complain(done: Done) -> int:
    """Say what the program said to people, and return its status."""
    say(done.stderr)
    return done.returncode
