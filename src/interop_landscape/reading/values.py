"""Scalars: how each sort of single value in a file is described, checked and read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

import yaml

from interop_landscape.reading import bounds
from interop_landscape.reading.patterns import Pattern, PatternError, parse_pattern
from interop_landscape.reading.reader import INVALID, Reader
from interop_landscape.text import one_of, slug

ID_PATTERN: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
is_id: Final = re.compile(ID_PATTERN).fullmatch


class Value:
    """How one sort of value is read.

    ``says`` names it in messages and in the documentation; a scalar has at most ``most`` characters.
    """

    says: str = "a value"
    most: int = bounds.NAME

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The value of `node`, or INVALID after noting why there is none."""
        raise NotImplementedError

    def _scalar(self, node: yaml.Node, reader: Reader) -> Any:
        """The text of a scalar that is there, or INVALID."""
        if node.__class__ is not yaml.ScalarNode:
            found = "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"
            return reader.note(node, "wrong-type", f"expected {self.says}, found {found}")
        value = node.value
        if not node.style and value in ("", "~", "null", "Null", "NULL"):
            return reader.note(node, "wrong-type", f"expected {self.says}, found nothing", reader.fill_in)
        if len(value) > self.most:
            message = f"{len(value):,} characters, and {self.says} has at most {self.most:,}"
            return reader.note(node, "too-long", message, "shorten it, or link to the rest")
        return value


class Text(Value):
    """A piece of text, not empty, without control characters, of at most `most` characters."""

    says = "text"

    def __init__(self, most: int = bounds.TEXT) -> None:
        self.most = most

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The text as written; quotes and folds of YAML are gone."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if not value.isprintable():
            for character in value:
                if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\n\u200c\u200d":
                    name = f"U+{ord(character):04X}"
                    return reader.note(
                        node, "bad-text", f"the text holds the control character {name}", "write it without"
                    )
        if not value or value.isspace():
            return reader.note(node, "wrong-type", f"expected {self.says}, found nothing", reader.fill_in)
        if reader.cut and isinstance(node, yaml.ScalarNode) and not node.style:
            _note_cut(node, reader)
        return value


CUT: Final = re.compile(r"(?<=[^\s#]) #(?=[^\s#])")
"""A `#` that begins a comment for YAML, and for its author most likely a number or a name."""


def _note_cut(node: yaml.ScalarNode, reader: Reader) -> None:
    """Warn of a plain text that ends at a ` #` which somebody meant as part of it."""
    end = node.end_mark
    rest = reader.cut.get(end.line, "")[end.column :]
    if CUT.match(f"x{rest}", 1):
        said = f"the text ends before `{rest.strip()}`: ` #` begins a comment"
        reader.note(node, "cut-text", said, "quote the text, or put two spaces before a comment", severity="warning")


class Licence(Text):
    """An SPDX licence expression, such as ``Apache-2.0 OR MIT``."""

    says = "an SPDX licence id"

    def __init__(self) -> None:
        super().__init__(bounds.NAME)

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The expression as it is written."""
        value = super().read(node, reader)
        if value is INVALID or value in _KNOWN_LICENCES:
            return value
        from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

        try:
            certain = canonicalize_license_expression(value)
        except InvalidLicenseExpression:
            hint = "look it up at spdx.org/licenses; what is not listed there is `LicenseRef-…`"
            return reader.note(node, "bad-licence", f"`{value}` is not {self.says}", hint)
        if certain != value:
            return reader.note(
                node, "bad-licence", f"`{value}` is written `{certain}`", f"write `{certain}`", write=certain
            )
        return value


_KNOWN_LICENCES: Final = frozenset({"Apache-2.0", "MIT", "BSD-3-Clause", "BSD-2-Clause", "MPL-2.0"})
"""Those that most entries have, for which nothing need be imported."""


class Slug(Value):
    """An id: lower-case letters, digits and single hyphens."""

    says = "an id (lower-case letters, digits, hyphens)"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The id as text."""
        value = self._scalar(node, reader)
        if value is INVALID or is_id(value):
            return value
        autofix = slug(value) or None
        hint = f"write `{autofix}`" if autofix else "choose an id"
        return reader.note(node, "bad-id", f"`{value}` is not {self.says}", hint, write=autofix)


REQUIREMENT_PATTERN: Final = r"[A-Z]{2,8}(?:-[A-Z]{1,8})+-[0-9]{2,3}"


