"""Ask every address of the landscape, and keep one issue that lists the dead ones; it is closed when none is dead."""

from __future__ import annotations

import json
import os
from typing import Any, Final

from api import BOT, Api, Refused
from program import annotate, complain, hand_over, landscape, own_arguments
from texts import code, posted

MARKER: Final = "<!-- interop-landscape: links -->"
_DEAD: Final = "dead-link"

Problem = dict[str, Any]


def links() -> int:
    """Open, update or close the issue; 0, also where addresses are dead, since the issue says so.

    Raises Refused where the check did not get as far as asking, so that no issue is closed by mistake.
    """
    problems = _checked()
    dead = [p for p in problems if p["code"] == _DEAD]
    if others := [p for p in problems if p["severity"] == "error" and p["code"] != _DEAD]:
        raise Refused(f"the landscape itself has errors, the first at {others[0]['path']}:{others[0]['line']}")
    text = _text(dead, [p for p in problems if p["code"] != _DEAD])
    hand_over("links", int(bool(dead)), text)
    _keep(Api(), dead, text)
    return 0


def _checked() -> list[Problem]:
    done = landscape("check", "--network", "-f", "json", *own_arguments(), token=os.environ["TOKEN"])
    if complain(done) not in (0, 1):
        raise Refused("the addresses could not be checked")
    problems: list[Problem] = json.loads(done.stdout)["problems"]
    return problems


def _keep(api: Api, dead: list[Problem], text: str) -> None:
    """Bring the issue in line with what was found."""
    opened = next((i for i in api.pages("issues", state="open", creator=BOT) if _is_ours(i)), None)
    number = opened and opened["number"]
    values = {"title": _title(len(dead)), "body": posted(text, MARKER)}
    if dead and opened:
        api.patch(f"issues/{number}", values)
        annotate("notice", f"issue #{number} is updated")
    elif dead:
        number = api.post("issues", values)["number"]
        annotate("notice", f"issue #{number} is opened")
    elif opened:
        api.post(f"issues/{number}/comments", {"body": f"No address is dead any more, as of {_place('commit')}."})
        api.patch(f"issues/{number}", {"state": "closed", "state_reason": "completed"})
        annotate("notice", f"issue #{number} is closed")


def _title(count: int) -> str:
    return "A link of the landscape is dead" if count == 1 else f"{count:,} links of the landscape are dead"


def _text(dead: list[Problem], others: list[Problem]) -> str:
    lines = [f"The addresses of {_place('commit')} were asked.", ""]
    for title, problems in (("Dead", dead), ("Worth a look", others)):
        if problems:
            lines += [f"**{title}**", "", *map(_item, problems), ""]
    if dead:
        lines += [
            "Find what the statement says elsewhere, and put that address and the day into `evidence` and `checked`;",
            "or, where it is no longer true, change `support`. This issue is brought up to date every week, and closed",
            "when nothing is dead.",
        ]
    return "\n".join(lines) + "\n"


def _item(problem: Problem) -> str:
    path, line, hint = problem["path"], problem["line"], problem["hint"]
    where = f"[{code(f'{path}:{line}')}]({_place('blob')}/{path}#L{line})"
    return f"- {where} {code(problem['message'])}" + (f" ({code(hint)})" if hint else "")


def _place(view: str) -> str:
    """The address of the commit that was checked, as a page (``commit``) or as files (``blob``)."""
    return f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}/{view}/{os.environ['GITHUB_SHA']}"


def _is_ours(issue: dict[str, Any]) -> bool:
    return "pull_request" not in issue and str(issue["body"] or "").startswith(MARKER)
