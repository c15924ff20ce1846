"""A session with the IMAP server alone: the world is two mailboxes, whose user `ann` logs in with `tea`."""

from __future__ import annotations

from smtpsim.kernel.printable import encoded
from smtpsim.protocol.imap import machine
from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.question import AskLogin, Question, Verdict
from smtpsim.protocol.imap.reply import Reply
from smtpsim.protocol.imap.service import ImapPending, ImapStep, Service
from smtpsim.protocol.imap.state import Phase, State
from smtpsim.protocol.maildrop import (
    FlagsChanged,
    Mail,
    MailboxMade,
    MailboxRemoved,
    MailboxRenamed,
    Maildrop,
    MailsAdded,
    MailsRemoved,
    Subscribed,
)
from smtpsim.protocol.smtp.framing import Framer, Line, Octets, Unit

SERVICE = Service("imap.example.net")

HELLO = b"""\
Return-Path: <bob@example.com>\r
Date: Thu, 1 Feb 2024 10:00:00 +0900\r
From: Bob <bob@example.com>\r
To: ann@example.net\r
Subject: hello\r
Message-ID: <1@example.com>\r
\r
first line\r
second line\r
"""

REPORT = b"""\
From: "Smith, Carol" <carol@example.org>\r
To: undisclosed-recipients:;\r
Subject: =?utf-8?B?5pel5pys?=\r
\t=?utf-8?Q?=E8=AA=9E?= folded\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="b 1"\r
\r
preamble\r
--b 1\r
\r
plain words\r
--b 1\r
Content-Type: message/rfc822\r
\r
Subject: inner\r
From: dave@example.org\r
Content-Type: multipart/alternative; boundary=b2\r
\r
--b2\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r
\r
caf=C3=A9\r
--b2\r
Content-Type: text/html\r
\r
<p>caf</p>\r
--b2--\r
\r
--b 1\r
Content-Type: text/plain; charset=iso-2022-jp; name="a\\"b"\r
Content-Transfer-Encoding: base64\r
Content-Disposition: attachment; filename=x.txt\r
\r
GyRCRnxLXBsoQg==\r
--b 1--\r
epilogue\r
"""

OCTETS = b"Subject: \xff\xfe\r\n\r\n\x80\x1b[31m no end"

SEEN, RECENT, DELETED = "\\Seen", "\\Recent", "\\Deleted"

MAILS = (
    Mail(7, HELLO, frozenset({SEEN}), 1_706_749_200),
    Mail(8, REPORT, frozenset(), 1_706_835_600),
    Mail(12, OCTETS, frozenset({RECENT}), 1_706_922_000),
)
INBOX = Maildrop("INBOX", MAILS, uid_next=13, uid_validity=5, fixed=True)
DROPS = (INBOX, Maildrop("Archive/2024"))


