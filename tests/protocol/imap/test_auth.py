"""AUTHENTICATE, STARTTLS and IDLE: what comes in a line of its own is no command (RFC 3501 6.2, RFC 2177)."""

from __future__ import annotations

from base64 import b64encode

import pytest

from smtpsim.protocol.dialogue import LoggedIn, LoginRefused, TlsStarted
from smtpsim.protocol.imap import machine
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.service import Service, capabilities
from smtpsim.protocol.imap.state import Phase
from smtpsim.protocol.maildrop import NewMail
from tests.protocol.imap.dialogue import HELLO, Dialogue, arrived


def plain(user: str, secret: str) -> str:
    return b64encode(f"\0{user}\0{secret}".encode()).decode()


GOOD = plain("ann", "tea")


@pytest.mark.parametrize("lines", [("a AUTHENTICATE PLAIN", GOOD), (f"a authenticate plain {GOOD}",)])
def test_plain(lines: tuple[str, ...]) -> None:
    dialogue = Dialogue()
    step = dialogue.say(*lines)
    assert step.reply is not None
    assert step.reply.lines == ("a OK AUTHENTICATE completed",)
    assert (step.state.phase, step.state.user, step.facts) == (Phase.AUTHENTICATED, "ann", (LoggedIn("ann"),))


def test_the_challenge_is_a_plus_and_nothing_more() -> None:
    assert Dialogue().reply("a AUTHENTICATE PLAIN").wire() == b"+ \r\n"


REFUSED = {
    "*": ("auth-cancelled", []),
    "b NOOP": ("auth-base64", [("base64-syntax", 2)]),
    "NOOP": ("login-refused", [("credentials-syntax", 1)]),
    plain("ann", "wrong"): ("login-refused", []),
    "": ("login-refused", [("credentials-syntax", 1)]),
}


@pytest.mark.parametrize("line", REFUSED)
def test_no_answer_is_taken_for_a_command(line: str) -> None:
    dialogue = arrived(Phase.AUTH)
    key, faults = REFUSED[line]
    assert dialogue.faults(line) == faults
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.key == key
    assert dialogue.step.reply.lines[-1].startswith("a ")
    assert (dialogue.state.phase, dialogue.state.continued) == (Phase.NOT_AUTHENTICATED, None)
    assert dialogue.untagged("NOOP") == []


def test_a_refused_user_is_a_fact() -> None:
    assert Dialogue().say(f"a AUTHENTICATE PLAIN {plain('bob', 'tea')}").facts == (LoginRefused("bob"),)


@pytest.mark.parametrize("answer", [GOOD, "*", b64encode(b"ann 0123").decode()])
def test_the_answer_to_a_refused_mechanism_is_no_command(answer: str) -> None:
    """A client that does not wait for the plus has sent it already."""
    dialogue = Dialogue()
    assert dialogue.reply("a AUTHENTICATE CRAM-MD5").key == "auth-mechanism"
    assert dialogue.reply(answer).lines == ("* BAD No answer to AUTHENTICATE was asked for",)
    assert dialogue.faults(answer) != []  # the second time it is a line like any other


def test_a_command_after_a_refused_mechanism_is_one() -> None:
    dialogue = Dialogue()
    dialogue.say("a AUTHENTICATE X")
    assert dialogue.reply("b LOGIN ann tea").key == "login-ok"


def test_starttls_begins_anew() -> None:
    dialogue = Dialogue()
    step = dialogue.say("a STARTTLS")
    assert step.facts == (TlsStarted(),)
    assert "STARTTLS" not in dialogue.untagged("CAPABILITY")[0]
    assert dialogue.reply("a STARTTLS").key == "tls-already"
    dialogue.say("a LOGIN ann tea")
    assert dialogue.state.tls


def test_a_server_without_tls_offers_none() -> None:
    dialogue = Dialogue(service=Service("imap.example.net", tls=False))
    assert "STARTTLS" not in capabilities(dialogue.state, dialogue.service)
    assert dialogue.reply("a STARTTLS").key == "not-offered"


@pytest.mark.parametrize("phase", [Phase.AUTHENTICATED, Phase.SELECTED])
def test_done_ends_idling(phase: Phase) -> None:
    dialogue = arrived(phase)
    assert dialogue.lines("a IDLE") == ["+ idling"]
    assert dialogue.lines("done")[-1] == "a OK IDLE completed"
    assert dialogue.state.phase is phase


def test_anything_else_ends_it_too_and_is_no_command() -> None:
    dialogue = arrived(Phase.IDLE)
    assert dialogue.faults("b LOGOUT") == [("done-missing", 1)]
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.lines == ("a BAD DONE ends IDLE, and nothing else",)
    assert dialogue.state.phase is Phase.SELECTED


def test_who_idles_is_told_at_once() -> None:
    dialogue = arrived(Phase.IDLE)
    quiet = Verdict(maildrops=tuple(dialogue.drops.values()))
    assert machine.push(dialogue.state, dialogue.service, quiet) is None
    dialogue.drops["INBOX"] = dialogue.inbox.added((NewMail(HELLO),))
    step = machine.push(dialogue.state, dialogue.service, Verdict(maildrops=tuple(dialogue.drops.values())))
    assert step is not None
    assert step.reply is not None
    assert step.reply.lines == ("* 4 EXISTS", "* 2 RECENT")
    assert step.state.phase is Phase.IDLE
    assert machine.push(step.state, dialogue.service, Verdict(maildrops=tuple(dialogue.drops.values()))) is None
    assert machine.push(arrived(Phase.SELECTED).state, dialogue.service, quiet) is None
