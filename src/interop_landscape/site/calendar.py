"""A calendar (RFC 5545) of the milestones, and of the days by which open records should have moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from interop_landscape.analysis.milestones import progress
from interop_landscape.analysis.movement import STUCK_AFTER, is_open
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record
from interop_landscape.reports.records import progress_in_words
from interop_landscape.site.badges import xml_text

_LINE: Final = 75
"""Bytes of a line; a longer one is folded."""

_ESCAPED: Final = {ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,", ord("\n"): "\\n", ord("\r"): None}


def calendar(landscape: Landscape, site_url: str) -> bytes:
    """The calendar; events keep their names for good, and are stamped with the day of the data."""
    base = site_url if not site_url or site_url.endswith("/") else f"{site_url}/"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//interop-landscape//milestones//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(landscape.vocabulary.title)}",
    ]
    for one in progress(landscape):
        said = ". ".join(filter(None, (progress_in_words(one, landscape.vocabulary), one.milestone.note)))
        address = f"{base}process/#{one.id}"
        lines += _event(landscape, f"milestone:{one.id}", one.milestone.due, one.milestone.title, said, address, base)
    for record in landscape.records.values():
        if is_open(record, landscape):
            lines += _due(landscape, record, base)
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _due(landscape: Landscape, record: Record, base: str) -> Iterator[str]:
    """The day on which an open record will have stood still for as long as the committee is to look at it."""
    last = record.stages[-1]
    day = last.day + STUCK_AFTER
    said = f"{landscape.vocabulary.stages[record.stage].name} since {last.day}; {record.owner or 'no owner yet'}"
    title = f"No move for a year: {record.title}"
    return _event(landscape, f"record:{record.id}:{last.day}", day, title, said, f"{base}gaps/{record.id}/", base)


def _event(landscape: Landscape, name: str, day: date, title: str, said: str, address: str, base: str) -> Iterator[str]:
    known = landscape.vocabulary.repository or base or landscape.vocabulary.title
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, f'{known} {name}'.encode(errors='backslashreplace').decode())}"
    yield f"DTSTAMP:{landscape.today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(title)}"
    yield f"DESCRIPTION:{_text(said)}"
    if base:
        yield f"URL:{address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text as a value: escaped, and without what no file of text holds."""
    return xml_text(text).replace("\r\n", "\n").translate(_ESCAPED).replace("\t", " ")


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 bytes that cut no letter."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece]) + "\r\n"
