"""A source of files in, the models and every problem of every file out.

Each file is read by itself into a part, and the parts are merged; so a part can be kept and used again for
another revision that holds the same file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

import yaml

from interop_landscape.problems import Problem, at_most
from interop_landscape.reading import bounds
from interop_landscape.reading.clock import latest_day, this_day
from interop_landscape.reading.compose import compose, place_after, too_large
from interop_landscape.reading.containers import ListOf, read_keys, too_many
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Entry, Expectation, Milestone, Record, Sample, Vocabulary
from interop_landscape.reading.probes import (
    PROBES_FOLDER,
    RESULTS_FOLDER,
    SHARED_FOLDER,
    BadProbeError,
    Probe,
    Result,
    is_module,
    read_probe,
    read_result,
)
from interop_landscape.reading.reader import Reader
from interop_landscape.reading.source import MANIFEST, RECORDS_FOLDER, Source, SourceFile
from interop_landscape.reading.specification import (
    SPECIFICATION,
    SPECIFICATION_FOLDER,
    Chapter,
    Specification,
    read_chapter,
)
from interop_landscape.reading.statements import Statement
from interop_landscape.reading.suites import SUITE, SuiteResult, read_suite
from interop_landscape.reading.values import CUT, ID_PATTERN, Defined
from interop_landscape.text import did_you_mean, one_of, slug
from interop_landscape.text import shown as quoted

EXPECTATIONS: Final = "expectations.yml"
MILESTONES: Final = "milestones.yml"
SAMPLES: Final = "samples.yml"
_OTHER_FILES: Final = ("README.md", "LICENSE", "LICENSE.md")
_SCHEMA_LINE: Final = re.compile(rb"# yaml-language-server: \$schema=\S*?([a-z0-9-]+)_?\.json")
_is_id = re.compile(ID_PATTERN).fullmatch


@dataclass(slots=True)
class Contents:
    """What a source holds: the models that could be read, and what was wrong with the rest.

    ``ids`` are the ids of all entry files with their kind, also of those that could not be read, so that one
    broken file does not make every reference to it look wrong. No date may be later than ``latest``.
    """

    label: str
    today: date
    latest: date
    vocabulary: Vocabulary | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    expectations: dict[str, Expectation] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    samples: dict[str, Sample] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    probes: dict[str, Probe] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    shared: dict[str, bytes] = field(default_factory=dict)
    suites: dict[str, SuiteResult] = field(default_factory=dict)
    specification: Specification | None = None
    chapters: dict[str, Chapter] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)

    def merge(self, part: Contents) -> None:
        """Add what one file holds."""
        for entry_id, kind in part.ids.items():
            if entry_id in self.ids:
                path = next(iter(part.texts))
                message = f"a {self.ids[entry_id]} is already called `{entry_id}`"
                self.problems.append(Problem(path, 1, 1, "bad-id", message, "ids are unique across kinds"))
                self.texts |= part.texts
                return
            self.ids[entry_id] = kind
        self.entries |= part.entries
        self.statements += part.statements
        self.expectations |= part.expectations
        self.records |= part.records
        self.milestones |= part.milestones
        self.samples |= part.samples
        self.probes |= part.probes
        self.results |= part.results
        self.shared |= part.shared
        self.suites |= part.suites
        self.specification = part.specification or self.specification
        self.chapters |= part.chapters
        self.problems += part.problems
        self.texts |= part.texts

    def shown(self, path: str) -> str:
        """The path of a file as people see it."""
        return f"{self.label}/{path}" if self.label not in ("", ".") else path


Kept = dict[tuple[bytes, bytes, str, str], Contents]
"""Parts read before, by the bytes of the vocabulary and of the file, its path and the label."""


def read(source: Source, *, today: date | None = None, kept: Kept | None = None) -> Contents:
    """Read every file of `source` against the schema, collecting problems; never raises for what a file holds.

    `kept` holds parts that were read before, on the same day; it is added to.
    """
    contents = Contents(source.label, today or this_day(), today or latest_day())
    files = {file.path: file for file in source.files()}
    manifest = files.pop(MANIFEST, None)
    if manifest is None:
        _note(contents, MANIFEST, "missing-key", f"there is no {MANIFEST}", "it defines the vocabulary")
    else:
        _read_vocabulary(contents, manifest)
    words = _words(contents.vocabulary)
    kind_of_folder = (
        {kind.folder: name for name, kind in contents.vocabulary.kinds.items()} if contents.vocabulary else {}
    )
    for file in files.values():
        key = (manifest.data if manifest else b"", file.data, file.path, source.label)
        part = kept.get(key) if kept is not None else None
        if part is None:
            part = Contents(source.label, contents.today, contents.latest, contents.vocabulary)
            _read_file(part, file, kind_of_folder, words)
            if kept is not None and file.fault is None:
                kept[key] = part
        contents.merge(part)
    _share(contents)
    if SPECIFICATION not in files:
        for chapter in contents.chapters.values():
            hint = f"write {SPECIFICATION}, which names its chapters, or remove the file"
            contents.problems.append(Problem(chapter.path, 1, 1, "stray-file", "nothing reads this chapter", hint))
    return contents


def _share(contents: Contents) -> None:
    """Let each probe's digest be that of its shared modules too, and note those that are not there."""
    for name, probe in contents.probes.items():
        for module in probe.shares:
            if module not in contents.shared:
                hint = f"add {SHARED_FOLDER}/{module}.py; {did_you_mean(module, contents.shared)}".removesuffix("; ")
                said = f"there is no shared module `{module}`"
                contents.problems.append(Problem(probe.path, 1, 1, "bad-probe", said, hint))
        contents.probes[name] = probe.with_shared(contents.shared)


