"""The entries as files of landscape2: data, settings, and a plain sign for each entry in place of a logo.

Kinds become categories. What landscape2 has no key for is put among an item's annotations, and whom an entry meets in
its list of integrations; how well, and on what evidence, is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape

import yaml

from interop_landscape.exchange.landscape2.source import plain
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import STATUSES, Entry

_SCHEMAS: Final = "https://raw.githubusercontent.com/cncf/landscape2/refs/heads/main/docs/config/schema"
_ELSEWHERE: Final = "http://localhost:8000"
_REST: Final = "Other"
_NOT_SAID: Final = STATUSES[0]
"""The status of an item of which nothing is said."""


def landscape2_files(landscape: Landscape) -> dict[str, str]:
    """The text of each file by its path: ``data.yml``, ``settings.yml``, and ``logos/ID.svg``."""
    categories = _categories(landscape)
    return {
        "data.yml": _as_yaml({"categories": categories}, "data"),
        "settings.yml": _as_yaml(_settings(landscape, categories), "settings"),
        **{f"logos/{entry.id}.svg": _sign(entry.name) for entry in landscape.entries.values()},
    }


def _categories(landscape: Landscape) -> list[dict[str, Any]]:
    """One a kind, in the vocabulary's order; landscape2 takes no data without a category."""
    met = _met(landscape)
    categories = []
    for kind, defined in landscape.vocabulary.kinds.items():
        mine = [entry for entry in landscape.entries.values() if entry.kind == kind]
        groups: dict[str, list[Entry]] = {}
        for entry in sorted(mine, key=lambda entry: (entry.name.casefold(), entry.id)):
            groups.setdefault(_subcategory(landscape, entry), []).append(entry)
        subcategories: list[dict[str, Any]] = [
            {"name": name, "items": _items(groups[name], met)}
            for name in sorted(groups, key=lambda name: (name == _REST, name.casefold()))
        ]
        rest: dict[str, Any] = {"name": _REST, "items": []}
        categories.append({"name": _heading(defined.plural), "subcategories": subcategories or [rest]})
    return categories


def _subcategory(landscape: Landscape, entry: Entry) -> str:
    """What sets an entry apart within its kind: its aspect or resource, or else its first tag."""
    words = landscape.vocabulary
    if entry.aspect:
        return _heading(words.aspects[entry.aspect].name)
    if entry.resource:
        return _heading(words.resources[entry.resource].name)
    return _heading(entry.tags[0].replace("-", " ")) if entry.tags else _REST


def _heading(text: str) -> str:
    text = plain(text)
    return text[:1].upper() + text[1:]


def _met(landscape: Landscape) -> Mapping[str, list[str]]:
    """The names of the entries that each entry meets today, by id."""
    met: dict[str, set[str]] = {}
    for statement in landscape.statements:
        if statement.live:
            met.setdefault(statement.source, set()).add(statement.target)
            met.setdefault(statement.target, set()).add(statement.source)
    return {one: sorted(landscape.entries[other].name for other in others) for one, others in met.items()}


def _items(entries: Iterable[Entry], met: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Items with different names, as landscape2 takes no two of one name in a subcategory."""
    items: dict[str, dict[str, Any]] = {}
    for entry in entries:
        name = plain(entry.name)
        name = f"{name} ({entry.id})" if name in items else name
        items[name] = {"name": name, **_item(entry, met.get(entry.id, []))}
    return list(items.values())


def _item(entry: Entry, met: list[str]) -> dict[str, Any]:
    item = {
        "homepage_url": entry.homepage,
        "logo": f"{entry.id}.svg",
        "description": plain(entry.summary),
        "repo_url": entry.repo,
        "license": entry.license,
        "project": entry.status if entry.status != _NOT_SAID else None,
    }
    annotations = {
        "id": entry.id,
        "kind": entry.kind,
        "status": entry.status,
        "steward": entry.steward,
        "aspect": entry.aspect,
        "resource": entry.resource,
        "tags": ", ".join(entry.tags),
        "aliases": ", ".join(entry.aliases),
        "carries": ", ".join(entry.carries),
        "workflow": ", ".join(entry.workflow),
    }
    extra = {
        "annotations": {key: value for key, value in annotations.items() if value},
        **({"summary_integrations": ", ".join(met)} if met else {}),
    }
    return {**{key: value for key, value in item.items() if value is not None}, "extra": extra}


def _settings(landscape: Landscape, categories: list[dict[str, Any]]) -> dict[str, Any]:
    """What landscape2 asks for, and the order of categories and subcategories."""
    words = landscape.vocabulary
    return {
        "foundation": plain(words.title),
        "url": words.repository or _ELSEWHERE,
        **({"description": plain(words.summary)} if words.summary else {}),
        "categories": [
            {"name": category["name"], "subcategories": [inner["name"] for inner in category["subcategories"]]}
            for category in categories
        ],
    }


def _as_yaml(document: Mapping[str, Any], schema: str) -> str:
    body = yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    note = "" if schema == "data" else "# `url` is where the landscape will be published; landscape2 asks for it.\n"
    return f"# yaml-language-server: $schema={_SCHEMAS}/{schema}.schema.json\n{note}{body}"


def _sign(name: str) -> str:
    """The name in a frame, as an SVG; no entry has a logo here."""
    text = plain(name)
    shown = text if len(text) <= 24 else text[:23] + "…"
    size = min(40, 440 // max(len(shown), 1))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
        '<rect x="2" y="2" width="296" height="96" rx="8" fill="#fff" stroke="#555" stroke-width="2"/>'
        f'<text x="150" y="50" fill="#222" font-family="sans-serif" font-size="{size}" text-anchor="middle" '
        f'dominant-baseline="central">{escape(shown)}</text></svg>\n'
    )
