"""What an import changes in an entry that is there: what the source changed, and nothing that people did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interop_landscape.exchange.landscape2.items import Project, comparable
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import Entry

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The keys to change in a file, None where one is to be removed; and those kept although the source differs."""

    changes: Mapping[str, Value | None]
    kept: tuple[str, ...]


def merge(entry: Entry, last: Mapping[str, Value] | None, project: Project) -> Merged:
    """The three-way merge of an entry, what the last import found in the source, and what the source says now.

    Where no import met the entry before, `last` is None, and only what it lacks is added.
    """
    here = {name: getattr(entry, keys_of(Entry)[name].attribute) for name in {*project.values, *(last or ())}}
    changes: dict[str, Value | None] = {}
    kept = []
    for name, now in sorted(here.items()):
        new, old = project.values.get(name), (last or {}).get(name)
        if (now or None) == new or (last is None and _same_address(now, new)):
            continue
        stated = new is not None and name not in project.assumed
        if isinstance(now, tuple) and last is not None:
            words = _merged_words(now, _tuple(old), _tuple(new))
            if words != now:
                changes[name] = words or None
        elif not now or (last is not None and now == old):
            changes[name] = new
        elif stated and new != old and not isinstance(now, tuple):
            kept.append(name)
    return Merged(changes, tuple(kept))


def _same_address(one: object, other: object) -> bool:
    return comparable(one) is not None and comparable(one) == comparable(other)


def _tuple(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _merged_words(now: tuple[str, ...], old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are there, with what the source has gained since and without what it has lost."""
    left = [word for word in now if word in new or word not in old]
    return tuple(dict.fromkeys((*left, *(word for word in new if word not in old))))