def with_excerpts(problems: Iterable[Problem], texts: Mapping[str, bytes]) -> list[Problem]:
    """The same problems in a stable order, at most so many of a file, each with the text of its line if it has one."""
    in_order = sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message))
    shown = []
    for path, mine in groupby(in_order, key=lambda problem: problem.path):
        lines = texts.get(path, b"")[: bounds.FILE].decode("utf-8-sig", "replace").splitlines()
        for problem in at_most(list(mine), bounds.PROBLEMS):
            here = problem.line <= len(lines)
            shown.append(replace(problem, source=lines[problem.line - 1]) if here else problem)
    return shown


def _note(contents: Contents, path: str, code: str, message: str, hint: str = "") -> None:
    contents.problems.append(Problem(contents.shown(path), 1, 1, code, message, hint))


def _words(vocabulary: Vocabulary | None) -> dict[str, Any]:
    """The ids that each section of the vocabulary defines; no section at all where it could not be read."""
    if vocabulary is None:
        return {}
    return {name: getattr(vocabulary, key.attribute) for name, key in keys_of(Vocabulary).items()}


def _compose(contents: Contents, file: SourceFile) -> yaml.MappingNode | None:
    """The root mapping of a file, or None after noting why there is none."""
    shown = contents.shown(file.path)
    contents.texts[shown] = file.data
    node, faults = compose(file.data)
    contents.problems.extend(Problem(shown, f.line, f.column, f.code, f.message, f.hint) for f in faults)
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        contents.problems.append(
            Problem(shown, line, column, "wrong-type", "expected keys with values", "write `key: value`")
        )
        return None
    return node


def _read_vocabulary(contents: Contents, file: SourceFile) -> None:
    if file.fault is not None:
        _note(contents, file.path, *file.fault)
        return
    node = _compose(contents, file)
    if node is None:
        return
    # Relations name kinds of the same file, so the kinds are known before anything is read against them.
    sections: dict[str, Any] = {
        key.value: frozenset(k.value for k, _ in value.value if isinstance(k, yaml.ScalarNode))
        for key, value in node.value
        if isinstance(value, yaml.MappingNode) and isinstance(key, yaml.ScalarNode)
    }
    reader = Reader(contents.shown(file.path), sections, contents.latest)
    values = read_keys(Vocabulary, node, reader)
    contents.problems.extend(reader.problems)
    if values is not None:
        contents.vocabulary = Vocabulary(**values)


def _read_file(
    contents: Contents, file: SourceFile, kind_of_folder: Mapping[str, str], words: Mapping[str, Any]
) -> None:
    if file.fault is not None:
        _note(contents, file.path, file.fault[0], file.fault[1], "replace it by a plain file, or remove it")
        return
    folder, _, name = file.path.rpartition("/")
    if folder == "":
        if name == EXPECTATIONS:
            _read_each(contents, file, Expectation, contents.expectations, words)
        elif name == MILESTONES:
            _read_each(contents, file, Milestone, contents.milestones, words)
        elif name == SAMPLES:
            _read_each(contents, file, Sample, contents.samples, words)
        elif name not in _OTHER_FILES:
            _stray(contents, file.path, kind_of_folder)
        return
    if folder.split("/")[0] == PROBES_FOLDER:
        stem, _, suffix = name.rpartition(".")
        if (folder, suffix) == (PROBES_FOLDER, "py") and _is_id(stem):
            _read_probe(contents, file, stem)
        elif (folder, suffix) == (SHARED_FOLDER, "py") and is_module(stem) and len(file.data) <= bounds.FILE:
            contents.shared[stem] = file.data
        elif (folder, suffix) == (RESULTS_FOLDER, "json"):
            _read_result(contents, file, stem)
        else:
            _stray(contents, file.path, kind_of_folder)
        return
    if folder == SPECIFICATION_FOLDER:
        stem, _, suffix = name.rpartition(".")
        if file.path == SPECIFICATION:
            _read_specification(contents, file, words)
        elif suffix == "md" and _is_id(stem):
            _read_chapter(contents, file, stem)
        elif name not in _OTHER_FILES:
            _note(contents, file.path, "stray-file", "nothing reads this file", "a chapter is called ID.md")
        return
    if folder != RECORDS_FOLDER and folder not in kind_of_folder:
        if contents.vocabulary is not None:
            _stray(contents, file.path, kind_of_folder)
        return
    stem, dot, suffix = name.rpartition(".")
    if not dot or suffix != "yml":
        _stray(contents, file.path, kind_of_folder)
        return
    if not _is_id(stem):
        autofix = slug(stem)
        hint = f"rename it to {autofix}.yml" if autofix else "rename it"
        _note(
            contents,
            file.path,
            "bad-id",
            f"`{quoted(stem)}` is not an id (lower-case letters, digits, hyphens)",
            hint,
        )
    if folder == RECORDS_FOLDER:
        _read_record(contents, file, stem, words)
    else:
        _read_entry(contents, file, stem, kind_of_folder[folder], words)


