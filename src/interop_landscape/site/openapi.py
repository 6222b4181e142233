"""What the files for programs hold, as an OpenAPI 3.1 description with a JSON Schema of each document.

The schemas name every key and allow no others, so that the tests see when a document and its description part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from interop_landscape.documents.catalogue import DOCUMENTS
from interop_landscape.documents.describe import components_of
from interop_landscape.documents.schemas import Schema, ref
from interop_landscape.site.published import PUBLISHED

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


SCHEMAS: Final[Mapping[str, Schema]] = components_of(DOCUMENTS)

PATHS: Final[Mapping[str, tuple[str, str, str]]] = {
    f"/{one.path}": (one.says, one.media, one.schema) for one in PUBLISHED
}
"""By path below the site: what is there, its media type, and the name of its schema where it has one of its own."""


def _path(path: str, says: str, media: str, schema: str) -> Schema:
    held = ref(schema) if schema else {"type": "object" if media.endswith("json") else "string"}
    below = path.strip("/").replace("api/v1/", "").replace("{id}", "one")
    name = below.translate(_NO_BRACES).replace("/", "-")
    operation: Schema = {
        "operationId": f"get-{name}",
        "summary": says,
        "responses": {"200": {"description": says, "content": {media: {"schema": held}}}},
    }
    named = re.findall(r"\{(\w+)\}", path)
    if named:
        operation["responses"]["404"] = {"description": "there is no such file"}
        operation["parameters"] = [_parameter(one, *_PARAMETERS[one]) for one in named]
    return {"get": operation}


_NO_BRACES: Final = str.maketrans("", "", "{}")
# A standard that is called like a side has an underscore behind it.
_PARAMETERS: Final = {
    "id": ("the id of an entry", ""),
    "about": ("the id of a side or of a standard", "_?"),
    "expectation": ("the id of an expectation", ""),
    "period": ("the name of a period, as in the index", ""),
}


def _parameter(name: str, says: str, more: str) -> Schema:
    schema = {"type": "string", "pattern": f"^[a-z0-9]+(-[a-z0-9]+)*{more}$"}
    return {"name": name, "in": "path", "required": True, "description": says, "schema": schema}
