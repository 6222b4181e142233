"""The ends of lines: a file keeps its own, whichever git has put into the checkout."""

from __future__ import annotations


def unix(data: bytes) -> bytes:
    """The bytes of a text with the line ends of Unix, in which texts are compared and written anew."""
    return data.replace(b"\r\n", b"\n")


def ended_like(data: bytes, other: bytes) -> bytes:
    """A text with line ends of Unix, as the lines of another end: with CR and LF where more than half of them do."""
    windows = other.count(b"\r\n")
    return data.replace(b"\n", b"\r\n") if windows > other.count(b"\n") - windows else data
