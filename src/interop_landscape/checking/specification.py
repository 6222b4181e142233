"""Checks that the specification, the expectations, the tests and the chapters belong together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from interop_landscape.codes import CODES
from interop_landscape.problems import Problem
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Entry
from interop_landscape.reading.specification import KEYWORDS, Requirement, Specification, mentions_in
from interop_landscape.reading.statements import Statement
from interop_landscape.text import Suggestions

if TYPE_CHECKING:
    from interop_landscape.landscape import Landscape
    from interop_landscape.reading.models import Claim, Record, Selector

_CODES: Final = frozenset(code.name for code in CODES)


def _at(one: Requirement, code: str, key: str, path: str, message: str, hint: str) -> Problem:
    return Problem(path, *one.place(key if key in one.places else "says"), code, message, hint)


def _requirements(landscape: Landscape) -> Iterator[tuple[str, str, Requirement]]:
    """(path of the specification, id, requirement) of all that are in force."""
    if landscape.specification is not None:
        for name, one in landscape.specification.in_force.items():
            yield landscape.specification.path, name, one


def unclear_requirements(landscape: Landscape) -> Iterator[Problem]:
    """A requirement without one word of RFC 2119, without a test or a reason for that, or measured in several ways."""
    for path, name, one in _requirements(landscape):
        if one.keyword is None:
            hint = f"write it with just one of {', '.join(KEYWORDS)}; split it if it asks two things"
            message = f"`{name}` does not say with one word of RFC 2119 how much it binds"
            yield _at(one, "missing-keyword", "says", path, message, hint)
        if not (one.tests or one.rules or one.keys or one.untested):
            hint = "name probes under `tests` or codes under `rules`, or say under `untested` why nothing tests it yet"
            yield _at(one, "missing-test", "says", path, f"nothing tests `{name}`, and it does not say why", hint)
        elif one.untested and (one.tests or one.rules):
            hint = "remove `untested`"
            message = f"`{name}` is tested, and says why nothing tests it"
            yield _at(one, "mixed-requirement", "untested", path, message, hint)
        yield from _mixed(path, name, one)


def _mixed(path: str, name: str, one: Requirement) -> Iterator[Problem]:
    """What a requirement says that does not go together: connections and statements, or one without the other."""
    idle = [key for key, is_idle in _idle(one).items() if is_idle]
    if one.expectations and (one.relations or one.keys):
        message = f"`{name}` is about connections and about statements or keys"
        yield _at(one, "mixed-requirement", "expectations", path, message, "split it in two")
    elif idle:
        message = f"{', '.join(f'`{key}`' for key in idle)} of `{name}` says nothing there"
        hint = "`end` goes with `expectations`, `to` with `relations`, `need` with either; remove it, or add these"
        yield _at(one, "mixed-requirement", idle[0], path, message, hint)


def _idle(one: Requirement) -> dict[str, bool]:
    return {
        "end": "end" in one.places and not one.expectations,
        "to": one.to is not None and not one.relations,
        "need": "need" in one.places and not (one.expectations or one.relations),
    }


def unknown_names(landscape: Landscape) -> Iterator[Problem]:
    """A requirement, a claim or a record that names what is not there."""
    near = Suggestions()
    relations = landscape.vocabulary.relations
    verbs = [*relations, *(one.inverse for one in relations.values())]
    for path, _, one in _requirements(landscape):
        told = partial(_unknown, path, one, near)
        keys, what = (
            (keys_of(Statement), "key of a statement") if one.relations else (keys_of(Entry), "key of an entry")
        )
        yield from told("expectations", landscape.expectations, "expectation", code="unknown-expectation")
        yield from told("relations", verbs, "relation", code="unknown-relation")
        yield from told("keys", keys, what, code="unknown-key")
        yield from told("rules", _CODES, "code", code="unknown-code")
        yield from told("tests", landscape.probes, "probe", code="unknown-probe")
        yield from _unknown_in_selectors(landscape, path, one, near)
    yield from _unknown_outside(landscape, near)


def _unknown(
    path: str, one: Requirement, near: Suggestions, key: str, there: Collection[str], what: str, *, code: str
) -> Iterator[Problem]:
    """The names under one key of a requirement that are not there."""
    for name in getattr(one, key):
        if name not in there:
            hint = near.did_you_mean(name, there, what, otherwise="write one that is there, or remove it")
            yield _at(one, code, key, path, f"there is no {what} `{name}`", hint)


def _unknown_in_selectors(landscape: Landscape, path: str, one: Requirement, near: Suggestions) -> Iterator[Problem]:
    tags = {tag for entry in landscape.entries.values() for tag in entry.tags}
    whole = len(landscape.entries) == len(landscape.kind_of)
    selectors: tuple[tuple[str, Selector | None], ...] = (("of", one.of), ("to", one.to))
    for key, selector in selectors:
        if selector is None:
            continue
        for name in (*selector.entries, *selector.except_):
            if name not in landscape.kind_of:
                hint = near.did_you_mean(name, landscape.kind_of, "entries")
                yield _at(one, "unknown-entry", key, path, f"no entry is called `{name}`", hint)
        for tag in (*selector.tags, *selector.without):
            if whole and tag not in tags:
                hint = near.did_you_mean(tag, tags, "tags", otherwise="give some entry that tag, or remove it here")
                yield _at(one, "unknown-tag", key, path, f"no entry has the tag `{tag}`", hint)


def _unknown_outside(landscape: Landscape, near: Suggestions) -> Iterator[Problem]:
    """Claims and records that name a requirement that is not in force."""
    known = landscape.specification.in_force if landscape.specification is not None else {}
    named: list[tuple[str, Claim | Record]] = [
        *((entry.path, claim) for entry in landscape.entries.values() for claim in entry.claims),
        *((record.path, record) for record in landscape.records.values()),
    ]
    for path, one in named:
        for name in one.requirements:
            if name not in known:
                hint = near.did_you_mean(name, known, "in force", otherwise="name one that is in force")
                message = f"no requirement in force is called `{name}`"
                yield Problem(path, *one.place("requirements"), "unknown-requirement", message, hint)


def skipped_ids(landscape: Landscape) -> Iterator[Problem]:
    """A number between others that no requirement has: somebody removed it, and another may take it for free."""
    if landscape.specification is None:
        return
    numbers: dict[str, set[int]] = {}
    for name in landscape.specification.requirements:
        group, _, number = name.rpartition("-")
        numbers.setdefault(group, set()).add(int(number))
    for group, there in numbers.items():
        gone = sorted(set(range(1, max(there) + 1)) - there)
        if gone:
            after = f"{group}-{max(there):02}"
            missing = [f"{group}-{number:02}" for number in gone[:10]]
            hint = "keep what was withdrawn, with `withdrawn: {date: …, why: …}`: its number is never used again"
            message = f"there is `{after}`, but no {', '.join(f'`{one}`' for one in missing)}"
            first = next(name for name in landscape.specification.requirements if name.startswith(f"{group}-"))
            one = landscape.specification.requirements[first]
            yield _at(one, "skipped-id", "says", landscape.specification.path, message, hint)


def unrequired_expectations(landscape: Landscape) -> Iterator[Problem]:
    """An expectation of which no requirement says what it asks of whom; where there are no requirements, none need."""
    if not any(_requirements(landscape)):
        return
    required = {name for _, _, one in _requirements(landscape) for name in one.expectations}
    for name, expectation in landscape.expectations.items():
        if name not in required:
            message = f"no requirement of the specification is about `{name}`"
            hint = "name it under `expectations` of the requirement that it follows from, or add one"
            yield Problem(
                expectation.path, expectation.line, expectation.column, "unrequired-expectation", message, hint
            )


def chapters_in_order(landscape: Landscape) -> Iterator[Problem]:
    """A chapter that the specification names and that is not there, or is there and not named."""
    specification = landscape.specification
    if specification is None:
        return
    near = Suggestions()
    for name in specification.chapters:
        if name not in landscape.chapters:
            message, otherwise = (
                f"there is no chapter {name}.md beside this file",
                f"write {name}.md, or remove the name",
            )
            hint = near.did_you_mean(name, landscape.chapters, "chapters", otherwise=otherwise)
            yield Problem(specification.path, *specification.place("chapters"), "missing-chapter", message, hint)
    for name, chapter in landscape.chapters.items():
        if name not in specification.chapters:
            hint = f"add `{name}` to `chapters` in specification.yml"
            yield Problem(chapter.path, 1, 1, "stray-file", "no chapter of the specification is called so", hint)


def mentions(landscape: Landscape) -> Iterator[Problem]:
    """An id in a chapter that no requirement has, and a requirement that stands nowhere, or twice."""
    specification = landscape.specification
    if specification is None:
        return
    near = Suggestions()
    families = {name.partition("-")[0] for name in specification.requirements}
    places: dict[str, str] = {}
    for name in specification.chapters:
        chapter = landscape.chapters.get(name)
        for one in chapter.mentions if chapter else ():
            assert chapter is not None
            if one.requirement not in specification.requirements:
                if one.placed or one.requirement.partition("-")[0] in families:
                    hint = near.did_you_mean(one.requirement, specification.requirements, "requirements")
                    message = f"no requirement is called `{one.requirement}`"
                    hint = hint or "add it to specification.yml first"
                    yield Problem(chapter.path, one.line, one.column, "unknown-requirement", message, hint)
            elif one.placed and one.requirement in places:
                message = f"`{one.requirement}` stands in {places[one.requirement]} already"
                hint = "keep one of the two; elsewhere refer to it within a sentence"
                yield Problem(chapter.path, one.line, one.column, "misplaced-requirement", message, hint)
            elif one.placed:
                places[one.requirement] = f"{chapter.name}.md, line {one.line}"
    if all(name in landscape.chapters for name in specification.chapters):
        yield from _misplaced(specification, places)
    yield from _mentioned_by_requirements(specification, families, near)


def _misplaced(specification: Specification, places: dict[str, str]) -> Iterator[Problem]:
    """Requirements in force that stand in no chapter."""
    for name, one in specification.in_force.items():
        if specification.chapters and name not in places:
            hint = f"write `[{name}]` on a line of its own where it belongs"
            message = f"`{name}` stands in no chapter"
            yield _at(one, "misplaced-requirement", "says", specification.path, message, hint)


def _mentioned_by_requirements(
    specification: Specification, families: set[str], near: Suggestions
) -> Iterator[Problem]:
    for one in specification.requirements.values():
        for key, text in (("says", one.says), ("why", one.why)):
            for found in mentions_in(text):
                known = specification.requirements
                if found[0] not in known and found[0].partition("-")[0] in families:
                    hint = near.did_you_mean(found[0], known, "requirements", otherwise="add it, or remove the mention")
                    message = f"no requirement is called `{found[0]}`"
                    yield _at(one, "unknown-requirement", key, specification.path, message, hint)
