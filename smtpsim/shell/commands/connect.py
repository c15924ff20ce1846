""":connect [HOST[:PORT]]: a new connection, as telnet would open it: the name is looked up in the world's DNS,
and somebody must listen at that address and port. Without a host, the same server once more."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.dns import MX
from smtpsim.session.change import Wrong, connected
from smtpsim.session.simulation import Simulation, Turn, open_mail_access
from smtpsim.shell.command import Command, one_turn
from smtpsim.shell.place import Place
from smtpsim.world.model import Host, World
from smtpsim.world.routing import addresses

PORTS = {
    **dict.fromkeys(("25", "smtp", "587", "submission", "2525"), "smtp"),
    **dict.fromkeys(("110", "pop3"), "pop3"),
    **dict.fromkeys(("143", "imap", "imap2"), "imap"),
}
"""The protocol that is spoken on a port, by its number or its name (RFC 5321, RFC 6409, RFC 1939, RFC 3501)."""


class Target(NamedTuple):
    host: str
    port: str


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    connection = simulation.connection
    if not argument:
        return _again(simulation)
    target = _target(argument)
    found = _listening(simulation.world, target)
    if isinstance(found, Wrong):
        return found
    protocol = PORTS[target.port]
    if protocol not in found.listens:
        return Wrong("connect-not-listening", {"host": found.name, "port": target.port})
    if protocol != "smtp":
        return open_mail_access(simulation, found, protocol)
    return connected(simulation, found, connection.client_ip)


def _again(simulation: Simulation) -> Turn:
    """A new connection to the same server, by the same protocol."""
    if simulation.access:
        return open_mail_access(simulation, simulation.access.host, simulation.access.protocol)
    return connected(simulation, simulation.connection.host, simulation.connection.client_ip)


def _target(argument: str) -> Target:
    """Cut `HOST`, `HOST:PORT`, `HOST PORT`, an IPv6 address, or `[ADDRESS]:PORT`."""
    words = argument.split()
    host, port = words[0], words[1] if len(words) > 1 else ""
    if host.startswith("["):
        host, _, rest = host[1:].partition("]")
        port = port or rest.removeprefix(":")
    elif host.count(":") == 1:
        host, _, rest = host.partition(":")
        port = port or rest
    return Target(host.lower().rstrip("."), port or "25")


def _listening(world: World, target: Target) -> Host | Wrong:
    found = addresses(world.zones, target.host)
    if not found:
        return _no_address(world, target)
    host = next((host for address in found if (host := world.host_at(address))), None)
    if host is None:
        return Wrong("connect-silent", {"host": target.host, "address": found[0]})
    if target.port not in PORTS:
        return Wrong("connect-refused", {"host": target.host, "port": target.port})
    return host


def _no_address(world: World, target: Target) -> Wrong:
    """A domain without an address may well have a mail exchanger; telnet does not look for it."""
    records = [record for record in world.zones.query(target.host, "MX").records if isinstance(record, MX)]
    if not records:
        return Wrong("connect-unknown", {"found": target.host, "known": " ".join(sorted(world.hosts))})
    return Wrong("connect-exchanger", {"host": target.host, "exchanger": min(records).exchange})


def _arguments(place: Place) -> tuple[str, ...]:
    return tuple(sorted(place.simulation.world.hosts))


COMMAND = Command("connect", one_turn(_run), ":connect mx.hogefuga.com", _arguments, group="mail")
