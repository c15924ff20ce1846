"""Python's own POP3 client against the server."""

from __future__ import annotations

import poplib
import socket
from collections.abc import Iterator

import pytest

from tests.protocol.pop3.dialogue import DOTS, HELLO, OCTETS, STAMP, Dialogue
from tests.protocol.pop3.serving import PATIENCE, served


class Client(poplib.POP3):
    """A client at the end of a socket that there is already."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        super().__init__("pop.example.net", timeout=PATIENCE)

    def _create_socket(self, timeout: float) -> socket.socket:
        return self._connection


@pytest.fixture
def dialogue() -> Dialogue:
    return Dialogue()


@pytest.fixture
def client(dialogue: Dialogue) -> Iterator[Client]:
    with served(dialogue, dialogue.step.reply.wire()) as connection:
        client = Client(connection)
        yield client
        client.close()


def logged_in(client: Client) -> Client:
    client.user("ann")
    client.pass_("tea")
    return client


def test_all_commands(client: Client, dialogue: Dialogue) -> None:
    assert client.getwelcome() == b"+OK pop.example.net POP3 ready"
    assert "UIDL" in client.capa()
    logged_in(client)
    assert client.stat() == (3, len(HELLO) + len(DOTS) + len(OCTETS))
    assert client.list()[1] == [b"%d %d" % pair for pair in enumerate(map(len, (HELLO, DOTS, OCTETS)), 1)]
    assert str(client.list(2)) == str(b"+OK 2 %d" % len(DOTS))
    assert client.uidl()[1] == [b"1 5.7", b"2 5.8", b"3 5.12"]
    assert str(client.uidl(1)) == str(b"+OK 1 5.7")
    assert client.noop().startswith(b"+OK")
    assert client.dele(1).startswith(b"+OK")
    assert client.rset().startswith(b"+OK")
    assert client.dele(2).startswith(b"+OK")
    assert client.quit().startswith(b"+OK")
    assert [mail.uid for mail in dialogue.drop.mails] == [7, 12]


@pytest.mark.parametrize(("number", "octets"), [(1, HELLO), (2, DOTS), (3, OCTETS + b"\r\n")])
def test_a_message_comes_as_it_lies_there(client: Client, number: int, octets: bytes) -> None:
    lines = logged_in(client).retr(number)[1]
    assert b"\r\n".join(lines) + b"\r\n" == octets


def test_the_top_of_a_message(client: Client) -> None:
    lines = logged_in(client).top(1, 2)[1]
    assert lines == [b"Return-Path: <bob@example.com>", b"Subject: hello", b"", b"first", b"second"]


def test_what_is_refused_raises(client: Client) -> None:
    client.user("ann")
    with pytest.raises(poplib.error_proto, match="AUTH"):
        client.pass_("wrong")
    with pytest.raises(poplib.error_proto, match="APOP not supported"):
        client.apop("ann", "tea")
    with pytest.raises(poplib.error_proto, match="No such message"):
        logged_in(client).retr(9)
    with pytest.raises(poplib.error_proto, match="STLS not supported"):
        client.stls()


def test_a_lost_connection_deletes_nothing(client: Client, dialogue: Dialogue) -> None:
    logged_in(client).dele(1)
    client.close()
    assert len(dialogue.drop.mails) == 3


def test_apop_by_the_greeting() -> None:
    """The client hashes what it finds in the greeting."""
    dialogue = Dialogue(timestamp=STAMP)
    with served(dialogue, dialogue.step.reply.wire()) as connection:
        client = Client(connection)
        assert client.apop("ann", "tea").startswith(b"+OK Logged in")
        assert client.quit().startswith(b"+OK")
