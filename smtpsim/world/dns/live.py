"""The real DNS: a resolver over dnspython, for the system's name servers or for one HOST:PORT.

dnspython and sockets are imported when a resolver is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from smtpsim.kernel.dns import Answer, Record, Status
from smtpsim.world.dns.rdata import name_text, record

if TYPE_CHECKING:
    import dns.message
    import dns.name

QUERY_SECONDS = 3.0
"""How long one name server may take."""

CHECK_SECONDS = 20.0
"""How long all the queries of one check may take together (RFC 7208 4.6.4); then everything times out."""

CHAIN_LIMIT = 10
"""CNAME records followed across answers for one query."""

_ATTEMPTS = 2
_DNS_PORT = 53
_DATAGRAM_LIMIT = 65535


class LiveFault(NamedTuple):
    """Why there is no answer from the network.

    `key` is dns-server-syntax (not HOST:PORT), dns-server-unknown (no address for HOST), dns-unconfigured
    (the system names no server) or dns-unreachable; `detail` the system's own English remark.
    """

    key: str
    detail: str


class LiveResolver:
    """Asks name servers, one after the other. One object serves one check.

    `fault` is the last network error, None while servers can be reached: with it a temperror means that
    there is no network, rather than that the domain's servers do not answer.
    """

    def __init__(self, servers: tuple[tuple[str, int], ...], clock: Callable[[], float] = monotonic) -> None:
        self.servers = servers
        self.fault: LiveFault | None = None
        self._clock = clock
        self._deadline = clock() + CHECK_SECONDS

    def query(self, name: str, rdtype: str) -> Answer:
        """Ask for records. A server that does not follow a CNAME is asked for its target."""
        aliases: list[str] = []
        owner = _name(name)
        if owner is None:
            return Answer(name, rdtype, Status.NXDOMAIN)
        while len(aliases) <= CHAIN_LIMIT:
            response = self._exchange(owner, rdtype)
            if isinstance(response, Status):
                return Answer(name, rdtype, response, (), tuple(aliases))
            status, records, targets = _read(response, rdtype)
            aliases += map(name_text, targets)
            if records or status is not Status.NOERROR or not targets:
                return Answer(name, rdtype, status, records, tuple(aliases))
            owner = targets[-1]
        return Answer(name, rdtype, Status.SERVFAIL, (), tuple(aliases))

    def _exchange(self, owner: dns.name.Name, rdtype: str) -> dns.message.Message | Status:
        """The first usable response, or how the last server failed."""
        import dns.message

        question = dns.message.make_query(owner, rdtype, use_edns=0, payload=1232)
        outcome: dns.message.Message | Status = Status.TIMEOUT
        for host, port in self.servers * _ATTEMPTS:
            seconds = min(QUERY_SECONDS, self._deadline - self._clock())
            if seconds <= 0:
                return Status.TIMEOUT
            outcome = self._ask(question, host, port, seconds)
            if not isinstance(outcome, Status):
                return outcome
        return outcome

    def _ask(self, question: dns.message.Message, host: str, port: int, seconds: float) -> dns.message.Message | Status:
        import dns.exception
        import dns.rcode

        try:
            response = _response(question, host, port, seconds)
        except (TimeoutError, dns.exception.Timeout):
            return Status.TIMEOUT
        except OSError as error:
            self.fault = LiveFault("dns-unreachable", f"{host} port {port}: {error.strerror or error}")
            return Status.TIMEOUT
        except (dns.exception.DNSException, EOFError):
            return Status.SERVFAIL
        self.fault = None
        usable = response.rcode() in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN)
        return response if usable else Status.SERVFAIL


def _response(question: dns.message.Message, host: str, port: int, seconds: float) -> dns.message.Message:
    """Ask over UDP, and over TCP when the response did not fit.

    The socket is connected, so that a port where nobody listens is an error at once instead of silence.
    """
    import socket

    import dns.flags
    import dns.message
    import dns.query

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as udp:
        udp.settimeout(seconds)
        udp.connect((host, port))
        udp.send(question.to_wire())
        response = dns.message.from_wire(udp.recv(_DATAGRAM_LIMIT))
    if not question.is_response(response):
        raise dns.query.BadResponse
    if response.flags & dns.flags.TC:
        return dns.query.tcp(question, host, seconds, port)
    return response


def open_live(where: str = "") -> LiveResolver | LiveFault:
    """A resolver for the server at `where`, as HOST, HOST:PORT or [IPV6]:PORT, or for the system's own."""
    servers = _server_at(where) if where else _system_servers()
    return servers if isinstance(servers, LiveFault) else LiveResolver(servers)


def _system_servers() -> tuple[tuple[str, int], ...] | LiveFault:
    import dns.resolver

    try:
        system = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration as error:
        return LiveFault("dns-unconfigured", str(error))
    return tuple((str(server), _DNS_PORT) for server in system.nameservers)


def _server_at(where: str) -> tuple[tuple[str, int], ...] | LiveFault:
    import socket

    place = _host_and_port(where)
    if place is None:
        return LiveFault("dns-server-syntax", where)
    try:
        found = socket.getaddrinfo(place[0], place[1], type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        return LiveFault("dns-server-unknown", f"{place[0]}: {error}")
    return ((str(found[0][4][0]), place[1]),)


def _host_and_port(where: str) -> tuple[str, int] | None:
    if where.startswith("["):
        host, bracket, rest = where[1:].partition("]")
        if not bracket or (rest and rest[0] != ":"):
            return None
        digits = rest[1:] if rest else str(_DNS_PORT)
    elif where.count(":") == 1:
        host, _, digits = where.partition(":")
    else:
        host, digits = where, str(_DNS_PORT)
    if not host or not (digits.isascii() and digits.isdigit()) or not 0 < int(digits[:6]) < 65536:
        return None
    return host, int(digits)


def _name(name: str) -> dns.name.Name | None:
    """The name, its text taken as it is: neither a backslash nor a quote is special. None when none fits."""
    import dns.exception
    import dns.name

    labels = name.removesuffix(".").encode("utf-8", "surrogateescape").split(b".")
    try:
        return dns.name.Name([*labels, b""])
    except dns.exception.DNSException:
        return None


def _read(response: dns.message.Message, rdtype: str) -> tuple[Status, tuple[Record, ...], list[dns.name.Name]]:
    """The status, the records and the CNAME targets of a response."""
    import dns.exception
    import dns.message
    import dns.rcode

    if not isinstance(response, dns.message.QueryMessage):
        return Status.SERVFAIL, (), []
    try:
        chain = response.resolve_chaining()
    except dns.exception.DNSException:
        return Status.SERVFAIL, (), []
    targets = [alias[0].target for alias in chain.cnames]
    missing = response.rcode() == dns.rcode.NXDOMAIN
    found = (record(rdtype, rdata) for rdata in chain.answer or ())
    records = tuple(value for value in found if value is not None)
    return Status.NXDOMAIN if missing else Status.NOERROR, records, targets
