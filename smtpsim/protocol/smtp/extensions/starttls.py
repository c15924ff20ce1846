"""STARTTLS: the dialogue begins anew, unseen by others (RFC 3207). Here it is played, not encrypted."""

from __future__ import annotations

from smtpsim.kernel.fault import Remarks
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.dialogue import TlsStarted
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.service import Command, Extension, Service, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import dropped, refuse, say

_REPLIES = (
    ReplyRule("tls-go", 220, "2.0.0", "Ready to start TLS", Ref(3207, "4")),
    ReplyRule("tls-already", 503, "5.5.1", "TLS is already active", Ref(3207, "4.2")),
)


def _begin(state: State, service: Service, command: Command) -> SmtpStep:
    if command.argument:
        wrong = fault("argument-unexpected", command.start + 1, command.argument)
        return refuse(state, service, "no-argument", wrong, verb="STARTTLS")
    if state.tls:
        return refuse(state, service, "tls-already")
    reply = say(state, service, service.rule("tls-go"))
    return SmtpStep(State(tls=True, errors=state.errors), reply, (*dropped(state), TlsStarted()))


def before_handshake(octets: int) -> Remarks:
    """The remark on octets that came together with STARTTLS. They are thrown away: anybody on the way may have put
    them there, and after the handshake they would pass for the client's own (RFC 3207 4.2, CVE-2011-0411)."""
    return (fault("before-handshake", 0, str(octets)),) if octets else ()


def _advertise(service: Service, state: State) -> str | None:
    """Not offered again once TLS is on (RFC 3207 4.2)."""
    return None if state.tls else ""


STARTTLS = Verb(
    "STARTTLS",
    "STARTTLS",
    _begin,
    row(ready=Phase.START, mail=Phase.START, rcpt=Phase.START),
    rank=130,
    needs_ehlo=True,
    switched_off="command-off",
)

EXTENSION = Extension(
    "starttls",
    "STARTTLS",
    Ref(3207),
    verbs=(STARTTLS,),
    replies=_REPLIES,
    advertise=_advertise,
)
