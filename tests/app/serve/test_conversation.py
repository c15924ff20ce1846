"""What a client meets on the wire: framing, pipelining, TLS, other addresses, limits."""

from __future__ import annotations

import socket
import struct
import time

import pytest

from smtpsim.app.serve.limits import Limits
from tests.app.serve.conftest import Client, Start

TRANSACTION = b"EHLO c.example\r\nMAIL FROM:<a@x.example>\r\nRCPT TO:<b@y.example>\r\nDATA\r\n"


def codes(heard: bytes) -> list[int]:
    return [int(line[:3]) for line in heard.decode().splitlines() if line[3:4] != "-"]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_octets_are_cut_anywhere(start: Start, size: int) -> None:
    client = start().greeted()
    octets = TRANSACTION + b"Subject: x\r\n\r\n..dots\r\n.\r\nQUIT\r\n"
    for at in range(0, len(octets), size):
        client.sendall(octets[at : at + size])
    assert codes(client.rest()) == [250, 250, 250, 354, 250, 221]


def test_a_chunk_is_counted_in_octets(start: Start) -> None:
    running = start()
    client = running.greeted()
    client.sendall(TRANSACTION.replace(b"DATA\r\n", b"BDAT 12\r\nSubject: x\r\nBDAT 6 LAST\r\n\r\nBD\r\nQUIT\r\n"))
    assert codes(client.rest()) == [250, 250, 250, 250, 250, 221]
    assert running.server.owner.world.mailboxes["b@y.example"].octets


def test_all_connections_share_one_world(start: Start) -> None:
    running = start("smtp", "pop3")
    for _ in range(3):
        running.greeted().says(TRANSACTION + b"Subject: x\r\n\r\n.\r\nQUIT\r\n", b"bye.\r\n")
    reader = running.greeted("pop3")
    reader.says(b"USER b@y.example\r\n")
    assert reader.says(b"PASS any\r\n").startswith(b"+OK")
    assert reader.says(b"STAT\r\n").startswith(b"+OK 3 ")


def test_own_worlds_share_nothing(start: Start) -> None:
    running = start("smtp", own_world=True)
    running.greeted().says(TRANSACTION + b"Subject: x\r\n\r\n.\r\nQUIT\r\n", b"bye.\r\n")
    assert "b@y.example" not in running.server.owner.world.mailboxes


def test_a_fault_by_address_is_lifted_by_trying_again(start: Start) -> None:
    running = start(host="mx.fault.example", accept_any=False)
    line = b"EHLO c.example\r\nMAIL FROM:<a@x.example>\r\nRCPT TO:<probe+rcpt451x2@fault.example>\r\nQUIT\r\n"
    heard = []
    for _ in range(3):
        client = running.greeted()
        client.sendall(line)
        heard.append(codes(client.rest())[2])
    assert heard == [451, 451, 250]


def test_what_is_typed_ahead_of_tls_is_dropped(start: Start) -> None:
    running = start()
    client = running.greeted()
    client.says(b"EHLO c.example\r\n", b"HELP\r\n")
    assert codes(client.says(b"STARTTLS\r\nMAIL FROM:<injected@x.example>\r\nRCPT TO:<b@y.example>\r\n")) == [220]
    secret = running.secured(client)
    secret.sendall(b"RCPT TO:<b@y.example>\r\nEHLO c.example\r\nRCPT TO:<b@y.example>\r\nQUIT\r\n")
    heard = b""
    while piece := secret.recv(65_536):
        heard += piece
    assert codes(heard) == [503, 250, 503, 221]
    assert b"STARTTLS" not in heard


def test_tls_from_the_first_octet(start: Start) -> None:
    running = start("smtps")
    secret = running.secured(running.connect("smtps"))
    assert secret.recv(1000).startswith(b"220 ")
    secret.sendall(b"EHLO c.example\r\nMAIL FROM:<a@x.example>\r\nQUIT\r\n")
    heard = b""
    while piece := secret.recv(65_536):
        heard += piece
    assert codes(heard) == [250, 530, 221]


@pytest.mark.parametrize("garbage", [b"\x16\x03\x01\x00\x05hello", b"HELO again\r\n", b"\x00" * 3000])
def test_garbage_instead_of_a_handshake(start: Start, garbage: bytes) -> None:
    running = start()
    client = running.greeted()
    client.says(b"EHLO c.example\r\n", b"HELP\r\n")
    client.says(b"STARTTLS\r\n")
    client.sendall(garbage)
    client.shutdown(socket.SHUT_WR)
    assert not client.rest().startswith(b"2")
    assert running.greeted().says(b"NOOP\r\n").startswith(b"250")


