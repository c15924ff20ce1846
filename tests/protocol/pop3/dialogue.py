"""A session with the POP3 server alone: the world is one maildrop, whose user `ann` logs in with `tea`."""

from __future__ import annotations

from hashlib import md5

from smtpsim.kernel.printable import encoded
from smtpsim.protocol.maildrop import Mail, Maildrop, MailsRemoved
from smtpsim.protocol.pop3 import machine
from smtpsim.protocol.pop3.facts import Fact
from smtpsim.protocol.pop3.question import Question, Verdict
from smtpsim.protocol.pop3.reply import Reply
from smtpsim.protocol.pop3.service import PopPending, PopStep, Service
from smtpsim.protocol.pop3.state import Phase, State
from smtpsim.protocol.smtp.framing import Framer, Line, Unit

SERVICE = Service("pop.example.net")

HELLO = b"Return-Path: <bob@example.com>\r\nSubject: hello\r\n\r\nfirst\r\nsecond\r\nthird\r\n"
DOTS = b"Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n\r\n"
OCTETS = b"Subject: \xff\xfe\r\n\r\n\xe3\x81\x82\x80 no end"

DROP = Maildrop("INBOX", (Mail(7, HELLO), Mail(8, DOTS), Mail(12, OCTETS)), uid_next=13, uid_validity=5)


class Dialogue:
    """One connection. `step` is the last one, `state` that of the server now, `drop` what the world has."""

    def __init__(self, drop: Maildrop = DROP, service: Service = SERVICE, timestamp: str = "") -> None:
        self.drop, self.service = drop, service
        self.state = State(timestamp=timestamp)
        self.framer = Framer()
        self.step = self._settled(machine.connect(self.state, service))

    def judge(self, question: Question) -> Verdict:
        password = md5(f"{question.challenge}tea".encode()).hexdigest() if question.challenge else "tea"
        if (question.user, question.secret) == ("ann", password):
            return Verdict(maildrop=self.drop)
        return Verdict(self.service.rule("login-refused"))

    def say(self, *lines: str) -> PopStep:
        """Send lines, each ended by CRLF; gives the last step."""
        for line in lines:
            self.take(Line(encoded(line)))
        return self.step

    def reply(self, *lines: str) -> Reply:
        return self.say(*lines).reply

    def faults(self, *lines: str) -> list[tuple[str, int]]:
        """Send lines; gives the last one's faults and their columns."""
        return [(fault.key.removeprefix("pop3-"), fault.column) for fault in self.say(*lines).faults]

    def take(self, unit: Unit) -> PopStep:
        assert isinstance(unit, Line)
        return self._settled(machine.begin(self.state, self.service, unit))

    def octets(self, data: bytes) -> bytes:
        """Send octets; gives those that come back."""
        self.framer.feed(data)
        sent = b""
        while (unit := self.framer.take(self.state.wants_octets)) is not None:
            sent += self.take(unit).reply.wire()
        return sent

    @property
    def closed(self) -> bool:
        return self.state.phase is Phase.CLOSED

    def _settled(self, begun: PopStep | PopPending) -> PopStep:
        if isinstance(begun, PopPending):
            begun = machine.finish(self.state, self.service, begun, self.judge(begun.question))
        for fact in begun.facts:
            self._apply(fact)
        self.step, self.state = begun, begun.state
        return begun

    def _apply(self, fact: Fact) -> None:
        """What the world does with a fact."""
        if isinstance(fact, MailsRemoved):
            kept = tuple(mail for mail in self.drop.mails if mail.uid not in fact.uids)
            self.drop = self.drop._replace(mails=kept)


LOGIN = ("USER ann", "PASS tea")

WAYS: dict[Phase, tuple[str, ...]] = {
    Phase.AUTHORIZATION: (),
    Phase.USER: ("USER ann",),
    Phase.AUTH: ("AUTH PLAIN",),
    Phase.TRANSACTION: LOGIN,
    Phase.CLOSED: ("QUIT",),
}
"""The lines that lead to a phase."""


STAMP = "<1896.697170952@dbc.mtview.ca.us>"


def arrived(phase: Phase, timestamp: str = "") -> Dialogue:
    """A dialogue that stands in a phase."""
    dialogue = Dialogue(timestamp=timestamp)
    dialogue.say(*WAYS[phase])
    assert dialogue.state.phase is phase
    return dialogue
