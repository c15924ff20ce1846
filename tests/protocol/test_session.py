"""From the greeting to the end: RSET and QUIT everywhere, too many of anything, and servers that hang up."""

from __future__ import annotations

import pytest

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.dialogue import Closed, Connected
from smtpsim.protocol.smtp.extensions import names
from smtpsim.protocol.smtp.facts import (
    LetterRefused,
    RecipientRefused,
    RecipientTaken,
    SenderRefused,
    TransactionBegun,
    TransactionDropped,
)
from smtpsim.protocol.smtp.framing import Octets
from smtpsim.protocol.smtp.replies import RULES
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.service import Limits
from smtpsim.protocol.smtp.state import EMPTY, Phase
from tests.protocol.dialogue import DATA, HELLO, MAIL, RCPT, Dialogue, arrived, refusing, service

TRANSACTIONS = [Phase.MAIL, Phase.RCPT, Phase.CHUNKS]
BUSY = RULES["busy"]
BYE_BYE = ReplyRule("no-mail-here", 521, "5.3.2", "This host takes no mail", Ref(7504, "2"))


def test_the_greeting() -> None:
    dialogue = Dialogue()
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.wire() == "220 mx.example.net ESMTP smtpsim\r\n"
    assert dialogue.step.facts == (Connected("mx.example.net"),)


@pytest.mark.parametrize("phase", [Phase.START, Phase.READY])
def test_rset_without_a_transaction_changes_nothing(phase: Phase) -> None:
    dialogue = arrived(phase)
    before = dialogue.state
    assert dialogue.key("RSET") == "reset"
    assert (dialogue.state, dialogue.step.facts) == (before, ())


@pytest.mark.parametrize("phase", TRANSACTIONS)
def test_rset_drops_the_transaction_and_nothing_else(phase: Phase) -> None:
    dialogue = arrived(phase)
    assert dialogue.key("RSET") == "reset"
    assert dialogue.step.facts == (TransactionDropped(),)
    assert dialogue.state == arrived(Phase.READY).state


@pytest.mark.parametrize("phase", [Phase.START, Phase.READY, *TRANSACTIONS])
def test_quit(phase: Phase) -> None:
    dialogue = arrived(phase)
    dropped = (TransactionDropped(),) if phase in TRANSACTIONS else ()
    assert dialogue.code("QUIT") == 221
    assert dialogue.step.facts == (*dropped, Closed("client"))
    assert dialogue.state.phase is Phase.CLOSED
    assert (dialogue.state.envelope, dialogue.state.content) == (None, EMPTY)


def test_rset_and_quit_in_a_letter_are_content() -> None:
    dialogue = arrived(Phase.DATA)
    assert dialogue.say("RSET", "QUIT").reply is None
    assert dialogue.state.phase is Phase.DATA


def test_sender_and_recipients() -> None:
    dialogue = Dialogue()
    begun = dialogue.say(*MAIL).facts
    taken = dialogue.say("RCPT TO:<bob@example.net>").facts
    refused = dialogue.say("RCPT TO:<nobody@example.net>").facts
    assert [type(fact) for fact in (*begun, *taken, *refused)] == [
        TransactionBegun,
        RecipientTaken,
        RecipientRefused,
    ]
    envelope = dialogue.state.envelope
    assert envelope is not None
    assert [str(recipient.path) for recipient in envelope.recipients] == ["bob@example.net"]


def test_a_refused_sender_begins_nothing() -> None:
    dialogue = Dialogue(judge=refusing("mail", RULES["turned-away"]))
    assert isinstance(dialogue.say(*MAIL).facts[0], SenderRefused)
    assert dialogue.state.phase is Phase.READY
    assert dialogue.state.errors == 0


def test_too_many_recipients_are_refused_for_now_and_the_others_stay() -> None:
    dialogue = Dialogue(service(limits=Limits(recipients=100)))
    dialogue.say(*MAIL)
    codes = [dialogue.code(f"RCPT TO:<user{number}@example.net>") for number in range(150)]
    assert codes == [250] * 100 + [452] * 50
    assert dialogue.key("RCPT TO:<>") == "bad-recipient"
    assert dialogue.code("DATA") == 354


