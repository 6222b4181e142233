"""What the files for programs hold, as an OpenAPI 3.1 description with a JSON Schema of each document.

The schemas name every key and allow no others, so that the tests see when a document and its description part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from interop_landscape.documents.entry import entry_properties
from interop_landscape.documents.statement import STATES, statement_properties, statement_schemas
from interop_landscape.site.published import JSON, PUBLISHED

Schema = dict[str, Any]

VERSION: Final = "1.0.0"
"""The version of the addresses and shapes below ``api/v1``."""


def openapi_document(title: str, summary: str) -> Schema:
    """The description of the files of a landscape that is called so; its addresses are below the site."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": VERSION,
            "description": f"{summary}\n\n{_DESCRIPTION}".lstrip("\n"),
        },
        "servers": [{"url": "../../", "description": "the site that this description is part of"}],
        "paths": {path: _path(path, *about) for path, about in PATHS.items()},
        "components": {"schemas": SCHEMAS},
    }


_DESCRIPTION: Final = (
    "Files that are made with the site: read only, no key, no limit but the host's. Ids are those of the landscape's "
    "files. An edge is written like a statement: `from`, `relation`, `to`. Shares are from 0 to 1, `null` means "
    "unknown or not applicable. More keys may be added; none is removed or given another meaning without a new version."
)


def _ref(name: str, says: str = "") -> Schema:
    reference: Schema = {"$ref": f"#/components/schemas/{name}"}
    return {**reference, "description": says} if says else reference


def _is(kind: str | list[str], says: str, **more: Any) -> Schema:
    return {"type": kind, "description": says, **more}


def _text(says: str, **more: Any) -> Schema:
    return _is("string", says, **more)


def _maybe(says: str, **more: Any) -> Schema:
    """A text, or null."""
    return _is(["string", "null"], says, **more)


def _count(says: str) -> Schema:
    return _is("integer", says, minimum=0)


def _weight(says: str) -> Schema:
    return _is("number", says, minimum=0)


def _share(says: str) -> Schema:
    return _is("number", says, minimum=0, maximum=1)


def _score(says: str) -> Schema:
    return _is(["number", "null"], says, minimum=0, maximum=1)


def _flag(says: str) -> Schema:
    return _is("boolean", says)


def _day(says: str) -> Schema:
    return _text(says, format="date")


def _constant(word: str) -> Schema:
    return {"const": word, "description": "the shape of this document"}


def _list(items: Schema, says: str, **more: Any) -> Schema:
    return _is("array", says, items=items, **more)


def _words(says: str) -> Schema:
    return _list({"type": "string"}, says)


def _map(values: Schema, says: str) -> Schema:
    return _is("object", says, additionalProperties=values)


def _object(properties: Mapping[str, Schema], says: str) -> Schema:
    """An object that has just these keys, and all of them."""
    return _is("object", says, properties=dict(properties), required=list(properties), additionalProperties=False)


def _or_null(name: str, says: str) -> Schema:
    return {"oneOf": [_ref(name), {"type": "null"}], "description": says}


_EDGE: Final = {
    "from": _text("the entry that states it"),
    "relation": _text("the relation"),
    "to": _text("the entry that it leads to"),
}
_TALLY: Final = {
    "expected": _count("how many pairs are expected"),
    "met": _count("how many are joined by fully supported edges"),
    "missing": _count("how many have no route"),
    "weak": _count("how many have a route only through a weaker edge"),
    "regressed": _count("how many had a route before an edge was removed"),
    "score": _score("the share of the expected weight that is met"),
}
_ENTRY: Final = entry_properties()
_STATEMENT: Final = statement_properties()
_STATUS: Final = {"enum": ["missing", "weak", "regressed"], "description": "how it falls short"}
_TERM: Final = {"name": _text("its name for people"), "summary": _text("what it means")}


def _for_scripts(schema: str) -> Schema:
    """A document that the site's own scripts read: its further keys change with them."""
    says = "made for the scripts of this site; further keys may change with any release"
    return _is("object", says, properties={"schema": _constant(schema)}, required=["schema"])


