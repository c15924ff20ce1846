"""A server whose replies are known, as a recording shows them: state and facts follow what it said, whatever this
program's own server would have said to the same line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from smtpsim.kernel.address import NULL, Path, split_address
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import decoded
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.dialogue import Closed, TlsStarted
from smtpsim.protocol.smtp import machine
from smtpsim.protocol.smtp.command import read_command
from smtpsim.protocol.smtp.extensions import chunking
from smtpsim.protocol.smtp.facts import (
    HelloGiven,
    LetterBegun,
    LetterRefused,
    RecipientRefused,
    RecipientTaken,
    SenderRefused,
    TransactionBegun,
)
from smtpsim.protocol.smtp.framing import Octets, Unit
from smtpsim.protocol.smtp.question import Verdict
from smtpsim.protocol.smtp.recorded_login import is_known, login
from smtpsim.protocol.smtp.reply import Reply, ReplyRule
from smtpsim.protocol.smtp.service import Command, Service, SmtpPending, SmtpStep
from smtpsim.protocol.smtp.state import Envelope, Phase, Recipient, State
from smtpsim.protocol.smtp.step import dropped


class Recorded(NamedTuple):
    """What the server said to one unit of input; `lines` stand after the code."""

    code: int
    lines: tuple[str, ...]


SILENT = Recorded(0, ())
"""The recording shows no reply."""

RULES = {
    2: ReplyRule("recorded-done", 250, "", "", Ref(5321, "4.2.1")),
    3: ReplyRule("recorded-go-on", 354, "", "", Ref(5321, "4.2.1")),
    4: ReplyRule("recorded-not-now", 450, "", "", Ref(5321, "4.2.1")),
    5: ReplyRule("recorded-refused", 550, "", "", Ref(5321, "4.2.1")),
}
"""By its first digit: a reply that this program's server would not have given."""

ODD = ReplyRule("recorded-odd", 0, "", "", Ref(5321, "4.2.1"))
"""Any other digit; SMTP has none such."""

# status-code = class "." subject "." detail (RFC 3463 2)
_ENHANCED = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?: |\Z)")

_SYNTAX = range(500, 505)
"""Codes of refusals that are about the line and not about whom it names (RFC 5321 4.2.2)."""


class _Heard(NamedTuple):
    """A line with its recorded reply, and the step that this program's server would have made."""

    state: State
    service: Service
    line: str
    command: Command | Fault
    begun: SmtpStep | SmtpPending
    own: SmtpStep
    verdict: Verdict
    reply: Reply

    @property
    def verb(self) -> str:
        return self.command.verb if isinstance(self.command, Command) else ""


def begin(state: State, service: Service, unit: Unit, recorded: Recorded) -> SmtpStep | SmtpPending:
    """Take a unit. A reply to a piece of a chunk says that the chunk ended there, however long it was to be; a piece
    without octets and without a reply, that nothing is known of its end."""
    if state.exchange and not is_known(state.exchange):
        return SmtpStep(state, None)
    if state.chunk and isinstance(unit, Octets) and not unit.data and recorded is SILENT:
        return SmtpStep(_unanswered(state), None)
    if state.chunk and isinstance(unit, Octets) and recorded is not SILENT:
        state = state._replace(chunk=state.chunk._replace(left=len(unit.data)))
        return chunking.chunk_octets(state, service, unit.data)
    return machine.begin(state, service, unit)


def follow(
    state: State, service: Service, unit: Unit, begun: SmtpStep | SmtpPending, verdict: Verdict, recorded: Recorded
) -> SmtpStep:
    """The step that the recorded reply makes of a unit; `begun` is what `begin` gave, `verdict` the world's answer to
    its question. Gives a step for every reply, also for one that no server should have given."""
    silent = recorded is SILENT
    own = begun if isinstance(begun, SmtpStep) else machine.finish(state, service, begun, _open(verdict, silent))
    if silent:
        goes_on = own.reply is None and state.phase is not Phase.AUTH
        return own if goes_on else SmtpStep(_unanswered(state), None, (), own.faults)
    line = decoded(unit[0])
    heard = _Heard(state, service, line, read_command(line), begun, own, verdict, reply_of(recorded, own.reply))
    step = _answered(heard)
    return machine.hung_up(step._replace(faults=own.faults))


