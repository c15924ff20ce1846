"""The server against a small model of it, in any order of commands (RFC 5321 4.1.4)."""

from __future__ import annotations

from base64 import b64encode

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from smtpsim.kernel.printable import decoded
from smtpsim.protocol.smtp import offer
from smtpsim.protocol.smtp.extensions import names
from smtpsim.protocol.smtp.facts import LetterTaken
from smtpsim.protocol.smtp.framing import Line, Octets
from smtpsim.protocol.smtp.service import Limits, SmtpStep
from smtpsim.protocol.smtp.state import Phase
from tests.protocol.checked import CheckedDialogue
from tests.protocol.dialogue import MECHANISMS

PATIENT = offer.service("mx.example.net", names(), Limits(errors=10**9), MECHANISMS)
COMMANDS = {Phase.START, Phase.READY, Phase.MAIL, Phase.RCPT, Phase.CHUNKS}

texts = st.binary(max_size=40).filter(lambda text: b"\n" not in text)
content = texts.filter(lambda text: not text.startswith(b"."))
reading_commands = precondition(lambda machine: machine.phase in COMMANDS)


class Session(RuleBasedStateMachine):
    """`recipients` and `letter` are what the server must have by now; None while no mail is under way."""

    @initialize()
    def connect(self) -> None:
        self.dialogue = CheckedDialogue(PATIENT)
        self.greeted = self.esmtp = self.tls = self.user = False
        self.recipients: set[str] | None = None
        self.letter: list[bytes] = []

    @property
    def phase(self) -> Phase:
        return self.dialogue.state.phase

    def say(self, line: str, expected: int) -> SmtpStep:
        before = self.phase
        step = self.dialogue.say(line)
        assert step.reply is not None, line
        assert step.reply.code == expected, (line, before, step.reply)
        return step

    def drop(self) -> None:
        self.recipients, self.letter = None, []

    @reading_commands
    @rule(verb=st.sampled_from(["HELO", "EHLO"]))
    def hello(self, verb: str) -> None:
        self.say(f"{verb} client.example.com", 250)
        self.greeted, self.esmtp = True, verb == "EHLO"
        self.drop()

    @reading_commands
    @rule(sender=st.sampled_from(["<ann@example.com>", "<>", "ann@example.com", "<postmaster>"]))
    def mail(self, sender: str) -> None:
        free = self.phase is Phase.READY
        self.say(f"MAIL FROM:{sender}", 250 if free else 503)
        if free:
            self.recipients = set()

    @reading_commands
    @rule(recipient=st.sampled_from(["bob", "nobody", "postmaster", "bob lee"]))
    def rcpt(self, recipient: str) -> None:
        begun = self.phase in (Phase.MAIL, Phase.RCPT)
        known = {"nobody": 550, "bob lee": 501}.get(recipient, 250)
        self.say(f"RCPT TO:<{recipient}@example.net>", known if begun else 503)
        if begun and known == 250 and self.recipients is not None:
            self.recipients.add(recipient)

    @reading_commands
    @rule()
    def data(self) -> None:
        """A recipient that was taken is never followed by `need RCPT`."""
        self.say("DATA", 354 if self.recipients and self.phase is Phase.RCPT else 503)

    @precondition(lambda machine: machine.phase is Phase.DATA)
    @rule(text=content)
    def write(self, text: bytes) -> None:
        assert self.dialogue.take(Line(text)).reply is None
        self.letter.append(text)

    @precondition(lambda machine: machine.phase is Phase.DATA)
    @rule(text=texts.map(lambda text: b"." + text))
    def write_stuffed(self, text: bytes) -> None:
        assert self.dialogue.take(Line(b"." + text)).reply is None
        self.letter.append(text)

    @precondition(lambda machine: machine.phase is Phase.DATA)
    @rule()
    def finish(self) -> None:
        self.taken(self.say(".", 250))

    def taken(self, step: SmtpStep) -> None:
        (fact,) = step.facts
        assert isinstance(fact, LetterTaken)
        assert fact.content.lines() == self.letter
        assert {recipient.path.local for recipient in fact.envelope.recipients} == self.recipients
        assert len(fact.envelope.recipients) == len(self.recipients or ())
        self.drop()

    @reading_commands
    @rule(text=texts, last=st.booleans(), cut=st.integers(0, 40))
    def chunk(self, text: bytes, last: bool, cut: int) -> None:
        good = self.phase in (Phase.RCPT, Phase.CHUNKS)
        data = text + b"\r\n"
        begun = self.dialogue.say(f"BDAT {len(data)}{' LAST' * last}")
        assert begun.reply is None
        for piece in filter(None, (data[:cut], data[cut:])):
            step = self.dialogue.take(Octets(piece))
        assert step.reply is not None
        assert step.reply.code == (250 if good else 503)
        if good:
            self.letter.append(text)
        if good and last:
            self.taken(step)

    @reading_commands
    @rule(password=st.sampled_from(["tea", "coffee"]))
    def log_in(self, password: str) -> None:
        free = self.phase is Phase.READY and self.esmtp and not self.user
        answer = b64encode(f"\0ann\0{password}".encode()).decode()
        self.say(f"AUTH PLAIN {answer}", (235 if password == "tea" else 535) if free else 503)
        self.user = self.user or (free and password == "tea")

    @precondition(lambda machine: machine.phase is Phase.READY and machine.esmtp and not machine.user)
    @rule(answer=st.sampled_from(["*", "!", "YW5u"]))
    def begin_to_log_in(self, answer: str) -> None:
        self.say("AUTH LOGIN", 334)
        self.say(answer, 334 if answer == "YW5u" else 501)
        if answer == "YW5u":
            self.say("*", 501)

    @reading_commands
    @rule()
    def start_tls(self) -> None:
        good = self.phase in (Phase.READY, Phase.MAIL, Phase.RCPT) and not self.tls
        self.say("STARTTLS", 220 if good else 503)
        if good:
            self.tls, self.greeted, self.esmtp, self.user = True, False, False, False
            self.drop()

    @reading_commands
    @rule()
    def reset(self) -> None:
        self.say("RSET", 250)
        self.drop()

    @reading_commands
    @rule(line=st.sampled_from(["NOOP", "HELP", "VRFY ann", "EXPN staff"]))
    def ask(self, line: str) -> None:
        before = self.dialogue.state
        assert self.dialogue.say(line).reply is not None
        assert self.dialogue.state == before._replace(errors=self.dialogue.state.errors)

    @reading_commands
    @rule(text=texts.filter(lambda text: decoded(text).strip(" \t\r").upper()[:4] not in PATIENT.verbs))
    def talk_nonsense(self, text: bytes) -> None:
        before = self.dialogue.state
        step = self.dialogue.take(Line(text))
        assert step.reply is not None
        assert step.reply.code in (500, 501, 503)
        assert step.state == before._replace(errors=before.errors + 1)

    @reading_commands
    @rule(really=st.integers(0, 9))
    def quit(self, really: int) -> None:
        if really == 0:
            self.say("QUIT", 221)
            self.drop()

    @precondition(lambda machine: machine.phase is Phase.CLOSED)
    @rule(text=texts)
    def talk_on(self, text: bytes) -> None:
        step = self.dialogue.take(Line(text))
        assert step.reply is not None
        assert step.reply.key == "closed"

    @invariant()
    def the_model_agrees(self) -> None:
        if not hasattr(self, "dialogue"):
            return
        state = self.dialogue.state
        if state.phase is Phase.CLOSED:
            return
        assert (state.helo is not None, state.esmtp, state.tls) == (self.greeted, self.esmtp, self.tls)
        assert (state.user is not None) == self.user
        held = None if state.envelope is None else {recipient.path.local for recipient in state.envelope.recipients}
        assert held == self.recipients


TestSession = Session.TestCase
TestSession.settings = settings(max_examples=150, stateful_step_count=40)
