"""Reference pages that are made from the program itself, so that they cannot be out of date.

``python -m interop_landscape.reference DIR`` writes them; a test holds the committed ones against this.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final, get_args, get_origin

from interop_landscape.codes import CODES
from interop_landscape.documents.catalogue import DOCUMENTS
from interop_landscape.documents.declare import json_fields, nested_in, shape_of
from interop_landscape.documents.describe import ASSUMED_DOC
from interop_landscape.reading import models, specification, statements
from interop_landscape.reading.keys import keys_of
from interop_landscape.site.templates import templates_folder

_MODELS: Final[tuple[tuple[str, str, Any], ...]] = (
    ("An entry", "`<folder>/<id>.yml`", models.Entry),
    ("A statement", "in an entry, under `interop`, a relation and the other entry's id", statements.Statement),
    ("Evidence", "in a statement, under `evidence`", statements.Evidence),
    ("A search", "in a statement, under `searched`", statements.Searched),
    ("An expectation", "`expectations.yml`, by id", models.Expectation),
    ("A selector", "in an expectation, under `from` and `to`; all keys must fit", models.Selector),
    ("A record", "`gaps/<id>.yml`", models.Record),
    ("A stage of a record", "in a record, under `stages`", models.StageEntry),
    ("A milestone", "`milestones.yml`, by id", models.Milestone),
    ("A sample", "`samples.yml`, by id", models.Sample),
    ("The specification", "`specification/specification.yml`", specification.Specification),
    ("A requirement", "in the specification, under `requirements`, by id", specification.Requirement),
    ("A withdrawal", "in a requirement, under `withdrawn`", specification.Withdrawal),
    ("A claim", "in an entry, under `claims`", models.Claim),
    ("The vocabulary", "`landscape.yml`", models.Vocabulary),
    ("A side", "in the vocabulary, under `sides`, by id", models.Side),
    ("A kind", "in the vocabulary, under `kinds`, by id", models.Kind),
    ("A relation", "in the vocabulary, under `relations`, by id", models.Relation),
    ("An aspect, resource or workflow step", "in the vocabulary, by id", models.Term),
    ("Cargo", "in the vocabulary, under `cargo`, by id", models.Cargo),
    ("A stage", "in the vocabulary, under `stages`, by id", models.Stage),
    ("A steward", "in the vocabulary, under `stewards`, by id", models.Steward),
    ("A status", "in the vocabulary, under `statuses`, by id", models.Status),
    ("A level of reach", "in the vocabulary, under `reach`, by id", models.Level),
    ("An example", "in the vocabulary, under `examples`", models.Example),
    ("Reach", "in an entry, under `reach`", models.Reach),
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
        lines += [f"## {title}", "", f"Found {'in ' if place.startswith('`') else ''}{place}.", ""]
        lines += ["| key | required | value | meaning |", "|:--|:--|:--|:--|"]
        for key in keys_of(model).values():
            required = "yes" if key.required else ""
            lines.append(f"| `{key.name}` | {required} | {key.kind.says} | {key.doc} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def problems_page() -> str:
    """The codes of problems, each with an example and how to fix it."""
    lines = [
        "# Problems that `landscape check` finds",
        "",
        "Each problem has a code. An error fails the check; a warning does not.",
        "This page is made by `make docs`; its examples are cases of the tests.",
        "",
    ]
    for code in CODES:
        lines += [f"## {code.name}", "", code.means, "", f"**Fix:** {code.remedy}", ""]
        if code.bad:
            lines += [f"Wrong, in `{code.path}`:", "", "```yaml", code.bad.rstrip("\n"), "```", ""]
        if code.good:
            lines += ["Correct:", "", "```yaml", code.good.rstrip("\n"), "```", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def commands_page() -> str:
    """Every command with its arguments, options and examples, from the commands themselves."""
    from interop_landscape.cli.app import app

    lines = [
        "# The commands",
        "",
        "`landscape` finds the nearest `landscape/landscape.yml` at or above the working folder. Results go to stdout,",
        "everything else to stderr. Exit status: 0 fine; 1 the answer is no, or problems were found; 2 the question",
        "cannot be answered. This page is made by `make docs` from the commands themselves.",
        "",
    ]
    for one in app.registered_commands:
        signature = inspect.signature(one.callback or print, eval_str=True)
        parameters = [_Parameter.of(p) for p in signature.parameters.values()]
        arguments = [p for p in parameters if p and not p.spelt]
        options = [p for p in parameters if p and p.spelt]
        usage = " ".join(["landscape", one.name or "", *(p.usage for p in arguments), "[OPTIONS]"])
        lines += [f"## {one.name}", "", "```", usage, "```", ""]
        for paragraph in inspect.getdoc(one.callback).split("\n\n"):  # type: ignore[union-attr]
            lines += [" ".join(paragraph.split()), ""]
        if arguments:
            lines += ["| argument | meaning |", "|:--|:--|"]
            lines += [f"| `{p.taken}` | {_cell(p.help)} |" for p in arguments] + [""]
        lines += ["| option | meaning | if not given |", "|:--|:--|:--|"]
        lines += [f"| {p.spelt} | {_cell(p.help)} | {p.default} |" for p in options] + [""]
        examples = [line.strip() for line in (one.epilog or "").splitlines() if line.strip().startswith("landscape ")]
        lines += ["```console", *(f"$ {_commented(example)}" for example in examples), "```", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


@dataclass(frozen=True)
class _Parameter:
    """A parameter of a command as people write it; ``spelt`` is empty for an argument."""

    spelt: str
    taken: str
    help: str
    default: str
    required: bool
    many: bool

    @classmethod
    def of(cls, parameter: inspect.Parameter) -> _Parameter | None:
        """None for what is no argument or option."""
        kind, *details = get_args(parameter.annotation) or (None,)
        info = next((one for one in details if hasattr(one, "param_decls")), None)
        if info is None:
            return None
        required = parameter.default is inspect.Parameter.empty
        words = get_args(kind)
        many = any(get_origin(word) is list for word in (kind, *words))
        plain = next((word for word in _leaves(kind) if word is not type(None)), str)
        # In an annotation, the first of an option's spellings is where its default would be.
        spellings = [name for name in (info.default, *(info.param_decls or ())) if isinstance(name, str)]
        names = ", ".join(f"`{name}`" for name in spellings)
        taken = (info.metavar or ("N" if plain is int else parameter.name.upper())).replace("|", " or ")
        if isinstance(plain, type) and issubclass(plain, Enum):
            values = " \\| ".join(f"`{member.value}`" for member in plain)
        else:
            values = "" if plain is bool else f"`{taken}`"
        spelt = f"{names} {values}{' …' if many else ''}".strip() if names else ""
        value = None if required else parameter.default
        shown = "" if value in (None, False) else f"`{getattr(value, 'value', value)}`"
        return cls(spelt, taken, info.help or "", shown, required, many)

    @property
    def usage(self) -> str:
        """``FROM``, ``[KIND]``, ``[PATH…]``."""
        name = f"{self.taken}{'…' if self.many else ''}"
        return name if self.required else f"[{name}]"


def _leaves(kind: Any) -> Iterator[Any]:
    """The plain types of ``list[str] | None``."""
    inner = get_args(kind)
    if not inner:
        yield kind
    for one in inner:
        yield from _leaves(one)


def _commented(example: str) -> str:
    """An example of the help with its remark, in brackets there, as a shell comment."""
    command, gap, remark = example.partition("   (")
    return f"{command}   # {remark.rstrip(')')}" if gap else command


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def json_page() -> str:
    """The page of JSON, in which the table of each document says what its declaration says."""
    lines = (templates_folder() / "reference" / "json.md").read_text(encoding="utf-8").splitlines()
    for name, document in json_tables().items():
        lines = _with_table(lines, name, document)
    return "\n".join(lines) + "\n"


def json_tables() -> dict[str, Any]:
    """By its name, or by its shape where it has one: every document that has a table on the page of JSON."""
    tables: dict[str, Any] = {}
    for document in DOCUMENTS:
        tables[shape_of(document)] = document
        tables |= {_in_words(name): one for name, one in nested_in(document).items() if not shape_of(one)}
    return tables


def _in_words(name: str) -> str:
    """``entry score`` for ``EntryScore``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _with_table(lines: list[str], name: str, document: Any) -> list[str]:
    """The lines with the rows of a document in the first table behind its title, in the place of the old rows."""
    title = re.compile(rf"## {name}$|(A|An|The) {name}[:;].*")
    start = next((number for number, line in enumerate(lines) if title.fullmatch(line)), None)
    if start is None:
        raise LookupError(f"the page of JSON has no line `A {name}:` with a table below it")
    first = next(number for number in range(start, len(lines)) if lines[number].startswith("|:--")) + 1
    end = next((number for number in range(first, len(lines)) if not lines[number].startswith("|")), len(lines))
    return [*lines[:first], *_rows(document), *lines[end:]]


def _rows(document: Any) -> Iterator[str]:
    shape = shape_of(document)
    if shape:
        yield f"| `schema` | `{shape}` |"
    if getattr(document, "ASSUMES", False):
        yield f"| `assumed` | {_cell(ASSUMED_DOC)} |"
    for field in json_fields(document):
        yield f"| `{field.name}` | {_cell(field.doc)} |"


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "commands.md": commands_page,
    "data.md": data_page,
    "json.md": json_page,
    "problems.md": problems_page,
}


def main() -> None:
    """Write the pages into the folder that is named."""
    folder = Path(sys.argv[1])
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