@pytest.mark.parametrize("line", ["FROB", "", "MAIL FROM", "DATA", "RCPT TO:<a@b>", "HELO", "RSET x", "BDAT x"])
def test_too_many_mistakes_close_the_connection(line: str) -> None:
    dialogue = Dialogue(service("chunking", limits=Limits(errors=5)))
    assert [dialogue.code(line) // 100 for _ in range(5)] == [5] * 5
    assert dialogue.key("NOOP") == "too-many-errors"
    assert dialogue.step.facts == (Closed("server"),)
    assert dialogue.state.phase is Phase.CLOSED
    assert dialogue.key("NOOP") == "closed"


def test_too_many_mistakes_drop_the_mail_under_way() -> None:
    dialogue = Dialogue(service(limits=Limits(errors=1)))
    dialogue.say(*RCPT, "FROB")
    assert dialogue.say("DATA").facts == (TransactionDropped(), Closed("server"))
    assert dialogue.state.envelope is None


def test_too_many_mistakes_end_a_log_in() -> None:
    dialogue = Dialogue(service("auth", limits=Limits(errors=1)))
    dialogue.say(*HELLO, "AUTH PLAIN !", "NOOP")
    assert dialogue.state.phase is Phase.CLOSED


def test_guessing_passwords_is_a_mistake_too() -> None:
    dialogue = Dialogue(service("auth", limits=Limits(errors=3)))
    dialogue.say(*HELLO)
    codes = [dialogue.code("AUTH PLAIN AGFubgBjb2ZmZWU=") for _ in range(4)]
    assert codes == [535, 535, 535, 421]


def test_unknown_recipients_are_no_mistakes() -> None:
    dialogue = Dialogue(service(limits=Limits(errors=3)))
    dialogue.say(*MAIL)
    assert {dialogue.code("RCPT TO:<nobody@example.net>") for _ in range(50)} == {550}
    assert dialogue.code("RCPT TO:<bob@example.net>") == 250


def test_an_accepted_letter_forgives_mistakes() -> None:
    dialogue = Dialogue(service(limits=Limits(errors=3)))
    for _ in range(5):
        assert dialogue.code("FROB", "FROB", *DATA, ".") == 250
        assert dialogue.state.errors == 0


def test_a_client_that_is_turned_away_can_only_quit() -> None:
    dialogue = arrived(Phase.TURNED_AWAY)
    assert dialogue.step.reply is not None
    assert (dialogue.step.reply.code, dialogue.step.facts) == (554, ())
    assert [dialogue.code(line) for line in (*RCPT, "FROB", "RSET")] == [503] * 5
    assert dialogue.code("QUIT") == 221


def test_a_busy_server_hangs_up_at_once() -> None:
    dialogue = Dialogue(judge=refusing("connect", BUSY))
    assert dialogue.step.facts == (Closed("server"),)
    assert dialogue.state.phase is Phase.CLOSED


@pytest.mark.parametrize("rule", [BUSY, BYE_BYE])
@pytest.mark.parametrize(
    ("stage", "lines", "fact"),
    [
        ("helo", HELLO, None),
        ("mail", MAIL, SenderRefused),
        ("rcpt", RCPT, RecipientRefused),
        ("data", DATA, None),
        ("message", (*DATA, "."), LetterRefused),
        ("vrfy", ("VRFY ann",), None),
    ],
)
def test_some_refusals_end_the_session(rule: ReplyRule, stage: str, lines: tuple[str, ...], fact: type | None) -> None:
    dialogue = Dialogue(judge=refusing(stage, rule))
    step = dialogue.say(*lines)
    assert step.reply is not None
    assert step.reply.code == rule.code
    assert dialogue.state.phase is Phase.CLOSED
    assert dialogue.state.envelope is None
    assert step.facts[-1] == Closed("server")
    assert fact is None or isinstance(step.facts[0], fact)


@pytest.mark.parametrize("stage", ["helo", "mail", "rcpt", "data", "message"])
def test_other_refusals_do_not(stage: str) -> None:
    dialogue = Dialogue(judge=refusing(stage, RULES["turned-away"]))
    dialogue.say(*DATA, ".")
    assert dialogue.code("NOOP") == 250


def test_closed_stays_closed() -> None:
    dialogue = arrived(Phase.CLOSED)
    for line in ("", "NOOP", "QUIT", "HELO x", "BDAT 10", "x" * 1000, "\0"):
        assert dialogue.key(line) == "closed"
    assert dialogue.codes(b"x" * 70_000 + b"\n") == [421, 421]
    assert dialogue.take(Octets(b"x")).reply is not None
    assert dialogue.state.phase is Phase.CLOSED


def test_a_recipient_named_twice_is_in_the_envelope_once() -> None:
    dialogue = Dialogue()
    dialogue.say(
        "EHLO a", "MAIL FROM:<>", "RCPT TO:<Ann@example.com>", "RCPT TO:<Ann@EXAMPLE.com>", "RCPT TO:<ann@example.com>"
    )
    assert dialogue.state.envelope is not None
    assert [str(recipient.path) for recipient in dialogue.state.envelope.recipients] == [
        "Ann@example.com",
        "ann@example.com",
    ]


@pytest.mark.parametrize(("counted", "code"), [(False, 550), (True, 421)])
def test_refused_recipients_are_errors_where_the_host_says_so(counted: bool, code: int) -> None:
    limits = Limits(errors=3, refused_count=counted)
    dialogue = Dialogue(service(*names(), limits=limits))
    assert dialogue.code(*MAIL, *["RCPT TO:<nobody@example.net>"] * 4) == code
    assert (dialogue.state.phase is Phase.CLOSED) == counted
