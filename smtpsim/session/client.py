"""What a client should call itself: the name of its address (RFC 5321 4.1.1.1)."""

from __future__ import annotations

from smtpsim.kernel.dns import Resolver
from smtpsim.session.simulation import Simulation


def client_name(simulation: Simulation) -> str:
    """The name of the client's address, else the address as a literal (RFC 5321 4.1.3)."""
    address = simulation.connection.client_ip
    literal = f"[IPv6:{address}]" if ":" in address else f"[{address}]"
    return name_of(simulation.world.zones, address) or literal


def name_of(zones: Resolver, address: str) -> str:
    """The name that the reverse zone gives an IP address, "" when it gives none (RFC 1035 3.5)."""
    from ipaddress import ip_address

    answer = zones.query(ip_address(address).reverse_pointer, "PTR")
    return str(answer.records[0]) if answer.records else ""
