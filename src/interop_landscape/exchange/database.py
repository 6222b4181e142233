"""A landscape as an SQLite database, with its gaps and fixes; `database.sql` has the shape."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any, Final

from interop_landscape import phrases
from interop_landscape.analysis.best_fixes import best_fixes
from interop_landscape.analysis.conformance import Conforming, level_word
from interop_landscape.analysis.expected import Expected
from interop_landscape.analysis.gaps import STATUSES as GAP_STATUSES
from interop_landscape.analysis.gaps import Fix, Gap, Gaps
from interop_landscape.documents.columns import Column
from interop_landscape.documents.entry import entry_columns
from interop_landscape.documents.statement import statement_columns
from interop_landscape.exchange.marks import APPLICATION_ID
from interop_landscape.ids import PairId
from interop_landscape.landscape import Landscape
from interop_landscape.reading.keys import keys_of
from interop_landscape.reading.models import LEVELS, Expectation, Relation, Selector
from interop_landscape.reading.probes import OUTCOMES
from interop_landscape.reading.statements import Statement
from interop_landscape.reading.values import OneOf

LISTED: Final = 5000
MOST_FIXES: Final = 25
"""Of how many gaps how many fixes are listed: as many as `landscape gaps -f json` does."""

Row = dict[str, Any]


def database(landscape: Landscape) -> bytes:
    """The file of the database; the same landscape gives the same bytes."""
    connection = filled(landscape)
    try:
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def filled(landscape: Landscape) -> sqlite3.Connection:
    """The database in memory, with foreign keys enforced; the caller closes it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA application_id = {int.from_bytes(APPLICATION_ID.encode())}")
    connection.execute("BEGIN")
    _create(connection)
    for table, rows in _tables(landscape):
        _insert(connection, table, rows)
    _index(connection)
    connection.execute("COMMIT")
    return connection


def _create(connection: sqlite3.Connection) -> None:
    script = files("interop_landscape.exchange").joinpath("database.sql").read_text(encoding="utf-8")
    words = {
        "flows": _words_of(Relation, "flows"),
        "need": _words_of(Expectation, "need"),
        "outcomes": OUTCOMES,
        "gaps": GAP_STATUSES,
        "certainties": ("confirmed", "presumed"),
        "levels": LEVELS,
    }
    quoted = {name: ", ".join(f"'{word}'" for word in some) for name, some in words.items()}
    statements = script.format(
        **quoted,
        entry_columns=_declared(entry_columns()).rstrip(","),
        statement_columns=_declared(statement_columns()),
        listed=LISTED,
        most_fixes=MOST_FIXES,
    )
    for statement in statements.split(";\n"):
        connection.execute(statement)


def _declared(columns: Iterable[Column]) -> str:
    """The columns as they are declared in the script, a line each."""
    return "\n  ".join(f"{column.sql}," for column in columns)


def _words_of(model: type, name: str) -> tuple[str, ...]:
    """The fixed words that a key of a model may hold."""
    kind = keys_of(model)[name].kind
    assert isinstance(kind, OneOf)
    return kind.words


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Add rows, which all have the same columns."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns = ", ".join(f'"{column}"' for column in first)
    values = ", ".join(f":{column}" for column in first)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608 - names of our own
    connection.execute(statement, first)
    connection.executemany(statement, rows)


def _index(connection: sqlite3.Connection) -> None:
    """Index the text searches, and every foreign key that no other index begins with."""
    for (search,) in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'").fetchall():
        connection.execute(f"INSERT INTO {search} ({search}) VALUES ('rebuild')")  # noqa: S608
    keys = connection.execute(
        'SELECT t.name, f."from" FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE NOT EXISTS ('
        " SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) c"
        ' WHERE c.seqno = 0 AND c.name = f."from") ORDER BY t.name, f.id'
    ).fetchall()
    for table, column in keys:
        connection.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({column})")


def _tables(landscape: Landscape) -> Iterator[tuple[str, Iterable[Row]]]:
    """(table, rows) of everything, each after what it refers to."""
    yield from _vocabulary(landscape)
    yield from _entries(landscape)
    yield from _statements(landscape)
    yield from _records(landscape)
    yield from _expectations(landscape)
    yield from _specification(landscape)
    yield from _standing(landscape)


def _vocabulary(landscape: Landscape) -> Iterator[tuple[str, Iterable[Row]]]:
    vocabulary = landscape.vocabulary
    publisher = vocabulary.publisher
    known = {name: getattr(vocabulary, name) for name in ("title", "summary", "repository", "license")}
    kept = {"publisher": publisher and publisher.name, "publisher_homepage": publisher and publisher.homepage}
    yield "landscape", [{**known, **kept}]
    for section in (
        "sides",
        "kinds",
        "relations",
        "aspects",
        "resources",
        "cargo",
        "stages",
        "stewards",
        "workflow",
        "statuses",
        "reach",
    ):
        yield section, _terms(getattr(vocabulary, section))
    yield (
        "relation_kinds",
        (
            {"relation": name, "end_of": end, "kind": kind}
            for name, relation in vocabulary.relations.items()
            for end, kinds in (("from", relation.from_), ("to", relation.to), ("halts at", relation.halts_at))
            for kind in kinds
        ),
    )


