"""A landscape of any size with the layers and degrees of a real one.

    python -m benchmarks.generate --entries 2500 --seed 1 DIR

Each generated entry is the likeness of a real entry: same kind, tags, aspect, cargo and resource. Each of its
statements is the likeness of one of the real entry's statements, led to a random likeness of the real target,
so layers and degrees stay as they are. Vocabulary and expectations are the real ones.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from interop_landscape import loading
from interop_landscape.reading.models import Entry, Selector
from interop_landscape.reading.statements import Statement

REAL = Path(__file__).parent.parent / "landscape"


def generate(folder: Path, *, entries: int, per_entry: float, seed: int, like: Path = REAL) -> tuple[int, int]:
    """Write a landscape of about `entries` × `per_entry` statements; returns how many entries and statements."""
    chance = random.Random(seed)
    real = loading.load(like)
    templates = list(real.entries.values())
    likenesses: dict[str, list[str]] = {entry.id: [] for entry in templates}
    for number in range(entries):
        # Every real entry has its likeness, under its own id, before any has a second one.
        template = templates[number] if number < len(templates) else chance.choice(templates)
        likenesses[template.id].append(template.id if number < len(templates) else f"{template.id}-{number}")
    stated: dict[str, list[Statement]] = {entry.id: [] for entry in templates}
    for statement in real.statements:
        stated[statement.source].append(statement)
    share = min(1.0, per_entry * len(templates) / max(1, len(real.statements)))
    folder.mkdir(parents=True)
    shutil.copy(like / "landscape.yml", folder / "landscape.yml")
    _write_expectations(like, folder, [entry for entry in templates if likenesses[entry.id]])
    count = 0
    for template in templates:
        place = folder / real.vocabulary.kinds[template.kind].folder
        place.mkdir(exist_ok=True)
        for likeness in likenesses[template.id]:
            chosen = [
                (statement, chance.choice(likenesses[statement.target]))
                for statement in stated[template.id]
                if likenesses[statement.target] and chance.random() < share
            ]
            count += len(chosen)
            (place / f"{likeness}.yml").write_text("\n".join(_lines(template, likeness, chosen)) + "\n")
    return sum(map(len, likenesses.values())), count


def _write_expectations(like: Path, folder: Path, there: list[Entry]) -> None:
    """The real expectations without the ids and tags of entries that have no likeness, as far as anything is left."""
    ids, tags = {entry.id for entry in there}, {tag for entry in there for tag in entry.tags}
    known = {"entries": ids, "except": ids, "tags": tags, "without": tags}
    real = yaml.safe_load((like / "expectations.yml").read_text())
    kept = {}
    for name, rule in real.items():
        for end in ("from", "to"):
            for key in known.keys() & rule[end].keys():
                rule[end][key] = [word for word in rule[end][key] if word in known[key]]
        if all(_selects(rule[end], there) for end in ("from", "to")):
            kept[name] = {k: {s: v for s, v in rule[k].items() if v} if k in ("from", "to") else rule[k] for k in rule}
    if kept:
        (folder / "expectations.yml").write_text(yaml.safe_dump(kept, sort_keys=False))


def _selects(selector: dict[str, Any], there: list[Entry]) -> bool:
    if any(not selector[key] for key in ("tags", "entries") if key in selector):
        return False
    words = {"except_" if k == "except" else k: tuple([v] if isinstance(v, str) else v) for k, v in selector.items()}
    return any(Selector(**words).selects(entry) for entry in there if entry.status != "archived")


def _lines(template: Entry, likeness: str, chosen: list[tuple[Statement, str]]) -> Iterator[str]:
    yield f"name: {likeness.title()}"
    yield f"summary: The likeness of {template.id} in a generated landscape."
    yield f"homepage: https://{likeness}.example.org"
    yield f"status: {template.status}"
    if template.tags:
        yield f"tags: [{', '.join(template.tags)}]"
    for key in ("aspect", "resource"):
        if getattr(template, key):
            yield f"{key}: {getattr(template, key)}"
    if template.carries:
        yield f"carries: [{', '.join(template.carries)}]"
    if chosen:
        yield "interop:"
    relation = ""
    for statement, target in chosen:
        if statement.relation != relation:
            relation = statement.relation
            yield f"  {relation}:"
        yield f"    {target}:"
        yield f"      support: {statement.support}"
        if statement.carries:
            yield f"      carries: [{', '.join(statement.carries)}]"
        if statement.until:
            yield f'      until: "{statement.until}"'
        if statement.limits:
            yield "      limits: as the real one"
        yield f"      checked: {statement.checked}"
        yield "      evidence:"
        yield f"        - url: https://{likeness}.example.org/docs/{target}"
        yield "          shows: a generated statement has generated evidence"


def main() -> None:
    """Read the arguments and write the landscape."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--entries", type=int, default=2500)
    parser.add_argument("--per-entry", type=float, default=4.0, help="statements per entry, at the most the real ratio")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.folder.exists():
        parser.error(f"{options.folder} exists already")
    entries, statements = generate(
        options.folder, entries=options.entries, per_entry=options.per_entry, seed=options.seed
    )
    print(f"{options.folder}: {entries:,} entries, {statements:,} statements")


if __name__ == "__main__":
    main()
