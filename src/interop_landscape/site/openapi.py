"""What the files for programs hold, as an OpenAPI 3.1 description with a JSON Schema of each document.

The schemas name every key and allow no others, so that the tests see when a document and its description part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from interop_landscape.documents.entry import entry_properties
from interop_landscape.documents.schemas import (
    Schema,
    array,
    closed,
    day,
    flag,
    mapping,
    of_type,
    or_null,
    ref,
    text,
    text_or_null,
    words,
)
from interop_landscape.documents.statement import STATES, statement_properties, statement_schemas
from interop_landscape.site.published import JSON, PUBLISHED

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


def _count(says: str) -> Schema:
    return of_type("integer", says, minimum=0)


def _weight(says: str) -> Schema:
    return of_type("number", says, minimum=0)


def _share(says: str) -> Schema:
    return of_type("number", says, minimum=0, maximum=1)


def _score(says: str) -> Schema:
    return of_type(["number", "null"], says, minimum=0, maximum=1)


def _constant(word: str) -> Schema:
    return {"const": word, "description": "the shape of this document"}


_EDGE: Final = {
    "from": text("the entry that states it"),
    "relation": text("the relation"),
    "to": text("the entry that it leads to"),
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
_TERM: Final = {"name": text("its name for people"), "summary": text("what it means")}


def _for_scripts(schema: str) -> Schema:
    """A document that the site's own scripts read: its further keys change with them."""
    says = "made for the scripts of this site; further keys may change with any release"
    return of_type("object", says, properties={"schema": _constant(schema)}, required=["schema"])


