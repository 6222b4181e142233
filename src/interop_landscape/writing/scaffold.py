"""New files to begin with: what is known filled in, what only the author knows left empty; comments lead on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import yaml

from interop_landscape.errors import BadRequest, UnknownName
from interop_landscape.landscape import Landscape
from interop_landscape.reading.containers import ListOf
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Entry, Record
from interop_landscape.reading.reader import INVALID, Reader
from interop_landscape.reading.source import RECORDS_FOLDER
from interop_landscape.reading.statements import SUPPORT
from interop_landscape.text import did_you_mean, one_of, slug
from interop_landscape.writing.canonical import canonical, written

RECORD: Final = "record"
Values = Mapping[str, str | tuple[str, ...]]
"""What is known of a new file, by key; a list of words is a tuple."""

_EXAMPLE_ADDRESS: Final = "https://…"


def kinds(landscape: Landscape) -> tuple[str, ...]:
    """What `new_path` can make: the kinds of entries, and records where the vocabulary has stages for them."""
    return (*landscape.vocabulary.kinds, *([RECORD] if landscape.vocabulary.stages else []))


def new_path(landscape: Landscape, kind: str, name: str) -> str:
    """The path, below the landscape's folder, of the file of a new entry or record.

    Raises UnknownName where there is no such kind, and BadRequest where `name` is not an id or is taken.
    """
    if kind not in kinds(landscape):
        hint = did_you_mean(kind, kinds(landscape), otherwise=one_of(kinds(landscape)))
        raise UnknownName(f"no kind is called `{kind}`; {hint}")
    check_id(name)
    taken = landscape.id_of_name(name) or (name if name in {*landscape.kind_of, *landscape.records} else None)
    if taken is not None:
        raise BadRequest(f"`{taken}` is on the map already; `landscape show {taken}` shows it")
    folder = landscape.vocabulary.kinds[kind].folder if kind in landscape.vocabulary.kinds else RECORDS_FOLDER
    return f"{folder}/{name}.yml"


def check_id(name: str) -> None:
    """Raise BadRequest where `name` is not an id."""
    if slug(name) != name or not name:
        autofix = f"; take `{slug(name)}`" if slug(name) else ""
        raise BadRequest(f"`{name}` is not an id (lower-case letters, digits, single hyphens){autofix}")


def asked(landscape: Landscape, kind: str) -> tuple[str, ...]:
    """The keys that the file of this kind must have and that only its author can fill in, in canonical order."""
    if kind not in landscape.vocabulary.kinds:
        return "title", "closes"
    needs = landscape.vocabulary.kinds[kind].needs
    return tuple(k.name for k in keys_of(Entry).values() if k.name in needs or (k.required and k.name != "status"))


def tags_asked_for(landscape: Landscape, kind: str) -> tuple[str, ...]:
    """The tags by which expectations select entries of this kind."""
    ends = (end for expectation in landscape.expectations.values() for end in (expectation.from_, expectation.to))
    return tuple(sorted({tag for end in ends if not end.kind or kind in end.kind for tag in end.tags}))


def choices(landscape: Landscape, key: str) -> tuple[str, ...]:
    """The words that a key of an entry may hold, where the vocabulary lists them."""
    value = keys_of(Entry)[key].kind if key in keys_of(Entry) else None
    section = getattr(value.item if isinstance(value, ListOf) else value, "section", None)
    return tuple(getattr(landscape.vocabulary, section)) if section else ()


def fault(landscape: Landscape, kind: str, key: str, value: str | tuple[str, ...]) -> str | None:
    """Why `key` cannot hold `value`, with the fix; None where it can."""
    model = Entry if kind in landscape.vocabulary.kinds else Record
    words = {
        name: getattr(landscape.vocabulary, name) for name in ("stewards", "statuses", "aspects", "cargo", "resources")
    }
    reader = Reader("", words, landscape.today)
    if keys_of(model)[key].kind.read(_node(value), reader) is not INVALID:
        return None
    problem = reader.problems[0]
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message


def _node(value: str | tuple[str, ...]) -> yaml.Node:
    mark = yaml.Mark("", 0, 0, 0, None, 0)
    if isinstance(value, tuple):
        return yaml.SequenceNode("", [_node(item) for item in value], mark, mark)
    return yaml.ScalarNode("", value, mark, mark, style='"')


def entry_text(landscape: Landscape, kind: str, values: Values, schema: str | None) -> bytes:
    """The file of a new entry: `values` by key, what else it needs left empty, and how to state what it connects to.

    `schema` is the address for the file's first line, where the landscape has schemas.
    """
    lines = []
    for key in keys_of(Entry).values():
        if key.name in values:
            lines += written({key.name: values[key.name]}, Entry).splitlines()
        elif key.name == "status":
            lines.append("status: active")
        elif key.name in asked(landscape, kind):
            words = choices(landscape, key.name)
            lines.append(f"{key.name}: # {key.doc}" + (f": {', '.join(words)}" if words else ""))
    lines += [f"# {line}".rstrip() for line in _guide(landscape, kind, values)]
    return canonical("\n".join(lines).encode() + b"\n", Entry, schema)


def _guide(landscape: Landscape, kind: str, values: Values) -> Iterator[str]:
    """What may be added: the optional keys, then a statement to copy."""
    optional = [
        key
        for key in keys_of(Entry).values()
        if not key.required
        and key.name not in ("interop", *values, *(n for k in landscape.vocabulary.kinds.values() for n in k.needs))
    ]
    yield "You may add:"
    for key in optional:
        yield f"  {key.name}: {key.doc}{_in_use(landscape, kind, key.name)}"
    yield ""
    yield f"What it connects to: only what you have looked up. A {kind} may state"
    relations = list(_relations(landscape, kind))
    for verb, others in relations:
        yield f"  {verb} (a {' or '.join(others)})"
    if relations:
        yield "For each entry that it connects to, copy this and remove the leading #:"
        yield from _example(landscape, kind, relations[0][0])


def _in_use(landscape: Landscape, kind: str, key: str) -> str:
    """The values that entries of this kind have most often, or that the vocabulary lists."""
    listed = choices(landscape, key)
    if not listed and key == "tags":
        used = Counter(tag for entry in landscape.entries.values() if entry.kind == kind for tag in entry.tags)
        listed = tuple(tag for tag, _ in used.most_common(8))
    return f": {', '.join(listed)}" if listed else ""


def _relations(landscape: Landscape, kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(verb, kinds of the other entries), the verbs that are stated at their source first, the most used first."""
    used = Counter(s.relation for s in landscape.statements if landscape.kind_of.get(s.source) == kind)
    relations = landscape.vocabulary.relations
    for name in sorted(relations, key=lambda name: -used[name]):
        if kind in relations[name].from_:
            yield name, relations[name].to
    for relation in relations.values():
        if kind in relation.to:
            yield relation.inverse, relation.from_