class RequirementId(Value):
    """The id of a requirement, such as ``IOP-SB-03``: groups of capitals, and a number."""

    says = "the id of a requirement, such as `IOP-SB-03`"
    is_good = staticmethod(re.compile(REQUIREMENT_PATTERN).fullmatch)

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The id as text."""
        value = self._scalar(node, reader)
        if value is INVALID or self.is_good(value):
            return value
        certain = re.sub(r"[^A-Z0-9]+", "-", value.upper()).strip("-")
        hint = f"write `{certain}`" if self.is_good(certain) else "write capitals, and a number of two digits"
        write = certain if self.is_good(certain) else None
        return reader.note(node, "bad-id", f"`{value}` is not {self.says}", hint, write=write)


_LABEL: Final = r"(?!xn--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST_PATTERN: Final = rf"(?:{_LABEL}\.)+(?!xn--)[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?"
"""A host by name, in letters that all look different; one with ``xn--`` is looked at closely."""
_ANY_HOST: Final = re.compile(HOST_PATTERN.replace("(?!xn--)", ""))


def is_host(text: str) -> bool:
    """Whether `text` is the name of a host in the public DNS: in ASCII, each label of letters and digits.

    An address in digits is none, as there are many ways to write one.
    """
    return len(text) <= 253 and _ANY_HOST.fullmatch(text) is not None and all(map(_is_label, text.split(".")))


def _is_label(label: str) -> bool:
    """Whether a label of other scripts (``xn--``) stands for just one text, and for nothing that ASCII can say."""
    if not label.lower().startswith("xn--"):
        return True
    try:
        text = label[4:].lower().encode().decode("punycode")
    except UnicodeError:
        return False
    plain = (
        text == unicodedata.normalize("NFKC", text).lower() and text.encode("punycode").decode() == label[4:].lower()
    )
    return plain and not text.isascii() and all(unicodedata.category(c)[0] in "LMN" or c == "-" for c in text)


def _in_ascii(host: str) -> str:
    """The hint that says how a host in other letters is written."""
    try:
        return f"write the host as `{host.encode('idna').decode()}`, if it is the one that you mean"
    except UnicodeError:
        return "write the host in ASCII"


class Url(Value):
    """An http or https address of a host by name, without credentials."""

    says = "an http or https address"
    most = bounds.URL
    _good = re.compile(rf"https?://(?=[^/?#]{{,253}}(?:[/?#]|\Z)){HOST_PATTERN}(?:[/?#][!#-;=?-\[\]_a-z~]*)?")
    _unsafe = re.compile(r"[\s<>\"\\^`{|}]")

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The address as text."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        fault = None if self._good.fullmatch(value) else self._fault(value)
        if fault is None:
            return value
        message, hint = fault
        return reader.note(node, "bad-url", message, hint)

    def _fault(self, value: str) -> tuple[str, str] | None:
        """(message, hint) of what is no address, or not one that every reader and browser reads the same."""
        scheme, found, rest = value.partition("://")
        if not found or scheme.lower() not in ("http", "https"):
            whole = f"https://{value}"
            bare = "." in value.partition("/")[0] and self._good.fullmatch(whole) is not None
            hint = f"write `{whole}`" if bare else "write https://host/path"
            return f"`{value}` is not http or https", hint
        authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
        if "@" in authority:
            return "the address holds a user name or password", "write it without"
        host, colon, port = authority.partition(":")
        if scheme != scheme.lower():
            return f"`{scheme}` is not in small letters", f"write `{scheme.lower()}://{rest}`"
        if not host.isascii():
            return f"the host `{host}` has letters beyond ASCII, of which some look like others", _in_ascii(host)
        if not is_host(host) or (colon and not 0 < int(f"0{port}" if re.fullmatch("[0-9]{1,5}", port) else 0) < 65536):
            return f"`{value}` is not an address", "write https://host/path"
        if self._unsafe.search(value) or not value.isprintable():
            return f"`{value}` is not an address", "encode spaces and quotes as %20, %22"
        return None


class Date(Value):
    """A calendar date, not in the future unless `future` allows it."""

    says = "a date (YYYY-MM-DD)"
    _form = re.compile(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]")

    def __init__(self, *, future: bool = False) -> None:
        self.future = future

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The date."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        day = self._parse(value)
        if day is None:
            autofix = self._otherwise_written(value)
            hint = f"write `{autofix}`" if autofix else f"for example {reader.today}"
            return reader.note(node, "bad-date", f"`{value}` is not {self.says}", hint, write=autofix)
        if day > reader.today and not self.future:
            return reader.note(node, "future-date", f"{value} is in the future", f"today is {reader.today}")
        return day

    @classmethod
    def _otherwise_written(cls, value: str) -> str | None:
        """The date where its form leaves no doubt: 2026/2/3, 2026-02-03T12:00, or with dots 3.2.2026."""
        match = re.fullmatch(r"(\d{4})[-/. ](\d\d?)[-/. ](\d\d?)(?:[T ].*)?", value)
        parts = match.groups() if match else ()
        if not parts and (match := re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", value)):
            parts = match.groups()[::-1]
        day = cls._parse("{}-{:0>2}-{:0>2}".format(*parts)) if parts else None
        return day.isoformat() if day else None

    @classmethod
    @cache
    def _parse(cls, value: str) -> date | None:
        if not cls._form.fullmatch(value):
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None


class Number(Value):
    """A finite number above zero."""

    says = "a number above 0"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The number, as a float."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value) and float(value) > 0:
            return float(value)
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", "for example 1 or 0.5")


class Whole(Value):
    """A whole number, zero or above."""

    says = "a whole number, 0 or above"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The number, as an int."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if re.fullmatch(r"[0-9]{1,15}", value):
            return int(value)
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", "for example 60")


class Figure(Value):
    """A finite number, zero or above, as programs write it."""

    says = "a number, 0 or above"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The number, as a float."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if re.fullmatch(r"[0-9]{1,330}(\.[0-9]{1,330})?(e[+-]?[0-9]{1,3})?", value) and float(value) < float("inf"):
            return float(value)
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", "for example 0.5 or 1e-05")


class Flag(Value):
    """Yes or no, written ``true`` or ``false``."""

    says = "true or false"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """A bool."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if value in ("true", "false"):
            return value == "true"
        autofix = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value.lower(), value.lower())
        certain = autofix if autofix in ("true", "false") else None
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", "write true or false", write=certain)