def test_xclient_chooses_the_address(start: Start) -> None:
    running = start()
    client = running.greeted()
    assert b"XCLIENT NAME ADDR" in client.says(b"EHLO c.example\r\n", b"HELP\r\n")
    assert client.says(b"XCLIENT ADDR=203.0.113.66 HELO=spam.example\r\n").startswith(b"220 ")
    client.sendall(TRANSACTION + b"Subject: x\r\n\r\n.\r\nQUIT\r\n")
    client.rest()
    mail = next(iter(running.server.owner.world.mailboxes["b@y.example"].mails))
    assert b"([203.0.113.66])" in mail.octets


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        (b"XCLIENT\r\n", b"501 5.5.4 Bad XCLIENT attribute"),
        (b"XCLIENT ADDR=nowhere\r\n", b"501 5.5.4 Bad XCLIENT attribute: ADDR=nowhere"),
        (b"XCLIENT COLOUR=red\r\n", b"501 5.5.4 Bad XCLIENT attribute: COLOUR=red"),
        (b"XCLIENT ADDR=IPV6:2001:db8::1 NAME=[UNAVAILABLE]\r\n", b"220 "),
        (b"XCLIENT LOGIN=joe+40x.example\r\n", b"220 "),
    ],
)
def test_xclient_lines(start: Start, line: bytes, reply: bytes) -> None:
    client = start().greeted()
    client.says(b"EHLO c.example\r\n", b"HELP\r\n")
    assert client.says(line).startswith(reply)


def test_xclient_has_no_place_in_a_transaction_or_a_letter(start: Start) -> None:
    client = start().greeted()
    client.sendall(b"EHLO c.example\r\nMAIL FROM:<a@x.example>\r\nXCLIENT ADDR=192.0.2.1\r\nRCPT TO:<b@y.example>\r\n")
    client.sendall(b"DATA\r\nXCLIENT ADDR=192.0.2.1\r\n.\r\nQUIT\r\n")
    assert codes(client.rest()) == [250, 250, 503, 250, 354, 250, 221]


def test_xclient_is_for_trusted_clients(start: Start) -> None:
    client = start(xclient=("192.0.2.0/24",)).greeted()
    assert b"XCLIENT" not in client.says(b"EHLO c.example\r\n", b"HELP\r\n")
    assert codes(client.says(b"XCLIENT ADDR=203.0.113.66\r\n")) == [500]


def proxied(header: bytes, start: Start) -> Client:
    client = start(proxy=("127.0.0.0/8",)).connect()
    client.sendall(header)
    return client


V2 = b"\r\n\r\n\x00\r\nQUIT\n"


@pytest.mark.parametrize(
    ("header", "address"),
    [
        (b"PROXY TCP4 203.0.113.9 192.0.2.25 4000 25\r\n", "203.0.113.9"),
        (b"PROXY TCP6 2001:db8::7 2001:db8::1 4000 25\r\n", "2001:db8::7"),
        (b"PROXY UNKNOWN\r\n", "192.0.2.10"),
        (
            V2 + b"\x21\x11\x00\x0c" + bytes([203, 0, 113, 9, 192, 0, 2, 25]) + struct.pack("!HH", 4000, 25),
            "203.0.113.9",
        ),
        (V2 + b"\x20\x00\x00\x00", "192.0.2.10"),
    ],
)
def test_a_proxy_tells_the_address(start: Start, header: bytes, address: str) -> None:
    client = proxied(header + b"EHLO c.example\r\n", start)
    assert client.reads(b"HELP\r\n").startswith(b"220 ")
    client.sendall(TRANSACTION.removeprefix(b"EHLO c.example\r\n") + b"\r\n.\r\n")
    client.reads(b"okay\r\n")
    client.sendall(b"QUIT\r\n")
    client.rest()


@pytest.mark.parametrize(
    "header", [b"EHLO c.example\r\n", b"PROXY TCP4 nowhere x 1 2\r\n", b"PROXY " + b"x" * 200, V2 + b"\x11\x11\x00\x00"]
)
def test_no_proxy_header_no_service(start: Start, header: bytes) -> None:
    assert proxied(header, start).rest() == b""


def test_a_client_that_is_silent_is_told_and_left(start: Start) -> None:
    client = start(limits=Limits(command_time=0.3)).greeted()
    assert client.rest() == b"421 4.4.2 smtp.example.com Error: timeout exceeded\r\n"


def test_who_is_silent_hears_what_the_protocol_has_for_it(start: Start) -> None:
    """POP3 closes without a response (RFC 1939 3), IMAP says BYE (RFC 3501 7.1.5)."""
    running = start("pop3", "imap", limits=Limits(command_time=0.3))
    greeting, *more = running.connect("pop3").rest().splitlines()
    assert (greeting[:3], more) == (b"+OK", [])
    greeting, *more = running.connect("imap").rest().splitlines()
    assert (greeting[:4], more) == (b"* OK", [b"* BYE Autologout; idle for too long"])


