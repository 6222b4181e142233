"""Which IP addresses belong to the public internet, whatever they are written as."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Final

_GLOBAL: Final = ipaddress.IPv6Network("2000::/3")  # all that is given out; the rest is for special uses
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_DOCUMENTS: Final = ipaddress.IPv6Network("3fff::/20")  # Python 3.11 does not know it yet
_RELAYS: Final = ipaddress.IPv4Network("192.88.99.0/24")
_ISATAP: Final = (0x00005EFE, 0x02005EFE)


def is_public(address: str) -> bool:
    """Whether an IP address, as the resolver writes it, is of the public internet and does not lead back from there.

    An address with a zone, such as ``fe80::1%eth0``, never is.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return _is_public_v4(ip)
    if "%" in address or not all(map(_is_public_v4, _within(ip))):
        return False
    return ip in _NAT64 or (ip in _GLOBAL and ip.is_global and not ip.is_multicast and ip not in _DOCUMENTS)


def _is_public_v4(ip: ipaddress.IPv4Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip in _RELAYS)


def _within(ip: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses to which a gateway would hand on what is sent to an IPv6 address."""
    low = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _NAT64 or (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
        yield low
    yield from (one for one in (ip.ipv4_mapped, ip.sixtofour) if one is not None)
