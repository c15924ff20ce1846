"""A session with a server of the protocol alone: the world is a function that answers its questions."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import md5
from hmac import new

from smtpsim.kernel.printable import encoded
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp import machine, offer
from smtpsim.protocol.smtp.extensions import names
from smtpsim.protocol.smtp.framing import Framer, Line, Unit
from smtpsim.protocol.smtp.question import (
    ACCEPTED,
    AskChallenge,
    AskLogin,
    AskMessage,
    AskRecipient,
    Question,
    Verdict,
)
from smtpsim.protocol.smtp.reply import Reply, ReplyRule
from smtpsim.protocol.smtp.service import Limits, Service, SmtpPending, SmtpStep
from smtpsim.protocol.smtp.state import Phase, State

Judge = Callable[[Question], Verdict]

MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5")
CHALLENGE = "<1.2@mx.example.net>"
UNKNOWN_USER = ReplyRule("user-unknown", 550, "5.1.1", "<{address}> User unknown", Ref(5321, "3.3"))


def service(*extensions: str, limits: Limits = Limits()) -> Service:
    """A server with these extensions."""
    return offer.service("mx.example.net", extensions, limits, MECHANISMS)


FULL = service(*names())
BARE = service()


def world(question: Question) -> Verdict:
    """Takes everything, but knows no user `nobody`; `ann` logs in with `tea`."""
    match question:
        case AskRecipient(path=path) if path.mailbox == "nobody":
            return Verdict(UNKNOWN_USER, {"address": str(path)})
        case AskMessage():
            return Verdict(None, {"id": "ID1"})
        case AskChallenge():
            return Verdict(None, {"challenge": CHALLENGE})
        case AskLogin():
            return ACCEPTED if _fits(question) else Verdict(FULL.rule("auth-failed"))
    return ACCEPTED


def _fits(question: AskLogin) -> bool:
    secret = digest(question.challenge) if question.mechanism == "CRAM-MD5" else "tea"
    return (question.user, question.secret) == ("ann", secret)


def digest(challenge: str) -> str:
    """What answers a challenge of CRAM-MD5 for the password `tea` (RFC 2195 2)."""
    return new(b"tea", challenge.encode(), md5).hexdigest()


def refusing(stage: str, rule: ReplyRule) -> Judge:
    """A world that refuses at one stage."""
    return lambda question: Verdict(rule) if question.stage == stage else world(question)


class Dialogue:
    """One connection. `step` is the last one, `state` that of the server now."""

    def __init__(self, offered: Service = FULL, judge: Judge = world) -> None:
        self.service, self.judge = offered, judge
        self.state = State()
        self.step = self._settled(machine.connect(self.state))

    def say(self, *lines: str) -> SmtpStep:
        """Send lines, each ended by CRLF; gives the last step."""
        for line in lines:
            self.take(Line(encoded(line)))
        return self.step

    def reply(self, *lines: str) -> Reply:
        """Send lines; the last one must be answered."""
        reply = self.say(*lines).reply
        assert reply is not None, lines
        return reply

    def code(self, *lines: str) -> int:
        return self.reply(*lines).code

    def key(self, *lines: str) -> str:
        return self.reply(*lines).key

    def faults(self, *lines: str) -> list[tuple[str, int]]:
        """Send lines; gives the last one's faults and their columns."""
        return [(fault.key, fault.column) for fault in self.say(*lines).faults]

    def take(self, unit: Unit) -> SmtpStep:
        return self._settled(machine.begin(self.state, self.service, unit))

    def feed(self, data: bytes, framer: Framer | None = None) -> list[SmtpStep]:
        """Send octets; gives the step of every whole unit among them."""
        framer = framer or Framer()
        framer.feed(data)
        steps = []
        while (unit := framer.take(self.state.wants_octets)) is not None:
            steps.append(self.take(unit))
        return steps

    def codes(self, data: bytes) -> list[int]:
        """Send octets; gives the codes that come back."""
        return [step.reply.code for step in self.feed(data) if step.reply]

    def _settled(self, begun: SmtpStep | SmtpPending) -> SmtpStep:
        if isinstance(begun, SmtpPending):
            verdict = self.judge(begun.question)
            begun = machine.finish(self.state, self.service, begun, verdict)
        self.step, self.state = begun, begun.state
        return begun


HELLO = ("EHLO client.example.com",)
MAIL = (*HELLO, "MAIL FROM:<ann@example.com>")
RCPT = (*MAIL, "RCPT TO:<bob@example.net>")
DATA = (*RCPT, "DATA")

WAYS: dict[Phase, tuple[str, ...]] = {
    Phase.START: (),
    Phase.READY: HELLO,
    Phase.MAIL: MAIL,
    Phase.RCPT: RCPT,
    Phase.DATA: DATA,
    Phase.CHUNK: (*RCPT, "BDAT 5"),
    Phase.CHUNKS: (*RCPT, "BDAT 5"),
    Phase.AUTH: (*HELLO, "AUTH LOGIN"),
    Phase.TURNED_AWAY: (),
    Phase.CLOSED: ("QUIT",),
}
"""The lines that lead to a phase; TURNED_AWAY is the world's doing, CHUNKS needs the chunk."""


def arrived(phase: Phase, offered: Service = FULL) -> Dialogue:
    """A dialogue that stands in a phase."""
    turned_away = refusing("connect", FULL.rule("turned-away"))
    dialogue = Dialogue(offered, turned_away if phase is Phase.TURNED_AWAY else world)
    dialogue.say(*WAYS[phase])
    if phase is Phase.CHUNKS:
        dialogue.feed(b"a: b\r")
    assert dialogue.state.phase is phase
    return dialogue
