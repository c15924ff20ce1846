"""What a port is for: which protocol is spoken there, whether it begins with TLS, and which simulated host answers."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.app.serve.xclient import XCLIENT
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS
from smtpsim.protocol.smtp.offer import extension_names, service, without
from smtpsim.protocol.smtp.service import Service
from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.world import policies
from smtpsim.world.model import Host, UsedPolicy, World


class PortKind(NamedTuple):
    """`protocol` is smtp, pop3, imap or http; with `tls` every connection begins with a handshake (RFC 8314 3); with
    `submission` nobody may send who has not logged in (RFC 6409 4.3)."""

    protocol: str
    tls: bool = False
    submission: bool = False


KINDS = {
    "smtp": PortKind("smtp"),
    "submission": PortKind("smtp", submission=True),
    "smtps": PortKind("smtp", tls=True, submission=True),
    "pop3": PortKind("pop3"),
    "imap": PortKind("imap"),
    "http": PortKind("http"),
}
"""By the name under which such a port is announced. SMTPS is submission over TLS (RFC 8314 3.3)."""


class Port(NamedTuple):
    """An open port, and the simulated host that answers there."""

    name: str
    kind: PortKind
    host: str


class Client(NamedTuple):
    """Who connects, as far as the port knows: the address; whether it may name another one by XCLIENT; whether TLS can
    be started."""

    ip: str
    xclient: bool = False
    tls: bool = False


def answering(world: World, kind: PortKind, name: str) -> str:
    """The name of the host that answers: the one that is meant where it speaks the protocol, else one that serves its
    domains, or any other that does; "" where there is none."""
    host = world.hosts[name]
    if kind.protocol in host.listens or kind.protocol == "http":
        return name
    others = [one for one in world.hosts.values() if kind.protocol in one.listens]
    others.sort(key=lambda one: host.domains.isdisjoint(one.serves))
    return others[0].name if others else ""


def opened(world: World, kind: PortKind, name: str, client: Client) -> Turn:
    """Connect a client to a host; the turn's reply is the greeting."""
    host = world.hosts[name]
    if kind.protocol != "smtp":
        return open_simulation(world, _for_readers(host, kind, client), client.ip)
    turn = open_simulation(world, _on_port(host, kind, client), client.ip)
    return _encrypted(turn) if kind.tls else turn


def _encrypted(turn: Turn) -> Turn:
    connection = turn.after.connection
    secure = connection._replace(state=connection.state._replace(tls=True))
    return turn._replace(after=turn.after._replace(connection=secure))


def _on_port(host: Host, kind: PortKind, client: Client) -> Host:
    """The host as it answers there. Where nobody can start TLS, it is not offered."""
    offered = _offered(host, client)
    used = host.policies
    if kind.submission:
        offered = _with_log_in(offered)
        submission = policies.load("submission")
        used = (UsedPolicy(submission, submission.settings), *used)
    if client.xclient:
        offered = offered._replace(
            extensions=(*offered.extensions, XCLIENT), keywords=offered.keywords | {XCLIENT.keyword}
        )
    return host._replace(service=offered, policies=used, listens=("smtp",))


def _for_readers(host: Host, kind: PortKind, client: Client) -> Host:
    """The host as those who read their mail find it there."""
    return host._replace(service=_offered(host, client), policies=(), listens=(kind.protocol,))


def _offered(host: Host, client: Client) -> Service:
    return host.service if client.tls else without(host.service, "starttls")


def _with_log_in(offered: Service) -> Service:
    """A port on which one must log in offers that, whatever the host does elsewhere."""
    if offered.offers("AUTH"):
        return offered
    names = (*extension_names(offered), "auth")
    return service(offered.name, names, offered.limits, tuple(MECHANISMS), offered.texts)
