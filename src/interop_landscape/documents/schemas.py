"""The JSON Schemas (2020-12) of values that documents hold, as the API's description shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]


def ref(name: str, says: str = "") -> Schema:
    """A reference to the schema of that name."""
    reference: Schema = {"$ref": f"#/components/schemas/{name}"}
    return {**reference, "description": says} if says else reference


def of_type(kind: str | list[str], says: str, **more: Any) -> Schema:
    """A value of a JSON type."""
    return {"type": kind, "description": says, **more}


def text(says: str, **more: Any) -> Schema:
    """A text."""
    return of_type("string", says, **more)


def text_or_null(says: str, **more: Any) -> Schema:
    """A text, or null."""
    return of_type(["string", "null"], says, **more)


def flag(says: str) -> Schema:
    """Yes or no."""
    return of_type("boolean", says)


def day(says: str) -> Schema:
    """A date."""
    return text(says, format="date")


def constant(word: str) -> Schema:
    """The word that names the shape of a document."""
    return {"const": word, "description": "the shape of this document"}


def one_of(words: tuple[str | None, ...], says: str) -> Schema:
    """One of a few fixed words; null where None is among them."""
    return {"enum": list(words), "description": says}


def array(items: Schema, says: str, **more: Any) -> Schema:
    """A list."""
    return of_type("array", says, items=items, **more)


def words(says: str) -> Schema:
    """A list of texts."""
    return array({"type": "string"}, says)


def mapping(values: Schema, says: str) -> Schema:
    """An object with keys of the data, whose values are alike."""
    return of_type("object", says, additionalProperties=values)


def closed(properties: Mapping[str, Schema], says: str) -> Schema:
    """An object that has just these keys, and all of them."""
    return of_type("object", says, properties=dict(properties), required=list(properties), additionalProperties=False)


def or_null(schema: Schema, says: str) -> Schema:
    """What the schema allows, or null."""
    return {"oneOf": [schema, {"type": "null"}], "description": says}
