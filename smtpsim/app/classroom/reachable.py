"""By which addresses others reach this machine, where all of its addresses are listened on."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress

from smtpsim.kernel.ip import is_loopback

ELSEWHERE = {"0.0.0.0": (socket.AF_INET, "192.0.2.1"), "::": (socket.AF_INET6, "2001:db8::1")}
"""For an address that means all of them: an address far away of the same kind (RFC 5737 3, RFC 3849)."""

DISCARD = 9
"""A port for nothing (RFC 863)."""


def is_everywhere(address: str) -> bool:
    """Whether to listen there means on all addresses of this machine (RFC 1122 3.2.1.3, RFC 4291 2.5.2)."""
    return address in ELSEWHERE


def reachable(address: str) -> tuple[str, ...]:
    """What others can type to reach who listens on an address: itself, or the addresses of this machine where it means
    all of them; () where none is found."""
    if not is_everywhere(address):
        return (address,)
    family, far = ELSEWHERE[address]
    found = dict.fromkeys(one for one in (*_towards(family, far), *_by_name(family)) if _is_of_use(one))
    return tuple(found)


def _towards(family: socket.AddressFamily, far: str) -> Iterator[str]:
    """The address that this machine would send from. To connect by UDP sends nothing: it only asks the routes."""
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asked:
        asked.connect((far, DISCARD))
        yield asked.getsockname()[0]


def _by_name(family: socket.AddressFamily) -> Iterator[str]:
    """The addresses of this machine's name, as its hosts file or its name server tells them."""
    with suppress(OSError):
        for found in socket.getaddrinfo(socket.gethostname(), None, family, socket.SOCK_STREAM):
            yield str(found[4][0])


def _is_of_use(address: str) -> bool:
    """Whether others can reach it: not loopback, nor an address that means nothing without its interface."""
    return not is_loopback(address) and not is_everywhere(address) and not address.lower().startswith("fe80:")