def _stray(contents: Contents, path: str, kind_of_folder: Mapping[str, str]) -> None:
    folder, _, name = path.rpartition("/")
    if name.endswith((".yaml", ".YML", ".YAML")) and (folder in kind_of_folder or folder == RECORDS_FOLDER):
        hint = f"rename it to {name.rpartition('.')[0]}.yml"
    else:
        folders = [*kind_of_folder, RECORDS_FOLDER]
        hint = did_you_mean(folder.split("/")[0], folders) if folder else ""
        hint = hint or f"entries belong in {one_of(folders).removeprefix('one of ')}, as ID.yml"
    _note(contents, path, "stray-file", "nothing reads this file", hint)


def _read_each(
    contents: Contents, file: SourceFile, model: type[Any], into: dict[str, Any], words: Mapping[str, Any]
) -> None:
    """Read a file that maps ids to models."""
    node = _compose(contents, file)
    if node is None:
        return
    reader = Reader(contents.shown(file.path), words, contents.latest, cut=_cut_lines(file.data))
    given = {"path": reader.path} if model is Expectation else {}
    pairs = [] if too_many(node, bounds.STATEMENTS, reader) else node.value
    for key_node, value_node in pairs:
        name = key_node.value
        if not isinstance(name, str) or len(name) > bounds.NAME or not _is_id(name):
            reader.note(key_node, "bad-id", "the key is not an id (lower-case letters, digits, hyphens)")
        elif name in into:
            reader.note(key_node, "duplicate-key", f"duplicate key `{name}`", "remove one of the two")
        elif not isinstance(value_node, yaml.MappingNode):
            reader.note(value_node, "wrong-type", "expected keys with values", "write `key: value`")
        else:
            values = read_keys(model, value_node, reader)
            if values is not None:
                if model is Expectation:
                    given |= {
                        "id": name,
                        "line": key_node.start_mark.line + 1,
                        "column": key_node.start_mark.column + 1,
                    }
                into[name] = model(**given, **values)
    contents.problems.extend(reader.problems)


def _read_record(contents: Contents, file: SourceFile, stem: str, words: Mapping[str, Any]) -> None:
    node = _compose(contents, file)
    if node is None:
        return
    reader = Reader(contents.shown(file.path), words, contents.latest, cut=_cut_lines(file.data))
    values = read_keys(Record, node, reader)
    contents.problems.extend(reader.problems)
    if values is not None:
        contents.records[stem] = Record(id=stem, path=reader.path, **values)


def _read_specification(contents: Contents, file: SourceFile, words: Mapping[str, Any]) -> None:
    node = _compose(contents, file)
    if node is None:
        return
    reader = Reader(contents.shown(file.path), words, contents.latest, cut=_cut_lines(file.data))
    values = read_keys(Specification, node, reader)
    contents.problems.extend(reader.problems)
    if values is not None:
        contents.specification = Specification(path=reader.path, **values)


def _read_chapter(contents: Contents, file: SourceFile, name: str) -> None:
    shown = contents.shown(file.path)
    contents.texts[shown] = file.data
    chapter, (line, column, code, message, hint) = read_chapter(name, shown, file.data)
    if chapter is None:
        contents.problems.append(Problem(shown, line, column, code, message, hint))
    else:
        contents.chapters[name] = chapter


def _read_probe(contents: Contents, file: SourceFile, name: str) -> None:
    shown = contents.shown(file.path)
    contents.texts[shown] = file.data
    if len(file.data) > bounds.FILE:
        fault = too_large()
        contents.problems.append(Problem(shown, 1, 1, fault.code, fault.message, fault.hint))
        return
    try:
        contents.probes[name] = read_probe(name, shown, file.data)
    except BadProbeError as error:
        contents.problems.append(Problem(shown, error.line, 1, "bad-probe", str(error), error.hint))