SCHEMAS: Final[Mapping[str, Schema]] = {
    "Routing": _for_scripts("routing/v1"),
    "Explore": _for_scripts("explore/v1"),
    "Index": closed(
        {
            "schema": _constant("index/v1"),
            "title": text("the landscape's title"),
            "summary": text("what it maps, in one sentence"),
            "repository": text_or_null("where its files are edited"),
            "generated": day("the day that staleness is judged by"),
            "counts": closed(
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
            "kinds": mapping(
                _count("how many entries of the kind there are"), "the kinds of entries, from the top down"
            ),
            "score": _score("the share of the expected weight that is met"),
            "sides": mapping(_score("the score of the side"), "the sides, in order"),
            "files": mapping(text("relative to this file", format="uri-reference"), "the documents by name"),
            "entries": mapping(
                text("relative to this file", format="uri-reference"), "the document of each entry by id"
            ),
            "downloads": mapping(text("relative to this file", format="uri-reference"), "the downloads by name"),
            "feeds": mapping(text("relative to this file", format="uri-reference"), "the feeds by name"),
        },
        "where to start: what there is, and the addresses of all other files",
    ),
    "Tally": closed(_TALLY, "how expected pairs stand"),
    **statement_schemas(),
    "Hop": closed(
        {**_STATEMENT, "statement": text("the statement in words")},
        "one edge of a route; `from` and `to` follow the flow, `relation` is the statement's",
    ),
    "Window": closed(
        {
            "of": text("what is versioned"),
            "versions": text("the versions that suit all hops"),
            "empty": flag("whether there are none"),
        },
        "a window of versions",
    ),
    "Route": closed(
        {
            "strength": text("the support of its weakest edge"),
            "carries": words("what all of its edges carry"),
            "windows": array(ref("Window"), "the versions that suit all hops"),
            "hops": array(ref("Hop"), "its edges in order"),
        },
        "a route of edges that an expectation counts",
    ),
    "Fix": closed(
        {
            "from": text("the entry that would state the edge"),
            "relation": text("the relation"),
            "to": text("the other entry"),
            "unlocks": _weight("the weight of all gaps that the edge would close by itself"),
            "precedent": _share("how usual such an edge is"),
            "value": _weight("`unlocks` × `precedent`"),
            "usage": closed(
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
    "Gap": closed(
        {
            "id": text("`expectation:from:to`; where any target would do it ends in `:*`"),
            "side": text("the side of its expectation"),
            "expectation": text("the rule that expects the pair"),
            "from": text("the entry that should reach"),
            "to": text_or_null("the entry that should be reached; null where any would do"),
            "status": _STATUS,
            "certainty": {"enum": ["confirmed", "presumed"], "description": "whether somebody has looked"},
            "weight": _weight("how much the pair counts"),
            "value": _weight("that of its best fix, 0 where no single edge would close it"),
            "route": or_null(ref("Route"), "the best route there is today, for a weak gap"),
            "fixes": array(ref("Fix"), "the best edges that would each close it, in falling order of value"),
            "record": {
                "oneOf": [
                    closed({"id": text("its id"), "stage": text("the stage that it is in")}, "a record"),
                    {"type": "null"},
                ],
                "description": "the record that tracks it",
            },
        },
        "an expected pair with no strong route",
    ),
    "GapSummary": closed({**_TALLY, "sides": mapping(ref("Tally"), "a tally by side")}, "how all expected pairs stand"),
    "Gaps": closed(
        {
            "schema": _constant("gaps/v1"),
            "summary": ref("GapSummary"),
            "count": _count("how many gaps there are"),
            "gaps": array(ref("Gap"), "the first of them in falling order of value", maxItems=300),
        },
        "the gaps; entries/ID.json has the ids of all gaps of an entry",
    ),
    "Entry": closed(
        {**_ENTRY, "statements": _count("how many statements it stands in"), "score": _score("its score")},
        "anything on the map",
    ),
    "Entries": closed(
        {
            "schema": _constant("list/v1"),
            "count": _count("how many entries there are"),
            "entries": array(ref("Entry"), "the entries by id"),
        },
        "all entries",
    ),
    "Pairs": closed(
        {
            "met": words("ids of pairs that are joined by fully supported edges"),
            "missing": words("ids of gaps without any route"),
            "weak": words("ids of gaps with a route only through a weaker edge"),
            "regressed": words("ids of gaps that had a route before an edge was removed"),
        },
        "expected pairs by how they stand, as `expectation:from:to`",
    ),
    "EntryDocument": closed(
        {
            "schema": _constant("entry/v1"),
            **_ENTRY,
            "tally": ref("Tally", "how the pairs stand that it is an end of"),
            "sides": mapping(ref("Tally"), "such a tally by side, where it has one"),
            "statements": array(ref("Statement"), "the statements at either end of which it stands"),
            "pairs": ref("Pairs", "the pairs that it is an end of"),
            "fixes": array(ref("Fix"), "the best edges that it would state, or that would lead to it"),
        },
        "one entry with what is known of it",
    ),
    "Statements": closed(
        {
            "schema": _constant("statements/v1"),
            "count": _count("how many there are"),
            "statements": array(ref("Statement"), "the statements in the order of edges"),
        },
        "all statements",
    ),
    "Step": closed(
        {
            "edges": array(
                closed({**_EDGE, "precedent": _share("how usual such an edge is, at that step")}, "an edge to build"),
                "one edge, or two in series",
                minItems=1,
                maxItems=2,
            ),
            "unlocks": _weight("the weight of the gaps that it closes"),
            "value": _weight("`unlocks` × the precedents of its edges"),
            "closes": words("the ids of the gaps that it closes"),
            "score": _score("the score after it"),
        },
        "what to build next, as the landscape stands after the steps before",
    ),
    "Plan": closed(
        {
            "schema": _constant("plan/v1"),
            "before": _score("the score before the first step"),
            "after": _score("the score after the last one"),
            "sides": mapping(
                closed({"before": ref("Tally"), "after": ref("Tally")}, "how a side stands"), "the tallies by side"
            ),
            "steps": array(ref("Step"), "the steps in order"),
        },
        "which edges to build, one after the other, so that the most gaps close",
    ),
    "Scores": closed(
        {
            "schema": _constant("score/v1"),
            **_TALLY,
            "sides": mapping(ref("Tally"), "a tally by side"),
            "entries": mapping(
                closed({"kind": text("its kind"), **_TALLY}, "how the pairs of an entry stand"),
                "by entry that is expected",
            ),
        },
        "the share of what is expected that is there: of everything, by side and by entry",
    ),
    "Record": closed(
        {
            "id": text("its id"),
            "title": text("the gap in a few words"),
            "stage": text("the stage that it is in"),
            "owner": text_or_null("who does the work"),
            "milestone": text_or_null("the milestone that holds it"),
            "closes": array(
                closed(
                    {
                        "what": text("a fix in words, or the id of a gap"),
                        "now": text_or_null("the support that a fix has now, `not stated` where there is no statement"),
                    },
                    "what it would close",
                ),
                "fixes or gaps",
            ),
            "stages": array(
                closed(
                    {
                        "stage": text("the stage that was reached"),
                        "date": day("when"),
                        "url": text_or_null("where it can be followed"),
                        "note": text_or_null("what happened"),
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
    "Records": closed(
        {
            "schema": _constant("list-records/v1"),
            "count": _count("how many there are"),
            "records": array(ref("Record"), "the records in the order of their stages"),
        },
        "all records",
    ),
    "Milestone": closed(
        {
            "id": text("its id"),
            "title": text("what is reached"),
            "due": day("when it is due"),
            "stage": text_or_null("the stage that its records are to reach; null: to be closed"),
            "reached": text_or_null("when it was reached", format="date"),
            "note": text_or_null("anything else worth knowing"),
            "records": array(
                closed({"id": text("its id"), "stage": text("the stage that it is in")}, "a record"),
                "the records that it holds",
            ),
            "there": words("the ids of those that have reached the stage"),
            "progress": _score("the share of them"),
        },
        "a date on the timeline",
    ),
    "Probes": closed(
        {
            "schema": _constant("list-probes/v1"),
            "count": _count("how many probes"),
            "probes": array(ref("Probe"), "the probes, by id"),
        },
        "The probes, with what their last runs saw",
    ),
    "Probe": closed(
        {
            "id": text("its id"),
            "shows": text("what it shows, in a sentence"),
            "about": text("what is compared"),
            "dependencies": array({"type": "string"}, "what is installed for it"),
            "needs": {"type": ["string", "null"], "description": "hardware that it needs"},
            "statements": array(
                closed({"edge": text("the statement"), "state": {"enum": list(STATES)}}, "a statement that names it"),
                "the statements that name it",
            ),
            "result": {"type": ["object", "null"], "description": "what its last run saw"},
        },
        "A probe",
    ),
    "Milestones": closed(
        {
            "schema": _constant("list-milestones/v1"),
            "milestones": array(ref("Milestone"), "the milestones, the earliest due first"),
        },
        "all milestones",
    ),
    "Selector": closed(
        {
            "kind": words("of one of these kinds"),
            "tags": words("with any of these tags"),
            "aspect": words("of one of these aspects"),
            "resource": words("offering one of these resources"),
            "carries": words("carrying any of these"),
            "steward": words("with one of these stewards"),
            "entries": words("one of these ids"),
            "without": words("none of these tags"),
            "except": words("none of these ids"),
        },
        "which entries are meant: all keys that are not empty must fit, each by any of its values",
    ),
    "Expectation": closed(
        {
            "id": text("its id"),
            "side": text("the side that it belongs to"),
            "why": text("why this ought to be so"),
            "from": ref("Selector", "which entries should reach"),
            "to": ref("Selector", "which entries should be reached"),
            "need": {"enum": ["each", "any"], "description": "each target, or any one of them"},
            "carrying": words("what must survive"),
            "routes": mapping(
                {"type": "string"}, "the routes that count, by name: relations in flow order with ?, * or +"
            ),
            "weight": _weight("how much each expected pair matters"),
        },
        "which entries ought to be connected, by which routes, carrying what, and why",
    ),
    "Expectations": closed(
        {
            "schema": _constant("expectations/v1"),
            "expectations": array(ref("Expectation"), "the expectations by id"),
        },
        "all expectations",
    ),
    "Term": closed(_TERM, "a word of the vocabulary"),
    "Vocabulary": closed(
        {
            "schema": _constant("vocabulary/v1"),
            "title": text("the landscape's title"),
            "summary": text("what it maps, in one sentence"),
            "repository": text_or_null("where its files are edited"),
            "sides": mapping(
                closed(
                    {
                        "name": text("its name for people"),
                        "question": text("the question that its expectations answer"),
                    },
                    "a direction in which interoperability is asked for",
                ),
                "the sides, in order",
            ),
            "kinds": mapping(
                closed(
                    {
                        "folder": text("the folder of its entries"),
                        "plural": text("its plural in sentences"),
                        "summary": text("what entries of this kind are"),
                        "needs": words("keys that its entries have and others may not"),
                    },
                    "a kind of entry",
                ),
                "the kinds of entries, from the top down",
            ),
            "relations": mapping(
                closed(
                    {
                        "inverse": text("its name when it stands at the other end"),
                        "from": words("kinds that may state it"),
                        "to": words("kinds that it may lead to"),
                        "flows": {
                            "enum": ["forward", "backward", "both"],
                            "description": "the direction in which a model moves, seen from `from`",
                        },
                        "buildable": flag("whether such an edge may be proposed as a fix"),
                        "asks-carries": flag(
                            "whether a statement at a standard of several graphs says which of them it carries"
                        ),
                        "reads": text("the verb in a sentence"),
                    },
                    "a verb that joins two entries",
                ),
                "how entries may be connected",
            ),
            "aspects": mapping(ref("Term"), "aspects of standards"),
            "resources": mapping(ref("Term"), "resources that backends offer"),
            "cargo": mapping(
                closed(
                    {
                        "name": text("its name for people"),
                        "graph": flag("whether it is a kind of computation, of which one crosses at a time"),
                        "summary": text("what it means"),
                    },
                    "something that can cross an edge",
                ),
                "what can cross an edge",
            ),
            "stages": mapping(
                closed(
                    {
                        "name": text("its name for people"),
                        "final": flag("whether a record ends there"),
                        "closes": flag("whether a record that is there says that its gaps are closed"),
                        "summary": text("what happens in it"),
                    },
                    "a stage in the life of a record",
                ),
                "the life of a record, in order",
            ),
            "stewards": mapping(
                closed(
                    {"name": text("its name for people"), "homepage": text_or_null("its address")},
                    "an organisation that looks after entries",
                ),
                "organisations that look after entries",
            ),
            "workflow": mapping(ref("Term"), "steps of the workflow"),
        },
        "the words that all else uses",
    ),
    "Landscape": closed(
        {
            "schema": _constant("landscape/v1"),
            "generated": day("the day that staleness is judged by"),
            "vocabulary": ref("Vocabulary"),
            "entries": array(ref("Entry"), "the entries by id"),
            "statements": array(ref("Statement"), "the statements in the order of edges"),
            "expectations": array(ref("Expectation"), "the expectations by id"),
            "pairs": ref("Pairs", "all expected pairs"),
            "gaps": array(ref("Gap"), "the first gaps in falling order of value, as in gaps.json", maxItems=300),
            "plan": ref("Plan"),
            "scores": ref("Scores"),
            "records": array(ref("Record"), "the records in the order of their stages"),
            "milestones": array(ref("Milestone"), "the milestones, the earliest due first"),
        },
        "everything in one file",
    ),
}

PATHS: Final[Mapping[str, tuple[str, str, str]]] = {
    f"/{one.path}": (one.says, one.media, one.schema) for one in PUBLISHED
}
"""By path below the site: what is there, its media type, and the name of its schema where it has one of its own."""


def _path(path: str, says: str, media: str, schema: str) -> Schema:
    held = ref(schema) if schema else {"type": "object" if media == JSON else "string"}
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
