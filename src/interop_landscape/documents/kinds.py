"""Sorts of values that only documents hold; those of files are in `reading.values`."""

from __future__ import annotations

from dataclasses import dataclass

from interop_landscape.documents import schemas
from interop_landscape.documents.schemas import Schema
from interop_landscape.reading.values import Value


class Described(Value):
    """A sort of value that knows its own schema."""

    def schema(self, doc: str, nullable: bool) -> Schema:
        """The schema of a field of this sort, of which `doc` is said."""
        raise NotImplementedError


class Count(Described):
    """A whole number, 0 or above."""

    def schema(self, doc: str, nullable: bool) -> Schema:
        """An integer."""
        return schemas.of_type(["integer", "null"] if nullable else "integer", doc, minimum=0)


class Share(Described):
    """A number from 0 to 1."""

    def schema(self, doc: str, nullable: bool) -> Schema:
        """A number."""
        return schemas.of_type(["number", "null"] if nullable else "number", doc, minimum=0, maximum=1)


@dataclass(frozen=True)
class Named(Described):
    """A value, or with ``many`` a list of values, whose schema is elsewhere under that name."""

    name: str
    many: bool = False

    def schema(self, doc: str, nullable: bool) -> Schema:
        """A reference."""
        return schemas.array(schemas.ref(self.name), doc) if self.many else schemas.ref(self.name, doc)


@dataclass(frozen=True)
class Shown(Described):
    """A value with the schema that is given."""

    shape: Schema

    def schema(self, doc: str, nullable: bool) -> Schema:
        """That schema, and what is said of it."""
        return {**self.shape, "description": doc}


class Weight(Described):
    """A number, 0 or above: a sum of weights of expected pairs."""

    def schema(self, doc: str, nullable: bool) -> Schema:
        """A number."""
        return schemas.of_type(["number", "null"] if nullable else "number", doc, minimum=0)


class Worth(Weight):
    """A weight times a share, which tables round like a share."""


class Score(Share):
    """The share of the expected weight that is met; null where nothing is expected."""

    def schema(self, doc: str, nullable: bool) -> Schema:
        """A number or null."""
        return super().schema(doc, nullable=True)


@dataclass(frozen=True)
class Form(Described):
    """A text in a form that JSON Schema has a name for, such as ``date-time`` or ``uri-reference``."""

    form: str

    def schema(self, doc: str, nullable: bool) -> Schema:
        """A text."""
        return schemas.of_type(["string", "null"] if nullable else "string", doc, format=self.form)