def _read_result(contents: Contents, file: SourceFile, stem: str) -> None:
    """What a probe's last run saw; of a file that a program writes, the first problem says enough."""
    shown = contents.shown(file.path)
    contents.texts[shown] = file.data
    probe = stem.removesuffix(SUITE)
    if probe == stem:
        result, place = read_result(probe, shown, file.data, contents.latest)
        contents.results |= {probe: result} if result else {}
    else:
        suite, place = read_suite(probe, shown, file.data, contents.latest)
        contents.suites |= {probe: suite} if suite else {}
    line, column, wrong = place
    if wrong:
        hint = f"run `landscape verify {probe}` again"
        contents.problems.append(
            Problem(shown, line, column, "bad-result", f"not the result of a probe: {wrong}", hint)
        )


def _read_entry(contents: Contents, file: SourceFile, stem: str, kind: str, words: Mapping[str, Any]) -> None:
    shown = contents.shown(file.path)
    contents.ids[stem] = kind
    node = _compose(contents, file)
    if node is None:
        return
    reader = Reader(shown, words, contents.latest, entry_id=stem, cut=_cut_lines(file.data))
    _note_other_folder(contents, kind, file, reader, node)
    values = read_keys(Entry, node, reader)
    contents.statements.extend(reader.collected)
    if reader.collected:
        _note_guide(contents, file)
    _note_needs(contents, kind, node, reader)
    if values is not None:
        contents.entries[stem] = Entry(id=stem, kind=kind, path=shown, **values)
    contents.problems.extend(reader.problems)


def _note_other_folder(contents: Contents, kind: str, file: SourceFile, reader: Reader, node: yaml.MappingNode) -> None:
    """A first line that names the schema of another kind: the file stands in the wrong folder."""
    assert contents.vocabulary is not None
    found = _SCHEMA_LINE.match(file.data)
    meant = found[1].decode() if found else kind
    other = contents.vocabulary.kinds.get(meant)
    if other is not None and meant != kind:
        name = file.path.rpartition("/")[2]
        here = contents.vocabulary.kinds[kind].plural
        message = f"the first line says that this is a {meant}, and the file stands among the {here}"
        hint = f"move it to {other.folder}/{name}, or let `landscape fmt` write the line"
        reader.note(node, "wrong-folder", message, hint)


def _cut_lines(data: bytes) -> dict[int, str]:
    """The lines, counted from 0, in which a ` #` without a space behind it may have cut off a text."""
    if b" #" not in data:
        return {}
    lines = data.decode("utf-8-sig", "replace").splitlines()
    return {number: line for number, line in enumerate(lines) if CUT.search(line)}


_GUIDE: Final = re.compile(rb"^# (?:You may add:|What it connects to: only what you have looked up)", re.MULTILINE)


def _note_guide(contents: Contents, file: SourceFile) -> None:
    """A comment of `landscape new` that leads its author on, and is left in."""
    found = _GUIDE.search(file.data)
    if found is not None:
        line, column = place_after(file.data[: found.start()].decode("utf-8-sig", "replace"))
        message = "the comments of `landscape new` are left in"
        hint = "remove them once you have added what you need"
        contents.problems.append(
            Problem(contents.shown(file.path), line, column, "guide-left", message, hint, "warning")
        )


def _how_to_add(name: str, vocabulary: Vocabulary) -> str:
    """A hint that names the words to choose from for a key that some kinds need."""
    kind = keys_of(Entry)[name].kind
    several = isinstance(kind, ListOf)
    word = kind.item if isinstance(kind, ListOf) else kind
    words = getattr(vocabulary, word.section) if isinstance(word, Defined) else ()
    return f"add `{name}:` with {'some' if several else 'one'} of {', '.join(words)}" if words else f"add `{name}:`"


def _note_needs(contents: Contents, kind: str, node: yaml.MappingNode, reader: Reader) -> None:
    """Some keys are asked of some kinds and refused to all others."""
    assert contents.vocabulary is not None
    kinds = contents.vocabulary.kinds
    needs = kinds[kind].needs
    there = {key_node.value: key_node for key_node, _ in node.value if isinstance(key_node, yaml.ScalarNode)}
    for name in sorted({name for other in kinds.values() for name in other.needs}):
        if name in needs and name not in there:
            message = f"a {kind} needs the key `{name}`: {keys_of(Entry)[name].doc}"
            reader.note(node, "missing-key", message, _how_to_add(name, contents.vocabulary))
        elif name in there and name not in needs:
            reader.note(there[name], "unknown-key", f"a {kind} has no `{name}`", "remove the key")
