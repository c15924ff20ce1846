"""HELO and EHLO: the names that are taken, and what they reset (RFC 5321 4.1.1.1, 4.1.4)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.smtp.facts import HelloGiven, TransactionDropped
from smtpsim.protocol.smtp.framing import Line
from smtpsim.protocol.smtp.replies import RULES
from smtpsim.protocol.smtp.state import Phase
from tests.protocol.dialogue import BARE, HELLO, MAIL, RCPT, Dialogue, refusing, service


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("client.example.com", 0),
        ("localhost", 0),
        ("CLIENT.example.com", 0),
        ("xn--wgv71a.example.com", 0),
        ("[192.0.2.1]", 0),
        ("[IPv6:2001:db8::1]", 0),
        ("[ipv6:::1]", 0),
        ("client..example.com", 13),
        (".client.example.com", 6),
        ("client.example.com.", 24),
        ("-client.example.com", 6),
        ("client#1", 12),
        ("client:25", 12),
        ("a" * 64 + ".example.com", 6),
        ("[192.0.2.999]", 6),
        ("[IPv6:xyz]", 6),
        ("[2001:db8::1]", 6),
        ("[192.0.2.1", 6),
        ("[]", 6),
    ],
)
@pytest.mark.parametrize("verb", ["HELO", "EHLO"])
def test_a_name_that_is_taken(verb: str, name: str, column: int) -> None:
    dialogue = Dialogue()
    faults = [("helo-not-a-domain", column)] if column else []
    assert dialogue.faults(f"{verb} {name}") == faults
    assert dialogue.step.facts == (HelloGiven(name, verb == "EHLO"),)
    assert (dialogue.state.phase, dialogue.state.helo) == (Phase.READY, name)
    assert dialogue.state.esmtp == (verb == "EHLO")


@pytest.mark.parametrize(
    ("name", "fault", "column"),
    [("my_host.example.com", "underscore", 8), ("192.0.2.1", "address-unbracketed", 6)],
)
@pytest.mark.parametrize("verb", ["HELO", "EHLO"])
def test_a_name_that_is_odd_wherever_it_stands(verb: str, name: str, fault: str, column: int) -> None:
    dialogue = Dialogue()
    assert dialogue.faults(f"{verb} {name}") == [(fault, column)]
    assert dialogue.step.facts == (HelloGiven(name, verb == "EHLO"),)


@pytest.mark.parametrize(
    ("line", "key", "fault", "column"),
    [
        ("HELO", "helo-missing", "helo-missing", 5),
        ("HELO  ", "helo-missing", "helo-missing", 5),
        ("  HELO", "helo-missing", "helo-missing", 7),
        ("HELO a b", "helo-syntax", "helo-extra-words", 8),
        ("HELO  client \t b c", "helo-syntax", "helo-extra-words", 16),
        ("HELO クライアント x", "helo-syntax", "helo-extra-words", 13),
        ("HELO client@example.com", "helo-syntax", "helo-not-a-domain", 12),
        ("HELO client!", "helo-syntax", "helo-not-a-domain", 12),
        ("HELO (client)", "helo-syntax", "helo-not-a-domain", 6),
        ("HELO 例え.example.com", "helo-syntax", "helo-not-a-domain", 6),
        ("HELO a例え.example.com", "helo-syntax", "helo-not-a-domain", 7),
        ("HELO a\u00a0b", "helo-syntax", "helo-not-a-domain", 7),
        ("HELO " + "a" * 256, "helo-syntax", "helo-not-a-domain", 6),
    ],
)
def test_a_name_that_is_refused(line: str, key: str, fault: str, column: int) -> None:
    dialogue = Dialogue()
    assert dialogue.faults(line) == [(fault, column)]
    assert dialogue.step.reply is not None
    assert (dialogue.step.reply.key, dialogue.step.reply.code) == (key, 501)
    assert dialogue.state.phase is Phase.START
    assert dialogue.state.helo is None


def test_the_longest_name_has_255_octets() -> None:
    name = ".".join(["abcdefghi"] * 25) + ".abcde"
    assert len(name) == 255
    dialogue = Dialogue()
    assert (dialogue.code(f"HELO {name}"), dialogue.step.faults) == (250, ())
    assert dialogue.code(f"HELO {name}f") == 501


def test_a_control_in_a_name_is_refused() -> None:
    dialogue = Dialogue()
    step = dialogue.take(Line(b"HELO cli\x00ent"))
    assert step.reply is not None
    assert step.reply.code == 501
    assert [fault.key for fault in step.faults] == ["control-octet", "helo-not-a-domain"]


@pytest.mark.parametrize("verb", ["HELO", "EHLO"])
@pytest.mark.parametrize("way", [MAIL, RCPT])
def test_a_new_hello_drops_the_transaction(verb: str, way: tuple[str, ...]) -> None:
    dialogue = Dialogue()
    facts = dialogue.say(*way, f"{verb} other.example.com").facts
    assert facts == (TransactionDropped(), HelloGiven("other.example.com", verb == "EHLO"))
    assert dialogue.state.envelope is None
    assert dialogue.state.phase is Phase.READY


def test_a_second_hello_drops_nothing_where_nothing_is() -> None:
    assert Dialogue().say(*HELLO, *HELLO).facts == (HelloGiven("client.example.com", True),)


def test_a_refused_hello_changes_nothing() -> None:
    dialogue = Dialogue(judge=refusing("helo", RULES["turned-away"]))
    assert dialogue.key(*HELLO) == "turned-away"
    assert dialogue.state.phase is Phase.START


def test_ehlo_lists_the_extensions_in_the_order_of_the_host() -> None:
    offered = service("size", "pipelining", "auth")
    assert Dialogue(offered).reply(*HELLO).lines == (
        "mx.example.net greets client.example.com",
        "SIZE 10485760",
        "PIPELINING",
        "AUTH PLAIN LOGIN CRAM-MD5",
        "HELP",
    )


def test_helo_lists_nothing() -> None:
    assert Dialogue(service("size")).reply("HELO client.example.com").lines == ("mx.example.net",)


def test_a_bare_server_still_has_help() -> None:
    assert Dialogue(BARE).reply(*HELLO).lines == ("mx.example.net greets client.example.com", "HELP")
