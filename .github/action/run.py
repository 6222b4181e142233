"""What `action.yml` runs: one command, with everything that it needs in the environment.

    COMMAND=check DIRECTORY=landscape LANDSCAPE=.venv/bin/landscape RUNNER_TEMP=/tmp python .github/action/run.py

COMMAND is one of those below, ARGUMENTS are more for the program, LANDSCAPE is the program, RUNNER_TEMP a folder for
results. What is posted needs TOKEN and what GitHub sets for every step. The status is that of the program.
"""

from __future__ import annotations

import os
import sys

from api import Api, NotFound, Refused
from comment import comment
from links import links
from program import annotate, complain, hand_over, landscape, own_arguments, say, show
from texts import fenced


def check() -> int:
    """Annotate every problem where it stands."""
    arguments = own_arguments()
    done = landscape("check", "-f", "github", *arguments)
    show(done.stdout)
    status = complain(done)
    # GitHub shows ten annotations of a step; the whole list is in the log and in the summary.
    table = landscape("check", *arguments).stdout
    say(table)
    hand_over("check", status, f"### landscape check\n\n{fenced(table or done.stderr)}")
    return status


def fmt() -> int:
    """Show what `landscape fmt` would change."""
    done = landscape("fmt", "--check", *own_arguments())
    say(done.stdout)
    status = complain(done)
    if status == 1:
        annotate("error", "Some files are not in canonical form; run `landscape fmt` and commit what it changes.")
    shown = f"\n{fenced(done.stdout or done.stderr, 'diff')}" if status else "Every file is in canonical form.\n"
    hand_over("fmt", status, f"### landscape fmt\n\n{shown}")
    return status


def diff() -> int:
    """Say what changed, as Markdown; where that cannot be said, why."""
    done = landscape("diff", *own_arguments(), "-f", "markdown")
    status = complain(done)
    told = f"`landscape diff` cannot say what changes:\n\n{fenced(done.stderr)}"
    hand_over("diff", status, told if status else done.stdout)
    return status


def build() -> int:
    """Build the site, for the address at which this repository publishes one."""
    arguments = own_arguments()
    if not any(argument.startswith("--site-url") for argument in arguments) and (address := _published_at()):
        arguments += ["--site-url", address]
    done = landscape("build", *arguments)
    say(done.stdout)
    status = complain(done)
    hand_over("build", status, f"### landscape build\n\n{fenced(done.stdout + done.stderr)}")
    return status


def _published_at() -> str:
    """The address of the repository's site on GitHub Pages; empty where it has none."""
    if not os.environ.get("TOKEN"):
        return ""
    try:
        return str(Api().get("pages")["html_url"] or "")
    except NotFound:
        annotate("warning", "This repository publishes no site yet: Settings, Pages, Source: GitHub Actions.")
        return ""


COMMANDS = {"build": build, "check": check, "comment": comment, "diff": diff, "fmt": fmt, "links": links}


def main() -> int:
    """Run COMMAND; its status, 2 where it cannot be run."""
    name = os.environ["COMMAND"]
    try:
        if name not in COMMANDS:
            raise Refused(f"no command {name!r}; there are {', '.join(COMMANDS)}")
        return COMMANDS[name]()
    except (Refused, ValueError) as error:
        annotate("error", f"{name}: {error}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
