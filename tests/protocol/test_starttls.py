"""STARTTLS: everything that was known before is forgotten (RFC 3207 4.2)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.dialogue import TlsStarted
from smtpsim.protocol.smtp.facts import TransactionDropped
from smtpsim.protocol.smtp.state import Phase, State
from tests.protocol.dialogue import HELLO, RCPT, Dialogue, arrived

LOGIN = "AUTH PLAIN AGFubgB0ZWE="


@pytest.mark.parametrize("way", [HELLO, (*HELLO, LOGIN), ("HELO c.example",)])
def test_the_dialogue_begins_anew(way: tuple[str, ...]) -> None:
    dialogue = Dialogue()
    dialogue.say(*way)
    assert dialogue.code("STARTTLS") == 220
    assert dialogue.step.facts == (TlsStarted(),)
    assert dialogue.state == State(tls=True)


@pytest.mark.parametrize("phase", [Phase.MAIL, Phase.RCPT])
def test_a_mail_under_way_is_dropped(phase: Phase) -> None:
    dialogue = arrived(phase)
    assert dialogue.say("STARTTLS").facts == (TransactionDropped(), TlsStarted())
    assert dialogue.state == State(tls=True)


def test_behind_it_nothing_goes_before_hello() -> None:
    dialogue = Dialogue()
    dialogue.say(*HELLO, "STARTTLS")
    assert dialogue.key("MAIL FROM:<a@b>") == "need-hello"
    assert dialogue.key("STARTTLS") == "need-hello"
    assert dialogue.code(*RCPT) == 250


def test_it_is_offered_and_taken_once() -> None:
    dialogue = Dialogue()
    assert "STARTTLS" in dialogue.reply(*HELLO).lines
    dialogue.say("STARTTLS")
    assert "STARTTLS" not in dialogue.reply(*HELLO).lines
    assert dialogue.key("STARTTLS") == "tls-already"
    assert dialogue.state.phase is Phase.READY


def test_after_helo_it_is_taken_but_odd() -> None:
    dialogue = Dialogue()
    assert dialogue.faults("HELO c.example", " STARTTLS") == [("extension-without-ehlo", 2)]
    assert dialogue.faults(*HELLO, "STARTTLS") == []


def test_errors_are_not_forgotten() -> None:
    dialogue = Dialogue()
    dialogue.say("FROB", "FROB", *HELLO, "STARTTLS")
    assert dialogue.state.errors == 2


def test_tls_outlasts_everything_but_the_connection() -> None:
    dialogue = Dialogue()
    dialogue.say(*HELLO, "STARTTLS", *RCPT, "RSET", *RCPT, "DATA", ".", "HELO c.example")
    assert dialogue.state.tls
