"""Reference pages that are made from the program itself, so that they cannot be out of date.

``python -m interop_landscape.reference DIR`` writes them; a test holds the committed ones against this.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from interop_landscape.codes import CODES
from interop_landscape.reading import models, statements
from interop_landscape.reading.schema import keys_of

_MODELS: Final[tuple[tuple[str, str, Any], ...]] = (
    ("An entry", "`<folder>/<id>.yml`", models.Entry),
    ("A statement", "in an entry, under `interop`, a relation and the other entry's id", statements.Statement),
    ("Evidence", "in a statement, under `evidence`", statements.Evidence),
    ("An expectation", "`expectations.yml`, by id", models.Expectation),
    ("A selector", "in an expectation, under `from` and `to`; all keys must fit", models.Selector),
    ("A record", "`gaps/<id>.yml`", models.Record),
    ("A stage of a record", "in a record, under `stages`", models.StageEntry),
    ("A milestone", "`milestones.yml`, by id", models.Milestone),
    ("The vocabulary", "`landscape.yml`", models.Vocabulary),
    ("A side", "in the vocabulary, under `sides`, by id", models.Side),
    ("A kind", "in the vocabulary, under `kinds`, by id", models.Kind),
    ("A relation", "in the vocabulary, under `relations`, by id", models.Relation),
    ("An aspect, resource or workflow step", "in the vocabulary, by id", models.Term),
    ("Cargo", "in the vocabulary, under `cargo`, by id", models.Cargo),
    ("A stage", "in the vocabulary, under `stages`, by id", models.Stage),
    ("A steward", "in the vocabulary, under `stewards`, by id", models.Steward),
)


def data_page() -> str:
    """The keys of every file, from the models that read them."""
    lines = [
        "# The files of a landscape",
        "",
        "What each file may hold, in canonical order. This page is made by `make docs` from the models that read",
        "the files.",
        "",
    ]
    for title, place, model in _MODELS:
        lines += [f"## {title}", "", f"Stands {'in ' if place.startswith('`') else ''}{place}.", ""]
        lines += ["| key | required | value | meaning |", "|:--|:--|:--|:--|"]
        for key in keys_of(model).values():
            required = "yes" if key.required else ""
            lines.append(f"| `{key.name}` | {required} | {key.kind.says} | {key.doc} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def problems_page() -> str:
    """The codes of problems, each with an example and its mend."""
    lines = [
        "# Problems that `landscape check` finds",
        "",
        "Each problem has a code. An error fails the check; a warning does not.",
        "This page is made by `make docs`; its examples are cases of the tests.",
        "",
    ]
    for code in CODES:
        lines += [f"## {code.name}", "", code.means, "", f"**Mend:** {code.mend}", ""]
        if code.bad:
            lines += [f"Wrong, in `{code.path}`:", "", "```yaml", code.bad.rstrip("\n"), "```", ""]
        if code.good:
            lines += ["Mended:", "", "```yaml", code.good.rstrip("\n"), "```", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


PAGES: Final[Mapping[str, Callable[[], str]]] = {"data.md": data_page, "problems.md": problems_page}


def main() -> None:
    """Write the pages into the folder that is named."""
    folder = Path(sys.argv[1])
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