def _example(landscape: Landscape, kind: str, verb: str) -> Iterator[str]:
    relation, inverted = landscape.relation(verb)
    ends = [s.source if inverted else s.target for s in landscape.statements if s.relation == relation]
    other = Counter(ends).most_common(1)[0][0] if ends else "an-id"
    yield "interop:"
    yield f"  {verb}:"
    yield f"    {other}:"
    yield f"      support: full  # or {', '.join(SUPPORT[1:])}; partial also needs limits: what does not work"
    carried = landscape.entries[other].carries if other in landscape.entries else ()
    if landscape.vocabulary.relations[relation].asks_carries and carried:
        yield f"      carries: [{', '.join(carried)}]  # what of it crosses"
    yield f"      checked: {landscape.today}  # the day on which you looked"
    yield "      evidence:"
    yield f"        - url: {_EXAMPLE_ADDRESS}"
    yield "          shows: what one finds there, in your own words"


def record_text(landscape: Landscape, values: Values, schema: str | None) -> bytes:
    """The file of a new record, at the vocabulary's first stage from today."""
    first = next(iter(landscape.vocabulary.stages))
    lines = written({"title": values["title"]}, Record).splitlines() if "title" in values else []
    lines = lines or ["title: # the gap in a few words"]
    if "closes" in values:
        lines += written({"closes": list(values["closes"])}, Record).splitlines()
    else:
        lines.append("closes: # fixes, such as `- A relation B`, or gap ids; `landscape gaps` lists both")
    lines += [
        "stages: # only ever appended to",
        f"  - stage: {first}",
        f"    date: {landscape.today} # the day of the event that the link shows",
        f"    note: # what happened, or url: {_EXAMPLE_ADDRESS}",
    ]
    if landscape.milestones:
        lines.append(f"# You may add: owner: who does the work; milestone: {one_of(landscape.milestones)}")
    return canonical("\n".join(lines).encode() + b"\n", Record, schema)
