"""By which addresses others reach this machine, where all of its addresses are listened on."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.kernel.ip import is_loopback

EVERYWHERE = {"0.0.0.0": True, "::": False}
"""The addresses that mean all of them, and whether these are IPv4's (RFC 1122 3.2.1.3, RFC 4291 2.5.2)."""


def is_everywhere(address: str) -> bool:
    """Whether to listen there means on all addresses of this machine."""
    return address in EVERYWHERE


def reachable(address: str) -> tuple[str, ...]:
    """What others can type to reach who listens on an address: itself, or the addresses of this machine where it means
    all of them; () where none is found."""
    if not is_everywhere(address):
        return (address,)
    return tuple(dict.fromkeys(one for one in _own(ipv4=EVERYWHERE[address]) if _is_of_use(one)))


def _own(ipv4: bool) -> Iterator[str]:
    """The addresses of this machine's network interfaces. Nobody is asked: its own name, looked up, could go to a name
    server."""
    import ifaddr

    for adapter in ifaddr.get_adapters():
        for found in adapter.ips:
            if found.is_IPv4 == ipv4:
                yield found.ip if isinstance(found.ip, str) else found.ip[0]


def _is_of_use(address: str) -> bool:
    """Whether others can reach it: not loopback, nor an address that means nothing without its interface."""
    return not is_loopback(address) and not is_everywhere(address) and not address.lower().startswith("fe80:")