class Dialogue:
    """One connection. `step` is the last one, `state` that of the server now, `drops` what the world has."""

    def __init__(self, drops: tuple[Maildrop, ...] = DROPS, service: Service = SERVICE) -> None:
        self.drops = {drop.name: drop for drop in drops}
        self.service = service
        self.state = State()
        self.framer = Framer()
        self.step = self._settled(machine.connect(self.state, service))

    @property
    def inbox(self) -> Maildrop:
        """What the world has in INBOX now."""
        return self.drops["INBOX"]

    def judge(self, question: Question) -> Verdict:
        if not isinstance(question, AskLogin):
            return Verdict(maildrops=tuple(self.drops.values()))
        fits = (question.user, question.secret) == ("ann", "tea")
        return Verdict() if fits else Verdict(self.service.rule("login-refused"))

    def say(self, *lines: str) -> ImapStep:
        """Send lines, each ended by CRLF, or as the octets of a literal where those are wanted; gives the last step."""
        for line in lines:
            octets = encoded(line)
            self.take(Octets(octets) if self.state.wants_octets else Line(octets))
        return self.step

    def reply(self, *lines: str) -> Reply:
        """Send lines; the last one must be answered."""
        reply = self.say(*lines).reply
        assert reply is not None, lines
        return reply

    def lines(self, *lines: str) -> list[str]:
        return list(self.reply(*lines).lines)

    def untagged(self, line: str) -> list[str]:
        """Send a command with the tag `a`, which must be carried out; gives what was said before its completion."""
        *untagged, last = self.lines(f"a {line}")
        assert last.startswith("a OK "), last
        assert all(told.startswith("* ") for told in untagged), untagged
        return [told[2:] for told in untagged]

    def faults(self, *lines: str) -> list[tuple[str, int]]:
        """Send lines; gives the last one's faults and their columns."""
        return [(fault.key.removeprefix("imap-"), fault.column) for fault in self.say(*lines).faults]

    def take(self, unit: Unit) -> ImapStep:
        return self._settled(machine.begin(self.state, self.service, unit))

    def octets(self, data: bytes) -> bytes:
        """Send octets; gives those that come back."""
        self.framer.feed(data)
        sent = b""
        while (unit := self.framer.take(self.state.wants_octets)) is not None:
            reply = self.take(unit).reply
            sent += reply.wire() if reply else b""
        return sent

    @property
    def closed(self) -> bool:
        return self.state.phase is Phase.CLOSED

    def _settled(self, begun: ImapStep | ImapPending) -> ImapStep:
        if isinstance(begun, ImapPending):
            begun = machine.finish(self.state, self.service, begun, self.judge(begun.question))
        for fact in begun.facts:
            self._apply(fact)
        self.step, self.state = begun, begun.state
        return begun

    def _apply(self, fact: Fact) -> None:
        """What the world does with a fact."""
        if isinstance(fact, MailsRemoved):
            drop = self.drops[fact.mailbox]
            kept = tuple(mail for mail in drop.mails if mail.uid not in fact.uids)
            self.drops[fact.mailbox] = drop._replace(mails=kept)
        elif isinstance(fact, FlagsChanged):
            drop, flags = self.drops[fact.mailbox], dict(fact.changes)
            changed = (mail._replace(flags=flags.get(mail.uid, mail.flags)) for mail in drop.mails)
            self.drops[fact.mailbox] = drop._replace(mails=tuple(changed))
        elif isinstance(fact, MailsAdded):
            self.drops[fact.mailbox] = self.drops[fact.mailbox].added(fact.mails)
        elif isinstance(fact, MailboxMade):
            self.drops[fact.mailbox] = Maildrop(fact.mailbox, uid_validity=len(self.drops) + 10)
        elif isinstance(fact, MailboxRemoved):
            del self.drops[fact.mailbox]
        elif isinstance(fact, MailboxRenamed):
            self.drops[fact.to] = self.drops.pop(fact.mailbox)._replace(name=fact.to)
        elif isinstance(fact, Subscribed):
            self.drops[fact.mailbox] = self.drops[fact.mailbox]._replace(subscribed=fact.on)


LOGIN = ("a LOGIN ann tea",)
SELECT = (*LOGIN, "a SELECT INBOX")

WAYS: dict[Phase, tuple[str, ...]] = {
    Phase.NOT_AUTHENTICATED: (),
    Phase.AUTHENTICATED: LOGIN,
    Phase.SELECTED: SELECT,
    Phase.LITERAL: ("a LOGIN {3}",),
    Phase.REST: ("a LOGIN {3}", "ann"),
    Phase.AUTH: ("a AUTHENTICATE PLAIN",),
    Phase.IDLE: (*SELECT, "a IDLE"),
    Phase.CLOSED: ("a LOGOUT",),
}
"""The lines that lead to a phase."""


def arrived(phase: Phase, drops: tuple[Maildrop, ...] = DROPS) -> Dialogue:
    """A dialogue that stands in a phase."""
    dialogue = Dialogue(drops)
    dialogue.say(*WAYS[phase])
    assert dialogue.state.phase is phase
    return dialogue


def opened(*mails: Mail) -> Dialogue:
    """A dialogue that has selected a mailbox with these mails."""
    drop = Maildrop("INBOX", mails, uid_next=max((mail.uid for mail in mails), default=0) + 1)
    return arrived(Phase.SELECTED, (drop,))


def mail(octets: bytes, *flags: str, uid: int = 1, internal_date: int = 0) -> Mail:
    return Mail(uid, octets, frozenset(flags), internal_date)