def _terms(section: Mapping[str, Any]) -> Iterator[Row]:
    """The words of one section, each with its fields but lists."""
    for place, (name, term) in enumerate(section.items()):
        fields = ((field.name, getattr(term, field.name)) for field in dataclasses.fields(term))
        yield {"id": name, "place": place, **{key: value for key, value in fields if not isinstance(value, tuple)}}


def _entries(landscape: Landscape) -> Iterator[tuple[str, Iterable[Row]]]:
    entries = landscape.entries.values()
    columns = entry_columns()
    yield (
        "entries",
        ({"id": e.id, "kind": e.kind, **{c.name: c.value(e, landscape) for c in columns}} for e in entries),
    )
    yield "aliases", ({"alias": alias, "entry": e.id} for e in entries for alias in e.aliases)
    yield "tags", ({"entry": e.id, "tag": tag} for e in entries for tag in e.tags)
    yield "entry_workflow", ({"entry": e.id, "step": step} for e in entries for step in e.workflow)
    yield "carries", ({"entry": e.id, "cargo": cargo} for e in entries for cargo in e.carries)
    yield (
        "reach_evidence",
        (
            {"entry": e.id, "place": place, "url": evidence.url, "shows": evidence.shows}
            for e in entries
            for place, evidence in enumerate(e.reach.evidence if e.reach else ())
        ),
    )


def _statements(landscape: Landscape) -> Iterator[tuple[str, Iterable[Row]]]:
    statements = landscape.statements
    probes = {
        *landscape.probes,
        *landscape.results,
        *(s.probe for s in statements if s.probe),
        *(s.suite for s in statements if s.suite),
    }
    yield "probes", (_probe_row(landscape, probe) for probe in sorted(probes))
    yield "statements", (_statement(landscape, s) for s in statements)
    yield (
        "statement_carries",
        ({"statement": str(s), "cargo": cargo} for s in statements for cargo in landscape.carried(s)),
    )
    yield "statement_takes", ({"statement": str(s), "entry": entry} for s in statements for entry in s.takes)
    yield (
        "requires",
        (
            {"statement": str(s), "subject": subject, "versions": versions}
            for s in statements
            for subject, versions in s.requires.items()
        ),
    )
    yield (
        "evidence",
        (
            {"statement": str(s), "place": place, "url": evidence.url, "shows": evidence.shows}
            for s in statements
            for place, evidence in enumerate(s.evidence)
        ),
    )
    yield (
        "searched",
        (
            {"statement": str(s), "place": place, "word": word, "address": searched.in_}
            for s in statements
            for place, searched in enumerate(s.searched)
            for word in searched.for_
        ),
    )


def _statement(landscape: Landscape, statement: Statement) -> Row:
    ends = {name: getattr(statement, name) for name in ("source", "relation", "target", "stated_by")}
    told = {column.name: column.value(statement, landscape) for column in statement_columns()}
    return {"id": str(statement), **ends, **told}


def _records(landscape: Landscape) -> Iterator[tuple[str, Iterable[Row]]]:
    yield (
        "milestones",
        (
            {
                "id": name,
                "title": milestone.title,
                "due": milestone.due.isoformat(),
                "stage": milestone.stage,
                "reached": milestone.reached and milestone.reached.isoformat(),
                "note": milestone.note,
            }
            for name, milestone in landscape.milestones.items()
        ),
    )
    yield (
        "samples",
        (
            {
                "id": name,
                "date": sample.day.isoformat(),
                "seed": sample.seed,
                "drawn": sample.drawn,
                "wrong": sample.wrong,
                "faulty": sample.faulty,
                "note": sample.note,
            }
            for name, sample in landscape.samples.items()
        ),
    )
    records = landscape.records.values()
    fields = ("id", "title", "owner", "milestone", "stage")
    yield "records", ({field: getattr(record, field) for field in fields} for record in records)
    yield (
        "record_stages",
        (
            {
                "record": record.id,
                "place": place,
                "stage": step.stage,
                "date": step.day.isoformat(),
                "url": step.url,
                "note": step.note,
            }
            for record in records
            for place, step in enumerate(record.stages)
        ),
    )


def _expectations(landscape: Landscape) -> Iterator[tuple[str, Iterable[Row]]]:
    expectations = landscape.expectations.values()
    yield (
        "expectations",
        (
            {
                "id": e.id,
                "side": e.side,
                "why": e.why,
                "sources": _selector(e.from_),
                "targets": _selector(e.to),
                "need": e.need,
                "weight": e.weight,
            }
            for e in expectations
        ),
    )
    yield (
        "expectation_routes",
        (
            {"expectation": e.id, "place": place, "name": name, "pattern": pattern.text}
            for e in expectations
            for place, (name, pattern) in enumerate(e.routes.items())
        ),
    )
    yield "expectation_carries", ({"expectation": e.id, "cargo": cargo} for e in expectations for cargo in e.carrying)
    yield (
        "record_closes",
        (
            {"record": record.id, "place": place, "closes": text, **_closed(landscape, text)}
            for record in landscape.records.values()
            for place, text in enumerate(record.closes)
        ),
    )


