"""What the files for programs hold, as an OpenAPI 3.1 description with a JSON Schema of each document.

The schemas name every key and allow no others, so that the tests see when a document and its description part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from interop_landscape.documents.catalogue import DOCUMENTS
from interop_landscape.documents.declare import components_of
from interop_landscape.documents.schemas import (
    Schema,
    array,
    closed,
    day,
    flag,
    mapping,
    of_type,
    ref,
    text,
    text_or_null,
    words,
)
from interop_landscape.documents.statement import STATES
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


def _score(says: str) -> Schema:
    return of_type(["number", "null"], says, minimum=0, maximum=1)


def _constant(word: str) -> Schema:
    return {"const": word, "description": "the shape of this document"}


_TERM: Final = {"name": text("its name for people"), "summary": text("what it means")}


def _for_scripts(schema: str) -> Schema:
    """A document that the site's own scripts read: its further keys change with them."""
    says = "made for the scripts of this site; further keys may change with any release"
    return of_type("object", says, properties={"schema": _constant(schema)}, required=["schema"])


SCHEMAS: Final[Mapping[str, Schema]] = {
    "Routing": _for_scripts("routing/v1"),
    "Explore": _for_scripts("explore/v1"),
    **components_of(DOCUMENTS),
    "Record": closed(
        {
            "id": text("its id"),
            "title": text("the gap in a few words"),
            "stage": text("the stage that it is in"),
            "owner": text_or_null("who carries it"),
            "milestone": text_or_null("the milestone that holds it"),
            "closes": array(
                closed(
                    {
                        "what": text("a fix in words, or the id of a gap"),
                        "now": text_or_null("the support that a fix has now, `not stated` where nobody has said"),
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
                            "description": "which way a model moves, seen from `from`",
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
