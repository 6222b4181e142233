"""The SQLite database: sound, searchable, and with the figures of `landscape gaps -f json`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given

from interop_landscape import loading
from interop_landscape.analysis.gaps import EVERYTHING, Gaps
from interop_landscape.exchange import database as module
from interop_landscape.exchange.database import filled
from interop_landscape.graph import build_graph
from interop_landscape.landscape import Landscape
from interop_landscape.reports.gaps import LISTED_FOR_PROGRAMS, GapsReport
from tests.landscapes import FIXTURE
from tests.strategies import examples, landscapes


def tables(connection: sqlite3.Connection) -> list[str]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    return [name for (name,) in names if "_search" not in name]


def test_every_reference_leads_somewhere_and_is_indexed(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    references = 0
    for table in tables(connection):
        indices = [name for _, name, *_ in connection.execute(f"PRAGMA index_list({table})")]
        first = {connection.execute(f"PRAGMA index_info({name})").fetchone()[2] for name in indices}
        for _, _, _, column, *_ in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            assert column in first, f"{table}.{column}"
            references += 1
    assert references > 40


def test_the_counts_are_those_of_the_landscape(connection: sqlite3.Connection, landscape: Landscape) -> None:
    wanted = {
        "entries": len(landscape.entries),
        "aliases": sum(len(e.aliases) for e in landscape.entries.values()),
        "tags": sum(len(e.tags) for e in landscape.entries.values()),
        "entry_workflow": sum(len(e.workflow) for e in landscape.entries.values()),
        "carries": sum(len(e.carries) for e in landscape.entries.values()),
        "statements": len(landscape.statements),
        "statement_carries": sum(len(landscape.carried(s)) for s in landscape.statements),
        "requires": sum(len(s.requires) for s in landscape.statements),
        "evidence": sum(len(s.evidence) for s in landscape.statements),
        "searched": sum(len(one.for_) for s in landscape.statements for one in s.searched),
        "expectations": len(landscape.expectations),
        "expectation_routes": sum(len(e.routes) for e in landscape.expectations.values()),
        "records": len(landscape.records),
        "record_closes": sum(len(r.closes) for r in landscape.records.values()),
        "record_stages": sum(len(r.stages) for r in landscape.records.values()),
        "milestones": len(landscape.milestones),
        "samples": len(landscape.samples),
        **{name: len(getattr(landscape.vocabulary, name)) for name in ("kinds", "sides", "relations", "stewards")},
    }
    for table, count in wanted.items():
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,), table


def test_live_edges_are_those_of_the_graph(connection: sqlite3.Connection, landscape: Landscape) -> None:
    found = connection.execute("SELECT start, goal, statement, start_name, support FROM live_edges").fetchall()
    graph = build_graph(landscape)
    assert sorted(found) == sorted(
        (start, end, key, graph.nodes[start]["name"], held["support"])
        for start, end, key, held in graph.edges(keys=True, data=True)
        if held["live"]
    )


def rows(connection: sqlite3.Connection, query: str, *values: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query, values)
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def same_gaps(connection: sqlite3.Connection, landscape: Landscape) -> None:
    """The gaps, their order, fixes, routes and records are those of ``gaps/v1``; the pairs are its summary."""
    report = GapsReport.of(Gaps(landscape), EVERYTHING, top=0, most_fixes=module.MOST_FIXES, fail_on=frozenset())
    document = report.document()
    gaps = rows(connection, "SELECT * FROM gaps")
    assert [gap["id"] for gap in gaps] == [gap["id"] for gap in document["gaps"]]
    for number, (gap, wanted) in enumerate(zip(gaps, document["gaps"], strict=True)):
        for mine, theirs in (("source", "from"), ("target", "to")):
            assert gap[mine] == wanted[theirs]
        for name in ("side", "expectation", "status", "certainty", "weight", "value"):
            assert gap[name] == wanted[name]
        assert (gap["record"], gap["stage"]) == (
            (wanted["record"]["id"], wanted["record"]["stage"]) if wanted["record"] else (None, None)
        )
        best = wanted["fixes"][0] if wanted["fixes"] else {"unlocks": None, "precedent": None}
        assert (gap["unlocks"], gap["precedent"]) == (best["unlocks"], best["precedent"])
        listed = number < module.LISTED
        assert fixes_of(connection, gap["id"]) == (wanted["fixes"] if listed else [])
        hops = rows(connection, "SELECT * FROM gap_hops WHERE gap = ? ORDER BY place", gap["id"])
        route = wanted["route"]["hops"] if listed and wanted["route"] else []
        assert [(h["start"], h["goal"], h["statement"]) for h in hops] == [
            (h["from"], h["to"], h["statement"]) for h in route
        ]
    counts = dict(connection.execute("SELECT status, count(*) FROM pairs GROUP BY status").fetchall())
    summary = document["summary"]
    assert {name: summary[name] for name in ("met", "missing", "weak", "regressed") if summary[name]} == counts
    score = connection.execute("SELECT sum(weight * (status = 'met')) / sum(weight) FROM pairs").fetchone()[0]
    assert score == pytest.approx(summary["score"]) if score is not None else summary["score"] is None


TOGETHER = "SELECT statement FROM fix_together WHERE fix = ? ORDER BY statement"


def fixes_of(connection: sqlite3.Connection, gap: str) -> list[dict[str, Any]]:
    """The fixes of a gap as in ``gaps/v1``."""
    found = rows(
        connection, "SELECT fixes.* FROM gap_fixes JOIN fixes ON fixes.id = fix WHERE gap = ? ORDER BY place", gap
    )
    usage = ("sources", "of_sources", "targets", "of_targets")
    return [
        {
            "from": row["source"],
            "relation": row["relation"],
            "to": row["target"],
            **{name: row[name] for name in ("unlocks", "precedent", "builds", "declined", "value")},
            "together": [one["statement"] for one in rows(connection, TOGETHER, row["id"])],
            "usage": {name: row[f"usage_{name}"] for name in usage},
        }
        for row in found
    ]


def test_the_gaps_are_those_that_the_command_lists(connection: sqlite3.Connection, landscape: Landscape) -> None:
    assert module.LISTED == LISTED_FOR_PROGRAMS
    same_gaps(connection, landscape)


@given(landscapes())
@examples(30)
def test_the_gaps_of_any_landscape_are_the_same(landscape: Landscape) -> None:
    with closing(filled(landscape)) as connection:
        same_gaps(connection, landscape)


def test_gaps_beyond_those_listed_keep_their_best_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    landscape = loading.load(FIXTURE)
    monkeypatch.setattr(module, "LISTED", 2)
    with closing(filled(landscape)) as connection:
        same_gaps(connection, landscape)
        assert connection.execute("SELECT count(DISTINCT gap) FROM gap_fixes").fetchone()[0] == 2
        assert connection.execute("SELECT count(*) FROM gaps WHERE fix IS NOT NULL").fetchone()[0] > 2


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE entries SET status = 'asleep'",
        "UPDATE entries SET kind = 'nothing'",
        "UPDATE statements SET support = 'fully'",
        "UPDATE statements SET live = NOT live",
        "UPDATE statements SET checked = '2026-02-31'",
        "UPDATE statements SET stated_by = 'vision'",
        "UPDATE pairs SET status = 'met' WHERE certainty IS NOT NULL",
        "UPDATE relations SET flows = 'sideways'",
        "UPDATE record_closes SET relation = NULL",
        "DELETE FROM statements",
        "DELETE FROM stages",
    ],
)
def test_what_the_model_rules_out_cannot_be_written(wrong: str) -> None:
    with closing(filled(loading.load(FIXTURE))) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(wrong)


def test_records_lead_to_their_edges_and_entries() -> None:
    with closing(filled(loading.load(FIXTURE))) as connection:
        found = connection.execute(
            "SELECT records.id, stages.name, entries.name, relation, statements.support FROM records"
            " JOIN record_closes ON record = records.id JOIN stages ON stages.id = records.stage"
            " JOIN entries ON entries.id = source LEFT JOIN statements USING (source, relation, target)"
        ).fetchall()
    assert found == [
        ("alpha-exch", "Closed", "Alpha", "exports", "full"),
        ("beta-exch", "Discussion", "Beta", "exports", "none"),
    ]


@pytest.mark.parametrize("which", ["snapshot"], indirect=True)
def test_texts_are_searched(connection: sqlite3.Connection) -> None:
    found = connection.execute("SELECT id FROM entries_search WHERE entries_search MATCH 'probabilistic'")
    assert ("pyro",) in found.fetchall()
    limits = connection.execute(
        "SELECT limits FROM statements WHERE rowid IN"
        " (SELECT rowid FROM statements_search WHERE statements_search MATCH 'limits : dynamic')"
    ).fetchall()
    assert limits
    assert all("dynamic" in text.lower() for (text,) in limits)
