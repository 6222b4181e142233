"""Reading landscape2 data files: the odd ones, those that are something else, and those that mean harm."""

from __future__ import annotations

import time

import pytest

from interop_landscape.errors import BadRequest
from interop_landscape.exchange.landscape2 import source
from interop_landscape.exchange.landscape2.source import plain, read_data

ODD = b"""\
# A comment
landscape:
  - category:
    name: One
    subcategories:
      - subcategory:
        name: First & best
        items:
          - item:
            name: Alpha
            homepage_url: &home https://alpha.example.org
          - &beta
            item:
            name: "B\xc3\xa9ta \\e[31m"
            homepage_url: *home
      - subcategory:
        name: Nothing
        items:
      - subcategory: {name: ignored}
        name: Empty
        items: []
  - category:
    name: Two
    subcategories:
      - name: Again
        items: [*beta, text]
extra: 1
"""


def test_items_are_read_with_their_places_whatever_their_shape() -> None:
    data = read_data(ODD, "data.yml")
    assert [(i.category, i.subcategory, i.name, i.line) for i in data.items] == [
        ("One", "First & best", "Alpha", 9),
        ("One", "First & best", "Béta [31m", 12),
        ("Two", "Again", "Béta [31m", 12),
        ("Two", "Again", "", 26),
    ]
    assert data.items[1].fields["homepage_url"].text == "https://alpha.example.org"
    assert data.items[3].fields == {}
    assert data.unread == ((27, "extra"),)


def test_of_a_key_that_stands_twice_the_first_counts_and_the_second_is_told() -> None:
    data = read_data(b"categories:\n- name: A\n  name: B\n  subcategories: []\n", "data.yml")
    assert (data.unread, data.doubled) == ((), ((3, "name"),))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("foundation: X\nurl: https://x.org\ncategories: []\n", "data.yml:1:1: not a landscape2 data file, .*settings"),
        ("title: X\nkinds: {}\n", "vocabulary of a landscape"),
        ("items: []\ncategories: []\ngroups: []\n", "dataset that landscape2 has built"),
        ("categories:\n- category: A\n  content: text\n", "data.yml:2:3: a category has no `name`; .*guide"),
        ("name: X\nversion: 3\n", "it has name, version"),
        ("- a\n- b\n", "it is a list"),
        ("<!DOCTYPE html>\n", "web page"),
        ("hello\n", "plain text"),
        ("", "it is empty"),
        ("landscape: {a: b}\n", "data.yml:1:12: the categories should be a list"),
        ("landscape:\n- name: A\n  subcategories: [text]\n", "data.yml:3:19: a subcategory should have a `name`"),
        ("landscape:\n- name: A\n  subcategories: [{name: B, items: 3}]\n", "data.yml:3:36: the items of `A / B`"),
        ("landscape: [\n", "not valid YAML"),
        ("landscape: \x07\n", "data.yml:1:12: .*remove the character"),
        ("landscape: *a\n", "data.yml:1:12: `\\*a` stands for nothing"),
        ("landscape: &a [*a]\n", "`\\*a` stands for nothing that is complete"),
        ("landscape: []\n---\nlandscape: []\n", "data.yml:2:1: a second YAML document"),
    ],
)
def test_other_files_are_refused_by_what_they_look_like(text: str, says: str) -> None:
    with pytest.raises(BadRequest, match=says):
        read_data(text.encode(), "data.yml")


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(BadRequest, match=r"data.yml:2:1: the file is not UTF-8"):
        read_data(b"landscape:\n- \xff\n", "data.yml")


def _bombs() -> dict[str, bytes]:
    doubling = "".join(f"x{n}: &x{n} [*x{n - 1}, *x{n - 1}]\n" for n in range(1, 60))
    many = ", ".join(["*s"] * 2_000)
    return {
        "laughs": f"x0: &x0 [a, b]\n{doubling}landscape: *x59\n".encode(),
        "lists of lists": f"s: &s {{name: S, items: []}}\nc: &c {{name: C, subcategories: [{many}]}}\n"
        f"landscape: [{', '.join(['*c'] * 2_000)}]\n".encode(),
        "brackets": b"landscape: " + b"[" * 200_000,
        "size": b"#" * (source.MAX_BYTES + 1),
    }


@pytest.mark.parametrize("name", _bombs())
def test_bombs_are_refused_at_once(name: str) -> None:
    data = _bombs()[name]
    start = time.process_time()
    with pytest.raises(BadRequest):
        read_data(data, "data.yml")
    assert time.process_time() - start < 5


def test_plain_text_is_one_line_without_control_characters() -> None:
    assert plain(" a\n\tb\u00a0c\x1b[0m\u202e ") == "a b c[0m"
    assert plain("👩\u200d🔬 中文") == "👩\u200d🔬 中文"