SCHEMAS: Final[Mapping[str, Schema]] = {
    "Routing": _for_scripts("routing/v1"),
    "Explore": _for_scripts("explore/v1"),
    "Index": _object(
        {
            "schema": _constant("index/v1"),
            "title": _text("the landscape's title"),
            "summary": _text("what it maps, in one sentence"),
            "repository": _maybe("where its files are edited"),
            "generated": _day("the day that staleness is judged by"),
            "counts": _object(
                {
                    "entries": _count("how many entries there are"),
                    "statements": _count("how many statements"),
                    "expectations": _count("how many expectations"),
                    "gaps": _count("how many gaps"),
                    "records": _count("how many records"),
                    "milestones": _count("how many milestones"),
                },
                "how much there is",
            ),
            "kinds": _map(_count("how many entries of the kind there are"), "the kinds of entries, from the top down"),
            "score": _score("the share of the expected weight that is met"),
            "sides": _map(_score("the score of the side"), "the sides, in order"),
            "files": _map(_text("relative to this file", format="uri-reference"), "the documents by name"),
            "entries": _map(_text("relative to this file", format="uri-reference"), "the document of each entry by id"),
            "downloads": _map(_text("relative to this file", format="uri-reference"), "the downloads by name"),
            "feeds": _map(_text("relative to this file", format="uri-reference"), "the feeds by name"),
        },
        "where to start: what there is, and the addresses of all other files",
    ),
    "Tally": _object(_TALLY, "how expected pairs stand"),
    **statement_schemas(),
    "Hop": _object(
        {**_STATEMENT, "statement": _text("the statement in words")},
        "one edge of a route; `from` and `to` follow the flow, `relation` is the statement's",
    ),
    "Window": _object(
        {
            "of": _text("what is versioned"),
            "versions": _text("the versions that suit all hops"),
            "empty": _flag("whether there are none"),
        },
        "a window of versions",
    ),
    "Route": _object(
        {
            "strength": _text("the support of its weakest edge"),
            "carries": _words("what all of its edges carry"),
            "windows": _list(_ref("Window"), "the versions that suit all hops"),
            "hops": _list(_ref("Hop"), "its edges in order"),
        },
        "a route of edges that an expectation counts",
    ),
    "Fix": _object(
        {
            "from": _text("the entry that would state the edge"),
            "relation": _text("the relation"),
            "to": _text("the other entry"),
            "unlocks": _weight("the weight of all gaps that the edge would close by itself"),
            "precedent": _share("how usual such an edge is"),
            "value": _weight("`unlocks` × `precedent`"),
            "usage": _object(
                {
                    "sources": _count("how many other entries of its kind have the relation to `to`"),
                    "of_sources": _count("of how many"),
                    "targets": _count("to how many other entries of that kind `from` has the relation"),
                    "of_targets": _count("of how many"),
                },
                "the counts behind the precedent",
            ),
        },
        "an edge that would close gaps if it were fully supported",
    ),
    "Gap": _object(
        {
            "id": _text("`expectation:from:to`; where any target would do it ends in `:*`"),
            "side": _text("the side of its expectation"),
            "expectation": _text("the rule that expects the pair"),
            "from": _text("the entry that should reach"),
            "to": _maybe("the entry that should be reached; null where any would do"),
            "status": _STATUS,
            "certainty": {"enum": ["confirmed", "presumed"], "description": "whether somebody has looked"},
            "weight": _weight("how much the pair counts"),
            "value": _weight("that of its best fix, 0 where no single edge would close it"),
            "route": _or_null("Route", "the best route there is today, for a weak gap"),
            "fixes": _list(_ref("Fix"), "the best edges that would each close it, in falling order of value"),
            "record": {
                "oneOf": [
                    _object({"id": _text("its id"), "stage": _text("the stage that it is in")}, "a record"),
                    {"type": "null"},
                ],
                "description": "the record that tracks it",
            },
        },
        "an expected pair with no strong route",
    ),
    "GapSummary": _object({**_TALLY, "sides": _map(_ref("Tally"), "a tally by side")}, "how all expected pairs stand"),
    "Gaps": _object(
        {
            "schema": _constant("gaps/v1"),
            "summary": _ref("GapSummary"),
            "count": _count("how many gaps there are"),
            "gaps": _list(_ref("Gap"), "the first of them in falling order of value", maxItems=300),
        },
        "the gaps; entries/ID.json has the ids of all gaps of an entry",
    ),
    "Entry": _object(
        {**_ENTRY, "statements": _count("how many statements it stands in"), "score": _score("its score")},
        "anything on the map",
    ),
    "Entries": _object(
        {
            "schema": _constant("list/v1"),
            "count": _count("how many entries there are"),
            "entries": _list(_ref("Entry"), "the entries by id"),
        },
        "all entries",
    ),
    "Pairs": _object(
        {
            "met": _words("ids of pairs that are joined by fully supported edges"),
            "missing": _words("ids of gaps without any route"),
            "weak": _words("ids of gaps with a route only through a weaker edge"),
            "regressed": _words("ids of gaps that had a route before an edge was removed"),
        },
        "expected pairs by how they stand, as `expectation:from:to`",
    ),
    "EntryDocument": _object(
        {
            "schema": _constant("entry/v1"),
            **_ENTRY,
            "tally": _ref("Tally", "how the pairs stand that it is an end of"),
            "sides": _map(_ref("Tally"), "such a tally by side, where it has one"),
            "statements": _list(_ref("Statement"), "the statements at either end of which it stands"),
            "pairs": _ref("Pairs", "the pairs that it is an end of"),
            "fixes": _list(_ref("Fix"), "the best edges that it would state, or that would lead to it"),
        },
        "one entry with what is known of it",
    ),
    "Statements": _object(
        {
            "schema": _constant("statements/v1"),
            "count": _count("how many there are"),
            "statements": _list(_ref("Statement"), "the statements in the order of edges"),
        },
        "all statements",
    ),
    "Step": _object(
        {
            "edges": _list(
                _object({**_EDGE, "precedent": _share("how usual such an edge is, at that step")}, "an edge to build"),
                "one edge, or two in series",
                minItems=1,
                maxItems=2,
            ),
            "unlocks": _weight("the weight of the gaps that it closes"),
            "value": _weight("`unlocks` × the precedents of its edges"),
            "closes": _words("the ids of the gaps that it closes"),
            "score": _score("the score after it"),
        },
        "what to build next, as the landscape stands after the steps before",
    ),
    "Plan": _object(
        {
            "schema": _constant("plan/v1"),
            "before": _score("the score before the first step"),
            "after": _score("the score after the last one"),
            "sides": _map(
                _object({"before": _ref("Tally"), "after": _ref("Tally")}, "how a side stands"), "the tallies by side"
            ),
            "steps": _list(_ref("Step"), "the steps in order"),
        },
        "which edges to build, one after the other, so that the most gaps close",
    ),
    "Scores": _object(
        {
            "schema": _constant("score/v1"),
            **_TALLY,
            "sides": _map(_ref("Tally"), "a tally by side"),
            "entries": _map(
                _object({"kind": _text("its kind"), **_TALLY}, "how the pairs of an entry stand"),
                "by entry that is expected",
            ),
        },
        "the share of what is expected that is there: of everything, by side and by entry",
    ),
    "Record": _object(
        {
            "id": _text("its id"),
            "title": _text("the gap in a few words"),
            "stage": _text("the stage that it is in"),
            "owner": _maybe("who carries it"),
            "milestone": _maybe("the milestone that holds it"),
            "closes": _list(
                _object(
                    {
                        "what": _text("a fix in words, or the id of a gap"),
                        "now": _maybe("the support that a fix has now, `not stated` where nobody has said"),
                    },
                    "what it would close",
                ),
                "fixes or gaps",
            ),
            "stages": _list(
                _object(
                    {
                        "stage": _text("the stage that was reached"),
                        "date": _day("when"),
                        "url": _maybe("where it can be followed"),
                        "note": _maybe("what happened"),
                    },
                    "one step of its life",
                ),
                "its life so far",
                minItems=1,
            ),
            "gap_count": _count("how many gaps it tracks today"),
        },
        "a gap that is tracked through its stages",
    ),
    "Records": _object(
        {
            "schema": _constant("list-records/v1"),
            "count": _count("how many there are"),
            "records": _list(_ref("Record"), "the records in the order of their stages"),
        },
        "all records",
    ),
    "Milestone": _object(
        {
            "id": _text("its id"),
            "title": _text("what is reached"),
            "due": _day("when it is due"),
            "stage": _maybe("the stage that its records are to reach; null: to be closed"),
            "reached": _maybe("when it was reached", format="date"),
            "note": _maybe("anything else worth knowing"),
            "records": _list(
                _object({"id": _text("its id"), "stage": _text("the stage that it is in")}, "a record"),
                "the records that it holds",
            ),
            "there": _words("the ids of those that have reached the stage"),
            "progress": _score("the share of them"),
        },
        "a date on the timeline",
    ),
    "Probes": _object(
        {
            "schema": _constant("list-probes/v1"),
            "count": _count("how many probes"),
            "probes": _list(_ref("Probe"), "the probes, by id"),
        },
        "The probes, with what their last runs saw",
    ),
    "Probe": _object(
        {
            "id": _text("its id"),
            "shows": _text("what it shows, in a sentence"),
            "about": _text("what is compared"),
            "dependencies": _list({"type": "string"}, "what is installed for it"),
            "needs": {"type": ["string", "null"], "description": "hardware that it needs"},
            "statements": _list(
                _object({"edge": _text("the statement"), "state": {"enum": list(STATES)}}, "a statement that names it"),
                "the statements that name it",
            ),
            "result": {"type": ["object", "null"], "description": "what its last run saw"},
        },
        "A probe",
    ),
    "Milestones": _object(
        {
            "schema": _constant("list-milestones/v1"),
            "milestones": _list(_ref("Milestone"), "the milestones, the earliest due first"),
        },
        "all milestones",
    ),
    "Selector": _object(
        {
            "kind": _words("of one of these kinds"),
            "tags": _words("with any of these tags"),
            "aspect": _words("of one of these aspects"),
            "resource": _words("offering one of these resources"),
            "carries": _words("carrying any of these"),
            "steward": _words("with one of these stewards"),
            "entries": _words("one of these ids"),
            "without": _words("none of these tags"),
            "except": _words("none of these ids"),
        },
        "which entries are meant: all keys that are not empty must fit, each by any of its values",
    ),
    "Expectation": _object(
        {
            "id": _text("its id"),
            "side": _text("the side that it belongs to"),
            "why": _text("why this ought to be so"),
            "from": _ref("Selector", "which entries should reach"),
            "to": _ref("Selector", "which entries should be reached"),
            "need": {"enum": ["each", "any"], "description": "each target, or any one of them"},
            "carrying": _words("what must survive"),
            "routes": _map(
                {"type": "string"}, "the routes that count, by name: relations in flow order with ?, * or +"
            ),
            "weight": _weight("how much each expected pair matters"),
        },
        "which entries ought to be connected, by which routes, carrying what, and why",
    ),
    "Expectations": _object(
        {
            "schema": _constant("expectations/v1"),
            "expectations": _list(_ref("Expectation"), "the expectations by id"),
        },
        "all expectations",
    ),
    "Term": _object(_TERM, "a word of the vocabulary"),
    "Vocabulary": _object(
        {
            "schema": _constant("vocabulary/v1"),
            "title": _text("the landscape's title"),
            "summary": _text("what it maps, in one sentence"),
            "repository": _maybe("where its files are edited"),
            "sides": _map(
                _object(
                    {
                        "name": _text("its name for people"),
                        "question": _text("the question that its expectations answer"),
                    },
                    "a direction in which interoperability is asked for",
                ),
                "the sides, in order",
            ),
            "kinds": _map(
                _object(
                    {
                        "folder": _text("the folder of its entries"),
                        "plural": _text("its plural in sentences"),
                        "summary": _text("what entries of this kind are"),
                        "needs": _words("keys that its entries have and others may not"),
                    },
                    "a kind of entry",
                ),
                "the kinds of entries, from the top down",
            ),
            "relations": _map(
                _object(
                    {
                        "inverse": _text("its name when it stands at the other end"),
                        "from": _words("kinds that may state it"),
                        "to": _words("kinds that it may lead to"),
                        "flows": {
                            "enum": ["forward", "backward", "both"],
                            "description": "which way a model moves, seen from `from`",
                        },
                        "buildable": _flag("whether such an edge may be proposed as a fix"),
                        "asks-carries": _flag(
                            "whether a statement at a standard of several graphs says which of them it carries"
                        ),
                        "reads": _text("the verb in a sentence"),
                    },
                    "a verb that joins two entries",
                ),
                "how entries may be connected",
            ),
            "aspects": _map(_ref("Term"), "aspects of standards"),
            "resources": _map(_ref("Term"), "resources that backends offer"),
            "cargo": _map(
                _object(
                    {
                        "name": _text("its name for people"),
                        "graph": _flag("whether it is a kind of computation, of which one crosses at a time"),
                        "summary": _text("what it means"),
                    },
                    "something that can cross an edge",
                ),
                "what can cross an edge",
            ),
            "stages": _map(
                _object(
                    {
                        "name": _text("its name for people"),
                        "final": _flag("whether a record ends there"),
                        "closes": _flag("whether a record that is there says that its gaps are closed"),
                        "summary": _text("what happens in it"),
                    },
                    "a stage in the life of a record",
                ),
                "the life of a record, in order",
            ),
            "stewards": _map(
                _object(
                    {"name": _text("its name for people"), "homepage": _maybe("its address")},
                    "an organisation that looks after entries",
                ),
                "organisations that look after entries",
            ),
            "workflow": _map(_ref("Term"), "steps of the workflow"),
        },
        "the words that all else uses",
    ),
    "Landscape": _object(
        {
            "schema": _constant("landscape/v1"),
            "generated": _day("the day that staleness is judged by"),
            "vocabulary": _ref("Vocabulary"),
            "entries": _list(_ref("Entry"), "the entries by id"),
            "statements": _list(_ref("Statement"), "the statements in the order of edges"),
            "expectations": _list(_ref("Expectation"), "the expectations by id"),
            "pairs": _ref("Pairs", "all expected pairs"),
            "gaps": _list(_ref("Gap"), "the first gaps in falling order of value, as in gaps.json", maxItems=300),
            "plan": _ref("Plan"),
            "scores": _ref("Scores"),
            "records": _list(_ref("Record"), "the records in the order of their stages"),
            "milestones": _list(_ref("Milestone"), "the milestones, the earliest due first"),
        },
        "everything in one file",
    ),
}

PATHS: Final[Mapping[str, tuple[str, str, str]]] = {
    f"/{one.path}": (one.says, one.media, one.schema) for one in PUBLISHED
}
"""By path below the site: what is there, its media type, and the name of its schema where it has one of its own."""


def _path(path: str, says: str, media: str, schema: str) -> Schema:
    held = _ref(schema) if schema else {"type": "object" if media == JSON else "string"}
    operation: Schema = {
        "operationId": "get-" + path.strip("/").replace("api/v1/", "").replace("{id}", "one").replace("/", "-"),
        "summary": says,
        "responses": {"200": {"description": says, "content": {media: {"schema": held}}}},
    }
    if "{id}" in path:
        operation["responses"]["404"] = {"description": "there is no such entry"}
        operation["parameters"] = [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": "the id of an entry",
                "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            }
        ]
    return {"get": operation}