def _specification(landscape: Landscape) -> Iterator[tuple[str, Iterable[Row]]]:
    """The requirements, what tests them, and how each entry stands on those that ask it."""
    if landscape.specification is None:
        return
    named = landscape.specification.requirements.items()
    fields = ("keyword", "says", "why", "side", "need", "untested")
    yield (
        "requirements",
        (
            {
                "id": name,
                "place": place,
                **{field: getattr(one, field) for field in fields},
                "withdrawn": one.withdrawn and one.withdrawn.day.isoformat(),
            }
            for place, (name, one) in enumerate(named)
        ),
    )
    yield "requirement_tests", ({"requirement": name, "probe": probe} for name, one in named for probe in one.tests)
    yield (
        "requirement_expectations",
        ({"requirement": name, "expectation": other} for name, one in named for other in one.expectations),
    )
    found = [one for one in map(Conforming(landscape).of, landscape.entries.values()) if one.standings]
    yield (
        "levels",
        ({"entry": one.entry.id, "level": level_word(one.level), "reached": one.reached} for one in found),
    )
    yield (
        "standings",
        (
            {
                "entry": one.entry.id,
                "requirement": standing.id,
                "level": level_word(standing.level),
                "ceiling": level_word(standing.ceiling),
                "reason": phrases.standing_on(standing, landscape),
            }
            for one in found
            for standing in one.standings
        ),
    )


def _selector(selector: Selector) -> str:
    keys = {name: getattr(selector, key.attribute) for name, key in keys_of(Selector).items()}
    return json.dumps({name: values for name, values in keys.items() if values})


def _closed(landscape: Landscape, text: str) -> Row:
    """What a record closes: an edge, or a gap by its id."""
    expectation = relation = None
    if PairId.looks_like(text):
        expectation, source, target = landscape.parse_gap_id(text)
    else:
        source, relation, target = landscape.parse_edge(text)
    return {"expectation": expectation, "source": source, "relation": relation, "target": target}


def _standing(landscape: Landscape) -> Iterator[tuple[str, Iterable[Row]]]:
    gaps = Gaps(landscape)
    best = best_fixes(gaps)
    listed = gaps.top(LISTED, most_fixes=MOST_FIXES)
    fixes = {
        str(fix): fix for some in (*(table.values() for table in best), *(gap.fixes for gap in listed)) for fix in some
    }
    yield "fixes", (_fix(landscape, name, fix) for name, fix in sorted(fixes.items()))
    yield (
        "fix_together",
        (
            {"fix": name, "statement": str(other)}
            for name, fix in sorted(fixes.items())
            for other in landscape.brought_with(fix.edge)
        ),
    )
    yield "pairs", (row for each, table in zip(gaps.expected, best, strict=True) for row in _pairs(gaps, each, table))
    yield (
        "gap_fixes",
        ({"gap": gap.id, "place": place, "fix": str(fix)} for gap in listed for place, fix in enumerate(gap.fixes)),
    )
    yield "gap_hops", (hop for gap in listed for hop in _hops(gap))


def _fix(landscape: Landscape, name: str, fix: Fix) -> Row:
    fields = ("source", "relation", "target", "unlocks", "precedent", "builds", "declined", "value")
    return {
        "id": name,
        **{field: getattr(fix, field) for field in fields},
        **{f"usage_{field}": count for field, count in dataclasses.asdict(fix.usage).items()},
        "statement": name if fix.edge in landscape.by_edge else None,
    }


def _pairs(gaps: Gaps, each: Expected, best: Mapping[tuple[int, int], Fix]) -> Iterator[Row]:
    """The expected pairs of one expectation, in the order of ids."""
    records = gaps.records_of(each)
    for pair in gaps.pairs_of(each):
        fix = best.get(pair.cell)
        yield {
            "id": str(pair.id),
            "expectation": pair.id.expectation,
            "source": pair.id.source,
            "target": pair.id.target,
            "weight": each.weight_of(*pair.cell),
            "status": pair.status,
            "certainty": pair.certainty,
            "value": None if pair.met else fix.value if fix else 0.0,
            "fix": str(fix) if fix else None,
            "record": None if pair.met else records.get(pair.cell),
        }


def _hops(gap: Gap) -> Iterator[Row]:
    """The route of a weak gap."""
    for place, hop in enumerate(gap.route.hops if gap.route else ()):
        yield {
            "gap": gap.id,
            "place": place,
            "start": hop.source,
            "goal": hop.target,
            "statement": str(hop.statement),
        }


def _probe_row(landscape: Landscape, name: str) -> dict[str, object]:
    probe, result = landscape.probes.get(name), landscape.results.get(name)
    return {
        "id": name,
        "shows": probe.shows if probe else None,
        "outcome": result.outcome if result else None,
        "date": result.day.isoformat() if result else None,
        "seconds": result.seconds if result else None,
    }
