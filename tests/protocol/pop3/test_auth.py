"""AUTH, APOP and STLS: the other ways to log in, and what they leave behind (RFC 5034, RFC 1939 7, RFC 2595 4)."""

from __future__ import annotations

from base64 import b64encode
from hashlib import md5

import pytest

from smtpsim.protocol.dialogue import LoggedIn, LoginRefused, TlsStarted
from smtpsim.protocol.pop3.service import Service
from smtpsim.protocol.pop3.state import Phase
from tests.protocol.pop3.dialogue import STAMP, Dialogue, arrived


def plain(user: str, secret: str) -> str:
    return b64encode(f"\0{user}\0{secret}".encode()).decode()


GOOD = plain("ann", "tea")


@pytest.mark.parametrize("lines", [(f"AUTH PLAIN {GOOD}",), ("AUTH PLAIN", GOOD), ("auth plain", f"  {GOOD} ")])
def test_plain(lines: tuple[str, ...]) -> None:
    step = Dialogue().say(*lines)
    assert step.reply.accepts
    assert step.state.phase is Phase.TRANSACTION
    assert step.facts == (LoggedIn("ann"),)


def test_the_challenge_is_a_plus_and_nothing_more() -> None:
    assert Dialogue().reply("AUTH PLAIN").wire() == b"+ \r\n"


def test_auth_alone_lists_the_mechanisms() -> None:
    assert Dialogue().reply("AUTH").lines == ("+OK Mechanisms follow", "PLAIN", ".")


REFUSED = {
    "*": ("auth-cancelled", []),
    "STAT": ("login-refused", [("credentials-syntax", 1)]),
    "no base64!": ("auth-base64", [("base64-syntax", 3)]),
    b64encode(b"ann").decode(): ("login-refused", [("credentials-syntax", 1)]),
    plain("ann", "wrong"): ("login-refused", []),
    "": ("login-refused", [("credentials-syntax", 1)]),
}


@pytest.mark.parametrize("line", REFUSED)
def test_no_answer_is_taken_for_a_command(line: str) -> None:
    """Whatever it says, the line after AUTH is the answer; the next one is a command again."""
    dialogue = arrived(Phase.AUTH)
    key, faults = REFUSED[line]
    assert dialogue.faults(line) == faults
    assert (dialogue.step.reply.key, dialogue.state.phase) == (key, Phase.AUTHORIZATION)
    assert dialogue.state.errors == 1
    assert dialogue.reply("CAPA").accepts


def test_a_refused_user_is_a_fact() -> None:
    assert Dialogue().say(f"AUTH PLAIN {plain('bob', 'tea')}").facts == (LoginRefused("bob"),)


@pytest.mark.parametrize("name", ["LOGIN", "CRAM-MD5", "x"])
def test_other_mechanisms_are_not_offered(name: str) -> None:
    dialogue = Dialogue()
    assert dialogue.reply(f"AUTH {name}").key == "auth-mechanism"
    assert dialogue.state.phase is Phase.AUTHORIZATION


def test_apop_hashes_the_greeting_with_the_password() -> None:
    dialogue = Dialogue(timestamp=STAMP)
    assert dialogue.step.reply.lines == (f"+OK pop.example.net POP3 ready {STAMP}",)
    assert dialogue.reply(f"APOP ann {md5(f'{STAMP}coffee'.encode()).hexdigest()}").key == "login-refused"
    assert dialogue.reply(f"APOP ann {md5(f'{STAMP}tea'.encode()).hexdigest()}").key == "login-ok"


def test_without_a_timestamp_there_is_no_apop() -> None:
    assert Dialogue().reply(f"APOP ann {'0' * 32}").key == "not-offered"


def test_stls_begins_anew() -> None:
    dialogue = Dialogue(timestamp=STAMP)
    assert "STLS" in dialogue.reply("CAPA").lines
    step = dialogue.say("USER ann", "STLS")
    assert (step.reply.key, step.facts) == ("tls-go", (TlsStarted(),))
    assert (step.state.user, step.state.timestamp, step.state.tls) == (None, STAMP, True)
    assert "STLS" not in dialogue.reply("CAPA").lines
    assert dialogue.reply("STLS").key == "tls-already"
    assert dialogue.reply("PASS tea").key == "need-user"


def test_a_server_without_tls_offers_none() -> None:
    dialogue = Dialogue(service=Service("pop.example.net", tls=False))
    assert "STLS" not in dialogue.reply("CAPA").lines
    assert dialogue.reply("STLS").key == "not-offered"
