"""A real name server on loopback, over UDP and TCP, that serves simulated zones."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from smtpsim.kernel.dns import Answer, Status
from smtpsim.world.dns.rdata import name_text
from smtpsim.world.dns.text import value_text
from smtpsim.world.dns.zones import Zones

Rewrite = Callable[[Answer], Answer]

_RCODES = {
    Status.NOERROR: dns.rcode.NOERROR,
    Status.NXDOMAIN: dns.rcode.NXDOMAIN,
    Status.SERVFAIL: dns.rcode.SERVFAIL,
}


def respond(zones: Zones, rewrite: Rewrite, wire: bytes) -> dns.message.Message | None:
    """The response to one query, or None where the zones say that nobody answers."""
    query = dns.message.from_wire(wire)
    question = query.question[0]
    answer = rewrite(zones.query(name_text(question.name), dns.rdatatype.to_text(question.rdtype)))
    if answer.status is Status.TIMEOUT:
        return None
    response = dns.message.make_response(query)
    response.set_rcode(_RCODES[answer.status])
    owner = question.name
    for alias in answer.aliases:
        response.answer.append(dns.rrset.from_text(owner, 60, "IN", "CNAME", f"{alias}."))
        owner = dns.name.from_text(alias)
    texts = [value_text(answer.rdtype, record) for record in answer.records]
    if texts:
        response.answer.append(dns.rrset.from_text_list(owner, 60, "IN", answer.rdtype, texts))
    return response


@contextmanager
def serving(zones: Zones, rewrite: Rewrite) -> Iterator[str]:
    """Serve the zones; the value is HOST:PORT."""

    class Udp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            wire, socket = self.request
            response = respond(zones, rewrite, wire)
            if response is not None:
                octets = response.to_wire(max_size=65535)
                if len(octets) > 1232:
                    response.answer.clear()
                    response.flags |= dns.flags.TC
                    octets = response.to_wire()
                socket.sendto(octets, self.client_address)

    class Tcp(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            (length,) = struct.unpack("!H", self.rfile.read(2))
            response = respond(zones, rewrite, self.rfile.read(length))
            if response is not None:
                octets = response.to_wire(max_size=65535)
                self.wfile.write(struct.pack("!H", len(octets)) + octets)

    with ExitStack() as stack:
        tcp = stack.enter_context(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Tcp))
        address = tcp.server_address
        udp = stack.enter_context(socketserver.ThreadingUDPServer(address, Udp))
        for server in (tcp, udp):
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
        yield f"127.0.0.1:{address[1]}"


def unchanged(answer: Answer) -> Answer:
    return answer


@pytest.fixture
def name_server() -> Iterator[Callable[..., str]]:
    """Start a server for zones; `rewrite` changes its answers."""
    with ExitStack() as stack:
        yield lambda zones, rewrite=unchanged: stack.enter_context(serving(zones, rewrite))