def reply_of(recorded: Recorded, own: Reply | None) -> Reply:
    """The recorded reply; where it has the code that this program's server gives, it has the same reason, too."""
    code, lines = recorded
    match = _ENHANCED.match(lines[0])
    enhanced = match[1] if match else ""
    if own and own.code == code:
        return Reply(own.key, code, enhanced, lines, own.ref)
    rule = RULES.get(code // 100, ODD)
    return Reply(rule.key, code, enhanced, lines, rule.ref)


def _open(verdict: Verdict, silent: bool) -> Verdict:
    """Without a reply nothing was refused, either: the octets of a chunk are kept until its reply comes."""
    return verdict._replace(rule=None) if silent else verdict


def _unanswered(state: State) -> State:
    """The state when the reply is missing that an end of a letter or a login asked for: how it ended is not known."""
    return state.without_transaction(Phase.READY) if state.phase in _ENDED_BY_A_REPLY else state


_ENDED_BY_A_REPLY = frozenset({Phase.DATA, Phase.CHUNK, Phase.AUTH})


def _answered(heard: _Heard) -> SmtpStep:
    state, reply = heard.state, heard.reply
    if state.phase in (Phase.DATA, Phase.CHUNK):
        return _letter_end(heard)
    if heard.verb == "AUTH" or state.phase is Phase.AUTH:
        return login(state, heard.command, heard.line, reply)
    if reply.code >= 400:
        return _refused(heard)
    if reply.code // 100 != _CLASS.get(heard.verb, 2):
        return SmtpStep(state, reply)
    if isinstance(heard.begun, SmtpPending):
        return _finished(heard, heard.begun)
    if heard.own.reply and heard.own.reply.accepts:
        return heard.own._replace(reply=reply)
    effect = _EFFECTS.get(heard.verb)
    return (
        effect(state, heard.command, reply) if effect and isinstance(heard.command, Command) else SmtpStep(state, reply)
    )


_CLASS = {"DATA": 3}
"""The first digit of the replies that accept a command, where it is not 2."""


def _finished(heard: _Heard, pending: SmtpPending) -> SmtpStep:
    verdict = heard.verdict._replace(rule=None, reply=heard.reply)
    return pending.finish(heard.state, heard.service, verdict)


def _letter_end(heard: _Heard) -> SmtpStep:
    """The reply to the dot, or to a chunk."""
    state, reply, own = heard.state, heard.reply, heard.own
    if isinstance(heard.begun, SmtpPending) and (reply.code >= 400 or reply.code // 100 == 2):
        return _finished(heard, heard.begun)
    accepted = own.reply is not None and own.reply.accepts and reply.code // 100 == 2
    if accepted or (state.chunk and state.chunk.refusal):
        return own._replace(reply=reply)
    refused = (LetterRefused(state.envelope, reply),) if state.envelope and reply.code >= 400 else ()
    return SmtpStep(_unanswered(state), reply, refused)


def _refused(heard: _Heard) -> SmtpStep:
    """A refusal changes nothing; sender and recipients are remembered with it. A QUIT that was not understood leaves
    the client where it is."""
    state, command, reply = heard.state, heard.command, heard.reply
    understood = heard.verb != "QUIT" or reply.code not in _SYNTAX
    if isinstance(heard.begun, SmtpPending) and understood:
        return _finished(heard, heard.begun)
    if isinstance(command, Command) and reply.code not in _SYNTAX:
        if command.verb == "MAIL" and not state.envelope:
            return SmtpStep(state, reply, (SenderRefused(_path(command), reply),))
        if command.verb == "RCPT" and state.envelope:
            return SmtpStep(state, reply, (RecipientRefused(_path(command), reply),))
    return SmtpStep(state, reply)


_BRACKETS = re.compile(r"<(?:@[^<>:]*:)?([^<>]*)>")


def _path(command: Command) -> Path:
    """The address in a line that this program's server finds no way to read."""
    match = _BRACKETS.search(command.line)
    if match:
        return split_address(match[1].strip())
    words = command.argument.partition(":")[2].split()
    return split_address(words[0]) if words else NULL


def _hello(state: State, command: Command, reply: Reply) -> SmtpStep:
    esmtp = command.verb == "EHLO"
    greeted = State(Phase.READY, command.argument, esmtp, state.tls, state.user)
    return SmtpStep(greeted, reply, (*dropped(state), HelloGiven(command.argument, esmtp)))


def _mail(state: State, command: Command, reply: Reply) -> SmtpStep:
    path = _path(command)
    begun = state.without_transaction(Phase.MAIL)._replace(envelope=Envelope(path))
    return SmtpStep(begun, reply, (*dropped(state), TransactionBegun(path)))


def _rcpt(state: State, command: Command, reply: Reply) -> SmtpStep:
    """A recording that begins after MAIL shows no sender."""
    path = _path(command)
    envelope = (state.envelope or Envelope(NULL)).add(Recipient(path))
    return SmtpStep(state._replace(phase=Phase.RCPT, envelope=envelope), reply, (RecipientTaken(path),))


def _data(state: State, command: Command, reply: Reply) -> SmtpStep:
    envelope = state.envelope or Envelope(NULL)
    begun = state._replace(phase=Phase.DATA, envelope=envelope, newline=state.line_end)
    return SmtpStep(begun, reply, (LetterBegun(),))


def _rset(state: State, command: Command, reply: Reply) -> SmtpStep:
    fresh = state.without_transaction(Phase.READY) if state.helo is not None else State(tls=state.tls)
    return SmtpStep(fresh, reply, dropped(state))


def _starttls(state: State, command: Command, reply: Reply) -> SmtpStep:
    return SmtpStep(State(tls=True), reply, (*dropped(state), TlsStarted()))


def _quit(state: State, command: Command, reply: Reply) -> SmtpStep:
    closed = state.without_transaction(Phase.CLOSED)
    return SmtpStep(closed, reply, (*dropped(state), Closed("client")))


_EFFECTS: Mapping[str, Callable[[State, Command, Reply], SmtpStep]] = {
    "HELO": _hello,
    "EHLO": _hello,
    "MAIL": _mail,
    "RCPT": _rcpt,
    "DATA": _data,
    "RSET": _rset,
    "STARTTLS": _starttls,
    "QUIT": _quit,
}
"""What an accepted command does where this program's server would have refused it; others do nothing."""