@pytest.mark.parametrize(("protocol", "minutes"), [("smtp", 5), ("pop3", 10), ("imap", 30)])
def test_each_protocol_has_its_own_timer(protocol: str, minutes: int) -> None:
    """RFC 5321 4.5.3.2.7, RFC 1939 3, RFC 3501 5.4."""
    assert Limits().idle_time(protocol) == 60 * minutes


def test_single_octets_do_not_keep_a_connection_alive(start: Start) -> None:
    client = start(limits=Limits(command_time=0.5)).greeted()
    begun = time.monotonic()
    try:
        while time.monotonic() - begun < 5:
            client.sendall(b"N")
            time.sleep(0.05)
    except ConnectionError:
        pass
    assert 0.4 < time.monotonic() - begun < 5


def test_so_many_connections_and_no_more(start: Start) -> None:
    running = start(limits=Limits(connections=3))
    kept = [running.greeted() for _ in range(3)]
    assert running.connect().rest() == b"421 4.3.2 smtp.example.com Too many connections, try again later\r\n"
    kept.pop().close()
    assert running.sessions(most=2) == 2
    assert running.connect().reads().startswith(b"220 ")


def test_so_many_connections_from_one_address(start: Start) -> None:
    running = start(limits=Limits(from_address=1))
    kept = running.greeted()
    assert running.connect().rest().startswith(b"421 4.7.0 smtp.example.com Error: too many connections from 127.0.0.1")
    kept.close()


def test_so_many_commands_and_no_more(start: Start) -> None:
    client = start(limits=Limits(commands=20)).greeted()
    client.sendall(b"EHLO c.example\r\n" + b"NOOP\r\n" * 30)
    heard = client.rest()
    assert heard.endswith(b"421 4.7.0 smtp.example.com Error: too many commands, closing connection\r\n")
    assert codes(heard).count(250) <= 21


def test_a_client_that_does_not_read_is_left(start: Start) -> None:
    running = start(limits=Limits(unsent=10_000, sending_time=0.5, commands=10**9))
    client = Client()
    running.clients.append(client)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.to(running.ports["smtp"]).reads()
    client.setblocking(False)
    sent, begun = 0, time.monotonic()
    while time.monotonic() - begun < 30 and running.server.sessions:
        try:
            sent += client.send(b"HELP\r\n" * 1000)
        except BlockingIOError:
            time.sleep(0.01)
        except ConnectionError:
            break
    assert running.sessions(most=0) == 0
    assert sent < 50_000_000


def test_a_line_without_an_end_fills_no_memory(start: Start) -> None:
    client = start().greeted()
    client.sendall(b"A" * 3_000_000 + b"\r\nNOOP\r\nQUIT\r\n")
    heard = codes(client.rest())
    assert heard[-2:] == [250, 221]
    assert set(heard[:-2]) == {500}


@pytest.mark.parametrize("stage", [b"", b"EHLO c.example\r\n", TRANSACTION, TRANSACTION + b"Subject: x\r\n"])
def test_a_reset_at_any_stage_harms_nobody(start: Start, stage: bytes) -> None:
    running = start()
    for _ in range(20):
        client = running.greeted()
        client.sendall(stage)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    assert running.greeted().says(b"NOOP\r\n").startswith(b"250")
    assert running.sessions(most=1) == 1
    assert "b@y.example" not in running.server.owner.world.mailboxes


def test_a_client_that_half_closes_gets_its_answers(start: Start) -> None:
    client = start().greeted()
    client.sendall(TRANSACTION + b"Subject: x\r\n\r\n.\r\nQUIT\r\n")
    client.shutdown(socket.SHUT_WR)
    assert codes(client.rest()) == [250, 250, 250, 354, 250, 221]


def test_a_flood_of_one_client_leaves_room_for_others(start: Start) -> None:
    running = start(limits=Limits(commands=10**9))
    flood = running.greeted()
    other = running.greeted()
    flood.sendall(b"VRFY x\r\n" * 20_000)
    begun = time.monotonic()
    assert other.says(b"NOOP\r\n").startswith(b"250")
    assert time.monotonic() - begun < 1


def test_when_the_server_stops_everybody_is_told(start: Start) -> None:
    import asyncio

    running = start("smtp", "imap")
    smtp, imap = running.greeted(), running.greeted("imap")
    asyncio.run_coroutine_threadsafe(running.server.stop(), running.loop).result(10)
    assert smtp.rest() == b"421 4.3.2 smtp.example.com Service shutting down, closing connection\r\n"
    assert imap.rest().startswith(b"* BYE 4.3.2 ")
    with pytest.raises(ConnectionError):
        running.connect()
