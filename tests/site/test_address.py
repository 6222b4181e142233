"""The address of the site: plain, or refused before anything is built."""

from __future__ import annotations

import pytest

from interop_landscape.site.address import fault
from tests.conftest import Run
from tests.landscapes import FIXTURE


@pytest.mark.parametrize(
    "address",
    [
        "https://map.example.org",
        "http://localhost:8000/",
        "https://org.github.io/a_b/~c/%C3%A4/v1.2/",
        "https://xn--bcher-kva.example",
        "https://192.0.2.1/map",
    ],
)
def test_plain_addresses_are_taken(address: str) -> None:
    assert fault(address) is None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("map.example.org", "no http"),
        ("ftp://map.example.org", "no http"),
        ("javascript:alert(1)//https://map.example.org", "no http"),
        (" https://map.example.org", "no http"),
        ("https://me@map.example.org", "user name"),
        ("https://me:secret@map.example.org/", "user name"),
        ("https://map.example.org/?a=1", "query"),
        ("https://map.example.org/#top", "fragment"),
        ("https://", "host"),
        ("https:///path", "host"),
        ("https://map.example.org:https/", "host"),
        ("https://mаp.example.org", "host"),  # the second letter is Cyrillic
        ("https://map.example.org\\@evil.example.org/", "user name"),
        ('https://map.example.org"onload="alert(1)', "host"),
        ('https://map.example.org/"><script>alert(1)</script>', "path"),
        ("https://map.example.org/a'b", "path"),
        ("https://map.example.org/a b", "path"),
        ("https://map.example.org/&lt;", "path"),
        ("https://map.example.org/{{ config }}", "path"),
        ("https://map.example.org/a%zz", "path"),
        ("https://map.example.org\n", "host"),
        ("https://map.example.org/\n", "path"),
        ("https://map.example.org/a\x00b", "path"),
        ("https://map.example.org/a\u2028b", "path"),
    ],
)
def test_an_address_that_is_not_plain_is_refused(address: str, said: str) -> None:
    found = fault(address)
    assert found is not None
    assert said in found[0]


def test_build_refuses_it_before_it_writes(run: Run) -> None:
    done = run("-d", str(FIXTURE), "build", "-o", "made", "--site-url", 'https://map.example.org/"\x1b[31m>')
    assert (done.returncode, done.stdout) == (2, "")
    assert "its path is not plain; write quotes" in done.stderr
    assert "\x1b" not in done.stderr