class Days(Value):
    """A number of days, such as ``180 days``."""

    says = "a number of days, such as `180 days`"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """A timedelta."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        match = re.fullmatch(r"([1-9][0-9]{0,4}) days?", value)
        if match:
            return timedelta(days=int(match[1]))
        counted = re.fullmatch(r"([1-9][0-9]{0,4}) ?(?:d|days?)?", value)
        certain = f"{counted[1]} days" if counted else None
        hint = f"write `{certain}`" if certain else "for example `180 days`"
        return reader.note(node, "wrong-type", f"`{value}` is not {self.says}", hint, write=certain)


class Specifier(Value):
    """A PEP 440 version specifier, such as ``>=18,<24``."""

    says = "a version specifier, such as `>=18,<24`"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The specifier as text; it is known to parse."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        if self._parses(value):
            return value
        return reader.note(
            node, "bad-specifier", f"`{value}` is not {self.says}", "see PEP 440, for example `>=1.2,<2`"
        )

    @staticmethod
    @cache
    def _parses(value: str) -> bool:
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        try:
            return bool(str(SpecifierSet(value)))
        except InvalidSpecifier:
            return False


class RoutePattern(Value):
    """A route pattern over the vocabulary's relations."""

    says = "a route pattern, such as `exports imports runs-on?`"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The parsed Pattern."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        try:
            pattern = parse_pattern(value)
        except PatternError as error:
            return reader.note(node, "bad-pattern", str(error), "relations in flow order", offset=error.offset)
        relations = reader.vocabulary.get("relations")
        if relations is not None and not self._known(pattern, relations, node, reader):
            return INVALID
        return pattern

    @staticmethod
    def _known(pattern: Pattern, relations: Any, node: yaml.Node, reader: Reader) -> bool:
        good = True
        for step in pattern.steps:
            if step.relation not in relations:
                offset = pattern.text.index(step.relation)
                hint = reader.suggestions.did_you_mean(
                    step.relation, relations, "relations", otherwise=one_of(relations)
                )
                reader.note(node, "unknown-relation", f"no relation is called `{step.relation}`", hint, offset=offset)
                good = False
        return good


class OneOf(Value):
    """One of a few fixed words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.says = one_of(words)

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The word."""
        value = self._scalar(node, reader)
        if value is INVALID or value in self.words:
            return value
        hint = reader.suggestions.did_you_mean(value, self.words, self.says, otherwise=f"write {self.says}")
        autofix = reader.suggestions.meant(value, self.words, self.says)
        return reader.note(node, "unknown-value", f"`{value}` is not {self.says}", hint, write=autofix)


class Defined(Value):
    """An id that one section of the vocabulary defines."""

    def __init__(self, section: str) -> None:
        self.section = section
        self.says = f"an id under `{section}` in landscape.yml"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        """The id as text."""
        value = self._scalar(node, reader)
        if value is INVALID:
            return INVALID
        known = reader.vocabulary.get(self.section)
        if known is None or value in known:
            return value
        hint = reader.suggestions.did_you_mean(value, known, self.section, otherwise=one_of(known))
        autofix = reader.suggestions.meant(value, known, self.section)
        return reader.note(node, "unknown-value", f"`{value}` is not {self.says}", hint, write=autofix)
